/** 加表、拆表 and the business of an account with several meters (case M6). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Bill, Bills, BillReading } from '../../src-main/billing/api.ts'
import { CustomerFile, SearchCustomers } from '../../src-main/customers/api.ts'
import { accountByCode } from '../../src-main/customers/service.ts'
import { Meters } from '../../src-main/metering/api.ts'
import { Round } from '../../src-main/inspections/api.ts'
import { EstimateMakeUp } from '../../src-main/supply/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { read } from '../billing/household.ts'
import { Take } from '../../src-main/workorders/api.ts'
import { refusal } from '../customers/support.ts'
import { generate, taskOf } from '../inspections/support.ts'
import { repairCall } from '../workorders/people.ts'
import { id, ledgerFaults, openLifeHall, yuan, type Home, type LifeHall } from './account-hall.ts'

let hall: LifeHall
let home: Home
let made = 0
beforeEach(async () => {
  hall = await openLifeHall()
  home = hall.home()
})
afterEach(() => {
  expect(ledgerFaults(hall)).toEqual([])
  return hall.close()
})

/** The household with a second meter, its 加表 done. @returns the meter's id and number */
async function withSecond(): Promise<{ meterId: string; meterNo: string }> {
  const meterNo = `ADD-${String((made += 1)).padStart(4, '0')}`
  const life = await hall.begin(home, 'addition')
  const { meterId } = await life.addMeter(meterNo)
  await life.tightness()
  await life.safety()
  await life.signChange()
  return { meterId, meterNo }
}
const noOf = (meterId: string) =>
  hall.query<{ no: string }>('SELECT meter_no AS no FROM meters WHERE id = ?', meterId)[0]?.no ?? ''
const inUse = async () =>
  (await hall.call(Meters, { accountId: home.accountId })).filter(({ state }) => state === 'in-use')
