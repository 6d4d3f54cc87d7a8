/** A hall whose cash desk is open, with households that owe something; several cashiers, as at a real counter. */
import { BillReading } from '../../src-main/billing/api.ts'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  Collect,
  CountCash,
  Dues,
  OpenShift,
  Reverse,
  type CountRows,
} from '../../src-main/cashier/api.ts'
import { balanceOf } from '../../src-main/ledger/service.ts'
import type { LedgerAccount } from '../../src-main/ledger/api.ts'
import type { Actor } from '../../src-main/platform/context.ts'
import type { InputOf, OutputOf, Role } from '../../src-main/platform/contract.ts'
import { fen, type Fen } from '../../src-main/platform/money.ts'
import type { SettingKey } from '../../src-main/platform/settings-catalog.ts'
import { Change } from '../../src-main/settings/api.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { household, read, type Household } from '../billing/household.ts'
import { approvalOf, reversalTerms } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

export const yuan = (value: number): Fen => fen(Math.round(value * 100))
export const id = () => crypto.randomUUID()

/** A count in as few pieces as possible. */
export function counted(amount: Fen): CountRows {
  const rows: CountRows = []
  let rest: number = amount
  for (const face of [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 1]) {
    if (rest >= face) rows.push({ face: fen(face), pieces: Math.floor(rest / face) })
    rest %= face
  }
  return rows
}

export interface Counter extends TestHall {
  /** Another cashier; `work(as)` puts either of them at the counter under the token `cashier`. */
  readonly second: Actor
  work(as: Actor): void
  /** Changes a setting, as the manager does. */
  set(key: SettingKey, value: string | number | boolean): Promise<unknown>
  openShift(amount: Fen): Promise<OutputOf<typeof OpenShift>>
  /** A household that used so many m³ and has the bill for it. */
  owing(...m3: number[]): Promise<Household>
  dues(accountId: string): Promise<OutputOf<typeof Dues>>
  /** Pays all the account owes, or as told. */
  pay(accountId: string, input?: Partial<InputOf<typeof Collect>>): Promise<OutputOf<typeof Collect>>
  reverse(paymentId: string, reason?: string): Promise<OutputOf<typeof Reverse>>
  closeShiftAndCount(amount: Fen): Promise<void>
  /** The day is closed, and so many days later the counter opens again. */
  later(days: number): Promise<void>
  balance(account: LedgerAccount, holder?: string): Fen
  query<Row>(sql: string, ...params: unknown[]): Row[]
}

export async function openCounter(options: { folder?: string } = {}): Promise<Counter> {
  let atWork = actorOf('cashier')
  const hall = await openTestHall({
    ...options,
    sessionOf: (_, token) => ({ actor: token === 'cashier' ? atWork : actorOf(token as Role), locked: false }),
  })
  const staffId = hall.transact((context) =>
    createStaff(context, { staffNo: '2002', name: '郑收费', roles: ['cashier'] }),
  )
  const second: Actor = { id: staffId, name: '郑收费', staffNo: '2002', roles: ['cashier'], sessionId: 'second' }
  const counter: Counter = Object.assign(hall, {
    second,
    work: (as: Actor) => void (atWork = as),
    set: (key: SettingKey, value: string | number | boolean) => hall.call(Change, { key, value }, 'hall-manager'),
    openShift: (amount: Fen) => hall.call(OpenShift, { requestId: id(), rows: counted(amount) }, 'cashier'),
    async owing(...m3: number[]) {
      const made = household(hall)
      let index = 0
      for (const [month, used] of m3.entries()) {
        index += used
        const day = `2026-${String(month + 2).padStart(2, '0')}-01`
        const readingId = await read(hall, made.accountId, day, index)
        await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
      }
      return made
    },
    dues: (accountId: string) => hall.call(Dues, { accountId }, 'cashier'),
    async pay(accountId: string, input: Partial<InputOf<typeof Collect>> = {}) {
      const { bills, total } = await counter.dues(accountId)
      return hall.call(
        Collect,
        {
          requestId: id(),
          accountId,
          bills: bills.map(({ billId }) => ({ billId })),
          tenders: [{ means: 'cash', amount: total }],
          ...input,
        },
        'cashier',
      )
    },
    async reverse(paymentId: string, reason = '录错') {
      const approvalId = await approvalOf(hall, reversalTerms(hall, paymentId, reason))
      return hall.call(Reverse, { requestId: id(), paymentId, reason, approvalId }, 'cashier')
    },
    async closeShiftAndCount(amount: Fen) {
      await hall.call(CloseShift, { requestId: id() }, 'cashier')
      await hall.call(CountCash, { requestId: id(), rows: counted(amount) }, 'cashier')
    },
    async later(days: number) {
      await hall.call(CloseShift, { requestId: id() }, 'cashier')
      const { cash, date } = await hall.call(CloseDraft, {}, 'cashier')
      await hall.call(CountCash, { requestId: id(), rows: counted(fen(cash.expected)) }, 'cashier')
      await hall.call(CloseDay, { requestId: id(), date }, 'cashier')
      hall.clock.advance(days * 86_400_000)
      await counter.openShift(yuan(500))
    },
    balance: (account: LedgerAccount, holder?: string) =>
      hall.transact((context) => balanceOf(context, account, holder)),
    query: <Row>(sql: string, ...params: unknown[]) =>
      hall.hall.environment.sqlite.prepare(sql).all(...params) as Row[],
  })
  return counter
}
