/**
 * The hall that is measured: 200,000 customers with three years of readings and bills, computed by the product's own
 * rules. It takes minutes to make, so it is made once and kept in the user's cache folder.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../build/setup/places.mjs'
import { seedDemoHall, type SeedOptions } from '../../src-main/demo/seed.ts'
import { startedClock } from '../../src-main/platform/clock.ts'
import { cipher, type Sqlite } from '../../src-main/platform/database.ts'
import { createKey } from '../../src-main/platform/keys.ts'
import { readMigrations } from '../../src-main/platform/migrate.ts'
import { openBench, resources } from './hall.mts'

/** Monday 2026-11-23, 06:00 in Asia/Shanghai: the hall is made before it opens. */
const beforeOpening = Date.parse('2026-11-23T06:00:00+08:00')

/** Customers in one transaction while the hall is made. */
const slice = 5_000

/** Indexes over many rows in no order of making: sorting them once at the end is much quicker than keeping them sorted. */
const sortedAtTheEnd = ['bills_state', 'bills_issued']

const keyOf = (size: SeedOptions): string =>
  createHash('sha256')
    .update(
      JSON.stringify([cipher, readMigrations(join(resources, 'migrations')).map(({ hash }) => hash), size, slice]),
    )
    .digest('hex')
    .slice(0, 12)

/** The folder of the hall, made when it is not there yet. Nothing may write to it; see `copyOf`. */
export async function fixture(size: SeedOptions, tell: (text: string) => void): Promise<string> {
  const cache = cacheFolder()
  const family = `bench-${size.customers}-`
  const folder = join(cache, family + keyOf(size))
  if (existsSync(join(folder, 'ready'))) return folder
  mkdirSync(cache, { recursive: true })
  // Of another schema: some gigabytes nobody will ask for again.
  for (const old of readdirSync(cache).filter((name) => name.startsWith(family))) {
    rmSync(join(cache, old), { recursive: true, force: true })
  }
  const making = mkdtempSync(join(cache, 'making-'))
  try {
    tell(`making a hall of ${size.customers} customers; kept in ${folder} for the next time`)
    await make(making, size, tell)
    writeFileSync(join(making, 'ready'), '')
    rmSync(folder, { recursive: true, force: true })
    renameSync(making, folder)
    return folder
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

async function make(folder: string, size: SeedOptions, tell: (text: string) => void): Promise<void> {
  createKey(folder, { kind: 'file' })
  const hall = openBench(folder, startedClock(beforeOpening), undefined, true)
  const { sqlite } = hall.environment
  const began = performance.now()
  const told = (text: string) => tell(`${Math.round((performance.now() - began) / 1000)} s  ${text}`)
  // What is thrown away when it fails needs no journal; the generator's references are right by construction.
  for (const quick of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -1000000']) {
    sqlite.pragma(quick)
  }
  // The past was uploaded long ago.
  const outbox = takeAway(sqlite, 'trigger', (name) => /_outbox_(insert|update|delete)$/.test(name))
  const indexes = takeAway(sqlite, 'index', (name) => sortedAtTheEnd.includes(name))
  await seedDemoHall(hall, told, size, slice)
  told('sorting indexes')
  for (const sql of [...indexes, ...outbox]) sqlite.exec(sql)
  sqlite.pragma('journal_mode = WAL')
  await hall.close()
  told('done')
}

/** Drops what matches and returns how to make it again. */
function takeAway(sqlite: Sqlite, type: 'trigger' | 'index', matches: (name: string) => boolean): string[] {
  const all = sqlite
    .prepare<[string, string], { name: string; sql: string }>(
      'SELECT name, sql FROM sqlite_master WHERE type = ? AND sql <> ?',
    )
    .all(type, '')
    .filter(({ name }) => matches(name))
  for (const { name } of all) sqlite.exec(`DROP ${type} ${name}`)
  return all.map(({ sql }) => sql)
}

/** A copy to write to, in a temporary folder. */
export function copyOf(folder: string): { folder: string; remove: () => void } {
  const copy = mkdtempSync(join(tmpdir(), 'hall-bench-'))
  cpSync(folder, copy, { recursive: true })
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) }
}
