/** How the hall's database is opened, what it refuses by itself, and what a full or damaged disk looks like. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appendOnly, localOnly } from '../../build/migrations/triggers.ts'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { call, RequestId } from '../../src-main/platform/contract.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { openSqlite, type Sqlite } from '../../src-main/platform/database.ts'
import { DatabaseReadOnly, WrongKey } from '../../src-main/platform/errors.ts'
import { openHall, type Hall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { useCase } from '../../src-main/platform/use-case.ts'
import { actorOf, mondayMorning, openTestHall, testKey, type TestHall } from '../support/hall.ts'

const otherKey = 'f'.repeat(64)
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'database-'))))
afterEach(() => {
  chmodSync(folder, 0o755)
  rmSync(folder, { recursive: true, force: true })
})

/** A closed database of some hundred pages. */
function written(): string {
  const path = join(folder, 'hall.db')
  const sqlite = openSqlite({ path, key: testKey, create: true })
  sqlite.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT')
  const insert = sqlite.prepare('INSERT INTO t (words) VALUES (?)')
  sqlite.transaction(() => {
    for (let i = 0; i < 2_000; i++) insert.run(`第 ${i} 行 ${'x'.repeat(200)}`)
  })()
  sqlite.close()
  return path
}

function overwrite(path: string, position: number, length: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, position)
  closeSync(file)
}

describe('opening', () => {
  test('waits for the disk at each commit, writes ahead, holds references and keeps temporary data off the disk', () => {
    const sqlite = openSqlite({ path: join(folder, 'hall.db'), key: testKey, create: true })
    const pragma = (name: string) => sqlite.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('temp_store')]).toEqual([
      'wal',
      2,
      1,
      2,
    ])
    sqlite.close()
  })

  test.each([
    ['another key', otherKey],
    ['a key that is none', 'secret'],
    ['no key at all', null],
  ])('with %s is refused by name, and the right key still opens everything', (_, key) => {
    const path = written()
    expect(() => openSqlite({ path, key })).toThrow(WrongKey)
    const sqlite = openSqlite({ path, key: testKey })
    expect(sqlite.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 2_000 })
    sqlite.close()
  })

  test('a file whose beginning is damaged is refused by name', () => {
    const path = written()
    overwrite(path, 0, 4_096)
    expect(() => openSqlite({ path, key: testKey })).toThrow(WrongKey)
  })

  test('a file that is cut off is refused by name', () => {
    const path = written()
    writeFileSync(path, readFileSync(path).subarray(0, 1_000))
    expect(() => openSqlite({ path, key: testKey })).toThrow(WrongKey)
  })

  test('a folder that is not there is refused by name', () => {
    mkdirSync(join(folder, 'hall.db'))
    expect(() => openSqlite({ path: join(folder, 'hall.db'), key: testKey })).toThrow(DatabaseReadOnly)
  })

  /** The superuser may write everywhere, so another user tries; the file names the error on its last line. */
  async function openedByNobody(): Promise<string> {
    const uid = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const child = fork(join(import.meta.dirname, 'open-child.ts'), [folder, testKey], {
      ...uid,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, HOME: folder },
    })
    let errors = ''
    child.stderr?.on('data', (text: Buffer) => (errors += text.toString()))
    const [answer] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => [`ended without an answer: ${errors}`]),
    ])) as [string]
    return answer
  }

  test.skipIf(process.platform === 'win32')('a hall in a read-only folder or file is refused by name', async () => {
    chmodSync(folder, 0o777)
    expect(await openedByNobody()).toBe('opened')
    for (const name of ['hall.db', 'hall.db-wal', 'hall.db-shm']) {
      try {
        chmodSync(join(folder, name), 0o444)
      } catch {
        // A closed database has neither of its two companions.
      }
    }
    expect(await openedByNobody()).toBe('DatabaseReadOnly')
    chmodSync(folder, 0o555)
    expect(await openedByNobody()).toBe('DatabaseReadOnly')
  })
})

