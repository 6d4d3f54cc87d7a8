/**
 * Every timer of the house over midnight, month ends, leap days and year ends, on a real hall with the clock set by hand —
 * and on machines whose own zone is another one, some in the very hours in which they change to or from summer time.
 * What is expected stands here as people in Shanghai read it.
 */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setPassword } from '../../src-main/access/service.ts'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { List as Complaints, Take as Complain } from '../../src-main/complaints/api.ts'
import { Counts, HazardCounts, Reinspect } from '../../src-main/inspections/api.ts'
import { DayState } from '../../src-main/ledger/api.ts'
import { addDays, businessDate, daysBetween, fromDayNumber, shanghaiDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { AddCertificate, Certificates } from '../../src-main/staff/api.ts'
import {
  Awaiting,
  CancelDunning,
  CancelInterruption,
  DeliverDunning,
  DunningsOfAccount,
  IssueDunnings,
  NotifyInterruption,
  PlanInterruption,
  type InterruptionScope,
} from '../../src-main/supply/api.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { Counts as OrderCounts, Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { BillReading } from '../../src-main/billing/api.ts'
import { household, read } from '../billing/household.ts'
import { counted } from '../cashier/counter.ts'
import { complaint } from '../complaints/people.ts'
import { refusal } from '../customers/support.ts'
import { failedItem, generate, household as lit, record, taskOf } from '../inspections/support.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, employ, openHallWithWorkers, repairCall, req } from '../workorders/people.ts'
import { copyIn } from '../support/certificate.ts'

const own = process.env['TZ']
/** Zones a machine may have been set to: the hall's, one that is behind and has summer time, one south of the equator, half hours. */
const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Europe/London'] as const
function inZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
}
afterAll(() => inZone(own))

const at = (local: string) => Date.parse(`${local}+08:00`)
/** 'YYYY-MM-DD HH:MM' in Shanghai, worked out by the language and not by the house. */
const shown = (instant: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
    instant,
  )

let hall: TestHall
afterEach(() => hall.close())
const rows = <T>(sql: string, ...values: unknown[]) => hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]

interface Expected {
  readonly from: string
  /** 6 and 24 hours of a repair, 48 hours of a complaint, 24 hours to give gas back. */
  readonly handle: string
  readonly day: string
  readonly reply: string
  /** The first moment after 30 days of waiting, the day of delivery not counted. */
  readonly waited: string
}
const beginnings: readonly Expected[] = [
  // The machine in New York sets its clock back at 14:00 of this day in Shanghai.
  { from: '2026-11-01T13:30', handle: '2026-11-01 19:30', day: '2026-11-02 13:30', reply: '2026-11-03 13:30', waited: '2026-12-02 00:00' },
  { from: '2026-11-30T23:59', handle: '2026-12-01 05:59', day: '2026-12-01 23:59', reply: '2026-12-02 23:59', waited: '2026-12-31 00:00' },
  { from: '2026-12-31T18:00', handle: '2027-01-01 00:00', day: '2027-01-01 18:00', reply: '2027-01-02 18:00', waited: '2027-01-31 00:00' },
  { from: '2027-01-31T23:00', handle: '2027-02-01 05:00', day: '2027-02-01 23:00', reply: '2027-02-02 23:00', waited: '2027-03-03 00:00' },
  { from: '2027-02-27T00:00', handle: '2027-02-27 06:00', day: '2027-02-28 00:00', reply: '2027-03-01 00:00', waited: '2027-03-30 00:00' },
  // And forward at 15:00 of this one.
  { from: '2027-03-14T14:30', handle: '2027-03-14 20:30', day: '2027-03-15 14:30', reply: '2027-03-16 14:30', waited: '2027-04-14 00:00' },
  // London goes forward at 09:00, Lord Howe back half an hour at 23:00 the week after.
  { from: '2027-03-28T08:30', handle: '2027-03-28 14:30', day: '2027-03-29 08:30', reply: '2027-03-30 08:30', waited: '2027-04-28 00:00' },
  { from: '2027-04-03T22:45', handle: '2027-04-04 04:45', day: '2027-04-04 22:45', reply: '2027-04-05 22:45', waited: '2027-05-04 00:00' },
  { from: '2028-02-28T18:01', handle: '2028-02-29 00:01', day: '2028-02-29 18:01', reply: '2028-03-01 18:01', waited: '2028-03-30 00:00' },
  { from: '2028-02-29T23:59', handle: '2028-03-01 05:59', day: '2028-03-01 23:59', reply: '2028-03-02 23:59', waited: '2028-03-31 00:00' },
  { from: '2028-12-31T23:59', handle: '2029-01-01 05:59', day: '2029-01-01 23:59', reply: '2029-01-02 23:59', waited: '2029-01-31 00:00' },
] // prettier-ignore

