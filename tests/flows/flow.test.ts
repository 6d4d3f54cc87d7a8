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

test('what does not move the state is drawn where it is done: no test before gas is missing on the wall (clauses 14(1), 17(2))', () => {
  const within = (id: keyof typeof flowId.names, state: string) =>
    rowsOf(flow(id)).find(({ name }) => name === state)?.within ?? []
  expect(within('reactivation', '已受理')).toEqual(expect.arrayContaining(['严密性试验', '安全检查']))
  expect(within('application', '待通气')).toEqual(expect.arrayContaining(['严密性试验', '安全检查']))
  expect(within('workorder', '已到场').join()).toContain('暂停计时')
})

test('a way is called by what it is: not everything that leads elsewhere has failed', () => {
  const labels = (id: keyof typeof flowId.names) => flow(id).moves.map(({ label }) => label)
  expect(labels('register')).toContain('记整改（最后一项）')
  expect(labels('complaint')).toContain('补充被投诉人（含调查人）')
  expect(labels('complaint')).toContain('回访（不满意）')
  expect(labels('application').filter((label) => label.startsWith('更改申请'))).toEqual(
    expect.arrayContaining(['更改申请（须重新勘查）']),
  )
  expect(
    flowId.values.flatMap(labels).filter((label) => /(?:记整改|被投诉人|回访)（未通过）|更改申请.*不?合格/.test(label)),
  ).toEqual([])
})

test('what may still happen after the end stands beside it, not as the next step', () => {
  const closed = rowsOf(flow('register')).find(({ name }) => name === '已办结')
  expect(closed).toMatchObject({ end: true, down: [] })
  expect(closed?.aside.map(({ to }) => to)).toEqual(['已作废'])
})
