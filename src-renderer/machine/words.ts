/** How a doubt about this PC is told: what was found, and what a person has to decide. */
import { formatInstant } from '../../src-main/platform/dates.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import type { Break, State, WitnessedDay } from '../../src-main/machine/api.ts'
import { formatYuan, fen } from '../../src-main/platform/money.ts'

export type MachineState = OutputOf<typeof State>
type Clock = NonNullable<MachineState['clock']>
type Loss = NonNullable<MachineState['loss']>

export function clockWords({ direction, lastAt, now }: Clock): string {
  const compared = direction === 'behind' ? '早于' : '远晚于'
  return `电脑时间是 ${formatInstant(now)}，${compared}上一笔业务的 ${formatInstant(lastAt)}。请先在系统设置里校准时间，校准后即可登录。`
}

/** @param at when the damage was met or found (epoch ms) */
export const damageWords = (at: number): string =>
  `${formatInstant(at)} 发现数据文件有损坏的页，读到它的业务不能办理，也可能登录不了。请停止办理，由管理员从最近一份备份恢复。`

/** What is missing, line by line. */
export function lossWords(loss: Loss): string[] {
  const from = loss.auditAt === null ? '开业' : formatInstant(loss.auditAt)
  const to = loss.markAt === null ? '' : ` 到 ${formatInstant(loss.markAt)}`
  const count = loss.missing === null ? '' : `，共 ${loss.missing} 条操作`
  const numbers = loss.numbers.map(
    ({ label, first, last }) => `${label}第 ${first}${last > first ? `–${last}` : ''} 号`,
  )
  return [
    `${loss.reason}：缺 ${from}${to}${count}。`,
    numbers.length === 0
      ? '这段时间没有发出编号。'
      : `这段时间发出过的编号不会再用：${numbers.join('，')}。请凭已交客户的单据补录。`,
    loss.backupAt === null ? '没有核对过的备份。' : `最近一份核对过的备份：${formatInstant(loss.backupAt)}。`,
    loss.atHeadquarters === null
      ? '总部情况：尚未问到。'
      : loss.atHeadquarters === 0
        ? '缺失前没有上报过总部。'
        : `缺失前总部已收到第 ${loss.atHeadquarters} 条为止的上报，联网后会自动列出总部所知的各日情况。`,
  ]
}

export const breakKinds: Readonly<Record<Break['kind'], string>> = {
  restored: '恢复备份',
  lost: '数据缺失',
  forked: '另起上报',
  resent: '重新上报',
}

/** '收据号 9–16，账单号 3' of what was left out. */
export const numbersWords = (numbers: Break['numbers']): string =>
  numbers.map(({ label, first, last }) => `${label} ${first}${last > first ? `–${last}` : ''}`).join('，')

export const dayWords = ({ date, closed, receipts, taken }: WitnessedDay): string =>
  `${date}（${closed ? '已日结' : '未日结'}）收据 ${receipts.count} 张${
    receipts.count > 0 ? `（${receipts.first} 至 ${receipts.last}）` : ''
  }，收款 ${formatYuan(fen(taken))} 元`
