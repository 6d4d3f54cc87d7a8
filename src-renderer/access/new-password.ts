/** What can be said of a new password before it is sent; the backend knows the rest (common ones, the old one). */

/** As many characters as the backend asks for. */
export const leastCharacters = 8

/** What is wrong with a password typed twice, by the field it concerns; null when it may be sent. */
export function newPasswordProblem(
  first: string,
  second: string,
  staffNo: string,
): { readonly field: 'first' | 'second'; readonly message: string } | null {
  if (first.length < leastCharacters) return { field: 'first', message: `密码至少 ${leastCharacters} 位` }
  if (first.toLowerCase() === staffNo.toLowerCase()) return { field: 'first', message: '密码不能与工号相同' }
  return first === second ? null : { field: 'second', message: '两次输入的密码不同' }
}
