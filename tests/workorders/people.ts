/** A hall with field workers, for tests of work orders: who may sign in is who stands in the staff table. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { CertificateKind } from '../../src-main/staff/rules.ts'
import type { CallDefinition, InputOf, OutputOf, Role } from '../../src-main/platform/contract.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import type { Session } from '../../src-main/platform/use-case.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { lentBy, type GivenBy } from '../../src-main/platform/two-persons.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import type { Take } from '../../src-main/workorders/api.ts'
import {
  Assign,
  Close,
  Confirm,
  Pause,
  Refer,
  Verify,
  Work,
  type SiteGas,
  type WorkStep,
} from '../../src-main/workorders/api.ts'
import { Call, Item, type ToldResult } from '../../src-main/followups/api.ts'
import { certified } from '../support/certificate.ts'
import { CallFailed, openTestHall, type TestHall } from '../support/hall.ts'

/** The token is the staff number; the five of every test hall have their role for a number. */
export function sessionOf(sqlite: Sqlite, token: string, now: number): Session | null {
  const row = sqlite
    .prepare(
      `SELECT s.id, s.name, s.roles, c.reset_by AS resetBy, c.reset_at AS resetAt
       FROM staff s LEFT JOIN credentials c ON c.staff_id = s.id WHERE s.staff_no = ?`,
    )
    .get(token) as ({ id: string; name: string; roles: string } & GivenBy) | undefined
  if (!row) return null
  const { id, name } = row
  const actor = { id, name, staffNo: token, roles: JSON.parse(row.roles) as Role[], sessionId: token }
  return { actor: { ...actor, lentBy: lentBy(row, now) }, locked: false }
}

/** `by` gives somebody another password: for a day whoever sits there may be either of the two. */
export const lend = (hall: TestHall, by: { readonly id: string }, staffId: string): void =>
  hall.transact((context) =>
    setPassword({ ...context, actor: { ...context.actor, ...by } }, staffId, 'Chushi-Huo-29', { mustChange: true }),
  )

export const openHallWithWorkers = (now?: number): Promise<TestHall> =>
  openTestHall({ sessionOf, ...(now === undefined ? {} : { now }) })

let nextCall = 1_000
/** Calls as the holder of a staff number. @throws CallFailed */
export async function callAs<D extends CallDefinition<string, z.ZodType, z.ZodType>>(
  hall: TestHall,
  staffNo: string,
  definition: D,
  input: InputOf<D>,
): Promise<OutputOf<D>> {
  const reply = await hall.hall.handle({ id: nextCall++, call: definition.name, input, session: staffNo })
  if (!reply.ok) throw new CallFailed(reply.error)
  return reply.output as OutputOf<D>
}

export interface Person {
  readonly staffNo: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly certificates: readonly CertificateKind[]
}

export const req = (): string => randomUUID()

/** Adds somebody with certificates good for a year. @returns staff id */
export async function employ(hall: TestHall, person: Person, validTo = '2027-11-22'): Promise<string> {
  const staffId = hall.transact((context) => createStaff(context, person))
  for (const kind of person.certificates) await certify(hall, staffId, kind, validTo)
  return staffId
}

export const certify = async (hall: TestHall, staffId: string, kind: CertificateKind, validTo: string) => {
  const number = `${kind}-${req().slice(0, 8)}`
  return { certificateId: hall.transact((context) => certified(context, { staffId, kind, number, validTo })) }
}

/** A repair taken at the counter, ready to be given to somebody. */
export const repairCall = (more: Partial<InputOf<typeof Take>> = {}): InputOf<typeof Take> => ({
  requestId: req(),
  kind: 'repair',
  symptom: 'flame',
  channel: 'phone',
  callerName: '王来电',
  callerPhone: '13800000000',
  place: '人民路12号3幢201',
  advised: true,
  ...more,
})

export const leakCall = (more: Partial<InputOf<typeof Take>> = {}) =>
  repairCall({ kind: 'alarm', symptom: 'leak', ...more })

/** Rings about something and records how it went; every question of the script is answered alike. */
export async function ring(
  hall: TestHall,
  as: string,
  of: InputOf<typeof Call>['of'],
  id: string,
  result: ToldResult = 'satisfied',
) {
  const { questions } = await callAs(hall, as, Item, { of, id })
  const answer = result === 'satisfied' ? ('yes' as const) : ('no' as const)
  const answers = result === 'unreached' ? [] : questions.map((question) => ({ question, answer }))
  return callAs(hall, as, Call, { requestId: req(), of, id, result, answers, note: '电话回访' })
}

/** Hands of one order: who does what, each as one call. */
export function ways(hall: TestHall, orderId: string) {
  const on = () => ({ requestId: req(), orderId })
  return {
    assign: (staffId: string, as = 'dispatcher') => callAs(hall, as, Assign, { ...on(), staffId }),
    work: (step: WorkStep, as = 'clerk', gas: SiteGas = 'on') =>
      callAs(hall, as, Work, { ...on(), step, gas: step === 'handle' ? gas : null, note: '已按规程办理' }),
    pause: (as = 'dispatcher', hours = 24) =>
      callAs(hall, as, Pause, {
        ...on(),
        why: 'appointment',
        until: hall.clock.now() + hours * 3_600_000,
        reason: '客户约了明天',
      }),
    refer: (as = 'clerk', more: { reason?: string; referredTo?: string } = {}) =>
      callAs(hall, as, Refer, {
        ...on(),
        why: 'appliance',
        reason: '燃具在保修期',
        referredTo: '厂家售后',
        customerTold: true,
        ...more,
      }),
    confirm: (as = 'dispatcher', passed = true) => callAs(hall, as, Confirm, { ...on(), passed, note: '核对过' }),
    verify: (as: string, passed = true) => callAs(hall, as, Verify, { ...on(), passed, note: '现场看过' }),
    callBack: (as: string, result: ToldResult = 'satisfied') => ring(hall, as, 'workorder', orderId, result),
    close: (as: string) => callAs(hall, as, Close, on()),
  }
}
