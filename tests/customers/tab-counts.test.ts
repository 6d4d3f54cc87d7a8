/** A count on a tab is what the tab holds: each list of a hall, filter by filter, against the rows that it shows. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { BillCounts, billFilters, Bills, maxBillCount, SeveralBills } from '../../src-main/billing/api.ts'
import { Counts as ComplaintCounts, complaintFilters, List as Complaints } from '../../src-main/complaints/api.ts'
import { CountCustomers, ListCustomers } from '../../src-main/customers/api.ts'
import { Counts as CallbackCounts, Due, dueFilters } from '../../src-main/followups/api.ts'
import { Counts as InspectionCounts, Tasks } from '../../src-main/inspections/api.ts'
import { HazardCounts, Hazards } from '../../src-main/inspections/hazards-api.ts'
import { Counts as OpeningCounts, List as Openings } from '../../src-main/installations/api.ts'
import type { CallDefinition, InputOf, Role } from '../../src-main/platform/contract.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import {
  Awaiting,
  DebtorCount,
  Debtors,
  Dunnings,
  Interruptions,
  ProcessCounts,
  Processes,
  SupplyOverview,
} from '../../src-main/supply/api.ts'
import { Counts as OrderCounts, List as Orders, orderFilters } from '../../src-main/workorders/api.ts'
import { makeDemoHall } from '../e2e/support/demo-hall.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
let folder: string
beforeAll(async () => {
  folder = await makeDemoHall()
  hall = await openTestHall({
    folder,
    key: openKey(folder, { osStore: null }),
    now: Date.parse('2026-11-23T10:00:00+08:00'),
  })
})
afterAll(async () => {
  await hall.hall.close()
  rmSync(folder, { recursive: true, force: true })
})

type Read = CallDefinition<string, z.ZodType, z.ZodType>
/** How many rows a list has, over all its pages. */
async function rowsOf(list: Read, narrowed: object, as: Role = 'hall-manager'): Promise<number> {
  let count = 0
  let after: string | null = null
  do {
    const page = (await hall.call(list, { ...narrowed, page: { after, size: 200 } } as InputOf<typeof list>, as)) as {
      rows: unknown[]
      next: string | null
    }
    count += page.rows.length
    after = page.next
  } while (after !== null)
  return count
}

test('账单', async () => {
  const counts = await hall.call(BillCounts, {}, 'hall-manager')
  for (const filter of billFilters)
    if (filter !== 'all')
      expect([filter, counts[filter]]).toEqual([filter, Math.min(await rowsOf(Bills, { filter }), maxBillCount + 1)])
  expect(counts.several).toBe(await rowsOf(SeveralBills, { open: true }))
})

test('工单和投诉', async () => {
  const orders = await hall.call(OrderCounts, {}, 'dispatcher')
  for (const filter of orderFilters) {
    const said =
      filter in orders ? orders[filter as 'open'] : orders.states.find(({ state }) => state === filter)?.count
    if (typeof said === 'number')
      expect([filter, said]).toEqual([filter, await rowsOf(Orders, { filter }, 'dispatcher')])
  }
  const complaints = await hall.call(ComplaintCounts, {}, 'dispatcher')
  for (const filter of complaintFilters) {
    const said =
      filter in complaints
        ? complaints[filter as 'open']
        : complaints.states.find(({ state }) => state === filter)?.count
    if (typeof said === 'number')
      expect([filter, said]).toEqual([filter, await rowsOf(Complaints, { filter }, 'dispatcher')])
  }
})

test('安检、隐患和回访', async () => {
  const tasks = await hall.call(InspectionCounts, {}, 'hall-manager')
  for (const filter of ['open', 'overdue', 'upcoming', 'absent', 'refused'] as const)
    expect([filter, tasks[filter]]).toEqual([filter, await rowsOf(Tasks, { filter })])
  const { calledBack, ...hazards } = await hall.call(HazardCounts, {}, 'hall-manager')
  for (const [filter, said] of Object.entries({ ...hazards, 'called-back': calledBack }))
    expect([filter, said]).toEqual([filter, await rowsOf(Hazards, { filter })])
  const due = await hall.call(CallbackCounts, {}, 'dispatcher')
  for (const filter of dueFilters)
    expect([filter, filter === 'all' ? due.due : due[filter]]).toEqual([
      filter,
      await rowsOf(Due, { filter }, 'dispatcher'),
    ])
  for (const { service, due: said } of due.services)
    expect([service, said]).toEqual([service, await rowsOf(Due, { service }, 'dispatcher')])
})

test('报装和客户', async () => {
  for (const { state, count } of await hall.call(OpeningCounts, {}, 'clerk'))
    expect([state, count]).toEqual([state, await rowsOf(Openings, { state }, 'clerk')])
  const counts = await hall.call(CountCustomers, {}, 'clerk')
  const filters: [string, object, number | undefined][] = [
    ['all', {}, counts.total],
    ['special', { specialCare: true }, counts.specialCare],
    ['arrears', { inArrears: true }, counts.inArrears],
    ...Object.entries(counts.category).map(([category, n]): [string, object, number] => [category, { category }, n]),
    ...Object.entries(counts.standing).map(([standing, n]): [string, object, number] => [standing, { standing }, n]),
  ]
  for (const [name, filter, said] of filters)
    expect([name, said]).toEqual([name, await rowsOf(ListCustomers, { filter }, 'clerk')])
})

test('停气: plans, those who wait, dunnings by their step, and business in hand', async () => {
  const overview = await hall.call(SupplyOverview, {}, 'dispatcher')
  expect(['plans', overview.living]).toEqual(['plans', await rowsOf(Interruptions, { filter: 'living' }, 'dispatcher')])
  expect(overview.awaiting).toBe(await rowsOf(Awaiting, {}, 'dispatcher'))
  expect(overview.awaitingOverdue).toBe(await rowsOf(Awaiting, { filter: 'overdue' }, 'dispatcher'))
  const { dunnings, readyToAnnounce } = overview
  for (const [filter, said] of [
    ['issued', dunnings.issued ?? 0],
    ['waiting', (dunnings.delivered ?? 0) - readyToAnnounce],
    ['ready', readyToAnnounce],
    ['announced', dunnings.announced ?? 0],
    ['suspended', dunnings.suspended ?? 0],
    ['paid', dunnings.paid ?? 0],
  ] as const)
    expect([filter, said]).toEqual([filter, await rowsOf(Dunnings, { filter }, 'dispatcher')])
  // A tab that tells of debtors has those who are still to be dunned as well.
  const { undunned } = await hall.call(DebtorCount, {}, 'dispatcher')
  expect(undunned).toBeGreaterThan(0)
  expect(undunned).toBe(await rowsOf(Debtors, { filter: { undunned: true, minDays: 1 } }, 'dispatcher'))
  const processes = await hall.call(ProcessCounts, {}, 'clerk')
  expect(processes.total).toBe(await rowsOf(Processes, { filter: 'open' }, 'clerk'))
  for (const { kind, count } of processes.kinds)
    expect([kind, count]).toEqual([kind, await rowsOf(Processes, { filter: 'open', kind }, 'clerk')])
})
