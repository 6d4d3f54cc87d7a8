/**
 * Runs a declared process: an action passes its gate or is refused with every obstacle at once; a step is written with time
 * and person, moves the record, and is told to the audit log, the customer's file and the windows.
 */
import type { z } from 'zod'
import type { Context } from './context.ts'
import type { CallDefinition, OutputOf } from './contract.ts'
import { statement } from './database.ts'
import type { DomainError } from './errors.ts'
import { newId } from './ids.ts'
import { noteField, type Action, type Obstacle } from './process.ts'
import type { Dictionary } from './dictionary.ts'
import { useCase } from './use-case.ts'

/** What the runner needs of a declaration. */
interface Runnable<State extends string, Act extends string, Kind extends string, Facts, Code extends string> {
  readonly name: string
  readonly room: string
  readonly noun: string
  readonly idField: string
  readonly states: Dictionary<State>
  readonly actions: Dictionary<Act>
  readonly steps: Dictionary<Kind>
  readonly action: (action: Act) => Action<State, Facts>
  readonly obstaclesTo: (action: Act, facts: Facts) => Obstacle<Code>[]
  readonly reached: (action: Act, from: State, back?: boolean) => State
}

/** A record that walks a process. */
export interface Walker<State extends string> {
  readonly id: string
  readonly state: State
  readonly round: number
  /** Epoch ms. */
  readonly updatedAt: number
}

/** What a step does besides its declaration. */
export interface StepDone<Row, State extends string, Kind extends string, More = unknown> {
  readonly kind: Kind
  readonly state: State
  readonly passed?: boolean | null | undefined
  readonly note?: string | undefined
  /** Columns of the record this step fills. */
  readonly fills?: Partial<Row> | undefined
  /** Columns of the step that only this process has. */
  readonly more?: More | undefined
}

/** How the call to a customer went; `unreachable` ends it after the tries that the followups room counts. */
export type CallbackOutcome = 'satisfied' | 'dissatisfied' | 'unreached' | 'unreachable'

/** The columns every step has, as `stepColumns` declares them. */
export interface StepValues<State extends string, Kind extends string> {
  readonly id: string
  readonly no: number
  readonly round: number
  readonly kind: Kind
  readonly state: State
  readonly passed: number | null
  readonly note: string
  readonly at: number
  readonly actorId: string
  readonly actorName: string
}

/** What a room does itself. */
interface RoomSide<
  Row,
  State extends string,
  Act extends string,
  Kind extends string,
  Facts,
  Code extends string,
  More,
> {
  /** @throws the room's NotFound */
  readonly find: (context: Context, id: string) => Row
  readonly facts: (context: Context, row: Row) => Facts
  readonly errors: Readonly<Record<Code, new (message: string, more: { details: unknown }) => DomainError>>
  /** Table of the steps, and its column that names the record. */
  readonly history: { readonly table: string; readonly owner: string }
  readonly insert: (context: Context, row: Row, values: StepValues<State, Kind>, more: More | undefined) => void
  /** Writes where the record is now: `next`, or only what this step changed of it. */
  readonly update: (context: Context, next: Row, before: Row, changes: Partial<Row>) => void
  /** A line in the customer's file, where one is due; `title` says the state reached. */
  readonly tell: (context: Context, row: Row, step: StepDone<Row, State, Kind, More>, title: string) => void
  /** Whether a title leaves the state out where a step did not change it. */
  readonly titleOfMoves?: true
  /** The number people know the record by, for the audit row: `{ orderNo }`. */
  readonly number: (row: Row) => Readonly<Record<string, string>>
  /** What the audit row calls that which was written down; null where it must not say it. */
  readonly noteAudited: 'note' | 'reason' | null
  /** Reasons against an action that only the calls of other rooms look at, for the page. */
  readonly alsoAgainst?: (context: Context, action: Act) => string | null
}

export function runner<
  Row extends Walker<State>,
  State extends string,
  Act extends Kind,
  Kind extends string,
  Facts,
  Code extends string,
  More = undefined,
