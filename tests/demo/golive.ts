/**
 * 开业: a real hall from an empty folder to its first receipt and day close, through the screens alone. Played by
 * `npm run demo -- --golive` and by its end-to-end test. Companies, persons and numbers are invented and impossible.
 */
import { join } from 'node:path'
import { fen, formatYuan, type Fen } from '../../src-main/platform/money.ts'
import type { RunningApp } from '../e2e/support/app.ts'
import { startReceiver } from '../headquarters/receiver.ts'
import { openShift, payCash, readMeter, type Payment } from './cashdesk.ts'
import { drawer, stacks } from './closing.ts'
import { Desk } from './desk.ts'
import { openAccount, type Opened } from './opening.ts'

export interface GoLive {
  readonly opened: Opened
  readonly bill: { readonly amount: Fen; readonly lines: readonly string[] }
  readonly payment: Payment & { readonly change: Fen }
  readonly closed: { readonly date: string; readonly dayCloseNo: string; readonly overShort: Fen }
  /** The check list when it was first seen, and when it was last seen: item → state. */
  readonly checklist: { readonly first: Record<string, string>; readonly last: Record<string, string> }
}

/** Protects the hall's key; the program is to be started with it, so that its data can be read beside it. */
export const passphrase = '春风化雨-2026-启动'
const token = 'golive-headquarters-token'
const hall = '北门营业厅'
const administrator = { staffNo: '9001', name: '孙管理', password: 'Zhunbei-Kaiye-26' }
interface Person {
  readonly staffNo: string
  readonly name: string
  readonly role: string
  readonly first: string
  readonly own: string
}
const manager: Person = {
  staffNo: '3001',
  name: '陈主任',
  role: '营业厅主任',
  first: 'Chuci-Mima-31',
  own: 'Ziji-Xuanding-31',
}
const clerk: Person = { staffNo: '1001', name: '张柜员', role: '柜员', first: 'Chuci-Mima-11', own: 'Ziji-Xuanding-11' }
const cashier: Person = {
  staffNo: '2001',
  name: '刘收费',
  role: '收费员',
  first: 'Chuci-Mima-21',
  own: 'Ziji-Xuanding-21',
}

/** Used in the first month; crosses the first tier of 320 m³ by 5. */
const firstUse = 325

const heading = (desk: Desk, text: string) => desk.page.getByRole('heading', { name: text }).first().waitFor()

async function keepKey(desk: Desk): Promise<void> {
  await heading(desk, '保护本机数据')
  const typed = desk.page.locator('input[type=password]')
  await typed.nth(0).fill(passphrase)
  await typed.nth(1).fill(passphrase)
  await desk.shot('启动口令')
  await desk.press('Enter')
  await heading(desk, '首次启动设置')
}

async function unlock(desk: Desk): Promise<void> {
  await heading(desk, '请输入启动口令')
  await desk.type(passphrase)
  await desk.press('Enter')
}

/** The wizard is left half-way, with a mistake in it, and taken up after a restart. */
async function beginWizard(desk: Desk): Promise<void> {
  await desk.fill('companyName', '示例燃气有限公司')
  await desk.fill('company.creditCode', '91330000123456789X')
  await desk.fill('company.address', '示例市北门路 1 号')
  await desk.see('统一社会信用代码校验不符')
  await desk.shot('首次设置-信用代码有误')
}

async function finishWizard(desk: Desk): Promise<void> {
  await heading(desk, '首次启动设置')
  const kept = await desk.field('company.address').inputValue()
  if (kept !== '示例市北门路 1 号') throw new Error(`the wizard forgot what was typed: ${kept}`)
  await desk.fill('company.creditCode', '91330000123456789E')
  await desk.fill('company.legalRepresentative', '郑示范')
  await desk.fill('company.bank', '示例银行北门支行')
  await desk.fill('company.bankAccount', '1000 2000 3000')
  await desk.fill('hallName', hall)
  await desk.fill('hallCode', '012')
  await desk.fill('pcCode', '03')
  await desk.fill('staffNo', administrator.staffNo)
  await desk.fill('name', administrator.name)
  await desk.fill('password', administrator.password)
  await desk.fill('second', administrator.password)
  await desk.shot('首次设置')
  await desk.press('Enter')
  await desk.see('012 厅 03 号机')
  desk.tell('首次设置：填到一半关机，重开后接着填完')
}

