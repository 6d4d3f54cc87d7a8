/** What a hall knows by name: ids, numbers, words of its tables and of its answers, for inputs made from schemas. */
import { statement, type Sqlite } from '../../../src-main/platform/database.ts'
import { tablesOf } from '../written.ts'
import type { TestHall } from '../hall.ts'
import type { Dice, Known } from './generate.ts'

/** Fields that name a row of a table otherwise than by the table's own name. */
const idFields: Readonly<Record<string, string>> = {
  ...{ orderId: 'workorders', processId: 'account_processes', careId: 'interruption_care', drawId: 'followup_draws' },
  ...{ sampleId: 'followup_samples', taskId: 'inspection_tasks', roundId: 'inspection_rounds', visitId: 'inspection_visits' },
  ...{ testerId: 'staff', workerId: 'staff', inspectorId: 'staff', staffId: 'staff', actorId: 'staff' },
  ...{ leaderId: 'workorder_leaders', defectId: 'drill_defects', entryId: 'register_entries', findingId: 'register_findings', buildingId: 'interruption_buildings' },
  ...{ photoId: 'attachments', pricePlanId: 'price_plans', replacesId: 'report_submissions', submissionId: 'report_submissions' },
  ...{ chargeId: 'fee_charges', itemId: 'fee_items' },
  ...{ resultId: 'report_results', printingId: 'printings', examId: 'exams', pictureId: 'pictures' },
  'emergency.planId': 'emergency_plans',
  'tariffs.planId': 'price_plans',
  'emergency.versionId': 'emergency_plan_versions',
  'publicity.versionId': 'board_versions',
  'tariffs.versionId': 'price_versions',
  'fees.versionId': 'fee_versions',
  templateId: 'contract_templates',
} // prettier-ignore

/** Fields that are answered under another name. */
const aliases: Readonly<Record<string, string>> = {
  'reports.report': 'reports.id',
  'cashier.code': 'accountNo',
  'customers.text': 'accountNo',
  'cashier.receiptNo': 'receiptNo',
}

const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** Somebody's number in full: never taken from the tables, so that one in an answer was put there by the program. */
const personal = /phone|idNumber|id_number/i
export const phones = ['19900000001', '19912345678', '0990-6881234']
const idNumbers = ['990000194001010013']
/** Mobile numbers and IDs as the demo hall has them: what was shown in full is not asked for again. */
export const numbers = /(?<!\d)1990\d{7}(?!\d)|(?<!\d)99\d{4}(?:19|20)\d{9}[\dX](?!\d)/
/** Of how many rows the newest are taken, and how many of the rest. */
const newest = 6
const kept = 40

export class Pool implements Known {
  readonly dice: Dice
  readonly #hall: TestHall
  readonly #tables: string[]
  readonly #columns = new Map<string, string[]>()
  #cached = new Map<string, readonly unknown[]>()
  #ids: string[] = []
  readonly #answered = new Map<string, unknown[]>()
  /** What the next calls are about. */
  readonly #focus = new Map<string, unknown>()

  /** Values that stand in no table: files, passwords. */
  readonly #given: Readonly<Record<string, readonly unknown[]>>

