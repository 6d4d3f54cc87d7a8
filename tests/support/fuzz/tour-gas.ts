/** First gas, interruptions, arrears, and the life of an account after ignition. */
import { apply, residentApplication, stepsOf, untilIgnition } from '../../installations/steps.ts'
import { lifeOf, type Life, type LifeHall } from '../../supply/account-hall.ts'
import { goodChecks } from '../../supply/support.ts'
import { newId } from '../../../src-main/platform/ids.ts'
import { repairCall } from '../../workorders/people.ts'
import { attachFile } from '../../../src-main/customers/service.ts'
import type { AttachmentKind } from '../../../src-main/customers/api.ts'
import { actorOf } from '../hall.ts'
import { refusedOnly } from '../../house/gates/world.ts'
import { dayMs, hourMs, type Guide } from './guide.ts'

const worker = actorOf('clerk').id
const tightness = { pressurePa: 5_000, minutes: 30, dropPa: 0 }

/** Households where gas flows and nothing is in hand. */
const free = (g: Guide, n: number, more = '') =>
  g.all<string>(
    `SELECT a.id FROM accounts a JOIN service_points p ON p.id = a.service_point_id JOIN customers c ON c.id = a.customer_id
     WHERE a.state = 'active' AND p.gas_state = 'supplied' AND c.category = 'resident' AND a.arrears = 0 ${more}
       AND EXISTS (SELECT 1 FROM meters m WHERE m.service_point_id = p.id AND m.state = 'in-use')
       AND NOT EXISTS (SELECT 1 FROM account_processes x WHERE x.account_id = a.id)
       AND NOT EXISTS (SELECT 1 FROM dunnings d WHERE d.account_id = a.id)
     ORDER BY a.id DESC LIMIT ?`,
    n,
  )

function life(g: Guide, processId: string): Life {
  const acting = {
    ...g.hall,
    ...{ worker, reader: worker, helper: actorOf('cashier').id },
    query: (sql: string, ...values: unknown[]) => g.sqlite.prepare(sql).all(...values),
    attach: (customerId: string, kind: AttachmentKind) =>
      void g.round.hall.transact((context) =>
        attachFile(context, { customerId, kind, sourcePath: `${g.round.hall.folder}/scan.png` }),
      ),
  }
  return lifeOf(acting as unknown as LifeHall, processId)
}
const begin = async (g: Guide, accountId: string, kind: string) =>
  life(g, (await g.ok('supply.startProcess', { accountId, kind })).processId as string)
const m3Of = (g: Guide, accountId: string) =>
  Math.ceil(
    Number(
      g.one(
        `SELECT coalesce((SELECT max(current_index) FROM readings r WHERE r.meter_id = m.id), m.initial_index) FROM meters m
         JOIN accounts a ON a.service_point_id = m.service_point_id WHERE a.id = ? AND m.state = 'in-use'`,
        accountId,
      ),
    ) / 1_000,
  )
/** What a final reading left to pay is paid. */
async function paid(g: Guide, accountId: string): Promise<void> {
  if (g.one(`SELECT count(*) FROM shifts WHERE state = 'open'`) === '0')
    await g.ok('cashier.openShift', { rows: [{ face: 10_000, pieces: 20 }] }, 'cashier')
  const as = g.one(`SELECT s.staff_no FROM shifts x JOIN staff s ON s.id = x.cashier_id WHERE x.state = 'open'`)
  const { bills, total } = await g.ok('cashier.dues', { accountId }, as)
  if (total === 0) return
  await g.ok(
    'cashier.collect',
    {
      ...{
        accountId,
        bills: bills.map(({ billId }: { billId: string }) => ({ billId })),
        charges: [],
        tenders: [{ means: 'wechat', amount: total, reference: g.round.dice.uuid() }],
      },
      ...{ toPrepayment: undefined, prepaymentConsent: undefined },
    },
    as,
  )
}