async function logIn(desk: Desk, { staffNo, password }: { staffNo: string; password: string }): Promise<void> {
  const form = desk.page.locator('form', { has: desk.page.locator('[data-field="staffNo"]') })
  await form.locator('[data-field="staffNo"]').fill(staffNo)
  await desk.press('Enter')
  await form.locator('[data-field="password"]').fill(password)
  await desk.press('Enter')
}

async function signIn(desk: Desk, who: { staffNo: string; password: string }): Promise<void> {
  await logIn(desk, who)
  await desk.page.getByRole('navigation').first().waitFor()
}

/** The first login of somebody: the password they were given gives way to their own. */
async function firstLogin(desk: Desk, { staffNo, first, own }: Person): Promise<void> {
  await logIn(desk, { staffNo, password: first })
  await heading(desk, '请设置自己的密码')
  await desk.fill('old', first)
  await desk.fill('newPassword', own)
  await desk.fill('second', own)
  await desk.press('Enter')
  await desk.page.getByRole('navigation').first().waitFor()
}

/** The check list on the page of the day. */
async function checklist(desk: Desk): Promise<Record<string, string>> {
  await desk.go('/')
  await desk.page.locator('.checklist li').first().waitFor()
  return Object.fromEntries(
    await desk.page
      .locator('.checklist li')
      .evaluateAll((rows) => rows.map((row) => [row.getAttribute('data-item'), row.getAttribute('data-state')])),
  ) as Record<string, string>
}

/** Enter on a point of the check list leads to its page. */
async function follow(desk: Desk, item: string): Promise<void> {
  await checklist(desk)
  await desk.page.locator(`.checklist li[data-item="${item}"] .go`).focus()
  await desk.press('Enter')
  await desk.page.locator('.checklist').waitFor({ state: 'detached' })
}

async function setPhones(desk: Desk): Promise<void> {
  await follow(desk, 'phones')
  for (const [key, number] of [
    ['company.servicePhone', '0999-8880001'],
    ['company.emergencyPhone', '0999-8880119'],
  ] as const) {
    const field = desk.page.locator(`[id="${key}"]`)
    await field.fill(number)
    await field.press('Enter')
    await desk.see(/ 已保存$/)
    await desk.page
      .locator('.setting', { has: field })
      .getByRole('button', { name: '保存' })
      .waitFor({ state: 'detached' })
  }
  await desk.shot('公司电话')
  desk.tell('公司电话：24 小时服务、抢险')
}

/** The second tier is first cheaper than the first: said at its field; Esc, and what was typed is still there. */
async function makePrices(desk: Desk): Promise<void> {
  await follow(desk, 'prices')
  await desk.act('Ctrl+N', '新建价格方案')
  await desk.field('code').waitFor()
  await desk.fill('name', '居民阶梯气价 2026')
  await desk.fill('code', 'JM-2026')
  const day = desk.field('effectiveFrom')
  await day.fill('2026-01-01')
  await day.press('Enter')
  await desk.fill('document', '示例发改价〔2025〕8 号')
  await desk.fill('body.tiers.0.upTo', '320')
  await desk.fill('body.tiers.0.price', '3.45')
  await desk.fill('body.tiers.1.upTo', '400')
  await desk.fill('body.tiers.1.price', '3.14')
  await desk.fill('body.tiers.2.price', '5.18')
  await desk.see('第二档单价低于上一档')
  await desk.shot('气价-第二档填错')
  await desk.press('Escape')
  await desk.page.waitForFunction(() => location.hash === '#/prices')
  await desk.act('Ctrl+N', '新建价格方案')
  await desk.see('第二档单价低于上一档')
  await desk.fill('body.tiers.1.price', '4.14')
  await desk.page.locator('.try-out output').first().waitFor()
  await desk.see('第一档 0–200：200 m³ × 3.45 = 690.00')
  await desk.shot('气价-试算')
  await desk.act('F12', '保存')
  await desk.see('示例发改价〔2025〕8 号')
  await desk.shot('气价')
  desk.tell('气价：第二档填错当场指出，返回再来，改正后试算、保存')
}

