/** The lists of a hall in the real window: found, added up, first row by one key, Enter opens. By keyboard alone. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { debtors, find, openShift, press, takeCash } from './support/cashier.ts'
import { go } from './support/go.ts'
import { tokenOf } from './support/papers.ts'

let app: RunningApp
let page: Page
beforeAll(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '3001')
})
afterAll(() => app.close())

const openList = async (path: string) => {
  await go(page, path)
  await page.locator('.page-list table[aria-busy="false"]').first().waitFor()
}
const rows = () => page.locator('.page-list tbody tr')
/** The list has read what belongs to the filter, to what was typed: its sums say so, and not those of a part of it. */
const sumsShow = (...words: string[]) =>
  page.waitForFunction((all) => {
    const text = document.querySelector<HTMLElement>('.page-list .sums')?.innerText ?? ''
    return all.every((word) => text.includes(word))
  }, words)
const yuan = (fen: number) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })

async function typeInSearch(text: string): Promise<void> {
  await page.keyboard.press('Control+F')
  await page.waitForFunction(() => document.activeElement?.closest('.page-list .search') !== null)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

test('a column that is hidden stays hidden on the next look at the list', async () => {
  await openList('/customers')
  const heads = () => page.locator('.page-list thead th').allInnerTexts()
  const before = await heads()
  await page.getByRole('button', { name: '列', exact: true }).click()
  const box = page.locator('.el-popper:visible label.column').first()
  const name = (await box.innerText()).trim()
  await box.click()
  await expect.poll(heads).not.toContain(name)
  const after = await heads()
  expect(after.length).toBe(before.length - 1)
  for (let round = 0; round < 2; round++) {
    await go(page, '/')
    await openList('/customers')
    await expect.poll(heads).toEqual(after)
  }
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.locator('.el-popper:visible label.column', { hasText: name }).first().click()
  await expect.poll(heads).toEqual(before)
  await page.keyboard.press('Escape')
})

test('客户: found by a grouped number, by pinyin; Esc empties, an arrow comes to the first row, Enter opens it', async () => {
  const [one] = app.query<{ name: string; accountNo: string; accountId: string; owed: number }>(
    `SELECT c.name, a.account_no AS accountNo, a.id AS accountId, a.arrears AS owed FROM accounts a
     JOIN customers c ON c.id = a.customer_id WHERE a.arrears > 0 AND c.category = 'resident' ORDER BY a.account_no LIMIT 1`,
  )
  const [all] = app.query<{ owed: number; n: number }>('SELECT sum(arrears) AS owed, count(*) AS n FROM accounts')
  if (!one || !all) throw new Error('nobody owes anything')
  for (let round = 0; round < 3; round++) {
    await openList('/customers')
    await page
      .locator('.sums')
      .getByText(`${yuan(all.owed)} 元`)
      .waitFor()
    // With its grouping, then without the leading zeros.
    await typeInSearch(round === 1 ? one.accountNo.replace(/^0+/, '') : one.accountNo.replace(/(\d{4})(?=\d)/g, '$1 '))
    await sumsShow('1 户', yuan(one.owed))
    expect(await rows().first().innerText()).toContain(one.name)
    await page.keyboard.press('Escape')
    await page
      .locator('.sums')
      .getByText(`${yuan(all.owed)} 元`)
      .waitFor()
    await typeInSearch(one.name)
    await rows().filter({ hasText: one.name }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /^#\/customers\/[0-9a-f-]{36}/.test(location.hash))
  }
})

test('客户: an arrow pressed while the list still looks for what was typed leads to what is found', async () => {
  const names = app.query<{ name: string }>(
    `SELECT name FROM customers WHERE category = 'resident' GROUP BY name HAVING count(*) = 1 ORDER BY name DESC LIMIT 3`,
  )
  await openList('/customers')
  for (const { name } of names) {
    await typeInSearch(name)
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction((who) => {
      const row = document.activeElement
      return row?.matches('.page-list tbody tr') === true && row.textContent?.includes(who) === true
    }, name)
    await page.locator('.sums').getByText('1 户', { exact: true }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TR')
  }
})

test('投诉: whoever stands on a row stays on it while a colleague takes another complaint', async () => {
  await openList('/complaints')
  await rows().nth(2).waitFor()
  await page.keyboard.press('Control+Shift+ArrowUp')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement === document.querySelectorAll('.page-list tbody tr')[2])
  const here = await rows().nth(2).innerText()
  const before = await rows().count()
  for (let round = 1; round <= 3; round++) {
    await page.evaluate(
      async ([password, requestId]) => {
        const login = (await window.hall.call('access.login', { staffNo: '1001', password }, null)) as { token: string }
        await window.hall.call(
          'complaints.take',
          {
            requestId,
            class: 'attitude',
            channel: 'phone',
            complainantName: '贾投诉',
            complainantPhone: '0999-8880001',
            content: '等候太久',
          },
          login.token,
        )
      },
      [passwordOf('1001'), randomUUID()] as const,
    )
    await rows()
      .nth(before + round - 1)
      .waitFor()
    const on = await page.evaluate(() => (document.activeElement as HTMLElement).innerText)
    expect(on.split('\t')[0]).toBe(here.split('\t')[0])
    expect(await page.locator('.page-list tbody tr.current').innerText()).toContain(here.split('\t')[0])
  }
})

test('a list is found as it was left by whoever comes back: filter, what was looked for, page and row; opened anew it begins anew', async () => {
  const listed = () =>
    page.evaluate(() => ({
      filter: document.querySelector<HTMLElement>('.page-list .el-radio-button.is-active')?.innerText,
      search: document.querySelector<HTMLInputElement>('.page-list .search input')?.value,
      row: document.querySelector<HTMLElement>('.page-list tbody tr.current')?.innerText.split('\t')[0],
      page: document.querySelector<HTMLElement>('.page-list footer > span')?.innerText,
    }))
  const onRow = () => page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  for (const [path, prepare] of [
    [
      '/complaints',
      async () => {
        await page.keyboard.press('Control+M')
        await page.keyboard.press('Control+M')
        await page.keyboard.press('Control+M')
        await typeInSearch('贾投诉')
        await sumsShow('3 件')
        await page.keyboard.press('ArrowDown')
      },
    ],
    [
      '/customers',
      async () => {
        await page.keyboard.press('PageDown')
        await page.locator('.page-list footer > span').getByText('第 2 页').waitFor()
      },
    ],
  ] as const) {
    await go(page, '/regulation')
    await openList(path)
    await onRow()
    const fresh = await listed()
    await prepare()
    await onRow()
    await page.keyboard.press('ArrowDown')
    await onRow()
    const left = await listed()
    expect(left).not.toEqual(fresh)
    for (let round = 0; round < 3; round++) {
      await page.keyboard.press('Enter')
      await page.waitForFunction((of) => location.hash.startsWith(`#${of}/`), path)
      await page.keyboard.press('Alt+ArrowLeft')
      await onRow()
      expect(await listed()).toEqual(left)
    }
    await go(page, '/regulation')
    await openList(path)
    await onRow()
    expect(await listed()).toEqual(fresh)
  }
})

test('an address keeps building and room in sight, whatever the width', async () => {
  await openList('/customers')
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('.page-list .address')].flatMap((cell) => {
      const text = cell.querySelector('bdi')
      if (!text) return ['no text']
      const [inner, outer] = [text.getBoundingClientRect(), cell.getBoundingClientRect()]
      // The end of the text must not lie outside the cell.
      return inner.right > outer.right + 1 ? [cell.textContent ?? ''] : []
    }),
  )
  expect(cut).toEqual([])
})

