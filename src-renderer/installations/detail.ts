/** What every step of the opening page is given. */
import type { Detail } from '../../src-main/installations/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'

export type ApplicationDetail = OutputOf<typeof Detail>
export type ActionName = keyof ApplicationDetail['obstacles']

/** Who may do this work: whoever put the meter in does not accept it. */
export const workersFor = (
  { workers, records }: ApplicationDetail,
  kind: keyof ApplicationDetail['usual'],
): ApplicationDetail['workers'] => {
  if (kind !== 'acceptance') return workers
  const builder = records.findLast((record) => record.kind === 'meter')?.workerId
  return workers.filter(({ staffId }) => staffId !== builder)
}

/** Why an action cannot be done now, for its button; null when it can. */
export const obstacleTo = (detail: ApplicationDetail, action: ActionName): string | null => {
  const texts = detail.obstacles[action].map(({ text }) => text)
  return texts.length === 0 ? null : texts.join('；')
}
