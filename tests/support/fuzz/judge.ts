/** What must hold of every call whatever was asked: judged by the hall itself, the answer and what was written. */
import { roles, type CallReply, type CallRequest } from '../../../src-main/platform/contract.ts'
import type { AnyUseCase } from '../../../src-main/platform/use-case.ts'
import { isUseCase } from '../../../src-main/platform/use-case.ts'
import { rooms } from '../../../src-main/rooms.ts'
import type { TestHall } from '../hall.ts'
import { tablesOf } from '../written.ts'
import { numbers } from './pool.ts'
import { statement } from '../../../src-main/platform/database.ts'

export type Definition = AnyUseCase['definition']
export const definitions: readonly Definition[] = rooms
  .flatMap((room) => Object.values(room))
  .filter(isUseCase)
  .map(({ definition }) => definition)
  .sort((a, b) => (a.name < b.name ? -1 : 1))
export const byName = new Map(definitions.map((definition) => [definition.name, definition]))

/** A promise of the house that was broken; the message says by which call. */
export class Broken extends Error {}

/** Rooms of which every call got behind parsing and role check: told here, as the rooms are handed to the hall. */
export function watchedRooms(entered: (call: string) => void): readonly Record<string, unknown>[] {
  return rooms.map((room) =>
    Object.fromEntries(
      Object.entries(room).map(([key, value]) => {
        if (!isUseCase(value)) return [key, value]
        const { definition, within } = value
        return [
          key,
          { definition, within: (input: never, context: never) => (entered(definition.name), within(input, context)) },
        ]
      }),
    ),
  )
}

/** Whoever was seen is no effect of a call; rows of the audit log are looked at one by one. */
const noEffect = ['sessions', 'audit_log']
/** Rows that a look leaves behind on purpose. */
const looked = /^customers\.(?:foundByNumber|searchRefused)$/
const everyNumber = new RegExp(numbers, 'g')

/** The numbers to ring in an emergency are there to be read; a file that is looked at is the administrator's own. */
const openly = /^(?:emergency\.|imports\.inspect$)/

interface Look {
  readonly writes: number
  readonly audit: number
}

const around = (text: string, part: string): string =>
  text.slice(Math.max(0, text.indexOf(part) - 90), text.indexOf(part) + 40)

export class Judge {
  readonly #hall: TestHall
  constructor(hall: TestHall) {
    this.#hall = hall
    this.attach()
  }
  private get sqlite() {
    return this.#hall.hall.environment.sqlite
  }

  /** Counts every row that is written and stays: a temporary table goes back with the transaction. After each opening. */
  attach(): void {
    // Nobody pulls the plug here; the machine's faults are another test's.
    this.sqlite.pragma('synchronous = OFF')
    this.sqlite.exec('CREATE TEMP TABLE fuzz_writes (n INTEGER NOT NULL); INSERT INTO fuzz_writes VALUES (0)')
    for (const table of tablesOf(this.#hall).filter((name) => !noEffect.includes(name))) {
      for (const act of ['INSERT', 'UPDATE', 'DELETE'])
        this.sqlite.exec(
          `CREATE TEMP TRIGGER "fuzz_${act}_${table}" AFTER ${act} ON main."${table}"
           BEGIN UPDATE fuzz_writes SET n = n + 1; END`,
        )
    }
  }

  look(): Look {
    const writes = statement<number>(this.sqlite, 'SELECT n FROM temp.fuzz_writes').pluck().get() as number
    const audit = statement<number>(this.sqlite, 'SELECT coalesce(max(rowid), 0) AS last FROM audit_log')
      .pluck()
      .get() as number
    return { writes, audit }
  }

  /** @throws Broken */
  judge({ call, input }: CallRequest, reply: CallReply, before: Look): void {
    const definition = byName.get(call)
    const after = this.look()
    const traces = (
      statement(this.sqlite, 'SELECT call, detail FROM audit_log WHERE rowid > ?').all(before.audit) as {
        call: string
        detail: string
      }[]
    ).filter(({ call: of, detail }) => !looked.test(of) && !/^\{(?:"more":\d+,)?"refused":"/.test(detail))
    const wrote = after.writes !== before.writes || traces.length > 0
    if (!reply.ok) {
      this.refusal(call, reply.error)
      // What a long task had done before it stopped stays: each slice is a transaction of its own.
      if (wrote && definition?.kind !== 'task')
        throw new Broken(`${call} was refused (${reply.error.message}) and wrote`)
      return
    }
    if (definition?.kind === 'read' && definition.audited !== true && wrote)
      throw new Broken(`${call} only looks, and wrote`)
    if (definition?.audited !== true && !openly.test(call)) this.masked(call, input, reply.output)
  }

  private refusal(call: string, { code, message }: { code: string; message: string }): void {
    const fault = (what: string) => new Broken(`${call} ${what}: ${code} ${message.slice(0, 400)}`)
    if (['Internal', 'DatabaseCorrupt', 'DiskFull', 'DiskFault', 'DatabaseBusy', 'UnknownCall'].includes(code))
      throw fault('failed')
    if (!/\p{Script=Han}/u.test(message)) throw fault('was refused without a word of Chinese')
    if (/undefined|\bnull\b|NaN|\[object|SQLITE|Error:/.test(message) && code !== 'InvalidInput')
      throw fault('speaks of the program')
    if (message.length > 1_500) throw fault('says too much')
  }

  private masked(call: string, input: unknown, output: unknown): void {
    const found = (JSON.stringify(output) ?? '').match(everyNumber)
    if (!found) return
    const asked = JSON.stringify(input) ?? ''
    const told = found.filter((number) => !asked.includes(number))
    if (told.length > 0)
      throw new Broken(`${call} answered ${told[0]} in full: …${around(JSON.stringify(output), told[0] ?? '')}…`)
  }

  /** What must hold of the files at any time. @throws Broken */
  books(): void {
    const none: Readonly<Record<string, string>> = {
      'entries do not balance': `SELECT count(*) FROM (SELECT entry_id FROM journal_lines GROUP BY entry_id HAVING sum(debit) <> sum(credit))`,
      'accounts differ from the ledger': `SELECT count(*) FROM accounts a
         WHERE arrears <> (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines WHERE account = 'receivable' AND holder = a.id)
            OR prepayment <> (SELECT coalesce(sum(credit) - sum(debit), 0) FROM journal_lines WHERE account = 'prepayment' AND holder = a.id)
            OR arrears <> (SELECT coalesce(sum(amount - settled), 0) FROM bills WHERE account_id = a.id AND state <> 'cancelled')`,
      'charges differ from the ledger': `SELECT count(*) FROM accounts a
         WHERE (SELECT coalesce(sum(amount - paid), 0) FROM fee_charges WHERE account_id = a.id AND state <> 'withdrawn')
            <> (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines WHERE account = 'fee-receivable' AND holder = a.id)`,
      'receipts have a gap': `SELECT count(*) - count(DISTINCT receipt_no) FROM receipts`,
      'rows point at nothing': `SELECT count(*) FROM pragma_foreign_key_check`,
    }
    for (const [what, sql] of Object.entries(none)) {
      const count = this.sqlite.prepare(sql).pluck().get()
      if (count !== 0) throw new Broken(`${what} (${String(count)})`)
    }
  }
}

export const rolesOf = ({ allow }: Definition): readonly string[] => (typeof allow === 'string' ? roles : allow)
