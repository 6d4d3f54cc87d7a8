/** Upgrades of the database, played with made-up migrations in temporary folders. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../../src-main/platform/database.ts'
import { DatabaseForeign, DatabaseNewer, DomainError, MigrationFailed } from '../../src-main/platform/errors.ts'
import { openMigrated, readMigrations, type Migration } from '../../src-main/platform/migrate.ts'
import { testKey } from '../support/hall.ts'

const now = 1_795_000_000_000
let folder: string
let path: string
const opened: Sqlite[] = []

/** A migrations folder as drizzle-kit writes it; returns what the program reads from it. */
function programWith(...steps: readonly [tag: string, sql: string][]): Migration[] {
  const migrations = mkdtempSync(join(folder, 'program-'))
  mkdirSync(join(migrations, 'meta'))
  const entries = steps.map(([tag], idx) => ({ idx, tag }))
  writeFileSync(join(migrations, 'meta', '_journal.json'), JSON.stringify({ entries: entries.toReversed() }))
  for (const [tag, sql] of steps) writeFileSync(join(migrations, `${tag}.sql`), sql)
  return readMigrations(migrations)
}

function open(migrations: readonly Migration[], prepare: (sqlite: Sqlite) => void = () => undefined): Sqlite {
  const sqlite = openMigrated({ path, key: testKey, create: true }, migrations, now, prepare)
  opened.push(sqlite)
  return sqlite
}
const closeAll = () => opened.splice(0).forEach((sqlite) => sqlite.close())

function refused(migrations: readonly Migration[]): DomainError {
  try {
    open(migrations)
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('the database was opened')
}

/** What is in the file, read without the program. */
function look<Row>(sql: string, file = path): Row[] {
  const sqlite = openSqlite({ path: file, key: testKey })
  try {
    return sqlite.prepare(sql).all() as Row[]
  } finally {
    sqlite.close()
  }
}
const tables = (): unknown[] =>
  look<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).map(({ name }) => name)

const first: [string, string] = [
  '0000_house',
  `CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
   --> statement-breakpoint
   CREATE TABLE bill (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), fen INTEGER NOT NULL) STRICT;`,
]
const second: [string, string] = ['0001_phone', `ALTER TABLE customer ADD COLUMN phone TEXT NOT NULL DEFAULT ''`]
const third: [string, string] = ['0002_note', `ALTER TABLE bill ADD COLUMN note TEXT NOT NULL DEFAULT ''`]
const customers = 500

/** The hall as the first version of the program left it. */
function oldHall(): void {
  const sqlite = open(programWith(first))
  const customer = sqlite.prepare('INSERT INTO customer VALUES (?, ?)')
  const bill = sqlite.prepare('INSERT INTO bill VALUES (?, ?, ?)')
  sqlite.transaction(() => {
    for (let i = 1; i <= customers; i++) {
      customer.run(i, `客户${i}`)
      bill.run(i, i, i * 100)
    }
  })()
  closeAll()
}
const billed = () => look('SELECT count(*) AS bills, sum(fen) AS fen FROM bill')
const allBilled = [{ bills: customers, fen: (customers * (customers + 1) * 100) / 2 }]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  path = join(folder, 'hall.db')
})
afterEach(() => {
  closeAll()
  rmSync(folder, { recursive: true, force: true })
})

