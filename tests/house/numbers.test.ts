/**
 * The house-wide promise: nobody's telephone or ID is shown in full unless somebody asked for it and that is on record
 * (clause 6(10)). Every column that holds such a number is filled with known ones; every read is made by every role with
 * every id of the hall, and every paper is looked at. Only a read that is `audited` may answer one of them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Item, RevealPhone } from '../../src-main/followups/api.ts'
import { RevealComplainant } from '../../src-main/complaints/api.ts'
import { Problems, RevealProblem } from '../../src-main/imports/api.ts'
import { RevealPersonal } from '../../src-main/customers/api.ts'
import { paperKinds } from '../../src-main/notices/api.ts'
import { roles } from '../../src-main/platform/contract.ts'
import { RevealApplicant } from '../../src-main/supply/api.ts'
import { Run } from '../../src-main/reports/api.ts'
import { reports } from '../../src-main/reports/registry.ts'
import { RevealCaller, Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { idsIn, inputs, mayCall, reads, shapeOf, takesId } from '../support/every-read.ts'
import { callAs, repairCall } from '../workorders/people.ts'
import { actorOf, CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import { inventedNationalId } from '../support/invented.ts'
import { tablesOf } from '../support/written.ts'

/** Stand nowhere else in the hall. */
const phone = '19876543987'
const idNumber = inventedNationalId(7_391)

let hall: TestHall
/** Some of each table's. */
let ids: string[]
const query = <T>(sql: string, ...bound: unknown[]): T[] =>
  hall.hall.environment.sqlite.prepare(sql).all(...bound) as T[]

/** Fills every column of people's numbers, whatever table it stands in; gates of tables are not what this test is about. */
function fillNumbers(): string[] {
  const { sqlite } = hall.hall.environment
  for (const { name } of query<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`))
    sqlite.exec(`DROP TRIGGER "${name}"`)
  return tablesOf(hall).flatMap((table) =>
    query<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).flatMap(({ name }) => {
      const number = /id_number/.test(name) ? idNumber : /phone/.test(name) ? phone : null
      // Leaders of the company who are told of a hazard stand there to be rung.
      if (number === null || table === 'workorder_leaders') return []
      sqlite.prepare(`UPDATE "${table}" SET "${name}" = ?`).run(number)
      return [`${table}.${name}`]
    }),
  )
}

/** Where people write in their own words, and a number of a customer slips in: the clerk who notes whom to ring instead. */
const ownWords = /(?:^|_)(?:note|reason|description|answer|content|measures)$/
const alsoOwnWords = [
  'customer_events.detail',
  'workorders.place',
  'workorders.not_advised',
  'hazards.text',
  'carried_matters.what',
  'dunnings.posted_place',
]
/** Words of a dictionary, what is written of the staff, and what is put up for everybody. */
const noWords =
  /^(?:complaint_parties|breaks|audit_|board_|emergency_|report_|campaigns|drill|golive|setting|merit|exams|training|interruptions$)/
const slipped = `回电 ${phone}，证件 ${idNumber}`
function fillWords(): string[] {
  const { sqlite } = hall.hall.environment
  sqlite.pragma('ignore_check_constraints = ON')
  // The steps of an opening and of an account's business keep theirs in one text with the rest.
  for (const table of ['account_process_records', 'installation_records'])
    sqlite
      .prepare(
        `UPDATE ${table} SET body = json_patch(body, json_object('note', @said, 'summary', @said, 'reasons', json_array(@said)))`,
      )
      .run({ said: slipped })
  return tablesOf(hall).flatMap((table) =>
    query<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`).flatMap((column) => {
      const { name, type } = column
      // The reason for going on without the old holder is what somebody agrees to, word for word.
      if (type !== 'TEXT' || noWords.test(table) || name === 'absence_note') return []
      if (!ownWords.test(name) && !alsoOwnWords.includes(`${table}.${name}`)) return []
      sqlite.prepare(`UPDATE "${table}" SET "${name}" = ? WHERE "${name}" IS NOT NULL`).run(slipped)
      return [`${table}.${name}`]
    }),
  )
}

