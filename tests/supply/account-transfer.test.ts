import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Bill, BillReading } from '../../src-main/billing/api.ts'
import { ContractsOfAccount, VoidContract } from '../../src-main/contracts/api.ts'
import { CustomerFile } from '../../src-main/customers/api.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { Change as ChangeSetting } from '../../src-main/settings/api.ts'
import { AccountBusiness, TakeOverProcess } from '../../src-main/supply/api.ts'
import { read } from '../billing/household.ts'
import { actorOf } from '../support/hall.ts'
import { refusal } from '../customers/support.ts'
import { accountOf, id, ledgerFaults, openLifeHall, yuan, type Home, type Life, type LifeHall } from './account-hall.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  await hall.openShift(yuan(1_000))
  home = hall.home({ care: true })
})
afterEach(() => {
  expect(ledgerFaults(hall)).toEqual([])
  return hall.close()
})
const textOf = async (call: Promise<unknown>) => (await refusal(call)).message

/** As far as the new holder could take over, everything done but what is left out. */
async function prepared(left: 'nothing' | 'papers' | 'safety' | 'reading' = 'nothing'): Promise<Life> {
  const life = await hall.begin(home, 'transfer')
  await life.name()
  if (left !== 'papers') await life.papers()
  if (left !== 'reading') await life.read(300)
  if (left !== 'reading') await hall.pay(home.accountId)
  await life.draft()
  await life.sign('supply')
  if (left !== 'safety') await life.sign('safety')
  return life
}

