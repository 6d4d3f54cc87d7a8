/** A hall with customers, an inspector and somebody who calls back, for the tests of this room. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InputOf } from '../../src-main/platform/contract.ts'
import {
  Generate,
  inspectionItems,
  isDrawn,
  Record as RecordResult,
  Tasks,
  type FailedItem,
} from '../../src-main/inspections/api.ts'
import type { PlaceValue } from '../../src-main/customers/api.ts'
import type { z } from 'zod'
import { ResumeSupply } from '../../src-main/supply/api.ts'
import { visit } from '../supply/support.ts'
import { openOne, type Opened } from '../customers/support.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, employ, openHallWithWorkers, req, ring } from '../workorders/people.ts'

export { callAs, certify, employ, req, ring }

export interface InspectionHall {
  readonly hall: TestHall
  /** 王安检, staff number 3001: inspection. */
  readonly wang: string
  /** 孙安检, 3002: inspection and callback, a hall manager besides. */
  readonly sun: string
}

export async function openInspectionHall(now?: number): Promise<InspectionHall> {
  const hall = await openHallWithWorkers(now)
  const wang = await employ(hall, { staffNo: '3001', name: '王安检', roles: ['clerk'], certificates: ['inspection'] })
  const sun = await employ(hall, {
    staffNo: '3002',
    name: '孙安检',
    roles: ['hall-manager', 'clerk'],
    certificates: ['inspection', 'callback'],
  })
  await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
  return { hall, wang, sun }
}

/** A household where gas flows. */
export const household = (hall: TestHall, n: number, place: Partial<PlaceValue> = {}): Opened =>
  openOne(hall, n, { supplied: true, meterNo: `M${1000 + n}`, place: { building: '3', unit: '2', ...place } })

/** Many households at once, eight to a stairwell, as an import writes them. */
export function manyHouseholds(hall: TestHall, count: number, perBuilding = 48): void {
  hall.transact(({ sqlite, clock }) => {
    const now = clock.now()
    const id = (kind: number, n: number) => `018f0000-0000-7000-800${kind}-${String(n).padStart(12, '0')}`
    const customer = sqlite.prepare(
      `INSERT INTO customers (id, category, name, id_kind, phone, created_at, updated_at)
       VALUES (?, 'resident', ?, 'none', '19900000000', ?, ?)`,
    )
    const point = sqlite.prepare(
      `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, created_at, updated_at)
       VALUES (?, '城东区', '人民路', ?, ?, ?, ?, '', 'supplied', ?, ?)`,
    )
    const account = sqlite.prepare(
      `INSERT INTO accounts (id, account_no, customer_id, service_point_id, price_plan_id, state, opened_on, created_at, updated_at)
       VALUES (?, ?, ?, ?, 'plan', 'active', '2020-01-01', ?, ?)`,
    )
    for (let n = 0; n < count; n++) {
      const building = Math.floor(n / perBuilding)
      customer.run(id(1, n), `客户${n}`, now, now)
      const community = `小区${Math.floor(building / 30)}`
      point.run(
        id(2, n),
        community,
        String(building % 30),
        String(Math.floor(n / 8) % 6),
        String(101 + (n % 8)),
        now,
        now,
      )
      account.run(id(3, n), String(n).padStart(13, '0'), id(1, n), id(2, n), now, now)
    }
  })
}

export const shop = (hall: TestHall, n: number, place: Partial<PlaceValue> = {}): Opened =>
  openOne(hall, n, {
    supplied: true,
    meterNo: `L${1000 + n}`,
    profile: { category: 'commercial', name: `鸿运饭店${n}`, idKind: 'none', idNumber: null },
    place: { community: '示范大街', building: '', unit: '', room: String(n), ...place },
  })

export const generate = (hall: TestHall, year = 2026, as = 'dispatcher') => callAs(hall, as, Generate, { year })

export interface Planned {
  readonly id: string
  readonly roundId: string
  readonly accountId: string
  readonly slot: number
  readonly resident: number
  readonly periodFrom: string
  readonly periodTo: string
  readonly visitOn: string
  readonly state: string
  readonly absences: number
  readonly doneOn: string | null
  readonly weekOn: string
  readonly part: number
  readonly community: string
  readonly building: string
  readonly assigneeId: string | null
}

export const rows = <T>(hall: TestHall, sql: string, ...values: unknown[]): T[] =>
  hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]

/** Rows that have the same key, together. */
export function grouped<T>(list: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of list) found.set(key(row), [...(found.get(key(row)) ?? []), row])
  return found
}

