/** A business waits for its services to be paid, where the company says so; for goods and insurance nothing ever waits. */
import { afterEach, describe, expect, test } from 'vitest'
import { fen } from '../../src-main/platform/money.ts'
import { Change } from '../../src-main/settings/api.ts'
import { Withdraw } from '../../src-main/fees/api.ts'
import { Collect } from '../../src-main/cashier/api.ts'
import { apply, stepsOf, untilIgnition } from '../installations/steps.ts'
import { gasOf, openLifeHall, type LifeHall } from '../supply/account-hall.ts'
import { CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import { addItem, addItemByTwo, chargeTo } from './support.ts'

const id = () => crypto.randomUUID()
const failureOf = (doing: Promise<unknown>) =>
  doing.then(
    () => '',
    (error: unknown) => (error instanceof CallFailed ? error.message : String(error)),
  )
const pay = (hall: TestHall, accountId: string, chargeId: string, amount: number) =>
  hall.call(
    Collect,
    { requestId: id(), accountId, charges: [{ chargeId }], tenders: [{ means: 'cash', amount: fen(amount) }] },
    'cashier',
  )

describe('first gas', () => {
  let hall: TestHall
  afterEach(() => hall.close())
  const ready = async () => {
    hall = await openTestHall()
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    await untilIgnition(steps)
    const accountId = hall.hall.environment.sqlite
      .prepare<[string], string>('SELECT account_id FROM applications WHERE id = ?')
      .pluck()
      .get(applicationId)
    const install = { name: '户内安装', account: 'installation-revenue' as const, places: ['opening' as const] }
    const { itemId } = await addItem(hall, install)
    return { steps, accountId: accountId ?? '', itemId }
  }

  test('waits for what was charged at the opening, until it is paid or withdrawn', async () => {
    const { steps, accountId, itemId } = await ready()
    const { chargeId } = await chargeTo(hall, accountId, itemId, { place: 'opening' })
    expect(await failureOf(steps.ignite())).toContain('开户收费项目 20.00 元未缴清')
    await hall.call(Withdraw, { requestId: id(), chargeId, reason: '免收' }, 'hall-manager')
    await steps.ignite()
  })

  test('does not wait where the company says so, nor for goods', async () => {
    const { steps, accountId, itemId } = await ready()
    const goods = {
      name: '灶具',
      kind: 'goods' as const,
      account: 'goods-revenue' as const,
      places: ['counter' as const],
    }
    const stove = await addItem(hall, goods)
    await chargeTo(hall, accountId, stove.itemId, { consent: '本人选购' })
    await chargeTo(hall, accountId, itemId, { place: 'opening' })
    await hall.call(Change, { key: 'fees.businessWaits', value: false }, 'hall-manager')
    await steps.ignite()
  })
})

describe('an account', () => {
  let hall: LifeHall
  afterEach(() => hall.close())

  test('comes off the wall when its services are paid; goods keep nothing waiting, and 停用 waits for neither', async () => {
    hall = await openLifeHall()
    await hall.openShift(fen(100_000))
    const home = hall.home()
    const { itemId } = await addItemByTwo(hall, { name: '改管' })
    const sold = {
      name: '软管',
      kind: 'goods' as const,
      account: 'goods-revenue' as const,
      places: ['counter' as const],
    }
    const hose = await addItemByTwo(hall, sold)
    await chargeTo(hall, home.accountId, hose.itemId, { consent: '本人选购' })
    const { chargeId } = await chargeTo(hall, home.accountId, itemId)
    const stopping = await hall.begin(home, 'deactivation')
    await stopping.read(0)
    await stopping.deactivate()
    const life = await hall.begin(home, 'dismantling')
    await life.read(0)
    await life.remove(0)
    await life.tightness()
    expect(await failureOf(life.dismantle())).toContain('收费项目 20.00 元未缴清')
    await pay(hall, home.accountId, chargeId, 2_000)
    await life.dismantle()
    expect(gasOf(hall, home.servicePointId)).toBe('dismantled')
  })
})
