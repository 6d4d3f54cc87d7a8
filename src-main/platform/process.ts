/**
 * 流程: a process of the trade, declared once. States, and actions with where they start and lead, who may do them, their key,
 * what they ask for and what may stand in their way. From it follow the calls, the buttons, the words of the audit log and of
 * the customer's timeline, and the trigger that lets a state move only along its table. Pure; `process-run.ts` runs it.
 */
import { z } from 'zod'
import { call, Id, remark, RequestId, shortText, type CallDefinition } from './contract.ts'
import { words, type Dictionary } from './dictionary.ts'
import type { Role } from './roles.ts'
import { lentRefusal, ownAct, type ActingFacts } from './two-persons.ts'

/** One reason against an action, in words that say what to do about it. */
export interface Obstacle<Code extends string = string> {
  readonly code: Code
  readonly text: string
}

/** Looks at the facts before an action; null when nothing stands in the way. `label` is the action's. */
export type Guard<Facts, Code extends string = string> = (
  facts: Facts,
  on: { readonly action: string; readonly label: string },
) => Obstacle<Code> | null

/** A guard of one condition. */
export const guard =
  <Facts, const Code extends string>(
    code: Code,
    stands: (facts: Facts) => boolean,
    text: string | ((facts: Facts, label: string) => string),
  ): Guard<Facts, Code> =>
  (facts, { label }) =>
    stands(facts) ? { code, text: typeof text === 'string' ? text : text(facts, label) } : null

/**
 * Who had a part in something never judges it, nor does a session with a password they gave. `done` says what they did:
 * 本人**做过这张工单**.
 */
export const byOthers =
  <Facts extends ActingFacts, const Code extends string>(
    code: Code,
    people: (facts: Facts) => Iterable<string | null>,
    done: string,
    clauses: string,
  ): Guard<Facts, Code> =>
  (facts, { label }) => {
    const own = ownAct({ id: facts.actorId, lentBy: facts.lentBy }, people(facts))
    if (own === null) return null
    const must = `${label}须由他人办理（${clauses}）`
    return { code, text: own === 'own' ? `本人${done}，${must}` : lentRefusal(`${done}的人`, must) }
  }

/** The free text of an action. Call, limit and message follow from it, and the field of the dialog. */
export interface Note {
  /** Before the field. */
  readonly label: string
  /** In messages, where that is another word than the label. */
  readonly named?: string
  /** Characters. */
  readonly max: number
  /** May not be left empty. */
  readonly required?: true
  /** What the call names it. */
  readonly field?: 'reason'
  /** Several lines in the dialog. */
  readonly long?: true
}

export interface Action<State extends string, Facts> {
  readonly label: string
  /** In the audit log. */
  readonly audit?: string
  /** The name of its call, where that is another one. */
  readonly call?: string
  readonly from: readonly State[]
  /** `same` where the record stays in its state. */
  readonly to: State | 'same'
  /** Where a finding against the work, or what was learned on the way, leads instead. */
  readonly back?: State
  /** What that way is called on the chart, where it is not that the work did not pass: '回访（不满意）'. */
  readonly backLabel?: string
  /** Who may do it. Left out where the call belongs to another room, as a callback does. */
  readonly roles?: readonly Role[]
  /** The key of its button; those that may stand side by side differ. */
  readonly key: string
  /** False for what does not bring the record nearer to its end. Where left out: whatever changes the state does. */
  readonly leads?: boolean
  /** Done once more in these states, under this label, it leads nowhere either. */
  readonly again?: { readonly in: readonly State[]; readonly label: string }
  readonly note?: Note
  /** What it asks for besides. */
  readonly input?: z.ZodRawShape
  readonly guards?: readonly Guard<Facts>[]
}

interface Declaration<States extends Readonly<Record<string, string>>, Actions, Facts> {
  /** In the audit log's subject: `complaint:<id>`. */
  readonly name: string
  readonly room: string
  /** What people call it: '投诉'. */
  readonly noun: string
  /** What the calls name it by. */
  readonly idField: string
  readonly states: States
  /** Where nothing remains to be done; the boards and their indexes leave these out. */
  readonly ends: readonly (keyof States & string)[]
  readonly actions: Actions
  /** Steps on record that are no actions, such as the intake, with their words. */
  readonly otherSteps: Readonly<Record<string, string>>
  /** Looked at before every action, first. */
  readonly always?: readonly Guard<Facts>[]
}

