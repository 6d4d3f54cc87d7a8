/**
 * 客户服务管理办法 as people cite it. Its numbering has flaws, which are kept: two articles bear 第十条 (服务承诺 stands
 * before 第九条), and 第六条 has two (四); the second of each has an id with `b`.
 */
import source from '../../resources/regulation/regulation.md?raw'

export interface Clause {
  /** '15', '10(6)', '6(4)b': how code and tests name it. */
  readonly id: string
  /** '第十条（六）': how people cite it. */
  readonly cite: string
  readonly text: string
}
export interface Article {
  readonly id: string
  /** '第十条·服务承诺'. */
  readonly title: string
  /** What stands before the sub-items, or the whole of an article without any. */
  readonly text: string
  readonly items: readonly Clause[]
}
export interface Chapter {
  readonly title: string
  readonly articles: readonly Article[]
}

const digits = '零一二三四五六七八九'
/** 三十二 → 32. */
function numberOf(words: string): number {
  const [tens, ones] = words.includes('十') ? words.split('十') : ['', words]
  const ten = words.includes('十') ? (tens === '' ? 1 : digits.indexOf(tens ?? '')) : 0
  return ten * 10 + (ones ? digits.indexOf(ones) : 0)
}

/** Reads the text as it lies in `resources/regulation`: `##` chapters, `###` articles, sub-items that begin with （一）. */
export function parseRegulation(text: string): Chapter[] {
  const seen = new Set<string>()
  const unique = (id: string): string => {
    const own = seen.has(id) ? `${id}b` : id
    seen.add(own)
    return own
  }
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...articles] = part.split(/^### /m)
      return { title: title.trim(), articles: articles.map((article) => articleOf(article, unique)) }
    })
}

function articleOf(article: string, unique: (id: string) => string): Article {
  const [head = '', ...lines] = article.trim().split('\n')
  const [, ordinal = '', name = ''] = /^第(.+?)条\s*(.*)$/.exec(head) ?? []
  const id = unique(String(numberOf(ordinal)))
  const items: Clause[] = []
  const before: string[] = []
  for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
    const item = /^（([一二三四五六七八九十]+)）(.*)$/.exec(line)
    if (!item) before.push(line)
    else
      items.push({
        id: unique(`${id}(${numberOf(item[1] ?? '')})`),
        cite: `第${ordinal}条${name === '服务承诺' ? '·服务承诺' : ''}（${item[1]}）`,
        text: item[2] ?? '',
      })
  }
  return { id, title: `第${ordinal}条${name ? `·${name}` : ''}`, text: before.join(''), items }
}

export const regulationTitle = /^# (.+)$/m.exec(source)?.[1] ?? ''
export const regulation: readonly Chapter[] = parseRegulation(source)

/** What has to be carried by itself: each sub-item, and each article that has none. */
export const clauses: readonly Clause[] = regulation.flatMap(({ articles }) =>
  articles.flatMap((article) =>
    article.items.length > 0 ? article.items : [{ id: article.id, cite: article.title, text: article.text }],
  ),
)