  constructor(hall: TestHall, dice: Dice, given: Readonly<Record<string, readonly unknown[]>> = {}) {
    this.#given = given
    this.dice = dice
    this.#hall = hall
    this.#tables = tablesOf(hall)
    for (const table of this.#tables)
      this.#columns.set(table, this.list(`SELECT name FROM pragma_table_info('${table}')`))
  }

  private get sqlite(): Sqlite {
    return this.#hall.hall.environment.sqlite
  }
  /** Newest first, as far as a table tells. */
  private newestFirst(table: string): string {
    const ordered = this.#columns.get(table)?.includes('id') ? 'id' : this.#columns.get(table)?.[0]
    return `ORDER BY "${ordered}" DESC`
  }
  private list<T>(sql: string, ...values: unknown[]): T[] {
    return statement(this.sqlite, sql)
      .pluck()
      .all(...values) as T[]
  }
  now(): number {
    return this.#hall.clock.now()
  }

  /** After a change: the tables are looked at again. */
  changed(): void {
    this.#cached = new Map()
  }
  /** From now on calls are about something else. */
  refocus(): void {
    this.#focus.clear()
  }

  named(field: string, room: string): readonly unknown[] {
    // Numbers to ring in an emergency are there to be read by everybody.
    if (/phone/i.test(field)) return room === 'emergency' ? ['0990-6881234'] : phones
    if (personal.test(field)) return idNumbers
    const key = `${room}.${field}`
    const found = this.#cached.get(key) ?? this.look(field, room)
    this.#cached.set(key, found)
    if (found.length === 0 || !field.endsWith('Id')) return found
    const focus = this.#focus.get(key)
    if (focus !== undefined && found.includes(focus) && this.dice.chance(70)) return [focus]
    const chosen = this.dice.any(found)
    this.#focus.set(key, chosen)
    return [chosen]
  }

  private look(field: string, room: string): readonly unknown[] {
    const given = this.#given[`${room}.${field}`] ?? this.#given[field]
    if (given) return given
    const alias = aliases[`${room}.${field}`] ?? field
    const answered = [...(this.#answered.get(`${room}.${field}`) ?? []), ...(this.#answered.get(alias) ?? [])]
    return [...this.rowsOf(field, room), ...answered].filter(
      (value) => value !== null && value !== '' && !(typeof value === 'string' && numbers.test(value)),
    )
  }

  private rowsOf(field: string, room: string): unknown[] {
    const table = idFields[`${room}.${field}`] ?? idFields[field] ?? this.tableCalled(field)
    const column = snake(field)
    const from = this.#tables.filter(
      (one) => this.#columns.get(one)?.includes(column) && !/audit|outbox|requests|sessions/.test(one),
    )
    const sources = table ? [[table, 'id'] as const] : from.map((one) => [one, column] as const)
    return sources.flatMap(([one, name]) => this.some(one, name))
  }
  private tableCalled(field: string): string | undefined {
    if (!field.endsWith('Id')) return undefined
    const stem = snake(field.slice(0, -2))
    return [`${stem}s`, stem.replace(/y$/, 'ies'), stem].find((name) => this.#columns.get(name)?.includes('id'))
  }
  /** The newest of a table and some of the others. */
  private some(table: string, column: string): unknown[] {
    const order = this.newestFirst(table)
    const top = this.list<unknown>(`SELECT "${column}" FROM "${table}" ${order} LIMIT ${newest}`)
    const count = this.list<number>(`SELECT count(*) FROM "${table}"`)[0] ?? 0
    if (count <= newest) return top
    const others = [0, 1].map(() => this.dice.between(0, count - 1))
    return [
      ...top,
      ...others.flatMap((n) => this.list<unknown>(`SELECT "${column}" FROM "${table}" ${order} LIMIT 1 OFFSET ?`, n)),
    ]
  }

  anyId(): string {
    if (this.#ids.length === 0 || this.dice.chance(1)) {
      this.#ids = this.#tables
        .filter((table) => this.#columns.get(table)?.includes('id'))
        .flatMap((table) => this.list<unknown>(`SELECT id FROM "${table}" ORDER BY id DESC LIMIT 3`))
        .filter((id): id is string => typeof id === 'string' && id.length === 36)
    }
    return this.dice.any(this.#ids) ?? this.dice.uuid()
  }

  /** Keeps what an answer holds under its names. */
  harvest(call: string, answer: unknown): void {
    this.walk(call.slice(0, call.indexOf('.')), answer, 0)
  }
  private walk(room: string, value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || depth > 6) return
    if (Array.isArray(value)) return value.slice(0, 5).forEach((one) => this.walk(room, one, depth + 1))
    for (const [key, one] of Object.entries(value)) {
      if (typeof one === 'string' || typeof one === 'number') this.keep(room, key, one)
      else this.walk(room, one, depth + 1)
    }
  }
  private keep(room: string, key: string, value: string | number): void {
    if (personal.test(key) || (typeof value === 'string' && (value.length > 80 || numbers.test(value)))) return
    const name = key === 'id' || key === 'key' || key === 'next' ? `${room}.${key === 'next' ? 'after' : key}` : key
    const known = this.#answered.get(name) ?? []
    if (known.includes(value)) return
    known.push(value)
    if (known.length > kept) known.splice(this.dice.between(0, kept - 1), 1)
    this.#answered.set(name, known)
  }
}
