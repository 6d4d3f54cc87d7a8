/**
 * npm run bench -- --only keys: the twenty tasks a hall does most, in the real window of a small demo hall, each with the
 * keys the window heard (a combo counts each key of it; Chinese words come in whole, as from an input method) and the
 * seconds from the first key to the last thing waited for, without a person's pauses.
 */
import { rmSync } from 'node:fs'
import { copyOfDemoHall, logIn, passwordOf, startApp } from '../e2e/support/app.ts'
import { roomKeys } from '../../src-renderer/shell/keys.ts'
import { Hands } from './hands.mts'

interface Household {
  readonly accountId: string
  readonly tail: string
  readonly community: string
  /** Litres. */
  readonly index: number
}
interface Task {
  readonly name: string
  readonly who: string
  /** Before the first key. */
  readonly before?: (hands: Hands) => Promise<unknown>
  readonly work: (hands: Hands) => Promise<void>
}

/** Households found by the last four of their phone: debtors, and those who owe nothing, none twice. */
function households(hands: Hands, owing: boolean): () => Household {
  const found = hands.app.query<Household>(
    `SELECT a.id AS accountId, substr(c.phone, -4) AS tail, p.community,
       (SELECT max(current_index) FROM readings r WHERE r.account_id = a.id) AS "index"
     FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
     WHERE a.state = 'active' AND p.gas_state = 'supplied' AND a.prepayment = 0 AND c.category = 'resident'
       AND (SELECT count(*) FROM accounts o WHERE o.customer_id = c.id) = 1
       AND CASE WHEN ? THEN a.arrears BETWEEN 1000 AND 50000 ELSE a.arrears = 0 END
       AND NOT EXISTS (SELECT 1 FROM customers o WHERE o.id <> c.id AND (substr(o.phone, -4) = substr(c.phone, -4)
         OR o.phone_alt LIKE '%' || substr(c.phone, -4) OR o.id_number LIKE '%' || substr(c.phone, -4)))
     ORDER BY a.account_no`,
    owing ? 1 : 0,
  )
  return () => {
    const next = found.shift()
    if (!next) throw new Error('the demo hall has no more of such households')
    return next
  }
}

const room = (hands: Hands, path: string) => hands.press(roomKeys[path] ?? '')
const atTill = (hands: Hands) => hands.focusIn('main .find')
const done = (hands: Hands, text: RegExp) => hands.page.locator('main .done-note').getByText(text).first().waitFor()

async function openFile(hands: Hands, { tail, accountId }: Household): Promise<void> {
  await hands.press('F2')
  await hands.type(tail)
  await hands.press('Enter')
  await hands.at(`/customers/${accountId}`)
  await hands.page.locator('.file-header').waitFor()
}
async function serve(hands: Hands, { tail, accountId }: Household): Promise<void> {
  await hands.type(tail)
  await hands.press('Enter')
  await hands.at(`/collection/${accountId}`)
  await hands.page.locator('output[data-field="due"]').waitFor()
}
async function logInAs(hands: Hands, staffNo: string): Promise<void> {
  await hands.focusIn('[data-field="staffNo"]')
  await hands.type(staffNo)
  await hands.press('Enter')
  await hands.type(passwordOf(staffNo))
  await hands.press('Enter')
  await hands.page.getByRole('navigation').first().waitFor()
}

