/** One hall's day, from the first login to headquarters. Played by `npm run demo` and by its end-to-end test. */
import { join } from 'node:path'
import { logIn, type RunningApp } from '../e2e/support/app.ts'
import { startReceiver } from '../headquarters/receiver.ts'
import { cashDay, type CashDay } from './cashdesk.ts'
import { closeDay, type Closed } from './closing.ts'
import { Desk } from './desk.ts'
import { openAccount, type Opened } from './opening.ts'
import { compareWithHeadquarters, setHeadquarters, type Uploaded } from './upload.ts'

export interface Day {
  readonly found: { readonly text: string; readonly name: string }
  readonly opened: Opened
  readonly cash: CashDay
  readonly closed: Closed
  readonly uploaded: Uploaded
}

const token = 'demo-headquarters-token'

/** Finds somebody by the initials of the name, as a clerk does while the customer still talks. */
async function findByInitials(desk: Desk): Promise<Day['found']> {
  const [person] = desk.app.query<{ name: string; id: string }>(
    `SELECT c.name, a.id FROM customers c JOIN accounts a ON a.customer_id = c.id
     WHERE c.category = 'resident' AND length(c.name) = 3 AND c.name LIKE '%志强' LIMIT 1`,
  )
  const [anybody] = desk.app.query<{ text: string; name: string }>(
    `SELECT c.name, lower(substr(i.name_key, 1, 1)) AS text FROM customers c
     JOIN customer_index i ON i.customer_id = c.id WHERE c.category = 'resident' LIMIT 1`,
  )
  const text = person ? 'zq' : (anybody?.text ?? 'z')
  await desk.press('F2')
  await desk.type(text)
  const first = desk.page.getByRole('option').first()
  await first.waitFor()
  await desk.shot('拼音首字母查找')
  await desk.press('Enter')
  await desk.page.getByRole('tab').first().waitFor()
  await desk.shot('客户档案')
  const name = (await desk.page.locator('main h1, main header strong').first().innerText()).trim()
  desk.tell(`输入 ${text} 找到 ${name}`)
  return { text, name }
}

/** @param folder takes the screenshots, the statement file and what headquarters received */
export async function playDay(app: RunningApp, folder: string, tell: (line: string) => void): Promise<Day> {
  const desk = new Desk(app, join(folder, 'screenshots'), tell)
  app.page.setDefaultTimeout(90_000)
  const receiver = await startReceiver({ file: join(folder, 'headquarters.db'), token })
  try {
    await app.page.locator('input').first().waitFor()
    await desk.shot('登录')
    await logIn(app.page, '9001')
    await setHeadquarters(desk, receiver.url, token)
    await desk.logOut()

    await logIn(app.page, '1001')
    await desk.shot('柜员今日')
    const found = await findByInitials(desk)
    const opened = await openAccount(desk)
    await desk.logOut()

    await logIn(app.page, '2001')
    const cash = await cashDay(desk)
    const closed = await closeDay(desk, cash, folder)
    await desk.logOut()

    await logIn(app.page, '3001')
    const uploaded = await compareWithHeadquarters(desk, receiver)
    return { found, opened, cash, closed, uploaded }
  } finally {
    await receiver.close()
  }
}
