import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cubicMetres, litre } from '../../src-main/platform/money.ts'
import { Bills, BillReading } from '../../src-main/billing/api.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { EstimateMakeUp } from '../../src-main/supply/api.ts'
import { read } from '../billing/household.ts'
import { refusal } from '../customers/support.ts'
import { id, ledgerFaults, openLifeHall, today, type Home, type LifeHall } from './account-hall.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  home = hall.home()
})
afterEach(() => {
  expect(ledgerFaults(hall)).toEqual([])
  return hall.close()
})

describe('换表', () => {
  test('bills the old meter’s last gas at its tier, goes on with the total, and ends when the sheet is signed', async () => {
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE meters SET installed_on = '2026-09-01'`))
    await hall.billed(home, '2026-11-01', 300)
    const life = await hall.begin(home, 'exchange')
    const done = await life.exchange(320, 'NEW-0001')
    expect(done).toMatchObject({ state: 'exchanged', amount: 6_300, makeUp: 0, billNo: expect.stringMatching(/^ZD/) })
    await hall.restart()
    expect(await refusal(life.exchange(320, 'NEW-0002'))).toMatchObject({ code: 'GateNotPassed' })
    expect(await refusal(life.cancel())).toMatchObject({ code: 'GateNotPassed' })
    await life.tightness()
    await life.safety()
    expect((await refusal(life.signExchange('2026-11-22'))).message).toContain('不能早于换表日期')
    expect(await life.signExchange()).toEqual({ state: 'done' })
    hall.clock.advance(30 * 86_400_000)
    const readingId = await read(hall, home.accountId, '2026-12-20', 5)
    const { amount } = await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
    expect(amount).toBe(1_650)
  })

  test('gas that was off for it is on again only with a test and a check made after it (17(2)); the database holds it too', async () => {
    await hall.billed(home, '2026-11-01', 0)
    const life = await hall.begin(home, 'exchange')
    for (const early of [life.tightness, life.safety])
      expect(await refusal(early())).toMatchObject({ code: 'GateNotPassed' })
    await life.exchange(1, 'NEW-0008', { exchangedOn: '2026-11-23' })
    const { processId } = life
    const open = async () => (await refusal(life.signExchange())).message
    const below = () =>
      hall.transact(({ sqlite }) =>
        sqlite.prepare(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = ?`).run(processId),
      )
    expect(await open()).toMatch(/尚未做严密性试验.*尚未做安全检查/)
    expect(below).toThrow('exchange of a meter without its evidence')
    for (const early of [life.tightness(0, hall.worker, '2026-11-22'), life.safety(true, hall.worker, '2026-11-22')])
      expect((await refusal(early)).message).toContain('不能早于')
    await life.tightness(2_000)
    expect(await open()).toMatch(/严密性试验不合格.*尚未做安全检查/)
    await life.tightness()
    expect(below).toThrow('exchange of a meter without its evidence')
    await life.safety(false)
    expect(await open()).toContain('安全检查不合格')
    await hall.restart()
    await life.safety()
    expect(await life.signExchange()).toEqual({ state: 'done' })
  })

  test('where no gas flows the check waits for the day it is given back; the test does not', async () => {
    const off = await hall.begin(home, 'deactivation')
    await off.read(0)
    await off.choose('keep')
    await off.deactivate()
    const life = await hall.begin(home, 'exchange')
    await life.exchange(0, 'NEW-0009')
    expect((await refusal(life.signExchange())).message).toBe('还不能办理：尚未做严密性试验（第十七条）')
    await life.tightness()
    expect(await life.signExchange()).toEqual({ state: 'done' })
  })

  test('makes up for days on which the meter stood still, as the estimate says while the form is filled in', async () => {
    for (const [on, m3] of [
      ['2026-02-01', 31],
      ['2026-03-01', 59],
      ['2026-04-01', 90],
    ] as const) {
      await hall.billed(home, on, m3)
    }
    const life = await hall.begin(home, 'exchange')
    const stoppedOn = '2026-11-13'
    const { estimate } = await hall.call(EstimateMakeUp, { processId: life.processId, stoppedOn, on: today })
    expect(estimate).toBe(cubicMetres(10))
    expect(await life.exchange(95, 'NEW-0003', { stoppedOn })).toMatchObject({ makeUp: cubicMetres(10) })
    const { rows } = await hall.call(Bills, { accountId: home.accountId })
    expect(rows[0]?.consumption).toBe(cubicMetres(15))
    const { records } = await life.detail()
    expect(records.at(-1)?.summary).toContain('补气量 10 m³')
  })

  test('without readings asks for the agreed volume; a number in use and a helper are refused', async () => {
    const life = await hall.begin(home, 'exchange')
    expect(await refusal(life.exchange(0, 'NEW-0004', { stoppedOn: '2026-11-01' }))).toMatchObject({
      code: 'MakeUpNeeded',
      field: 'agreedMakeUp',
    })
    expect(await refusal(life.exchange(0, 'NEW-0004', { workerId: hall.helper }))).toMatchObject({
      code: 'CertificateMissing',
    })
    const [other] = hall.query<{ no: string }>('SELECT meter_no AS no FROM meters WHERE id = ?', hall.home().meterId)
    expect(await refusal(life.exchange(0, other?.no ?? ''))).toMatchObject({ code: 'MeterNoTaken', field: 'meterNo' })
    expect(hall.query(`SELECT 1 FROM readings`)).toEqual([])
  })

  test('costs a household nothing: the cycle’s tier lines come to the same with and without an exchange in between', async () => {
    const use = fc.array(
      fc.record({ days: fc.integer({ min: 1, max: 45 }), litres: fc.integer({ min: 0, max: 150_000 }) }),
      {
        minLength: 2,
        maxLength: 6,
      },
    )
    const ahead = (days: number) =>
      new Date(Date.parse('2026-01-01T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10)
    const totals = (accountId: string) =>
      hall.query<{ cycle: string; tier: number; volume: number; amount: number }>(
        `SELECT l.cycle_start AS cycle, l.tier, sum(l.volume) AS volume, sum(l.amount) AS amount
         FROM bills b JOIN bill_lines l ON l.bill_id = b.id
         WHERE b.account_id = ? AND l.volume > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
        accountId,
      )
    let n = 0
    await fc.assert(
      fc.asyncProperty(use, fc.nat(), async (periods, pick) => {
        const [plain, exchanged] = [hall.home(), hall.home()]
        const at = pick % periods.length
        let [days, index, offset] = [0, 0, 0]
        for (const [i, period] of periods.entries()) {
          days += period.days
          index += period.litres
          const readOn = ahead(days)
          for (const { accountId } of [plain, exchanged]) {
            if (i === at && accountId === exchanged.accountId) {
              const life = await hall.begin(exchanged, 'exchange')
              await life.exchange(0, `X-${String((n += 1)).padStart(6, '0')}`, {
                exchangedOn: readOn,
                finalIndex: litre(index),
              })
              offset = index
              continue
            }
            const own = accountId === exchanged.accountId ? index - offset : index
            const readingId = await takeLitres(accountId, readOn, own)
            await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
          }
        }
        expect(totals(exchanged.accountId)).toEqual(totals(plain.accountId))
      }),
      { numRuns: 15 },
    )
  })
})

async function takeLitres(accountId: string, readOn: string, index: number): Promise<string> {
  const { readingId } = await hall.call(
    RecordReading,
    {
      requestId: id(),
      accountId,
      readOn,
      index: litre(index),
      source: 'visit',
      readerId: hall.reader,
      confirmed: ['tooHigh', 'longInterval'],
    },
    'cashier',
  )
  return readingId
}