describe('an upgrade', () => {
  test('of an older database with data keeps every row and applies only what is new, in the order of the journal', () => {
    oldHall()
    open(programWith(first, second, third))
    closeAll()
    expect(look('SELECT tag, applied_at AS at FROM schema_migrations ORDER BY idx')).toEqual(
      ['0000_house', '0001_phone', '0002_note'].map((tag) => ({ tag, at: now })),
    )
    expect(look(`SELECT name, phone FROM customer WHERE id = 500`)).toEqual([{ name: '客户500', phone: '' }])
    expect(billed()).toEqual(allBilled)
  })

  test('is made once: the next start changes nothing', () => {
    oldHall()
    const program = programWith(first, second)
    open(program)
    closeAll()
    const before = look('SELECT * FROM schema_migrations')
    rmSync(`${path}.before-migration`)
    open(program)
    closeAll()
    expect(look('SELECT * FROM schema_migrations')).toEqual(before)
    expect(existsSync(`${path}.before-migration`)).toBe(false)
  })

  test('begins with a backup that opens with the same key and holds what was there', () => {
    oldHall()
    open(programWith(first, second))
    closeAll()
    const backup = `${path}.before-migration`
    expect(readFileSync(backup).includes('客户')).toBe(false)
    expect(look('SELECT count(*) AS n FROM customer', backup)).toEqual([{ n: customers }])
    expect(look(`SELECT name FROM pragma_table_info('customer')`, backup)).toEqual([{ name: 'id' }, { name: 'name' }])
  })

  test('may rebuild a table that others refer to, and leaves foreign keys switched on', () => {
    oldHall()
    const sqlite = open(
      programWith(first, [
        '0001_rebuild',
        `CREATE TABLE customer_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, care INTEGER NOT NULL) STRICT;
         INSERT INTO customer_new SELECT id, name, 0 FROM customer;
         DROP TABLE customer;
         ALTER TABLE customer_new RENAME TO customer;`,
      ]),
    )
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(() => sqlite.exec('INSERT INTO bill VALUES (9999, 9999, 1, 1)')).toThrow()
    expect(() => sqlite.exec('INSERT INTO bill VALUES (9999, 9999, 1)')).toThrow('FOREIGN KEY')
    closeAll()
    expect(billed()).toEqual(allBilled)
  })
})

describe('a failed upgrade', () => {
  const failures: [string, string][] = [
    ['a statement that cannot be carried out', 'UPDATE customer SET name = NULL'],
    ['an error of syntax after rows were changed', `DELETE FROM bill; CREATE TABLE`],
    ['references broken by it', 'DELETE FROM customer WHERE id = 7'],
  ]
  test.each(failures)('by %s gives back the database as it was, and says so', (_, sql) => {
    oldHall()
    const error = refused(programWith(first, second, ['0002_broken', `CREATE TABLE extra (a INTEGER) STRICT; ${sql};`]))
    expect(error).toBeInstanceOf(MigrationFailed)
    expect(error.message).toBe('数据升级未成功，已恢复到升级前的状态')
    // Also the step before the broken one is undone: the old program must be able to go on.
    expect(tables()).toEqual(['bill', 'customer', 'schema_migrations'])
    expect(look(`SELECT name FROM pragma_table_info('customer')`)).toEqual([{ name: 'id' }, { name: 'name' }])
    expect(billed()).toEqual(allBilled)
    expect(open(programWith(first)).prepare('SELECT count(*) AS n FROM customer').get()).toEqual({ n: customers })
  })

  test('can be tried again by a mended program', () => {
    oldHall()
    refused(programWith(first, ['0001_broken', 'CREATE TABL']))
    open(programWith(first, second))
    closeAll()
    expect(billed()).toEqual(allBilled)
    expect(look('SELECT count(*) AS n FROM schema_migrations')).toEqual([{ n: 2 }])
  })

  test('of a new, empty database leaves nothing half made of the failed step', () => {
    expect(refused(programWith(first, ['0001_broken', 'CREATE TABLE a (b INTEGER); CREATE TABL']))).toBeInstanceOf(
      MigrationFailed,
    )
    expect(tables()).not.toContain('a')
    open(programWith(first, second))
    closeAll()
    expect(tables()).toEqual(['bill', 'customer', 'schema_migrations'])
  })
})

describe('a database that is not ours to upgrade', () => {
  test.each([
    ['by a newer program', [first, second, third], [first, second], DatabaseNewer, '请先升级本程序'],
    [
      'by another program',
      [first, ['0001_other', 'CREATE TABLE other (a INTEGER) STRICT']],
      [first, second],
      DatabaseForeign,
      '较早的试用版或其他程序',
    ],
    [
      'by a program whose first step was rewritten',
      [first],
      [['0000_house', `${first[1]} -- changed`], second],
      DatabaseForeign,
      '较早的试用版或其他程序',
    ],
  ] as [string, [string, string][], [string, string][], typeof DatabaseNewer, string][])(
    'made %s is refused and left as it is',
    (_, theirs, ours, kind, words) => {
      open(programWith(...theirs))
      closeAll()
      const before = look('SELECT * FROM schema_migrations')
      const error = refused(programWith(...ours))
      expect(error).toBeInstanceOf(kind)
      expect(error.message).toContain(words)
      expect(look('SELECT * FROM schema_migrations')).toEqual(before)
      expect(existsSync(`${path}.before-migration`)).toBe(false)
    },
  )
})
