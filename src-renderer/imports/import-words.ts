/** How an import is told on the screen. */
import { importStateNames, type ImportView } from '../../src-main/imports/api.ts'

export interface Told {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly text: string
}

const working: readonly ImportView['state'][] = ['reading', 'checking', 'indexing']

/** Interrupted: a working state that nobody works on. */
export const isInterrupted = ({ state, live }: Pick<ImportView, 'state' | 'live'>): boolean =>
  !live && working.includes(state)

export function stateOf(view: ImportView): Told {
  if (isInterrupted(view)) return { state: 'late', text: view.state === 'indexing' ? '索引中断' : '中断，可继续' }
  const text = importStateNames[view.state]
  switch (view.state) {
    case 'checked':
      return view.bad > 0 ? { state: 'late', text: `${view.bad} 行有错误` } : { state: 'todo', text }
    case 'done':
      return { state: 'ok', text }
    case 'undone':
    case 'discarded':
      return { state: 'plain', text }
    default:
      return { state: 'todo', text }
  }
}