describe('a page damaged in the middle of the file', () => {
  const ReadSerials = call({
    name: 'probe.serials',
    kind: 'read',
    allow: 'anyone',
    input: z.strictObject({}),
    output: z.object({ n: z.int() }),
  })
  const serials = useCase(ReadSerials, (_, { sqlite }) => ({
    n: sqlite.prepare('SELECT scope, next FROM serials NOT INDEXED').all().length,
  }))
  const open = () => openHall({ ...probeOptions(folder), rooms: [{ serials }] })
  const read = (hall: Hall) => hall.handle({ id: 1, call: ReadSerials.name, input: {}, session: null })

  test('is reported as damage, not as a fault of the program, by the first call that meets it', async () => {
    let hall = open()
    hall.transact('probe', actorOf('clerk'), ({ sqlite }) => {
      const insert = sqlite.prepare(`INSERT INTO serials (scope, next) VALUES (?, 1)`)
      for (let i = 0; i < 2_000; i++) insert.run(`scope ${i}`)
    })
    expect(await read(hall)).toMatchObject({ ok: true, output: { n: 2_000 } })
    const { sqlite } = hall.environment
    const page = sqlite
      .prepare(`SELECT max(pgoffset) AS at, pgsize AS size FROM dbstat WHERE name = 'serials' AND pagetype = 'leaf'`)
      .get() as { at: number; size: number }
    await hall.close()
    overwrite(join(folder, 'hall.db'), page.at, page.size)
    hall = open()
    expect(await read(hall)).toMatchObject({
      ok: false,
      error: { code: 'DatabaseCorrupt', message: expect.stringMatching(/有一处已损坏.*从最近一份备份恢复$/) as string },
    })
    await hall.close()
  })
})

const probeOptions = (dataFolder: string) => ({
  dataFolder,
  resources: 'resources',
  key: testKey,
  clock: new ManualClock(mondayMorning),
  log: memoryLogger(),
  sessionOf: (_: Sqlite, token: string) => ({ actor: actorOf(token as Role), locked: false }),
})

describe('a full disk', () => {
  const Fill = call({
    name: 'probe.fill',
    kind: 'change',
    allow: ['clerk'],
    input: z.strictObject({ requestId: RequestId, rows: z.int() }),
    output: z.object({}),
  })
  const fill = useCase(Fill, ({ rows }, { sqlite }) => {
    const insert = sqlite.prepare('INSERT INTO serials (scope, next) VALUES (?, 1)')
    for (let i = 0; i < rows; i++) insert.run(`${i} ${'x'.repeat(1_000)}`)
    return {}
  })

  test('says in Chinese that nothing was saved, writes nothing, and the call succeeds once there is room', async () => {
    const hall = openHall({ ...probeOptions(folder), rooms: [{ fill }] })
    const { sqlite } = hall.environment
    const pages = sqlite.pragma('page_count', { simple: true }) as number
    const counts = () =>
      sqlite
        .prepare(
          `SELECT (SELECT count(*) FROM serials) AS serials, (SELECT count(*) FROM audit_log) AS audit,
             (SELECT count(*) FROM requests) AS requests, (SELECT count(*) FROM outbox) AS outbox`,
        )
        .get()
    const before = counts()
    sqlite.pragma(`max_page_count = ${pages + 2}`)
    const request = {
      id: 1,
      call: 'probe.fill',
      input: { requestId: crypto.randomUUID(), rows: 200 },
      session: 'clerk',
    }
    const answer = await hall.handle(request)
    expect(answer).toMatchObject({ ok: false, error: { code: 'DiskFull' } })
    expect(!answer.ok && answer.error.message).toMatch(/^数据无法写入磁盘，本次操作没有保存。请清理磁盘后重试/)
    expect(counts()).toEqual(before)
    expect(sqlite.inTransaction).toBe(false)
    sqlite.pragma(`max_page_count = ${pages + 10_000}`)
    expect(await hall.handle(request)).toMatchObject({ ok: true })
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    await hall.close()
  })
})

