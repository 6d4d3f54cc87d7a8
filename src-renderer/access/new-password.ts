/** What can be said of a new password before it is sent; names of people and places are the backend's to know. */
import { passwordProblem } from '../../src-main/access/api.ts'

/** What is wrong with a password typed twice, by the field it concerns; null when it may be sent. */
export function newPasswordProblem(
  first: string,
  second: string,
  staffNo: string,
): { readonly field: 'first' | 'second'; readonly message: string } | null {
  const message = passwordProblem(first, { staffNo })
  if (message !== null) return { field: 'first', message }
  if (first === second) return null
  // Who has not come to the second yet has not typed another.
  return { field: 'second', message: second === '' ? '请再输入一次密码' : '两次输入的密码不同' }
}
