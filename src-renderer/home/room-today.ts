/**
 * What a room tells the page of the day. A room takes part by a file `src-renderer/<room>/today.ts` that exports
 * `today: TodaySource` or a list of them; nothing has to be registered.
 */
import type { Role } from '../../src-main/platform/contract.ts'
import type { Api } from '../api.ts'
import { showCount } from '../shell/show.ts'
import { askedOnce } from './asked-once.ts'

/** A number beside the list: how much there is, and a page that shows more. */
export interface Fact {
  readonly label: string
  /** Large: a number or two words. */
  readonly value: string
  /** Small, below it. */
  readonly note?: string
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly to: string
}

/** One thing to do now. */
export interface Todo {
  /** What it is, in the trade's words: '工单待派：漏气'. */
  readonly title: string
  /** Where, who, how many; may be ''. */
  readonly note: string
  /** When its time runs out, epoch ms; null where nothing runs. */
  readonly dueAt: number | null
  /** Late whatever the clock says: a hazard without anybody, a backup that failed. */
  readonly late?: boolean
  /** Gas is escaping or somebody may come to harm: before everything else, whatever is late. */
  readonly danger?: boolean
  /** The page where it is done. */
  readonly to: string
  /** Takes it off the list for good, where that is a thing one may do; resolves when it is gone or was left. */
  readonly drop?: () => Promise<void>
}

/** Asks through the `api` it is given: what another source asked already is not asked again. */
export interface TodaySource {
  readonly roles: readonly Role[]
  readonly facts?: (api: Api) => Promise<readonly Fact[]>
  readonly todos?: (api: Api) => Promise<readonly Todo[]>
}

/** Many of one kind are one thing to do: the list that holds them. An empty pile says nothing. */
export const pile = (count: number, unit: string, title: string, note: string, to: string, late = false): Todo[] =>
  count === 0 ? [] : [{ title: `${title} ${showCount(count)} ${unit}`, note, dueAt: null, late, to }]

/** Things to do that fit the page; the rest is shown when asked for. */
export const maxTodos = 13

/** Danger first, then what is late, then by the time that is left, then what has none. */
export function inOrder(todos: readonly Todo[], now: number): Todo[] {
  const rank = ({ danger, late, dueAt }: Todo) =>
    danger ? 0 : late || (dueAt !== null && dueAt < now) ? 1 : dueAt === null ? 3 : 2
  return todos.toSorted((a, b) => rank(a) - rank(b) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || 0)
}

export interface Today {
  readonly facts: readonly Fact[]
  readonly todos: readonly Todo[]
}

/** Asks the rooms of these roles. A room that does not answer leaves its own out, not the whole page. */
export async function askToday(sources: readonly TodaySource[], roles: readonly Role[], api: Api): Promise<Today> {
  const asked = sources.filter((source) => source.roles.some((role) => roles.includes(role)))
  const once = askedOnce(api)
  const all = async <T>(ask: (source: TodaySource) => Promise<readonly T[]> | undefined): Promise<T[]> => {
    const answers = await Promise.allSettled(asked.map(async (source) => (await ask(source)) ?? []))
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  }
  const [facts, todos] = await Promise.all([all(({ facts }) => facts?.(once)), all(({ todos }) => todos?.(once))])
  return { facts, todos }
}