test('账单: a number with and without its letters, the sums of the filter, the first row by one key', async () => {
  const [bill] = app.query<{ billNo: string; amount: number }>(
    `SELECT bill_no AS billNo, amount FROM bills WHERE state = 'settled' ORDER BY bill_no LIMIT 1`,
  )
  const [settled] = app.query<{ n: number; amount: number }>(
    `SELECT count(*) AS n, sum(amount) AS amount FROM bills WHERE state = 'settled'`,
  )
  if (!bill || !settled) throw new Error('no bill is settled')
  await openList('/bills')
  // 未缴清 → 已逾期 → 已缴清
  await press(page, 'Ctrl+M', '换状态')
  await press(page, 'Ctrl+M', '换状态')
  await sumsShow(`${settled.n.toLocaleString('zh-CN')} 张`, `${yuan(settled.amount)} 元`)
  for (const typed of [bill.billNo, bill.billNo.toLowerCase(), bill.billNo.replace(/^ZD0*/, '')]) {
    await typeInSearch(typed)
    await sumsShow('1 张', yuan(bill.amount))
    expect(await rows().first().innerText()).toContain(yuan(bill.amount))
  }
  await page.keyboard.press('Escape')
  // All of them are there again: a row that is about to go takes the Enter with it.
  await sumsShow(`${settled.n.toLocaleString('zh-CN')} 张`, `${yuan(settled.amount)} 元`)
  await page.keyboard.press('Control+Shift+ArrowUp')
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  await page.keyboard.press('Enter')
  await page.locator('.el-dialog').first().waitFor()
  await page.keyboard.press('Escape')
})

