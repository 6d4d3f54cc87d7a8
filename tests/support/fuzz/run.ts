/** Calls of all rooms on a copy of one hall, drawn from a seed: good ones, mended ones, spoiled ones, by everybody. */
import { createHash, randomUUID } from 'node:crypto'
import { statement } from '../../../src-main/platform/database.ts'
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VerifyAudit } from '../../../src-main/access/api.ts'
import { sessionOf } from '../../../src-main/access/service.ts'
import { seedDemoHall } from '../../../src-main/demo/seed.ts'
import { roles, type CallReply, type CallRequest, type Role } from '../../../src-main/platform/contract.ts'
import type { Context } from '../../../src-main/platform/context.ts'
import { memoryLogger } from '../../../src-main/platform/logging.ts'
import { reports } from '../../../src-main/reports/registry.ts'
import type { CertificateKind } from '../../../src-main/staff/rules.ts'
import { createStaff } from '../../../src-main/staff/service.ts'
import { actorOf, CallFailed, mondayMorning, openTestHall, type TestHall } from '../hall.ts'
import { agreement } from './agreement.ts'
import { Dice, generate, spoil } from './generate.ts'
import { Broken, byName, definitions, Judge, rolesOf, watchedRooms, type Definition } from './judge.ts'
import { Pool } from './pool.ts'
import { certified } from '../certificate.ts'

const hourMs = 3_600_000
/** Those that cost hundreds of times as much as others: passwords, backups, files. Drawn so much more rarely. */
const heavy =
  /^(?:access\.(?:login|approve|agreeAsked|unlock|changePassword|resetPassword|addStaff|setUp|verifyAudit)|machine\.(?:confirmClock|acceptLoss)|backup\.(?:now|checkFile)|imports\.(?:inspect|check|commit|undo|exportProblems)|billing\.run|sync\.(?:uploadNow|testConnection|sendAll)|inspections\.generate|cashier\.importStatement)$/
const heavyEvery = 8
/** What ends the life of something: as often as others, and nothing would live long enough for its later steps. */
const undoing = /\.(?:cancel\w*|leave|setRoles|discard\w*|withdraw\w*|void\w*|retirePlan|logout|lock|edit)$/

/** A hall as files, from which each round starts. */
export interface Base {
  readonly folder: string
  /** Where its clock stands (epoch ms). */
  readonly now: number
  /** Inputs that were good there, by call. */
  readonly good: ReadonlyMap<string, readonly Good[]>
}

/** Staff of every post beside those of the demo hall, two of each, so that a second person is there for everything. */
const more: readonly (readonly [staffNo: string, name: string, roles: Role[]])[] = [
  ...roles.map((role) => [role, actorOf(role).name, [role]] as [string, string, Role[]]),
  ['6001', '高柜员', ['clerk']],
  ['6002', '林收费', ['cashier']],
  ['6003', '何主任', ['hall-manager', 'dispatcher', 'clerk']],
  ['6004', '郭调度', ['dispatcher']],
  ['6005', '罗管理', ['administrator']],
]

/** One hall for all rounds, as files. */
export async function buildBase(): Promise<Base> {
  const hall = await openTestHall({ empty: true, sessionOf })
  await seedDemoHall(hall.hall, undefined, { customers: 90, months: 14, every: 2, seed: 7 })
  hall.transact((context) => {
    for (const [staffNo, name, roles] of more) addStaff(context, staffNo, name, roles)
    for (const [role, kinds] of Object.entries(held))
      for (const kind of kinds) certify(context, actorOf(role as Role).id, kind)
  })
  const scan = join(hall.folder, 'scan.png')
  writeFileSync(
    scan,
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  )
  writeFileSync(
    join(hall.folder, 'customers.csv'),
    '户号,姓名,电话,地址\n1,王小明,19900000001,和平小区3号楼2单元501室\n',
  )
  await hall.hall.close()
  return { folder: hall.folder, now: mondayMorning + 60_000, good: new Map() }
}
const held: Readonly<Partial<Record<Role, readonly CertificateKind[]>>> = {
  clerk: ['maintenance', 'emergency', 'inspection', 'meter-reading'],
  'hall-manager': ['callback'],
  dispatcher: ['callback'],
}
function certify(context: Context, staffId: string, kind: CertificateKind): void {
  certified(context, { staffId, kind, number: `${kind}-${staffId.slice(-4)}` })
}
function addStaff(context: Context, staffNo: string, name: string, held: Role[]): void {
  const id = createStaff(context, { staffNo, name, roles: held })
  const known = roles.find((role) => role === staffNo)
  // The ids that helpers of other tests know.
  if (known) context.sqlite.prepare('UPDATE staff SET id = ? WHERE id = ?').run(actorOf(known).id, id)
  const staffId = known ? actorOf(known).id : id
  context.sqlite
    .prepare(
      `INSERT INTO credentials (staff_id, secret, must_change, changed_at) SELECT ?, secret, 0, changed_at FROM credentials LIMIT 1`,
    )
    .run(staffId)
}

