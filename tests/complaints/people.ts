/** A hall in which somebody complains: who investigates, who rings back, and who is complained of. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import { Assign, Close, Investigate, Reopen, Reply, Take } from '../../src-main/complaints/api.ts'
import type { ToldResult } from '../../src-main/followups/api.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, openHallWithWorkers, req, ring } from '../workorders/people.ts'

export const clerk = actorOf('clerk').id
export const cashier = actorOf('cashier').id
export const manager = actorOf('hall-manager').id
export const dispatcher = actorOf('dispatcher').id

/** The manager may ring back. */
export async function openHallForComplaints(now?: number): Promise<TestHall> {
  const hall = await openHallWithWorkers(now)
  await certify(hall, manager, 'callback', '2027-11-22')
  return hall
}

export const complaint = (more: Partial<InputOf<typeof Take>> = {}): InputOf<typeof Take> => ({
  requestId: req(),
  class: 'attitude',
  channel: 'phone',
  complainantName: '郑投诉',
  complainantPhone: '13800000001',
  content: '窗口人员态度生硬，没有说明为什么多收',
  ...more,
})

/** Hands of one complaint: who does what, each as one call. */
export function hands(hall: TestHall, complaintId: string) {
  const on = () => ({ requestId: req(), complaintId })
  return {
    assign: (staffId = clerk, as = 'dispatcher') => callAs(hall, as, Assign, { ...on(), staffId }),
    investigate: (as = 'clerk') => callAs(hall, as, Investigate, { ...on(), note: '已查看录像并询问当事人' }),
    reply: (as = 'clerk', more: Partial<InputOf<typeof Reply>> = {}) =>
      callAs(hall, as, Reply, { ...on(), channel: 'phone', note: '已致歉并说明收费依据', ...more }),
    callBack: (as = 'hall-manager', result: ToldResult = 'satisfied') =>
      ring(hall, as, 'complaint', complaintId, result),
    close: (as = 'dispatcher') => callAs(hall, as, Close, on()),
    reopen: (as = 'clerk') => callAs(hall, as, Reopen, { ...on(), reason: '客户又来电不满意' }),
  }
}

export const take = (hall: TestHall, input = complaint(), as = 'clerk') => callAs(hall, as, Take, input)

/** Takes a complaint as far as answered. */
export async function replied(hall: TestHall, input = complaint()) {
  const { complaintId, complaintNo } = await take(hall, input)
  const way = hands(hall, complaintId)
  await way.assign()
  await way.investigate()
  await way.reply()
  return { complaintId, complaintNo, way }
}
