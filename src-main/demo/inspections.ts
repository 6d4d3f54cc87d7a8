/**
 * Inspections behind an invented hall: certificates of some of its staff, the plan of the periods that run today spread by
 * the same rules as a real one, what was done in the weeks gone by, and a few hazards on their way.
 */
import {
  grades,
  inspectionItems,
  letsIn,
  outcomeNames,
  periodsOf,
  spread,
  weeksOf,
  type Outcome,
} from '../inspections/api.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { addDays, addMonths, earlier, shanghaiDate, startOfDay, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { staffByNo } from '../staff/service.ts'
import { Random } from './random.ts'
import { RowWriter } from './rows.ts'

/** Who inspects and who calls back: nobody does both, so that every hazard can be closed. */
const certificates = [
  { staffNo: '1001', kind: 'inspection', number: 'AJ-2025-017' },
  { staffNo: '2001', kind: 'inspection', number: 'AJ-2025-018' },
  { staffNo: '3001', kind: 'callback', number: 'HF-2025-003' },
] as const

interface Finding {
  readonly item: string
  readonly text: string
}
const findings: readonly [Finding, ...Finding[]] = [
  { item: 'hose', text: '灶具连接软管老化，接口处发硬开裂' },
  { item: 'ventilation', text: '厨房通风口被橱柜挡住' },
  { item: 'appliance', text: '灶具没有熄火保护装置' },
  { item: 'pipes', text: '立管上挂有杂物，管卡松动' },
]

interface Account {
  readonly id: string
  readonly customerId: string
  readonly servicePointId: string
  readonly name: string
  readonly community: string
  readonly building: string
}

interface Inspector {
  readonly id: string
  readonly name: string
}

interface Writing {
  readonly context: Context
  readonly rows: RowWriter
  readonly random: Random
  readonly today: BusinessDate
  readonly inspectors: readonly Inspector[]
  /** Hazards written so far. */
  readonly found: { hazards: number }
  /** Doors of an inspector on a day so far. */
  readonly arrivals: Map<string, number>
}

/** Writes it all. Must run inside a transaction, after the customers. */
export function seedInspections(context: Context, seed: number): void {
  const today = shanghaiDate(context.clock.now())
  const rows = new RowWriter(context.sqlite)
  const inspectors = certify(context, rows, today)
  const writing: Writing = {
    context,
    rows,
    random: new Random(seed + 17),
    today,
    inspectors,
    found: { hazards: 0 },
    arrivals: new Map(),
  }
  for (const resident of [true, false]) seedPeriod(writing, resident)
  // The plan of the year stands, so that the hall does not make it again by itself.
  rows.insert('inspection_runs', {
    id: newId(context.clock),
    year: Number(today.slice(0, 4)),
    state: 'finished',
    started_at: context.clock.now(),
    started_by: systemActor.id,
    finished_at: context.clock.now(),
    total: 0,
  })
}

function certify(context: Context, rows: RowWriter, today: BusinessDate): Inspector[] {
  return certificates.flatMap(({ staffNo, kind, number }) => {
    const member = staffByNo(context, staffNo)
    if (!member) return []
    rows.insert('certificates', {
      id: newId(context.clock),
      staff_id: member.id,
      kind,
      number,
      issued_on: addMonths(today, -14),
      valid_to: addMonths(today, 22),
      good_from: addMonths(today, -14),
      approver_id: staffByNo(context, staffNo === '3001' ? '9001' : '3001')?.id ?? null,
      added_at: context.clock.now(),
      added_by_id: systemActor.id,
      added_by: '演示数据',
    })
    return kind === 'inspection' ? [{ id: member.id, name: member.name }] : []
  })
}

function seedPeriod(writing: Writing, resident: boolean): void {
  const { context, today } = writing
  const year = Number(today.slice(0, 4))
  const often = { residentPerYear: 2, nonResidentPerQuarter: 1 }
  const period = periodsOf(year, resident, often).find(({ from, to }) => from <= today && today <= to)
  if (!period) return
  const buildings = new Map<string, Account[]>()
  const accounts = context.sqlite
    .prepare(
      `SELECT a.id, a.customer_id AS customerId, p.id AS servicePointId, c.name, p.community, p.building
       FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
       WHERE a.state = 'active' AND (c.category = 'resident') = ?
       ORDER BY p.community, length(p.building), p.building, p.unit, length(p.room), p.room, p.id`,
    )
    .all(Number(resident)) as Account[]
  for (const account of accounts) {
    const place = `${account.community}/${account.building}`
    buildings.set(place, [...(buildings.get(place) ?? []), account])
  }
  const groups = [...buildings.values()]
  const weeks = weeksOf(period, period.from)
  spread(
    groups.map(({ length }) => length),
    weeks.map(() => 0),
  ).forEach((week, i) => {
    const group = groups[i]
    const [first] = group ?? []
    const weekOn = weeks[week]
    if (!group || !first || !weekOn) return
    const inspector = writing.inspectors[i % writing.inspectors.length]
    const roundId = seedRound(writing, { ...first, weekOn, resident }, inspector)
    for (const account of group) {
      const task = { id: newId(context.clock), roundId, weekOn, resident, ...period, year }
      seedTask(writing, account, task)
      if (inspector && addDays(weekOn, 6) < today) seedVisit(writing, account, task, inspector)
    }
  })
}