export interface Tally {
  entered: number
  ok: number
  refused: number
}
function tallyIn(tally: Map<string, Tally>, call: string): Tally {
  const known = tally.get(call) ?? { entered: 0, ok: 0, refused: 0 }
  tally.set(call, known)
  return known
}
export interface Good {
  readonly input: unknown
  readonly session: string
}

interface RoundOptions {
  readonly seed: number
  readonly tally: Map<string, Tally>
  readonly lines: string[]
  readonly given: Readonly<Record<string, readonly unknown[]>>
  readonly good: ReadonlyMap<string, readonly Good[]>
}

export class Round {
  readonly hall: TestHall
  readonly dice: Dice
  readonly pool: Pool
  readonly judge: Judge
  readonly tally: Map<string, Tally>
  readonly refusals = new Map<string, Map<string, number>>()
  /** The last calls, for the report of a fault. */
  readonly trail: string[] = []
  calls = 0
  readonly good: Map<string, Good[]>
  readonly #tokens = new Map<string, string>()
  #hired = 0
  #last: { request: CallRequest; reply: CallReply } | null = null
  #room = ''

  /** What the hall logged. */
  readonly lines: string[]

  constructor(hall: TestHall, { seed, tally, lines, given, good }: RoundOptions) {
    this.lines = lines
    this.good = new Map([...good].map(([call, known]) => [call, [...known]]))
    this.hall = hall
    this.dice = new Dice(seed)
    this.pool = new Pool(hall, this.dice, given)
    this.judge = new Judge(hall)
    this.tally = tally
  }

  /** The hall as helpers of other tests know it: whatever they call is judged and remembered as an input that was good. */
  get acting(): TestHall {
    const { hall } = this
    const handle = ({ call, input, session }: CallRequest) => this.call(call, input, session)
    return {
      ...hall,
      get hall() {
        return { ...hall.hall, handle }
      },
      call: async (definition, input, as = 'clerk') => {
        const reply = await this.call(definition.name, input, as)
        if (!reply.ok) throw new CallFailed(reply.error)
        return reply.output as never
      },
    }
  }

  tallyOf(call: string): Tally {
    return tallyIn(this.tally, call)
  }

