/** The cashier's day up to the close: shift, a reading that crosses a tier, payments by every way, one mistake undone. */
import { fen, formatYuan, type Fen } from '../../src-main/platform/money.ts'
import type { Desk } from './desk.ts'

export interface Reader {
  readonly accountId: string
  readonly accountNo: string
  readonly name: string
  /** Litres. */
  readonly used: number
  readonly index: number
}

export interface Payment {
  readonly name: string
  readonly receiptNo: string
  readonly amount: Fen
  readonly pdf: string
}

export interface CashDay {
  readonly float: Fen
  readonly crossing: {
    readonly name: string
    readonly lines: readonly string[]
    readonly amount: Fen
    readonly pdf: string
  }
  readonly cash: Payment & { readonly change: Fen }
  readonly wechat: Payment & { readonly reference: string }
  readonly mixed: Payment & { readonly fromPrepayment: Fen }
  readonly reversed: Payment & { readonly voucher: string }
}

const manager = { staffNo: '3001', password: 'Demo-3001' }

export async function openShift(desk: Desk): Promise<Fen> {
  await desk.go('/shift')
  await desk.see('清点备用金')
  await desk.shot('开班清点备用金')
  await desk.act('F12', '开班')
  await desk.page.getByText('营业中').first().waitFor()
  const [shift] = desk.app.query<{ float: Fen }>('SELECT opening_float AS float FROM shifts')
  desk.tell(`开班，备用金 ${formatYuan(shift?.float ?? fen(0))} 元`)
  return shift?.float ?? fen(0)
}

/** Somebody on the 3.45 price table near the end of the first tier (320 m³), who owes nothing. */
function nearTheTier(desk: Desk, prepaid: boolean): Reader {
  const [found] = desk.app.query<Reader>(
    `SELECT a.id AS accountId, a.account_no AS accountNo, c.name, t.volume AS used, r.current_index AS "index"
     FROM accounts a JOIN customers c ON c.id = a.customer_id
     JOIN price_plans pp ON pp.id = a.price_plan_id AND pp.code = 'example-city-345'
     JOIN tier_usage t ON t.account_id = a.id AND t.cycle_start = (SELECT max(cycle_start) FROM tier_usage WHERE account_id = a.id)
     JOIN readings r ON r.id = (SELECT id FROM readings WHERE account_id = a.id ORDER BY read_on DESC LIMIT 1)
     WHERE a.arrears = 0 AND a.household_size < 5 AND t.volume < 320000
       AND (CASE WHEN ? THEN a.prepayment BETWEEN 500 AND 6000 ELSE a.prepayment = 0 END)
     ORDER BY t.volume DESC LIMIT 1`,
    prepaid ? 1 : 0,
  )
  if (!found) throw new Error('nobody in the demo hall is near the end of the first tier')
  return found
}

/** Somebody in debt by one bill who has not been served yet. */
function debtor(desk: Desk, position: number): { accountNo: string; name: string; arrears: Fen } {
  const [found] = desk.app.query<{ accountNo: string; name: string; arrears: Fen }>(
    `SELECT a.account_no AS accountNo, c.name, a.arrears FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.arrears BETWEEN 1000 AND 50000 AND c.category = 'resident' ORDER BY a.account_no LIMIT 1 OFFSET ?`,
    position,
  )
  if (!found) throw new Error('not enough debtors in the demo hall')
  return found
}

/** Types a reading and bills it at once. @param use whole m³ */
export async function readMeter(desk: Desk, reader: Reader, use: number): Promise<void> {
  await desk.go(`/readings/${reader.accountId}`)
  await desk.field('index').waitFor()
  await desk.fill('index', String((reader.index + use * 1000) / 1000))
  await desk.act('F12', '保存')
  // An unusual consumption is asked about; the reader confirms what stands on the meter.
  const asked = desk.page.getByText('确认无误，保存').filter({ visible: true })
  const billed = desk.page.getByText('已出账').filter({ visible: true })
  await asked.or(billed).first().waitFor()
  if (await asked.isVisible()) {
    await desk.shot('抄表异常确认')
    await desk.press('F12')
  }
  await billed.first().waitFor()
}

async function crossTier(desk: Desk): Promise<{ reader: Reader; crossing: CashDay['crossing'] }> {
  const reader = nearTheTier(desk, false)
  const use = Math.ceil((320_000 - reader.used) / 1000) + 12
  await readMeter(desk, reader, use)
  await desk.shot('跨档账单')
  await desk.act('Ctrl+P', '打印账单通知单')
  const pdf = await desk.keepPaper('账单通知单')
  const lines = desk.app.query<{ tier: number; volume: number; price: number; amount: Fen }>(
    `SELECT l.tier, l.volume, l.price, l.amount FROM bill_lines l
     WHERE l.bill_id = (SELECT id FROM bills WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT 1) ORDER BY line_no`,
    reader.accountId,
  )
  const amount = fen(lines.reduce((total, line) => total + line.amount, 0))
  const words = lines.map(
    (line) => `第 ${line.tier} 档 ${line.volume / 1000} m³ × ${line.price / 10_000} = ${formatYuan(line.amount)}`,
  )
  desk.tell(`${reader.name} 抄表用气 ${use} m³：${words.join('；')}；合计 ${formatYuan(amount)} 元`)
  return { reader, crossing: { name: reader.name, lines: words, amount, pdf } }
}