async function hire(desk: Desk): Promise<void> {
  await follow(desk, 'staff')
  for (const person of [manager, clerk, cashier]) {
    await desk.act('Ctrl+N', '新增员工')
    const dialog = desk.page.locator('.el-dialog', { hasText: '新增员工' }).filter({ visible: true })
    await dialog.waitFor()
    await desk.fill('staffNo', person.staffNo)
    await desk.fill('name', person.name)
    await dialog.getByRole('checkbox', { name: person.role, exact: true }).press('Space')
    await desk.fill('password', person.first)
    if (person === manager) await desk.shot('新增员工')
    await desk.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await desk.page.locator('tr', { hasText: person.name }).waitFor()
  }
  // Whoever gets a certificate has passed an exam for this very work.
  await desk.go('/staff/training')
  await examine(desk, '维修证', [clerk, manager])
  await examine(desk, '抄表证', [cashier])
  await follow(desk, 'staff')
  // Whoever builds does not accept, and a meter is read by whoever may read it.
  for (const [person, kind, number] of [
    [clerk, '维修证', 'SL-2026-0001'],
    [manager, '维修证', 'SL-2026-0002'],
    [cashier, '抄表证', 'SL-2026-0003'],
  ] as const)
    await certify(desk, person.name, kind, number)
  await desk.shot('上岗证')
  desk.tell('人员：主任、柜员、收费员，上岗证三份，都由管理员一人建好')
}

async function examine(desk: Desk, kind: string, people: readonly { readonly staffNo: string }[]): Promise<void> {
  await desk.act('Ctrl+Shift+N', '登记考核')
  const exam = desk.page.locator('.el-dialog', { hasText: '登记考核' }).filter({ visible: true })
  await exam.waitFor()
  await desk.fill('subject', '上岗考核')
  await exam.locator('.el-select').click()
  await desk.page.locator('.el-select-dropdown__item:visible', { hasText: kind }).click()
  for (const { staffNo } of people) await desk.fill(`score-${staffNo}`, '92')
  await desk.shot('登记考核')
  await desk.press('F12')
  await exam.waitFor({ state: 'hidden' })
}

async function certify(desk: Desk, name: string, kind: string, number: string): Promise<void> {
  await desk.act('Ctrl+N', '登记上岗证')
  const dialog = desk.page.locator('.el-dialog', { hasText: '登记上岗证' }).filter({ visible: true })
  await dialog.waitFor()
  // Found by typing; nobody is proposed.
  await desk.page.waitForFunction(() => document.activeElement?.closest('[data-field="staffId"]') !== null)
  await desk.page.keyboard.type(name)
  await desk.page.locator('.el-select-dropdown__item.is-hovering:visible', { hasText: name }).waitFor()
  await desk.press('Enter')
  await dialog.locator('.el-select').nth(1).click()
  await desk.page.locator('.el-select-dropdown__item:visible', { hasText: kind }).click()
  await desk.fill('number', number)
  await desk.shot('登记上岗证')
  await desk.press('F12')
  await dialog.waitFor({ state: 'hidden' })
}

/** What is not needed yet is said so; the printer of this PC is not there. */
async function notNeeded(desk: Desk): Promise<void> {
  for (const [item, words] of [
    ['printers', '暂不试印'],
    ['customers', '从零开始，不导入'],
  ] as const) {
    await checklist(desk)
    await desk.page.locator(`.checklist li[data-item="${item}"]`).getByRole('button', { name: words }).press('Enter')
    await desk.page.locator(`.checklist li[data-item="${item}"][data-state="not-needed"]`).waitFor()
  }
}

/** Nothing is taken over here, so that nobody ever comes in as already supplied. */
async function closeWindow(desk: Desk): Promise<void> {
  await follow(desk, 'window')
  await desk.act('F12', '结束迁入期')
  await desk.act('Ctrl+Enter', '结束迁入期')
  await desk.see('已结束')
  await desk.shot('迁入期已结束')
}

