/** 迁入期 (clauses 15, 17): who is supplied comes in as such while moving in, and afterwards as two persons agreed, or not at all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AttachFile } from '../../src-main/customers/api.ts'
import { CloseWindow, Commit, Detail, OpenWindow, Problems, Unfiled, Window } from '../../src-main/imports/api.ts'
import { movedInSql, unfiledSql } from '../../src-main/imports/window.ts'
import { Checklist } from '../../src-main/golive/api.ts'
import { refusal } from '../customers/support.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { customerRows, openFolder, type Folder } from './files.ts'
import { importFile, plansIn, requestId, tryOut, undoApproved } from './steps.ts'

let hall: TestHall
let folder: Folder
let resident: string
beforeEach(async () => {
  hall = await openTestHall()
  folder = openFolder()
  resident = plansIn(hall).get('example-city-345') ?? ''
})
afterEach(async () => {
  folder.remove()
  await hall.close()
})

const wanted = () => ({ kind: 'customers', plans: { resident } }) as const
let files = 0
/** `states` one a row; the state is the last column. */
const fileOf = (...states: string[]) =>
  folder.text(
    `客户${++files}.csv`,
    customerRows(states.length, 1 + files * 100).map((row, i) => (i === 0 ? row : row.with(-1, states[i - 1] ?? ''))),
  )
const close = () => hall.call(CloseWindow, { requestId: requestId() }, 'hall-manager')
const accounts = () =>
  hall.hall.environment.sqlite
    .prepare<[], { state: string }>(
      'SELECT p.gas_state AS state FROM accounts a JOIN service_points p ON p.id = a.service_point_id ORDER BY a.id',
    )
    .all()
    .map(({ state }) => state)
const reason = '并入乡镇站的老用户'
const agreed = async (view: { importId: string; fileName: string; hash: string }, supplied: number, why = reason) =>
  approvalOf(
    hall,
    {
      purpose: 'import-supplied',
      terms: { importId: view.importId, file: view.fileName, hash: view.hash, supplied, reason: why },
    },
    'administrator',
  )
const commit = (importId: string, supplied: { approvalId: string; reason: string } | null = null) =>
  hall.call(Commit, { requestId: requestId(), importId, supplied }, 'administrator')

test('an empty state is a mistake of its row, named with row and column, and nothing comes in as supplied by it', async () => {
  const view = await tryOut(hall, fileOf('供气', '', '未通气'), wanted())
  expect(view).toMatchObject({ rows: 3, good: 2, bad: 1, supplied: 1 })
  const { rows } = await hall.call(Problems, { importId: view.importId, level: 'bad' }, 'administrator')
  expect(rows).toMatchObject([{ rowNo: 3, column: '供气状态', reason: '必填，不能空着' }])
  await hall.call(Commit, { requestId: requestId(), importId: view.importId, leaveOut: 1 }, 'administrator')
  expect(accounts()).toEqual(['supplied', 'not-ignited'])
})

test('the manager closes it once, which outlasts a restart; nobody else does, and it stands on the list of going live', async () => {
  const point = async () => (await hall.call(Checklist, {}, 'hall-manager')).find(({ item }) => item === 'window')
  expect(await point()).toMatchObject({ state: 'open', detail: '客户搬完、核对无误后由主任结束' })
  for (const other of ['administrator', 'clerk', 'cashier'] as const)
    expect((await refusal(hall.call(CloseWindow, { requestId: requestId() }, other))).code).toBe('NotAllowed')
  await close()
  await hall.restart()
  expect(await hall.call(Window, {}, 'administrator')).toMatchObject({
    open: false,
    nextNo: 2,
    acts: [{ no: 1, act: 'closed', byName: '李主任' }],
  })
  expect(await point()).toMatchObject({ state: 'done', detail: '已由李主任结束' })
  expect((await refusal(close())).code).toBe('WindowMoved')
})

