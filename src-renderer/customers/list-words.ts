/** Columns and words of the customer list. */
import {
  careKindNames,
  categoryNames,
  standingNames,
  type ListRow,
  type Standing,
} from '../../src-main/customers/api.ts'
import { moneyColumn, type Column } from '../components/page-list.ts'
import type { z } from 'zod'

export type CustomerListRow = z.output<typeof ListRow>

/** How a state is judged on screens: what flows is well, what waits or is cut off wants somebody. */
export function stateOf(standing: Standing): 'ok' | 'todo' | 'late' | 'plain' {
  switch (standing) {
    case 'supplied':
      return 'ok'
    case 'applying':
    case 'not-ignited':
      return 'todo'
    case 'suspended':
      return 'late'
    case 'deactivated':
    case 'dismantled':
    case 'transferred':
    case 'closed':
      return 'plain'
  }
}

export const careWords = (row: Pick<CustomerListRow, 'specialCare'>): string =>
  row.specialCare?.kinds.map((kind) => careKindNames[kind]).join('、') ?? ''

export const listColumns: readonly Column<CustomerListRow>[] = [
  { key: 'accountNo', label: '户号', text: (row) => row.accountNo ?? '', kind: 'number', width: '152px', fixed: true },
  { key: 'name', label: '客户', text: (row) => row.name, width: '132px', fixed: true },
  { key: 'category', label: '类别', text: (row) => categoryNames[row.category], width: '60px' },
  { key: 'standing', label: '状态', text: (row) => standingNames[row.standing], width: '92px' },
  { key: 'address', label: '用气地址', text: (row) => row.address, kind: 'address' },
  { key: 'meterNo', label: '表号', text: (row) => row.meterNo ?? '', width: '116px' },
  { key: 'phoneTail', label: '手机尾号', text: (row) => row.phoneTail, width: '80px', align: 'center' },
  { key: 'care', label: '特殊客户', text: careWords, width: '112px' },
  moneyColumn('arrears', '欠费（元）', (row) => row.arrears, { width: '96px' }),
  moneyColumn('prepayment', '预存（元）', (row) => row.prepayment, { width: '96px' }),
]
