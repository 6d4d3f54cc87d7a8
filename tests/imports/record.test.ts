/** An import is on record: once for a file, by whom it may, taken back as a whole or not at all. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, utimesSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Prepay } from '../../src-main/cashier/api.ts'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { CustomerFile, EditCustomer, SearchCustomers } from '../../src-main/customers/api.ts'
import {
  Begin,
  Check,
  Commit,
  Detail,
  Discard,
  Inspect,
  List,
  Open,
  Problems,
  SuggestMapping,
  Undo,
  UndoObstacles,
  undoTerms,
} from '../../src-main/imports/api.ts'
import { termsInWords, type TermsOf } from '../../src-main/platform/approval-terms.ts'
import { listSql } from '../../src-main/imports/store.ts'
import { problemsSql } from '../../src-main/imports/reads.ts'
import { referencesOf } from '../../src-main/imports/undo.ts'
import { balanceOf } from '../../src-main/ledger/service.ts'
import { fen } from '../../src-main/platform/money.ts'
import { takePiece } from '../../src-main/platform/sent-files.ts'
import { approvalOf } from '../support/approval.ts'
import { CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import { inventedNationalId } from '../support/invented.ts'
import { certifiedReader } from '../support/reader.ts'
import { customerRows as oldRows, openFolder, type Folder } from './files.ts'
import { begin, importFile, plansIn, requestId, tryOut, undoApproved } from './steps.ts'

let hall: TestHall
let folder: Folder
let plan: string
beforeAll(async () => {
  hall = await openTestHall()
  certifiedReader(hall)
  folder = openFolder()
  plan = plansIn(hall).get('example-city-345') ?? ''
})
afterAll(async () => {
  folder.remove()
  await hall.close()
})
const failure = async (call: Promise<unknown>): Promise<CallFailed['failure']> => {
  try {
    await call
  } catch (error) {
    if (error instanceof CallFailed) return error.failure
    throw error
  }
  throw new Error('was not refused')
}
/** Once the counter has opened, readings name who read them (clause 10(8)). */
const customerRows = (...which: Parameters<typeof oldRows>): string[][] =>
  oldRows(...which).map((row, i) => [...row, i === 0 ? '抄表员工号' : '5800'])
const wanted = () => ({ kind: 'customers', plans: { resident: plan } }) as const
const counted = [
  'customers',
  'service_points',
  'accounts',
  'account_aliases',
  'meters',
  'readings',
  'bills',
  'tier_usage',
  'customer_events',
  'customer_index',
  'import_rows',
] as const
const counts = () =>
  Object.fromEntries(
    counted.map((table) => [
      table,
      hall.hall.environment.sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n,
    ]),
  )
const undo = (importId: string) => undoApproved(hall, importId)

describe('who may do what', () => {
  test('the hall manager tries a file out and gives it up; only the administrator imports and takes back', async () => {
    const view = await tryOut(hall, folder.text('主任.csv', customerRows(3)), { ...wanted(), as: 'hall-manager' })
    expect(view).toMatchObject({ state: 'checked', createdByName: '李主任' })
    const { importId } = view
    for (const call of [
      hall.call(Commit, { requestId: requestId(), importId }, 'hall-manager'),
      hall.call(Undo, { requestId: requestId(), importId, reason: 'x', approvalId: requestId() }, 'hall-manager'),
    ])
      expect((await failure(call)).code).toBe('NotAllowed')
    await hall.call(Discard, { requestId: requestId(), importId }, 'hall-manager')
    expect(await hall.call(Open, {}, 'hall-manager')).toBeNull()
  })
  test('one import at a time, and whose it is', async () => {
    const first = folder.text('一.csv', customerRows(2))
    const importId = await begin(hall, first, { ...wanted(), as: 'hall-manager' })
    expect((await failure(begin(hall, folder.text('二.csv', customerRows(3)), wanted()))).message).toMatch(
      /^李主任的导入 DR\d+ 还没有完成/,
    )
    await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
  })
  test('a file with mistakes is not imported, in the service and below it', async () => {
    const rows = customerRows(3)
    rows[1] = (rows[1] as string[]).with(3, '1')
    const { importId } = await tryOut(hall, folder.text('错.csv', rows), wanted())
    const before = counts()
    expect(await failure(hall.call(Commit, { requestId: requestId(), importId }, 'administrator'))).toMatchObject({
      code: 'ImportHasMistakes',
      message: '还有 1 行有错误，请改好文件后重新试导入',
    })
    const set = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run(importId))
    expect(set(`UPDATE imports SET state = 'indexing' WHERE id = ?`)).toThrow('committed whole and without mistakes')
    expect(set(`UPDATE imports SET state = 'done' WHERE id = ?`)).toThrow('no such step')
    expect(set('DELETE FROM imports WHERE id = ?')).toThrow('imports stay on record')
    expect(counts()).toEqual(before)
    await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
  })
})

