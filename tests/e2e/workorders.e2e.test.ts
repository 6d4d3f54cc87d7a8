/** A leak is rung in: one key from anywhere, what the caller must be told, the alarm until somebody goes, by keyboard. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.screenshot({ path: join(folder, `${name}.png`) })
}
const press = (key: string) => app.page.keyboard.press(hardware(key))
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).waitFor()
const field = (name: string) => app.page.locator(`[data-field="${name}"]`).locator('input, textarea').first()
const state = () => app.query<{ state: string }>('SELECT state FROM workorders')[0]?.state
const until = (wanted: string) => expect.poll(state).toBe(wanted)
const dialog = (title: string) => app.page.locator('.el-dialog', { hasText: title })

const toldLeaders = () =>
  app.query<{ n: number }>('SELECT count(*) AS n FROM workorder_leaders WHERE told_at IS NOT NULL')[0]?.n

/** One step by its key, with what there is to say about it. */
async function confirm(key: string, note: string, reached: string, gas: string | null = null): Promise<void> {
  await press(key)
  if (gas !== null) await app.page.locator('.el-dialog:visible label', { hasText: gas }).click()
  await app.page.locator('.el-dialog:visible [data-field="note"]').last().fill(note)
  await press('F12')
  await until(reached)
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
}

/** The page has read the order again: only now its keys are those of the next step. */
async function shows(word: string): Promise<void> {
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  await app.page.locator('.page-header').getByText(word, { exact: true }).waitFor()
}

/** Logs somebody else in, after the program was started again: what rings must ring still. */
async function changeTo(staffNo: string): Promise<void> {
  app = await app.restart()
  await logIn(app.page, staffNo)
}

/** 登记考核 for the work of a certificate: it stands on nothing else. */
async function examine(staffNo: string, kind: string): Promise<void> {
  await go(app.page, '/staff/training')
  await press('Ctrl+Shift+N')
  const form = dialog('登记考核')
  await form.waitFor()
  await form.locator('input[data-field="subject"], [data-field="subject"] input').fill('上岗考核')
  await form.locator('.el-select').click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: kind }).click()
  await form.locator(`input[data-field="score-${staffNo}"], [data-field="score-${staffNo}"] input`).fill('90')
  await press('F12')
  await form.waitFor({ state: 'hidden' })
  await go(app.page, '/staff/certificates')
}

/** 登记上岗证, as the manager does on the page of the staff. */
async function certify(person: string, kind: string, number: string): Promise<void> {
  await press('Ctrl+N')
  const form = dialog('登记上岗证')
  await form.waitFor()
  for (const [name, option] of [
    ['staffId', person],
    ['kind', kind],
  ] as const) {
    await form
      .locator('.el-select')
      .nth(name === 'staffId' ? 0 : 1)
      .click()
    await app.page.locator('.el-select-dropdown__item:visible', { hasText: option }).click()
  }
  await form.locator('[data-field="number"]').fill(number)
  await press('F12')
  await form.waitFor({ state: 'hidden' })
  await app.page.locator('td', { hasText: number }).waitFor()
}

test('a leak is taken with one key, rings until it is accepted, goes to certified staff only, and is closed by others', async () => {
  await logIn(app.page, '3001')
  await go(app.page, '/staff/certificates')
  await heading('上岗证')
  await examine('1001', '抢修证')
  await certify('张晓燕', '抢修证', 'QX-2026-01')
  await picture('certificates')

  await press('F10')
  await heading('受理工单')
  // The symptom has the focus: 漏气 is the first of them.
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="symptom"]'))
  await press('Space')
  await app.page.getByText('不要开关任何电器和电灯，不要在室内打电话').waitFor()
  await press('Ctrl+G')
  await field('callerName').fill('王来电')
  await field('callerPhone').fill('13800000000')
  await field('place').fill('人民路12号3幢201室')
  await picture('intake')
  await press('F12')
  await heading(/^报警 GD/)
  await until('issued')
  await app.page.getByText('险情无人接单').waitFor()
  await picture('order')

  await changeTo('4001')
  await app.page.getByText('险情无人接单').waitFor()
  await press('Control+j')
  await heading(/^报警 GD/)
  await press('Ctrl+D')
  await dialog('派工').getByText('张晓燕').waitFor()
  await expect.poll(() => dialog('派工').locator('label', { hasText: '陈建国' }).count()).toBe(0)
  await picture('assign')
  await press('F12')
  await until('assigned')
  await shows('待接单')
  await app.page.getByText('险情无人接单').waitFor()
  for (const [reached, shown] of [
    ['accepted', '已接单'],
    ['on-site', '已到场'],
    ['handled', '已处理'],
    ['repaired', '已修复'],
  ] as const) {
    await confirm('Ctrl+Enter', '已关阀换管，检漏合格', reached, reached === 'handled' ? '未停气' : null)
    await shows(shown)
  }
  await expect.poll(() => app.page.getByText('险情无人接单').count()).toBe(0)
  await picture('repaired')
  await go(app.page, '/workorders')
  await app.page.locator('tbody tr:focus', { hasText: '人民路12号3幢201室' }).waitFor()
  await picture('board')

  // Whoever is not the worker looks at it, the customer is called, the leaders are told, and only then it is closed.
  await press('Enter')
  await heading(/^报警 GD/)
  await confirm('Ctrl+Shift+V', '检漏合格，用气正常', 'verified')
  await changeTo('3001')
  await go(app.page, '/workorders')
  await app.page.locator('tbody tr', { hasText: '人民路12号3幢201室' }).dblclick()
  await heading(/^报警 GD/)
  await press('Ctrl+H')
  await heading('报警、抢修回访')
  await app.page.getByText('险情是否已经排除').waitFor()
  await press('Ctrl+G')
  await press('Ctrl+1')
  await press('F12')
  await until('called-back')
  await heading(/^报警 GD/)
  await shows('已回访')
  const close = app.page.locator('.key-button', { hasText: '关闭' })
  await close.getByText('重大险情还没有报告').waitFor()
  expect(await close.isDisabled()).toBe(true)
  for (let told = 0; told < 3; told++) {
    await app.page.getByRole('button', { name: '登记已报告' }).first().click()
    await app.page.locator('.reason-prompt').waitFor()
    await press('Enter')
    await expect.poll(() => toldLeaders()).toBe(told + 1)
    await app.page.locator('.reason-prompt').waitFor({ state: 'hidden' })
    const left = app.page.getByRole('button', { name: '登记已报告' })
    await expect.poll(() => left.count()).toBe(2 - told)
  }
  await expect.poll(() => close.isEnabled()).toBe(true)
  await confirm('F12', '资料归档', 'closed')
  await picture('closed')
})