describe('the tables', () => {
  let hall: TestHall
  let sqlite: Sqlite
  beforeEach(async () => {
    hall = await openTestHall()
    sqlite = hall.hall.environment.sqlite
  })
  afterEach(() => hall.close())

  interface Table {
    name: string
    strict: number
  }
  const tables = (): Table[] =>
    sqlite
      .prepare(
        `SELECT name, strict FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .all() as Table[]
  const triggersOf = (table: string): string[] =>
    sqlite
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`)
      .pluck()
      .all(table) as string[]

  test('are all STRICT', () => {
    expect(tables().length).toBeGreaterThan(50)
    expect(tables().filter(({ strict }) => strict !== 1)).toEqual([])
  })

  test('that headquarters must know file every insert, update and delete; the others file nothing', () => {
    for (const { name } of tables()) {
      const filed = triggersOf(name).filter((trigger) => trigger.includes('_outbox_'))
      const wanted = ['delete', 'insert', 'update'].map((verb) => `${name}_outbox_${verb}`)
      expect(filed.sort(), name).toEqual(localOnly.has(name) ? [] : wanted)
    }
    for (const name of ['payments', 'bills', 'customers', 'journal_lines', 'receipts', 'applications', 'meters'])
      expect(localOnly.has(name), name).toBe(false)
  })

  test('file every column of the row, so that headquarters holds the same', () => {
    for (const { name } of tables().filter((table) => !localOnly.has(table.name))) {
      const columns = sqlite.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[]
      const sql = sqlite
        .prepare(`SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?`)
        .pluck()
        .get(`${name}_outbox_update`) as string
      for (const column of columns) expect(sql, `${name}.${column}`).toContain(`'${column}', NEW.${column}`)
    }
  })

  test('that only grow refuse change and deletion by themselves', () => {
    expect(appendOnly).toEqual(expect.arrayContaining(['journal_entries', 'journal_lines', 'audit_log', 'payments']))
    for (const name of appendOnly) {
      const columns = sqlite.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[]
      expect(columns.length, name).toBeGreaterThan(0)
      for (const verb of ['update', 'delete']) {
        const sql = sqlite
          .prepare(`SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name = ?`)
          .pluck()
          .get(name, `${name}_refuse_${verb}`) as string
        expect(sql, `${name} ${verb}`).toMatch(new RegExp(`BEFORE ${verb} ON ${name}\\b.*RAISE\\(ABORT`, 'is'))
      }
    }
  })

  test('keep money as whole fen: neither text nor a fraction goes into a column of money', () => {
    const money = /^(fen|amount|debit|credit|principal|late_fee|prepayment|arrears|opening_float|counted|change)$/
    let tried = 0
    for (const { name } of tables()) {
      const columns = sqlite.prepare('SELECT name, type FROM pragma_table_info(?)').all(name) as {
        name: string
        type: string
      }[]
      for (const column of columns.filter((c) => money.test(c.name))) {
        expect(column.type, `${name}.${column.name}`).toBe('INTEGER')
        tried++
        for (const value of [`'12.5'`, `'十元'`, '12.5']) {
          expect(() => sqlite.exec(`INSERT INTO ${name} (${column.name}) VALUES (${value})`), name).toThrow(
            /cannot store (TEXT|REAL) value in INTEGER column|NOT NULL|RAISE|append-only|balance|closed/,
          )
        }
      }
    }
    expect(tried).toBeGreaterThan(10)
    // Text that is a whole number is taken as that number; nothing else is.
    const line = (debit: string) => () =>
      sqlite.exec(
        `INSERT INTO journal_lines (entry_id, line_no, account, holder, debit, credit) VALUES ('e', 1, 'safe', '', ${debit}, 0)`,
      )
    expect(line(`'十元'`)).toThrow('cannot store TEXT value in INTEGER column journal_lines.debit')
    expect(line(`'12.5'`)).toThrow('cannot store REAL value in INTEGER column journal_lines.debit')
    expect(line('12.5')).toThrow('cannot store REAL value in INTEGER column journal_lines.debit')
    expect(line('-1')).toThrow(/CHECK/)
  })
})
