/** What can be said of a new password before it is sent; names of people and places are the backend's to know. */
import { passwordProblem } from '../../src-main/access/api.ts'
import { secondProblem } from './typed-twice.ts'

/** What is wrong with a password typed twice, by the field it concerns; null when it may be sent. */
export function newPasswordProblem(
  first: string,
  second: string,
  staffNo: string,
): { readonly field: 'first' | 'second'; readonly message: string } | null {
  const message = passwordProblem(first, { staffNo })
  if (message !== null) return { field: 'first', message }
  const differs = secondProblem(first, second, '密码')
  return differs === null ? null : { field: 'second', message: differs }
}
