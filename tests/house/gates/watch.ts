/**
 * The promises of the house, said once more in few words and without asking the product's rules: what every accepted
 * call must have had, what every refused call must have left alone, and what must be true in the files after each.
 * It learns only from the calls that were accepted and from the clock.
 */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { CallKind, CallReply, CallRequest } from '../../../src-main/platform/contract.ts'
import { isUseCase } from '../../../src-main/platform/use-case.ts'
import type { CertificateKind } from '../../../src-main/staff/rules.ts'
import { rooms } from '../../../src-main/rooms.ts'
import type { TestHall } from '../../support/hall.ts'
import { effectsOf, tablesOf } from '../../support/written.ts'
import type { Certificate, Person, Point, Town } from './town.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const shanghai = (instant: number) => new Date(instant + 8 * hourMs).toISOString()
export const dayOf = (instant: number): string => shanghai(instant).slice(0, 10)
/** The first instant after so many whole days from the day of an instant. */
const afterDays = (instant: number, days: number) => Date.parse(`${dayOf(instant)}T00:00:00+08:00`) + days * dayMs
/** 22:00 to 06:00 in Shanghai. */
const atNight = (instant: number) => {
  const time = shanghai(instant).slice(11, 16)
  return time >= '22:00' || time < '06:00'
}

const kinds = new Map<string, CallKind>(
  rooms
    .flatMap((room) => Object.values(room))
    .filter(isUseCase)
    .map(({ definition }) => [definition.name, definition.kind]),
)

interface Hazard {
  readonly pointId: string
  grave: boolean
  /** Re-inspected and found good, and nobody has complained since. */
  mended: boolean
  /** Who found, mended or re-inspected it. */
  readonly inspectors: Set<string>
  readonly ofCompany: boolean
  /** Who mended it in this round. */
  readonly menders: Set<string>
}
interface Interruption {
  readonly kind: 'planned' | 'emergency'
  readonly fromAt: number
  readonly toAt: number
  readonly accountIds: readonly string[] | null
  noticed: boolean
  over: boolean
  readonly posted: Set<string>
  readonly told: Set<string>
  /** Points it keeps off; null before it began. */
  held: ReadonlySet<string> | null
}
interface Dunning {
  readonly accountId: string
  readonly pointId: string
  deliveredAt: number | null
  announcedAt: number | null
  suspended: boolean
  /** Gas flowed again, or it was called off: nothing more may follow from it. */
  over: boolean
}
interface Work {
  readonly certificate: CertificateKind | null
  /** 险情, and whether somebody has repaired it in this round. */
  readonly hazard: boolean
  /** Where gas is shut off for it, and whether it is. */
  readonly pointId: string | null
  off: boolean
  /** Repaired, and nothing else keeps gas off: it waits for test and check. */
  waits: boolean
  repaired: boolean
  assignee: string | null
  readonly hands: Set<string>
  closed: boolean
}
/** What has been shown for first gas; tests count from the last acceptance. */
interface Shown {
  survey: boolean
  supply: boolean
  safety: boolean
  account: boolean
  meter: boolean
  acceptance: boolean
  /** The day on which it was passed last; empty when it was not. */
  tightness: string
  check: string
}
type Tests = Pick<Shown, 'tightness' | 'check'>

interface Look {
  /** Rows of every table, as one text. */
  readonly rows: string
  readonly gas: ReadonlyMap<string, string>
  readonly readings: ReadonlySet<string>
  /** Class of each customer and price of each account. */
  readonly classes: ReadonlyMap<string, string>
  /** Whom the interruptions have on their lists. */
  readonly told: string
}

/** Input and output of a call as this test sees them; their shape was checked by the call itself. */
type Body = Record<string, unknown>
interface Judged {
  readonly input: Body
  readonly output: Body
  readonly actor: Person
  readonly before: Look
}

interface Tally {
  ok: number
  refused: number
}

export class Watch {
  readonly hall: TestHall
  readonly town: Town
  readonly tally: Map<string, Tally>
  readonly hazards = new Map<string, Hazard>()
  readonly interruptions = new Map<string, Interruption>()
  readonly dunnings = new Map<string, Dunning>()
  readonly orders = new Map<string, Work>()
  readonly complaints = new Map<string, Work>()
  readonly shown: Shown = {
    survey: false,
    supply: false,
    safety: false,
    account: false,
    meter: false,
    acceptance: false,
    tightness: '',
    check: '',
  }
  /** Certificates given while the test runs. */
  readonly given = new Map<string, Certificate[]>()
  /** Who put the meter in. */
  builder = ''
  readonly processTests = new Map<string, Tests>()
  readonly approvals = new Map<string, string>()
  /** Visits and hazards by which what the old system had cut was found in order. */
  readonly foundInOrder = new Set<string>()
  /** Places whose use of gas was changed with paper and approval, and what it is since: whether a household's. */
  readonly reclassed = new Map<string, boolean>()
  #closed = new Map<string, string>()
  /** The last change that was accepted, to be sent once more. */
  last: { readonly request: CallRequest; readonly reply: CallReply } | null = null
  readonly #tables: string

