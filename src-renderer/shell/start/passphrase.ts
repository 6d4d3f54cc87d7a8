import { passphraseFault } from '../../../src-main/app/api.ts'

/** What is wrong with a new passphrase typed twice; null when it can be used. */
export function passphraseProblem(first: string, second: string): string | null {
  const fault = passphraseFault(first)
  if (fault !== null || first === second) return fault
  // Who has not come to the second yet has not typed another.
  return second === '' ? '请再输入一次口令' : '两次输入的口令不同'
}