/** An import with a problem that quotes a number; a contract whose text holds both. */
function addRows(): void {
  const { sqlite } = hall.hall.environment
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = query<{ name: string; needed: number; type: string }>(
      `SELECT name, "notnull" AS needed, type FROM pragma_table_info('${table}') WHERE dflt_value IS NULL`,
    )
    const whole = {
      ...Object.fromEntries(
        columns.filter(({ needed }) => needed === 1).map(({ name, type }) => [name, /INT/i.test(type) ? 1 : '']),
      ),
      ...row,
    }
    const keys = Object.keys(whole)
    sqlite
      .prepare(
        `INSERT INTO ${table} (${keys.map((key) => `"${key}"`).join()}) VALUES (${keys.map((key) => `@${key}`).join()})`,
      )
      .run(whole)
  }
  insert('imports', {
    ...{ id: crypto.randomUUID(), import_no: 'DR1', kind: 'customers', state: 'checked', headings: '["电话"]' },
    ...{ mapping: '{"phone":0}', plans: '{}', hash: '0'.repeat(64) },
  })
  const [{ id: importId = '' } = {}] = query<{ id: string }>('SELECT id FROM imports')
  const problem = { import_id: importId, row_no: 2, level: 'notice' }
  insert('import_problems', {
    ...problem,
    no: 1,
    field: 'phone',
    value: `${phone}、${phone}`,
    reason: `“${phone}”记入备注`,
  })
  insert('import_problems', { ...problem, no: 2, field: 'note', value: idNumber, reason: `与 ${idNumber} 相同` })
}

beforeAll(async () => {
  hall = await openTestHall({ empty: true })
  await seedDemoHall(hall.hall, undefined, { customers: 150, months: 24, every: 2, seed: 7 })
  const { sqlite } = hall.hall.environment
  for (const role of roles) {
    const { id, name } = actorOf(role)
    sqlite
      .prepare(
        `INSERT INTO staff (id, staff_no, name, roles, state, created_at, updated_at) VALUES (?, ?, ?, ?, 'active', 0, 0)`,
      )
      .run(id, `t-${role}`, name, JSON.stringify([role]))
  }
  await callAs(hall, 'clerk', TakeOrder, repairCall())
  const filled = [...fillNumbers(), ...fillWords()]
  addRows()
  for (const column of [
    'customers.phone',
    'customers.phone_alt',
    'customers.id_number',
    'complaints.complainant_phone',
    'workorders.caller_phone',
    'account_processes.applicant_phone',
    'contracts.agent_id_number',
    'complaints.content',
    'workorders.description',
    'customers.note',
  ])
    expect(filled).toContain(column)
  ids = idsIn(hall, 3)
})
afterAll(() => hall.close())

const whole = (text: string): boolean => [phone, idNumber].some((number) => text.includes(number))

const reached = new Map<string, number>()
test.each(reads.filter(({ audited }) => audited !== true))('$name answers no number in full', async (definition) => {
  const shape = shapeOf(definition)
  for (const as of mayCall(definition)) {
    for (const id of takesId(definition) ? ids : [ids[0] ?? '']) {
      for (const input of inputs(shape, id)) {
        const reply = await hall.hall.handle({ id: 1, call: definition.name, input, session: as })
        if (!reply.ok) {
          expect(whole(JSON.stringify(reply.error)), `refusal of ${definition.name}`).toBe(false)
          continue
        }
        reached.set(definition.name, (reached.get(definition.name) ?? 0) + 1)
        expect(whole(JSON.stringify(reply.output)), `${as} ${JSON.stringify(input)}`).toBe(false)
      }
    }
  }
})

test('the reads that have somebody’s number behind them were answered', () => {
  for (const name of [
    ...[
      'complaints.detail',
      'customers.file',
      'customers.list',
      'followups.item',
      'imports.problems',
      'inspections.round',
    ],
    ...['inspections.hazard', 'supply.process', 'supply.accountBusiness', 'workorders.detail', 'contracts.ofAccount'],
  ])
    expect(reached.get(name) ?? 0, name).toBeGreaterThan(0)
})