function seedRound(
  { context, rows, today }: Writing,
  {
    weekOn,
    community,
    building,
    resident,
  }: Pick<Account, 'community' | 'building'> & {
    readonly weekOn: BusinessDate
    readonly resident: boolean
  },
  inspector: Inspector | undefined,
): string {
  const { clock, sqlite } = context
  const id = newId(clock)
  rows.insert('inspection_rounds', {
    id,
    round_no: nextNumber(context, 'inspection-round'),
    resident: Number(resident),
    week_on: weekOn,
    community,
    building,
    part: 0,
    created_at: clock.now(),
  })
  // What is due this week was given out last Friday; later weeks are not given to anybody yet.
  if (inspector && addDays(weekOn, 6) < today) {
    sqlite
      .prepare(
        'UPDATE inspection_rounds SET assignee_id = ?, assignee_name = ?, assigned_at = ?, assigned_by = ? WHERE id = ?',
      )
      .run(inspector.id, inspector.name, clock.now(), '演示数据', id)
  }
  return id
}

interface Task {
  readonly id: string
  readonly roundId: string
  readonly weekOn: BusinessDate
  readonly resident: boolean
  readonly year: number
  readonly slot: number
  readonly from: BusinessDate
  readonly to: BusinessDate
}

function seedTask({ context, rows }: Writing, account: Account, task: Task): void {
  rows.insert('inspection_tasks', {
    id: task.id,
    round_id: task.roundId,
    account_id: account.id,
    year: task.year,
    slot: task.slot,
    resident: Number(task.resident),
    period_from: task.from,
    period_to: task.to,
    visit_on: task.weekOn,
    state: 'planned',
    absences: 0,
    updated_at: context.clock.now(),
  })
}

/** Of a hundred visits most are good; whoever was not at home or refused is still to be visited. */
function outcomeOf(random: Random): Outcome {
  const roll = random.between(1, 100)
  if (roll <= 88) return 'passed'
  return roll <= 91 ? 'hazard' : roll <= 98 ? 'absent' : 'refused'
}

function seedVisit(writing: Writing, account: Account, task: Task, inspector: Inspector): void {
  const { context, random, today } = writing
  const outcome = outcomeOf(random)
  const letIn = letsIn(outcome)
  const first = earlier(addDays(task.weekOn, random.between(0, 4)), task.to)
  const finding = outcome === 'hazard' ? random.pick(findings) : null
  const { visitId, at } = writeVisit(writing, account, task, inspector, {
    outcome,
    visitedOn: first,
    before: 0,
    finding,
  })
  const next = addDays(today, random.between(1, 7))
  let absences = outcome === 'absent' ? 1 : 0
  for (const wanted = absences * random.between(1, 3); absences < wanted; absences += 1) {
    const visitedOn = addDays(first, 7 * absences)
    if (visitedOn >= today || visitedOn > task.to) break
    writeVisit(writing, account, task, inspector, { outcome, visitedOn, before: absences, finding })
  }
  context.sqlite
    .prepare('UPDATE inspection_tasks SET state = ?, done_on = ?, absences = ?, visit_on = ? WHERE id = ?')
    .run(
      outcome === 'absent' ? 'planned' : outcome,
      letIn ? first : null,
      absences,
      letIn ? task.weekOn : next,
      task.id,
    )
  if (finding) {
    seedHazard(writing, account, { visitId, visitedOn: first, resident: task.resident, inspector, at }, finding)
  }
}

interface Seen {
  readonly outcome: Outcome
  readonly visitedOn: BusinessDate
  /** Absences before this visit. */
  readonly before: number
  readonly finding: (typeof findings)[number] | null
}

/** From door to door in a building. */
const arrivalMs = 8 * 60_000
const nextOf = (counted: Map<string, number>, key: string): number => {
  const n = counted.get(key) ?? 0
  counted.set(key, n + 1)
  // A day has so many minutes, however large the hall.
  return n % 60
}

