/**
 * 流程图: what hangs on the wall is made from the very table the program goes by (clauses 6(2), 10b, 14(1), 14(2)). A flow is the
 * states in the order of the table, and every move from one to another. Pure.
 */
import { roleNames, type Role } from '../platform/roles.ts'

/** A step; where it ends in the state it began in, it is done there and moves nothing. */
export interface Move {
  readonly label: string
  /** In words; '' where the table does not name them. */
  readonly who: string
  readonly from: string
  readonly to: string
}
export interface Flow {
  readonly title: string
  /** Names of the states by their words, in order. */
  readonly states: Readonly<Record<string, string>>
  readonly moves: readonly Move[]
  /** Where nothing remains to be done; where left out, those that nothing leaves. */
  readonly ends?: readonly string[]
}

/** What a declared process says of itself. */
interface Declared {
  readonly ends: readonly string[]
  readonly states: { readonly names: Readonly<Record<string, string>> }
  readonly actions: { readonly values: readonly string[] }
  readonly action: (action: never) => {
    readonly label: string
    readonly from: readonly string[]
    readonly to: string
    readonly back?: string | undefined
    readonly backLabel?: string | undefined
    readonly roles?: readonly Role[] | undefined
  }
}

export const flowOf = (title: string, process: Declared): Flow => ({
  title,
  states: process.states.names,
  ends: process.ends,
  moves: process.actions.values.flatMap((action) => {
    const { label, from, to, back, backLabel = `${label}（未通过）`, roles = [] } = process.action(action as never)
    const who = roles.map((role) => roleNames[role]).join('、')
    return from.flatMap((start) => {
      const moves = [{ label, who, from: start, to: to === 'same' ? start : to }]
      return back === undefined || back === start ? moves : [...moves, { label: backLabel, who, from: start, to: back }]
    })
  }),
})

type Table = Readonly<
  Record<string, { readonly from: string | readonly string[]; readonly to: string | ((from: never) => string) }>
>
/** The same of a plain table of transitions. */
export const flowOfTable = (
  title: string,
  states: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  table: Table,
): Flow => ({
  title,
  states,
  moves: Object.entries(table).flatMap(([action, { from, to }]) =>
    [from].flat().flatMap((start) => {
      const end = typeof to === 'function' ? to(start as never) : to
      return [{ label: labels[action] ?? action, who: '', from: start, to: end === 'same' ? start : end }]
    }),
  ),
})

/** One row of the chart: a state, what is done in it, what leads straight down to the next, and what leads elsewhere. */
export interface FlowRow {
  readonly name: string
  /** Nothing remains to be done. */
  readonly end: boolean
  /** Done there without moving on. */
  readonly within: readonly string[]
  readonly down: readonly string[]
  readonly aside: readonly { readonly label: string; readonly to: string; readonly back: boolean }[]
}

const words = ({ label, who }: Move) => (who === '' ? label : `${label}（${who}）`)

/** States that no move reaches or leaves are not drawn. */
export function rowsOf({ states, moves, ends }: Flow): FlowRow[] {
  const real = moves.filter(({ from, to }) => from !== to)
  const drawn = Object.keys(states).filter((state) => real.some(({ from, to }) => from === state || to === state))
  return drawn.map((state, i) => {
    const own = real.filter(({ from }) => from === state)
    const end = ends?.includes(state) ?? own.length === 0
    // What may still happen after the end is not the next step.
    const isNext = ({ to }: Move) => !end && to === drawn[i + 1]
    const [next, aside] = [own.filter(isNext), own.filter((move) => !isNext(move))]
    const staying = moves.filter(({ from, to }) => from === state && to === state)
    return {
      name: states[state] ?? state,
      end,
      within: [...new Set(staying.map(({ label }) => label))],
      down: [...new Set(next.map(words))],
      aside: aside.map((move) => ({
        label: words(move),
        to: states[move.to] ?? move.to,
        back: drawn.indexOf(move.to) < i,
      })),
    }
  })
}
