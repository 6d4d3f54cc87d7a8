/**
 * What a room tells the page of the day. A room takes part by a file `src-renderer/<room>/today.ts` that exports
 * `today: TodaySource` or a list of them; nothing has to be registered.
 */
import type { Role } from '../../src-main/platform/contract.ts'

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
  /** The page where it is done. */
  readonly to: string
  /** Takes it off the list for good, where that is a thing one may do; resolves when it is gone or was left. */
  readonly drop?: () => Promise<void>
}

export interface TodaySource {
  readonly roles: readonly Role[]
  readonly facts?: () => Promise<readonly Fact[]>
  readonly todos?: () => Promise<readonly Todo[]>
}

/** Things to do that fit the page; the rest is shown when asked for. */
export const maxTodos = 13

/** Late first, then by the time that is left, then what has none. */
export function inOrder(todos: readonly Todo[], now: number): Todo[] {
  const rank = ({ late, dueAt }: Todo) => (late || (dueAt !== null && dueAt < now) ? 0 : dueAt === null ? 2 : 1)
  return todos.toSorted((a, b) => rank(a) - rank(b) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || 0)
}

const found = import.meta.glob<TodaySource | readonly TodaySource[]>('../*/today.ts', { eager: true, import: 'today' })

const sources: readonly TodaySource[] = Object.values(found)
  .flat()
  .filter((source): source is TodaySource => source !== undefined)

/** Asks the rooms of these roles. A room that does not answer leaves its own out, not the whole page. */
async function ask<T>(
  roles: readonly Role[],
  what: (source: TodaySource) => (() => Promise<readonly T[]>) | undefined,
): Promise<T[]> {
  const asked = sources.filter((source) => source.roles.some((role) => roles.includes(role)))
  const answers = await Promise.allSettled(asked.map((source) => what(source)?.() ?? Promise.resolve([])))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

export const factsFor = (roles: readonly Role[]): Promise<Fact[]> => ask(roles, ({ facts }) => facts)
export const todosFor = (roles: readonly Role[]): Promise<Todo[]> => ask(roles, ({ todos }) => todos)
