/** A busy hall: work of every room in hand, taken in by the calls the windows make. */
import { Take as TakeComplaint } from '../../src-main/complaints/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { Save } from '../../src-main/drafts/api.ts'
import { Generate, Plan } from '../../src-main/inspections/api.ts'
import { newId } from '../../src-main/platform/ids.ts'
import {
  DebtorCount,
  EndInterruption,
  IssueDunnings,
  NotifyInterruption,
  PlanInterruption,
  StartInterruption,
  type InterruptionScope,
} from '../../src-main/supply/api.ts'
import { Take as TakeOrder, type OrderKind, type Symptom } from '../../src-main/workorders/api.ts'
import type { Desk } from './hall.mts'

const draw = 17
const orders = 3_000
const complaints = 300
const dunnings = 3_000
/** Accounts in one batch of dunnings. */
const batch = 300
const hourMs = 3_600_000

const faults: readonly [[OrderKind, Symptom], ...[OrderKind, Symptom][]] = [
  ['consultation', 'question'],
  ['repair', 'no-gas'],
  ['repair', 'meter'],
  ['repair', 'flame'],
  ['alarm', 'leak'],
]

/** Once in a run: a hall that has all this already is left as it is. */
export async function busyHall(desk: Desk, tell: (text: string) => void): Promise<void> {
  const { hall, call } = desk
  const { sqlite, clock } = hall.environment
  const count = (sql: string) => sqlite.prepare<[], { n: number }>(sql).get()?.n ?? 0
  if (count('SELECT count(*) AS n FROM workorders') >= orders) return
  const random = new Random(draw)
  const requestId = () => newId(clock)
  const last = count('SELECT max(row) AS n FROM customer_index')
  const find = sqlite.prepare<[number], { id: string }>('SELECT account_id AS id FROM customer_index WHERE row = ?')
  const account = () => find.get(random.between(1, last))?.id ?? null

  tell(`${orders} work orders, ${complaints} complaints, ${dunnings} dunnings`)
  for (let n = 0; n < orders; n++) {
    const [kind, symptom] = random.pick(faults)
    await call(
      TakeOrder,
      {
        requestId: requestId(),
        kind,
        symptom,
        channel: 'phone',
        callerName: '王女士',
        callerPhone: '19900000000',
        accountId: account(),
        description: '厨房灶具旁',
        advised: true,
      },
      random.pick(['clerk', 'dispatcher']),
    )
  }
  for (let n = 0; n < complaints; n++) {
    const told = { class: 'bill', channel: 'phone', content: '这一期气费比上期多出一倍，请核对。' } as const
    const who = { complainantName: '王女士', complainantPhone: '19900000000', accountId: account() }
    await call(TakeComplaint, { requestId: requestId(), ...told, ...who }, 'clerk')
  }
  // As many as there are: whoever measured payments before has taken some of the debts.
  const left = async () => (await call(DebtorCount, {}, 'hall-manager')).undunned
  for (let n = 0; n < dunnings && (await left()) > 0; n += batch) {
    await call(IssueDunnings, { requestId: requestId(), filter: { undunned: true } }, 'hall-manager')
  }

  tell('interruptions of a street and of a community')
  const interrupt = (kind: 'planned' | 'emergency', scope: InterruptionScope, inHours: number) => {
    const fromAt = clock.now() + inHours * hourMs
    const times = { fromAt, toAt: fromAt + 6 * hourMs, resumeBy: fromAt + 9 * hourMs }
    return call(PlanInterruption, { requestId: requestId(), kind, reason: '管道抢修', scope, ...times }, 'dispatcher')
  }
  const place = sqlite
    .prepare<[], { street: string; community: string }>('SELECT street, community FROM service_points LIMIT 1')
    .get() ?? { street: '', community: '' }
  const coming = await interrupt('planned', { kind: 'street', street: place.street }, 100)
  await call(NotifyInterruption, { requestId: requestId(), interruptionId: coming.interruptionId }, 'dispatcher')
  const over = await interrupt('emergency', { kind: 'community', community: place.community }, 0)
  const danger = sqlite.prepare<[], { id: string }>(`SELECT id FROM workorders WHERE kind = 'alarm' LIMIT 1`).get()
  const ground = { kind: 'order', orderId: danger?.id ?? '' } as const
  await call(StartInterruption, { interruptionId: over.interruptionId, ground }, 'dispatcher')
  await call(EndInterruption, { interruptionId: over.interruptionId }, 'dispatcher')

  for (const role of ['clerk', 'cashier', 'hall-manager'] as const) {
    for (let n = 0; n < 10; n++) {
      const form = { key: `workorders.take:${n}`, title: '受理工单', path: '/workorders/new', body: '{}' }
      await call(Save, form, role)
    }
  }
  const year = new Date(clock.now()).getUTCFullYear() + 1
  const planned = await call(Plan, { year }, 'dispatcher')
  if (planned.periods.length === 0) {
    tell(`planning the inspections of ${year}`)
    await call(Generate, { year }, 'dispatcher')
  }
}