/** Everything planned, by account and period. */
export const planned = (hall: TestHall, accountId?: string): Planned[] =>
  rows<Planned>(
    hall,
    `SELECT t.id, t.round_id AS roundId, t.account_id AS accountId, t.slot, t.resident, t.period_from AS periodFrom,
       t.period_to AS periodTo, t.visit_on AS visitOn, t.state, t.absences, t.done_on AS doneOn, r.week_on AS weekOn,
       r.part, r.community, r.building, r.assignee_id AS assigneeId
     FROM inspection_tasks t JOIN inspection_rounds r ON r.id = t.round_id ORDER BY t.account_id, t.year, t.slot`,
  ).filter((task) => accountId === undefined || task.accountId === accountId)

/** The one inspection of an account that is due. */
export const taskOf = (hall: TestHall, accountId: string): Planned => {
  const [task] = planned(hall, accountId)
  if (!task) throw new Error('nothing is planned for this account')
  return task
}

export const failedItem = (more: Partial<z.input<typeof FailedItem>> = {}): z.input<typeof FailedItem> => ({
  item: 'hose',
  grade: 'general',
  text: '软管老化开裂',
  mender: 'customer',
  deadline: '2026-12-08',
  ...more,
})

/** The paper sheet copied: every item good but what is written down as a hazard. */
export const sheetOf = (resident: boolean, failed: readonly { readonly item: string }[] = []) =>
  inspectionItems(resident).map(({ item }) => ({
    item,
    answer: failed.some((one) => one.item === item) ? ('bad' as const) : ('good' as const),
  }))

/** A signed sheet as it was scanned. */
export function scanIn(hall: TestHall): string {
  const path = join(hall.folder, '检查表.pdf')
  writeFileSync(path, '%PDF-1.4\n%sheet')
  return path
}
/** A time of arrival that can be: by now, where it is today. */
export function arrivalOn(hall: TestHall, day: string): string {
  const now = new Date(hall.clock.now() + 8 * 3_600_000).toISOString()
  return day >= now.slice(0, 10) ? now.slice(11, 16) : '10:00'
}

type Result = InputOf<typeof RecordResult>
/** What is asked of whoever was let in, and of nobody else. */
export function resultOf(
  hall: TestHall,
  taskId: string,
  more: Partial<Result>,
): Pick<Result, 'arrivedAt' | 'signatory' | 'checks' | 'proof'> {
  const { outcome = 'passed', failed = [], visitedOn = '2026-11-23' } = more
  const arrivedAt = arrivalOn(hall, visitedOn)
  if (outcome !== 'passed' && outcome !== 'hazard') return { arrivedAt }
  const [task] = rows<{ resident: number }>(hall, 'SELECT resident FROM inspection_tasks WHERE id = ?', taskId)
  return {
    arrivedAt,
    signatory: more.unsigned ? '' : '客户本人',
    checks: sheetOf(task?.resident !== 0, failed),
    proof: isDrawn(taskId, hall.hall.environment.settings.get('inspections.proofShare')) ? scanIn(hall) : null,
  }
}
export const record = (hall: TestHall, taskId: string, inspectorId: string, more: Partial<Result> = {}, as = 'clerk') =>
  callAs(hall, as, RecordResult, {
    requestId: req(),
    taskId,
    visitedOn: '2026-11-23',
    inspectorId,
    outcome: 'passed',
    ...resultOf(hall, taskId, more),
    ...more,
  })

/** An account with one hazard of a grade, found on Monday. */
export async function hazardFound(
  { hall, wang }: InspectionHall,
  n: number,
  more: Partial<z.input<typeof FailedItem>> = {},
) {
  const opened = household(hall, n)
  await generate(hall)
  const result = await record(hall, taskOf(hall, opened.accountId).id, wang, {
    outcome: 'hazard',
    failed: [failedItem(more)],
  })
  const [hazardId = ''] = result.hazardIds
  return { ...opened, ...result, hazardId }
}

export const listTasks = (hall: TestHall, filter: InputOf<typeof Tasks>['filter']) =>
  callAs(hall, 'clerk', Tasks, { filter })

/** Gas given back as the supply room does it, tested by 赵检修. */
export async function resumeGas(hall: TestHall, servicePointId: string) {
  const [known] = rows<{ id: string }>(hall, `SELECT id FROM staff WHERE staff_no = '3009'`)
  const person = { staffNo: '3009', name: '赵检修', roles: ['clerk'], certificates: ['maintenance'] } as const
  const tester = known?.id ?? (await employ(hall, person))
  return callAs(hall, 'clerk', ResumeSupply, visit(servicePointId, tester))
}

export const gasOf = (hall: TestHall, servicePointId: string) =>
  rows<{ state: string; why: string | null }>(
    hall,
    'SELECT gas_state AS state, suspended_for AS why FROM service_points WHERE id = ?',
    servicePointId,
  )[0]
