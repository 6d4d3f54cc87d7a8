/** How a bill is told in lists: its state as a tag, its columns. */
import { billStateNames, type BillRow } from '../../src-main/billing/api.ts'
import { formatCubicMetres, formatYuan } from '../../src-main/platform/money.ts'
import type { Column } from '../components/page-list.ts'

export function stateOf({ state, overdueDays }: BillRow): { state: 'ok' | 'todo' | 'late' | 'plain'; text: string } {
  if (state === 'settled') return { state: 'ok', text: billStateNames.settled }
  if (state === 'cancelled') return { state: 'plain', text: billStateNames.cancelled }
  return overdueDays > 0
    ? { state: 'late', text: `逾期 ${overdueDays} 天` }
    : { state: 'todo', text: billStateNames.open }
}

export const billColumns: readonly Column<BillRow>[] = [
  { key: 'billNo', label: '账单号', text: (bill) => bill.billNo, kind: 'number', width: '154px', fixed: true },
  { key: 'accountNo', label: '户号', text: (bill) => bill.accountNo, kind: 'number', width: '152px' },
  { key: 'name', label: '客户', text: (bill) => bill.customerName },
  { key: 'period', label: '账期', text: (bill) => `${bill.periodFrom} 至 ${bill.periodTo}`, width: '190px' },
  {
    key: 'use',
    label: '用气 m³',
    text: (bill) => formatCubicMetres(bill.consumption),
    width: '84px',
    align: 'right',
    kind: 'litre',
    value: (bill) => bill.consumption,
  },
  {
    key: 'amount',
    label: '气费',
    text: (bill) => formatYuan(bill.amount),
    width: '96px',
    align: 'right',
    kind: 'money',
    value: (bill) => bill.amount,
  },
  {
    key: 'outstanding',
    label: '未缴',
    text: (bill) => formatYuan(bill.outstanding),
    width: '96px',
    align: 'right',
    kind: 'money',
    value: (bill) => bill.outstanding,
  },
  {
    key: 'lateFee',
    label: '违约金',
    text: (bill) => formatYuan(bill.lateFee),
    width: '84px',
    align: 'right',
    kind: 'money',
    value: (bill) => bill.lateFee,
  },
  { key: 'dueOn', label: '缴费期限', text: (bill) => bill.dueOn, width: '104px' },
  { key: 'state', label: '状态', text: (bill) => stateOf(bill).text, width: '112px' },
]
