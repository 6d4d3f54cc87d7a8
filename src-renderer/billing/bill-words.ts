/** How a bill is told in lists: its state as a tag, its columns. */
import { billStateNames, volumeWords, type BillRow } from '../../src-main/billing/api.ts'
import { litreColumn, moneyColumn, type Column } from '../components/page-list.ts'

export function stateOf({ state, overdueDays }: BillRow): { state: 'ok' | 'todo' | 'late' | 'plain'; text: string } {
  if (state === 'settled') return { state: 'ok', text: billStateNames.settled }
  if (state === 'cancelled') return { state: 'plain', text: billStateNames.cancelled }
  return overdueDays > 0
    ? { state: 'late', text: `逾期 ${overdueDays} 天` }
    : { state: 'todo', text: billStateNames.open }
}

export const billColumns: readonly Column<BillRow>[] = [
  { key: 'billNo', label: '账单号', text: (bill) => bill.billNo, kind: 'number', width: '166px', fixed: true },
  { key: 'accountNo', label: '户号', text: (bill) => bill.accountNo, kind: 'number', width: '148px' },
  { key: 'name', label: '客户', text: (bill) => bill.customerName, width: '128px' },
  { key: 'period', label: '账期', text: (bill) => `${bill.periodFrom} 至 ${bill.periodTo}`, width: '200px' },
  litreColumn('use', '用气 m³', (bill) => bill.consumption, {
    text: (bill) => volumeWords(bill.consumption),
    width: '80px',
  }),
  moneyColumn('amount', '气费', (bill) => bill.amount, { width: '96px' }),
  moneyColumn('outstanding', '未缴', (bill) => bill.outstanding, { width: '96px' }),
  moneyColumn('lateFee', '违约金', (bill) => bill.lateFee, { width: '84px' }),
  { key: 'dueOn', label: '缴费期限', text: (bill) => bill.dueOn, width: '108px' },
  { key: 'state', label: '状态', text: (bill) => stateOf(bill).text, width: '120px' },
]
