import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Apply } from '../../src-main/installations/api.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { Prepay } from '../../src-main/cashier/api.ts'
import { setGasState } from '../../src-main/customers/service.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { AccountBusiness, StartProcess, TakeOverProcess, type ProcessKind } from '../../src-main/supply/api.ts'
import { Answer, Take } from '../../src-main/workorders/api.ts'
import { refusal } from '../customers/support.ts'
import { repairCall } from '../workorders/people.ts'
import { AddCertificate } from '../../src-main/staff/api.ts'
import { residentApplication, stepsOf } from '../installations/steps.ts'
import {
  accountOf,
  gasOf,
  id,
  ledgerFaults,
  openLifeHall,
  today,
  yuan,
  type Home,
  type LifeHall,
} from './account-hall.ts'
import { copyIn } from '../support/certificate.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  await hall.openShift(yuan(1_000))
  home = hall.home()
})
afterEach(() => {
  expect(ledgerFaults(hall)).toEqual([])
  return hall.close()
})

const textOf = async (call: Promise<unknown>) => (await refusal(call)).message
const titles = (accountId = home.accountId) =>
  hall
    .query<{ title: string }>('SELECT title FROM customer_events WHERE account_id = ? ORDER BY rowid', accountId)
    .map(({ title }) => title)

/** Takes a household out of use. */
async function deactivated(m3 = 10): Promise<void> {
  const life = await hall.begin(home, 'deactivation')
  await life.read(m3)
  if (m3 > 0) await hall.pay(home.accountId)
  await life.deactivate()
}
/** And off the wall. */
async function dismantled(): Promise<void> {
  await deactivated()
  const life = await hall.begin(home, 'dismantling')
  await life.read(10)
  await life.remove(10)
  await life.tightness()
  await life.dismantle()
}