describe('a file', () => {
  let importId: string
  let path: string
  test('that was imported is refused a second time, naming who and when', async () => {
    path = folder.text('客户.csv', customerRows(30, 200))
    importId = (await importFile(hall, path, wanted())).importId
    const refused = await failure(begin(hall, path, wanted()))
    expect(refused.code).toBe('FileImported')
    expect(refused.message).toMatch(/^这个文件已由吴管理于 2026-11-23 09:00导入（DR\d+），不能重复导入/)
    const copy = folder.text('改名.csv', customerRows(30, 200))
    expect((await failure(begin(hall, copy, wanted()))).code).toBe('FileImported')
  })

  test('remembers its columns for the next file of the same source', async () => {
    const headings = ['甲', '乙', '丙', '丁']
    const { mapping, remembered } = await hall.call(
      SuggestMapping,
      { kind: 'customers', source: '旧收费系统', headings: ['用户编号', '户名', '安装地址', '供气状态'] },
      'administrator',
    )
    expect([remembered, mapping]).toEqual([true, { accountNo: 0, name: 1, address: 2, gasState: 3 }])
    const file = folder.text('怪名.csv', [headings, ['Z1', '某甲', '阳光花园9-9-901', '供气']])
    const look = await hall.call(Inspect, { path: file }, 'administrator')
    const { importId: odd } = await hall.call(
      Begin,
      {
        requestId: requestId(),
        path: file,
        hash: look.hash,
        size: look.size,
        kind: 'customers',
        source: '怪系统',
        sheet: '',
        headingRow: 1,
        headings,
        mapping: { accountNo: 0, name: 1, address: 2, gasState: 3 },
        plans: { resident: plan },
      },
      'administrator',
    )
    await hall.call(Discard, { requestId: requestId(), importId: odd }, 'administrator')
    const again = await hall.call(
      SuggestMapping,
      { kind: 'customers', source: '怪系统', headings: ['丙', '甲', '乙', '丁'] },
      'administrator',
    )
    expect(again).toMatchObject({
      mapping: { accountNo: 1, name: 2, address: 0, gasState: 3 },
      plans: { resident: plan },
    })
  })

  test('commits once however often it is asked, and answers the same', async () => {
    const before = counts()
    const again = await hall.call(Commit, { requestId: requestId(), importId, pauseAgreed: true }, 'administrator')
    expect(again).toMatchObject({ state: 'done', rows: 30 })
    expect(counts()).toEqual(before)
  })

  test('has a report with its counts, its hash and the phone', async () => {
    const { html, title } = await hall.paper({ kind: 'import-report', id: importId }, 'administrator')
    expect(title).toBe('数据导入报告')
    for (const text of ['客户.csv', '旧收费系统', '新建客户', '吴管理', '24 小时服务电话']) expect(html).toContain(text)
    expect(html).toMatch(/[0-9a-f]{64}/)
    expect((await failure(hall.paper({ kind: 'import-report', id: importId }, 'cashier'))).code).toBe('NotAllowed')
    expect((await failure(hall.paper({ kind: 'receipt', id: importId }, 'administrator'))).code).toBe('NotAllowed')
  })

  test('what was done to one of its rows since stands in the way of taking it back, and is named', async () => {
    const { rows } = await hall.call(SearchCustomers, { text: '0100207', limit: 1 })
    const account = rows[0]
    const file = await hall.call(CustomerFile, { accountId: account?.accountId ?? null })
    await hall.call(EditCustomer, {
      requestId: requestId(),
      customerId: file.customer.customerId,
      version: file.customer.version,
      change: { note: '有狗' },
    })
    await hall.call(OpenShift, { requestId: requestId(), rows: [{ face: fen(10_000), pieces: 2 }] }, 'cashier')
    const prepaid = await hall.call(SearchCustomers, { text: '0100210', limit: 1 })
    await hall.call(
      Prepay,
      {
        requestId: requestId(),
        accountId: prepaid.rows[0]?.accountId ?? '',
        tenders: [{ means: 'cash', amount: fen(1000), received: fen(1000) }],
      },
      'cashier',
    )
    const { obstacles } = await hall.call(UndoObstacles, { importId }, 'hall-manager')
    expect(obstacles.map(({ name, text }) => [name, text])).toEqual([
      [account?.name, '档案记录 1 笔、资料修改 1 笔'],
      [prepaid.rows[0]?.name, expect.stringMatching(/缴费 1 笔/)],
    ])
    const before = counts()
    const refused = await failure(undo(importId))
    expect(refused.code).toBe('UndoRefused')
    expect(refused.message).toMatch(/^不能撤销：\d{13} .* 已有档案记录 1 笔、资料修改 1 笔等 2 处$/)
    expect(refused.details).toHaveLength(2)
    expect(counts()).toEqual(before)
  })
})

