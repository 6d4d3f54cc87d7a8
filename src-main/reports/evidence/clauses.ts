/** Sub-items of the regulation as people cite them, and their order in its text. Pure. */

const digits = '零一二三四五六七八九'
/** 32 → 三十二. */
function inWords(n: number): string {
  if (n < 10) return digits[n] ?? ''
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens === 1 ? '' : digits[tens]}十${ones === 0 ? '' : digits[ones]}`
}

interface Parts {
  readonly article: number
  /** The second article of this number: two bear 第十条. */
  readonly again: boolean
  readonly item: number
}
function partsOf(clause: string): Parts {
  const [, article = '', again = '', item = '0'] = /^(\d+)(b?)(?:\((\d+)\)b?)?$/.exec(clause) ?? []
  return { article: Number(article), again: again !== '', item: Number(item) }
}

/** 服务承诺 bears the number of 第十条 and stands before 第九条. */
const promises = ({ article, again }: Parts) => article === 10 && !again

/** '10(6)' → 第十条·服务承诺（六）; '6(4)b' → 第六条（四）, the second of two. */
export function citeOf(clause: string): string {
  const parts = partsOf(clause)
  const item = parts.item === 0 ? '' : `（${inWords(parts.item)}）`
  return `第${inWords(parts.article)}条${promises(parts) ? '·服务承诺' : ''}${item}`
}

/** Where it stands in the text, to sort by. */
export function placeOf(clause: string): number {
  const parts = partsOf(clause)
  const article = promises(parts) ? 8.5 : parts.article
  return article * 100 + parts.item + (clause.endsWith(')b') ? 0.5 : 0)
}