function tasks(hands: Hands): Task[] {
  const debtor = households(hands, true)
  const other = households(hands, false)
  const regular = other()
  const home = () => hands.stand('/')
  const till = async () => {
    await hands.stand('/collection')
    await atTill(hands)
  }
  return [
    {
      name: '找到并打开客户',
      who: '1001',
      before: home,
      work: (h) => openFile(h, regular),
    },
    {
      name: '抄表并出账',
      who: '1001',
      before: home,
      work: async (h) => {
        const household = other()
        await room(h, '/readings')
        await h.focusIn('.account-reading')
        await h.type(household.tail)
        await h.press('Enter')
        await h.focusIn('[data-field="index"]')
        await h.type(String(Math.floor(household.index / 1000) + 21))
        await h.ready('保存并出账')
        await h.press('F12')
        await h.heading(/^已出账/)
      },
    },
    {
      name: '打印账单通知单',
      who: '1001',
      work: async (h) => {
        await h.ready('打印账单通知单')
        await h.press('Ctrl+P')
        await h.printPaper()
      },
    },
    {
      name: '新客户报装申请',
      who: '1001',
      before: home,
      work: async (h) => {
        await room(h, '/opening')
        await h.heading('报装申请')
        await h.fill('customer.profile.name', '方晓溪')
        await h.fill('customer.profile.idNumber', '990101199003070672')
        await h.fill('customer.profile.phone', '19900000001')
        await h.fill('servicePoint.place.community', '晨曦里')
        await h.fill('servicePoint.place.building', '6')
        await h.fill('servicePoint.place.unit', '2')
        await h.fill('servicePoint.place.room', '1101')
        await h.fill('servicePoint.place.district', '示例区')
        await h.fill('servicePoint.place.street', '青禾路66号')
        await h.fill('purpose', '炊事')
        await h.press('F12')
        await h.see('登记勘查结果')
      },
    },
    {
      name: '受理投诉',
      who: '1001',
      before: home,
      work: async (h) => {
        await openFile(h, other())
        await h.press('Shift+F10')
        await h.heading('受理投诉')
        await h.focusIn('[data-field="class"]')
        await h.press('Space')
        await h.fill('complainantPhone', '19900000001')
        await h.fill('content', '收费窗口等候时间太长')
        await h.press('F12')
        await h.heading(/^投诉 TS/)
      },
    },
    {
      name: '受理报修',
      who: '1001',
      before: home,
      work: async (h) => {
        await h.press('F10')
        await h.heading('受理工单')
        await h.focusIn('[data-field="symptom"]')
        // Past what is an alarm, to 表具故障.
        const meter = h.page.locator('[data-field="symptom"] label.is-active', { hasText: '表' })
        await h.press('Space')
        for (let i = 0; !(await meter.isVisible()) && i < 12; i++) await h.press('Right')
        await h.fill('callerName', '王来电')
        await h.fill('callerPhone', '19900000001')
        await h.fill('place', '人民路12号3幢201室')
        await h.press('F12')
        await h.heading(/^报修 GD/)
      },
    },
    {
      name: '派工',
      who: '4001',
      before: home,
      work: async (h) => {
        await room(h, '/workorders')
        await h.focusIn('tbody tr')
        await h.press('Enter')
        await h.heading(/^报修 GD/)
        await h.ready('派工')
        await h.press('Ctrl+D')
        await h.dialog('派工').getByText('张晓燕').waitFor()
        await h.press('F12')
        await h.clear()
        await h.see('待接单')
      },
    },
    {
      name: '受理漏气报警',
      who: '4001',
      before: home,
      work: async (h) => {
        await h.press('F10')
        await h.heading('受理工单')
        await h.focusIn('[data-field="symptom"]')
        await h.press('Space')
        await h.see('不要开关任何电器和电灯')
        await h.press('Ctrl+G')
        await h.fill('callerName', '王来电')
        await h.fill('callerPhone', '19900000001')
        await h.fill('place', '人民路12号3幢201室')
        await h.press('F12')
        await h.heading(/^报警 GD/)
      },
    },
    {
      name: '批量出账',
      who: '3001',
      before: async (h) => {
        await recordWaiting(h, [other(), other()])
        await home()
      },
      work: async (h) => {
        await room(h, '/bills/run')
        await h.ready('开始出账')
        await h.press('F12')
        await h.ready('确认出账')
        await h.press('Ctrl+Enter')
        await h.see('已完成')
      },
    },
    {
      name: '发出停气通知',
      who: '3001',
      before: home,
      work: async (h) => {
        const { community } = other()
        await room(h, '/supply')
        await h.ready('新建停气')
        await h.press('Ctrl+N')
        await h.heading('新建停气')
        await h.focusIn('[data-field="reason"]')
        await h.type('中压管道碰口')
        await h.fill('scope.community', community)
        await h.page.locator('dl dd').first().waitFor()
        await h.press('F12')
        await h.heading(/^计划停气 TQ/)
        await h.ready('发出通知')
        await h.press('Ctrl+T')
        await h.printPaper()
      },
    },
    {
      name: '成批开催缴单',
      who: '3001',
      before: home,
      work: async (h) => {
        await room(h, '/supply/arrears')
        await h.ready('成批催缴')
        await h.press('F12')
        await h.ready('确认成批催缴')
        await h.press('Ctrl+Enter')
        await h.printPaper()
      },
    },
    {
      name: '开班',
      who: '2001',
      before: home,
      work: async (h) => {
        await room(h, '/shift')
        await h.ready('开班')
        await h.focusIn('.count-grid')
        await h.press('F12')
        await atTill(h)
      },
    },
    {
      name: '收现金（正好），打印收据',
      who: '2001',
      before: till,
      work: async (h) => {
        await serve(h, debtor())
        await h.press('F5')
        await h.ready('确认收款')
        await h.press('F12')
        await done(h, /收据已送打印机/)
        await atTill(h)
      },
    },
    {
      name: '收微信，记流水号，打印收据',
      who: '2001',
      before: till,
      work: async (h) => {
        await serve(h, debtor())
        await h.press('F6')
        await h.focusIn('[data-means="wechat"]')
        await h.fill('reference-wechat', '4200001234')
        await h.press('F12')
        await done(h, /收据已送打印机/)
        await atTill(h)
      },
    },
    {
      name: '补打刚才的收据',
      who: '2001',
      work: async (h) => {
        await h.ready('补打收据')
        const before = printings(h)
        await h.press('Ctrl+P')
        while (printings(h) === before) await h.page.waitForTimeout(5)
      },
    },
    {
      name: '冲正刚才的收款（主任批准）',
      who: '2001',
      work: async (h) => {
        await h.ready('冲正')
        await h.press('Shift+F12')
        await h.focusIn('.el-dialog [data-field="reason"]')
        await h.type('收错户号')
        await h.press('Enter')
        await h.approve()
        await h.printPaper()
      },
    },
    {
      name: '收预存 100 元，打印收据',
      who: '2001',
      before: till,
      work: async (h) => {
        await serve(h, regular)
        await h.press('Shift+F5')
        await h.focusIn('.el-dialog [data-field="amount"]')
        await h.type('100')
        await h.ready('收款')
        await h.press('F12')
        await done(h, /收据已送打印机/)
      },
    },
    {
      name: '停止收款',
      who: '2001',
      before: till,
      work: async (h) => {
        await room(h, '/shift')
        await h.ready('停止收款')
        await h.press('Ctrl+Shift+J')
        await h.page.locator('.final-question').waitFor()
        await h.press('Ctrl+Enter')
        await h.at('/day-close')
      },
    },
    {
      name: '日结清点',
      who: '2001',
      work: async (h) => {
        await h.see('已停班')
        // What was stopped leads to the counting itself.
        await h.focusIn('.count-grid')
        await countDrawer(h)
        // Fen that no coin makes stay over or short: counted is counted.
        await h.page.locator('main').getByText('尚未清点').first().waitFor({ state: 'hidden' })
      },
    },
    {
      name: '切换用户',
      who: '2001',
      before: home,
      work: async (h) => {
        await h.press('Ctrl+Shift+U')
        await logInAs(h, '1001')
      },
    },
  ]
}