async function reachHeadquarters(desk: Desk, url: string): Promise<void> {
  await follow(desk, 'headquarters')
  await desk.field('url').waitFor()
  await desk.fill('url', 'http://hq.example.com')
  await desk.fill('token', token)
  await desk.act('Ctrl+Shift+S', '保存并测试连接')
  await desk.see('地址应以 https:// 开头')
  await desk.fill('url', url)
  await desk.fill('token', 'not-the-token')
  await desk.act('Ctrl+Shift+S', '保存并测试连接')
  await desk.see('总部不认可本机的令牌')
  await desk.shot('总部-令牌不对')
  await desk.fill('token', token)
  await desk.act('Ctrl+Shift+S', '保存并测试连接')
  await desk.see('已连通，总部应答正确')
  await desk.shot('总部-已连通')
  desk.tell('总部：地址、令牌填错都当场说清，改正后连通')
}

async function acceptWordings(desk: Desk): Promise<void> {
  await follow(desk, 'wordings')
  await desk.page.frameLocator('iframe').locator('h2').first().waitFor()
  await desk.shot('合同文本审定')
  for (let left = 4; left > 0; left--) {
    await desk.page
      .locator('nav button', { hasText: '未审定' })
      .nth(left - 1)
      .waitFor()
    await desk.act('F12', '已审阅，作为本公司文本')
    if (left > 1)
      await desk.page
        .locator('nav button', { hasText: '未审定' })
        .nth(left - 1)
        .waitFor({ state: 'detached' })
  }
  await desk.page.waitForFunction(() => location.hash === '#/')
  desk.tell('合同文本：四份读过、审定')
}

async function publishBoard(desk: Desk): Promise<void> {
  await follow(desk, 'board')
  await desk.act('Ctrl+Shift+S', '保存草稿')
  await desk.see('请换成本公司的内容')
  await desk.shot('公示牌-还有示例')
  for (const field of await desk.page.locator('.edit :is(input, textarea)').all()) {
    const text = await field.inputValue()
    if (text.startsWith('示例')) await field.fill('市计量检测院')
    else if (text.includes('（示例）')) await field.fill(text.replaceAll('（示例）', ''))
  }
  await desk.act('F12', '发布')
  await desk.see('组分的名称和含量须成对填写')
  await desk.shot('公示牌-缺气质')
  for (const [name, text] of [
    ['parts.0.share', '96.20'],
    ['parts.1.share', '1.70'],
    ['parts.2.share', '0.40'],
    ['parts.3.share', '1.10'],
    ['parts.4.share', '0.60'],
    ['grossHeat', '38.1'],
    ['netHeat', '34.4'],
    ['analysedOn', '0105'],
    ['pressures.0.pascals', '2'],
    ['pressures.1.pascals', '3'],
    ['pressures.2.pascals', '100'],
    ['hours', '周一至周日 8:30—17:00'],
  ] as const) {
    await desk.fill(name, text)
  }
  await desk.act('F12', '发布')
  const why = desk.page.locator('.reason-prompt').filter({ visible: true })
  await why.locator('input').fill('首次公示')
  await desk.press('Enter')
  await desk.see('首次公示')
  await desk.shot('公示牌')
  desk.tell('公示牌：示例内容换成本公司的，已发布')
}

async function backUp(desk: Desk): Promise<void> {
  await follow(desk, 'backup')
  await desk.act('Ctrl+B', '立即备份')
  await desk.see('已打开核对')
  await desk.shot('备份')
  desk.tell('备份：做成一份并验证')
}

async function closeDay(desk: Desk): Promise<GoLive['closed']> {
  await desk.go('/day-close')
  await desk.see('账面应有')
  await desk.act('Ctrl+Shift+J', '停止收款')
  await desk.act('Ctrl+Enter', '确认停止收款')
  await desk.see('已停班')
  await desk.act('Ctrl+Down', '下一步')
  await desk.see('按券别清点')
  await desk.page.getByText('其他券别').click()
  for (const [face, pieces] of stacks(drawer(desk))) {
    if (pieces > 0) await desk.page.locator(`input[data-face="${face}"]`).fill(String(pieces))
  }
  await desk.act('Ctrl+Shift+S', '保存清点')
  await desk.shot('清点')
  await desk.page.getByRole('button', { name: /单据与锁定/ }).click()
  await desk.act('F12', '日结锁定')
  await desk.act('Ctrl+Enter', '确认日结锁定')
  await desk.keepPaper('日结单')
  await desk.act('Ctrl+Shift+P', '缴款单')
  await desk.keepPaper('缴款单')
  await desk.shot('已日结')
  const [closed] = desk.app.query<GoLive['closed']>(
    `SELECT date, number AS dayCloseNo, over_short AS overShort FROM day_closes WHERE state = 'closed'`,
  )
  if (!closed) throw new Error('the day is not closed')
  desk.tell(`日结 ${closed.dayCloseNo}，长短款 ${formatYuan(closed.overShort)} 元`)
  return closed
}

