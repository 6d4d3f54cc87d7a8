/** How an import is told on the screen. */
import { importStateNames, type Brought, type ImportView } from '../../src-main/imports/api.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'

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

const counts: readonly (readonly [keyof Brought, string, string])[] = [
  ['customers', '新建客户', '位'],
  ['joined', '归入已有客户', '户'],
  ['accounts', '户号与用气点', '户'],
  ['meters', '表具', '块'],
  ['readings', '期初抄表', '条'],
  ['bills', '欠费账单', '张'],
  ['staff', '员工', '人'],
  ['certificates', '上岗证', '本'],
  ['care', '特殊客户', '位'],
  ['events', '档案记录', '条'],
]

/** What came into the books, a line each; nothing is said of what did not. */
export const broughtLines = (brought: Brought): { label: string; text: string }[] => [
  ...counts.flatMap(([key, label, unit]) => (brought[key] > 0 ? [{ label, text: `${brought[key]} ${unit}` }] : [])),
  ...(brought.prepayment > 0 ? [{ label: '期初预存', text: `${formatYuan(fen(brought.prepayment))} 元` }] : []),
  ...(brought.arrears > 0 ? [{ label: '期初欠费', text: `${formatYuan(fen(brought.arrears))} 元` }] : []),
]
