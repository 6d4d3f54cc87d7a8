/** What the frame says of complaints whose time runs out, and when it is heard. Instants are epoch ms. */
import type { Pressing } from '../../src-main/complaints/api.ts'
import { showNumbers, showSpan } from '../shell/show.ts'

export interface Notice {
  readonly state: 'todo' | 'late'
  readonly text: string
  readonly title: string
  /** How many are late. */
  readonly late: number
}

const isLate = ({ replyBy }: Pressing, now: number): boolean => replyBy < now

/** Those that are late first, else the time the next one has left; null when nothing presses. */
export function noticeOf(rows: readonly Pressing[], now: number): Notice | null {
  const [next] = rows
  if (!next) return null
  const late = rows.filter((row) => isLate(row, now)).length
  const title = rows
    .map((row) =>
      showNumbers(
        `${row.complaintNo} ${isLate(row, now) ? '回复逾期' : '剩'} ${showSpan(Math.abs(row.replyBy - now))}`,
      ),
    )
    .join('\n')
  return late > 0
    ? { state: 'late', text: `投诉逾期 ${late} 件`, title, late }
    : { state: 'todo', text: `投诉剩 ${showSpan(next.replyBy - now)}`, title, late }
}

/** What each operator has been told of on this PC since the program started: a complaint is heard as it joins, and again as it is late. */
const heard = new Map<string, Set<string>>()

/** Whether something is among them that this operator has not heard of yet; from then on it counts as heard. */
export function newlyPressing(actorId: string, rows: readonly Pressing[], now: number): boolean {
  const known = heard.get(actorId) ?? new Set<string>()
  heard.set(actorId, known)
  const before = known.size
  for (const row of rows) known.add(`${row.id}/${row.replyBy}/${isLate(row, now) ? 'late' : 'soon'}`)
  return known.size > before
}
