/** Numbered lines of a setting as rows of a table: read, checked in the words of whoever types, written back. Pure. */
import { numberedLines, type LinesKind } from '../../src-main/settings/api.ts'

export interface Line {
  text: string
  number: number | null
}

export const linesNames: Readonly<
  Record<LinesKind, { readonly text: string; readonly number: string; readonly unit: string }>
> = {
  items: { text: '考核项目', number: '分值', unit: '分' },
  thresholds: { text: '指标达到', number: '得分值的', unit: '%' },
  grades: { text: '等级', number: '总分不低于', unit: '分' },
}

/** As the catalog bounds them. */
const bounds: Readonly<Record<LinesKind, { readonly least: number; readonly most: number }>> = {
  items: { least: 2, most: 30 },
  thresholds: { least: 1, most: 10 },
  grades: { least: 1, most: 10 },
}
export const mostLines = (kind: LinesKind): number => bounds[kind].most

/** A share stands as '98%' in the setting and as 98 in its field. */
export const linesFrom = (kind: LinesKind, text: string): Line[] =>
  (numberedLines(text) ?? []).map((line) => ({
    text: kind === 'thresholds' ? line.text.replace(/%$/, '') : line.text,
    number: line.number,
  }))

export const textOf = (kind: LinesKind, lines: readonly Line[]): string =>
  lines.map(({ text, number }) => `${text.trim()}${kind === 'thresholds' ? '%' : ''} ${number ?? 0}`).join('；')

export const totalOf = (lines: readonly Line[]): number => lines.reduce((sum, { number }) => sum + (number ?? 0), 0)

const maxName = 40

/** What is wrong with one line; '' when nothing is. */
export function problemOf(kind: LinesKind, lines: readonly Line[], at: number): string {
  const line = lines[at]
  if (!line) return ''
  const text = line.text.trim()
  if (kind === 'thresholds') {
    if (!/^\d{1,3}$/.test(text) || Number(text) > 100) return '应为 0 至 100 的整数'
  } else {
    if (text === '') return '请填写名称'
    if (text.length > maxName) return `名称不能超过 ${maxName} 个字`
    if (/[；;\n]/.test(text)) return '名称里不能有分号'
    // Otherwise the number in the name would be read as the line's own.
    if (/\s\d{1,3}%?$/.test(text)) return '名称不能以空格加数字结尾'
  }
  if (lines.findIndex((other) => other.text.trim() === text) !== at) return '与上面的重复'
  const { number } = line
  const least = kind === 'items' ? 1 : 0
  if (number === null || !Number.isInteger(number) || number < least || number > 100)
    return `${linesNames[kind].number}应为 ${least} 至 100 的整数`
  const before = lines[at - 1]
  if (kind === 'thresholds' && before && Number(text) >= Number(before.text)) return '须低于上一行'
  if (kind === 'thresholds' && before && number > (before.number ?? 0)) return '得分不能高于上一行'
  if (kind === 'grades' && before !== undefined && number >= (before.number ?? 0)) return '须低于上一行'
  return ''
}

/** What is wrong with all of them together; '' when nothing is. */
export function wholeProblem(kind: LinesKind, lines: readonly Line[]): string {
  const { least, most } = bounds[kind]
  if (lines.length < least || lines.length > most) return `应有 ${least} 至 ${most} 行，现有 ${lines.length} 行`
  if (kind === 'items') {
    const total = totalOf(lines)
    if (total !== 100)
      return `分值合计 ${total}，须为 100（${total < 100 ? `还差 ${100 - total}` : `多了 ${total - 100}`}）`
    return ''
  }
  const last = lines.at(-1)
  const end = kind === 'thresholds' ? Number(last?.text) : last?.number
  return end === 0 ? '' : '最后一行须为 0，才能覆盖所有情况'
}

/** Whether every line and all of them together may be saved. */
export const isSound = (kind: LinesKind, lines: readonly Line[]): boolean =>
  wholeProblem(kind, lines) === '' && lines.every((_, at) => problemOf(kind, lines, at) === '')

/** In short, for the row of the setting: '17 项，合计 100 分'; '98% 得 100%，…'. */
export function summaryOf(kind: LinesKind, text: string): string {
  const lines = linesFrom(kind, text)
  if (kind === 'items') return `${lines.length} 项，合计 ${totalOf(lines)} 分`
  return lines
    .map(({ text: name, number }) => (kind === 'thresholds' ? `${name}% 得 ${number}%` : `${name} ${number}`))
    .join('，')
}