export const gasScenes: Readonly<Record<string, (g: Guide) => Promise<void>>> = {
  async firstGas(g) {
    const { hall } = g
    const applicationId = await apply(hall, residentApplication(g.round.hall, 9_041))
    await g.ok('installations.takeOver', { applicationId }, '6003')
    await g.ok('installations.detail', { applicationId })
    const steps = stepsOf({ ...hall, transact: g.round.hall.transact }, applicationId, true, () => g.today)
    await untilIgnition(steps, 'M-410001')
    await g.ok('contracts.attachScan', { contractId: steps.contractOf('supply') })
    await steps.ignite()
    const renewed = g.one('SELECT account_id FROM applications WHERE id = ?', applicationId)
    g.sqlite.prepare('UPDATE contracts SET renew_by = ? WHERE account_id = ?').run(g.today, renewed)
    await g.ok('contracts.extend', { accountId: renewed })
    await g.ok('contracts.draftRenewal', { accountId: renewed })
    const other = await apply(hall, residentApplication(g.round.hall, 9_042))
    await g.ok('installations.amend', {
      ...{ applicationId: other, purpose: '炊事', appliances: [{ name: '燃气灶', count: 2 }], householdSize: 4 },
      pricePlanId: residentApplication(g.round.hall, 9_042).pricePlanId,
      ...{ annualVolume: undefined, hourlyVolume: undefined },
    })
    const others = stepsOf({ ...hall, transact: g.round.hall.transact }, other, true, () => g.today)
    await others.survey()
    await others.draft()
    await g.ok('contracts.void', { contractId: others.contractOf('supply') })
    await g.ok('installations.cancel', { applicationId: other })
  },
  async exchange(g) {
    const [accountId = ''] = free(g, 1)
    const one = await begin(g, accountId, 'exchange')
    await g.ok('supply.takeOverProcess', { processId: one.processId }, '6003')
    await one.exchange(m3Of(g, accountId), 'X-410001')
    await one.tightness()
    await one.safety()
    await one.signExchange()
  },
  async secondMeter(g) {
    const [accountId = ''] = free(g, 1)
    const more = await begin(g, accountId, 'addition')
    const { meterId } = await more.addMeter('ADD-410001')
    await more.tightness()
    await more.safety()
    await more.signChange()
    const less = await begin(g, accountId, 'detachment')
    await less.detach(meterId, 0)
    await less.tightness().catch(refusedOnly)
    await less.safety().catch(refusedOnly)
    await less.signChange()
  },
  async deactivationAndBack(g) {
    const [accountId = ''] = free(g, 1)
    const off = await begin(g, accountId, 'deactivation')
    await off.read(m3Of(g, accountId))
    await off.choose('keep')
    await paid(g, accountId)
    await off.deactivate()
    const on = await begin(g, accountId, 'reactivation')
    await on.tightness()
    await on.safety()
    await on.reactivate()
  },
  async dismantlingAndEnd(g) {
    const [accountId = ''] = free(g, 1, 'AND a.prepayment = 0')
    const off = await begin(g, accountId, 'deactivation')
    await off.read(m3Of(g, accountId))
    await off.choose('refund')
    await paid(g, accountId)
    await off.deactivate()
    const one = await begin(g, accountId, 'dismantling')
    await one.read(m3Of(g, accountId)).catch(refusedOnly)
    await one.remove(m3Of(g, accountId))
    await one.tightness()
    await one.dismantle()
    const end = await begin(g, accountId, 'closing')
    await g.ok('supply.closeAccount', { processId: end.processId })
  },
  async closingOfWhatIsGone(g) {
    const [accountId = ''] = free(g, 1, 'AND a.prepayment = 0')
    const { processId } = await g.ok('supply.startProcess', { accountId, kind: 'closing', ground: 'demolished' })
    const one = life(g, processId as string)
    await one.see()
    const customerId = g.one('SELECT customer_id FROM accounts WHERE id = ?', accountId)
    const sourcePath = `${g.round.hall.folder}/scan.png`
    await g.ok('customers.attach', { customerId, kind: 'declaration', sourcePath }, 'clerk')
    await g.ok('supply.approveClosing', { processId }, 'clerk')
    await one.close().catch(refusedOnly)
  },
  async debtThatStays(g) {
    const [accountId = ''] = free(g, 1, 'AND a.prepayment = 0')
    const off = await begin(g, accountId, 'deactivation')
    await off.read(m3Of(g, accountId) + 20)
    await off.choose('keep')
    await g.ok('supply.keepDebt', { processId: off.processId }, 'clerk')
    await off.deactivate()
  },
  async transfer(g) {
    const [accountId = ''] = free(g, 1, 'AND a.prepayment = 0')
    const one = await begin(g, accountId, 'transfer')
    await one.name()
    await one.papers()
    await one.absent('unreachable', '登报一个月')
    const holder = g.one('SELECT new_customer_id FROM account_processes WHERE id = ?', one.processId)
    await g.ok(
      'customers.attach',
      { customerId: holder, kind: 'declaration', sourcePath: `${g.round.hall.folder}/scan.png` },
      'clerk',
    )
    await g.ok('supply.approveAbsence', { processId: one.processId }, 'clerk')
    await one.read(m3Of(g, accountId))
    await one.choose('carry')
    await paid(g, accountId)
    await one.draft()
    await one.sign('supply')
    await one.sign('safety')
    await one.transfer()
    const other = await begin(g, free(g, 1)[0] ?? '', 'transfer')
    await other.cancel()
  },
  async interruption(g) {
    const [accountId = ''] = free(g, 1)
    const place = g.sqlite
      .prepare(
        'SELECT p.community, p.building FROM accounts a JOIN service_points p ON p.id = a.service_point_id WHERE a.id = ?',
      )
      .get(accountId) as { community: string; building: string }
    const fromAt = Math.floor(g.now / dayMs) * dayMs + 4 * dayMs + hourMs
    const plan = {
      kind: 'planned',
      reason: '管道检修',
      scope: { kind: 'building', ...place },
      fromAt,
      toAt: fromAt + 6 * hourMs,
      resumeBy: fromAt + 8 * hourMs,
    }
    g.clock.set(Math.floor(g.now / dayMs) * dayMs + 2 * hourMs)
    const { interruptionId } = await g.ok('supply.planInterruption', plan, 'dispatcher')
    await g.ok('supply.amendInterruption', { ...plan, interruptionId }, 'dispatcher')
    await g.ok('supply.notifyInterruption', { interruptionId }, 'dispatcher')
    const buildingIds = g.all('SELECT id FROM interruption_buildings WHERE interruption_id = ?', interruptionId)
    await g.ok(
      'supply.postNotice',
      { interruptionId, buildingIds, postedAt: g.now, photoPath: `${g.round.hall.folder}/scan.png` },
      'clerk',
    )
    await g.ok('supply.postingPhoto', { buildingId: buildingIds[0] })
    for (const careId of g.all('SELECT id FROM interruption_care WHERE interruption_id = ?', interruptionId))
      await g.ok('supply.callCare', { careId, result: 'told' }, 'clerk')
    g.clock.set(fromAt + 60_000)
    await g.ok('supply.startInterruption', { interruptionId }, 'dispatcher')
    await g.ok('supply.delayInterruption', { interruptionId, resumeBy: fromAt + 20 * hourMs }, 'dispatcher')
    await g.ok('supply.endInterruption', { interruptionId }, 'dispatcher')
    const points = g.all('SELECT service_point_id FROM supply_awaiting')
    const visit = { tightness, checks: goodChecks, outcome: 'resumed', note: '' }
    await g.ok('supply.resumeSupply', { servicePointId: points[0], ...visit, testerId: worker }, 'clerk')
    if (points.length > 1)
      await g.ok(
        'supply.resumeBuilding',
        { testerId: worker, rows: points.slice(1).map((servicePointId) => ({ servicePointId, ...visit })) },
        'clerk',
      )
  },
  async care(g) {
    const [accountId = ''] = free(g, 1)
    g.round.hall.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `UPDATE customers SET special_care = '{"kinds":["elderly"],"measures":"上门服务"}' WHERE id = (SELECT customer_id FROM accounts WHERE id = ?)`,
        )
        .run(accountId),
    )
    const fromAt = g.now + 80 * hourMs
    const { interruptionId } = await g.ok(
      'supply.planInterruption',
      {
        kind: 'planned',
        reason: '检修',
        scope: { kind: 'accounts', accountIds: [accountId] },
        fromAt,
        toAt: fromAt + 4 * hourMs,
        resumeBy: fromAt + 6 * hourMs,
      },
      'dispatcher',
    )
    await g.ok('supply.notifyInterruption', { interruptionId }, 'dispatcher')
    const careId = g.one('SELECT id FROM interruption_care WHERE interruption_id = ?', interruptionId)
    for (let i = 0; i < 3; i += 1) {
      await g.ok('supply.callCare', { careId, result: 'unreached' }, 'clerk')
      g.clock.advance(2 * hourMs)
    }
    await g.ok('supply.overrideCare', { careId }, 'hall-manager')
    await g.ok('supply.cancelInterruption', { interruptionId }, 'dispatcher')
  },
  async arrears(g) {
    const accountId = g.one(
      `SELECT a.id FROM accounts a JOIN bills b ON b.account_id = a.id JOIN service_points p ON p.id = a.service_point_id
       JOIN customers c ON c.id = a.customer_id
       WHERE b.state = 'open' AND b.due_on < ? AND p.gas_state = 'supplied' AND a.state = 'active' AND c.special_care IS NULL
         AND NOT EXISTS (SELECT 1 FROM dunnings d WHERE d.account_id = a.id AND d.living = 1) LIMIT 1`,
      g.dayIn(-40),
    )
    await g.ok('supply.issueDunnings', { accountIds: [accountId], filter: null }, 'dispatcher')
    const dunningId = g.one('SELECT id FROM dunnings WHERE account_id = ? ORDER BY id DESC LIMIT 1', accountId)
    const delivery = () => ({ dunningId, at: g.now, way: 'in-person', by: '王师傅', wholeBatch: false })
    await g.ok('supply.callDebtor', { accountId, result: 'promised', promisedOn: g.dayIn(3) }, 'clerk')
    await g.ok('supply.deliverDunning', delivery(), 'clerk')
    g.clock.advance(31 * dayMs)
    await g.ok('supply.announceSuspension', delivery(), 'dispatcher')
    g.clock.advance(9 * dayMs)
    await g.ok('supply.suspendForArrears', { dunningId }, 'dispatcher')
    const other = g.one(
      `SELECT a.id FROM accounts a JOIN bills b ON b.account_id = a.id WHERE b.state = 'open' AND b.due_on < ? AND a.state = 'active'
         AND NOT EXISTS (SELECT 1 FROM dunnings d WHERE d.account_id = a.id AND d.living = 1) LIMIT 1`,
      g.dayIn(-40),
    )
    await g.ok('supply.issueDunnings', { accountIds: [other], filter: null }, 'dispatcher')
    await g.ok(
      'supply.cancelDunning',
      { dunningId: g.one('SELECT id FROM dunnings WHERE account_id = ? ORDER BY id DESC LIMIT 1', other) },
      'dispatcher',
    )
  },
  /** What a restore brought along: lifted by two, entered again as an order, and a hall of which nothing could be read. */
  async carried(g) {
    const bring = (kind: string, servicePointId: string | null) =>
      g.round.hall.transact(({ sqlite, clock }) => {
        const id = newId(clock)
        sqlite
          .prepare(
            `INSERT INTO carried_matters (id, kind, service_point_id, account_no, customer_name, address, cause, what, since_at, held,
               source_file, carried_at) VALUES (?, ?, ?, '', '', '', NULL, '试', ?, 0, '', ?)`,
          )
          .run(id, kind, servicePointId, clock.now(), clock.now())
        return id
      })
    const [accountId = ''] = free(g, 1)
    const servicePointId = g.one('SELECT service_point_id FROM accounts WHERE id = ?', accountId)
    const approvalId = () => g.round.dice.uuid()
    await g.ok('supply.liftCarried', { matterId: bring('order', servicePointId), approvalId: approvalId() }, 'clerk')
    const { orderId } = await g.ok(
      'workorders.take',
      { ...repairCall({ accountId }), requestId: g.round.dice.uuid() },
      'clerk',
    )
    const number = g.one('SELECT order_no FROM workorders WHERE id = ?', orderId)
    await g.ok('supply.reenterCarried', { matterId: bring('order', servicePointId), number }, 'clerk')
    await g.ok(
      'supply.declareOff',
      { matterId: bring('unread', null), entries: [], approvalId: approvalId() },
      'hall-manager',
    )
  },
}
