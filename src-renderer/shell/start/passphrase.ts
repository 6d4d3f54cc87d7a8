import { passphraseFault } from '../../../src-main/app/api.ts'
import { secondProblem } from '../../access/typed-twice.ts'

/** What is wrong with a new passphrase typed twice; null when it can be used. */
export const passphraseProblem = (first: string, second: string): string | null =>
  passphraseFault(first) ?? secondProblem(first, second, '口令')