const paper = async (kind: 'meter-addition' | 'meter-detachment' | 'bill' | 'settlement' | 'work-order', of: string) =>
  (await hall.paper({ kind, id: of })).html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('加表', () => {
  test('puts a second meter beside the first, tested and signed; both are found, shown and on the paper, also after a restart', async () => {
    const life = await hall.begin(home, 'addition')
    expect((await refusal(paper('meter-addition', life.processId))).message).toContain('还没有登记装表')
    expect(await refusal(life.signChange())).toMatchObject({ code: 'GateNotPassed' })
    const { meterId } = await life.addMeter('ADD9001', { note: '二楼厨房' })
    await hall.restart()
    expect((await refusal(life.signChange())).message).toContain('尚未做严密性试验（第十七条）')
    expect(await refusal(life.cancel())).toMatchObject({ code: 'GateNotPassed' })
    expect(await life.tightness(20)).toMatchObject({ passed: false })
    expect((await refusal(life.signChange())).message).toContain('严密性试验不合格')
    await life.tightness()
    // Gas was off for it and is on again: the place is looked over, in the database too (17(2)).
    expect((await refusal(life.signChange())).message).toBe('还不能办理：尚未做安全检查（第十七条）')
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite.prepare(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = ?`).run(life.processId),
      ),
    ).toThrow('without its evidence')
    await life.safety(false)
    expect((await refusal(life.signChange())).message).toContain('安全检查不合格')
    await life.safety()
    expect((await refusal(life.signChange('2026-11-22'))).message).toContain('不能早于加表日期')
    expect(await life.signChange()).toEqual({ state: 'done' })

    expect((await inUse()).map(({ meterId: one, position }) => [one, position])).toEqual([
      [home.meterId, 1],
      [meterId, 2],
    ])
    const nos = `${noOf(home.meterId)}、ADD9001`
    expect((await hall.call(CustomerFile, { accountId: home.accountId })).account?.meterNo).toBe(nos)
    for (const text of [noOf(home.meterId), 'ADD9001']) {
      const [row] = (await hall.call(SearchCustomers, { text })).rows
      expect(row).toMatchObject({ accountId: home.accountId, meterNo: nos, matched: 'meter' })
      const [mark] = row?.marks ?? []
      expect(row?.meterNo?.slice(mark?.from, mark?.to)).toBe(text)
      expect(hall.transact((context) => accountByCode(context, text))).toBe(home.accountId)
    }
    const text = await paper('meter-addition', life.processId)
    expect(text).toContain('营业厅（章）')
    for (const said of ['加表单', 'ADD9001', '二楼厨房', noOf(home.meterId), '一户多表合并计档', '王师傅'])
      expect(text).toContain(said)
  })

  test('is refused where gas is off, by somebody without a certificate, for a number in use, an index off the register', async () => {
    const life = await hall.begin(home, 'addition')
    expect(await refusal(life.addMeter('A-1'))).toMatchObject({ code: 'InvalidInput' })
    expect(await refusal(life.addMeter('ADD-0001', { workerId: hall.helper }))).toMatchObject({
      code: 'CertificateMissing',
    })
    expect(await refusal(life.addMeter(noOf(hall.home().meterId)))).toMatchObject({ code: 'MeterNoTaken' })
    expect(await refusal(life.addMeter('ADD-0001', { digits: 4, initialIndex: cubicMetres(10_000) }))).toMatchObject({
      code: 'IndexNotOnRegister',
    })
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare(`UPDATE service_points SET gas_state = 'suspended', suspended_for = 'hazard' WHERE id = ?`)
        .run(home.servicePointId),
    )
    expect((await refusal(life.addMeter('ADD-0001'))).message).toContain('恢复供气后才能加表')
    await life.cancel()
    expect((await refusal(hall.begin(home, 'addition'))).message).toContain('只有供气中的户可以加表')
    expect(await inUse()).toHaveLength(1)
  })

  test('while another business is in hand, and past the calls, is refused', async () => {
    await hall.begin(home, 'deactivation')
    expect((await refusal(hall.begin(home, 'addition'))).message).toContain('停用在办')
    const other = hall.home()
    const life = await hall.begin(other, 'addition')
    const end = `UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = '${life.processId}'`
    expect(() => hall.transact(({ sqlite }) => sqlite.exec(end))).toThrow('addition of a meter without its evidence')
  })
})

describe('拆表', () => {
  test('takes one meter off with its last reading, billed with what waited; account, other meter and total go on', async () => {
    const { meterId, meterNo } = await withSecond()
    hall.clock.advance(30 * 86_400_000)
    await read(hall, home.accountId, '2026-12-22', 40, home.meterId)
    const life = await hall.begin(home, 'detachment')
    expect(await refusal(life.detach(meterId, 5, { workerId: hall.helper }))).toMatchObject({
      code: 'CertificateMissing',
    })
    const done = await life.detach(meterId, 25)
    // 65 m³ of the first tier in one bill.
    expect(done).toMatchObject({ state: 'removed', amount: 19_500, billNo: expect.stringMatching(/^ZD/) })
    const { rows } = await hall.call(Bills, { accountId: home.accountId })
    expect(rows.map(({ consumption }) => consumption)).toEqual([65_000])
    expect((await refusal(life.signChange())).message).toContain('尚未做封堵严密性试验')
    await life.tightness()
    expect((await refusal(life.signChange())).message).toBe('还不能办理：尚未做安全检查（第十七条）')
    await life.safety()
    await life.signChange()
    expect((await inUse()).map((meter) => meter.meterId)).toEqual([home.meterId])
    expect((await hall.call(CustomerFile, { accountId: home.accountId })).account).toMatchObject({
      state: 'active',
      meterNo: noOf(home.meterId),
    })
    expect((await hall.call(SearchCustomers, { text: meterNo })).rows).toEqual([])
    const sheet = await paper('meter-detachment', life.processId)
    for (const part of [meterNo, '营业厅（章）']) expect(sheet).toContain(part)
    // One meter: nothing to name and nothing to wait for.
    const readingId = await read(hall, home.accountId, '2026-12-23', 41)
    expect(await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')).toMatchObject({ amount: 300 })
  })

  test('never takes the only meter, nor another household’s; a third meter gets a place of its own', async () => {
    expect((await refusal(hall.begin(home, 'detachment'))).message).toContain('只有一块在用表，不能单独拆表')
    const { meterId } = await withSecond()
    const life = await hall.begin(home, 'detachment')
    expect(await refusal(life.detach(hall.home().meterId, 0))).toMatchObject({ code: 'NotItsMeter' })
    await life.detach(meterId, 0)
    await life.tightness()
    await life.safety()
    await life.signChange()
    await withSecond()
    expect((await inUse()).map(({ position }) => position)).toEqual([1, 3])
  })
})

describe('an account with two meters', () => {
  test('换表 names the meter; the other and the places stay, and what was usual there goes on', async () => {
    const { meterId } = await withSecond()
    const life = await hall.begin(home, 'exchange')
    expect(await refusal(life.exchange(0, 'NEW-5001'))).toMatchObject({ code: 'MeterNotNamed', field: 'meterId' })
    expect(
      await refusal(
        hall.call(EstimateMakeUp, { processId: life.processId, stoppedOn: '2026-11-20', on: '2026-11-23' }),
      ),
    ).toMatchObject({ code: 'MeterNotNamed' })
    // The old one's last gas is billed at once: it waits for nobody.
    const done = await life.exchange(12, 'NEW-5001', { meterId })
    expect(done).toMatchObject({ amount: 3_600, billNo: expect.stringMatching(/^ZD/) })
    expect((await inUse()).map(({ meterNo, position }) => [meterNo, position])).toEqual([
      [noOf(home.meterId), 1],
      ['NEW-5001', 2],
    ])
    await life.tightness()
    await life.safety()
    await life.signExchange()
  })

  test('停用 and 拆除 need the last reading of both, billed as one; both come off the wall, 销户 ends it', async () => {
    await hall.billed(home, '2026-11-01', 0)
    const { meterId } = await withSecond()
    hall.clock.advance(20 * 86_400_000)
    const off = await hall.begin(home, 'deactivation')
    expect(await refusal(off.read(200))).toMatchObject({ code: 'MeterNotNamed' })
    expect(await off.read(200, { meterId: home.meterId })).toMatchObject({
      state: 'read',
      billNo: null,
      unread: [noOf(meterId)],
    })
    const half = await off.detail()
    expect(half.finalReadings).toMatchObject([{ meterId: home.meterId, state: 'waits' }])
    expect((half.obstacles.finish ?? []).map(({ text }) => text)).toEqual([
      `表 ${noOf(meterId)} 尚未抄止数`,
      '还有 1 次抄表未出账',
    ])
    // 350 m³: 310 of the first tier, 40 of the second.
    expect(await off.read(150, { meterId })).toMatchObject({ amount: 106_200, unread: [] })
    expect((await off.detail()).finalReadings).toMatchObject([{ state: 'billed' }, { state: 'billed' }])
    // Read once more on the same day: the other is billed up to it and keeps nobody waiting.
    expect(await off.read(151, { meterId })).toMatchObject({ amount: 330, unread: [] })
    await hall.openShift(yuan(1_000))
    await hall.pay(home.accountId)
    await off.deactivate()
    expect(await paper('settlement', off.processId)).toMatch(/：200 m³（2026年12月13日）；\S+：151 m³/)

    const gone = await hall.begin(home, 'dismantling')
    await gone.read(200, { meterId: home.meterId })
    await gone.read(151, { meterId })
    expect(await refusal(gone.remove(200))).toMatchObject({ code: 'MeterNotNamed' })
    await gone.remove(200, hall.worker, undefined, home.meterId)
    await gone.tightness()
    expect((await refusal(gone.dismantle())).message).toContain(`表 ${noOf(meterId)} 尚未拆下`)
    await gone.remove(151, hall.worker, undefined, meterId)
    expect((await refusal(gone.dismantle())).message).toContain('尚未做封堵严密性试验')
    await gone.tightness()
    await gone.dismantle()
    expect(await hall.call(Meters, { accountId: home.accountId })).toMatchObject([
      { state: 'removed' },
      { state: 'removed' },
    ])
    const closing = await hall.begin(home, 'closing')
    await closing.close()
  })

  test('the repairer’s paper and the inspector’s list name both, in one row', async () => {
    const { meterNo } = await withSecond()
    const nos = `${noOf(home.meterId)}、${meterNo}`
    const { orderId } = await hall.call(Take, repairCall({ accountId: home.accountId, place: '' }))
    expect(await paper('work-order', orderId)).toContain(nos)
    await generate(hall, 2026)
    const { rows } = await hall.call(Round, { roundId: taskOf(hall, home.accountId).roundId })
    expect(rows.filter(({ accountId }) => accountId === home.accountId).map((row) => row.meterNo)).toEqual([nos])
  })

  test('the bill notice shows both meters and says that they count together', async () => {
    const { meterId, meterNo } = await withSecond()
    hall.clock.advance(30 * 86_400_000)
    await read(hall, home.accountId, '2026-12-22', 40, home.meterId)
    const readingId = await read(hall, home.accountId, '2026-12-22', 20, meterId)
    const { billId } = await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
    expect((await hall.call(Bill, { billId })).readings).toHaveLength(2)
    const text = await paper('bill', billId)
    for (const said of [noOf(home.meterId), meterNo, '一户多表，合并计档']) expect(text).toContain(said)
  })
})
