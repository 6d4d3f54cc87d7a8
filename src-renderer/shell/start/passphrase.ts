/** As many characters as the program asks of a start passphrase; more is for the administrator to decide. */
export const minPassphrase = 8

/** What is wrong with a new passphrase typed twice; null when it can be used. */
export function passphraseProblem(first: string, second: string): string | null {
  if (first.length < minPassphrase) return `口令至少 ${minPassphrase} 位`
  if (first.trim() !== first) return '口令首尾不能是空格'
  if (/^(.)\1*$/.test(first)) return '口令不能全是同一个字符'
  return first === second ? null : '两次输入的口令不同'
}
