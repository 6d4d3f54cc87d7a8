/** A real hall in a temporary folder: real SQLite file, real migrations, every room; only the clock is set by hand. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { TicketedPaper } from '../../src-main/app/api.ts'
import { Paper, Printed } from '../../src-main/notices/api.ts'
import { recordOutcome } from '../../src-main/notices/service.ts'
import { heldPaper } from '../../src-main/notices/tickets.ts'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { systemActor, type Actor, type Context } from '../../src-main/platform/context.ts'
import type {
  CallDefinition,
  CallFailure,
  HallEvent,
  InputOf,
  OutputOf,
  Role,
} from '../../src-main/platform/contract.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import { openHall, type Hall, type HallOptions } from '../../src-main/platform/hall.ts'
import { memoryLogger, type Logger } from '../../src-main/platform/logging.ts'
import type { Session } from '../../src-main/platform/use-case.ts'
import { rooms } from '../../src-main/rooms.ts'

export const testKey = '0123456789abcdef'.repeat(4)
/** Monday 2026-11-23, 09:00 in Asia/Shanghai. */
export const mondayMorning = Date.parse('2026-11-23T09:00:00+08:00')

/** Stands for a failed call, so that a test can look at what the clerk would read. */
export class CallFailed extends Error {
  readonly failure: CallFailure
  constructor(failure: CallFailure) {
    super(`${failure.code}: ${failure.message}`)
    this.failure = failure
  }
}

export interface TestHall {
  readonly hall: Hall
  readonly clock: ManualClock
  readonly folder: string
  readonly events: HallEvent[]
  /** Calls as a staff member with that role would from a window, of the first till unless said. @throws CallFailed */
  call<D extends CallDefinition<string, z.ZodType, z.ZodType>>(
    definition: D,
    input: InputOf<D>,
    as?: Role | null,
    till?: string,
  ): Promise<OutputOf<D>>
  /** A paper as its preview shows it, with the text that the window never gets. @throws CallFailed */
  paper(input: InputOf<typeof Paper>, as?: Role): Promise<PaperText>
  /** Counts a printing and puts it out, as a page and a printer do that answers. @throws CallFailed */
  print(input: InputOf<typeof Printed>, as?: Role): Promise<PaperText & OutputOf<typeof Printed>>
  /** Work inside one transaction of the system. */
  transact<T>(work: (context: Context) => T): T
  /** Closes and opens the same files again, as after a restart. */
  restart(): Promise<void>
  close(): Promise<void>
}

export type PaperText = OutputOf<typeof Paper> & Pick<TicketedPaper, 'html' | 'sheet' | 'fileName'>

const newFolder = () => mkdtempSync(join(tmpdir(), 'hall-'))

/**
 * New halls of this process that differ in nothing, each made once and then copied: migrating is most of an opening, and
 * filling takes longer yet. A hall without anything in it is worth a template from its second opening on, since random
 * tests begin at moments that never come again.
 */
const templates = new Map<string, string | 'asked once'>()

async function folderOf({ folder, key, create, rooms: watched, ...plain }: TestHallOptions): Promise<string> {
  if (folder !== undefined) return folder
  const copy = newFolder()
  if (key !== undefined || create || watched) return copy
  const { now = mondayMorning, empty = false, filled } = plain
  const name = JSON.stringify([now, empty, filled?.name])
  let template = templates.get(name)
  if (template === undefined && !filled) {
    templates.set(name, 'asked once')
    return copy
  }
  if (template === undefined || template === 'asked once') {
    template = newFolder()
    const made = await openTestHall({ now, empty, folder: template })
    await filled?.by(made)
    await made.hall.close()
    templates.set(name, template)
  }
  cpSync(template, copy, { recursive: true })
  return copy
}
process.once('exit', () => {
  for (const folder of templates.values()) if (folder !== 'asked once') rmSync(folder, { recursive: true, force: true })
})

const staffIdOf = (role: Role): string => `00000000-0000-7000-8000-${role.length.toString().padStart(12, '0')}`
const roleNames: Record<Role, string> = {
  clerk: '钱柜员',
  cashier: '孙收费',
  'hall-manager': '李主任',
  dispatcher: '周调度',
  administrator: '吴管理',
}

export const actorOf = (role: Role): Actor => ({
  id: staffIdOf(role),
  name: roleNames[role],
  staffNo: role,
  roles: [role],
  sessionId: role,
})

/** Tests of other rooms need not log in: the token is the role. The access room tests real sessions. */
const sessionOf = (_sqlite: Sqlite, token: string): Session | null =>
  token in roleNames ? { actor: actorOf(token as Role), locked: false } : null

