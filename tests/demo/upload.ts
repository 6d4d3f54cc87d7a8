/** 上报: headquarters' address is set by the administrator; after the close everything is there, to the fen. */
import { formatYuan, fen } from '../../src-main/platform/money.ts'
import type { Receiver } from '../headquarters/receiver.ts'
import type { Desk } from './desk.ts'

export interface Uploaded {
  readonly rows: number
  readonly requests: number
  /** Fen on the debit side of every entry, here and there. */
  readonly debitHere: number
  readonly debitThere: number
  readonly accounts: number
}

export async function setHeadquarters(desk: Desk, url: string, token: string): Promise<void> {
  await desk.go('/settings')
  for (const [key, value] of [
    ['sync.url', url],
    ['sync.token', token],
  ] as const) {
    const field = desk.page.locator(`[id="${key}"]`)
    await field.scrollIntoViewIfNeeded()
    await field.fill(value)
    await desk.press('Enter')
    await desk.see('已保存')
  }
  await desk.shot('上报设置')
}

/** Waits until the scheduler has sent everything, then holds both sides against each other. */
export async function compareWithHeadquarters(desk: Desk, receiver: Receiver): Promise<Uploaded> {
  await desk.go('/sync')
  const waiting = () =>
    desk.app.query<{ n: number }>(
      'SELECT (SELECT max(seq) FROM outbox) - (SELECT coalesce(max(acknowledged), 0) FROM sync_state) AS n',
    )[0]?.n ?? -1
  const until = Date.now() + 180_000
  let before = -1
  while (waiting() !== 0) {
    if (Date.now() > until) throw new Error(`${waiting()} rows still wait for headquarters`)
    // The scheduler sends at the close; what was printed after it would go with the next interval, or by hand.
    if (waiting() === before) await desk.act('Control+u', '立即上报')
    before = waiting()
    await desk.page.waitForTimeout(6_000)
  }
  await desk.page.waitForTimeout(500)
  await desk.shot('上报完成')
  const here = desk.app.query<{ date: string; account: string; debit: number; credit: number }>(
    `SELECT e.business_date AS date, l.account, sum(l.debit) AS debit, sum(l.credit) AS credit
     FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const there = [...receiver.totals()].sort((a, b) => (a.date + a.account < b.date + b.account ? -1 : 1))
  const key = (rows: readonly { date: string; account: string; debit: number; credit: number }[]) =>
    JSON.stringify(rows.map(({ date, account, debit, credit }) => [date, account, debit, credit]).sort())
  if (key(here) !== key(there)) throw new Error('headquarters’ totals differ from the ledger')
  if (receiver.gaps().length > 0) throw new Error('headquarters misses rows')
  if (receiver.violations().length > 0) throw new Error(`protocol: ${receiver.violations().join('; ')}`)
  const sum = (rows: readonly { debit: number }[]) => rows.reduce((total, row) => total + row.debit, 0)
  const [{ rows } = { rows: 0 }] = desk.app.query<{ rows: number }>('SELECT max(seq) AS rows FROM outbox')
  desk.tell(`总部收到 ${rows} 条，账目 ${there.length} 项与本机逐分相符，借方合计 ${formatYuan(fen(sum(there)))} 元`)
  return {
    rows,
    requests: receiver.requests(),
    debitHere: sum(here),
    debitThere: sum(there),
    accounts: there.length,
  }
}