/**
 * @param folder takes the pictures and what headquarters received
 * @param clock what time it is when the program is started again; that of the tests when absent
 * @param took hears of the program that runs after each restart, so that the caller can end it whatever happens
 */
export async function goLive(
  begun: RunningApp,
  folder: string,
  tell: (line: string) => void,
  took: (app: RunningApp) => void,
  clock?: () => string,
): Promise<GoLive> {
  const receiver = await startReceiver({ file: join(folder, 'headquarters.db'), token })
  const sitDown = (app: RunningApp): Desk => {
    took(app)
    app.page.setDefaultTimeout(90_000)
    return new Desk(app, join(folder, 'screenshots'), tell)
  }
  const again = ({ app }: Desk): Promise<RunningApp> => app.restart(clock ? { clock: clock() } : {})
  try {
    let desk = sitDown(begun)
    await keepKey(desk)
    await beginWizard(desk)
    desk = sitDown(await again(desk))
    await unlock(desk)
    await finishWizard(desk)

    await signIn(desk, administrator)
    const first = await checklist(desk)
    await desk.shot('开业准备')
    await setPhones(desk)
    await makePrices(desk)
    await hire(desk)
    await reachHeadquarters(desk, receiver.url)
    await acceptWordings(desk)
    await notNeeded(desk)
    await publishBoard(desk)
    await desk.logOut()
    await firstLogin(desk, manager)
    await closeWindow(desk)
    await desk.logOut()
    await signIn(desk, administrator)
    const last = await checklist(desk)
    await desk.shot('开业准备-只差备份')
    await backUp(desk)
    await desk.go('/')
    await heading(desk, '现在要办')
    await desk.page.locator('.checklist').waitFor({ state: 'detached' })
    await desk.shot('开业准备已完成')
    await desk.logOut()

    await firstLogin(desk, clerk)
    const opened = await openAccount(desk)
    desk = sitDown(await again(desk))
    await unlock(desk)

    await firstLogin(desk, cashier)
    await openShift(desk)
    const [account] = desk.app.query<{ accountId: string }>(
      'SELECT id AS accountId FROM accounts WHERE account_no = ?',
      opened.accountNo,
    )
    if (!account) throw new Error('the account is not there')
    const reader = {
      accountId: account.accountId,
      accountNo: opened.accountNo,
      name: opened.customerName,
      used: 0,
      index: 0,
    }
    await readMeter(desk, reader, firstUse)
    await desk.shot('第一张账单')
    await desk.act('Ctrl+P', '打印账单通知单')
    await desk.keepPaper('账单通知单')
    const lines = desk.app.query<{ tier: number; volume: number; price: number; amount: Fen }>(
      'SELECT tier, volume, price, amount FROM bill_lines ORDER BY line_no',
    )
    const bill = {
      amount: fen(lines.reduce((total, { amount }) => total + amount, 0)),
      lines: lines.map(
        ({ tier, volume, price, amount }) =>
          `第 ${tier} 档 ${volume / 1000} m³ × ${price / 10_000} = ${formatYuan(amount)}`,
      ),
    }
    desk.tell(`账单 ${bill.lines.join('；')}，合计 ${formatYuan(bill.amount)} 元`)
    await desk.act('F4', '去收费')
    await desk.page.locator('[data-field="due"]').waitFor()
    const payment = await payCash(desk, opened.customerName, '第一张收据')
    const closed = await closeDay(desk)
    return { opened, bill, payment, closed, checklist: { first, last } }
  } finally {
    await receiver.close()
  }
}
