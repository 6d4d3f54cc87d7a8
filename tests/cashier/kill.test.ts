/** Kill -9 and power cuts: what the screen said is done stays done, once; what it did not say can be asked again. */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Collect, Prepay } from '../../src-main/cashier/api.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import type { CallReply, CallRequest } from '../../src-main/platform/contract.ts'
import { fen } from '../../src-main/platform/money.ts'
import { actorOf, mondayMorning, openTestHall, testKey } from '../support/hall.ts'
import { id, openCounter, yuan } from './counter.ts'

const paymentCount = 500
const kills = 8
/** Payments in flight at a time, as from several windows. */
const inFlight = 4
const cashier = JSON.stringify(actorOf('cashier'))

let child: ChildProcess | null = null
afterEach(() => void child?.kill('SIGKILL'))

/** Small fixed-seed generator, so that a failure can be played again. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

interface Order {
  readonly call: string
  readonly input: { readonly requestId: string }
  answer: unknown
}

async function start(folder: string, begin: number): Promise<ChildProcess> {
  const process = fork('tests/support/hall-process.ts', [folder, testKey, String(begin)], {
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    serialization: 'advanced',
  })
  child = process
  await new Promise<void>((open, failed) => {
    process.once('message', () => open())
    process.once('exit', (code) => failed(new Error(`the hall ended with ${code} before it opened`)))
  })
  return process
}

/** Sends the orders until `stopAfter` answers came, then kills. Orders without an answer stay without one. */
async function run(hall: ChildProcess, orders: readonly Order[], stopAfter: number): Promise<void> {
  const waiting = [...orders]
  const sent = new Map<number, Order>()
  let next = 1
  let answered = 0
  await new Promise<void>((done, failed) => {
    const send = () => {
      while (sent.size < inFlight && waiting.length > 0) {
        const order = waiting.shift() as Order
        const request: CallRequest = { id: next++, call: order.call, input: order.input, session: cashier }
        sent.set(request.id, order)
        hall.send(request)
      }
    }
    hall.on('exit', () => done())
    hall.on('message', (reply: CallReply) => {
      const order = sent.get(reply.id)
      sent.delete(reply.id)
      if (!reply.ok) return failed(new Error(`${reply.error.code}: ${reply.error.message}`))
      if (order) order.answer = reply.output
      answered += 1
      if (answered >= stopAfter || (waiting.length === 0 && sent.size === 0)) hall.kill('SIGKILL')
      else send()
    })
    send()
  })
}

test('500 payments, killed at random: every acknowledged one once, nothing half, numbers gapless, outbox complete', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hall-kill-'))
  const counter = await openCounter({ folder })
  await counter.set('cashier.prepaymentCoversDebts', false)
  const homes = [await counter.owing(2_000), await counter.owing(2_000), await counter.owing(2_000)]
  await counter.openShift(yuan(500))
  const billIds = await Promise.all(
    homes.map(async (home) => (await counter.dues(home.accountId)).bills[0]?.billId ?? ''),
  )
  await counter.hall.close()

  const next = random(20_261_123)
  const orders: Order[] = Array.from({ length: paymentCount }, (_, i) => {
    const which = Math.floor(next() * homes.length)
    const accountId = homes[which]?.accountId ?? ''
    const amount = fen(1 + Math.floor(next() * 500))
    const tenders = [{ means: next() < 0.5 ? 'cash' : 'wechat', amount }]
    return i % 3 === 0
      ? { call: Prepay.name, input: { requestId: id(), accountId, tenders }, answer: null }
      : {
          call: Collect.name,
          input: { requestId: id(), accountId, bills: [{ billId: billIds[which] }], tenders },
          answer: null,
        }
  })
  for (let begin = mondayMorning, killed = 0; ; killed += 1, begin += 120_000) {
    const open = orders.filter((order) => order.answer === null)
    if (open.length === 0) break
    const share = killed < kills ? Math.ceil((paymentCount / (kills + 1)) * (0.5 + next())) : Infinity
    await run(await start(folder, begin), open, share)
  }

  const hall = await openTestHall({ folder, now: mondayMorning + 3_600_000 })
  try {
    const { sqlite } = hall.hall.environment
    const one = (sql: string) => sqlite.prepare(sql).pluck().get()
    const count = (table: string) => one(`SELECT count(*) FROM ${table}`)
    expect(one('PRAGMA integrity_check')).toBe('ok')

    const known = new Set(sqlite.prepare(`SELECT payment_id || ' ' || receipt_no FROM receipts`).pluck().all())
    const answers = orders.map((order) => order.answer as { paymentId: string; receiptNo: string })
    expect(new Set(answers.map((answer) => answer.paymentId)).size).toBe(paymentCount)
    expect(answers.filter((answer) => !known.has(`${answer.paymentId} ${answer.receiptNo}`))).toEqual([])
    expect(count('payments')).toBe(paymentCount)

    const serials = sqlite
      .prepare('SELECT CAST(substr(receipt_no, -8, 7) AS INTEGER) AS n FROM receipts ORDER BY n')
      .pluck()
      .all()
    expect(serials).toEqual(Array.from({ length: paymentCount }, (_, i) => i + 1))

    expect(one('SELECT sum(debit) - sum(credit) FROM journal_lines')).toBe(0)
    expect(one('SELECT count(*) FROM journal_lines WHERE entry_id NOT IN (SELECT id FROM journal_entries)')).toBe(0)
    expect(one(`SELECT count(*) FROM journal_entries WHERE kind = 'payment'`)).toBe(paymentCount)
    expect(
      one(`SELECT count(*) FROM accounts a WHERE arrears <> (SELECT coalesce(sum(debit) - sum(credit), 0)
             FROM journal_lines WHERE account = 'receivable' AND holder = a.id)
           OR prepayment <> (SELECT coalesce(sum(credit) - sum(debit), 0)
             FROM journal_lines WHERE account = 'prepayment' AND holder = a.id)`),
    ).toBe(0)
    const orphans = `SELECT count(*) FROM payments p WHERE amount <> (SELECT sum(amount) FROM tenders WHERE payment_id = p.id)`
    expect(one(orphans)).toBe(0)

    expect(one('SELECT max(seq) - count(*) FROM outbox')).toBe(0)
    for (const table of ['payments', 'tenders', 'allocations', 'receipts', 'journal_entries', 'journal_lines']) {
      expect(one(`SELECT count(*) FROM outbox WHERE entity = '${table}' AND op = 'insert'`), table).toBe(count(table))
    }
    expect(firstBrokenAuditRow(sqlite)).toBeNull()

    for (const order of orders.filter((_, i) => i % 50 === 0)) {
      const request = { id: 1, call: order.call, input: order.input, session: 'cashier' }
      expect(await hall.hall.handle(request)).toMatchObject({ ok: true, output: order.answer })
    }
    expect(count('payments')).toBe(paymentCount)
  } finally {
    await hall.close()
  }
})
