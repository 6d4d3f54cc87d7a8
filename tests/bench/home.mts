/** The page of the day of every role: the very lists of the screen, asked of the hall as the window asks. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CallFailure, Role } from '../../src-main/platform/contract.ts'
import { roleNames, roles } from '../../src-main/platform/roles.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import { api } from '../../src-renderer/api.ts'
import { useSessionToken } from '../../src-renderer/bridge.ts'
import { askToday, type TodaySource } from '../../src-renderer/home/room-today.ts'
import { repository, type Desk } from './hall.mts'
import { median, p99, Series, timed, timedAsync, type Figure } from './measure.mts'
import { busyHall } from './work.mts'

/** Times each role's page is asked. */
const rounds = 100
const targetMs = 15

/** What `home/sources.ts` gathers for the window, gathered for Node. */
async function roomSources(): Promise<TodaySource[]> {
  const renderer = join(repository, 'src-renderer')
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^[^/\\]+[/\\]today\.ts$/.test(path),
  )
  const loaded = await Promise.all(
    files.map(
      (path) =>
        import(pathToFileURL(join(renderer, path)).href) as Promise<{ today: TodaySource | readonly TodaySource[] }>,
    ),
  )
  return loaded.flatMap(({ today }) => today)
}

/** The bridge of a window, to this hall. A page leaves out the room that does not answer; here that is an error. */
function openWindow({ hall }: Desk): { asked: string[]; spent: Map<string, number>; check: () => void } {
  const asked: string[] = []
  const spent = new Map<string, number>()
  const failed: string[] = []
  const call = async (name: string, input: unknown, session: string | null): Promise<unknown> => {
    asked.push(name)
    const began = performance.now()
    const answer = hall.handle({ id: asked.length, call: name, input, session })
    // A read is over when the promise is there.
    spent.set(name, (spent.get(name) ?? 0) + performance.now() - began)
    const reply = await answer
    if (reply.ok) return reply.output
    failed.push(`${name}: ${reply.error.message}`)
    throw reply.error satisfies CallFailure
  }
  Object.assign(globalThis, { window: { hall: { call, identify: () => undefined } } })
  const check = () => {
    if (failed.length > 0) throw new Error(failed.join('\n'))
  }
  return { asked, spent, check }
}

/** Numbers and lists such as the page has, each the least a database can do for it. */
function rawPage(sqlite: Sqlite): () => void {
  const wanted = [
    'SELECT max(row) FROM customer_index',
    `SELECT count(*) FROM workorders WHERE state NOT IN ('answered', 'closed')`,
    `SELECT * FROM workorders WHERE state NOT IN ('answered', 'closed') ORDER BY due_at, id LIMIT 13`,
    `SELECT count(*) FROM hazards WHERE passed_on IS NULL AND state <> 'withdrawn'`,
    `SELECT * FROM hazards WHERE passed_on IS NULL AND state <> 'withdrawn' ORDER BY deadline, id LIMIT 13`,
    `SELECT count(*) FROM complaints WHERE state <> 'closed'`,
    `SELECT count(*) FROM dunnings WHERE living = 1`,
    'SELECT count(*) FROM supply_awaiting',
    'SELECT * FROM drafts LIMIT 13',
    'SELECT * FROM backups ORDER BY rowid DESC LIMIT 20',
    'SELECT * FROM shifts ORDER BY rowid DESC LIMIT 1',
  ].map((sql) => sqlite.prepare(sql))
  return () => wanted.forEach((one) => one.all())
}

export async function homeFigure(desk: Desk, tell: (text: string) => void): Promise<Figure> {
  await busyHall(desk, tell)
  const sources = await roomSources()
  const { asked, spent, check } = openWindow(desk)
  const raw = rawPage(desk.hall.environment.sqlite)
  const byRole = new Map<Role, Series>(roles.map((role) => [role, new Series()]))
  const baseline: number[] = []
  const calls = new Map<Role, number>()
  for (let n = 0; n < rounds; n++) {
    for (const [role, series] of byRole) {
      useSessionToken(desk.session(role))
      const before = asked.length
      series.add(await timedAsync(() => askToday(sources, [role], api)))
      calls.set(role, asked.length - before)
      check()
      baseline.push(timed(raw).ms)
    }
  }
  const dear = [...spent].sort(([, a], [, b]) => b - a).slice(0, 5)
  tell(`dearest calls: ${dear.map(([name, ms]) => `${name} ${(ms / rounds).toFixed(1)} ms`).join(', ')}`)
  for (const [role, { ms }] of byRole) {
    tell(
      `${roleNames[role]}: ${calls.get(role)} calls, median ${median(ms).toFixed(1)} ms, p99 ${p99(ms).toFixed(1)} ms`,
    )
  }
  const [slowest] = [...byRole.values()].sort((a, b) => p99(b.ms) - p99(a.ms))
  const { ms, cpu } = slowest ?? new Series()
  return {
    name: 'home page',
    what: `everything the page of the day asks, of the slowest of ${roles.length} roles (${Math.max(...calls.values())} calls at most), in a hall with thousands of orders, complaints, hazards, dunnings, inspections and customers without gas; raw: eleven such numbers and lists of ten rows by prepared statements`,
    samples: ms,
    cpu,
    baseline,
    ratio: p99(ms) / p99(baseline),
    target: `p99 ≤ ${targetMs} ms`,
    met: p99(ms) <= targetMs,
  }
}