const printings = ({ app }: Hands): number =>
  app.query<{ n: number }>(`SELECT count(*) AS n FROM printings WHERE kind = 'receipt'`)[0]?.n ?? 0

/** What lies in the drawer by the books, line by line with Enter; Enter on the last line keeps the count. */
async function countDrawer(hands: Hands): Promise<void> {
  const [drawer] = hands.app.query<{ fen: number }>(
    `SELECT sum(debit - credit) AS fen FROM journal_lines WHERE account = 'cash-drawer'`,
  )
  let rest = drawer?.fen ?? 0
  const faces = hands.page.locator('.count-grid input[data-face]')
  for (let i = 0, all = await faces.count(); i < all; i++) {
    const face = Number(await faces.nth(i).getAttribute('data-face'))
    const pieces = Math.floor(rest / face)
    rest -= pieces * face
    if (pieces > 0) await hands.type(String(pieces))
    await hands.press('Enter')
  }
}

/** Readings that wait for the run, recorded past the screen. */
async function recordWaiting(hands: Hands, from: readonly Household[]): Promise<void> {
  const readOn = '2026-11-23'
  const [reader] = hands.app.query<{ readerId: string }>(
    `SELECT staff_id AS readerId FROM certificates WHERE kind = 'meter-reading' AND withdrawn_on IS NULL`,
  )
  const readerId = reader?.readerId ?? ''
  for (const { accountId, index } of from) {
    const input = { accountId, readOn, index: index + 21_000, source: 'visit', readerId, confirmed: [] }
    await hands.ask('1001', 'metering.record', input)
  }
}