describe('停用', () => {
  test('reads, settles, seals: gas is off, the file says so, and it survives a restart', async () => {
    const life = await hall.begin(home, 'deactivation')
    expect(await textOf(life.deactivate())).toContain('尚未抄止数')
    expect(await life.read(20)).toMatchObject({ state: 'read', amount: yuan(60) })
    expect(await textOf(life.deactivate())).toContain('欠费 60.00 元')
    await hall.pay(home.accountId)
    await hall.restart()
    expect(await life.deactivate()).toEqual({ state: 'done' })
    expect(gasOf(hall, home.servicePointId)).toBe('deactivated')
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'active', arrears: 0 })
    expect(titles()).toEqual(expect.arrayContaining(['停用：受理', '停用：抄止数', '停用：办结', '供气中 → 停用']))
    const { records } = await life.detail()
    expect(records.at(-1)).toMatchObject({ kind: 'finished', workerName: '王师傅', summary: '关阀加封，封签 F-0001' })
  })

  test('counts late fee as owed, names every obstacle at once, and takes a reading of the very day only', async () => {
    await hall.billed(home, '2026-06-01', 100)
    const life = await hall.begin(home, 'deactivation')
    await life.read(110, { readOn: '2026-11-22' })
    const text = await textOf(life.deactivate())
    expect(text).toMatch(/止数抄于 2026-11-22，停气当日（2026-11-23）须重新抄止数/)
    expect(text).toContain('欠费 330.00 元未缴清')
    // A hundred days late: 300.00 × 3‰ × 100.
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE bills SET due_on = '2026-08-15' WHERE amount = 30000`))
    const detail = await life.detail()
    expect(detail.settlement).toMatchObject({ lateFee: yuan(90), total: yuan(420) })
    expect(await textOf(life.deactivate())).toContain('欠费 420.00 元（含违约金 90.00 元）未缴清')
    expect(detail.settlement.bills.flatMap(({ lines }) => lines.map((line) => line.text))).toEqual([
      '第一档 0–100：100 m³ × 3.00 = 300.00',
      '第一档 100–105.23：5.23 m³ × 3.00 = 15.69',
      '第一档 0–4.77：4.77 m³ × 3.00 = 14.31',
    ])
  })

  test('keeps the prepayment by the customer’s wish, or ends only after it was paid back at the counter', async () => {
    await hall.prepay(home.accountId, 50)
    const life = await hall.begin(home, 'deactivation')
    await life.read(0)
    await life.choose('refund')
    expect(await textOf(life.deactivate())).toContain('预存余额 50.00 元未退还')
    expect(await refusal(life.choose('carry'))).toMatchObject({ code: 'InvalidInput', field: 'choice' })
    await hall.refund(home.accountId, 50)
    expect(await life.deactivate()).toEqual({ state: 'done' })
  })

  test('takes an agreed index only with the name of who agreed', async () => {
    const life = await hall.begin(home, 'deactivation')
    expect(await refusal(life.read(5, { how: 'agreed' }))).toMatchObject({ code: 'InvalidInput', field: 'agreedBy' })
    await life.read(5, { how: 'agreed', agreedBy: '王小明' })
    const [reading] = hall.query<{ source: string }>('SELECT source FROM readings ORDER BY rowid DESC LIMIT 1')
    expect(reading?.source).toBe('self-reported')
  })

  test('bills what waited before, and a reading in between asks for another one', async () => {
    await hall.call(RecordReading, {
      requestId: id(),
      accountId: home.accountId,
      readOn: '2026-11-01',
      index: cubicMetres(8),
      source: 'visit',
      readerId: hall.reader,
    })
    const life = await hall.begin(home, 'deactivation')
    expect((await life.detail()).settlement.unbilled).toBe(1)
    await life.read(10)
    expect((await life.detail()).settlement).toMatchObject({ unbilled: 0, principal: yuan(30) })
    await hall.pay(home.accountId)
    await hall.call(RecordReading, {
      requestId: id(),
      accountId: home.accountId,
      readOn: today,
      index: cubicMetres(11),
      source: 'visit',
      readerId: hall.reader,
    })
    const text = await textOf(life.deactivate())
    expect(text).toContain('止数之后又有抄表')
    expect(text).toContain('还有 1 次抄表未出账')
  })

  test('is work for somebody with a maintenance certificate (clause 10(8))', async () => {
    const life = await hall.begin(home, 'deactivation')
    await life.read(0)
    expect(await refusal(life.deactivate(today, hall.helper))).toMatchObject({ code: 'CertificateMissing' })
    expect(gasOf(hall, home.servicePointId)).toBe('supplied')
  })

  test('asks for the certificate of the day the work was done, in the database too', async () => {
    const life = await hall.begin(home, 'deactivation')
    await life.read(0)
    hall.clock.advance(86_400_000)
    const certificate = {
      requestId: id(),
      ...copyIn(hall),
      staffId: hall.helper,
      kind: 'maintenance',
      number: 'WX-2',
    } as const
    await hall.call(AddCertificate, { ...certificate, issuedOn: '2026-11-24', validTo: '2027-11-23' }, 'hall-manager')
    expect((await refusal(life.deactivate(today, hall.helper))).message).toContain('自 2026-11-24 起才有效')
    const force = () =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO account_process_records (id, process_id, no, kind, performed_on, worker_id, worker_name, body, at, actor_id, actor_name)
             VALUES ('x', ?, 9, 'finished', ?, ?, '刘学徒', '{}', 0, 'x', 'x')`,
          )
          .run(life.processId, today, hall.helper),
      )
    expect(force).toThrow('work on site without a certified worker')
    // Whose certificate ran out after the work was certified when it was done.
    hall.clock.set('2027-11-23T09:00:00+08:00')
    expect(await life.deactivate(today)).toEqual({ state: 'done' })
  })
})