export interface TestHallOptions {
  readonly now?: number
  /** How long the hall may be without an entry before its clock is asked about (ms); for ever, unless a test says so. */
  readonly quietMs?: number
  /** How far its clock may run ahead of the machine's own count (ms); as long as it may be without an entry, unless a test says so. */
  readonly jumpMs?: number
  /** Times the slices of long work (ms, only forward). */
  readonly steady?: () => number
  /** The system's dialog, where a test has one. */
  readonly wasChosen?: (path: string) => boolean
  readonly folder?: string
  /** Of a folder that has one already. */
  readonly key?: string
  /** A new hall in a folder whose key was made before it. */
  readonly create?: boolean
  /** No device and no staff yet, as before the first-start wizard. */
  readonly empty?: boolean
  /** What stands in it already, under a name of its own; done once and copied. It leaves the clock where it is. */
  readonly filled?: { readonly name: string; readonly by: (hall: TestHall) => Promise<unknown> }
  /** The rooms as somebody watches them; as they are, by default. */
  readonly rooms?: readonly Record<string, unknown>[]
  readonly log?: Logger
  /** What tells odd tokens, beside real sessions. */
  readonly strangeToken?: HallOptions['strangeToken']
  /** Real sessions instead of roles for tokens. */
  readonly sessionOf?: (sqlite: Sqlite, token: string, now: number) => Session | null
}

export async function openTestHall(options: TestHallOptions = {}): Promise<TestHall> {
  const folder = await folderOf(options)
  const clock = new ManualClock(options.now ?? mondayMorning)
  const events: HallEvent[] = []
  const open = () =>
    openHall({
      dataFolder: folder,
      resources: 'resources',
      key: options.key ?? testKey,
      ...(options.create ? { create: true } : {}),
      clock,
      log: options.log ?? memoryLogger(),
      rooms: options.rooms ?? rooms,
      sessionOf: options.sessionOf ?? sessionOf,
      ...(options.strangeToken ? { strangeToken: options.strangeToken } : {}),
      onEvent: (event) => events.push(event),
      // The clock of a test is moved on purpose.
      clockLimits: { quietMs: options.quietMs ?? Infinity, jumpMs: options.jumpMs ?? options.quietMs ?? Infinity },
      ...(options.steady ? { steady: options.steady } : {}),
      ...(options.wasChosen ? { wasChosen: options.wasChosen } : {}),
    })
  let hall = open()
  if (!options.empty && !isSeeded(hall)) seedDevice(hall)
  let nextId = 1
  const call: TestHall['call'] = async (definition, input, as = 'clerk', till) => {
    const reply = await hall.handle({ id: nextId++, call: definition.name, input, session: as }, till)
    if (!reply.ok) throw new CallFailed(reply.error)
    return reply.output as OutputOf<typeof definition>
  }
  const paper: TestHall['paper'] = async (input, as) => {
    const shown = await call(Paper, input, as)
    const held = heldPaper(shown.ticket, clock.now())
    if (held === null) throw new Error('the ticket is not known')
    const { html, sheet, fileName } = held.paper
    return { ...shown, html, sheet, fileName }
  }
  return {
    get hall() {
      return hall
    },
    clock,
    folder,
    events,
    call,
    paper,
    async print(input, as) {
      const counted = await call(Printed, input, as)
      const text = await paper({ kind: input.kind, id: input.id, printingId: counted.printingId }, as)
      const outcome = input.how === 'pdf' ? 'saved' : 'printed'
      recordOutcome(hall, { printingId: counted.printingId, outcome, detail: '' })
      return { ...text, ...counted }
    },
    transact: (work) => hall.transact('test', systemActor, work),
    async restart() {
      await hall.close()
      hall = open()
    },
    async close() {
      await hall.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a company has given before its first paper. */
const company = {
  'company.servicePhone': '956100',
  'company.emergencyPhone': '956100',
  'company.address': '示例市示范大街 1 号',
  'company.legalRepresentative': '郑示范',
  'company.bank': '示例银行示范支行',
  'company.bankAccount': '1000 2000 3000 4000',
}

const isSeeded = ({ environment }: Hall): boolean =>
  environment.sqlite.prepare('SELECT 1 FROM staff WHERE id = ?').get(staffIdOf('clerk')) !== undefined

function seedDevice(hall: Hall): void {
  hall.transact('test.seed', systemActor, ({ sqlite, clock }) => {
    sqlite
      .prepare(
        `INSERT OR IGNORE INTO device (only, device_id, stream_id, company_name, hall_code, hall_name, pc_code, demo, created_at)
         VALUES (1, '00000000-0000-7000-8000-0000000000aa', '00000000-0000-7000-8000-0000000000ab', '示例燃气有限公司', '001', '示例营业厅', '01', 0, ?)`,
      )
      .run(clock.now())
    const insert = sqlite.prepare(
      `INSERT OR IGNORE INTO staff (id, staff_no, name, roles, state, created_at, updated_at)
       VALUES (?, ?, ?, ?, 'active', ?, ?)`,
    )
    const set = sqlite.prepare(
      `INSERT OR IGNORE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, 'test')`,
    )
    for (const [key, value] of Object.entries(company)) set.run(key, JSON.stringify(value), clock.now())
    for (const role of Object.keys(roleNames) as Role[]) {
      insert.run(staffIdOf(role), role, roleNames[role], JSON.stringify([role]), clock.now(), clock.now())
    }
  })
}