  /** A token of somebody who holds one of the roles and is still here; signed in anew where it is needed. */
  staffWith(roles: readonly string[]): string | undefined {
    const rows = statement(
      this.hall.hall.environment.sqlite,
      `SELECT s.staff_no AS no, s.roles FROM staff s JOIN credentials c ON c.staff_id = s.id WHERE s.state = 'active'`,
    ).all() as { no: string; roles: string }[]
    const able = rows.filter((row) => (JSON.parse(row.roles) as string[]).some((role) => roles.includes(role)))
    if (able.length < 2) this.hire(roles)
    return this.dice.any(able)?.no
  }
  /** A hall that everybody left would tell nothing more. */
  private hire(roles: readonly string[]): void {
    const staffNo = String(7_000 + (this.#hired += 1))
    this.hall.transact((context) => addStaff(context, staffNo, `新人${staffNo}`, [this.dice.any(roles) as Role]))
    this.pool.changed()
  }
  private signIn(staffNo: string): string {
    const token = randomUUID()
    const { sqlite } = this.hall.hall.environment
    sqlite
      .prepare('UPDATE credentials SET must_change = 0 WHERE staff_id = (SELECT id FROM staff WHERE staff_no = ?)')
      .run(staffNo)
    sqlite
      .prepare(
        `INSERT INTO sessions (token_hash, staff_id, till, created_at, last_seen_at) SELECT ?, id, '01', ?, ? FROM staff WHERE staff_no = ?`,
      )
      .run(createHash('sha256').update(token).digest('hex'), this.pool.now(), this.pool.now(), staffNo)
    this.#tokens.set(staffNo, token)
    return token
  }
  tokenOf(staffNo: string): string {
    return this.#tokens.get(staffNo) ?? this.signIn(staffNo)
  }

  private pick(): Definition {
    const { dice } = this
    if (dice.chance(3)) {
      this.#room = dice.any(definitions)?.name.split('.')[0] ?? ''
      this.pool.refocus()
    }
    for (;;) {
      const definition = dice.any(definitions) as Definition
      const near = definition.name.startsWith(`${this.#room}.`) || dice.chance(12)
      // Looks are cheap to make well; what changes something is what gets tried.
      if (
        near &&
        (!undoing.test(definition.name) || dice.chance(15)) &&
        (definition.kind !== 'read' || dice.chance(35)) &&
        (!heavy.test(definition.name) || dice.between(1, heavyEvery) === 1)
      )
        return definition
    }
  }

  private inputFor(definition: Definition): { input: unknown; as: string | undefined } {
    const { dice, pool } = this
    const good = dice.any(this.good.get(definition.name) ?? [])
    const fresh = () => this.generated(definition)
    if (good && dice.chance(45)) {
      // What was good once, about something else.
      const again = fresh() as Record<string, unknown>
      const keys = Object.keys(again ?? {})
      const changed = keys.filter(
        (key) => key === 'requestId' || key === 'runId' || dice.between(1, keys.length + 1) <= 2,
      )
      const mended = { ...(good.input as object), ...Object.fromEntries(changed.map((key) => [key, again[key]])) }
      return { input: mended, as: dice.chance(60) ? good.session : undefined }
    }
    const input = fresh()
    return { input: dice.chance(15) ? spoil(input, pool) : input, as: undefined }
  }
  generated(definition: Definition): unknown {
    let made: unknown
    for (let i = 0; i < 6; i += 1) {
      made = generate(definition.input, this.pool, { call: definition.name, path: [] })
      if (definition.input.safeParse(made).success) break
    }
    return made
  }

  /** One call by whoever may, mostly; now and then by somebody else, by nobody, or once more. */
  async step(): Promise<void> {
    const { dice } = this
    const advance = dice.between(1, 1_000)
    if (advance <= 4) this.morning()
    else this.hall.clock.advance(advance <= 30 ? dice.between(1, 3) * hourMs : dice.between(1, 20) * 1_000)
    agreement.given = dice.chance(60)
    if (this.#last && dice.chance(2)) return this.again()
    const definition = this.pick()
    const { input, as } = this.inputFor(definition)
    const staffNo =
      as ??
      this.staffWith(dice.chance(94) ? rolesOf(definition) : ['clerk', 'cashier', 'administrator', 'hall-manager'])
    await this.call(definition.name, input, dice.chance(1) || staffNo === undefined ? null : staffNo)
  }

  /** The next morning, when a hall opens. */
  private morning(): void {
    const day = 86_400_000
    const now = this.pool.now() + 8 * hourMs
    this.hall.clock.set(now - (now % day) + day + hourMs)
  }

  async call(call: string, input: unknown, staffNo: string | null): Promise<CallReply> {
    const make = async (session: string | null): Promise<CallReply> => {
      const request: CallRequest = { id: 1, call, input, session }
      const before = this.judge.look()
      const reply = await this.hall.hall.handle(request)
      this.note(request, reply, staffNo)
      this.judge.judge(request, reply, before)
      if (reply.ok && typeof (input as { requestId?: unknown } | null)?.requestId === 'string')
        this.#last = { request, reply }
      return reply
    }
    this.calls += 1
    let reply = await make(staffNo === null ? null : this.tokenOf(staffNo))
    if (!reply.ok && staffNo !== null && ['NotSignedIn', 'SessionLocked'].includes(reply.error.code))
      reply = await make(this.signIn(staffNo))
    const tally = this.tallyOf(call)
    if (!reply.ok) {
      tally.refused += 1
      const known = this.refusals.get(call) ?? new Map<string, number>()
      const said = `${reply.error.code} ${reply.error.message} ${reply.error.field ?? ''}`.slice(0, 120)
      this.refusals.set(call, known.set(said, (known.get(said) ?? 0) + 1))
      return reply
    }
    tally.ok += 1
    if (byName.get(call)?.kind !== 'read') this.pool.changed()
    this.pool.harvest(call, reply.output)
    const good = this.good.get(call) ?? []
    good.push({ input, session: staffNo ?? '' })
    if (good.length > 6) good.splice(this.dice.between(0, 5), 1)
    this.good.set(call, good)
    return reply
  }

  private note({ call, input }: CallRequest, reply: CallReply, staffNo: string | null): void {
    const said = reply.ok ? 'ok' : `${reply.error.code} ${reply.error.message}`
    const text = (JSON.stringify(input) ?? String(input)).slice(0, 1_500)
    this.trail.push(`${staffNo ?? 'nobody'} ${call} ${text} -> ${said}`)
    if (this.trail.length > 25) this.trail.shift()
  }

  /** The same request once more: the same answer, and nothing is written. */
  private async again(): Promise<void> {
    if (!this.#last) return
    const { request, reply } = this.#last
    const before = this.judge.look()
    const second = await this.hall.hall.handle(request)
    this.calls += 1
    if (!second.ok && ['NotSignedIn', 'SessionLocked', 'NotAllowed'].includes(second.error.code)) return
    if (JSON.stringify(second) !== JSON.stringify(reply))
      throw new Broken(`${request.call} once more has another answer`)
    const after = this.judge.look()
    if (byName.get(request.call)?.kind !== 'task' && (after.writes !== before.writes || after.audit !== before.audit))
      throw new Broken(`${request.call} once more wrote`)
  }

  /** Its files for other rounds to start from; this one is over. */
  async asBase(): Promise<Base> {
    await this.hall.hall.close()
    return { folder: this.hall.folder, now: this.pool.now() + 60_000, good: this.good }
  }

  /** @throws Broken */
  async end(): Promise<void> {
    this.judge.books()
    const verified = await this.hall.hall.handle({
      id: 1,
      call: VerifyAudit.name,
      input: {},
      session: this.signIn(this.staffWith(['administrator']) ?? '5001'),
    })
    if (!verified.ok || (verified.output as { broken: unknown }).broken !== null)
      throw new Broken(`the audit chain is broken: ${JSON.stringify(verified)}`)
  }
}

/** The one call that only a hall that is not set up yet answers. */
export async function firstStart(tally: Map<string, Tally>): Promise<string[]> {
  const entered = (call: string) => void (tallyIn(tally, call).entered += 1)
  const hall = await openTestHall({ empty: true, sessionOf, rooms: watchedRooms(entered) })
  try {
    const round = new Round(hall, { seed: 1, tally, lines: [], given: {}, good: new Map() })
    const company = {
      address: '示例路 8 号',
      legalRepresentative: '',
      creditCode: '',
      taxNo: '',
      bank: '',
      bankAccount: '',
    }
    const phones = { servicePhone: '956100', emergencyPhone: '', complaintPhone: '' }
    for (let i = 0; i < 60 && round.tallyOf('access.setUp').ok === 0; i += 1) {
      const definition = byName.get('access.setUp') as Definition
      const made = round.generated(definition) as object
      const said = {
        company: { ...company, ...phones },
        staffNo: '5001',
        name: '吴管理',
        pcCode: '01',
        password: 'Qingshan-7431',
      }
      await round.call(definition.name, i % 2 === 0 ? made : { ...made, ...said }, null)
    }
    return round.trail
  } finally {
    await hall.close()
  }
}

/** A round on files of its own. */
export async function openRound(base: Base, seed: number, tally: Map<string, Tally>): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  cpSync(base.folder, folder, { recursive: true })
  const scans = [join(folder, 'scan.png'), join(folder, 'gone.png'), 'scan.png']
  const tables = [join(folder, 'customers.csv'), join(folder, 'scan.png')]
  const given = {
    'reports.report': reports.map(({ id }) => id),
    'reports.section': reports.flatMap(({ sections }) => sections.map(({ id }) => id)),
    ...{ sourcePath: scans, photoPath: scans, 'imports.path': tables },
    ...{
      password: ['Demo-3001', 'Demo-5001', 'Kanban-Qiu-73'],
      oldPassword: ['Demo-3001'],
      newPassword: ['Kanban-Qiu-73'],
    },
  }
  const lines: string[] = []
  const log = memoryLogger(lines)
  const entered = (call: string) => void (tallyIn(tally, call).entered += 1)
  const hall = await openTestHall({ folder, empty: true, sessionOf, now: base.now, rooms: watchedRooms(entered), log })
  return new Round(hall, { seed, tally, lines, given, good: base.good })
}
