/** Whatever happens to households in whatever order — readings, money, processes — the books hold and no gate is passed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BillReading } from '../../src-main/billing/api.ts'
import { Reverse } from '../../src-main/cashier/api.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { processKinds } from '../../src-main/supply/api.ts'
import { approvalOf, reversalTerms } from '../support/approval.ts'
import { CallFailed } from '../support/hall.ts'
import {
  gasOf,
  id,
  ledgerFaults,
  lifeOf,
  openLifeHall,
  yuan,
  type Home,
  type Life,
  type LifeHall,
} from './account-hall.ts'

const acts = [
  'reading',
  'reading',
  'bill',
  'pay',
  'pay',
  'prepay',
  'refund',
  'reverse',
  'start',
  'start',
  'start',
  'final',
  'final',
  'choose',
  'name',
  'papers',
  'draft',
  'sign',
  'tightness',
  'safety',
  'remove',
  'exchange',
  'add',
  'detach',
  'finish',
  'finish',
  'finish',
  'cancel',
] as const
const step = fc.record({
  act: fc.constantFrom(...acts),
  kind: fc.constantFrom(...processKinds),
  pick: fc.nat({ max: 1_000 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

let meterNo = 0

class Place {
  readonly hall: LifeHall
  readonly home: Home
  accountId: string
  life: Life | null = null
  constructor(hall: LifeHall, home: Home) {
    this.hall = hall
    this.home = home
    this.accountId = home.accountId
  }
  get process(): Life {
    return this.life ?? lifeOf(this.hall, '00000000-0000-7000-8000-00000000dead')
  }

  /** The meters in use with what stands on them, whole m³. */
  private meters() {
    return this.hall.query<{ id: string; at: number }>(
      `SELECT m.id, coalesce((SELECT current_index FROM readings r WHERE r.meter_id = m.id AND r.state <> 'void'
         ORDER BY r.read_on DESC, r.id DESC LIMIT 1), m.initial_index) / 1000 AS at
       FROM meters m WHERE m.service_point_id = ? AND m.state = 'in-use' ORDER BY m.position`,
      this.home.servicePointId,
    )
  }
  private meter(pick: number) {
    const meters = this.meters()
    return meters[pick % Math.max(1, meters.length)]
  }

  async do({ act, kind, pick }: Step): Promise<void> {
    const { hall, accountId } = this
    const meter = this.meter(pick)
    switch (act) {
      case 'reading':
        await hall.call(RecordReading, {
          requestId: id(),
          accountId,
          meterId: meter?.id ?? null,
          readOn: '2026-11-23',
          index: cubicMetres((meter?.at ?? 0) + (pick % 5)),
          source: 'visit',
          readerId: hall.reader,
          confirmed: ['tooHigh', 'longInterval'],
        })
        return
      case 'bill': {
        const [reading] = hall.query<{ id: string }>(
          `SELECT id FROM readings WHERE account_id = ? AND state = 'unbilled' ORDER BY rowid DESC LIMIT 1`,
          accountId,
        )
        if (reading) await hall.call(BillReading, { requestId: id(), readingId: reading.id }, 'cashier')
        return
      }
      case 'pay':
        return void (await hall.pay(accountId))
      case 'prepay':
        return hall.prepay(accountId, 1 + (pick % 3))
      case 'refund': {
        const [account] = hall.query<{ held: number }>(
          'SELECT prepayment AS held FROM accounts WHERE id = ?',
          accountId,
        )
        return hall.refund(accountId, (account?.held ?? 0) / 100)
      }
      case 'reverse': {
        const [payment] = hall.query<{ id: string }>(
          `SELECT p.id FROM payments p WHERE p.account_id IN (?, ?) ORDER BY p.id DESC LIMIT 1`,
          accountId,
          this.home.accountId,
        )
        if (!payment) return
        const approvalId = await approvalOf(hall, reversalTerms(hall, payment.id, '录错'))
        return void (await hall.call(
          Reverse,
          { requestId: id(), paymentId: payment.id, reason: '录错', approvalId },
          'cashier',
        ))
      }
      case 'start':
        this.life = await hall.begin({ accountId }, kind)
        return
      case 'final':
        for (const { id: meterId, at } of this.meters()) await this.process.read(at, { meterId })
        return
      case 'choose':
        return void (await this.process.choose((['keep', 'refund', 'carry'] as const)[pick % 3] ?? 'keep'))
      case 'name':
        return void (await this.process.name())
      case 'papers':
        await this.process.papers()
        return hall.attach((await this.process.detail()).old.customerId, 'consent')
      case 'draft':
        return void (await this.process.draft())
      case 'sign':
        return void (await this.process.sign(pick % 2 === 0 ? 'supply' : 'safety'))
      case 'tightness':
        return void (await this.process.tightness(pick % 4 === 0 ? 20 : 0))
      case 'safety':
        return void (await this.process.safety(pick % 4 !== 0))
      case 'remove':
        if (this.meters().length === 0) return void (await this.process.remove(null))
        for (const { id: meterId, at } of this.meters())
          await this.process.remove(at, hall.worker, '2026-11-23', meterId)
        return
      case 'exchange':
        await this.process.exchange(meter?.at ?? 0, `R-${String((meterNo += 1)).padStart(6, '0')}`, {
          meterId: meter?.id ?? null,
        })
        return
      case 'add':
        return void (await this.process.addMeter(`R-${String((meterNo += 1)).padStart(6, '0')}`))
      case 'detach':
        return void (await this.process.detach(meter?.id ?? id(), (meter?.at ?? 0) + (pick % 3)))
      case 'finish':
        return this.finish()
      case 'cancel':
        return void (await this.process.cancel())
    }
  }

  private async finish(): Promise<void> {
    const { process } = await this.process.detail()
    const ends = {
      deactivation: () => this.process.deactivate(),
      reactivation: () => this.process.reactivate(),
      dismantling: () => this.process.dismantle(),
      exchange: () => this.process.signExchange(),
      closing: () => this.process.close(),
      addition: () => this.process.signChange(),
      detachment: () => this.process.signChange(),
      transfer: async () => {
        const { newAccountId } = await this.process.transfer()
        this.accountId = newAccountId
      },
    }
    await ends[process.kind]()
  }
}