describe('taking an import back', () => {
  test('takes a second person, who agreed to this import and this reason', async () => {
    const withBad = customerRows(4, 900).map((row, i) => (i === 2 ? row.with(3, '12345') : row))
    const { importId, good: rows } = await tryOut(hall, folder.text('两人.csv', withBad), wanted())
    await hall.call(Commit, { requestId: requestId(), importId, leaveOut: 1 }, 'administrator')
    // What is signed says where each row of the file went, and what is wrong with those that are not in.
    const report = await hall.paper({ kind: 'import-report', id: importId }, 'administrator')
    const printed = report.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    expect(printed).toContain('共 4 行：导入 3 行，有错误未导入 1 行')
    expect(printed).toContain('已通过气 3 户')
    expect(printed).toMatch(/有错误未导入的行 行号 列 原因 3 \S+ \S+/)
    // What is taken back is what came in, and so many are agreed to.
    expect(rows).toBe(3)
    const agreed = (terms: TermsOf<'import-undo'>) =>
      approvalOf(hall, { purpose: 'import-undo', terms }, 'administrator')
    const attempt = async (approvalId: string) =>
      hall.call(Undo, { requestId: requestId(), importId, reason: '选错了文件', approvalId }, 'administrator')
    const { view } = await hall.call(Detail, { importId }, 'administrator')
    const stated = undoTerms(view, '选错了文件')
    expect(termsInWords({ purpose: 'import-undo', terms: stated })).toEqual([
      { name: '导入编号', value: view.importNo },
      { name: '导入文件', value: '两人.csv' },
      { name: '行数', value: '3' },
      { name: '收回', value: expect.stringMatching(/^新建客户 3 位、户号与用气点 3 户/) as string },
      { name: '原因', value: '选错了文件' },
    ])
    for (const approvalId of [
      requestId(),
      await agreed({ ...stated, importId: requestId() }),
      await agreed({ ...stated, reason: '演练' }),
      await agreed({ ...stated, rows: rows + 1 }),
      await agreed({ ...stated, file: '别的.csv' }),
      await agreed({ ...stated, importNo: 'DR0000' }),
      await agreed({ ...stated, brought: '新建客户 1 位' }),
    ])
      await expect(attempt(approvalId)).rejects.toThrow('ApprovalRefused')
    expect((await hall.call(List, { page: { size: 1 } }, 'administrator')).rows[0]).toMatchObject({ state: 'done' })
    expect(await attempt(await agreed(stated))).toMatchObject({ state: 'undone' })
  })

  test('leaves everything as it was, the money by an opposite entry, and the mended file may come', async () => {
    const before = counts()
    const owed = () => hall.transact((context) => balanceOf(context, 'receivable'))
    const owedBefore = owed()
    const path = folder.text('再来.csv', customerRows(40, 500))
    const { importId } = await importFile(hall, path, wanted())
    expect(owed()).toBeGreaterThan(owedBefore)
    expect((await hall.call(UndoObstacles, { importId }, 'administrator')).obstacles).toEqual([])
    const view = await undo(importId)
    expect(view).toMatchObject({ state: 'undone', undoneByName: '吴管理', undoReason: '选错了文件' })
    expect(counts()).toEqual(before)
    expect(owed()).toBe(owedBefore)
    expect((await hall.call(SearchCustomers, { text: '0100507', limit: 5 })).rows).toEqual([])
    // Asked again it answers the same, and the file is free again.
    expect(await undo(importId)).toMatchObject({ state: 'undone' })
    expect(await importFile(hall, path, wanted())).toMatchObject({ state: 'done', good: 40 })
  })

  test('takes back balances from accounts that stay', async () => {
    const rows = [
      ['户号', '预存', '欠费', '欠费月份'],
      ['0100501', '5', '7', '2026-05'],
    ]
    const { importId } = await importFile(hall, folder.text('余额.csv', rows), { kind: 'balances' })
    const of = () =>
      hall.hall.environment.sqlite
        .prepare<[], { p: number; a: number }>(
          `SELECT prepayment AS p, arrears AS a FROM accounts WHERE id = (SELECT account_id FROM account_aliases WHERE alias = '0100501')`,
        )
        .get()
    const after = of()
    // What the debt was for is not known here, and its papers do not say 0 m³.
    const bill = hall.hall.environment.sqlite
      .prepare<[], { id: string; accountId: string }>(
        'SELECT id, account_id AS accountId FROM bills WHERE reading_id IS NULL AND amount = 700 ORDER BY id DESC LIMIT 1',
      )
      .get()
    const printed = async (paper: { kind: 'bill' | 'receipt'; id: string }) =>
      (await hall.paper(paper, 'hall-manager')).html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    const notice = await printed({ kind: 'bill', id: bill?.id ?? '' })
    expect(notice).toContain('旧系统迁入的欠费 用气量和分档以旧系统的账单为准 7.00 元')
    expect(notice).not.toContain('本期用气')
    await undo(importId)
    expect(of()).toEqual({ p: (after?.p ?? 0) - 500, a: (after?.a ?? 0) - 700 })
    hall.transact(({ sqlite }) => {
      const apart = sqlite
        .prepare(
          `SELECT a.id FROM accounts a WHERE a.arrears <> (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines
           WHERE account = 'receivable' AND holder = a.id)
         OR a.prepayment <> (SELECT coalesce(sum(credit) - sum(debit), 0) FROM journal_lines
           WHERE account = 'prepayment' AND holder = a.id)`,
        )
        .all()
      expect(apart).toEqual([])
    })
  })

  test('imports on top of each other are taken back one after the other, in the end as if none had been', async () => {
    const before = counts()
    const customers = await importFile(hall, folder.text('底.csv', customerRows(3, 600)), wanted())
    const care = await importFile(
      hall,
      folder.text('关爱.csv', [
        ['户号', '特殊客户'],
        ['0100601', '独居'],
      ]),
      { kind: 'care' },
    )
    const money = await importFile(
      hall,
      folder.text('另存.csv', [
        ['户号', '预存'],
        ['0100601', '9'],
      ]),
      { kind: 'balances' },
    )
    expect((await failure(undo(customers.importId))).code).toBe('UndoRefused')
    await undo(money.importId)
    await undo(care.importId)
    expect(await undo(customers.importId)).toMatchObject({ state: 'undone' })
    expect(counts()).toEqual(before)
  })

  test('special care that was changed since stays', async () => {
    const { rows } = await hall.call(SearchCustomers, { text: '0100505', limit: 1 })
    const care = await importFile(
      hall,
      folder.text('关爱二.csv', [
        ['户号', '特殊客户'],
        ['0100505', '独居'],
      ]),
      { kind: 'care' },
    )
    const file = await hall.call(CustomerFile, { accountId: rows[0]?.accountId ?? null })
    await hall.call(EditCustomer, {
      requestId: requestId(),
      customerId: file.customer.customerId,
      version: file.customer.version,
      change: { specialCare: { kinds: ['elderly'], measures: '' } },
    })
    const { obstacles } = await hall.call(UndoObstacles, { importId: care.importId }, 'administrator')
    expect(obstacles.map(({ text }) => text)).toEqual(['资料修改 1 笔'])
  })

  test('an event of the timeline goes with no import but its own', () => {
    hall.transact(({ sqlite }) => {
      expect(() => sqlite.prepare('DELETE FROM customer_events').run()).toThrow('customer_events is append-only')
      expect(() => sqlite.prepare(`UPDATE customer_events SET title = 'x'`).run()).toThrow(
        'customer_events is append-only',
      )
    })
  })

  test('looks at every table that refers to what an import brings, also of rooms to come', () => {
    const tables = new Set(referencesOf(hall.hall.environment).map(({ table }) => table))
    for (const table of [
      'contracts',
      'applications',
      'payments',
      'workorders',
      'attachments',
      'supply_holds',
      'readings',
      'bills',
    ])
      expect(tables).toContain(table)
  })
})

