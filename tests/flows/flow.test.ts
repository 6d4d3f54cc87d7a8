import { expect, test } from 'vitest'
import { complaintProcess } from '../../src-main/complaints/api.ts'
import { flow, flowId } from '../../src-main/flows/flows.ts'
import { rowsOf } from '../../src-main/flows/flow.ts'
import { hazardProcess } from '../../src-main/inspections/api.ts'
import { entryProcess } from '../../src-main/registers/api.ts'
import { interruptionTransitions } from '../../src-main/supply/api.ts'
import { waysIn } from '../../src-main/platform/process.ts'
import { orderProcess } from '../../src-main/workorders/api.ts'

const waysOf = (id: keyof typeof flowId.names) =>
  [
    ...new Set(
      flow(id)
        .moves.filter(({ from, to }) => from !== to)
        .map(({ from, to }) => `${from}>${to}`),
    ),
  ].toSorted()

test('what hangs on the wall is what the database lets pass: every way of the table, and no other (clause 14(1))', () => {
  expect(waysOf('complaint')).toEqual(complaintProcess.ways)
  expect(waysOf('workorder')).toEqual(orderProcess.ways)
  expect(waysOf('hazard')).toEqual(hazardProcess.ways)
  expect(waysOf('register')).toEqual(entryProcess.ways)
  expect(waysOf('interruption')).toEqual(waysIn(interruptionTransitions))
})

/** Where a business may begin besides the first state: a question of a customer, what is taken at the hall, a hazard. */
const otherStarts: Readonly<Record<string, readonly string[]>> = { workorder: ['待下达'] }

test.each(flowId.values)('%s: every state but where it begins is reached, it ends, all in words', (id) => {
  const rows = rowsOf(flow(id))
  expect(rows.length).toBeGreaterThan(1)
  const [first, ...others] = rows
  expect(first?.end).toBe(false)
  expect(rows.some(({ end }) => end)).toBe(true)
  const down = rows.flatMap((row, i) => (row.down.length > 0 ? [rows[i + 1]?.name] : []))
  const reached = new Set([...down, ...rows.flatMap((row) => row.aside.map(({ to }) => to))])
  const alone = others.map(({ name }) => name).filter((name) => !reached.has(name))
  expect(alone).toEqual(otherStarts[id] ?? [])
  const words = rows.flatMap((row) => [row.name, ...row.down, ...row.aside.flatMap(({ label, to }) => [label, to])])
  for (const word of words) expect(word).toMatch(/\p{Script=Han}/u)
})
