/** What a careful person would ask before money is taken, asked once with the amounts. */
import { ElMessageBox } from 'element-plus'

/** @returns whether it is to be taken; at once where there is nothing to doubt */
export async function askDoubts(doubts: readonly string[]): Promise<boolean> {
  if (doubts.length === 0) return true
  return ElMessageBox.confirm(`${doubts.join('；')}。确认无误再收款。`, '请核对', {
    type: 'warning',
    confirmButtonText: '无误，收款（Enter）',
    cancelButtonText: '返回修改（Esc）',
    closeOnClickModal: false,
  }).then(
    () => true,
    () => false,
  )
}