/** Somebody who may be sent to a repair. */
async function certify(hands: Hands): Promise<void> {
  const [{ staffId = '' } = {}] = hands.app.query<{ staffId: string }>(
    `SELECT id AS staffId FROM staff WHERE staff_no = '1001'`,
  )
  const exam = { subject: '维修上岗', kind: 'entry', certificateKind: 'maintenance', heldOn: '2026-11-20' }
  const marks = { outOf: 100, passMark: 60, note: '', results: [{ staffId, score: 90 }] }
  await hands.ask('9001', 'staff.recordExam', { ...exam, ...marks })
  const [clerk] = hands.app.query<{ staffId: string; examId: string }>(
    `SELECT s.id AS staffId, e.id AS examId FROM staff s JOIN exams e ON e.staff_id = s.id WHERE s.staff_no = '1001' AND e.certificate_kind = 'maintenance' AND e.passed = 1`,
  )
  const proof = { kind: 'exam', examId: clerk?.examId ?? '' }
  const terms = { kind: 'maintenance', number: 'JX-1', issuedOn: '2026-11-23', validTo: '2028-01-01', proof }
  await hands.ask('3001', 'staff.addCertificate', { staffId: clerk?.staffId ?? '', ...terms })
}

/** @returns whether every task came to its end */
export async function keysTable(tell: (text: string) => void): Promise<boolean> {
  const dataFolder = await copyOfDemoHall()
  const app = await startApp({ dataFolder })
  const hands = new Hands(app)
  const rows: string[] = []
  let all = true
  try {
    await hands.standInPrinter()
    await app.page.getByRole('button', { name: '登录' }).waitFor()
    await certify(hands)
    let at = ''
    for (const { name, who, before, work } of tasks(hands)) {
      try {
        if (at !== who) {
          if (at !== '') await app.page.reload()
          await logIn(app.page, who)
          at = who
        }
        await before?.(hands)
        const { keys, seconds } = await hands.count(() => work(hands))
        rows.push(`| ${rows.length + 1} | ${name} | ${keys} | ${seconds.toFixed(2)} |`)
      } catch (error) {
        all = false
        rows.push(`| ${rows.length + 1} | ${name} | — | — |`)
        tell(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        const folder = process.env['HALL_PICTURES']
        if (folder) await app.page.screenshot({ path: `${folder}/keys-${rows.length}.png` })
        at = 'nobody'
      }
      tell(rows.at(-1) ?? '')
    }
  } finally {
    await app.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  process.stdout.write(['', '| | 业务 | 键 | 秒 |', '| ---: | --- | ---: | ---: |', ...rows, ''].join('\n'))
  return all
}
