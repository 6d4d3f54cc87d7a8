/** A hall with a headquarters: a real server beside it that can be told to misbehave. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { post } from '../../src-main/ledger/service.ts'
import type { SettingKey } from '../../src-main/platform/settings-catalog.ts'
import { fen } from '../../src-main/platform/money.ts'
import { Status } from '../../src-main/sync/api.ts'
import { startReceiver, type Receiver } from '../headquarters/receiver.ts'
import type { Fault } from '../headquarters/faults.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

export const token = 'right-token'

export interface ConnectedHall extends TestHall {
  readonly receiver: Receiver
  /** What happens to the coming requests, first to last; nothing once they are used up. */
  readonly faults: Fault[]
  set(key: SettingKey, value: unknown): void
  /** Books an entry of so many fen; `lines` pairs in one transaction. */
  book(amount: number, lines?: number): void
  query<Row>(sql: string): Row[]
  /** Turnover of every business date as the hall's own ledger has it. */
  ledger(): unknown[]
  /** Everything is at headquarters, once, and the books agree to the fen. */
  expectAllThere(): Promise<void>
}

export async function openConnectedHall(): Promise<ConnectedHall> {
  const hall = await openTestHall()
  const faults: Fault[] = []
  const receiver = await startReceiver({
    file: join(hall.folder, 'headquarters.db'),
    token,
    faults: () => faults.shift() ?? null,
  })
  const connected: ConnectedHall = Object.assign(hall, {
    receiver,
    faults,
    set(key: SettingKey, value: unknown) {
      hall.hall.environment.sqlite
        .prepare(`INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')`)
        .run(key, JSON.stringify(value))
    },
    book(amount: number, lines = 1) {
      hall.transact((context) =>
        post(context, {
          kind: 'payment',
          memo: '测试收款',
          subject: 'payment:test',
          lines: Array.from({ length: lines }, (_, i) => [
            { account: 'cash-drawer' as const, holder: `s${i}`, debit: fen(amount) },
            { account: 'prepayment' as const, holder: `a${i}`, credit: fen(amount) },
          ]).flat(),
        }),
      )
    },
    query: <Row>(sql: string) => hall.hall.environment.sqlite.prepare(sql).all() as Row[],
    ledger: () =>
      connected.query(
        `SELECT e.business_date AS date, l.account, sum(l.debit) AS debit, sum(l.credit) AS credit
         FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    async expectAllThere() {
      expect(await hall.call(Status, {}, 'clerk')).toMatchObject({ waiting: 0, lastError: null })
      expect(receiver.totals()).toEqual(connected.ledger())
      expect(receiver.gaps()).toEqual([])
      expect(receiver.violations()).toEqual([])
    },
    async close() {
      await hall.hall.close()
      await receiver.close()
      rmSync(hall.folder, { recursive: true, force: true })
    },
  })
  connected.set('sync.url', receiver.url)
  connected.set('sync.token', token)
  connected.set('sync.timeoutSeconds', 10)
  return connected
}