async function find(desk: Desk, accountNo: string): Promise<void> {
  await desk.go('/collection')
  await desk.see('输入户号、姓名或拼音首字母找到客户')
  // The head of the page has a field too: how receipts come out.
  await desk.page.locator('main .find input').first().fill(accountNo)
  await desk.page.locator('main').getByRole('option').first().waitFor()
  await desk.press('Enter')
  await desk.field('due').or(desk.page.locator('[data-field="due"]')).first().waitFor()
}

const amountIn = async (desk: Desk, field: 'due' | 'change'): Promise<Fen> => {
  const text = await desk.page.locator(`output[data-field="${field}"]`).innerText()
  return fen(Math.round(Number(text.replaceAll(',', '')) * 100))
}

const tenderInput = (desk: Desk, means: string) => desk.page.locator(`[data-means="${means}"] input`).first()

async function confirm(desk: Desk, name: string, title: string): Promise<Payment> {
  await desk.shot(`收费-${title}`)
  await desk.act('F12', '确认收款')
  const pdf = await desk.keepPaper(`收据-${title}`)
  const [row] = desk.app.query<{ receiptNo: string; amount: Fen }>(
    `SELECT r.receipt_no AS receiptNo, p.amount FROM payments p JOIN receipts r ON r.payment_id = p.id
     ORDER BY p.at DESC, r.receipt_no DESC LIMIT 1`,
  )
  if (!row) throw new Error('the payment is not in the database')
  return { name, ...row, pdf }
}

/** Received in the notes a customer would hand over: the next 50 yuan above the debt. */
export async function payCash(desk: Desk, name: string, title: string): Promise<Payment & { change: Fen }> {
  const due = await amountIn(desk, 'due')
  await desk.press('F5')
  const received = Math.ceil((due + 1) / 5_000) * 50
  await tenderInput(desk, 'cash').fill(String(received))
  const change = await amountIn(desk, 'change')
  const paid = await confirm(desk, name, title)
  desk.tell(
    `${name} 现金 ${received}.00 元，收 ${formatYuan(paid.amount)}，找零 ${formatYuan(change)}，收据 ${paid.receiptNo}`,
  )
  return { ...paid, change }
}

export async function cashDay(desk: Desk): Promise<CashDay> {
  const float = await openShift(desk)
  const { reader, crossing } = await crossTier(desk)

  await desk.act('F4', '去收费')
  await desk.page.locator('[data-field="due"]').waitFor()
  const cash = await payCash(desk, reader.name, '现金找零')

  const scanner = debtor(desk, 0)
  await find(desk, scanner.accountNo)
  const reference = `4200${Date.now()}`
  await desk.press('F6')
  await desk.page.locator('[data-means="wechat"] input').nth(1).fill(reference)
  const wechat = await confirm(desk, scanner.name, '微信')
  desk.tell(`${scanner.name} 微信 ${formatYuan(wechat.amount)} 元，流水号 ${reference}，收据 ${wechat.receiptNo}`)

  const prepaid = nearTheTier(desk, true)
  await readMeter(desk, prepaid, 45)
  await desk.act('F4', '去收费')
  await desk.page.locator('[data-field="due"]').waitFor()
  // The bill was paid from prepayment when it was issued; what is left is paid in cash.
  const [drawn] = desk.app.query<{ amount: Fen }>(
    `SELECT amount FROM payments WHERE account_id = ? AND kind = 'offset' ORDER BY id DESC LIMIT 1`,
    prepaid.accountId,
  )
  const fromPrepayment = drawn?.amount ?? fen(0)
  await desk.press('F5')
  const mixed = await confirm(desk, prepaid.name, '预存加现金')
  desk.tell(
    `${prepaid.name} 出账时预存抵扣 ${formatYuan(fromPrepayment)} 元，其余现金 ${formatYuan(mixed.amount)} 元，收据 ${mixed.receiptNo}`,
  )

  const mistaken = debtor(desk, 0)
  await find(desk, mistaken.accountNo)
  const wrong = await payCash(desk, mistaken.name, '收错')
  const voucher = await reverseLast(desk, wrong)
  desk.tell(`收据 ${wrong.receiptNo} 收错，主任批准后冲正`)
  return {
    float,
    crossing,
    cash,
    wechat: { ...wechat, reference },
    mixed: { ...mixed, fromPrepayment },
    reversed: { ...wrong, voucher },
  }
}

async function reverseLast(desk: Desk, payment: Payment): Promise<string> {
  await desk.go('/payments')
  await desk.page.locator('tr', { hasText: payment.receiptNo }).first().click()
  await desk.act('Shift+F12', '冲正')
  await desk.field('reason').waitFor()
  await desk.fill('reason', '户号看错，收到了别人的账上')
  await desk.press('Enter')
  await desk.approve(manager.staffNo, manager.password)
  return desk.keepPaper('冲正凭证')
}
