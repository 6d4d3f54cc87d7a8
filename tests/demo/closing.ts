/** 日结: count with five yuan missing, reconcile WeChat with one difference, print, lock, and try to get in again. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fen, formatYuan, type Fen } from '../../src-main/platform/money.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import type { CashDay } from './cashdesk.ts'
import type { Desk } from './desk.ts'

export interface Closed {
  readonly date: string
  readonly dayCloseNo: string
  readonly depositSlipNo: string
  readonly deposit: Fen
  readonly overShort: Fen
  readonly pdfs: readonly string[]
  readonly refusal: string
}

/** What is missing from the drawer, and why. */
const shortage = fen(500)
const reason = '找零时多找了一张 5 元'
const manager = { staffNo: '3001', password: 'Demo-3001' }

/** Fen that lie in the drawer by the books. */
export function drawer(desk: Desk): Fen {
  const [row] = desk.app.query<{ amount: Fen }>(
    `SELECT sum(debit - credit) AS amount FROM journal_lines WHERE account = 'cash-drawer'`,
  )
  return row?.amount ?? fen(0)
}

/** Notes and coins from large to small, the way a cashier stacks them. */
export function stacks(amount: Fen): Map<number, number> {
  const faces = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1]
  const pieces = new Map<number, number>()
  let rest: number = amount
  for (const face of faces) {
    pieces.set(face, Math.floor(rest / face))
    rest %= face
  }
  return pieces
}

/** The merchant statement as WeChat exports it: our payment, and one we know nothing of. */
function weChatStatement(desk: Desk, day: CashDay, file: string): Fen {
  const stranger = fen(5_000)
  const [row] = desk.app.query<{ at: number }>(`SELECT max(at) AS at FROM payments`)
  const at = `${formatInstant(row?.at ?? 0)}:00`
  const line = (reference: string, amount: Fen) =>
    [
      at,
      'wx0example',
      '1900000001',
      '0',
      '',
      reference,
      `H${reference.slice(-10)}`,
      'openid',
      'NATIVE',
      'SUCCESS',
      'OTHERS',
      'CNY',
      formatYuan(amount),
      '0.00',
    ]
      .map((field) => `\`${field}`)
      .join(',')
  const head =
    '﻿交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额'
  const rows = [line(day.wechat.reference, day.wechat.amount), line('4200999900001111222233', stranger)]
  const total = fen(day.wechat.amount + stranger)
  writeFileSync(file, [head, ...rows, '总交易单数,应结订单总金额', `\`2,\`${formatYuan(total)}`].join('\r\n') + '\r\n')
  return stranger
}

async function countShort(desk: Desk): Promise<void> {
  const counted = fen(drawer(desk) - shortage)
  await desk.page.getByText('其他券别').click()
  for (const [face, pieces] of stacks(counted)) {
    if (pieces > 0) await desk.page.locator(`input[data-face="${face}"]`).fill(String(pieces))
  }
  await desk.act('Ctrl+Shift+S', '保存清点')
  await desk.see('说明短款 5.00 元')
  await desk.shot('清点短款五元')
  await desk.fill('reason', reason)
  await desk.act('Ctrl+Y', '请主任批准')
  await desk.approve(manager.staffNo, manager.password)
  await desk.see(reason)
  desk.tell(`清点 ${formatYuan(counted)} 元，短款 5.00 元，主任批准：${reason}`)
}

async function reconcile(desk: Desk, day: CashDay, folder: string): Promise<void> {
  const file = join(folder, '微信对账单.csv')
  const stranger = weChatStatement(desk, day, file)
  await desk.page.getByRole('button', { name: /渠道对账/ }).click()
  await desk.page.locator('input[data-statement="wechat"]').setInputFiles(file)
  await desk.page.locator('[data-difference="theirs-only"]').waitFor()
  await desk.shot('微信对账一笔差异')
  const row = desk.page.locator('[data-difference="theirs-only"]')
  await row.getByPlaceholder('说明').fill('付款人未留户号，挂账待查')
  await row.getByRole('button', { name: '处理' }).click()
  await desk.see('不明款项，挂账待查')
  await desk.shot('差异已处理')
  desk.tell(`微信对账：对上 1 笔，差异 1 笔 ${formatYuan(stranger)} 元（对方有、我方无）已挂账`)
}

export async function closeDay(desk: Desk, day: CashDay, folder: string): Promise<Closed> {
  await desk.go('/day-close')
  await desk.see('账面应有')
  await desk.shot('日结应有')
  await desk.act('Ctrl+Shift+J', '停止收款')
  await desk.act('Ctrl+Enter', '确认停止收款')
  await desk.see('已停班')
  await desk.act('Ctrl+Down', '下一步')
  await desk.see('按券别清点')
  await countShort(desk)
  await reconcile(desk, day, folder)
  await desk.page.getByRole('button', { name: /单据与锁定/ }).click()
  await desk.act('F12', '日结锁定')
  await desk.act('Ctrl+Enter', '确认日结锁定')
  const report = await desk.keepPaper('日结单')
  await desk.act('Ctrl+Shift+P', '缴款单')
  const slip = await desk.keepPaper('缴款单')
  await desk.shot('已日结')
  const [closed] = desk.app.query<Omit<Closed, 'pdfs' | 'refusal'>>(
    `SELECT d.date, d.number AS dayCloseNo, d.over_short AS overShort, s.number AS depositSlipNo, s.amount AS deposit
     FROM day_closes d JOIN deposit_slips s ON s.date = d.date WHERE d.state = 'closed'`,
  )
  if (!closed) throw new Error('the day is not closed')
  desk.tell(
    `日结单 ${closed.dayCloseNo}，缴款单 ${closed.depositSlipNo}，缴款 ${formatYuan(closed.deposit)} 元，已锁定`,
  )
  return { ...closed, pdfs: [report, slip], refusal: await tryAgain(desk) }
}

/** A shift on the locked day is refused, in words. */
async function tryAgain(desk: Desk): Promise<string> {
  const entries = () => desk.app.query<{ n: number }>('SELECT count(*) AS n FROM journal_entries')[0]?.n
  const before = entries()
  await desk.go('/shift')
  await desk.see('清点备用金')
  const button = desk.page.locator('button:disabled', { hasText: '开班' }).filter({ visible: true }).first()
  await button.waitFor()
  await desk.page.keyboard.press('F12')
  await desk.shot('日结后不能再入账')
  const text = (await button.getAttribute('title')) ?? ''
  if (text !== '今天已日结') throw new Error(`开班 on a locked day: ${text}`)
  if (entries() !== before) throw new Error('the closed day took an entry')
  desk.tell(`再开班被拒绝：${text}`)
  return text
}