test('while the counter is open, a long pause is asked for', async () => {
  const { importId } = await tryOut(hall, folder.text('长.csv', customerRows(20, 700)), wanted())
  // As if it were a hall of a hundred thousand.
  hall.transact(({ sqlite }) => sqlite.prepare('UPDATE imports SET rows = 100000 WHERE id = ?').run(importId))
  const refused = await failure(hall.call(Commit, { requestId: requestId(), importId }, 'administrator'))
  expect(refused.code).toBe('CounterOpen')
  expect(refused.message).toMatch(/^柜台正在营业，约 \d+ 秒内其他窗口须等待/)
  hall.transact(({ sqlite }) => sqlite.prepare('UPDATE imports SET rows = 20 WHERE id = ?').run(importId))
  await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
})

test('what changed between check and commit undoes the whole commit, and a new check says what', async () => {
  const { importId } = await tryOut(hall, folder.text('变.csv', customerRows(10, 800)), wanted())
  const before = counts()
  hall.transact(({ sqlite, clock }) =>
    sqlite
      .prepare(
        `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, state, initial_index, installed_on, created_at)
         SELECT '00000000-0000-7000-8000-00000000beef', 'OLD10000809', 'diaphragm', 'G2.5', 5, id, 'removed', 0, '2020-01-01', ? FROM service_points LIMIT 1`,
      )
      .run(clock.now()),
  )
  const refused = await failure(hall.call(Commit, { requestId: requestId(), importId }, 'administrator'))
  expect(refused.code).toBe('ImportStale')
  expect(refused.message).toContain('第 11 行“表钢号”这个表号已经登记过。没有写入任何数据')
  expect(counts()).toEqual({ ...before, meters: (before['meters'] ?? 0) + 1 })
  expect(await hall.call(Check, { importId }, 'administrator')).toMatchObject({ state: 'checked', bad: 1 })
  await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
})