function writeVisit(
  { context, rows, arrivals }: Writing,
  account: Account,
  task: Task,
  inspector: Inspector,
  { outcome, visitedOn, before, finding }: Seen,
): { visitId: string; at: number } {
  const visitId = newId(context.clock)
  const at = startOfDay(visitedOn) + 9 * 3_600_000 + nextOf(arrivals, `${inspector.id}/${visitedOn}`) * arrivalMs
  const letIn = letsIn(outcome)
  rows.insert('inspection_visits', {
    id: visitId,
    visit_no: nextNumber(context, 'inspection'),
    task_id: task.id,
    account_id: account.id,
    visited_on: visitedOn,
    arrived_at: at,
    outcome,
    inspector_id: inspector.id,
    inspector_name: inspector.name,
    signatory: letIn ? account.name : '',
    note: outcome === 'refused' ? '称家中无人做主，改日再说' : '',
    checks: JSON.stringify(
      letIn
        ? inspectionItems(task.resident).map(({ item }) => ({
            item,
            answer: item === finding?.item ? 'bad' : 'good',
            note: '',
          }))
        : [],
    ),
    round_id: task.roundId,
    state_before: 'planned',
    absences_before: before,
    visit_on_before: task.weekOn,
    entered_at: at,
    entered_by: inspector.name,
  })
  rows.insert('customer_events', {
    id: newId({ now: () => at }),
    customer_id: account.customerId,
    account_id: account.id,
    at,
    actor_name: inspector.name,
    kind: 'inspection',
    title: `安检：${outcomeNames[outcome]}`,
    detail: `${visitedOn} ${inspector.name}`,
    subject: `inspection:${visitId}`,
  })
  return { visitId, at }
}

function seedHazard(
  { context, rows, random, found }: Writing,
  account: Account,
  visit: {
    readonly visitId: string
    readonly visitedOn: BusinessDate
    readonly resident: boolean
    readonly inspector: Inspector
    readonly at: number
  },
  { item, text }: Finding,
): void {
  const { clock } = context
  const noticeId = newId(clock)
  const hazardId = newId(clock)
  const delivered = random.chance(80)
  rows.insert('rectification_notices', {
    id: noticeId,
    notice_no: nextNumber(context, 'rectification'),
    visit_id: visit.visitId,
    issued_on: visit.visitedOn,
    delivered_on: delivered ? visit.visitedOn : null,
    delivered_by: delivered ? visit.inspector.name : null,
    received_by: delivered ? account.name : null,
    receipt: delivered ? 'signed' : null,
  })
  const deadline = addDays(visit.visitedOn, 15)
  rows.insert('hazards', {
    id: hazardId,
    hazard_no: nextNumber(context, 'hazard'),
    visit_id: visit.visitId,
    notice_id: noticeId,
    account_id: account.id,
    service_point_id: account.servicePointId,
    resident: Number(visit.resident),
    item,
    grade: grades[0],
    text,
    mender: 'customer',
    deadline,
    first_deadline: deadline,
    state: 'open',
    round: 1,
    found_on: visit.visitedOn,
    finder_id: visit.inspector.id,
    finder_name: visit.inspector.name,
    measures: '',
    reported_to: '',
    updated_at: visit.at,
  })
  const step = (no: number, kind: string, state: string, more: Record<string, string | number>) =>
    rows.insert('hazard_steps', {
      id: newId(clock),
      hazard_id: hazardId,
      no,
      round: 1,
      kind,
      state,
      passed: null,
      note: text,
      worker_id: visit.inspector.id,
      worker_name: visit.inspector.name,
      done_on: visit.visitedOn,
      at: visit.at,
      actor_id: visit.inspector.id,
      actor_name: visit.inspector.name,
      ...more,
    })
  step(1, 'find', 'open', {})
  // Two in three were mended in time and re-inspected; they wait for their callback.
  const open = found.hazards++ % 3 === 0
  const again = addDays(visit.visitedOn, random.between(3, 14))
  if (again >= shanghaiDate(clock.now()) || open) return
  const passedAt = startOfDay(again) + 36_000_000
  step(2, 'reinspect', 'passed', {
    passed: 1,
    note: '合格：已整改',
    done_on: again,
    at: passedAt,
  })
  context.sqlite
    .prepare(`UPDATE hazards SET state = 'passed', passed_on = ?, passed_at = ?, mended_on = ? WHERE id = ?`)
    .run(again, passedAt, again, hazardId)
}
