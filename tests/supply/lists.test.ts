/** Thousands at once: every list by an index, an interruption in slices, a paper no larger than a window can load. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src-main/platform/ids.ts'
import { RowWriter } from '../../src-main/demo/rows.ts'
import {
  awaitingFilters,
  debtorSorts,
  dunningFilters,
  interruptionFilters,
  maxDunningsPerBatch,
  PlanInterruption,
  scopeKinds,
  slipsPerPaper,
  SupplyOverview,
} from '../../src-main/supply/api.ts'
import {
  affectedSql,
  awaitingSql,
  buildingSql,
  buildingsSql,
  debtorsSql,
  dunningsSql,
  interruptionsSql,
  livingSql,
  takeBackSql,
  outOfStepSql,
  suggestSql,
} from '../../src-main/supply/service.ts'
import { streetSql } from '../../src-main/customers/list.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { hazard, hourMs, plan, ways } from './support.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

function planOf(sql: string): string {
  const { sqlite } = hall.hall.environment
  const names = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, ''])
  const marks = (sql.match(/\?/g) ?? []).map(() => '')
  const explained = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`)
  const rows = names.length > 0 ? explained.all(Object.fromEntries(names)) : explained.all(...marks)
  return (rows as { detail: string }[]).map(({ detail }) => detail).join('\n')
}
/** No table is walked from end to end, nothing is sorted. */
function expectIndexed(sql: string, index: RegExp): void {
  const text = planOf(sql)
  expect(text).toMatch(index)
  expect(text).not.toMatch(/SCAN (?!name|j|\(|CONSTANT|d$)(?!\w+ USING (COVERING )?INDEX)/m)
  expect(text).not.toMatch(/TEMP B-TREE/)
}

describe('every list of the room is read by an index', () => {
  test.each(interruptionFilters)('interruptions: %s', (filter) => {
    expectIndexed(interruptionsSql(filter), /interruptions_(living|from|state)/)
  })
  test.each(awaitingFilters)('awaiting: %s', (filter) => {
    expectIndexed(awaitingSql(filter), /supply_awaiting_due/)
  })
  test.each(scopeKinds.filter((kind) => kind !== 'accounts'))('affected customers of a %s, in order', (kind) => {
    for (const following of [false, true]) {
      expectIndexed(affectedSql(kind, following), /SEARCH p USING INDEX service_points_(place|street)/)
    }
    expect(planOf(buildingsSql(kind))).toMatch(/SEARCH p USING INDEX service_points_(place|street)/)
  })
  test('customers of a street are counted in the index alone', () => {
    expect(planOf(streetSql)).toBe('SEARCH customer_index USING COVERING INDEX customer_index_street (street=?)')
  })
  test('affected customers of a list: each account by its key', () => {
    expect(planOf(affectedSql('accounts', true))).toMatch(/SEARCH t USING INDEX/)
    expect(planOf(affectedSql('accounts', true))).not.toMatch(/SCAN [tpac]\b/)
  })
  test.each(debtorSorts)('debtors by %s', (sort) => {
    for (const undunned of [false, true]) {
      for (const following of [false, true]) {
        expectIndexed(debtorsSql(sort, { undunned }, following), /bills_overdue|accounts_in_arrears/)
      }
    }
  })
  test.each(dunningFilters.filter((filter) => filter !== 'done'))('dunnings: %s', (filter) => {
    expectIndexed(dunningsSql(filter), /SEARCH d USING INDEX dunnings_state/)
  })
  test('dunnings that are done: three pages merged, none walked through', () => {
    expect(planOf(dunningsSql('done')).match(/SEARCH d USING INDEX dunnings_state/g)).toHaveLength(3)
  })
  test('what follows payments, the overview, a building, the suggestions', () => {
    expectIndexed(outOfStepSql, /dunnings_one_living[^]*bills_open/)
    expectIndexed(livingSql, /interruptions_living/)
    expectIndexed(takeBackSql, /interruptions_state/)
    expect(planOf(buildingSql)).toMatch(/SEARCH p USING INDEX service_points_place/)
    for (const sql of Object.values(suggestSql))
      expect(planOf(sql)).toMatch(/SEARCH service_points USING COVERING INDEX/)
  })
})

const size = 1_200
const perBuilding = 40

/** A community as large as half a day's work, taken over while gas flows. */
function settle(count: number): void {
  hall.transact(({ sqlite, clock }) => {
    const rows = new RowWriter(sqlite)
    const stamps = { created_at: clock.now(), updated_at: clock.now() }
    for (let n = 0; n < count; n++) {
      const [customer, point] = [newId(clock), newId(clock)]
      const building = String(Math.floor(n / perBuilding) + 1)
      rows.insert('customers', {
        ...{ id: customer, category: 'resident', name: `住户${n}`, id_kind: 'none', phone: '13800000000' },
        special_care: n % 100 === 0 ? JSON.stringify({ kinds: ['elderly'], measures: '' }) : null,
        ...stamps,
      })
      rows.insert('service_points', {
        ...{
          id: point,
          district: '城东区',
          street: '人民路',
          community: '大社区',
          building,
          unit: '1',
          room: String(n),
        },
        ...{ address: `大社区${building}号楼${n}室`, gas_state: 'supplied', ...stamps },
      })
      rows.insert('accounts', {
        ...{ id: newId(clock), account_no: `9${String(n).padStart(9, '0')}`, customer_id: customer },
        ...{ service_point_id: point, price_plan_id: 'x', state: 'active', opened_on: '2026-01-01', ...stamps },
      })
    }
  })
}

test(`an interruption of ${size} is begun and ended in slices while the counters go on`, async () => {
  settle(size)
  const fromAt = hall.clock.now()
  const { interruptionId, affected } = await hall.call(
    PlanInterruption,
    plan(hall, {
      kind: 'emergency',
      scope: { kind: 'street', street: '人民路' },
      ...{ fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs },
    }),
    'dispatcher',
  )
  expect(affected).toBe(size)
  const way = ways(hall, interruptionId)
  let over = false
  const started = way.start({ kind: 'order', orderId: await hazard(hall) }).finally(() => (over = true))
  let answered = 0
  while (!over) {
    await hall.call(SupplyOverview, {})
    answered++
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await started).toMatchObject({ held: size })
  expect(answered).toBeGreaterThan(size / 100)
  const steps = hall.events.filter(({ event }) => event === 'progress').map(({ data }) => data)
  expect(steps.at(-1)).toMatchObject({ task: 'supply.startInterruption', done: size, total: size })
  const { buildings, care } = await way.detail()
  expect([buildings.length, care.length]).toEqual([size / perBuilding, size / 100])
  expect(await way.end()).toMatchObject({ lifted: size })
  expect((await hall.call(SupplyOverview, {})).awaiting).toBe(size)

  // One paper for the whole: a page for each door, and slips in parts no window chokes on (a data URL ends at 2 MB).
  const doors = await hall.paper({ kind: 'interruption-door', id: interruptionId }, 'dispatcher')
  expect(doors.html.match(/<section/g)).toHaveLength(size / perBuilding)
  const pages: number[] = []
  for (const part of [1, 2, 3]) {
    const { html } = await hall.paper({ kind: 'interruption-slip', id: `${interruptionId}/${part}` }, 'dispatcher')
    pages.push(html.match(/<section/g)?.length ?? 0)
    expect(Buffer.byteLength(html)).toBeLessThan(1_400_000)
  }
  expect(pages).toEqual([slipsPerPaper, slipsPerPaper, size - 2 * slipsPerPaper])
  const building = await hall.paper({ kind: 'interruption-slip', id: buildings[0]?.id ?? '' }, 'dispatcher')
  expect(building.html.match(/<section/g)).toHaveLength(perBuilding)
  // A dunning has at most two and a half thousand bytes for each of the most a batch may hold.
  expect(maxDunningsPerBatch * 4_000).toBeLessThan(1_400_000)
})