test('账单: a span of days is filled in and emptied by key, three times; what is no day is said and changes nothing', async () => {
  const [all] = app.query<{ n: number }>(`SELECT count(*) AS n FROM bills WHERE state = 'open'`)
  if (!all) throw new Error('no bills')
  const field = (end: string) => page.locator(`.page-list input[aria-label="出账日期${end}"]`)
  await go(page, '/regulation')
  await openList('/bills')
  const everything = `${all.n.toLocaleString('zh-CN')} 张`
  await sumsShow(everything)
  for (let round = 0; round < 3; round++) {
    await field('自').focus()
    await page.keyboard.type('2026-13-45')
    await page.keyboard.press('Tab')
    await page.locator('.page-list [role="alert"]').first().waitFor()
    await sumsShow(everything)
    // Tab leaves no unreadable day behind.
    expect(await field('自').evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+A')
    // The later day first: it is turned round.
    await page.keyboard.type('20200131')
    await page.keyboard.press('Tab')
    await page.keyboard.type('20200101')
    await page.keyboard.press('Enter')
    await sumsShow('0 张')
    await page.locator('.page-list').getByText('所选出账日期里没有这种状态的账单').waitFor()
    expect([await field('自').inputValue(), await field('至').inputValue()]).toEqual(['2020-01-01', '2020-01-31'])
    for (const end of ['至', '自']) {
      await field(end).focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await page.keyboard.press('Tab')
      await sumsShow(everything)
      expect(await field(end).inputValue()).toBe('')
    }
  }
})

test('收款记录: a receipt whatever its day, the sums by means', async () => {
  // The demo hall has taken nothing yet.
  await page.reload()
  await logIn(page, '2001')
  await openShift(page)
  await page.evaluate(() => localStorage.setItem('paper.receipt', JSON.stringify({ mode: 'none' })))
  for (const debtor of debtors(app, 2)) {
    await find(page, debtor)
    await takeCash(page)
    await press(page, 'F12', '确认收款')
    await page.locator('main .done-note').getByText(`${debtor.name} 已收`).waitFor()
  }
  const [taken] = app.query<{ n: number; amount: number }>(
    `SELECT count(*) AS n, sum(CASE WHEN r.state = 'issued' THEN p.amount ELSE 0 END) AS amount FROM payments p
     JOIN receipts r ON r.payment_id = p.id`,
  )
  const [receipt] = app.query<{ receiptNo: string; amount: number }>(
    `SELECT r.receipt_no AS receiptNo, p.amount FROM receipts r JOIN payments p ON p.id = r.payment_id ORDER BY 1 LIMIT 1`,
  )
  if (!taken || !receipt) throw new Error('nothing was taken')
  await openList('/payments')
  await sumsShow(`${taken.n.toLocaleString('zh-CN')} 笔`, yuan(taken.amount))
  await typeInSearch(receipt.receiptNo.replace(/^SJ0*/, ''))
  await sumsShow('1 笔', yuan(receipt.amount))
})

test('客户: a search that fails leaves no row of the one before, and its Enter opens nobody', async () => {
  const [one] = app.query<{ name: string; accountNo: string }>(
    `SELECT c.name, a.account_no AS accountNo FROM accounts a JOIN customers c ON c.id = a.customer_id ORDER BY a.account_no LIMIT 1`,
  )
  if (!one) throw new Error('no account')
  await openList('/customers')
  const empty = page
    .locator('.page-list .empty-state:visible, .page-list .el-empty:visible')
    .or(page.getByText('没有找到“'))
  let tried = 0
  const nextPhone = () => `1990017${String(++tried).padStart(4, '0')}`
  // As many whole numbers as anybody may try.
  for (let said = ''; !said.includes('没有查成'); said = await empty.first().innerText()) {
    expect(tried).toBeLessThan(60)
    const phone = nextPhone()
    await typeInSearch(phone)
    await page.getByText(`没有找到“${phone}”`).or(page.getByText('没有查成')).first().waitFor()
  }
  for (let round = 0; round < 3; round++) {
    await typeInSearch(one.accountNo)
    await sumsShow('1 户')
    await typeInSearch(nextPhone())
    await page.keyboard.press('Enter')
    await page.getByText('没有查成').first().waitFor()
    expect(await rows().count()).toBe(0)
    expect(await page.evaluate(() => location.hash)).toBe('#/customers')
  }
  await typeInSearch(one.accountNo)
  await sumsShow('1 户')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /^#\/customers\/[0-9a-f-]{36}/.test(location.hash))
})

test('催缴: a row that somebody else takes from the list while a dialog lies over it stays what the dialog is about', async () => {
  await page.reload()
  await logIn(page, '3001')
  // Beside this window, as another counter.
  const token = await tokenOf(page, '4001')
  const call = <R>(name: string, input: unknown): Promise<R> =>
    page.evaluate(([of, with_, session]) => window.hall.call(of, with_, session), [
      name,
      input,
      token,
    ] as const) as Promise<R>
  const { rows: owing } = await call<{ rows: { accountId: string }[] }>('supply.debtors', {
    filter: { minDays: 1, minFen: 0, undunned: true, search: '' },
    sort: 'days',
    page: { size: 3 },
  })
  await call('supply.issueDunnings', { requestId: randomUUID(), accountIds: owing.map(({ accountId }) => accountId) })
  await openList('/supply/arrears')
  const waiting = page.getByRole('radiogroup', { name: '催缴的步骤' }).getByText(/^待送达/)
  for (const _ of [1, 2]) {
    await waiting.click()
    await rows().nth(1).waitFor()
    const [first, second] = (await rows().allInnerTexts()).map(
      (text) => /CJ\d+/.exec(text.replaceAll(' ', ''))?.[0] ?? '',
    )
    const [gone] = app.query<{ id: string }>('SELECT id FROM dunnings WHERE dunning_no = ?', first)
    await press(page, 'Ctrl+T', '登记送达')
    const dialog = page.getByRole('dialog', { name: '催缴通知单送达' })
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="way"]') !== null)
    await call('supply.cancelDunning', { requestId: randomUUID(), dunningId: gone?.id, reason: '已在外地缴清' })
    await page.waitForFunction(
      (no) => !document.querySelector<HTMLElement>('.page-list tbody')?.innerText.replaceAll(' ', '').includes(no),
      first ?? '',
    )
    expect((await dialog.locator('.what').innerText()).replaceAll(/\s/g, '')).toContain(first)
    await page.keyboard.press('F12')
    await page.locator('.el-message--error').first().waitFor()
    expect(app.query('SELECT 1 FROM dunnings WHERE dunning_no = ? AND state <> ?', second, 'issued')).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    // Now the next row is what a key is about.
    await press(page, 'Ctrl+T', '登记送达')
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="way"]') !== null)
    expect((await dialog.locator('.what').innerText()).replaceAll(/\s/g, '')).toContain(second)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
})
