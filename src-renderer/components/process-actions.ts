/** The buttons of a process, as its declaration has them: who may do what from a state, by which key, and whether it leads on. */
import type { Allow, Role } from '../../src-main/platform/contract.ts'
import type { Dictionary } from '../../src-main/platform/dictionary.ts'
import { noteField, type Note } from '../../src-main/platform/process.ts'
import type { Combo } from '../shell/keys.ts'

interface Shown<State extends string, Act extends string> {
  readonly actions: Dictionary<Act>
  readonly keys: Readonly<Record<Act, Combo>>
  readonly action: (action: Act) => { readonly roles?: readonly Role[]; readonly note?: Note }
  readonly label: (action: Act, state: State) => string
  readonly startsIn: (action: Act, state: State) => boolean
  readonly leadsOn: (action: Act, state: State) => boolean
}

export interface Offered<Act extends string> {
  readonly action: Act
  readonly keys: Combo
  readonly label: string
  /** Leads the record on; the others do not bring it nearer to its end. */
  readonly main: boolean
}

const includes = (allow: Allow, roles: readonly Role[]): boolean =>
  typeof allow === 'string' || allow.some((role) => roles.includes(role))

/**
 * The actions of a state for somebody with these roles; whether something stands in their way the backend says.
 * @param elsewhere who may do what is a call of another room
 */
export const offeredBy = <State extends string, Act extends string>(
  process: Shown<State, Act>,
  state: State,
  roles: readonly Role[],
  elsewhere: Allow,
): Offered<Act>[] =>
  process.actions.values
    .filter((action) => process.startsIn(action, state) && includes(process.action(action).roles ?? elsewhere, roles))
    .map((action) => ({
      action,
      keys: process.keys[action],
      label: process.label(action, state),
      main: process.leadsOn(action, state),
    }))

/** The free text in the dialog of an action. */
export function noteOf<Act extends string>(process: Pick<Shown<never, Act>, 'action'>, action: Act) {
  const { note } = process.action(action)
  return { label: note?.label ?? '', field: noteField(note), max: note?.max ?? 0, long: note?.long ?? false }
}
