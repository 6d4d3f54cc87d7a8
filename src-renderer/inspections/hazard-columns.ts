/** The columns of a list of hazards. */
import { gradeNames, hazardStateNames, menderNames, type HazardRow } from '../../src-main/inspections/api.ts'
import { daysBetween, type BusinessDate } from '../../src-main/platform/dates.ts'
import type { Column } from '../components/page-list.ts'
import { daysLeft, isUnmended } from './show.ts'

/** What is left of a hazard's time, or how it was mended. */
export function hazardLeft(row: HazardRow, today: BusinessDate) {
  if (isUnmended(row)) return daysLeft(daysBetween(today, row.deadline))
  // Nobody had to mend it: its household never had it.
  if (row.state === 'withdrawn') return { state: 'plain' as const, text: '不须整改' }
  return row.passedOn !== null && row.passedOn <= row.deadline
    ? { state: 'ok' as const, text: '按期整改' }
    : { state: 'plain' as const, text: '逾期整改' }
}

export const hazardColumns = (today: BusinessDate): readonly Column<HazardRow>[] => [
  { key: 'no', label: '隐患编号', text: ({ hazardNo }) => hazardNo, width: '176px', fixed: true },
  { key: 'grade', label: '等级', text: ({ grade }) => gradeNames[grade], width: '88px', fixed: true },
  { key: 'left', label: '期限', text: (row) => hazardLeft(row, today).text, width: '128px', fixed: true },
  { key: 'state', label: '进度', text: ({ state }) => hazardStateNames[state], width: '96px', fixed: true },
  { key: 'text', label: '隐患', text: ({ text }) => text, width: '208px', fixed: true },
  { key: 'address', label: '地址', text: ({ address }) => address, kind: 'address' },
  { key: 'name', label: '客户', text: ({ customerName }) => customerName, width: '96px' },
  { key: 'mender', label: '整改', text: ({ mender }) => menderNames[mender], width: '72px' },
  { key: 'found', label: '发现', text: ({ foundOn }) => foundOn, width: '104px' },
  { key: 'delivered', label: '通知书', text: ({ delivered }) => (delivered ? '已送达' : '未送达'), width: '84px' },
]