/** What was measured and billed is what the bills say, account by account, whichever meters they have. */
const gasFaults = (hall: LifeHall) =>
  hall.query(
    `SELECT a.id, b.volume AS billed, r.volume AS measured FROM accounts a
       LEFT JOIN (SELECT account_id, sum(consumption) AS volume FROM bills WHERE state <> 'cancelled' GROUP BY 1) b
         ON b.account_id = a.id
       LEFT JOIN (SELECT account_id, sum(consumption) AS volume FROM readings WHERE state = 'billed' GROUP BY 1) r
         ON r.account_id = a.id
     WHERE b.volume IS NOT r.volume`,
  )

/** The promises, looked at in what was written. */
function expectSound(hall: LifeHall, place: Place, ends: Set<string>): void {
  expect(ledgerFaults(hall)).toEqual([])
  expect(gasFaults(hall)).toEqual([])
  const gas = gasOf(hall, place.home.servicePointId)
  const done = hall.query<{ kind: string }>(
    `SELECT kind FROM account_processes WHERE service_point_id = ? AND state = 'done' ORDER BY ended_at, id`,
    place.home.servicePointId,
  )
  for (const { kind } of done) ends.add(kind)
  const turns = done
    .map(({ kind }) => kind)
    .filter((kind) => ['deactivation', 'reactivation', 'dismantling'].includes(kind))
  const expected = { deactivation: 'deactivated', reactivation: 'supplied', dismantling: 'dismantled' }[
    (turns.at(-1) ?? 'reactivation') as 'deactivation' | 'reactivation' | 'dismantling'
  ]
  expect(gas).toBe(expected)
  const active = hall.query<{ n: number }>(
    `SELECT count(*) AS n FROM accounts WHERE service_point_id = ? AND state = 'active'`,
    place.home.servicePointId,
  )[0]?.n
  expect(active).toBe(gas === 'dismantled' ? 0 : 1)
}

test('readings, payments and processes in any order: the ledger balances, balances are the ledger’s, no gate is passed', async () => {
  const hall = await openLifeHall()
  await hall.openShift(yuan(5_000))
  const ends = new Set<string>()
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const place = new Place(hall, hall.home())
      for (const next of steps) {
        hall.clock.advance(1_000)
        try {
          await place.do(next)
        } catch (error) {
          if (!(error instanceof CallFailed)) throw error
          expect(error.failure.code, `${next.act}: ${error.failure.message}`).not.toBe('Internal')
          expect(error.failure.message).toMatch(/\p{Script=Han}/u)
          refused++
        }
      }
      expectSound(hall, place, ends)
    }),
    { numRuns: 25, seed: 20_261_123 },
  )
  expect(refused).toBeGreaterThan(100)

  // Driven on by hand so that every kind does reach its end, with everything else thrown in between.
  const place = new Place(hall, hall.home())
  const push = async (kind: (typeof processKinds)[number]) => {
    for (const act of [
      'start',
      'reading',
      'bill',
      'final',
      'pay',
      'choose',
      'name',
      'papers',
      'draft',
      'sign',
      'sign',
      'tightness',
      'safety',
      'exchange',
      'add',
      'detach',
      'remove',
      'tightness',
      'safety',
      'finish',
    ] as const) {
      for (const pick of act === 'sign' ? [0, 1] : [1]) {
        hall.clock.advance(1_000)
        // Gas is off: nothing is used.
        if (act === 'reading' && gasOf(hall, place.home.servicePointId) !== 'supplied') continue
        await place.do({ act, kind, pick: act === 'choose' ? 0 : pick }).catch((error: unknown) => {
          if (!(error instanceof CallFailed) || error.failure.code === 'Internal') throw error
        })
      }
    }
    expectSound(hall, place, ends)
  }
  for (const kind of [
    'exchange',
    'addition',
    'addition',
    'detachment',
    'exchange',
    'transfer',
    'deactivation',
    'reactivation',
    'deactivation',
    'transfer',
    'dismantling',
    'closing',
  ] as const) {
    await push(kind)
  }
  expect([...ends].sort()).toEqual([...processKinds].sort())
  await hall.close()
})