type StateOf<D extends { states: object }> = keyof D['states'] & string
type ActionOf<D extends { actions: object }> = keyof D['actions'] & string
type GuardCode<G> = G extends readonly Guard<never, infer Code>[] ? Code : never
type CodesOf<D extends { actions: object }> =
  | 'WrongStep'
  | { [A in ActionOf<D>]: D['actions'][A] extends { guards: infer G } ? GuardCode<G> : never }[ActionOf<D>]
  | (D extends { always: infer G } ? GuardCode<G> : never)

type NoteField<N> = N extends { readonly field: infer F extends string } ? F : 'note'
type NoteShape<A> = A extends { readonly note: infer N }
  ? { [F in NoteField<N>]: N extends { readonly required: true } ? z.ZodString : z.ZodDefault<z.ZodString> }
  : unknown
type InputShape<A> = A extends { readonly input: infer I } ? { -readonly [K in keyof I]: I[K] } : unknown
type CallName<A, Name extends string> = A extends { readonly call: infer C extends string } ? C : Name
type Flat<T> = { [K in keyof T]: T[K] }

/** The call of an action: request id, the record, what it asks for and its note; it answers the state reached, and `More`. */
export type StepCall<
  Name extends string,
  IdField extends string,
  A,
  State extends string,
  More extends z.ZodRawShape = Record<never, never>,
> = CallDefinition<
  Name,
  z.ZodObject<
    Flat<{ requestId: typeof RequestId } & { [F in IdField]: typeof Id } & InputShape<A> & NoteShape<A>>,
    z.core.$strict
  >,
  z.ZodObject<{ state: z.ZodEnum<{ [S in State]: S }> } & More>
>

/** What the call of an action names its note. */
export const noteField = (note: Note | undefined): string => note?.field ?? 'note'

function noteShape(note: Note | undefined): z.ZodRawShape {
  if (!note) return {}
  const name = note.named ?? note.label
  return { [noteField(note)]: note.required ? shortText(name, note.max) : remark(name, note.max).default('') }
}