test('lists page by key, each by its index', async () => {
  const plans = [
    [listSql, [1, '', 1]],
    [problemsSql.all, [{ id: '', row: 0, no: 0, limit: 1 }]],
    [problemsSql.level, [{ id: '', level: 'bad', row: 0, no: 0, limit: 1 }]],
  ] as const
  for (const [sql, values] of plans) {
    const steps = hall.hall.environment.sqlite
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map(({ detail }) => detail)
    expect(steps.join('\n')).toMatch(/USING INDEX|USING PRIMARY KEY|USING COVERING INDEX/)
    expect(steps.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  }
  const first = await hall.call(List, { page: { size: 2 } }, 'administrator')
  const second = await hall.call(List, { page: { size: 200, after: first.next } }, 'administrator')
  const ids = [...first.rows, ...second.rows].map(({ importId }) => importId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(second.next).toBeNull()

  const rows = customerRows(25, 900).map((row, i) => (i === 0 ? row : row.with(3, '1').with(6, 'x')))
  const { importId } = await tryOut(hall, folder.text('多错.csv', rows), wanted())
  const all: string[] = []
  let after: string | null = null
  do {
    const page: { rows: { rowNo: number; no: number }[]; next: string | null } = await hall.call(
      Problems,
      { importId, level: 'bad', page: { size: 7, after } },
      'hall-manager',
    )
    all.push(...page.rows.map(({ rowNo, no }) => `${rowNo}/${no}`))
    after = page.next
  } while (after !== null)
  expect(all).toHaveLength(50)
  expect(new Set(all).size).toBe(50)
  await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
})

test('what was noticed stays with the record, the numbers of people do not', async () => {
  const headings = ['户号', '姓名', '身份证号', '地址', '供气状态']
  const id = inventedNationalId(77_001)
  const rows = [headings, ['P1', '双户', id, '阳光花园8-8-801', '供气'], ['P2', '双户', id, '阳光花园8-8-802', '供气']]
  const { importId } = await importFile(hall, folder.text('双.csv', rows), wanted())
  const { rows: notices } = await hall.call(Problems, { importId, level: 'notice' }, 'hall-manager')
  expect(notices.map(({ reason }) => reason)).toContain('与第 2 行是同一客户，户号归在一人名下')
  expect(notices.filter(({ value }) => value !== '')).toEqual([])
})

test('what was given up leaves no rows behind', async () => {
  await hall.hall.scheduler.runNow('imports.finish')
  const left = hall.hall.environment.sqlite
    .prepare<[], { n: number }>('SELECT (SELECT count(*) FROM import_staged) + (SELECT count(*) FROM import_work) AS n')
    .get()
  expect(left?.n).toBe(0)
})

test('a table sent from another PC lies here until its import is over, or a day where there is none', async () => {
  const send = (name: string, first: number) => {
    const bytes = readFileSync(folder.text(name, customerRows(2, first)))
    return takePiece(hall.folder, { file: randomUUID(), name, size: bytes.length, at: 0, bytes }) ?? ''
  }
  const tidy = async () => {
    for (const job of ['imports.finish', 'imports.clear-sent']) await hall.hall.scheduler.runNow(job)
  }
  const [imported, tried, idle] = [send('送来.csv', 9_001), send('试过.csv', 9_101), send('没用.csv', 9_201)]
  expect(imported.endsWith('送来.csv')).toBe(true)
  await importFile(hall, imported, wanted())
  const { importId } = await tryOut(hall, tried, wanted())
  for (const path of [tried, idle]) utimesSync(dirname(path), 0, 0)
  await tidy()
  expect([imported, tried, idle].map((path) => existsSync(path))).toEqual([false, true, false])
  await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
  await tidy()
  expect(existsSync(tried)).toBe(false)
})