describe('复用', () => {
  test('needs tightness test and safety check by certified staff, and nothing that holds gas off (clause 17(2))', async () => {
    await deactivated()
    const life = await hall.begin(home, 'reactivation')
    expect(await textOf(life.reactivate())).toMatch(/尚未做严密性试验.*尚未做安全检查/)
    expect(await refusal(life.tightness(0, hall.helper))).toMatchObject({ code: 'CertificateMissing' })
    expect(await life.tightness(20)).toMatchObject({ passed: false })
    expect(await life.safety()).toMatchObject({ passed: true })
    expect(await textOf(life.reactivate())).toContain('严密性试验不合格')
    await life.tightness()
    hall.transact((context) =>
      placeHold(context, {
        servicePointId: home.servicePointId,
        cause: 'hazard',
        subject: 'hazard:1',
        note: '热水器烟道未伸出室外',
      }),
    )
    expect(gasOf(hall, home.servicePointId)).toBe('deactivated')
    expect(await textOf(life.reactivate())).toContain('还有停气原因未解除：热水器烟道未伸出室外')
    hall.transact((context) => liftHold(context, 'hazard:1', '复查合格'))
    expect(await life.reactivate()).toMatchObject({ state: 'done' })
    expect(gasOf(hall, home.servicePointId)).toBe('supplied')
  })

  test('waits for the morning where residents live, in the database too; a restaurant is served at night', async () => {
    const ready = async (category: 'resident' | 'commercial') => {
      home = hall.home({ category })
      await deactivated(0)
      const life = await hall.begin(home, 'reactivation')
      await life.tightness()
      await life.safety()
      return { life, home }
    }
    const family = await ready('resident')
    const restaurant = await ready('commercial')
    hall.clock.set('2026-11-23T22:00:00+08:00')
    expect(await textOf(family.life.reactivate())).toContain('22:00 至次日 06:00 不给居民恢复供气')
    // Past the service: the process is marked done, and still no gas before the morning.
    const past = () =>
      hall.transact((context) => {
        context.sqlite.exec(
          `UPDATE account_processes SET state = 'done', ended_at = ${context.clock.now()} WHERE id = '${family.life.processId}'`,
        )
        setGasState(context, family.home.servicePointId, 'supplied', null)
      })
    expect(past).toThrow('without its gate')
    expect(await restaurant.life.reactivate()).toMatchObject({ state: 'done' })
    hall.clock.set('2026-11-24T05:59:00+08:00')
    expect(await textOf(family.life.reactivate())).toMatch(
      /严密性试验做于 2026-11-23，不是今天.*安全检查做于 2026-11-23/,
    )
    expect(past).toThrow('reactivation without its evidence')
    await family.life.tightness()
    await family.life.safety()
    expect(past).toThrow('without its gate')
    hall.clock.set('2026-11-24T06:00:00+08:00')
    expect(await family.life.reactivate()).toMatchObject({ state: 'done' })
  })
})

