/**
 * `npm run db:generate`: drizzle-kit writes the next migration from the tables, then the house rules it cannot express
 * are added (see triggers.ts). `-- --fresh` rewrites the first migration; only before the first release.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import {
  appendOnly,
  appendOnlyTriggers,
  deferredReferences,
  gateTriggers,
  localOnly,
  outboxTriggers,
  virtualTables,
  withoutRowid,
} from './triggers.ts'

const folder = 'resources/migrations'
const journal = join(folder, 'meta', '_journal.json')
const fresh = process.argv.includes('--fresh')
if (fresh) rmSync(folder, { recursive: true, force: true })

const entries = () => (existsSync(journal) ? JSON.parse(readFileSync(journal, 'utf8')).entries : [])
const before = entries().length
const name = process.argv.find((a) => a.startsWith('--name='))?.slice(7) ?? (fresh ? 'house' : 'change')
execFileSync('npx', ['drizzle-kit', 'generate', '--config', 'build/drizzle.config.ts', '--name', name], {
  stdio: 'inherit',
})
const added = entries().slice(before)
if (added.length === 0) process.exit(0)

if (fresh) {
  // The journal's times are the only part of the output that changes from run to run.
  const parsed = JSON.parse(readFileSync(journal, 'utf8'))
  parsed.entries.forEach((entry, i) => (entry.when = i))
  writeFileSync(journal, JSON.stringify(parsed, null, 2) + '\n')
}

const file = join(folder, `${added.at(-1).tag}.sql`)
let sql = readFileSync(file, 'utf8').replace(/^\);$/gm, ') STRICT;')
for (const table of withoutRowid) {
  sql = sql.replace(new RegExp('(CREATE TABLE `' + table + '` \\([^;]*?^\\) STRICT);', 'm'), '$1, WITHOUT ROWID;')
}
for (const { table, column } of deferredReferences) {
  const inTable = new RegExp(
    '(CREATE TABLE `' + table + '` \\([^;]*?FOREIGN KEY \\(`' + column + '`\\) REFERENCES [^\\n,]*?)(,?\\n)',
  )
  sql = sql.replace(inTable, (_, reference, end) => `${reference} DEFERRABLE INITIALLY DEFERRED${end}`)
}
if (fresh) sql += virtualTables.map((statement) => `--> statement-breakpoint\n${statement};\n`).join('')

// The triggers name every column, so they are made from the schema as it stands after this migration.
const memory = new Database(':memory:')
for (const { tag } of entries().slice(0, -1)) memory.exec(readFileSync(join(folder, `${tag}.sql`), 'utf8'))
memory.exec(sql)
const tables = memory
  .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
  .all()
  .map(({ name }) => {
    const columns = memory.prepare('SELECT name, pk FROM pragma_table_info(?)').all(name)
    return {
      name,
      columns: columns.map((c) => c.name),
      key: columns
        .filter((c) => c.pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map((c) => c.name),
    }
  })
const triggers = [
  ...appendOnly.flatMap(appendOnlyTriggers),
  ...gateTriggers,
  ...tables.filter((t) => !localOnly.has(t.name)).flatMap(outboxTriggers),
]
sql += triggers.map((statement) => `--> statement-breakpoint\n${statement}\n`).join('')
writeFileSync(file, sql)
new Database(':memory:').exec(sql)
console.log(`${file}: ${tables.length} tables, ${triggers.length} triggers`)
