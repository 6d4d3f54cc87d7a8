/** 柜台业务的办理时间 (clause 22(3)): kept with the limit of the day, so that a limit changed later judges nothing done before. */
import { newId } from '../platform/ids.ts'
import { insertRow } from '../platform/rows.ts'
import { useCase } from '../platform/use-case.ts'
import { Served } from './api.ts'
import { serviceTimes } from './tables.ts'

export const served = useCase(Served, ({ business, seconds }, { sqlite, clock, actor, settings }) => {
  insertRow(sqlite, serviceTimes, {
    ...{ id: newId(clock), business, seconds, limitSeconds: settings.get(`registers.minutes.${business}`) * 60 },
    ...{ at: clock.now(), actorId: actor.id, actorName: actor.name },
  })
  return {}
})
