/** Committing a payment, against one durable transaction that writes what any payment at least writes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Collect, Dues, OpenShift, ShiftState, type Means } from '../../src-main/cashier/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { openSqlite, type Sqlite } from '../../src-main/platform/database.ts'
import { systemClock } from '../../src-main/platform/clock.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { fen } from '../../src-main/platform/money.ts'
import type { Desk } from './hall.mts'
import { p99, Series, timed, timedAsync, type Figure } from './measure.mts'

const payments = 2_000
const targetRatio = 2
const draw = 3
/** Rows of the raw file whose balance a payment moves: as many as a busy hall has. */
const rawAccounts = 20_000

/** A file with the hall's own settings whose tables have nothing but their primary keys. */
const rawSchema = `
  CREATE TABLE entries (id TEXT PRIMARY KEY, date TEXT, at INTEGER, kind TEXT, memo TEXT, subject TEXT, actor TEXT) STRICT;
  CREATE TABLE lines (entry_id TEXT, line_no INTEGER, account TEXT, holder TEXT, debit INTEGER, credit INTEGER,
    PRIMARY KEY (entry_id, line_no)) STRICT;
  CREATE TABLE payments (id TEXT PRIMARY KEY, date TEXT, account_id TEXT, amount INTEGER, entry_id TEXT, at INTEGER,
    actor TEXT) STRICT;
  CREATE TABLE tenders (payment_id TEXT, line_no INTEGER, means TEXT, amount INTEGER,
    PRIMARY KEY (payment_id, line_no)) STRICT;
  CREATE TABLE allocations (payment_id TEXT, line_no INTEGER, bill_id TEXT, principal INTEGER, late_fee INTEGER,
    PRIMARY KEY (payment_id, line_no)) STRICT;
  CREATE TABLE receipts (receipt_no TEXT PRIMARY KEY, payment_id TEXT) STRICT;
  CREATE TABLE bills (id TEXT PRIMARY KEY, settled INTEGER) STRICT;
  CREATE TABLE accounts (id TEXT PRIMARY KEY, arrears INTEGER) STRICT;`

/** Nine rows and one durable commit: an entry of two lines, the payment's documents, the bill and the account. */
function rawPayment(sqlite: Sqlite): (amount: number) => void {
  sqlite.exec(rawSchema)
  const ids = Array.from({ length: rawAccounts }, () => newId(systemClock))
  const fill = sqlite.prepare('INSERT INTO accounts VALUES (?, 1000000)')
  const fillBills = sqlite.prepare('INSERT INTO bills VALUES (?, 0)')
  sqlite.transaction(() => ids.forEach((id) => (fill.run(id), fillBills.run(id))))()
  const entry = sqlite.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)')
  const line = sqlite.prepare('INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)')
  const payment = sqlite.prepare('INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?)')
  const tender = sqlite.prepare('INSERT INTO tenders VALUES (?, ?, ?, ?)')
  const allocation = sqlite.prepare('INSERT INTO allocations VALUES (?, ?, ?, ?, ?)')
  const receipt = sqlite.prepare('INSERT INTO receipts VALUES (?, ?)')
  const settle = sqlite.prepare('UPDATE bills SET settled = settled + ? WHERE id = ?')
  const lower = sqlite.prepare('UPDATE accounts SET arrears = arrears - ? WHERE id = ?')
  let serial = 0
  const write = sqlite.transaction((amount: number, id: string, entryId: string, paymentId: string, at: number) => {
    line.run(entryId, 1, 'cash-drawer', paymentId, amount, 0)
    line.run(entryId, 2, 'receivable', id, 0, amount)
    entry.run(entryId, '2026-11-23', at, 'payment', '收费', paymentId, id)
    payment.run(paymentId, '2026-11-23', id, amount, entryId, at, id)
    tender.run(paymentId, 1, 'cash', amount)
    allocation.run(paymentId, 1, id, amount, 0)
    receipt.run(`SJ${serial}`, paymentId)
    settle.run(amount, id)
    lower.run(amount, id)
  })
  return (amount) => {
    serial += 7
    const id = ids[(serial * 7919) % ids.length] ?? ''
    write.immediate(amount, id, newId(systemClock), newId(systemClock), systemClock.now())
  }
}

/** Accounts in debt, in an order of no meaning: whoever comes to the counter. */
export function debtors(sqlite: Sqlite, random: Random, most: number): string[] {
  const ids = sqlite
    .prepare<[], { id: string }>('SELECT id FROM accounts WHERE arrears > 0 ORDER BY account_no')
    .all()
    .map(({ id }) => id)
  for (let i = ids.length - 1; i > 0; i--) {
    const j = random.between(0, i)
    const [a, b] = [ids[i] ?? '', ids[j] ?? '']
    ids[i] = b
    ids[j] = a
  }
  return ids.slice(0, most)
}

/** A cashier's shift opens, unless it is open already. */
export async function openDrawer({ call }: Desk): Promise<void> {
  if ((await call(ShiftState, {}, 'cashier')).shift) return
  await call(OpenShift, { requestId: newId(systemClock), rows: [{ face: fen(10_000), pieces: 5 }] }, 'cashier')
}

/** Looks at what an account owes. @returns what the key does then: takes all of it, by this means @throws what the call throws */
export async function payOf({ call }: Desk, accountId: string, means: Means = 'cash') {
  const { bills, total } = await call(Dues, { accountId }, 'cashier')
  const reference = means === 'cash' ? {} : { reference: newId(systemClock) }
  const payment = {
    requestId: newId(systemClock),
    accountId,
    bills: bills.map(({ billId }) => ({ billId })),
    tenders: [{ means, amount: total, ...reference }],
  }
  return Object.assign(() => call(Collect, payment, 'cashier'), { total })
}

export async function paymentFigure(desk: Desk): Promise<Figure> {
  const { hall } = desk
  const random = new Random(draw)
  const folder = mkdtempSync(join(tmpdir(), 'hall-bench-raw-'))
  const sqlite = openSqlite({ path: join(folder, 'raw.db'), key: hall.environment.key, create: true })
  try {
    const raw = rawPayment(sqlite)
    await openDrawer(desk)
    const ours = new Series()
    const baseline: number[] = []
    for (const accountId of debtors(hall.environment.sqlite, random, payments)) {
      const pay = await payOf(desk, accountId, random.pick(['cash', 'cash', 'wechat', 'alipay']))
      ours.add(await timedAsync(pay))
      baseline.push(timed(() => raw(pay.total)).ms)
    }
    const ratio = p99(ours.ms) / p99(baseline)
    return {
      name: 'commit a payment',
      what: 'cashier.collect of everything an account owes, one after the other; raw: an entry of two lines, payment, tender, allocation, receipt, bill and account balance (9 rows) in one durable transaction, in a file of its own without index, trigger, reference, audit or outbox',
      samples: ours.ms,
      cpu: ours.cpu,
      baseline,
      ratio,
      target: `p99 ≤ ${targetRatio} × raw p99`,
      met: ratio <= targetRatio,
    }
  } finally {
    sqlite.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
