/** How a drill's state is shown. */
import { drillStateNames, type DrillRow } from '../../src-main/emergency/api.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export function drillTag({ state, overdue, openDefects }: Pick<DrillRow, 'state' | 'overdue' | 'openDefects'>): {
  state: Tag
  text: string
} {
  if (state === 'planned') {
    return overdue ? { state: 'late', text: '逾期未演练' } : { state: 'todo', text: drillStateNames.planned }
  }
  if (state === 'held') {
    if (openDefects === 0) return { state: 'todo', text: '待办结' }
    return { state: overdue ? 'late' : 'todo', text: `${openDefects} 个问题${overdue ? '逾期' : '待整改'}` }
  }
  return { state: state === 'closed' ? 'ok' : 'plain', text: drillStateNames[state] }
}
