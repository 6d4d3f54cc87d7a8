/** The week as a table: each clause, what it asks, the record that shows that it held, and the judgement. */
import type { Judgement, WeekClause } from './judgement.ts'

export interface Judged extends Judgement {
  readonly clause: string
  readonly asks: string
}

/** Reads and judges every clause; a record that cannot be read shows nothing. */
export const judgeWeek = (clauses: readonly WeekClause[], judge: (clause: WeekClause) => Judgement): Judged[] =>
  clauses.map((one) => {
    try {
      return { clause: one.clause, asks: one.asks, ...judge(one) }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { clause: one.clause, asks: one.asks, record: '', problems: [`记录读不出来：${why}`] }
    }
  })

/** Half-width columns: a Chinese character takes two. */
const widthOf = (character: string): number =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
    ? 2
    : 1
const widthOfText = (text: string): number => [...text].reduce((sum, character) => sum + widthOf(character), 0)
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOfText(text)))

/** Marks that never stand at the beginning of a line. */
const closing = '，。；：、）」'
/** Lines of at most so many columns; numbers and times stay whole. */
export function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.match(/[\w./:%()-]+ ?|./gu) ?? []) {
    const line = lines.at(-1) ?? ''
    if (widthOfText(line + word.trimEnd()) <= width || closing.includes(word)) lines[lines.length - 1] = line + word
    else lines.push(word.trimStart())
  }
  return lines.map((line) => line.trimEnd())
}

const columns = [
  { title: '条款', width: 12 },
  { title: '所要求', width: 28 },
  { title: '本周的记录', width: 84 },
  { title: '结果', width: 10 },
] as const

/** Sub-items a label of the table names: '10(8)(9) 11' → 10(8), 10(9), 11; an article stands for all it has. */
export function named(label: string): string[] {
  let article = ''
  return label.split(' ').flatMap((word) => {
    const [, of = '', items = ''] = /^(\d+b?)((?:\(\d+\))*)$/.exec(word) ?? []
    if (of !== '') article = of
    const found = items.match(/\(\d+\)/g)
    return article === '' ? [] : found ? found.map((item) => article + item) : [article]
  })
}

export interface OtherClause {
  readonly clause: string
  /** What carries it outside this week, or why nothing of it is for software. */
  readonly words: string
}

/** Every sub-item the week does not prove, each with why: no article of the regulation is passed over. */
export function otherClauses(
  judged: readonly Pick<Judged, 'clause'>[],
  all: readonly string[],
  carried: Readonly<Record<string, { readonly none: string } | { readonly how: string }>>,
): OtherClause[] {
  const proved = new Set(judged.flatMap(({ clause }) => named(clause)))
  const isProved = (id: string) => proved.has(id) || proved.has(id.replace(/\(.*/, ''))
  return all
    .filter((id) => !isProved(id))
    .map((clause) => {
      const entry = carried[clause]
      if (!entry) return { clause, words: '没有说明' }
      return { clause, words: 'none' in entry ? `不由软件办理：${entry.none}` : `本周没有演到；程序：${entry.how}` }
    })
}

export interface WeekFacts {
  readonly from: string
  readonly to: string
  readonly runtime: string
  readonly folder: string
  readonly seconds: number
  readonly screenshots: number
  readonly pdfs: number
  readonly books: number
}

export function weekSummary(judged: readonly Judged[], facts: WeekFacts, others: readonly OtherClause[] = []): string {
  const rule = (left: string, middle: string, right: string) =>
    left + columns.map(({ width }) => '─'.repeat(width + 2)).join(middle) + right
  const row = (cells: readonly string[]) => {
    const parts = columns.map(({ width }, i) => wrapped(cells[i] ?? '', width))
    const height = Math.max(...parts.map((lines) => lines.length))
    return Array.from(
      { length: height },
      (_, line) => '│' + columns.map(({ width }, i) => ` ${padded(parts[i]?.[line] ?? '', width)} `).join('│') + '│',
    )
  }
  const failed = judged.filter(({ problems }) => problems.length > 0)
  const table = judged.flatMap(({ clause, asks, record, problems, result }) => [
    rule('├', '┼', '┤'),
    ...row([
      clause,
      asks,
      [record, ...problems.map((text) => `✗ ${text}`)].filter((text) => text !== '').join('；'),
      problems.length > 0 ? '✗ 不成立' : `✓ ${result ?? '成立'}`,
    ]),
  ])
  return [
    '',
    `营业厅的一周　${facts.from} 至 ${facts.to}　运行环境 ${facts.runtime}`,
    rule('┌', '┬', '┐'),
    ...row(columns.map(({ title }) => title)),
    ...table,
    rule('└', '┴', '┘'),
    failed.length === 0
      ? `${judged.length} 条全部成立；每一条都是结束后从数据库、PDF、Excel 和总部的库里读回来核对的。`
      : `${failed.length} 条不成立：${failed.map(({ clause, problems }) => `第 ${clause} 条（${problems.join('；')}）`).join('；')}`,
    ...(others.length === 0 ? [] : ['', '其余各条：']),
    ...others.flatMap(({ clause, words }) => wrapped(`${padded(clause, 8)}${words}`, 140)),
    `截图 ${facts.screenshots} 张、PDF ${facts.pdfs} 份、Excel ${facts.books} 份、数据库、总部所收：${facts.folder}；用时 ${facts.seconds} 秒`,
    '',
  ].join('\n')
}