describe.each(zones)('on a machine set to %s', (zone) => {
  beforeEach(() => inZone(zone))

  test('the machine really is there', async () => {
    hall = await openHallWithWorkers()
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    const midsummer = new Date(Date.UTC(2026, 6, 1)).getTimezoneOffset()
    const midwinter = new Date(Date.UTC(2027, 0, 1)).getTimezoneOffset()
    expect(midsummer === midwinter).toBe(zone === 'Asia/Shanghai')
  })

  test('hours run through midnight, month ends, leap days and year ends', async () => {
    hall = await openHallWithWorkers(at('2026-09-01T09:00'))
    const debtor = household(hall)
    const readingId = await read(hall, debtor.accountId, '2026-05-01', 20)
    await callAs(hall, 'cashier', BillReading, { requestId: req(), readingId })
    const home = lit(hall, 1)
    const scope: InterruptionScope = { kind: 'accounts', accountIds: [home.accountId] }
    for (const { from, handle, day, reply, waited } of beginnings) {
      hall.clock.set(at(from))
      const { orderId } = await callAs(hall, 'dispatcher', TakeOrder, repairCall())
      const [order] = rows<{ handleBy: number; repairBy: number }>(
        'SELECT handle_by AS handleBy, repair_by AS repairBy FROM workorders WHERE id = ?',
        orderId,
      )
      expect([order?.handleBy ?? 0, order?.repairBy ?? 0].map(shown), from).toEqual([handle, day])
      const { replyBy } = await callAs(hall, 'clerk', Complain, complaint())
      expect(shown(replyBy), from).toBe(reply)

      // 48 hours of notice: to the minute.
      const plan = (fromAt: number) =>
        callAs(hall, 'dispatcher', PlanInterruption, {
          requestId: req(),
          kind: 'planned',
          reason: '检修',
          scope,
          fromAt,
          toAt: fromAt + 3_600_000,
          resumeBy: fromAt + 3_600_000,
        })
      const late = await plan(replyBy - 60_000)
      expect(
        (await refusal(callAs(hall, 'dispatcher', NotifyInterruption, { requestId: req(), ...idOf(late) }))).message,
      ).toContain('还差 1 小时')
      const inTime = await plan(replyBy)
      await callAs(hall, 'dispatcher', NotifyInterruption, { requestId: req(), ...idOf(inTime) })
      for (const one of [late, inTime])
        await callAs(hall, 'dispatcher', CancelInterruption, { requestId: req(), ...idOf(one), reason: '改期' })

      // Gas is given back within 24 hours of the last reason's end.
      hall.transact((context) => {
        placeHold(context, { servicePointId: home.servicePointId, cause: 'customer', subject: 'x:1', note: '客户要求' })
        liftHold(context, 'x:1', '客户要求')
      })
      const { rows: waiting } = await callAs(hall, 'clerk', Awaiting, {})
      expect(shown(waiting[0]?.dueAt ?? 0), from).toBe(day)

      await callAs(hall, 'dispatcher', IssueDunnings, { requestId: req(), accountIds: [debtor.accountId] })
      const [dunning] = await callAs(hall, 'clerk', DunningsOfAccount, { accountId: debtor.accountId })
      const dunningId = dunning?.id ?? ''
      const told = { requestId: req(), dunningId, at: hall.clock.now(), way: 'in-person', by: '王师傅' } as const
      await callAs(hall, 'clerk', DeliverDunning, told)
      const [after] = await callAs(hall, 'clerk', DunningsOfAccount, { accountId: debtor.accountId })
      expect(shown(after?.nextAt ?? 0), from).toBe(waited)
      await callAs(hall, 'dispatcher', CancelDunning, { requestId: req(), dunningId, reason: '重开' })
    }
  })

  test('an order and a complaint are late a moment after their last one, not at it', async () => {
    hall = await openHallWithWorkers(at('2028-02-28T18:01'))
    await callAs(hall, 'dispatcher', TakeOrder, repairCall())
    await callAs(hall, 'clerk', Complain, complaint())
    const late = async () => [
      (await callAs(hall, 'dispatcher', OrderCounts, {})).overdue,
      (await callAs(hall, 'dispatcher', Complaints, { filter: 'overdue' })).rows.length,
    ]
    const steps: readonly [string, number, number][] = [
      ['2028-02-29T00:01:00.000', 0, 0],
      ['2028-02-29T00:01:00.001', 1, 0],
      ['2028-03-01T18:01:00.000', 1, 0],
      ['2028-03-01T18:01:00.001', 1, 1],
    ]
    for (const [instant, orders, complaints] of steps) {
      hall.clock.set(at(instant))
      expect(await late(), instant).toEqual([orders, complaints])
    }
  })

  test('certificates are warned of 60 and 30 days before their last day and good until its midnight', async () => {
    hall = await openHallWithWorkers(at('2026-10-01T09:00'))
    const staffId = await employ(hall, { staffNo: '3001', name: '王师傅', roles: ['clerk'], certificates: [] })
    const ends: readonly [validTo: string, first: string, second: string, over: string][] = [
      ['2026-12-31', '2026-11-01', '2026-12-01', '2027-01-01'],
      ['2027-02-28', '2026-12-30', '2027-01-29', '2027-03-01'],
      ['2028-02-29', '2027-12-31', '2028-01-30', '2028-03-01'],
      ['2028-04-30', '2028-03-01', '2028-03-31', '2028-05-01'],
    ]
    for (const [i, [validTo]] of ends.entries())
      await callAs(hall, 'hall-manager', AddCertificate, {
        requestId: req(),
        ...copyIn(hall),
        staffId,
        kind: (['inspection', 'maintenance', 'emergency', 'callback'] as const)[i] ?? 'inspection',
        number: `Z-${i}`,
        issuedOn: '2026-10-01',
        validTo,
      })
    const moments = ends
      .flatMap(([validTo, first, second, over]) =>
        ([[first, 'valid', 'expiring'], [second, 'expiring', 'expiring-soon'], [over, 'expiring-soon', 'expired']] as const).map(
          ([on, before, then]) => ({ validTo, on, before, then }),
        ),
      )
      .toSorted((a, b) => (a.on < b.on ? -1 : 1)) // prettier-ignore
    for (const { validTo, on, before, then } of moments) {
      const state = async (instant: number) => {
        hall.clock.set(instant)
        return (await callAs(hall, 'hall-manager', Certificates, {})).find((one) => one.validTo === validTo)?.state
      }
      const midnight = at(`${on}T00:00`)
      if (hall.clock.now() < midnight) expect(await state(midnight - 1), `${validTo} before ${on}`).toBe(before)
      expect(await state(midnight), `${validTo} on ${on}`).toBe(then)
    }
  })

  test('days change at midnight in Shanghai: hazards, inspection periods, the business day', async () => {
    hall = await openHallWithWorkers(at('2026-12-30T09:00'))
    hall.transact((context) => setPassword(context, actorOf('hall-manager').id, 'Kanban-Qiu-73'))
    const wang = await employ(
      hall,
      { staffNo: '3001', name: '王安检', roles: ['clerk'], certificates: ['inspection'] },
      '2029-12-31',
    )
    const [found, unseen] = [lit(hall, 1), lit(hall, 2)]
    await generate(hall, 2026)
    expect(taskOf(hall, unseen.accountId)).toMatchObject({ periodFrom: '2026-07-01', periodTo: '2026-12-31' })
    const { hazardIds } = await record(hall, taskOf(hall, found.accountId).id, wang, {
      visitedOn: '2026-12-30',
      outcome: 'hazard',
      failed: [failedItem({ deadline: '2026-12-31' }), failedItem({ item: 'valves', deadline: '2027-02-28' })],
    })
    const open = async () => [
      (await callAs(hall, 'clerk', HazardCounts, {})).overdue,
      (await callAs(hall, 'clerk', Counts, {})).overdue,
    ]
    hall.clock.set(at('2026-12-31T23:59:59.999'))
    expect(await open()).toEqual([0, 0])
    await callAs(hall, 'cashier', OpenShift, { requestId: req(), rows: counted(fen(50_000)) })
    expect(await callAs(hall, 'cashier', DayState, {})).toEqual({ date: '2026-12-31', state: 'open' })
    hall.clock.set(at('2027-01-01T00:00'))
    expect(await open()).toEqual([1, 1])
    // The day is closed by people, not by the clock.
    expect(await callAs(hall, 'cashier', DayState, {})).toEqual({ date: '2026-12-31', state: 'open' })
    hall.clock.set(at('2027-02-28T23:59:59.999'))
    expect((await open())[0]).toBe(1)
    hall.clock.set(at('2027-03-01T00:00'))
    expect((await open())[0]).toBe(2)
    hall.clock.set(at('2028-01-15T09:00'))
    await callAs(hall, 'clerk', Reinspect, {
      requestId: req(),
      hazardId: hazardIds[1] ?? '',
      inspectorId: wang,
      inspectedOn: '2028-01-15',
      passed: false,
      newDeadline: '2028-02-29',
      note: '阀门仍松动',
    })
    hall.clock.set(at('2028-02-29T23:59:59.999'))
    expect((await open())[0]).toBe(1)
    hall.clock.set(at('2028-03-01T00:00'))
    expect((await open())[0]).toBe(2)
  })

  test('whole days are whole days, also over the summers in which China had summer time', async () => {
    hall = await openHallWithWorkers()
    for (const [from, days, to] of [
      ['1986-05-03', 2, '1986-05-05'],
      ['1991-09-14', 1, '1991-09-15'],
      ['1988-04-09', 365, '1989-04-09'],
    ] as const) {
      expect(addDays(businessDate(from), days)).toBe(to)
      expect(daysBetween(businessDate(from), businessDate(to))).toBe(days)
    }
    // From an instant to its day: the language knows Shanghai too, and agrees for every day of the hall's years.
    for (let day = 20_000; day < 25_000; day += 1)
      for (const instant of [day * 86_400_000 - 8 * 3_600_000, (day + 1) * 86_400_000 - 8 * 3_600_000 - 1]) {
        if (shanghaiDate(instant) !== fromDayNumber(day)) throw new Error(`${instant}`)
        if (day % 100 === 0) expect(shown(instant).slice(0, 10)).toBe(fromDayNumber(day))
      }
  })
})

const idOf = ({ interruptionId }: { interruptionId: string }) => ({ interruptionId })