describe('after it was closed', () => {
  test('who was never supplied comes in as before', async () => {
    await close()
    expect(await importFile(hall, fileOf('未通气', '未通气'), wanted())).toMatchObject({ state: 'done', supplied: 0 })
    expect(accounts()).toEqual(['not-ignited', 'not-ignited'])
  })

  test.each(['供气', '停气', '停用', '拆除'])('%s is refused with the count, and nothing is written', async (state) => {
    await close()
    const { importId } = await tryOut(hall, fileOf(state, '未通气', state), wanted())
    expect((await hall.call(Detail, { importId }, 'administrator')).windowOpen).toBe(false)
    const refused = await refusal(commit(importId))
    expect(refused.code).toBe('SuppliedNotAgreed')
    expect(refused.message).toContain('文件里有 2 户已通过气')
    expect(accounts()).toEqual([])
  })

  test('a second person agrees to this file and so many, once; to another file, count or reason it is void', async () => {
    await close()
    const view = await tryOut(hall, fileOf('供气', '未通气', '停气'), wanted())
    const { importId } = view
    for (const wrong of [
      await agreed(view, 3),
      await agreed({ ...view, hash: 'a'.repeat(64) }, 2),
      await agreed({ ...view, importId: requestId() }, 2),
      await agreed(view, 2, '另一个原因'),
    ])
      expect((await refusal(commit(importId, { approvalId: wrong, reason }))).code).toBe('ApprovalRefused')
    expect(accounts()).toEqual([])
    const approvalId = await agreed(view, 2)
    const done = await commit(importId, { approvalId, reason })
    expect(done).toMatchObject({ state: 'done', suppliedApproverName: '李主任', suppliedReason: reason })
    expect(accounts()).toEqual(['supplied', 'not-ignited', 'suspended'])
    // Taken back, the file comes again only by another agreement.
    await undoApproved(hall, importId)
    const again = await tryOut(hall, fileOf('供气'), wanted())
    expect((await refusal(commit(again.importId, { approvalId, reason }))).code).toBe('ApprovalRefused')
  })

  test('it is opened again by two persons with a reason, and closed again by the manager', async () => {
    await close()
    const open = async (why: string, approvalId: string) =>
      hall.call(OpenWindow, { requestId: requestId(), reason: why, approvalId }, 'administrator')
    const approval = (no: number, why: string) =>
      approvalOf(hall, { purpose: 'import-window', terms: { no, act: '重新开放迁入期', reason: why } }, 'administrator')
    expect((await refusal(open('漏了一个小区', requestId()))).code).toBe('ApprovalRefused')
    expect((await refusal(open('漏了一个小区', await approval(2, '别的')))).code).toBe('ApprovalRefused')
    expect((await refusal(open('', requestId()))).message).toContain('原因')
    await open('漏了一个小区', await approval(2, '漏了一个小区'))
    expect(await importFile(hall, fileOf('供气'), wanted())).toMatchObject({ state: 'done' })
    await close()
    const { acts } = await hall.call(Window, {}, 'hall-manager')
    expect(acts).toMatchObject([
      { no: 3, act: 'closed' },
      { no: 2, act: 'opened', byName: '吴管理', approverName: '李主任', reason: '漏了一个小区' },
      { no: 1, act: 'closed' },
    ])
    const { importId } = await tryOut(hall, fileOf('供气'), wanted())
    expect((await refusal(commit(importId))).code).toBe('SuppliedNotAgreed')
  })

  test('below every service: no place, no account, no import and no act on the window without the two', async () => {
    await importFile(hall, fileOf('供气'), wanted())
    await close()
    const run = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run())
    const point = (state: string, id = requestId()) =>
      `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, suspended_for, created_at, updated_at)
       VALUES ('${id}', '', '', '幸福里', '', '', '${id}', '幸福里', '${state}', ${state === 'suspended' ? `'customer'` : 'NULL'}, 0, 0)`
    for (const state of ['supplied', 'suspended', 'deactivated', 'dismantled'])
      expect(run(point(state)), state).toThrow('taken over as supplied after moving in')
    expect(run(point('not-ignited'))).not.toThrow()
    const [manager, clerk] = [actorOf('hall-manager').id, actorOf('clerk').id]
    const act = (no: number, what: string, by: string, approver: string | null) =>
      `INSERT INTO import_window_acts (no, act, at, by, by_name, reason, approver_id, approver_name)
       VALUES (${no}, '${what}', 0, '${by}', 'x', 'x', ${approver === null ? 'NULL' : `'${approver}'`}, 'x')`
    expect(run(act(2, 'opened', clerk, manager))).toThrow('opened again by two')
    expect(run(act(4, 'opened', clerk, manager))).toThrow('opened again by two')
    expect(run('DELETE FROM import_window_acts')).toThrow('append-only')
    expect(run(`UPDATE import_window_acts SET act = 'opened'`)).toThrow('append-only')
    // An import that says it was agreed to is believed only with the approval itself.
    const { importId } = await tryOut(hall, fileOf('供气'), wanted())
    const forged = `UPDATE imports SET supplied_approval_id = '${requestId()}', supplied_reason = 'x' WHERE id = '${importId}'`
    expect(() =>
      hall.transact(({ sqlite }) => {
        sqlite.prepare(forged).run()
        sqlite.prepare(point('supplied')).run()
      }),
    ).toThrow('taken over as supplied after moving in')
    hall.transact(({ sqlite }) => sqlite.exec(`DROP TRIGGER service_points_taken_over_gate`))
    expect(() =>
      hall.transact(({ sqlite }) => {
        const id = requestId()
        sqlite.prepare(point('supplied', id)).run()
        sqlite
          .prepare(
            `INSERT INTO accounts (id, account_no, customer_id, service_point_id, price_plan_id, household_size, state, opened_on, created_at, updated_at)
             SELECT '${requestId()}', '1', customer_id, '${id}', price_plan_id, 1, 'active', opened_on, 0, 0 FROM accounts LIMIT 1`,
          )
          .run()
      }),
    ).toThrow('an account taken over as supplied')
  })

  test('more than were agreed to: the import itself is refused', async () => {
    await close()
    const view = await tryOut(hall, fileOf('供气', '供气'), wanted())
    hall.transact(({ sqlite }) => sqlite.prepare('UPDATE imports SET supplied = 1 WHERE id = ?').run(view.importId))
    const approvalId = await agreed(view, 1)
    await expect(commit(view.importId, { approvalId, reason })).rejects.toThrow()
    expect(accounts()).toEqual([])
  })
})

