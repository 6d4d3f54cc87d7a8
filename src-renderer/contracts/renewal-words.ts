/** Why and how soon contracts are to be signed anew, and what waits of the new ones. */
import { contractStateNames, type RenewalRow } from '../../src-main/contracts/api.ts'
import { daysBetween, type BusinessDate } from '../../src-main/platform/dates.ts'

export function dueWords(
  { reason, validUntil }: Pick<RenewalRow, 'reason' | 'validUntil'>,
  today: BusinessDate,
): { readonly text: string; readonly state: 'late' | 'todo' } {
  if (reason === 'class') return { text: '用气性质已变更', state: 'late' }
  const left = daysBetween(today, validUntil)
  if (left < 0) return { text: `已到期 ${-left} 天`, state: 'late' }
  return { text: left === 0 ? '今天到期' : `还有 ${left} 天到期`, state: 'todo' }
}

export const draftedWords = ({ drafted }: Pick<RenewalRow, 'drafted'>): string =>
  drafted === null ? '' : contractStateNames[drafted]