  constructor(hall: TestHall, town: Town, tally: Map<string, Tally>) {
    this.hall = hall
    this.town = town
    this.tally = tally
    this.#tables = `SELECT ${tablesOf(hall)
      .map((name) => `(SELECT count(*) FROM "${name}"${effectsOf(name)})`)
      .join(" || ' ' || ")} AS rows`
  }

  rows<T>(sql: string, ...values: unknown[]): T[] {
    return this.hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]
  }
  one<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.rows<T>(sql, ...values)[0]
  }
  get now(): number {
    return this.hall.clock.now()
  }

  look(): Look {
    const points = this.rows<{ id: string; gas: string }>('SELECT id, gas_state AS gas FROM service_points')
    return {
      rows: this.one<{ rows: string }>(this.#tables)?.rows ?? '',
      gas: new Map(points.map(({ id, gas }) => [id, gas])),
      readings: new Set(this.rows<{ id: string }>('SELECT id FROM readings').map(({ id }) => id)),
      classes: new Map(
        this.rows<{ id: string; is: string }>(
          'SELECT id, category AS [is] FROM customers UNION ALL SELECT id, price_plan_id FROM accounts',
        ).map((row) => [row.id, row.is]),
      ),
      told:
        this.one<{ told: string }>(
          `SELECT (SELECT count(*) || ' ' || coalesce(sum(customers), 0) FROM interruption_buildings) || ' ' ||
             (SELECT count(*) FROM interruption_care) || ' ' || (SELECT coalesce(sum(affected), 0) FROM interruptions) AS told`,
        )?.told ?? '',
    }
  }

  /** Stands where the windows call: everything anybody asks for goes through here and is judged. */
  async handle(request: CallRequest): Promise<CallReply> {
    const before = this.look()
    const reply = await this.hall.hall.handle(request)
    const after = this.look()
    const { call } = request
    const input = request.input as Body
    const actor = this.person(({ token }) => token === request.session)
    const tally = this.tally.get(call) ?? { ok: 0, refused: 0 }
    this.tally.set(call, tally)
    if (!reply.ok) {
      tally.refused += 1
      this.expectPlainRefusal(call, reply.error)
      // A beginning that is refused has listed who came to live there since the notice, so that they can be told.
      const listed = call === 'supply.startInterruption' && after.told !== before.told
      if (!listed) expect(after, `${call} was refused and wrote: ${reply.error.message}`).toEqual(before)
      if (reply.error.code !== 'NotAllowed') this.expectNotLawful(call, input, before, reply.error.message)
      return reply
    }
    tally.ok += 1
    if (kinds.get(call) === 'read') return reply
    if (kinds.get(call) === 'change') this.last = { request, reply }
    this.learn(call, { input, output: reply.output as Body, actor, before })
    this.expectSound(call, before, after)
    return reply
  }

  /** Work that nobody calls for: the rooms' own jobs. */
  async job(run: () => Promise<void> | void): Promise<void> {
    const before = this.look()
    await run()
    this.expectSound('job', before, this.look())
  }

  /** The same request once more has no effect and the same answer; from somebody else it is refused. */
  async again(other: string): Promise<void> {
    if (this.last === null || typeof (this.last.request.input as Body)['requestId'] !== 'string') return
    const { request, reply } = this.last
    const before = this.look()
    expect(await this.hall.hall.handle(request), `${request.call} once more`).toEqual(reply)
    expect(this.look(), `${request.call} once more`).toEqual(before)
    if (other === request.session) return
    const foreign = await this.hall.hall.handle({ ...request, session: other })
    expect(foreign.ok, `${request.call} with the request of another`).toBe(false)
    if (!foreign.ok) this.expectPlainRefusal(request.call, foreign.error)
    expect(this.look()).toEqual(before)
  }

  private person(which: (person: Person) => boolean): Person {
    return this.town.people.find(which) ?? { token: '', staffId: 'nobody', roles: [], certificates: [] }
  }

  private expectPlainRefusal(call: string, { code, message }: { code: string; message: string }): void {
    expect(code, `${call}: ${message}`).not.toBe('Internal')
    expect(message, call).toMatch(/\p{Script=Han}/u)
    // Units and numbers of papers have a few letters; an English word is none of the clerk's.
    expect(message, call).not.toMatch(/[A-Za-z]{4,}/)
  }

  // What is known

  certified(staffId: unknown, kind: CertificateKind, on: string = dayOf(this.now)): boolean {
    return [
      ...this.person((person) => person.staffId === staffId).certificates,
      ...(this.given.get(String(staffId)) ?? []),
    ].some(
      (one) =>
        one.kind === kind && on >= one.from && on <= one.to && (one.withdrawn === undefined || on < one.withdrawn),
    )
  }
  private expectCertified(call: string, staffId: unknown, kind: CertificateKind, on?: unknown): void {
    const day = typeof on === 'string' ? on : dayOf(this.now)
    expect(this.certified(staffId, kind, day), `${call} by somebody without ${kind} on ${day}`).toBe(true)
  }

  private pointHeldBy(accountId: unknown): string | null {
    const of = typeof accountId === 'string' ? accountId : ''
    return this.one<{ id: string }>('SELECT service_point_id AS id FROM accounts WHERE id = ?', of)?.id ?? null
  }
  holderOf(pointId: string): string | null {
    return (
      this.one<{ id: string }>(`SELECT id FROM accounts WHERE service_point_id = ? AND state = 'active'`, pointId)
        ?.id ?? null
    )
  }
  overdue(accountId: string): boolean {
    return (
      this.one(
        `SELECT 1 FROM bills WHERE account_id = ? AND state = 'open' AND due_on < ?`,
        accountId,
        dayOf(this.now),
      ) !== undefined
    )
  }
  point(pointId: unknown): Point | undefined {
    return this.town.points.find(({ servicePointId }) => servicePointId === pointId)
  }

  isHome(point: Point): boolean {
    return this.reclassed.get(point.servicePointId) ?? point.resident
  }

  /** Everything for which gas must stay off at a place. */
  reasons(pointId: string): string[] {
    const found: string[] = []
    for (const hazard of this.hazards.values())
      if (hazard.pointId === pointId && hazard.grave && !hazard.mended) found.push('hazard')
    if (pointId === this.town.takenOver && this.foundInOrder.size === 0) found.push('taken-over')
    for (const { held } of this.interruptions.values()) if (held?.has(pointId)) found.push('interruption')
    for (const order of this.orders.values())
      if (order.pointId === pointId && order.off && !order.repaired) found.push('order')
    const holder = this.holderOf(pointId)
    for (const dunning of this.dunnings.values()) {
      const stands = dunning.suspended && !dunning.over && dunning.accountId === holder
      if (stands && this.overdue(dunning.accountId)) found.push('arrears')
    }
    return found
  }

  /** What was found on another day may not be so any more. */
  private ofToday({ tightness, check }: Tests): boolean {
    return [tightness, check].every((day) => day === dayOf(this.now))
  }

  mayIgnite(before: Look): boolean {
    const first = this.town.points.find(({ applicationId }) => applicationId !== null)
    return (
      first !== undefined &&
      before.gas.get(first.servicePointId) === 'not-ignited' &&
      Object.values(this.shown).every(Boolean) &&
      this.ofToday(this.shown) &&
      this.reasons(first.servicePointId).length === 0 &&
      !atNight(this.now)
    )
  }

  /** Agreed to by the manager, on this very place and in these words. */
  private nightAgreed(input: Body): boolean {
    const { approvalId = '', consent, reason } = (input['night'] ?? {}) as Record<string, string>
    const approved = JSON.parse(this.approvals.get(approvalId) ?? '{}') as {
      purpose?: string
      terms?: Record<string, unknown>
    }
    const { servicePointId } = input
    const account = this.one<{ no: string }>(
      `SELECT account_no AS no FROM accounts WHERE service_point_id = ? AND state = 'active'`,
      String(servicePointId),
    )?.no
    const meant = { servicePointId, account, consent, reason }
    return approved.purpose === 'night-resumption' && isDeepStrictEqual(approved.terms, meant)
  }

  mayResume(input: Body, before: Look): boolean {
    const { servicePointId, testerId } = input
    const point = this.point(servicePointId)
    const test = input['tightness'] as { pressurePa: number; minutes: number; dropPa: number } | null
    const checks = input['checks'] as { ok: boolean }[] | null
    return (
      point !== undefined &&
      before.gas.get(point.servicePointId) === 'suspended' &&
      this.holderOf(point.servicePointId) !== null &&
      this.reasons(point.servicePointId).length === 0 &&
      (!(this.isHome(point) && atNight(this.now)) || this.nightAgreed(input)) &&
      test !== null &&
      test.pressurePa >= 5_000 &&
      test.minutes >= (this.isHome(point) ? 15 : 30) &&
      test.dropPa === 0 &&
      checks !== null &&
      checks.length === 5 &&
      checks.every(({ ok }) => ok) &&
      this.certified(testerId, 'maintenance')
    )
  }

  /** What is lawful is not refused either: nobody waits for gas without a reason. */
  private expectNotLawful(call: string, input: Body, before: Look, message: string): void {
    if (call === 'supply.resumeSupply' && input['outcome'] === 'resumed')
      expect(this.mayResume(input, before), `refused without need: ${message}`).toBe(false)
    if (call === 'installations.ignite' && this.certified(input['workerId'], 'maintenance'))
      expect(this.mayIgnite(before), `refused without need: ${message}`).toBe(false)
  }

  // What follows from a call that was accepted, and what it must have had

  /** The lists of clause 16 as they hang on the wall: of a dwelling, and of everybody else. */
  private static readonly lists: readonly (readonly string[])[] = [
    ['leak', 'pipes', 'altered', 'place', 'meter', 'valves', 'hose', 'appliance', 'flue', 'ventilation', 'single-source',
      'alarm', 'cut-off', 'exhaust', 'gas-room', 'operators'],
    ['leak', 'pipes', 'altered', 'place', 'meter', 'valves', 'hose', 'appliance', 'flue', 'ventilation', 'single-source',
      'self-closing'],
  ] // prettier-ignore
  /** The paper sheet of a visit, every item good but what was found. */
  sheet(taskId: string | undefined, failed: readonly { readonly item: string }[]) {
    const task = this.one<{ resident: number }>('SELECT resident FROM inspection_tasks WHERE id = ?', taskId ?? '')
    const checks = (Watch.lists[task?.resident ?? 1] ?? []).map((item) => ({
      item,
      answer: failed.some((one) => one.item === item) ? ('bad' as const) : ('good' as const),
      note: '',
    }))
    return { checks }
  }
  /** Whoever was let in looked at everything on the list, and somebody signed, or would not before another's eyes. */
  private expectSheet(input: Body, visitId: unknown): void {
    const visit = this.one<{
      checks: string
      signatory: string
      reason: string
      witness: string
      photo: string | null
      inspector: string
      resident: number
      arrivedAt: number
      on: string
      drawn: number
      proof: string | null
      extra: number
      accountId: string
      taskId: string
      doneOn: string | null
    }>(
      `SELECT t.done_on AS doneOn, v.arrived_at AS arrivedAt, v.visited_on AS [on], v.proof_drawn AS drawn, v.proof_id AS proof, t.extra,
         t.account_id AS accountId, t.id AS taskId, v.checks, v.signatory, v.unsigned_reason AS reason, v.unsigned_witness AS witness,
         v.unsigned_photo_id AS photo, v.inspector_name AS inspector, t.resident
       FROM inspection_visits v JOIN inspection_tasks t ON t.id = v.task_id WHERE v.id = ?`,
      visitId,
    )
    if (visit === undefined) throw new Error('a result without its visit')
    expect(dayOf(visit.arrivedAt), 'arrived on another day').toBe(visit.on)
    expect(visit.arrivedAt, 'arrived in the time to come').toBeLessThanOrEqual(this.now)
    const checks = JSON.parse(visit.checks) as { item: string; answer: string; note: string }[]
    if (input['outcome'] !== 'passed' && input['outcome'] !== 'hazard') return expect(checks).toEqual([])
    const list = Watch.lists[visit.resident] ?? []
    expect(checks.map(({ item }) => item).toSorted(), 'a visit without its list').toEqual(list.toSorted())
    for (const { item, answer, note } of checks) {
      expect(['good', 'bad', 'none'], item).toContain(answer)
      if (answer === 'none') expect(note.trim(), `${item} is not there, in no word`).not.toBe('')
      if (answer === 'none') expect(['leak', 'pipes', 'place', 'meter', 'valves']).not.toContain(item)
    }
    expect(visit.signatory === '', 'signed, or refused').toBe(visit.reason !== '')
    expect([visit.signatory, visit.witness], 'signed by the inspector').not.toContain(visit.inspector)
    expect(visit.signatory, 'a refusal passed off as a name').not.toBe('拒签')
    if (visit.drawn === 1) expect(visit.proof, 'drawn, and no proof').not.toBeNull()
    if (visit.extra === 0 && visit.doneOn === visit.on) {
      const others = this.rows<{ on: string }>(
        `SELECT done_on AS [on] FROM inspection_tasks WHERE account_id = ? AND id <> ? AND extra = 0 AND done_on IS NOT NULL`,
        visit.accountId,
        visit.taskId,
      )
      const least = visit.resident === 1 ? 60 : 30
      for (const { on } of others)
        expect(
          Math.abs(Date.parse(on) - Date.parse(visit.on)) / dayMs,
          'two of a year a few days apart',
        ).toBeGreaterThanOrEqual(least)
    }
    if (visit.reason !== '') expect(visit.witness !== '' || visit.photo !== null, 'refused unseen').toBe(true)
  }

  private learn(call: string, judged: Judged): void {
    const [room] = call.split('.')
    if (room === 'inspections') return this.learnInspection(call, judged)
    if (room === 'workorders' || room === 'complaints') return this.learnWork(call, judged)
    if (call === 'followups.call') return this.learnCallback(judged)
    if (room === 'installations' || room === 'contracts') return this.learnFirstGas(call, judged)
    if (room === 'access' && call === 'access.approve' && judged.output['ok'] === true)
      return void this.approvals.set(String(judged.output['approvalId']), JSON.stringify(judged.input['approval']))
    if (room === 'staff') return this.learnCertificate(call, judged)
    if (call === 'metering.record')
      return this.learnReading(call, judged.input['readerId'], judged.input['readOn'], judged)
    if (room === 'classes') return this.learnClass(judged)
    if (call === 'imports.commit') return this.learnMovedIn(judged)
    if (room !== 'supply') return
    if (/dunning|suspen|arrears/i.test(call)) return this.learnArrears(call, judged)
    if (/interruption|notice|care/i.test(call)) return this.learnInterruption(call, judged)
    this.learnSupply(call, judged)
  }

  /** A reading that was taken: by whom, on which day, and what the books say of it. */
  private learnReading(call: string, readerId: unknown, on: unknown, { input, output }: Judged): void {
    this.expectCertified(call, readerId, 'meter-reading', on)
    const kept = this.one<{ reader: string; source: string }>(
      'SELECT reader_id AS reader, source FROM readings WHERE id = ?',
      output['readingId'],
    )
    if (call === 'metering.record') expect(kept).toEqual({ reader: readerId, source: input['source'] })
    expect(kept?.source, 'a reading passed off as a file\u2019s').toMatch(/^(visit|self-reported|estimated)$/)
  }

  /** Agreed to on these very terms, by somebody else, with a paper of this customer; and nothing more is due as before. */
  private learnClass({ input, actor }: Judged): void {
    const { customerId, to, reason } = input as { customerId: string; to: string; reason: string }
    const approved = JSON.parse(this.approvals.get(String(input['approvalId'])) ?? '{}') as Body
    this.approvals.delete(String(input['approvalId']))
    expect(approved, 'a class changed by one person').toMatchObject({
      purpose: 'customer-class',
      terms: { customerId, reason },
    })
    const words: Record<string, string> = { resident: '居民', commercial: '商业', industrial: '工业', public: '公福' }
    const { change } = approved['terms'] as { change: string }
    expect(change, 'a class changed to what nobody agreed to').toMatch(new RegExp(`→ ${words[to]}$`))
    expect(actor.token, 'agreed to by whoever asked').not.toBe('hall-manager')
    const paper = this.one<{ id: string }>(
      'SELECT customer_id AS id FROM attachments WHERE id = ?',
      input['attachmentId'],
    )
    expect(paper?.id, 'a class changed on the paper of another').toBe(customerId)
    const accounts = this.rows<{ id: string; point: string; class: string }>(
      `SELECT a.id, a.service_point_id AS point, l.category AS class FROM accounts a JOIN price_plans l ON l.id = a.price_plan_id
       WHERE a.customer_id = ? AND a.state = 'active'`,
      customerId,
    )
    for (const account of accounts) {
      expect(account.class, 'a price of another class').toBe(to)
      this.reclassed.set(account.point, to === 'resident')
      const left = this.rows(
        `SELECT 1 FROM inspection_tasks WHERE account_id = ? AND extra = 0 AND state IN ('planned', 'refused')
           AND period_to >= ? AND resident <> ?`,
        account.id,
        dayOf(this.now),
        to === 'resident' ? 1 : 0,
      )
      expect(left, 'inspections of the class before').toEqual([])
    }
  }

  /** Moving in is over: who was ever supplied came in as another agreed, of that very file and so many. */
  private learnMovedIn({ input, before, actor }: Judged): void {
    const came = this.rows<{ id: string; gas: string }>('SELECT id, gas_state AS gas FROM service_points').filter(
      ({ id }) => !before.gas.has(id),
    )
    expect(came.length, 'an import that brought nobody').toBeGreaterThan(0)
    const supplied = came.filter(({ gas }) => gas !== 'not-ignited').length
    if (supplied === 0) return
    const given = input['supplied'] as { approvalId: string; reason: string } | null
    const file = this.one<{ hash: string }>('SELECT hash FROM imports WHERE id = ?', input['importId'])
    expect(
      JSON.parse(this.approvals.get(given?.approvalId ?? '') ?? '{}'),
      'taken over as supplied by one',
    ).toMatchObject({
      purpose: 'import-supplied',
      terms: { importId: input['importId'], hash: file?.hash, supplied, reason: given?.reason },
    })
    this.approvals.delete(given?.approvalId ?? '')
    expect(actor.token, 'agreed to by whoever asked').not.toBe('hall-manager')
  }

  private learnCertificate(call: string, { input, output }: Judged): void {
    const held = this.given.get(String(input['staffId'])) ?? []
    if (call === 'staff.addCertificate') {
      const { kind, issuedOn, validTo, number } = input as Record<'issuedOn' | 'validTo' | 'number', string> & {
        kind: CertificateKind
      }
      expect((input['proof'] as { kind: string }).kind, 'a certificate on an exam nobody sat').toBe('copy')
      const backdate = input['backdate'] as { approvalId: string } | null
      if (backdate)
        expect(JSON.parse(this.approvals.get(backdate.approvalId) ?? '{}')).toMatchObject({
          purpose: 'certificate-backdate',
          terms: { issuedOn, number },
        })
      const today = dayOf(this.now)
      const from = backdate || issuedOn > today ? issuedOn : today
      const kept = this.one<{ from: string }>(
        'SELECT good_from AS "from" FROM certificates WHERE id = ?',
        output['certificateId'],
      )
      expect(kept?.from, 'a certificate that reaches back').toBe(from)
      this.given.set(String(input['staffId']), [...held, { kind, from, to: validTo }])
    }
    if (call !== 'staff.withdrawCertificate') return
    for (const one of [...this.given.values()].flat()) one.withdrawn ??= dayOf(this.now)
  }

  /** The manager's word on this very hazard, used up, by somebody who neither found nor mended it. */
  private expectAgreed(purpose: string, input: Body, what: string): void {
    const approvalId = String(input['approvalId'])
    expect(JSON.parse(this.approvals.get(approvalId) ?? '{}'), what).toMatchObject({
      purpose,
      terms: { hazardId: input['hazardId'], reason: input['note'] },
    })
    this.approvals.delete(approvalId)
  }

  private learnInspection(call: string, { input, output, actor }: Judged): void {
    const hazard = this.hazards.get(String(input['hazardId']))
    switch (call) {
      case 'inspections.record': {
        this.expectCertified(call, input['inspectorId'], 'inspection', input['visitedOn'])
        this.expectSheet(input, output['visitId'])
        const point = this.one<{ id: string }>(
          `SELECT a.service_point_id AS id FROM inspection_tasks t JOIN accounts a ON a.id = t.account_id WHERE t.id = ?`,
          input['taskId'],
        )
        const grades = (input['failed'] ?? []) as { item: string; grade: string; mender: string }[]
        if (grades.some(({ item, grade }) => item === 'leak' && grade === 'general')) {
          const { approvalId = '' } = (input['lowered'] ?? {}) as { approvalId?: string }
          const approved = this.approvals.get(approvalId)
          expect(JSON.parse(approved ?? '{}'), 'a leak made small by one person').toMatchObject({
            purpose: 'hazard-grade',
            terms: { taskId: input['taskId'] },
          })
          this.approvals.delete(approvalId)
        }
        for (const [i, id] of (output['hazardIds'] as string[]).entries())
          this.hazards.set(id, {
            pointId: point?.id ?? '',
            grave: grades[i]?.grade !== 'general',
            mended: false,
            inspectors: new Set([String(input['inspectorId'])]),
            ofCompany: grades[i]?.mender === 'company',
            menders: new Set(),
          })
        if (input['outcome'] === 'passed' && point?.id === this.town.takenOver)
          this.foundInOrder.add(String(output['visitId']))
        return
      }
      case 'inspections.voidVisit':
        // A slip of the keyboard undone: nobody has found the installation in order.
        this.foundInOrder.delete(String(input['visitId']))
        return
      case 'inspections.regrade':
        if (hazard?.grave === true && input['grade'] === 'general')
          this.expectAgreed('hazard-lower', input, 'what cut the gas made small by one person')
        if (hazard) hazard.grave = input['grade'] !== 'general'
        return
      case 'inspections.withdraw':
        this.expectAgreed('hazard-misfiled', input, 'a hazard taken back by one person')
        expect(hazard?.mended, 'taken back though it was found good').toBe(false)
        this.hazards.delete(String(input['hazardId']))
        return
      case 'inspections.mend':
        if (!hazard?.ofCompany) return
        this.expectCertified(call, input['workerId'], 'maintenance', input['mendedOn'])
        hazard.menders.add(String(input['workerId']))
        hazard.inspectors.add(String(input['workerId']))
        return
      case 'inspections.reinspect':
        this.expectCertified(call, input['inspectorId'], 'inspection', input['inspectedOn'])
        expect(hazard?.menders ?? new Set(), 'a mending judged by who did it').not.toContain(input['inspectorId'])
        hazard?.inspectors.add(String(input['inspectorId']))
        if (!hazard || input['passed'] !== true) return
        if (hazard.ofCompany) expect(hazard.menders.size, 'found good without anybody who mended it').toBeGreaterThan(0)
        hazard.mended = true
        if (hazard.pointId === this.town.takenOver && !this.reasons(hazard.pointId).includes('hazard'))
          this.foundInOrder.add(String(input['hazardId']))
        return
      case 'inspections.closeHazard':
        expect(hazard?.inspectors, 'a hazard closed by who inspected it').not.toContain(actor.staffId)
        expect(hazard?.mended, 'a hazard closed before its re-inspection').toBe(true)
    }
  }

  private learnCallback({ input, actor }: Judged): void {
    const id = String(input['id'])
    this.expectCertified('followups.call', actor.staffId, 'callback')
    const hazard = this.hazards.get(id)
    const work = this.orders.get(id) ?? this.complaints.get(id)
    expect(hazard?.inspectors ?? work?.hands ?? new Set(), 'called back by who did the work').not.toContain(
      actor.staffId,
    )
    if (hazard) {
      expect(hazard.mended, 'a hazard called back before its re-inspection').toBe(true)
      if (input['result'] === 'dissatisfied') {
        hazard.mended = false
        hazard.menders.clear()
      }
    }
    if (work && input['result'] === 'dissatisfied') Object.assign(work, { assignee: null, repaired: false })
  }

  private learnWork(call: string, { input, output, actor, before }: Judged): void {
    const isOrder = call.startsWith('workorders.')
    const book = isOrder ? this.orders : this.complaints
    const id = String(input[isOrder ? 'orderId' : 'complaintId'])
    const work = book.get(id)
    switch (call.split('.')[1]) {
      case 'take':
        book.set(String(output[isOrder ? 'orderId' : 'complaintId']), {
          certificate: isOrder ? (input['symptom'] === 'leak' ? 'emergency' : 'maintenance') : null,
          hazard: input['symptom'] === 'leak',
          pointId: this.pointHeldBy(input['accountId']),
          waits: false,
          off: false,
          repaired: false,
          assignee: null,
          hands: new Set(),
          closed: false,
        })
        return
      case 'assign':
        if (!work) return
        if (work.certificate) this.expectCertified(call, input['staffId'], work.certificate)
        else work.hands.add(String(input['staffId']))
        work.assignee = String(input['staffId'])
        return
      case 'work':
        if (!work?.assignee || !work.certificate) return expect.fail('work on an order nobody was given')
        if (input['step'] === 'accept') work.hands.add(work.assignee)
        if (input['step'] === 'repair') work.repaired = true
        if (input['step'] === 'repair' && work.off && before.gas.get(work.pointId ?? '') === 'suspended')
          work.waits = this.reasons(work.pointId ?? '').length === 0
        this.expectCertified(`${call} ${input['step']}`, work.assignee, work.certificate)
        if (input['step'] === 'handle') {
          if (input['gas'] === 'off') work.off = true
          expect(work.hazard && input['gas'] === null, 'a hazard handled without a word of the gas').toBe(false)
        }
        return
      case 'investigate':
      case 'reply':
        work?.hands.add(actor.staffId)
        return
      case 'verify':
        if (work && input['passed'] === false) work.repaired = false
        return expect(work?.hands, 'own work verified').not.toContain(actor.staffId)
      case 'close':
        expect(work?.waits, 'closed while gas is off without test and check').not.toBe(true)
        expect(work?.hands, 'own work closed').not.toContain(actor.staffId)
        expect(work?.closed, 'closed twice').toBe(false)
        if (work) work.closed = true
        return
      case 'reopen':
        if (work) Object.assign(work, { closed: false, assignee: null, repaired: false })
    }
  }

  private learnFirstGas(call: string, { input, output, before }: Judged): void {
    const { shown } = this
    const first = this.town.points.find(({ applicationId }) => applicationId !== null)
    if (call.startsWith('contracts.')) {
      const contract = this.one<{ kind: 'supply' | 'safety'; application: string }>(
        'SELECT kind, application_id AS application FROM contracts WHERE id = ?',
        input['contractId'],
      )
      if (contract && contract.application === first?.applicationId) shown[contract.kind] = call === 'contracts.sign'
      return
    }
    const passed = output['passed'] === true
    switch (call) {
      case 'installations.survey':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        shown.survey = passed
        return
      case 'installations.openAccount':
        expect(shown.supply && shown.safety, 'an account without both contracts').toBe(true)
        shown.account = true
        return
      case 'installations.installMeter':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        this.builder = String(input['workerId'])
        shown.meter = true
        return
      case 'installations.accept':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        expect(input['workerId'], 'own work accepted').not.toBe(this.builder)
        return void Object.assign(shown, { acceptance: passed, tightness: '', check: '' })
      case 'installations.testTightness':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        shown.tightness = passed ? String(input['performedOn']) : ''
        return
      case 'installations.checkSafety':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        shown.check = passed ? String(input['performedOn']) : ''
        return
      case 'installations.ignite':
        this.expectCertified(call, input['workerId'], 'maintenance')
        return expect(this.mayIgnite(before), `first gas on ${JSON.stringify(shown)}`).toBe(true)
    }
  }

  private learnArrears(call: string, { input, output, before }: Judged): void {
    const dunning = this.dunnings.get(String(input['dunningId']))
    const { now } = this
    if (call === 'supply.issueDunnings') {
      const issued = this.rows<{ id: string; accountId: string; pointId: string }>(
        'SELECT id, account_id AS accountId, service_point_id AS pointId FROM dunnings WHERE batch_id = ?',
        output['batchId'],
      )
      for (const { id, accountId, pointId } of issued) {
        expect(this.overdue(accountId), 'dunned for nothing').toBe(true)
        this.dunnings.set(id, {
          accountId,
          pointId,
          deliveredAt: null,
          announcedAt: null,
          suspended: false,
          over: false,
        })
      }
      return
    }
    if (!dunning) return
    switch (call) {
      case 'supply.deliverDunning':
        expect(dunning.deliveredAt, 'delivered twice').toBeNull()
        dunning.deliveredAt = input['at'] as number
        return
      case 'supply.announceSuspension':
        expect(dunning.deliveredAt, 'announced before the dunning was delivered').not.toBeNull()
        expect(input['at'], 'announced before the waiting days were over').toBeGreaterThanOrEqual(
          afterDays(dunning.deliveredAt ?? 0, 30),
        )
        expect(this.overdue(dunning.accountId), 'announced for nothing').toBe(true)
        dunning.announcedAt = input['at'] as number
        return
      case 'supply.suspendForArrears': {
        expect(dunning.announcedAt, 'suspended without written notice').not.toBeNull()
        expect(now, 'suspended before the notice had run').toBeGreaterThanOrEqual(
          afterDays(dunning.announcedAt ?? 0, 3),
        )
        expect(this.overdue(dunning.accountId), 'suspended for nothing').toBe(true)
        expect(before.gas.get(dunning.pointId)).toBe('supplied')
        const approved = this.approvals.get(String(input['approvalId']))
        expect(JSON.parse(approved ?? '{}')).toMatchObject({
          purpose: 'arrears-suspension',
          terms: { dunningId: input['dunningId'] },
        })
        this.approvals.delete(String(input['approvalId']))
        const care = this.one(
          `SELECT 1 FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = ? AND c.special_care IS NOT NULL`,
          dunning.accountId,
        )
        if (care) expect(String(input['reason']).trim(), 'special care').not.toBe('')
        Object.assign(dunning, { suspended: true, over: false })
        return
      }
      case 'supply.cancelDunning':
        expect(dunning.suspended, 'a suspension called off on paper').toBe(false)
        dunning.over = true
    }
  }

  private learnInterruption(call: string, { input, output, before }: Judged): void {
    const one = this.interruptions.get(String(input['interruptionId']))
    const careOf = () =>
      this.one<{ interruptionId: string; accountId: string }>(
        'SELECT interruption_id AS interruptionId, account_id AS accountId FROM interruption_care WHERE id = ?',
        input['careId'],
      )
    switch (call) {
      case 'supply.planInterruption': {
        const scope = input['scope'] as { accountIds?: string[] }
        this.interruptions.set(String(output['interruptionId']), {
          kind: input['kind'] as Interruption['kind'],
          fromAt: input['fromAt'] as number,
          toAt: input['toAt'] as number,
          accountIds: scope.accountIds ?? null,
          noticed: false,
          over: false,
          posted: new Set(),
          told: new Set(),
          held: null,
        })
        return
      }
      case 'supply.notifyInterruption':
        if (!one) return
        if (one.kind === 'planned')
          expect(one.fromAt - this.now, 'announced too late').toBeGreaterThanOrEqual(48 * hourMs)
        one.noticed = true
        return
      case 'supply.postNotice':
        for (const id of input['buildingIds'] as string[]) {
          const row = this.one<{ building: string }>('SELECT building FROM interruption_buildings WHERE id = ?', id)
          one?.posted.add(row?.building ?? '')
        }
        return
      case 'supply.callCare':
      case 'supply.overrideCare': {
        const care = careOf()
        if (care && (call === 'supply.overrideCare' || input['result'] === 'told'))
          this.interruptions.get(care.interruptionId)?.told.add(care.accountId)
        return
      }
      case 'supply.startInterruption':
        if (one) this.learnStart(one, input, before)
        return
      case 'supply.endInterruption':
        expect(one?.held, 'ended without having begun, or twice').not.toBeNull()
        if (one) Object.assign(one, { held: null, over: true })
        return
      case 'supply.cancelInterruption':
        expect(one?.held ?? null, 'cancelled while it runs').toBeNull()
        expect(one?.over, 'cancelled twice').toBe(false)
        if (one) one.over = true
    }
  }

  /** Without notice only for a hazard that stands, or with the manager's word on this very range. */
  private expectGround(input: Body): void {
    const ground = (input['ground'] ?? {}) as { orderId?: string; approvalId?: string; reason?: string }
    const order = this.orders.get(ground.orderId ?? '')
    if (order !== undefined) {
      expect(order.hazard && !order.repaired && !order.closed, 'an emergency for a hazard that is over').toBe(true)
      return
    }
    const approved = this.approvals.get(ground.approvalId ?? '')
    expect(JSON.parse(approved ?? '{}'), 'an emergency begun by one person').toMatchObject({
      purpose: 'emergency-interruption',
      terms: { interruptionId: input['interruptionId'], reason: ground.reason },
    })
    this.approvals.delete(ground.approvalId ?? '')
  }

  /** The manager agreed that this planned one begins in spite of what lacks. */
  private excused(input: Body): boolean {
    const { kind, approvalId = '', reason } = (input['ground'] ?? {}) as Record<string, string>
    const given = this.approvals.get(approvalId)
    if (kind !== 'excused' || given === undefined) return false
    expect(JSON.parse(given), 'agreed to something else').toMatchObject({
      purpose: 'interruption-start',
      terms: { interruptionId: input['interruptionId'], reason },
    })
    // Where nothing lacked it was not used up.
    const used = this.one('SELECT 1 FROM approvals WHERE id = ? AND used_at IS NOT NULL', approvalId) !== undefined
    if (used) this.approvals.delete(approvalId)
    return used
  }

  private learnStart(one: Interruption, input: Body, before: Look): void {
    const met = this.town.points.filter(({ servicePointId }) => {
      const holder = this.holderOf(servicePointId)
      const gas = before.gas.get(servicePointId) ?? ''
      // A household that was named stays in the range when somebody else takes it over.
      const named = one.accountIds?.some((id) =>
        this.one('SELECT 1 FROM accounts WHERE id = ? AND service_point_id = ?', id, servicePointId),
      )
      const inRange = one.accountIds === null || named === true
      return holder !== null && inRange && (gas === 'supplied' || gas === 'suspended')
    })
    expect(one.over || one.held !== null, 'begun twice').toBe(false)
    if (one.kind === 'emergency') this.expectGround(input)
    if (one.kind === 'planned') {
      expect(one.noticed, 'begun without notice').toBe(true)
      expect(this.now, 'begun too early').toBeGreaterThanOrEqual(one.fromAt)
      const excused = this.excused(input)
      if (excused) expect(dayOf(this.now), 'begun on another day').toBe(dayOf(one.toAt))
      else {
        expect(this.now, 'begun after its time').toBeLessThanOrEqual(one.toAt)
        for (const { building } of met) expect([...one.posted], 'begun without posting').toContain(building)
      }
      for (const { servicePointId } of met) {
        const holder = this.holderOf(servicePointId)
        const care = this.one(
          `SELECT 1 FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = ? AND c.special_care IS NOT NULL`,
          holder,
        )
        if (care) expect([...one.told], 'begun before special-care customers were told').toContain(holder)
      }
    }
    one.held = new Set(met.map(({ servicePointId }) => servicePointId))
  }

  private newReading(readingId: unknown, before: Look): boolean {
    return !before.readings.has(String(readingId))
  }
  private learnSupply(call: string, judged: Judged): void {
    const { input, output, before } = judged
    const processId = String(input['processId'])
    const tests = this.processTests.get(processId) ?? { tightness: '', check: '' }
    switch (call) {
      case 'supply.resumeSupply':
        if (input['outcome'] === 'resumed')
          expect(
            this.mayResume(input, before),
            `gas given back in spite of ${this.reasons(String(input['servicePointId']))}`,
          ).toBe(true)
        if (atNight(this.now))
          this.approvals.delete(((input['night'] ?? {}) as { approvalId?: string }).approvalId ?? '')
        return
      case 'supply.testProcessTightness':
      case 'supply.checkProcessSafety':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        tests[call === 'supply.checkProcessSafety' ? 'check' : 'tightness'] =
          output['passed'] === true ? String(input['performedOn']) : ''
        this.processTests.set(processId, tests)
        return
      case 'supply.takeFinalReading':
        // One that says what stood already needs no reader anew.
        if (this.newReading(output['readingId'], before))
          this.learnReading(call, input['readerId'], input['readOn'], judged)
        return
      case 'supply.removeProcessMeter':
      case 'supply.deactivate':
        return this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
      case 'supply.addMeter':
      case 'supply.detachMeter':
        this.expectCertified(call, input['workerId'], 'maintenance', input['performedOn'])
        if (call === 'supply.detachMeter' && this.newReading(output['readingId'], before))
          this.learnReading(call, input['readerId'], input['performedOn'], judged)
        // Tight is what was tested after the work.
        this.processTests.set(processId, { tightness: '', check: '' })
        return
      case 'supply.exchangeMeter':
        this.expectCertified(call, input['workerId'], 'maintenance', input['exchangedOn'])
        if (this.newReading(output['readingId'], before))
          this.learnReading(call, input['readerId'], input['exchangedOn'], judged)
        this.processTests.set(processId, { tightness: '', check: '' })
        return
      case 'supply.signMeterChange':
      case 'supply.signExchange': {
        expect(tests.tightness, 'a meter changed without a test').not.toBe('')
        const gas = this.one<{ gas: string }>(
          `SELECT s.gas_state AS gas FROM account_processes p JOIN service_points s ON s.id = p.service_point_id WHERE p.id = ?`,
          processId,
        )
        return expect(gas?.gas === 'supplied' && tests.check === '', 'gas after work on a meter unchecked').toBe(false)
      }
      case 'supply.reactivate': {
        this.expectCertified(call, input['workerId'], 'maintenance')
        expect(this.ofToday(tests), `gas again on ${JSON.stringify(tests)}`).toBe(true)
        const place = this.one<{ id: string }>(
          'SELECT service_point_id AS id FROM account_processes WHERE id = ?',
          processId,
        )
        expect(this.reasons(place?.id ?? ''), 'gas again in spite of').toEqual([])
        const home = this.point(place?.id)
        expect(home !== undefined && this.isHome(home) && atNight(this.now), 'gas again at night').toBe(false)
        return
      }
      case 'supply.closeAccount': {
        const place = this.one<{ id: string }>(
          'SELECT service_point_id AS id FROM account_processes WHERE id = ?',
          processId,
        )
        const gas = before.gas.get(place?.id ?? '')
        if (gas !== 'not-ignited' && gas !== 'dismantled') {
          const proved = this.one<{ n: number }>(
            `SELECT 1 AS n FROM account_processes p WHERE p.id = ? AND p.ground IS NOT NULL
               AND EXISTS (SELECT 1 FROM account_process_records r WHERE r.process_id = p.id AND r.kind = 'place-seen'
                 AND r.worker_id <> p.ground_approver_id)
               AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'closing-unremoved' AND a.used_at IS NOT NULL
                 AND a.subject = 'account-process:' || p.id AND a.approver_id = p.ground_approver_id)
               AND EXISTS (SELECT 1 FROM attachments f WHERE f.customer_id = p.customer_id AND f.added_at >= p.created_at)`,
            processId,
          )
          expect(proved, 'a place closed that was neither dismantled nor seen, proved and approved').toBeDefined()
          const owed = this.one<{ n: number }>(
            `SELECT 1 AS n FROM account_processes p JOIN accounts a ON a.id = p.account_id
             WHERE p.id = ? AND a.arrears > coalesce(p.debt_principal, 0)`,
            processId,
          )
          expect(owed, 'an account ended owing more than anybody agreed to').toBeUndefined()
        }
        // Given up before any gas: the application ends with the account.
        if (before.gas.get(place?.id ?? '') === 'not-ignited') this.shown.account = false
        return
      }
      case 'supply.seePlace':
        return this.expectCertified(call, input['workerId'], 'maintenance')
      case 'supply.transfer': {
        const signed = this.one<{ n: number }>(
          `SELECT count(DISTINCT c.kind) AS n FROM contracts c JOIN account_processes p ON p.id = c.application_id
           WHERE p.id = ? AND c.state = 'signed' AND c.customer_id = p.new_customer_id`,
          processId,
        )
        expect(signed?.n, 'a new holder without both contracts').toBe(2)
      }
    }
  }

  // What must be true in the files, whatever was called

  private static readonly gasBy: Readonly<Record<string, readonly string[]>> = {
    '>supplied': ['imports.commit'],
    '>suspended': ['imports.commit'],
    '>deactivated': ['imports.commit'],
    '>not-ignited': ['imports.commit'],
    'not-ignited>supplied': ['installations.ignite'],
    'suspended>supplied': ['supply.resumeSupply'],
    'deactivated>supplied': ['supply.reactivate'],
    'supplied>suspended': [
      'inspections.record',
      'inspections.regrade',
      'inspections.voidVisit',
      'followups.call',
      'supply.startInterruption',
      'supply.suspendForArrears',
      'workorders.work',
    ],
    'supplied>deactivated': ['supply.deactivate'],
    'suspended>deactivated': ['supply.deactivate'],
    'deactivated>dismantled': ['supply.dismantle', 'supply.closeAccount'],
    'suspended>dismantled': ['supply.dismantle', 'supply.closeAccount'],
    'supplied>dismantled': ['supply.closeAccount'],
  }

  private expectSound(call: string, before: Look, after: Look): void {
    for (const [id, gas] of after.gas) {
      const was = before.gas.get(id) ?? ''
      if (gas !== was) expect(Watch.gasBy[`${was}>${gas}`] ?? [], `${was} > ${gas}`).toContain(call)
      for (const order of this.orders.values())
        if (order.pointId === id && (gas !== 'suspended' || this.reasons(id).length > 0)) order.waits = false
      if (gas !== 'supplied') continue
      for (const dunning of this.dunnings.values()) if (dunning.pointId === id && dunning.suspended) dunning.over = true
      expect(this.reasons(id), `gas flows after ${call} in spite of`).toEqual([])
      if (gas !== was) for (const order of this.orders.values()) if (order.pointId === id) order.off = false
    }
    if (call !== 'classes.change')
      for (const [id, is] of before.classes)
        expect(after.classes.get(id), `class or price of ${id} after ${call}`).toBe(is)
    this.expectSoundHolds(call)
    this.expectSoundBooks(call)
    this.expectClosedStaysClosed(call)
  }

  private expectSoundHolds(call: string): void {
    const holds = this.rows<{ pointId: string; cause: string; subject: string; gas: string }>(
      `SELECT h.service_point_id AS pointId, h.cause, h.subject, p.gas_state AS gas FROM supply_holds h
       JOIN service_points p ON p.id = h.service_point_id WHERE h.lifted_at IS NULL`,
    )
    for (const { cause, subject, pointId, gas } of holds) {
      expect(gas, `a hold after ${call} where gas flows`).not.toBe('supplied')
      if (cause !== 'arrears') continue
      const dunning = this.dunnings.get(subject.replace('dunning:', ''))
      expect(dunning, `${subject} holds the gas`).toMatchObject({ suspended: true, over: false, pointId })
      expect(this.holderOf(pointId), 'gas held for the debt of somebody who lives there no more').toBe(
        dunning?.accountId,
      )
    }
    const grave = this.rows<{ pointId: string; gas: string }>(
      `SELECT h.service_point_id AS pointId, p.gas_state AS gas FROM hazards h JOIN service_points p ON p.id = h.service_point_id
       WHERE h.grade <> 'general' AND h.state IN ('open', 'mended')`,
    )
    for (const { gas } of grave) expect(gas, `a grave hazard after ${call}`).not.toBe('supplied')
  }

  private expectSoundBooks(call: string): void {
    const wrong = this.rows(
      `SELECT 'ledger' AS what WHERE (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines) <> 0
       UNION ALL
       SELECT id FROM accounts a WHERE arrears <> (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines
           WHERE account = 'receivable' AND holder = a.id)
         OR prepayment <> (SELECT coalesce(sum(credit) - sum(debit), 0) FROM journal_lines
           WHERE account = 'prepayment' AND holder = a.id)
       UNION ALL
       SELECT entry_id FROM journal_lines GROUP BY entry_id HAVING sum(debit) <> sum(credit)`,
    )
    expect(wrong, `the books after ${call}`).toEqual([])
  }

  /** Closed, ended, cancelled, lifted, void: the row stays as it is to the letter. Only a reopening opens again. */
  private expectClosedStaysClosed(call: string): void {
    const closed = new Map<string, string>()
    const ends: Readonly<Record<string, string>> = {
      workorders: `state = 'closed'`,
      complaints: `state = 'closed'`,
      hazards: `state IN ('closed', 'withdrawn')`,
      interruptions: `state IN ('resumed', 'cancelled') AND unfinished = 0`,
      dunnings: `state IN ('resumed', 'settled', 'cancelled')`,
      account_processes: `state IN ('done', 'cancelled')`,
      applications: `state IN ('ignited', 'cancelled')`,
      contracts: `state = 'void'`,
      supply_holds: 'lifted_at IS NOT NULL',
      inspection_visits: 'voided_at IS NOT NULL',
    }
    for (const [table, ended] of Object.entries(ends))
      for (const row of this.rows<{ id: string }>(`SELECT * FROM ${table} WHERE ${ended}`)) {
        // Whom a cancellation was told is written down after it, and says so by the time of the last word alone.
        const still = table === 'interruptions' ? { ...row, updated_at: null } : row
        closed.set(`${table} ${row.id}`, JSON.stringify(still))
      }
    for (const [key, row] of this.#closed) {
      const opened = /^(workorders|complaints) /.test(key) && call.endsWith('.reopen')
      if (!opened || closed.has(key)) expect(closed.get(key), `${key} after ${call}`).toBe(row)
    }
    this.#closed = closed
  }
}