describe('过户', () => {
  test('gives the new holder an account of their own at the same meter; care stays with the person', async () => {
    const life = await prepared()
    const done = await life.transfer()
    expect(done).toMatchObject({ state: 'done', prepaymentCarried: 0, tierCarried: 0 })
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'transferred', arrears: 0, prepayment: 0 })
    expect(done.newAccountNo).not.toBe(home.accountNo)
    const file = await hall.call(CustomerFile, { accountId: done.newAccountId })
    expect(file.customer).toMatchObject({ name: '赵敏', specialCare: null })
    expect(file.account).toMatchObject({ servicePointId: home.servicePointId, meterNo: expect.stringMatching(/^L/) })
    const old = await hall.call(CustomerFile, { accountId: home.accountId })
    expect(old.customer.specialCare).not.toBeNull()
    const contracts = await hall.call(ContractsOfAccount, { accountId: done.newAccountId })
    expect(contracts.map(({ kind, state }) => [kind, state])).toEqual([
      ['supply', 'signed'],
      ['safety', 'signed'],
    ])
    await hall.restart()
    // What is used from now on is the new holder's, counted from the index of the transfer.
    hall.clock.advance(30 * 86_400_000)
    expect(
      await refusal(
        hall.call(RecordReading, {
          requestId: id(),
          accountId: home.accountId,
          readOn: '2026-12-23',
          index: cubicMetres(320),
          source: 'visit',
          readerId: hall.reader,
        }),
      ),
    ).toMatchObject({ code: 'AccountEnded' })
    const readingId = await read(hall, done.newAccountId, '2026-12-23', 320)
    const { amount } = await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
    expect(amount).toBe(yuan(60))
  })

  test('takes no effect before both contracts, both proofs, the reading of the day and the settlement (clause 15)', async () => {
    const life = await hall.begin(home, 'transfer')
    const obstacles = (await life.detail()).obstacles.finish.map(({ text }) => text)
    expect(obstacles).toEqual([
      '尚未登记新户主',
      '原户主身份证明尚未上传',
      '尚未抄止数',
      '新户主尚未签订供用气合同（第十五条）',
      '新户主尚未签订安全用气合同（第十五条）',
    ])
    await life.name()
    expect(await textOf(life.transfer())).toMatch(/原户主身份证明.*新户主身份证明.*新户主房产或场所证明/)
    await life.papers()
    await life.read(300)
    await life.draft()
    await life.sign('supply')
    const text = await textOf(life.transfer())
    expect(text).toContain('欠费 900.00 元')
    expect(text).toContain('安全用气合同')
    expect(text).not.toContain('供用气合同（')
    await hall.pay(home.accountId)
    await life.sign('safety')
    hall.clock.advance(86_400_000)
    expect(await textOf(life.transfer())).toContain('止数抄于 2026-11-23，过户当日（2026-11-24）须重新抄止数')
    await life.read(300)
    expect(await life.transfer()).toMatchObject({ state: 'done' })
  })

  test('again: the contracts of the holder who leaves end, they stay on record as signed', async () => {
    const { newAccountId } = await (await prepared()).transfer()
    const life = await hall.begin({ accountId: newAccountId }, 'transfer')
    await life.name('孙莉')
    await life.papers()
    await life.read(300)
    await life.draft()
    await life.sign('supply')
    await life.sign('safety')
    await life.transfer()
    const contracts = await hall.call(ContractsOfAccount, { accountId: newAccountId })
    expect(contracts.map(({ state, endedOn, endReason }) => [state, endedOn, endReason])).toEqual([
      ['signed', '2026-11-23', expect.stringMatching(/^过户 GH/)],
      ['signed', '2026-11-23', expect.stringMatching(/^过户 GH/)],
    ])
  })

  test('is left by one clerk and taken up by another, whatever was done stays done', async () => {
    const life = await prepared('safety')
    await hall.restart()
    await hall.call(TakeOverProcess, { requestId: id(), processId: life.processId }, 'hall-manager')
    await life.sign('safety')
    expect(await life.transfer()).toMatchObject({ state: 'done' })
  })

  test.each([
    ['fresh', 0, [['第一档 0–30：30 m³ × 3.00 = 90.00'], yuan(90)]],
    ['carry', 300, [['第一档 300–310：10 m³ × 3.00 = 30.00', '第二档 310–330：20 m³ × 3.30 = 66.00'], yuan(96)]],
  ] as const)(
    'with the setting “%s” the tier of the cycle counts from %i m³',
    async (choice, carried, [lines, total]) => {
      await hall.call(ChangeSetting, { key: 'supply.transferTier', value: choice }, 'administrator')
      // All of it in the cycle that began on 1 September.
      hall.transact(({ sqlite }) => sqlite.exec(`UPDATE meters SET installed_on = '2026-09-01'`))
      const life = await prepared()
      const done = await life.transfer()
      expect(done.tierCarried).toBe(cubicMetres(carried))
      hall.clock.advance(30 * 86_400_000)
      const readingId = await read(hall, done.newAccountId, '2026-12-23', 330)
      const { billId, amount } = await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')
      expect(amount).toBe(total)
      expect((await hall.call(Bill, { billId })).lines.map(({ text }) => text)).toEqual(lines)
    },
  )

  test('carries the prepayment over by written consent, as a balanced entry; without it, it is paid back first', async () => {
    await hall.prepay(home.accountId, 80)
    const life = await prepared()
    expect(await textOf(life.transfer())).toContain('预存余额 80.00 元未退还')
    expect(await refusal(life.choose('keep'))).toMatchObject({ code: 'InvalidInput', field: 'choice' })
    expect(await refusal(life.choose('carry', ''))).toMatchObject({ code: 'InvalidInput', field: 'consentedBy' })
    await life.choose('carry')
    expect(await textOf(life.transfer())).toContain('书面同意书尚未上传')
    hall.attach(home.customerId, 'consent')
    const done = await life.transfer()
    expect(done.prepaymentCarried).toBe(yuan(80))
    expect(accountOf(hall, home.accountId)?.prepayment).toBe(0)
    expect(accountOf(hall, done.newAccountId)?.prepayment).toBe(8_000)
    expect(hall.balance('prepayment', done.newAccountId)).toBe(-8_000)
    expect(hall.balance('prepayment')).toBe(-8_000)
  })

  test('a consent filed before the transfer began was for something else', async () => {
    await hall.prepay(home.accountId, 80)
    hall.attach(home.customerId, 'consent')
    hall.clock.advance(60_000)
    const life = await prepared()
    await life.choose('carry')
    expect(await textOf(life.transfer())).toContain('书面同意书尚未上传')
  })

  test('refuses the same holder, another use of gas, and a change of holder once contracts are drafted', async () => {
    const life = await hall.begin(home, 'transfer')
    const same = { customer: { known: true as const, customerId: home.customerId } }
    expect(await textOf(life.name('赵敏', same))).toContain('新户主就是原户主')
    const [restaurant] = hall.query<{ id: string }>(`SELECT id FROM price_plans WHERE category = 'commercial'`)
    expect(await refusal(life.name('赵敏', { pricePlanId: restaurant?.id ?? '' }))).toMatchObject({
      field: 'pricePlanId',
    })
    await life.name()
    await life.draft()
    expect(await textOf(life.name('钱多'))).toContain('合同已经起草')
    for (const [kind] of [['supply'], ['safety']] as const) {
      const [contract] = hall.query<{ id: string }>(
        `SELECT id FROM contracts WHERE application_id = ? AND kind = ?`,
        life.processId,
        kind,
      )
      await hall.call(VoidContract, { requestId: id(), contractId: contract?.id ?? '', reason: '换人' }, 'hall-manager')
    }
    await life.name('钱多')
    await life.cancel()
    expect(accountOf(hall, home.accountId)?.state).toBe('active')
  })

  test('of a household that is out of use changes nothing about the gas', async () => {
    const out = await hall.begin(home, 'deactivation')
    await out.read(0)
    await out.deactivate()
    const life = await hall.begin(home, 'transfer')
    await life.name()
    await life.papers()
    await life.read(0)
    await life.draft()
    await life.sign('supply')
    await life.sign('safety')
    const { newAccountId } = await life.transfer()
    const { account } = await hall.call(AccountBusiness, { accountId: newAccountId })
    expect(account.gasState).toBe('deactivated')
    // The new holder takes it into use again.
    await hall.begin({ accountId: newAccountId }, 'reactivation')
  })

  test('cannot be had past the calls: no transfer without contracts signed by the new holder', async () => {
    const life = await prepared('safety')
    const end = () =>
      hall.transact(({ sqlite }) => {
        sqlite.exec(`UPDATE accounts SET state = 'transferred' WHERE id = '${home.accountId}'`)
        sqlite.exec(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = '${life.processId}'`)
      })
    expect(end).toThrow('transfer without both contracts')
    expect(accountOf(hall, home.accountId)?.state).toBe('active')
  })
})

describe('过户 without the holder who leaves', () => {
  /** Named, read, settled, contracts signed; only what proves the holder's absence is left. */
  async function begun(absence: 'deceased' | 'unreachable'): Promise<{ life: Life; old: string; heir: string }> {
    const life = await hall.begin(home, 'transfer')
    await life.absent(absence)
    const { customerId: heir } = await life.name()
    await life.read(300)
    await hall.pay(home.accountId)
    await life.draft()
    await life.sign('supply')
    await life.sign('safety')
    hall.attach(heir, 'identity')
    return { life, old: home.customerId, heir }
  }

  test('who died: death and inheritance proved, a manager approves, the rest as usual', async () => {
    const { life, old, heir } = await begun('deceased')
    expect(await textOf(life.transfer())).toMatch(/原户主死亡证明.*新户主继承公证书.*须营业厅主任批准/)
    // Nobody approves of what is not proved.
    expect(await textOf(life.approve())).toContain('原户主死亡证明尚未上传')
    hall.attach(old, 'death')
    hall.attach(heir, 'inheritance')
    expect(await textOf(life.transfer())).toBe('还不能办理：原户主不能到场，须营业厅主任批准')
    expect(await life.approve()).toMatchObject({ approverName: '李主任' })
    expect((await life.detail()).process).toMatchObject({ absence: 'deceased', absenceApprover: '李主任' })
    const paper = await hall.paper({ kind: 'transfer', id: life.processId })
    expect(paper.html).toContain('原户主亡故，未到场签字')
    expect(paper.html).toContain('批准人 李主任')
    expect(paper.html).not.toContain('原户主签字')
    expect(await life.transfer()).toMatchObject({ state: 'done' })
    const { records } = await life.detail()
    expect(records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['absence', 'absence-approved']))
  })

  test('who died: what they had paid in advance goes to the heir who proves it', async () => {
    await hall.prepay(home.accountId, 80)
    const { life, old, heir } = await begun('deceased')
    hall.attach(old, 'death')
    hall.attach(heir, 'inheritance')
    await life.choose('carry', '王继承')
    await life.approve()
    expect(await life.transfer()).toMatchObject({ prepaymentCarried: yuan(80) })
  })

  test('who cannot be reached: property and a declaration; debts and prepayment as for everybody', async () => {
    await hall.prepay(home.accountId, 80)
    const { life, heir } = await begun('unreachable')
    hall.attach(heir, 'property')
    expect(await textOf(life.approve())).toContain('情况说明尚未上传')
    hall.attach(heir, 'declaration')
    await life.approve()
    expect(await textOf(life.transfer())).toBe('还不能办理：预存余额 80.00 元未退还')
    await life.choose('carry', '赵敏')
    // Nobody but the holder gives away what is the holder's.
    expect(await textOf(life.transfer())).toContain('书面同意书尚未上传')
    await life.choose('refund')
    await hall.refund(home.accountId, 80)
    expect(await life.transfer()).toMatchObject({ state: 'done' })
  })

  test('an approval is void once the reason or the new holder is another; whoever comes after all needs none', async () => {
    const life = await hall.begin(home, 'transfer')
    expect(await textOf(life.approve())).toContain('不需要批准')
    expect(await refusal(life.absent('deceased', ''))).toMatchObject({ field: 'note' })
    await life.absent('unreachable')
    const { customerId } = await life.name()
    for (const kind of ['identity', 'property', 'declaration'] as const) hall.attach(customerId, kind)
    await life.approve()
    expect(await textOf(life.approve())).toContain('已经批准')
    const { customerId: other } = await life.name('孙莉')
    expect((await life.detail()).process.absenceApprover).toBeNull()
    for (const kind of ['identity', 'property', 'declaration'] as const) hall.attach(other, kind)
    await life.approve()
    await life.absent('deceased')
    expect((await life.detail()).process.absenceApprover).toBeNull()
    await life.absent(null, '')
    const obstacles = (await life.detail()).obstacles.finish.map(({ text }) => text)
    expect(obstacles).toContain('原户主身份证明尚未上传')
    expect(obstacles.join()).not.toContain('批准')
  })

  test('below the services nobody else approves, and nothing is done without approval and proof', async () => {
    const { life, old, heir } = await begun('deceased')
    hall.attach(old, 'death')
    const set =
      (columns: string, ...values: string[]) =>
      () =>
        hall.transact(({ sqlite }) =>
          sqlite.prepare(`UPDATE account_processes SET ${columns} WHERE id = ?`).run(...values, life.processId),
        )
    const clerk = actorOf('clerk').id
    expect(set('absence_approver_id = ?', clerk)).toThrow('approved by nobody who may')
    hall.attach(heir, 'inheritance')
    // Everything the services would do, but the approval.
    expect(() =>
      hall.transact((context) => {
        context.sqlite.exec('DROP TRIGGER account_processes_settled_gate; DROP TRIGGER account_processes_transfer_gate')
        context.sqlite
          .prepare(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = ?`)
          .run(life.processId)
      }),
    ).toThrow('transfer without its holder, approval or proof')
  })
})
