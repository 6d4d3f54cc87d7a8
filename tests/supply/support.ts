/** A hall with supplied households and a certified tester, for the tests of this room. */
import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '../../src-main/platform/contract.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import type { CertificateKind } from '../../src-main/staff/rules.ts'
import { servicePointById } from '../../src-main/customers/service.ts'
import {
  CallCare,
  EndInterruption,
  InterruptionDetail,
  NotifyInterruption,
  PlanInterruption,
  PostNotice,
  ResumeSupply,
  StartInterruption,
  type EmergencyGround,
  type InterruptionScope,
} from '../../src-main/supply/api.ts'
import { Take as TakeOrder } from '../../src-main/workorders/api.ts'
import type { TestHall } from '../support/hall.ts'
import { inventedMobile } from '../support/invented.ts'
import { certified } from '../support/certificate.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
export const req = (): string => randomUUID()

export const pointOf = (hall: TestHall, id: string) => hall.transact((context) => servicePointById(context, id))

/** Somebody of the field staff with a certificate good for a year. @returns staff id */
export async function employ(
  hall: TestHall,
  staffNo: string,
  name: string,
  kind: CertificateKind = 'maintenance',
  validTo = '2027-11-22',
): Promise<string> {
  const staffId = hall.transact((context) => createStaff(context, { staffNo, name, roles: ['clerk'] }))
  hall.transact((context) => certified(context, { staffId, kind, number: `${kind}-${staffNo}`, validTo }))
  return staffId
}

export const goodChecks = ['valves', 'leak', 'fire', 'trial', 'taught'].map((item) => ({ item, ok: true, note: '' }))
export const goodTest = { pressurePa: 5_000, minutes: 15, dropPa: 0 }

export const visit = (
  servicePointId: string,
  testerId: string | null,
  more: Partial<InputOf<typeof ResumeSupply>> = {},
): InputOf<typeof ResumeSupply> => ({
  requestId: req(),
  servicePointId,
  outcome: 'resumed',
  tightness: goodTest,
  checks: goodChecks,
  testerId,
  ...more,
})

export const resume = (hall: TestHall, servicePointId: string, testerId: string | null) =>
  hall.call(ResumeSupply, visit(servicePointId, testerId))

export const sunshine: InterruptionScope = { kind: 'community', community: '阳光花园' }

/** A planned interruption three days ahead, for eight hours. */
export const plan = (
  hall: TestHall,
  more: Partial<InputOf<typeof PlanInterruption>> = {},
): InputOf<typeof PlanInterruption> => {
  const fromAt = hall.clock.now() + 3 * dayMs
  return {
    requestId: req(),
    kind: 'planned',
    reason: '中压管道改造',
    scope: sunshine,
    fromAt,
    toAt: fromAt + 8 * hourMs,
    resumeBy: fromAt + 10 * hourMs,
    ...more,
  }
}

export type Detail = OutputOf<typeof InterruptionDetail>

/** Hands of one interruption. */
export function ways(hall: TestHall, interruptionId: string) {
  const on = () => ({ requestId: req(), interruptionId })
  const detail = () => hall.call(InterruptionDetail, { interruptionId })
  return {
    detail,
    notify: () => hall.call(NotifyInterruption, on(), 'dispatcher'),
    async postAll() {
      const { buildings } = await detail()
      const buildingIds = buildings.filter(({ postedAt }) => postedAt === null).map(({ id }) => id)
      if (buildingIds.length === 0) return
      await hall.call(PostNotice, {
        ...on(),
        buildingIds,
        postedAt: hall.clock.now(),
        place: '单元门口',
        postedBy: '赵师傅',
      })
    },
    async callAll() {
      const { care } = await detail()
      for (const { id, result } of care) {
        if (result !== 'told') await hall.call(CallCare, { requestId: req(), careId: id, result: 'told' })
      }
    },
    start: (ground: EmergencyGround | null = null) =>
      hall.call(StartInterruption, { interruptionId, ground }, 'dispatcher'),
    end: () => hall.call(EndInterruption, { interruptionId }, 'dispatcher'),
  }
}

/** An emergency that is under way already. */
export async function emergency(hall: TestHall, scope: InterruptionScope = sunshine): Promise<string> {
  const fromAt = hall.clock.now()
  const { interruptionId } = await hall.call(
    PlanInterruption,
    plan(hall, {
      kind: 'emergency',
      reason: '管道被挖断',
      scope,
      fromAt,
      toAt: fromAt + hourMs,
      resumeBy: fromAt + 2 * hourMs,
    }),
    'dispatcher',
  )
  await ways(hall, interruptionId).start({ kind: 'order', orderId: await hazard(hall) })
  return interruptionId
}

/** A hazard on record that nobody has repaired: the ground of an emergency. */
export async function hazard(hall: TestHall): Promise<string> {
  const { orderId } = await hall.call(
    TakeOrder,
    {
      requestId: req(),
      kind: 'alarm',
      symptom: 'pipe-damage',
      channel: 'phone',
      callerName: '赵一',
      callerPhone: inventedMobile(1),
      place: '阳光花园门口',
      advised: true,
    },
    'clerk',
  )
  return orderId
}