describe('拆除', () => {
  test('only where gas is off, with the meter at its final index and the pipe proved tight, and for good', async () => {
    expect(await textOf(hall.begin(home, 'dismantling'))).toContain('须先停用或停气')
    await deactivated()
    await hall.prepay(home.accountId, 30)
    const life = await hall.begin(home, 'dismantling')
    await life.read(10)
    expect(await refusal(life.remove(11))).toMatchObject({ code: 'InvalidInput', field: 'index' })
    await life.remove(10)
    expect(await textOf(life.dismantle())).toMatch(/预存余额 30.00 元未退还.*尚未做封堵严密性试验/)
    await life.tightness()
    await hall.refund(home.accountId, 30)
    await life.dismantle()
    expect(gasOf(hall, home.servicePointId)).toBe('dismantled')
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'closed' })
    expect(hall.query('SELECT state, removed_on AS "on" FROM meters WHERE id = ?', home.meterId)).toEqual([
      { state: 'removed', on: today },
    ])
    for (const state of ['supplied', 'deactivated', 'not-ignited'] as const) {
      expect(() => hall.transact((context) => setGasState(context, home.servicePointId, state, null))).toThrow()
    }
    for (const kind of ['reactivation', 'transfer', 'exchange', 'deactivation', 'dismantling'] as const) {
      expect(await textOf(hall.begin(home, kind))).toContain('户号已终止')
    }
    expect(
      await refusal(
        hall.call(
          Prepay,
          { requestId: id(), accountId: home.accountId, tenders: [{ means: 'cash', amount: yuan(1) }] },
          'cashier',
        ),
      ),
    ).toMatchObject({ code: 'AccountEnded' })
  })

  test('gas there begins anew: another application makes another service point, the old one is refused', async () => {
    await dismantled()
    const application = residentApplication(hall, 700)
    expect(
      await textOf(
        hall.call(Apply, { ...application, servicePoint: { known: true, servicePointId: home.servicePointId } }),
      ),
    ).toContain('该用气点已拆除')
    const [place = expect.fail('no such place')] = hall.query<
      Record<'district' | 'street' | 'community' | 'building' | 'unit' | 'room', string>
    >('SELECT district, street, community, building, unit, room FROM service_points WHERE id = ?', home.servicePointId)
    await hall.call(Apply, { ...application, requestId: id(), servicePoint: { known: false, place } })
    expect(
      hall
        .query<{ s: string }>(
          'SELECT gas_state AS s FROM service_points WHERE room = ? ORDER BY created_at',
          place.room,
        )
        .map(({ s }) => s),
    ).toEqual(['dismantled', 'not-ignited'])
  })

  test('may begin where gas is off for arrears, and ends when these are paid', async () => {
    await hall.billed(home, '2026-11-01', 50)
    hall.transact((context) =>
      placeHold(context, { servicePointId: home.servicePointId, cause: 'arrears', subject: 'dunning:1', note: '欠费' }),
    )
    const life = await hall.begin(home, 'dismantling')
    await life.read(50)
    await life.remove(50)
    await life.tightness()
    expect(await textOf(life.dismantle())).toContain('欠费 150.00 元')
    await hall.pay(home.accountId)
    expect(await life.dismantle()).toEqual({ state: 'done' })
  })
})

describe('销户', () => {
  test('closes a dismantled account with nothing open; what is open is named', async () => {
    const question = { kind: 'consultation', symptom: 'question', accountId: home.accountId } as const
    const { orderId } = await hall.call(Take, { ...repairCall(), ...question }, 'dispatcher')
    expect(await textOf(hall.begin(home, 'closing'))).toContain('须先办理拆除')
    await dismantled()
    const [payment] = hall.query<{ id: string }>('SELECT id FROM payments WHERE account_id = ?', home.accountId)
    const life = await hall.begin(home, 'closing')
    await hall.reverse(payment?.id ?? '')
    const text = await textOf(life.close())
    expect(text).toContain('欠费 30.00 元')
    expect(text).toMatch(/工单 GD\d+ 还没有关闭/)
    await hall.pay(home.accountId)
    expect(await textOf(life.close())).not.toContain('欠费')
    await hall.call(Answer, { requestId: id(), orderId, note: '已答复' }, 'dispatcher')
    expect(await life.close()).toEqual({ state: 'done' })
    expect(await textOf(hall.begin(home, 'closing'))).toContain('已办理销户')
  })
})

test('销户 ends an account that never got gas: application, contracts and meter go with it, and the place is free again', async () => {
  const input = residentApplication(hall, 800)
  const { applicationId } = await hall.call(Apply, input)
  const steps = stepsOf(hall, applicationId)
  await steps.survey()
  await steps.draft()
  await steps.printAndSign('supply')
  await steps.printAndSign('safety')
  const { accountId } = await steps.openAccount()
  await steps.installMeter('M-800001')
  await hall.prepay(accountId, 40)
  const life = await hall.begin({ accountId }, 'closing')
  expect(await textOf(life.close())).toContain('预存余额 40.00 元未退还')
  await hall.refund(accountId, 40)
  expect(await life.close()).toEqual({ state: 'done' })
  expect(accountOf(hall, accountId)).toMatchObject({ state: 'closed', prepayment: 0 })
  expect(hall.query('SELECT state FROM applications')).toEqual([{ state: 'cancelled' }])
  expect(hall.query('SELECT DISTINCT state FROM contracts')).toEqual([{ state: 'void' }])
  expect(hall.query(`SELECT state FROM meters WHERE meter_no = 'M-800001'`)).toEqual([{ state: 'removed' }])
  const [point] = hall.query<{ id: string }>('SELECT service_point_id AS id FROM accounts WHERE id = ?', accountId)
  await hall.call(Apply, {
    ...residentApplication(hall, 801),
    servicePoint: { known: true, servicePointId: point?.id ?? '' },
  })
})