const looked = new Set<string>()
test.each(paperKinds)('a look at the paper %s shows no number in full', async (kind) => {
  for (const as of roles) {
    for (const id of ids) {
      const shown = await hall.paper({ kind, id, setup: null }, as).catch((error: unknown) => {
        if (error instanceof CallFailed) return null
        throw error
      })
      if (shown === null) continue
      looked.add(kind)
      expect(whole(shown.html), `${as} ${id}`).toBe(false)
    }
  }
})
test('papers with somebody’s number in them were looked at', () => {
  for (const kind of ['complaint', 'work-order', 'inspection-round', 'deactivation'])
    expect([...looked]).toContain(kind)
})

test('no report and none of the records behind it shows a number in full', async () => {
  for (const { id: report } of reports) {
    for (const as of roles) {
      const input = { runId: crypto.randomUUID(), report, kind: 'month' as const, date: '2026-11-23' }
      const view = await hall.call(Run, input, as).catch((error: unknown) => {
        if (error instanceof CallFailed) return null
        throw error
      })
      expect(whole(JSON.stringify(view)), `${as} ${report}`).toBe(false)
    }
  }
})

describe('a number shown', () => {
  const one = (sql: string) => query<{ id: string }>(sql)[0]?.id ?? ''
  const asks = [
    [
      'complaints',
      () => hall.call(RevealComplainant, { complaintId: one('SELECT id FROM complaints'), reason: '核对' }),
    ],
    ['workorders', () => hall.call(RevealCaller, { orderId: one('SELECT id FROM workorders'), reason: '核对' })],
    [
      'supply',
      () => hall.call(RevealApplicant, { processId: one('SELECT id FROM account_processes'), reason: '核对' }),
    ],
    [
      'customers',
      () =>
        hall.call(RevealPersonal, {
          customerId: one('SELECT id FROM customers WHERE id_number IS NOT NULL'),
          what: 'phone',
          reason: '核对',
        }),
    ],
    [
      'imports',
      async () => {
        const importId = one('SELECT id FROM imports')
        const { rows } = await hall.call(Problems, { importId }, 'administrator')
        const { column, value: shown } = rows.find(({ rowNo, no }) => rowNo === 2 && no === 1) ?? expect.fail('no row')
        const asked = { importId, rowNo: 2, no: 1, column, shown, reason: '核对' }
        return hall.call(RevealProblem, asked, 'administrator')
      },
    ],
  ] as const
  test.each(asks)('by %s.reveal stands in full, and on record with its reason, never itself', async (room, ask) => {
    const { value } = await ask()
    expect(value).toContain(phone)
    const [row] = query<{ detail: string; subject: string }>(
      'SELECT detail, subject FROM audit_log WHERE call = ? ORDER BY seq DESC LIMIT 1',
      `${room}.reveal`,
    )
    // Each number that was shown, as far as it may be told: the caller's, and what the words hide besides.
    const seen = (value ?? '')
      .split('、')
      .map((number) => `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`)
    expect(JSON.parse(row?.detail ?? '{}')).toMatchObject({ reason: '核对', shown: seen.join('、') })
    expect(row?.subject).toMatch(/^[a-z-]+:[0-9a-f-]{36}$/)
    const log = query<{ all: string }>('SELECT group_concat(detail) AS "all" FROM audit_log')
    expect(whole(log[0]?.all ?? '')).toBe(false)
  })

  test('for a callback goes to whoever may ring back only; a problem of an import is masked until then', async () => {
    const { rows } = await hall.call(Problems, { importId: one('SELECT id FROM imports') }, 'administrator')
    expect(rows.map(({ value, reason }) => [value, reason])).toEqual([
      ['198****3987、198****3987', '“198****3987”记入备注'],
      [expect.stringMatching(/^\d{3}\*{11}.{4}$/), expect.stringMatching(/^与 \d{3}\*{11}.{4} 相同$/)],
    ])
    const complaintId = one(`SELECT id FROM complaints WHERE state = 'replied'`)
    expect((await hall.call(Item, { of: 'complaint', id: complaintId })).phone).toBe('198****3987')
    const ask = hall.call(RevealPhone, { of: 'complaint', id: complaintId, reason: '回访' })
    await expect(ask).rejects.toThrow('CertificateMissing')
  })
})
