/** What every step of the opening page is given. */
import type { Detail } from '../../src-main/installations/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'

export type ApplicationDetail = OutputOf<typeof Detail>
export type ActionName = keyof ApplicationDetail['obstacles']

/** Who of the certified staff worked here last, by name; null while nobody did. */
export const lastWorker = ({ records }: ApplicationDetail): string | null =>
  records.findLast(({ kind }) => kind === 'tightness' || kind === 'safety-check')?.performedBy ?? null

/** Why an action cannot be done now, for its button; null when it can. */
export const obstacleTo = (detail: ApplicationDetail, action: ActionName): string | null => {
  const texts = detail.obstacles[action].map(({ text }) => text)
  return texts.length === 0 ? null : texts.join('；')
}
