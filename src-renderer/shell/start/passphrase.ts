import { passphraseFault } from '../../../src-main/app/api.ts'

/** What is wrong with a new passphrase typed twice; null when it can be used. */
export const passphraseProblem = (first: string, second: string): string | null =>
  passphraseFault(first) ?? (first === second ? null : '两次输入的口令不同')
