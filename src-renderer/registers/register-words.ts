/** How registers and their entries are shown. */
import { entryStateNames, type EntryRow, type RegisterKind } from '../../src-main/registers/api.ts'

type Tag = { readonly state: 'ok' | 'todo' | 'late' | 'plain'; readonly text: string }

export function entryTag({ state, overdue, openFindings }: Pick<EntryRow, 'state' | 'overdue' | 'openFindings'>): Tag {
  if (state === 'open') {
    return overdue
      ? { state: 'late', text: '整改逾期' }
      : { state: 'todo', text: `${openFindings} 个问题${entryStateNames.open}` }
  }
  if (state === 'void') return { state: 'plain', text: entryStateNames.void }
  return { state: state === 'closed' ? 'ok' : 'todo', text: entryStateNames[state] }
}

const everyNames = { day: '每天', month: '每月', quarter: '每季度', 'half-year': '每半年', year: '每年' } as const
const spanNames = { day: '今天', month: '本月', quarter: '本季度', 'half-year': '本半年', year: '今年' } as const
/** How often at least; '' where it is written as things happen. */
export const everyOf = ({ every }: RegisterKind): string => (every === undefined ? '发生时' : everyNames[every])

/** What a register waits for. */
export function waitingTag(kind: RegisterKind, waits: 'due' | 'late' | null): Tag | null {
  if (waits === null || kind.every === undefined) return null
  const span = spanNames[kind.every]
  return waits === 'late'
    ? { state: 'late', text: `上一期没有，${span}也没有` }
    : { state: 'todo', text: `${span}还没有` }
}