/** Declares a process over the facts its guards look at: `declareProcess<Facts>()({ … })`. */
export const declareProcess =
  <Facts extends { readonly state: string }>() =>
  <
    const States extends Readonly<Record<string, string>>,
    const Actions extends Readonly<Record<string, Action<keyof States & string, Facts>>>,
    const Rest extends Omit<Declaration<States, Actions, Facts>, 'states' | 'actions'>,
  >(
    declaration: Rest & { readonly states: States; readonly actions: Actions },
  ) => {
    type D = { readonly states: States; readonly actions: Actions } & Rest
    type State = StateOf<D>
    type Act = ActionOf<D>
    type Code = CodesOf<D>
    const all = declaration.actions as Readonly<Record<string, Action<State, Facts>>>
    const of = (action: Act): Action<State, Facts> => {
      const found = all[action]
      if (!found) throw new Error(`${declaration.noun} has no action ${action}`)
      return found
    }
    const labels = mapped(all, ({ label }) => label) as Readonly<Record<Act, string>>
    const states: Dictionary<State> = words(declaration.states)
    const actions: Dictionary<Act> = words(labels)
    const startsIn = (action: Act, state: State) => of(action).from.includes(state)
    const isAgain = (action: Act, state: State) => of(action).again?.in.includes(state) ?? false

    /** Whether an action brings the record nearer to its end. */
    const leadsOn = (action: Act, state: State): boolean =>
      startsIn(action, state) && (of(action).leads ?? of(action).to !== 'same') && !isAgain(action, state)

    /** What moves the record on from a state, in words: '回复'. */
    const nextSteps = (state: State): string =>
      actions.values
        .filter((action) => leadsOn(action, state) && of(action).to !== 'same')
        .map((action) => labels[action])
        .join('、')

    /** Everything that stands in the way of an action, so that one look mends it all. */
    function obstaclesTo(action: Act, facts: Facts): Obstacle<Code>[] {
      const state = facts.state as State
      const label = labels[action]
      if (!startsIn(action, state)) {
        const next = nextSteps(state)
        const then = next === '' ? '' : `，下一步是${next}`
        const text = `${declaration.noun}现在是“${states.names[state]}”，不能办理${label}${then}`
        return [{ code: 'WrongStep' as Code, text }]
      }
      const guards = [...(declaration.always ?? []), ...(of(action).guards ?? [])]
      return guards.flatMap((look) => (look(facts, { action, label }) ?? []) as Obstacle<Code> | [])
    }

    /** The state an action leads to; `back` for a finding against the work. */
    function reached(action: Act, from: State, back = false): State {
      const { to, back: other } = of(action)
      if (back) return other ?? from
      return to === 'same' ? from : to
    }

    const nameOf = (action: Act): `${string}.${string}` => `${declaration.room}.${of(action).call ?? action}`

    /** The call of an action. @param answers besides the state reached @throws where the call belongs to another room */
    function callOf<A extends Act, More extends z.ZodRawShape = Record<never, never>>(
      action: A,
      answers?: More,
    ): StepCall<`${Rest['room']}.${CallName<Actions[A], A>}`, Rest['idField'], Actions[A], State, More> {
      const { roles, input, note } = of(action)
      if (!roles) throw new Error(`${declaration.room}.${action} is a call of another room`)
      const shape = { requestId: RequestId, [declaration.idField]: Id, ...input, ...noteShape(note) }
      return call({
        name: nameOf(action),
        kind: 'change',
        allow: roles,
        input: z.strictObject(shape),
        output: z.object({ state: states.schema(), ...answers }),
      }) as never
    }

    return {
      ...declaration,
      call: callOf,
      states,
      actions,
      /** Every kind of step on record, in words. */
      steps: words({ ...declaration.otherSteps, ...labels }) as Dictionary<Act | (keyof Rest['otherSteps'] & string)>,
      /** Where each action may start, and where it leads. */
      transitions: mapped(all, ({ from, to }) => ({ from, to })) as Readonly<
        Record<Act, { readonly from: readonly State[]; readonly to: State | 'same' }>
      >,
      keys: mapped(all, ({ key }) => key) as { readonly [A in Act]: Actions[A]['key'] },
      action: of,
      label: (action: Act, state: State): string =>
        isAgain(action, state) ? (of(action).again?.label ?? labels[action]) : labels[action],
      startsIn,
      leadsOn,
      nextSteps,
      obstaclesTo,
      reached,
      /** Every change of state that the table knows, as 'from>to': the trigger below the services lets no other pass. */
      ways: [...new Set(actions.values.flatMap((action) => waysOf(of(action))))].sort(),
      /** What the audit log calls each action of this room's own calls, by the name of the call. */
      auditWords: Object.fromEntries(
        actions.values
          .filter((action) => of(action).audit !== undefined)
          .map((action) => [nameOf(action), of(action).audit ?? '']),
      ) as Readonly<Record<string, string>>,
    }
  }

const mapped = <T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]))

const waysOf = <State extends string>({ from, to, back }: Action<State, never>): string[] =>
  from.flatMap((start) =>
    [to, back].filter((end) => end !== undefined && end !== 'same' && end !== start).map((end) => `${start}>${end}`),
  )

/** The same of a plain table of transitions, where a room's process is not declared here. */
export const waysIn = <State extends string>(
  table: Readonly<
    Record<string, { readonly from: State | readonly State[]; readonly to: State | 'same' | ((from: State) => State) }>
  >,
): string[] => {
  const moves = Object.values(table).flatMap(({ from, to }) =>
    [from].flat().map((start) => [start, typeof to === 'function' ? to(start as State) : to] as const),
  )
  return [...new Set(moves.filter(([from, to]) => to !== 'same' && to !== from).map((move) => move.join('>')))].sort()
}
