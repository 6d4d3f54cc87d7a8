/** A planned interruption some days ahead, announced and partly posted, so that its page has something to show. */
import type { Context } from '../platform/context.ts'
import { addDays, shanghaiDate, startOfDay } from '../platform/dates.ts'
import { notifyOfInterruption, planNewInterruption, postNoticeAt } from '../supply/service.ts'

const hourMs = 3_600_000

/** Nothing where the hall is too small to have the building. */
export function seedSupply(context: Context): void {
  const { sqlite, clock } = context
  const fromAt = startOfDay(addDays(shanghaiDate(clock.now()), 4)) + 9 * hourMs
  const times = { fromAt, toAt: fromAt + 6 * hourMs, resumeBy: fromAt + 9 * hourMs }
  const has = sqlite.prepare('SELECT 1 FROM service_points WHERE community = ? AND building = ? LIMIT 1')
  const small = { kind: 'building' as const, community: '阳光花园', building: '2' }
  if (has.get(small.community, small.building) === undefined) return
  const large = { kind: 'community' as const, community: '锦绣家园' }
  const scope = has.get(large.community, '1') === undefined ? small : large
  const reason = '调压箱检修'
  const { interruptionId } = planNewInterruption(context, { kind: 'planned', reason, scope, ...times })
  notifyOfInterruption(context, { interruptionId })
  const buildingIds = sqlite
    .prepare<[string], { id: string }>('SELECT id FROM interruption_buildings WHERE interruption_id = ? LIMIT 1')
    .all(interruptionId)
    .map(({ id }) => id)
  const posting = { postedAt: clock.now(), place: '单元门口', postedBy: '赵师傅', photoPath: null }
  postNoticeAt(context, { interruptionId, buildingIds, ...posting })
}