>(process: Runnable<State, Act, Kind, Facts, Code>, room: RoomSide<Row, State, Act, Kind, Facts, Code, More>) {
  type Done = StepDone<Row, State, Kind, More>
  const obstacles = (context: Context, row: Row, action: Act) => process.obstaclesTo(action, room.facts(context, row))

  /** Writes the record of a step, and the line in the customer's file. */
  function append(context: Context, row: Row, step: Done): void {
    const { sqlite, clock, actor } = context
    const { table, owner } = room.history
    const last = statement<{ no: number | null }>(sqlite, `SELECT max(no) AS no FROM ${table} WHERE ${owner} = ?`).get(
      row.id,
    )
    const { kind, state, passed = null, note = '', more } = step
    const values: StepValues<State, Kind> = {
      id: newId(clock),
      no: (last?.no ?? 0) + 1,
      round: row.round,
      kind,
      state,
      passed: passed === null ? null : Number(passed),
      note,
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    }
    room.insert(context, row, values, more)
  }

  function tell(context: Context, row: Row, step: Done, from: State | null): void {
    const reached = room.titleOfMoves && step.state === from ? '' : `：${process.states.names[step.state]}`
    room.tell(context, row, step, `${process.noun}${process.steps.names[step.kind]}${reached}`)
  }

  /** Writes one step: its record, where the record is now, the customer's timeline and the audit row. @returns the state reached */
  function record(context: Context, row: Row, step: Done): { state: State } {
    append(context, row, step)
    const changes = { ...step.fills, state: step.state, updatedAt: context.clock.now() } as Partial<Row>
    const next: Row = { ...row, ...changes }
    room.update(context, next, row, changes)
    tell(context, next, step, row.state)
    const { kind, state, note = '' } = step
    const detail = { ...room.number(row), step: kind, state, ...(room.noteAudited ? { [room.noteAudited]: note } : {}) }
    context.audit({ subject: `${process.name}:${row.id}`, detail })
    context.emit({ event: 'changed', data: { room: process.room } })
    return { state }
  }

  /** The record, when the action may be done to it. @throws NotFound · one error for the first of all obstacles, with all in its words */
  function pass(context: Context, action: Act, id: string): Row {
    const row = room.find(context, id)
    const found = obstacles(context, row, action)
    const [first] = found
    if (first) throw new room.errors[first.code](found.map(({ text }) => text).join('；'), { details: found })
    return row
  }

  return {
    pass,
    record,
    append,
    /**
     * 回访: what follows from a call that the followups room has recorded. Not satisfied leads back, not reached it waits on.
     * @param fills what is written beside it, once the customer was reached or given up
     */
    callBack(
      context: Context,
      action: Act,
      id: string,
      { result, note }: { readonly result: CallbackOutcome; readonly note: string },
      fills: (row: Row, result: Exclude<CallbackOutcome, 'unreached'>) => Partial<Row>,
    ): { state: State } {
      const row = pass(context, action, id)
      if (result === 'unreached') return record(context, row, { kind: action, state: row.state, note })
      const dissatisfied = result === 'dissatisfied'
      return record(context, row, {
        kind: action,
        state: process.reached(action, row.state, dissatisfied),
        passed: result === 'unreachable' ? null : !dissatisfied,
        note,
        fills: fills(row, result),
      })
    },
    /** The first step of a record: nothing moves yet. */
    begin(context: Context, row: Row, step: Done): void {
      append(context, row, step)
      tell(context, row, step, null)
    },
    /** What stands in the way of each action for the operator now; an action that is possible has none. */
    obstacles(context: Context, row: Row): Record<Act, string[]> {
      const facts = room.facts(context, row)
      return Object.fromEntries(
        process.actions.values.map((action) => {
          const texts = process.obstaclesTo(action, facts).map(({ text }) => text)
          const also = texts.length === 0 ? (room.alsoAgainst?.(context, action) ?? null) : null
          return [action, also === null ? texts : [also]]
        }),
      ) as Record<Act, string[]>
    },
    /**
     * The use case of an action: gate, whatever the room does, step. What `work` answers goes before the declaration;
     * `back: true` takes the way of a finding against the work.
     */
    step<Input extends z.ZodType, A extends Act>(
      definition: CallDefinition<string, Input, z.ZodObject<{ state: z.ZodType<State, State> }>>,
      action: A,
      work: (
        row: Row,
        input: z.output<Input>,
        context: Context,
      ) => Partial<Done> & { readonly back?: boolean } = () => ({}),
    ) {
      return useCase(definition, (input, context) => {
        const fields = input as unknown as Readonly<Record<string, string>>
        const row = pass(context, action, fields[process.idField] ?? '')
        const { back, ...done } = work(row, input as z.output<Input>, context)
        const state = process.reached(action, row.state, back)
        const note = fields[noteField(process.action(action).note)] ?? ''
        // The definition's output is `{ state }` by its constraint; the compiler does not resolve it while it is generic.
        return record(context, row, { kind: action, state, note, ...done }) as unknown as OutputOf<typeof definition>
      })
    },
  }
}
