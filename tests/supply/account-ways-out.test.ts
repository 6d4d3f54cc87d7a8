/** What has no way on by the book: a place that is gone or in dispute, and a debt nobody can collect now. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeHold } from '../../src-main/supply/service.ts'
import { Debtors } from '../../src-main/supply/api.ts'
import { refusal } from '../customers/support.ts'
import { actorOf } from '../support/hall.ts'
import { certified } from '../support/certificate.ts'
import { accountOf, gasOf, ledgerFaults, openLifeHall, yuan, type Home, type LifeHall } from './account-hall.ts'

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
const sql = (text: string, ...bound: unknown[]) =>
  hall.transact(({ sqlite }) => sqlite.prepare<unknown[]>(text).run(...bound))

describe('销户 without 拆除', () => {
  test('names all that lacks, then ends a demolished place by what was seen, papers and approval; over a restart', async () => {
    expect(await textOf(hall.begin(home, 'closing'))).toContain('请选择不拆除的情形')
    const life = await hall.begin(home, 'closing', 'demolished')
    const text = await textOf(life.close())
    expect(text).toContain('尚未现场核实')
    expect(text).toContain('证明材料尚未上传')
    expect(text).toContain('须营业厅主任批准')
    expect(await refusal(life.see(hall.helper))).toMatchObject({ code: 'CertificateMissing' })
    await life.see()
    expect(await textOf(life.approveClosing())).toContain('证明材料尚未上传')
    hall.attach(home.customerId, 'declaration')
    await hall.restart()
    expect((await life.detail()).closingTerms?.reading).toMatch(/表 L\d+ 2026-01-01 0 m³/)
    await life.approveClosing()
    expect(await life.close()).toEqual({ state: 'done' })
    expect(gasOf(hall, home.servicePointId)).toBe('dismantled')
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'closed', arrears: 0 })
    expect(hall.query('SELECT state FROM meters WHERE id = ?', home.meterId)).toEqual([{ state: 'removed' }])
  })

  test('who saw the place does not approve, and what is seen anew is approved anew', async () => {
    const manager = actorOf('hall-manager')
    hall.transact((context) =>
      certified(context, { staffId: manager.id, kind: 'maintenance', number: 'WX-9', validTo: '2027-11-22' }),
    )
    const life = await hall.begin(home, 'closing', 'disputed')
    hall.attach(home.customerId, 'inheritance')
    await life.see()
    await life.approveClosing()
    await life.see(manager.id)
    expect(await textOf(life.close())).toContain('须营业厅主任批准')
    expect(await textOf(life.approveClosing())).toContain('现场核实的人不能批准')
  })

  test('below the services: no place with gas is closed, and nobody is put down as having approved', async () => {
    const life = await hall.begin(home, 'closing', 'demolished')
    const end = () => sql(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = ?`, life.processId)
    expect(end).toThrow('closing of a place that still may have gas')
    expect(() =>
      sql(
        `UPDATE account_processes SET ground_approver_id = ?, ground_approver = '李主任' WHERE id = ?`,
        actorOf('hall-manager').id,
        life.processId,
      ),
    ).toThrow('closing without dismantling, approved by nobody who may')
    expect(() => sql(`UPDATE service_points SET gas_state = 'dismantled' WHERE id = ?`, home.servicePointId)).toThrow(
      'dismantled without its process',
    )
  })
})

describe('欠费保留', () => {
  test('停用 and 拆除 end with the debt approved, which stays on the account, is listed, dunned and paid', async () => {
    await hall.billed(home, '2026-06-01', 100)
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE bills SET due_on = '2026-08-15'`))
    const off = await hall.begin(home, 'deactivation')
    await off.read(100)
    expect(await textOf(off.deactivate())).toContain('未缴清')
    // Another amount than what is owed is not what was agreed to.
    expect(await refusal(off.keepDebt('x', 1))).toMatchObject({ code: 'ApprovalRefused' })
    expect(await off.keepDebt()).toMatchObject({ approverName: '李主任' })
    expect(await textOf(off.keepDebt())).toContain('已经批准')
    expect(await off.deactivate()).toEqual({ state: 'done' })
    const gone = await hall.begin(home, 'dismantling')
    await gone.read(100)
    await gone.remove(100)
    await gone.tightness()
    expect(await textOf(gone.dismantle())).toContain('未缴清')
    await gone.keepDebt()
    await hall.restart()
    expect(await gone.dismantle()).toEqual({ state: 'done' })
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'closed', arrears: yuan(300) })
    const { rows } = await hall.call(Debtors, {
      filter: { minDays: 1, minFen: 0, undunned: false, search: '' },
      sort: 'days',
      page: {},
    })
    expect(rows.map(({ accountId }) => accountId)).toEqual([home.accountId])
    await hall.pay(home.accountId)
    expect(accountOf(hall, home.accountId)).toMatchObject({ state: 'closed', arrears: 0 })
  })

  test('is for what was owed then: more is approved anew, and 过户 leaves a debt to nobody', async () => {
    await hall.billed(home, '2026-06-01', 10)
    const life = await hall.begin(home, 'deactivation')
    await life.keepDebt()
    await life.read(20)
    expect(await textOf(life.deactivate())).toContain('欠费 60.00 元多于批准保留的 30.00 元')
    await life.keepDebt()
    expect(await life.deactivate()).toEqual({ state: 'done' })
    const transfer = await hall.begin(home, 'transfer')
    expect(await textOf(transfer.keepDebt())).toContain('没有这一步')
  })

  test('复用 with the debt approved lifts what held gas off for it, and nothing else', async () => {
    const off = await hall.begin(home, 'deactivation')
    await off.read(10)
    await off.keepDebt()
    await off.deactivate()
    hall.transact((context) => {
      const of = { servicePointId: home.servicePointId, note: '隐患' } as const
      placeHold(context, { ...of, cause: 'hazard', subject: 'hazard:1' })
    })
    const on = await hall.begin(home, 'reactivation')
    await on.tightness()
    await on.safety()
    await on.keepDebt()
    expect(await textOf(on.reactivate())).toBe('还不能办理：还有停气原因未解除：隐患')
  })

  test('below the services: no debt stays on the word of nobody', async () => {
    await hall.billed(home, '2026-06-01', 10)
    const life = await hall.begin(home, 'deactivation')
    await life.read(10)
    const manager = actorOf('hall-manager').id
    expect(() =>
      sql(
        `UPDATE account_processes SET debt_principal = 3000, debt_reason = 'x', debt_approver_id = ?, debt_approver = '李主任' WHERE id = ?`,
        manager,
        life.processId,
      ),
    ).toThrow('debt stays without the approval of a manager')
    expect(() => sql(`UPDATE account_processes SET state = 'done', ended_at = 1 WHERE id = ?`, life.processId)).toThrow(
      'process ends unsettled',
    )
    expect(() => sql(`UPDATE accounts SET state = 'closed' WHERE id = ?`, home.accountId)).toThrow(
      'an account ends settled, and once',
    )
  })
})
