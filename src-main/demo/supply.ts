/** A planned interruption some days ahead, announced and partly posted, so that its page has something to show. */
import type { Context } from '../platform/context.ts'
import { addDays, shanghaiDate, startOfDay } from '../platform/dates.ts'
import { notifyOfInterruption, planNewInterruption, postNoticeAt } from '../supply/service.ts'

const hourMs = 3_600_000

/** Nothing where the hall is too small to have the building. */
export function seedSupply(context: Context): void {
  const { sqlite, clock } = context
  const fromAt = startOfDay(addDays(shanghaiDate(clock.now()), 4)) + 9 * hourMs
  const scope = { kind: 'community' as const, community: '锦绣家园' }
  const times = { fromAt, toAt: fromAt + 6 * hourMs, resumeBy: fromAt + 9 * hourMs }
  const met = sqlite.prepare('SELECT 1 FROM service_points WHERE community = ? LIMIT 1').get(scope.community)
  if (!met) return
  const reason = '调压箱检修'
  const { interruptionId } = planNewInterruption(context, { kind: 'planned', reason, scope, ...times })
  notifyOfInterruption(context, { interruptionId })
  const buildingIds = sqlite
    .prepare<[string], { id: string }>('SELECT id FROM interruption_buildings WHERE interruption_id = ? LIMIT 2')
    .all(interruptionId)
    .map(({ id }) => id)
  const posting = { postedAt: clock.now(), place: '单元门口', postedBy: '赵师傅', photoPath: null }
  postNoticeAt(context, { interruptionId, buildingIds, ...posting })
}