test('who was taken over as supplied is listed until both contracts are on file, counted and found', async () => {
  await importFile(hall, fileOf('供气', '未通气', '停气'), wanted())
  const list = async (search = '') => (await hall.call(Unfiled, { search }, 'clerk')).rows
  const rows = await list()
  expect(rows.map(({ gasState, supplyMissing, safetyMissing }) => [gasState, supplyMissing, safetyMissing])).toEqual([
    ['supplied', true, true],
    ['suspended', true, true],
  ])
  expect(await hall.call(Window, {}, 'administrator')).toMatchObject({ supplied: 2, unfiled: 2, more: false })
  // Counting stops: in a large hall every till waits for it.
  expect(hall.hall.environment.sqlite.prepare(movedInSql).get({ limit: 1 })).toEqual({ supplied: 2, unfiled: 1 })
  const first = rows[0]
  expect(await list(first?.customerName)).toMatchObject([{ accountId: first?.accountId }])
  expect(await list('没有这个人')).toEqual([])
  const customerId =
    hall.hall.environment.sqlite
      .prepare<[string], string>('SELECT customer_id FROM accounts WHERE id = ?')
      .pluck()
      .get(first?.accountId ?? '') ?? ''
  for (const kind of ['supply-contract', 'safety-contract'] as const) {
    const sourcePath = folder.bytes(`${kind}.pdf`, `%PDF-1.4 ${kind}`)
    await hall.call(AttachFile, { requestId: requestId(), customerId, kind, sourcePath })
    const missing = (await list()).find(({ accountId }) => accountId === first?.accountId)
    if (kind === 'supply-contract') expect(missing).toMatchObject({ supplyMissing: false, safetyMissing: true })
    else expect(missing).toBeUndefined()
  }
  await hall.restart()
  expect(await hall.call(Window, {}, 'administrator')).toMatchObject({ supplied: 2, unfiled: 1 })
  const plan = hall.hall.environment.sqlite
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${unfiledSql(false)}`)
    .all({ importId: '', rowNo: 0, limit: 1 })
    .map(({ detail }) => detail)
    .join('\n')
  expect(plan).not.toMatch(/SCAN a\b|SCAN p\b|SCAN c\b|TEMP B-TREE/)
})
