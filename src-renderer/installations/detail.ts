/** What every step of the opening page is given. */
import type { Detail } from '../../src-main/installations/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'

export type ApplicationDetail = OutputOf<typeof Detail>
export type ActionName = keyof ApplicationDetail['obstacles']

/** Why an action cannot be done now, for its button; null when it can. */
export const obstacleTo = (detail: ApplicationDetail, action: ActionName): string | null => {
  const texts = detail.obstacles[action].map(({ text }) => text)
  return texts.length === 0 ? null : texts.join('；')
}
