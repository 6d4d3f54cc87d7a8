/** How registers and their entries are shown. */
import type { OutputOf } from '../../src-main/platform/contract.ts'
import {
  entryStateNames,
  kindOf,
  type EntryRow,
  type RegisterKind,
  type Registers,
} from '../../src-main/registers/api.ts'

type Tag = { readonly state: 'ok' | 'todo' | 'late' | 'plain'; readonly text: string }

export function entryTag({
  state,
  overdue,
  openFindings,
  incomplete,
}: Pick<EntryRow, 'state' | 'overdue' | 'openFindings' | 'incomplete'>): Tag {
  if (state === 'open') {
    return overdue
      ? { state: 'late', text: '整改逾期' }
      : { state: 'todo', text: `${openFindings} 个问题${entryStateNames.open}` }
  }
  if (state === 'void') return { state: 'plain', text: entryStateNames.void }
  if (incomplete) return { state: 'todo', text: '资料不全' }
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

/** How a register stands, the worst first. One that the regulation wants kept at intervals and nobody has begun says so. */
export function standingTag(row: OutputOf<typeof Registers>[number]): Tag | null {
  const { kind, waits, overdue, open, toReview, lastOn } = row
  const declared = kindOf(kind)
  if (overdue > 0) return { state: 'late', text: `${overdue} 条整改逾期` }
  const waiting = waitingTag(declared, waits)
  if (waiting) return waiting
  if (open > 0) return { state: 'todo', text: `${open} 条待整改` }
  if (toReview > 0) return { state: 'todo', text: `${toReview} 条待复核` }
  return lastOn === null && declared.every !== undefined ? { state: 'todo', text: '还没有开始记' } : null
}