describe('every process', () => {
  test('is one at a time at a place, is taken over by name, and is cancelled with its reason', async () => {
    const life = await hall.begin(home, 'deactivation')
    expect(await textOf(hall.begin(home, 'exchange'))).toMatch(/停用在办：TY\d+，经办 钱柜员/)
    await hall.call(TakeOverProcess, { requestId: id(), processId: life.processId }, 'hall-manager')
    expect((await life.detail()).process.holderName).toBe('李主任')
    await life.cancel()
    expect(await textOf(life.read(1))).toContain('已经取消')
    await hall.begin(home, 'exchange')
  })

  test('repeated with the same request has one effect', async () => {
    const input = {
      requestId: id(),
      accountId: home.accountId,
      kind: 'exchange' as const,
      applicant: '王小明',
      applicantPhone: '13800000000',
      reason: '到期',
    }
    expect(await hall.call(StartProcess, input)).toEqual(await hall.call(StartProcess, input))
  })

  test('says on the account’s page why it cannot begin', async () => {
    const { obstacles } = await hall.call(AccountBusiness, { accountId: home.accountId })
    const open = (Object.keys(obstacles) as ProcessKind[]).filter((kind) => obstacles[kind]?.length === 0)
    expect(open.sort()).toEqual(['addition', 'closing', 'deactivation', 'exchange', 'transfer'])
    expect(obstacles.detachment).toEqual(['只有一块在用表，不能单独拆表；不再用气的请办理停用、拆除'])
    expect(obstacles.dismantling).toEqual(['须先停用或停气（现为供气中）'])
  })

  test('cannot be ended past the calls: the database refuses', async () => {
    await hall.billed(home, '2026-11-01', 10)
    const life = await hall.begin(home, 'deactivation')
    const sql = (text: string) => () => hall.transact(({ sqlite }) => sqlite.exec(text))
    const done = `UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = '${life.processId}'`
    expect(sql(done)).toThrow('process ends unsettled')
    expect(sql(`UPDATE accounts SET state = 'closed' WHERE id = '${home.accountId}'`)).toThrow(
      'an account ends settled',
    )
    expect(() => hall.transact((context) => setGasState(context, home.servicePointId, 'deactivated', null))).toThrow(
      'deactivated without its process',
    )
    expect(sql(`DELETE FROM account_processes`)).toThrow('never go')
    expect(sql(`DELETE FROM account_process_records`)).toThrow('append-only')
    await hall.pay(home.accountId)
    await life.read(10)
    await life.deactivate()
    expect(sql(`UPDATE account_processes SET state = 'applied', ended_at = NULL`)).toThrow('never changes')
    expect(() => hall.transact((context) => setGasState(context, home.servicePointId, 'supplied', null))).toThrow(
      'without its gate',
    )
    expect(() => hall.transact((context) => setGasState(context, home.servicePointId, 'suspended', 'planned'))).toThrow(
      'without its gate',
    )
    const again = await hall.begin(home, 'reactivation')
    expect(sql(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = '${again.processId}'`)).toThrow(
      'reactivation without its evidence',
    )
    const tested = (worker: string, body: object) =>
      sql(`INSERT INTO account_process_records (id, process_id, no, kind, passed, performed_on, worker_id, body, at, actor_id, actor_name)
           VALUES ('x', '${again.processId}', 9, 'tightness', 1, '${today}', '${worker}', '${JSON.stringify(body)}', 1, 'a', 'a')`)
    const good = { pressurePa: 5_000, minutes: 15, dropPa: 0 }
    expect(tested(hall.helper, good)).toThrow('without a certified worker')
    for (const nothing of [{}, { ...good, minutes: 0 }, { ...good, dropPa: 5_000 }, { ...good, pressurePa: 0 }])
      expect(tested(hall.worker, nothing)).toThrow('tests nothing')
  })
})
