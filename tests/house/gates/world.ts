/** What everybody in the town can do, each as the calls a window would make; all of them pass by the watch. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Approve, type Approval } from '../../../src-main/access/api.ts'
import { BillReading } from '../../../src-main/billing/api.ts'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  Collect,
  CountCash,
  Dues,
  OpenShift,
  Refund,
  Reverse,
} from '../../../src-main/cashier/api.ts'
import { hands } from '../../complaints/people.ts'
import { ChangeClass, classTerms, Outlook } from '../../../src-main/classes/api.ts'
import { VoidContract } from '../../../src-main/contracts/api.ts'
import type { CustomerCategory } from '../../../src-main/customers/api.ts'
import { attachFile } from '../../../src-main/customers/service.ts'
import { Ignite } from '../../../src-main/installations/api.ts'
import {
  CloseHazard,
  Deliver,
  Generate,
  Mend,
  Record as RecordResult,
  Hazard,
  lowerTerms,
  misfiledTerms,
  Regrade,
  Reinspect,
  VoidVisit,
  Withdraw,
  grades,
  isLowered,
  loweredWords,
} from '../../../src-main/inspections/api.ts'
import {
  Begin as BeginImport,
  Check as CheckImport,
  Commit as CommitImport,
  Discard as DiscardImport,
  Inspect as InspectFile,
  SuggestMapping,
} from '../../../src-main/imports/api.ts'
import { Take as TakeComplaint } from '../../../src-main/complaints/api.ts'
import { RecordReading } from '../../../src-main/metering/api.ts'
import type { CallDefinition, CallRequest, InputOf, OutputOf } from '../../../src-main/platform/contract.ts'
import { DomainError } from '../../../src-main/platform/errors.ts'
import { cubicMetres, fen } from '../../../src-main/platform/money.ts'
import {
  AnnounceSuspension,
  CallCare,
  CancelDunning,
  CancelInterruption,
  DeliverDunning,
  EndInterruption,
  InterruptionDetail,
  IssueDunnings,
  NotifyInterruption,
  OverrideCare,
  PlanInterruption,
  PostNotice,
  processKinds,
  ResumeSupply,
  StartInterruption,
  StartProcess,
  SuspendForArrears,
  type EmergencyGround,
  ApproveClosing,
  KeepDebt,
  Process,
} from '../../../src-main/supply/api.ts'
import { supplyJob } from '../../../src-main/supply/service.ts'
import { Issue as IssueOrder, Reopen as ReopenOrder, Take as TakeOrder } from '../../../src-main/workorders/api.ts'
import { AddCertificate, WithdrawCertificate } from '../../../src-main/staff/api.ts'
import type { z } from 'zod'
import { counted } from '../../cashier/counter.ts'
import { complaint } from '../../complaints/people.ts'
import { failedItem } from '../../inspections/support.ts'
import { stepsOf } from '../../installations/steps.ts'
import { lifeOf, type LifeHall } from '../../supply/account-hall.ts'
import { goodChecks } from '../../supply/support.ts'
import { refundTerms, reversalTerms, suspensionTerms } from '../../support/approval.ts'
import { CallFailed, type TestHall } from '../../support/hall.ts'
import { callAs, leakCall, repairCall, req, ring, ways } from '../../workorders/people.ts'
import { copyIn } from '../../support/certificate.ts'
import { community, managersPassword, type Point, type Town } from './town.ts'
import type { Watch } from './watch.ts'
import { dayOf } from './watch.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** One thing somebody tries. `as` null: whoever is able to by their post and hands. */
export interface Try {
  readonly as: string | null
  readonly place: number
  readonly pick: number
  /** Whether test, check, approval, delivery … is as it should be. */
  readonly good: boolean
  /** Which of the field staff: 0 and 1 certified, 2 without, 3 until year's end. */
  readonly who: number
  /** Whether the request is sent once more. */
  readonly again: boolean
}

export class World {
  readonly watch: Watch
  readonly town: Town
  readonly real: TestHall
  /** The hall as the windows see it: every call is judged. */
  readonly hall: TestHall
  #plannedFor = new Set<number>()
  #meterNo = 0
  #movedIn = 0

  constructor(real: TestHall, town: Town, watch: Watch) {
    this.real = real
    this.town = town
    this.watch = watch
    this.hall = {
      ...real,
      get hall() {
        return { ...real.hall, handle: (request: CallRequest) => watch.handle(request) }
      },
      call: (definition, input, as = 'clerk') => callAs(this.hall, as ?? '', definition, input),
    }
  }

  call<D extends CallDefinition<string, z.ZodType, z.ZodType>>(
    as: string,
    definition: D,
    input: InputOf<D>,
  ): Promise<OutputOf<D>> {
    return callAs(this.hall, as, definition, input)
  }
  get today(): string {
    return dayOf(this.real.clock.now())
  }
  point({ place }: Try): Point {
    return this.town.points[place % this.town.points.length] as Point
  }
  /** Mostly a place that waits for gas, else one where it is off. */
  private waiting(t: Try): Try {
    const ids = (sql: string) => this.watch.rows<{ id: string }>(sql).map(({ id }) => id)
    const waits = ids('SELECT service_point_id AS id FROM supply_awaiting')
    const off = waits.length > 0 ? waits : ids(`SELECT id FROM service_points WHERE gas_state = 'suspended'`)
    const places = this.town.points.flatMap(({ servicePointId }, i) => (off.includes(servicePointId) ? [i] : []))
    return t.pick % 5 === 0 || places.length === 0 ? t : { ...t, place: places[t.place % places.length] ?? 0 }
  }
  /** The account in use at a place, or the last one there was. */
  account(point: Point): string {
    const row = this.watch.one<{ id: string }>(
      `SELECT id FROM accounts WHERE service_point_id = ? ORDER BY state = 'active' DESC, id DESC LIMIT 1`,
      point.servicePointId,
    )
    return row?.id ?? req()
  }
  /** Today, or the day before: work is often written down late. */
  private lately({ pick }: Try): string {
    return pick % 2 === 0 ? dayOf(this.watch.now - dayMs) : this.today
  }
  /** 0 and 1 with a 抄表证, 1 only until February; 2 without, 3 until year's end. */
  reader({ who }: Try): string {
    return this.town.people[5 + (who % 4)]?.staffId ?? ''
  }
  worker({ who }: Pick<Try, 'who'>): string {
    return this.town.people[5 + (who % 4)]?.staffId ?? ''
  }
  pick<T>(list: readonly T[], { pick }: Try): T | undefined {
    return list[list.length - 1 - (pick % Math.max(list.length, 1))]
  }
  /** The newest of a table at a place, the living first. */
  private newest(sql: string, point: Point): { id: string; state: string } | undefined {
    return this.watch.one(sql, point.servicePointId)
  }

  // Time

  /** The day's cash is counted and the day closed before midnight, as in every hall. */
  async passTime(to: number): Promise<void> {
    const open = this.watch.one<{ date: string }>(`SELECT date FROM business_days WHERE state = 'open' AND counter = 1`)
    if (open && dayOf(to) !== open.date) {
      const shift = this.watch.one(`SELECT 1 FROM shifts WHERE state = 'open'`)
      if (shift) await this.call('cashier', CloseShift, { requestId: req() })
      const { cash } = await this.call('cashier', CloseDraft, {})
      await this.call('cashier', CountCash, { requestId: req(), rows: counted(fen(cash.expected)) })
      await this.call('cashier', CloseDay, { requestId: req(), date: open.date })
    }
    this.real.clock.set(Math.max(to, this.real.clock.now()))
  }
  /** When something that was announced falls due: what comes next, or what comes last. */
  private appointed(order: 'min' | 'max'): number | null {
    const { at } = this.watch.one<{ at: number | null }>(
      `SELECT ${order}(at) AS at FROM (SELECT from_at AS at FROM interruptions WHERE state = 'noticed'
         UNION ALL SELECT next_at FROM dunnings WHERE state IN ('delivered', 'announced')) WHERE at > ?`,
      this.watch.now,
    ) ?? { at: null }
    return at
  }

  // First gas

  first(t: Try) {
    const point = this.town.points.find(({ applicationId }) => applicationId !== null)
    const as = t.as ?? 'clerk'
    const acting = { ...this.hall, call: ((d, input) => this.call(as, d, input)) as TestHall['call'] }
    return {
      as,
      id: point?.applicationId ?? '',
      steps: stepsOf(
        acting,
        point?.applicationId ?? '',
        true,
        () => this.today,
        // Mostly by those who may, and another accepts than who put the meter in.
        () => this.worker(t.place === 0 ? t : { ...t, who: t.who % 2 }),
        () => this.worker(t.place === 0 ? t : { ...t, who: 1 - (t.who % 2) }),
      ),
    }
  }
  ignite(t: Try) {
    const { as, id } = this.first(t)
    return this.call(as, Ignite, { requestId: req(), applicationId: id, workerId: this.worker(t) })
  }
  async firstStep(t: Try): Promise<unknown> {
    const { steps } = this.first(t)
    const found = [
      steps.survey,
      steps.draft,
      () => steps.printAndSign('supply'),
      () => steps.printAndSign('safety'),
      steps.openAccount,
      () => steps.installMeter('M-700001'),
      t.good ? steps.accept : steps.failAcceptance,
      t.good ? steps.tightness : steps.failTightness,
      t.good ? steps.safety : steps.failSafety,
      () =>
        this.call(t.as ?? 'hall-manager', VoidContract, {
          requestId: req(),
          contractId: steps.contractOf(t.good ? 'supply' : 'safety'),
          reason: '填写有误',
        }),
    ]
    return this.pick(found, t)?.()
  }
  /** Everything before the flame, one after the other; what is refused is refused. */
  async firstPush(t: Try): Promise<void> {
    for (let pick = 9; pick > 0; pick--) await this.firstStep({ ...t, pick }).catch(refusedOnly)
  }

  // Certificates

  /** 刘新手 is certified for a while; whatever was done before was done without. */
  async certificate(t: Try): Promise<unknown> {
    const staffId = this.town.people[7]?.staffId ?? ''
    const [held] = this.watch.rows<{ id: string }>(
      'SELECT id FROM certificates WHERE staff_id = ? AND withdrawn_on IS NULL',
      staffId,
    )
    const as = t.as ?? (t.place === 3 ? 'administrator' : 'hall-manager')
    if (held)
      return this.call(t.pick % 3 > 0 ? as : 'clerk', WithdrawCertificate, {
        requestId: req(),
        certificateId: held.id,
        reason: '年审未过',
      })
    const number = req().slice(0, 8)
    // Half of them come late: from a month ago, with a word that fits, with one for another, or with none.
    const issuedOn = t.place % 2 === 0 ? this.today : dayOf(this.watch.now - 30 * dayMs)
    const reason = '漏登'
    const terms = { staffId, staffNo: '3003', name: '刘新手', certificate: '维修证', number, issuedOn, reason }
    const agreed = t.good ? terms : { ...terms, issuedOn: this.today }
    return this.call(as, AddCertificate, {
      requestId: req(),
      staffId,
      kind: 'maintenance',
      number,
      issuedOn,
      validTo: '2028-06-30',
      ...(t.pick % 7 === 0 ? { proof: { kind: 'exam', examId: req() } } : copyIn(this.real)),
      backdate:
        t.place === 3
          ? { approvalId: await this.approval(as, { purpose: 'certificate-backdate', terms: agreed }), reason }
          : null,
    })
  }

  // Inspections and hazards

  async inspect(t: Try): Promise<unknown> {
    const year = Number(this.today.slice(0, 4))
    if (!this.#plannedFor.has(year)) {
      await this.call('dispatcher', Generate, { year })
      this.#plannedFor.add(year)
    }
    const task = this.watch.one<{ id: string }>(
      `SELECT t.id FROM inspection_tasks t JOIN accounts a ON a.id = t.account_id
       WHERE a.service_point_id = ? AND t.period_from <= ? ORDER BY t.state IN ('passed', 'hazard'), t.period_from DESC`,
      this.point(t).servicePointId,
      this.today,
    )
    const finding = failedItem({
      item: t.place % 2 === 0 ? 'leak' : 'hose',
      grade: grades[t.pick % 3] ?? 'serious',
      mender: t.who % 2 === 0 ? 'customer' : 'company',
      measures: '已关阀',
      // Mended on the spot, watched from then on, or neither said.
      onTheSpot: t.pick % 3 === 0,
      supportCalledAt: t.pick % 3 === 1 ? '00:00' : '',
      deadline: dayOf(this.watch.now + 15 * dayMs),
    })
    const outcome = (['hazard', 'hazard', 'hazard', 'passed', 'absent'] as const)[t.pick % 5] ?? 'hazard'
    const failed = outcome === 'hazard' ? [finding] : []
    const sheet = this.watch.sheet(task?.id, failed)
    // Not in order: an item left out, one said of a list it is not on, or answered as if there were none.
    const wrong = [
      sheet.checks.slice(1),
      sheet.checks.map((one) => (one.item === 'leak' ? { ...one, answer: 'none' as const, note: '没有' } : one)),
      sheet.checks.map((one) => (one.item === 'flue' ? { ...one, answer: 'none' as const } : one)),
    ][t.pick % 3]
    const refuses = {
      reason: '不肯签',
      witness: ['李物业', '王师傅', ''][t.place % 3] ?? '',
      photo: t.place > 2 ? this.town.scan : null,
    }
    return this.call(t.as ?? 'clerk', RecordResult, {
      requestId: req(),
      taskId: task?.id ?? req(),
      visitedOn: this.today,
      arrivedAt: t.good || t.who > 1 ? '00:00' : '23:59',
      proof: t.place > 0 ? this.town.scan : null,
      inspectorId: this.worker(t),
      outcome,
      ...(outcome === 'absent'
        ? {}
        : t.pick % 7 === 0
          ? { unsigned: refuses }
          : { signatory: ['客户本人', '王师傅', '', '拒签'][t.pick % 11] ?? '客户本人' }),
      checks: outcome === 'absent' ? [] : t.good && t.pick % 4 > 0 ? sheet.checks : (wrong ?? []),
      failed,
      lowered:
        outcome === 'hazard' && isLowered(finding) && t.good ? await this.lowered(t, task?.id ?? req(), finding) : null,
    })
  }
  /** What is overdue and what is due now, both found good on one day: that is one inspection, not two of a year. */
  async inspectTwice(t: Try): Promise<void> {
    const right = { ...t, as: null, good: true, who: 0, pick: 18 }
    for (let n = 0; n < 2; n++) await this.inspect(right).catch(refusedOnly)
  }
  /** Agreed to for what is sent, or for something else. */
  private async lowered(t: Try, taskId: string, finding: Parameters<typeof loweredWords>[0][number]) {
    const reason = '复测无泄漏'
    const findings = t.who % 3 === 0 ? '别的隐患' : loweredWords([finding])
    const approval = { purpose: 'hazard-grade', terms: { taskId, findings, reason } } as const
    return { approvalId: await this.approval(t.as ?? 'clerk', approval), reason }
  }
  /** 用气性质: on a paper of this customer or of another, agreed to for what is sent or for something else. */
  async reclass(t: Try): Promise<unknown> {
    const as = t.as ?? 'clerk'
    const customerOf = (point: Point) =>
      this.watch.one<{ id: string; name: string; version: number; category: CustomerCategory }>(
        'SELECT c.id, c.name, c.version, c.category FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = ?',
        this.account(point),
      )
    const customer = customerOf(this.point(t))
    if (customer === undefined) return
    const to = customer.category === 'resident' ? 'commercial' : 'resident'
    const look = await this.call('clerk', Outlook, { customerId: customer.id, to })
    const whose = t.who === 1 ? customerOf(this.point({ ...t, place: t.place + 1 })) : customer
    const filedWith = whose?.id ?? customer.id
    const attachmentId = this.real.transact((context) =>
      attachFile(context, { customerId: filedWith, kind: 'property', sourcePath: this.town.scan }),
    )
    const plan = look.plans[t.pick % Math.max(look.plans.length, 1)]
    const reason = '改变用途'
    const terms = classTerms({
      customerId: customer.id,
      customerName: customer.name,
      from: look.from,
      to: t.who === 2 ? 'industrial' : to,
      plans: look.accounts.map(({ accountNo, planName }) => ({ accountNo, from: planName, to: plan?.name ?? '' })),
      duty: look.duty,
      paper: { kind: 'property', name: 'scan.pdf' },
      reason,
    })
    const approvalId = t.good ? await this.approval(as, { purpose: 'customer-class', terms }) : req()
    return this.call(as, ChangeClass, {
      requestId: req(),
      customerId: customer.id,
      version: customer.version,
      to,
      plans: look.accounts.map(({ accountId }) => ({ accountId, planId: plan?.planId ?? req() })),
      attachmentId,
      reason,
      approvalId,
    })
  }
  /** A file of one customer of another old system, whom it says to be supplied or not; with the agreement of another, or without. */
  async moveIn(t: Try): Promise<unknown> {
    const as = t.as ?? 'administrator'
    const n = (this.#movedIn += 1)
    const state = ['供气', '未通气', '停气', '停用'][t.pick % 4] ?? '供气'
    const path = join(this.real.folder, `搬家${n}.csv`)
    writeFileSync(
      path,
      `户号,姓名,小区,楼栋,单元,房号,供气状态\nQ${n},秦某${n},新安里,1,1,${100 + n},${t.who === 3 ? '' : state}\n`,
    )
    const file = await this.call(as, InspectFile, { path })
    const [sheet] = file.sheets
    const headings = sheet?.rows[0]?.cells ?? []
    const { mapping } = await this.call(as, SuggestMapping, { kind: 'customers', source: `旧系统${n}`, headings })
    const plan = this.watch.one<{ id: string }>(
      `SELECT id FROM price_plans WHERE category = 'resident' ORDER BY id LIMIT 1`,
    )
    const { importId } = await this.call(as, BeginImport, {
      requestId: req(),
      ...{ path, hash: file.hash, size: file.size, kind: 'customers', source: `旧系统${n}`, sheet: '' },
      ...{ headingRow: 1, headings, mapping, plans: { resident: plan?.id ?? req() } },
    })
    try {
      const view = await this.call(as, CheckImport, { importId })
      const [reason, supplied] = ['并入乡镇站', Math.max(1, view.supplied) + (t.who === 1 ? 1 : 0)]
      const hash = t.who === 2 ? 'a'.repeat(64) : view.hash
      const approval = {
        purpose: 'import-supplied',
        terms: { importId, file: view.fileName, hash, supplied, reason },
      } as const
      const given = t.good ? { approvalId: await this.approval(as, approval), reason } : null
      return await this.call(as, CommitImport, { requestId: req(), importId, supplied: given })
    } finally {
      if (this.watch.one(`SELECT 1 FROM imports WHERE id = ? AND state = 'checked'`, importId))
        await this.call('administrator', DiscardImport, { requestId: req(), importId })
    }
  }
  voidVisit(t: Try) {
    const visit = this.watch.one<{ id: string }>(
      `SELECT v.id FROM inspection_visits v JOIN accounts a ON a.id = v.account_id
       ORDER BY v.outcome = 'passed' AND v.voided_at IS NULL DESC, a.service_point_id = ? DESC, v.rowid DESC`,
      t.pick % 3 > 0 ? this.town.takenOver : this.point(t).servicePointId,
    )
    return this.call(t.as ?? 'dispatcher', VoidVisit, {
      requestId: req(),
      visitId: visit?.id ?? req(),
      reason: '录错户',
    })
  }
  /** The living first, wherever they are. */
  private hazard(t: Try) {
    const list = this.watch.rows<{ id: string; state: string }>(
      `SELECT id, state FROM hazards ORDER BY state IN ('closed', 'withdrawn'), id DESC LIMIT ?`,
      1 + (t.place % 3),
    )
    return list.at(-1)
  }
  async hazardStep(t: Try, step = t.pick % 7): Promise<unknown> {
    const hazardId = this.hazard(t)?.id ?? req()
    const on = { requestId: req(), hazardId }
    switch (step) {
      case 0:
        return this.call(t.as ?? 'dispatcher', Regrade, {
          ...on,
          grade: grades[t.who === 0 ? 2 : t.who % 3] ?? 'critical',
          approvalId: t.who === 3 ? await this.wordOn(t, 'hazard-lower', t.as ?? 'dispatcher') : null,
          note: '复核',
        })
      case 6:
        return this.call(t.as ?? 'clerk', Withdraw, {
          ...on,
          approvalId: t.good ? await this.wordOn(t, 'hazard-misfiled', t.as ?? 'clerk') : req(),
          note: '复核',
        })
      case 1:
        return this.call(t.as ?? 'clerk', Deliver, {
          ...on,
          deliveredOn: this.today,
          deliveredBy: '王师傅',
          receivedBy: '客户',
          receipt: 'signed',
        })
      case 2:
        return this.call(t.as ?? 'clerk', Mend, {
          ...on,
          mendedOn: this.today,
          workerId: this.worker(t),
          note: '已换',
        })
      case 3:
        return this.call(t.as ?? 'clerk', Reinspect, {
          ...on,
          inspectorId: this.worker(t),
          inspectedOn: this.today,
          passed: t.good,
          newDeadline: t.good ? null : dayOf(this.watch.now + 10 * dayMs),
          note: '看过',
        })
      case 4:
        return ring(this.hall, t.as ?? 'hall-manager', 'hazard', hazardId, t.good ? 'satisfied' : 'dissatisfied')
      default:
        return this.call(t.as ?? 'dispatcher', CloseHazard, { ...on, note: t.good ? '已电话告知社区' : '' })
    }
  }
  /** Whatever leads on from where the hazard is. */
  async hazardOn(t: Try): Promise<unknown> {
    const state = this.hazard(t)?.state
    if ((state === undefined || state === 'closed' || state === 'withdrawn') && t.pick % 6 > 0) return this.inspect(t)
    if (state === 'open' && t.pick % 3 === 0) await this.hazardStep(t, 1)
    if (state === 'open' && t.pick % 4 === 1) return this.hazardStep(t, 0)
    const next: Record<string, number> = { open: 3, mended: 3, passed: 4, 'called-back': 5 }
    const step = next[state ?? ''] ?? 5
    if (step >= 4 && t.pick % 3 > 0) await this.hazardStep({ ...t, as: '3002' }, step).catch(refusedOnly)
    return this.hazardStep(t, step)
  }

  // Interruptions

  planInterruption(t: Try) {
    const isEmergency = t.pick % 4 === 0
    const fromAt = isEmergency ? this.watch.now : this.watch.now + (46 + (t.pick % 40)) * hourMs
    return this.call(t.as ?? 'dispatcher', PlanInterruption, {
      requestId: req(),
      kind: isEmergency ? 'emergency' : 'planned',
      reason: '管道检修',
      scope: t.good
        ? { kind: 'community', community }
        : {
            kind: 'accounts',
            accountIds: [this.account(this.point(t)), this.account(this.point({ ...t, place: t.place + 1 }))],
          },
      fromAt,
      toAt: fromAt + 8 * hourMs,
      resumeBy: fromAt + 10 * hourMs,
    })
  }
  private interruption(t: Try) {
    const list = this.watch.rows<{ id: string; state: string; kind: string; fromAt: number; toAt: number }>(
      `SELECT id, state, kind, from_at AS fromAt, to_at AS toAt FROM interruptions
       ORDER BY state IN ('resumed', 'cancelled') DESC, state = 'draft' DESC, id`,
    )
    return list[list.length - 1 - (t.pick % 11 === 0 ? t.who % Math.max(list.length, 1) : 0)]
  }
  async interruptionStep(t: Try, step = t.pick % 7): Promise<unknown> {
    const interruptionId = this.interruption(t)?.id ?? req()
    const on = { requestId: req(), interruptionId }
    const recorder = t.as ?? 'clerk'
    const planner = t.as ?? 'dispatcher'
    switch (step) {
      case 0:
        return this.call(planner, NotifyInterruption, on)
      case 1: {
        const open = this.watch.rows<{ id: string }>(
          'SELECT id FROM interruption_buildings WHERE interruption_id = ? AND posted_at IS NULL ORDER BY rowid',
          interruptionId,
        )
        const buildingIds = (t.good ? open : open.slice(0, 1)).map(({ id }) => id)
        return this.call(recorder, PostNotice, {
          ...on,
          buildingIds: buildingIds.length > 0 ? buildingIds : [req()],
          postedAt: this.watch.now,
          place: '单元门口',
          postedBy: '王师傅',
        })
      }
      case 2:
        for (const { id } of t.good ? this.cares(interruptionId) : [0, 1, 2].flatMap(() => this.cares(interruptionId)))
          await this.call(recorder, CallCare, { requestId: req(), careId: id, result: t.good ? 'told' : 'unreached' })
        return
      case 3: {
        const [care] = this.cares(interruptionId)
        return this.call(t.as ?? 'hall-manager', OverrideCare, {
          requestId: req(),
          careId: care?.id ?? req(),
          reason: '家属已知',
        })
      }
      case 4:
        return this.call(planner, StartInterruption, {
          interruptionId,
          ground: await this.ground(t, interruptionId, planner),
        })
      case 5:
        return this.call(planner, EndInterruption, { interruptionId })
      default:
        return this.call(planner, CancelInterruption, { ...on, reason: '改期' })
    }
  }
  /** What an emergency may begin on: a hazard, the manager's word, one of something else, or nothing. */
  private async ground(t: Try, interruptionId: string, planner: string): Promise<EmergencyGround | null> {
    if (this.interruption(t)?.kind !== 'emergency' && t.good)
      return t.pick % 3 === 0 ? this.excuse(interruptionId, planner) : null
    const order = this.watch.one<{ id: string }>(
      `SELECT id FROM workorders ORDER BY urgent = ? DESC, state = 'closed', id DESC`,
      t.who % 4 === 0 ? 0 : 1,
    )
    if (t.who % 5 === 0) return null
    if (order && t.who % 2 > 0) return { kind: 'order', orderId: order.id }
    const range = this.watch.one<{ range: string; accounts: string }>(
      `SELECT range, CASE scope_kind WHEN 'accounts' THEN account_ids ELSE '' END AS accounts FROM interruptions WHERE id = ?`,
      interruptionId,
    ) ?? { range: '', accounts: '' }
    const reason = '阀井进水'
    const approvalId = await this.approval(planner, {
      purpose: 'emergency-interruption',
      terms: { interruptionId: t.who % 3 === 0 ? req() : interruptionId, ...range, reason },
    })
    return { kind: 'approval', approvalId, reason }
  }
  /** The manager's word on what a planned one lacks, which may be nothing. */
  private async excuse(interruptionId: string, planner: string): Promise<EmergencyGround | null> {
    if (this.watch.one('SELECT 1 FROM interruptions WHERE id = ?', interruptionId) === undefined) return null
    const { interruption, excusable } = await this.call('clerk', InterruptionDetail, { interruptionId })
    const reason = '楼门拆除，已逐户告知'
    const terms = { interruptionId, range: interruption.range, lacking: excusable ?? '没有', reason }
    return {
      kind: 'excused',
      reason,
      approvalId: await this.approval(planner, { purpose: 'interruption-start', terms }),
    }
  }
  private cares(interruptionId: string) {
    return this.watch.rows<{ id: string }>(
      `SELECT id FROM interruption_care WHERE interruption_id = ? AND result IS NOT 'told' ORDER BY rowid`,
      interruptionId,
    )
  }
  async interruptionOn(t: Try): Promise<unknown> {
    const at = { ...t, pick: 1 }
    const one = this.interruption(at)
    const isLate = one !== undefined && this.watch.now > one.toAt - (one.state === 'draft' ? 56 * hourMs : 0)
    switch (one?.state) {
      case 'draft':
        if (isLate && one.kind === 'planned' && t.pick % 3 > 0) return this.interruptionStep(at, 6)
        if (one.kind === 'emergency' || t.pick % 6 === 0) return this.interruptionStep(at, 4)
        await this.interruptionStep(at, 0)
        if (t.pick % 2 > 0) await this.interruptionStep(at, 1)
        if (t.pick % 3 > 0) await this.interruptionStep(at, 2)
        return
      case 'noticed':
        if (isLate && t.pick % 3 > 0) return this.interruptionStep(at, 6)
        if (t.pick % 2 > 0) await this.passTime(Math.max(this.watch.now, one.fromAt))
        // Whether everybody was told or not: the gate must know.
        await this.interruptionStep(at, 4).catch(refusedOnly)
        for (const step of [1, 2]) await this.interruptionStep(at, step).catch(refusedOnly)
        return this.interruptionStep(at, 4)
      case 'interrupted':
        return this.interruptionStep(at, 5)
      default:
        return this.planInterruption(t)
    }
  }

  // Arrears and money

  private dunning(t: Try) {
    return this.newest(
      'SELECT id, state FROM dunnings WHERE service_point_id = ? ORDER BY living DESC, rowid DESC',
      this.point(t),
    )
  }
  async dunningStep(t: Try, step = t.pick % 5): Promise<unknown> {
    const dunningId = this.dunning(t)?.id ?? req()
    const on = { requestId: req(), dunningId }
    const delivery = { ...on, at: this.watch.now, way: 'in-person' as const, by: '王师傅' }
    const leader = t.as ?? 'dispatcher'
    switch (step) {
      case 0:
        return this.call(leader, IssueDunnings, { requestId: req(), accountIds: [this.account(this.point(t))] })
      case 1:
        return this.call(t.as ?? 'clerk', DeliverDunning, delivery)
      case 2:
        return this.call(leader, AnnounceSuspension, delivery)
      case 3: {
        const reason = t.pick % 2 === 0 ? '' : '多次上门无人配合'
        const { terms: suspension } = await suspensionTerms(this.hall, dunningId, reason)
        return this.call(leader, SuspendForArrears, {
          ...on,
          approvalId: await this.approval(leader, {
            purpose: 'arrears-suspension',
            terms: { ...suspension, dunningId: t.good ? dunningId : req() },
          }),
          reason,
        })
      }
      default:
        return this.call(leader, CancelDunning, { ...on, reason: '开错' })
    }
  }
  /** Whatever leads on, where something has fallen due first. */
  dunningOn(t: Try): Promise<unknown> {
    const due = this.watch.one<{ id: string }>(
      `SELECT service_point_id AS id FROM dunnings WHERE state IN ('issued', 'delivered', 'announced') AND next_at <= ?
       ORDER BY state, rowid`,
      this.watch.now,
    )
    const place = this.town.points.findIndex(({ servicePointId }) => servicePointId === due?.id)
    const there = place >= 0 && t.pick % 4 > 0 ? { ...t, place } : t
    const next: Record<string, number> = { issued: 1, delivered: 2, announced: 3 }
    return this.dunningStep(there, next[this.dunning(there)?.state ?? ''] ?? 0)
  }
  /** What the manager agrees to of a hazard, or of another one, or for another reason. */
  private async wordOn(t: Try, purpose: 'hazard-misfiled' | 'hazard-lower', as: string): Promise<string> {
    const hazardId = this.hazard(t.place === 4 ? { ...t, place: t.pick } : t)?.id
    if (hazardId === undefined) return req()
    const { hazard } = await this.call('clerk', Hazard, { hazardId })
    const reason = t.pick % 5 === 4 ? '别的' : '复核'
    return this.approval(
      as,
      purpose === 'hazard-misfiled'
        ? { purpose, terms: misfiledTerms(hazard, '', reason) }
        : { purpose, terms: lowerTerms(hazard, 'general', reason) },
    )
  }
  private async approval(as: string, approval: Approval): Promise<string> {
    const answer = await this.call(as, Approve, {
      staffNo: 'hall-manager',
      password: managersPassword,
      approval,
    })
    return answer.ok ? answer.approvalId : req()
  }
  private async openShift(as: string): Promise<void> {
    if (this.watch.one(`SELECT 1 FROM shifts WHERE state = 'open'`)) return
    await this.call(as, OpenShift, { requestId: req(), rows: counted(fen(50_000)) })
  }
  async bill(t: Try): Promise<unknown> {
    const accountId = this.account(this.point(t))
    const last = this.watch.one<{ id: string; at: number; digits: number }>(
      `SELECT m.id, coalesce((SELECT max(current_index) FROM readings r WHERE r.meter_id = m.id), m.initial_index) AS at
       FROM meters m WHERE m.service_point_id = ? AND m.state = 'in-use'
       ORDER BY (SELECT max(id) FROM readings r WHERE r.meter_id = m.id), m.position`,
      this.point(t).servicePointId,
    )
    const { readingId } = await this.call(t.as ?? 'cashier', RecordReading, {
      requestId: req(),
      accountId,
      meterId: last?.id ?? null,
      readOn: this.today,
      index: cubicMetres(Math.ceil((last?.at ?? 0) / 1_000) + 5 + (t.pick % 20)),
      // Some try to pass a reading off as a file's.
      source: t.pick % 9 === 0 ? ('import' as 'visit') : t.pick % 2 > 0 ? 'visit' : 'self-reported',
      readerId: this.reader(t),
      confirmed: ['tooHigh', 'longInterval', 'rollover'],
    })
    return this.call(t.as ?? 'cashier', BillReading, { requestId: req(), readingId })
  }
  async pay(t: Try): Promise<unknown> {
    const accountId = this.account(this.point(t))
    const as = t.as ?? 'cashier'
    await this.openShift(as)
    const { bills, total } = await this.call(as, Dues, { accountId })
    return this.call(as, Collect, {
      requestId: req(),
      accountId,
      bills: bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: total }],
    })
  }
  async reverse(t: Try): Promise<unknown> {
    const as = t.as ?? 'cashier'
    const payment = this.watch.one<{ id: string }>(
      `SELECT p.id FROM payments p JOIN accounts a ON a.id = p.account_id
       WHERE a.service_point_id = ? AND NOT EXISTS (SELECT 1 FROM reversals r WHERE r.payment_id = p.id) ORDER BY p.id DESC`,
      this.point(t).servicePointId,
    )
    if (payment === undefined) return
    await this.openShift(as)
    const approvalId = await this.approval(as, reversalTerms(this.hall, payment.id, '录错'))
    return this.call(as, Reverse, { requestId: req(), paymentId: payment.id, reason: '录错', approvalId })
  }
  private async refund(accountId: string, as: string): Promise<void> {
    const held = this.watch.one<{ n: number }>('SELECT prepayment AS n FROM accounts WHERE id = ?', accountId)?.n ?? 0
    if (held === 0) return
    await this.openShift(as)
    const given = { accountId, means: 'cash', amount: fen(held), reason: '退' } as const
    const approvalId = await this.approval(as, refundTerms(given))
    await this.call(as, Refund, { requestId: req(), ...given, approvalId })
  }

  // Gas back

  async resume(t: Try, night: InputOf<typeof ResumeSupply>['night'] = null): Promise<unknown> {
    const bad = t.good ? -1 : t.pick % 4
    const checks = goodChecks.map((check, i) => (bad === 1 && i === 0 ? { ...check, ok: false, note: '漏气' } : check))
    return this.call(t.as ?? 'clerk', ResumeSupply, {
      requestId: req(),
      servicePointId: this.point(this.waiting(t)).servicePointId,
      outcome: 'resumed',
      tightness: bad === 2 ? null : { pressurePa: 5_000, minutes: 30, dropPa: bad === 0 ? 20 : 0 },
      checks: bad === 3 ? null : checks,
      testerId: this.worker(t),
      night,
    })
  }
  /** Everything a resumption needs, done well today by who may; past the watch, which knows nothing of a restore. */
  resumeWell(as: string, servicePointId: string): Promise<unknown> {
    return callAs(this.real, as, ResumeSupply, {
      requestId: req(),
      servicePointId,
      outcome: 'resumed',
      tightness: { pressurePa: 5_000, minutes: 30, dropPa: 0 },
      checks: goodChecks,
      testerId: this.worker({ who: 0 }),
      night: null,
    })
  }
  /** The manager's word on a resumption at night: on this household, on another, in other words, or for the day after. */
  private async agreedAtNight(t: Try): Promise<InputOf<typeof ResumeSupply>['night']> {
    if (t.place % 3 === 0) return null
    const { servicePointId } = this.point(this.waiting(t.place % 3 === 1 ? t : { ...t, place: t.place + 1 }))
    const account =
      this.watch.one<{ no: string }>(
        `SELECT account_no AS no FROM accounts WHERE service_point_id = ? AND state = 'active'`,
        servicePointId,
      )?.no ?? ''
    const said = { consent: '王女士', reason: '家有病人' }
    const approvalId = await this.approval(t.as ?? 'clerk', {
      purpose: 'night-resumption',
      terms: { servicePointId, account, ...said },
    })
    return { ...said, approvalId }
  }

  /** Whatever waits for gas is tried in the middle of the night, with everything as it should be. */
  async atNight(t: Try): Promise<void> {
    await this.clockTo('night', t)
    const right = { ...t, as: null, good: true, who: 0 }
    for (const pick of [1, 2, 3]) {
      const here = { ...right, pick, place: pick }
      await this.resume(here, await this.agreedAtNight(here)).catch(refusedOnly)
    }
    await this.ignite(right).catch(refusedOnly)
    for (const place of this.town.points.keys()) await this.finish({ ...right, place }).catch(refusedOnly)
  }
  /** What has ended is ended once more. */
  async closeAgain(t: Try): Promise<void> {
    const one = (table: string, ended: string) =>
      this.watch.one<{ id: string }>(`SELECT id FROM ${table} WHERE ${ended} ORDER BY id LIMIT 1 OFFSET ?`, t.pick % 3)
        ?.id
    const [order, complaint, hazard, interruption] = [
      one('workorders', `state = 'closed'`),
      one('complaints', `state = 'closed'`),
      one('hazards', `state = 'closed'`),
      one('interruptions', `state IN ('resumed', 'cancelled')`),
    ]
    if (order) await ways(this.hall, order).close('dispatcher').catch(refusedOnly)
    if (complaint) await hands(this.hall, complaint).close('dispatcher').catch(refusedOnly)
    if (hazard) await this.call('dispatcher', CloseHazard, { requestId: req(), hazardId: hazard }).catch(refusedOnly)
    if (interruption === undefined) return
    const on = { requestId: req(), interruptionId: interruption }
    await this.call('dispatcher', EndInterruption, { interruptionId: interruption }).catch(refusedOnly)
    await this.call('dispatcher', StartInterruption, { interruptionId: interruption }).catch(refusedOnly)
    await this.call('dispatcher', CancelInterruption, { ...on, reason: '重复' }).catch(refusedOnly)
  }

  // The life of an account

  private life(t: Try, processId: string) {
    const as = t.as ?? 'clerk'
    const { watch, town } = this
    const acting = {
      ...this.hall,
      worker: this.worker(t),
      helper: this.town.people[7]?.staffId ?? '',
      reader: this.reader({ ...t, who: [0, 1, 0, 2, 0, 3][t.pick % 6] ?? 0 }),
      query: <R>(sql: string, ...values: unknown[]) => watch.rows<R>(sql, ...values),
      attach: (customerId: string, kind: 'identity') =>
        this.real.transact((context) => attachFile(context, { customerId, kind, sourcePath: town.scan })),
      call: (definition: CallDefinition<string, z.ZodType, z.ZodType>, input: never) =>
        this.call(as, definition, input),
    }
    // Of the other room's hall only what a process needs.
    return lifeOf(acting as unknown as LifeHall, processId)
  }
  private process(t: Try) {
    return this.watch.one<{ id: string; state: string; kind: (typeof processKinds)[number] }>(
      `SELECT id, state, kind FROM account_processes WHERE service_point_id = ?
       ORDER BY state IN ('done', 'cancelled'), id DESC`,
      this.point(t).servicePointId,
    )
  }
  async begin(t: Try): Promise<unknown> {
    const gas = this.watch.look().gas.get(this.point(t).servicePointId) ?? ''
    const fitting: Record<string, readonly (typeof processKinds)[number][]> = {
      supplied: ['deactivation', 'transfer', 'exchange', 'deactivation', 'addition', 'deactivation'],
      suspended: ['transfer', 'exchange', 'dismantling'],
      deactivated: ['reactivation', 'reactivation', 'reactivation', 'transfer', 'dismantling'],
      dismantled: ['closing'],
    }
    const several = this.watch.rows(
      `SELECT 1 FROM meters WHERE service_point_id = ? AND state = 'in-use'`,
      this.point(t).servicePointId,
    )
    const fits = several.length > 1 && t.pick % 2 > 0 ? ['detachment' as const] : fitting[gas]
    const list = t.pick % 6 === 0 ? processKinds : (fits ?? processKinds)
    const kind = list[t.pick % list.length] ?? 'exchange'
    return this.call(t.as ?? 'clerk', StartProcess, {
      requestId: req(),
      accountId: this.account(this.point(t)),
      kind,
      applicant: '王小明',
      applicantPhone: '13800000000',
      reason: '客户申请',
    })
  }
  async processStep(t: Try, step = t.pick % 13): Promise<unknown> {
    const process = this.process(t)
    const life = this.life(t, process?.id ?? req())
    const index = this.watch.one<{ id: string; at: number }>(
      `SELECT m.id, coalesce((SELECT max(current_index) FROM readings r WHERE r.meter_id = m.id), m.initial_index) AS at
       FROM meters m WHERE m.service_point_id = ? AND m.state = 'in-use'
       -- A household's meters in turn: the one that was read least lately.
       ORDER BY (SELECT max(id) FROM readings r WHERE r.meter_id = m.id), m.position`,
      this.point(t).servicePointId,
    )
    const m3 = (index?.at ?? 0) / 1_000
    const meterId = index?.id ?? null
    switch (step) {
      case 0:
        return life.read(m3, { meterId })
      case 1:
        return life.choose(process?.kind === 'deactivation' || process?.kind === 'exchange' ? 'keep' : 'refund')
      case 2:
        return life.name()
      case 3:
        return life.papers()
      case 4:
        return life.draft()
      case 5:
        await life.sign('supply')
        return life.sign('safety')
      case 6:
        return life.tightness(t.good ? 0 : 20, this.worker(t), this.lately(t))
      case 7:
        return life.safety(t.good, this.worker(t), this.lately(t))
      case 8:
        return life.remove(index === undefined ? null : m3, this.worker(t), this.lately(t), meterId)
      case 9:
        return life.exchange(m3, `X-${String((this.#meterNo += 1)).padStart(6, '0')}`, { meterId })
      case 11:
        return life.addMeter(`X-${String((this.#meterNo += 1)).padStart(6, '0')}`, { workerId: this.worker(t) })
      case 12:
        return life.detach(meterId ?? req(), m3, { workerId: this.worker(t) })
      default:
        return life.cancel()
    }
  }
  async finish(t: Try): Promise<unknown> {
    const process = this.process(t)
    const life = this.life(t, process?.id ?? req())
    const ends = {
      deactivation: () => life.deactivate(),
      reactivation: () => life.reactivate(),
      dismantling: () => life.dismantle(),
      exchange: () => life.signExchange(),
      closing: () => life.close(),
      addition: () => life.signChange(),
      detachment: () => life.signChange(),
      transfer: () => life.transfer(),
    }
    return ends[process?.kind ?? 'exchange']()
  }
  /** 销户 of a place nobody takes the meter off, in any order: what was seen there, the paper, the manager's word, the debt that stays. */
  async abandon(t: Try): Promise<unknown> {
    const process = this.process(t)
    const as = t.as ?? 'clerk'
    if (process?.kind !== 'closing' || process.state === 'done' || process.state === 'cancelled') {
      return this.call(as, StartProcess, {
        ...{ requestId: req(), accountId: this.account(this.point(t)), kind: 'closing' },
        ...{ applicant: '王小明', applicantPhone: '13800000000', reason: '房屋已拆' },
        ground: t.pick % 2 > 0 ? 'demolished' : 'disputed',
      })
    }
    const processId = process.id
    const life = this.life(t, processId)
    if (t.pick % 3 > 0) await life.see(this.worker(t)).catch(refusedOnly)
    const { process: row, closingTerms, settlement, old } = await this.call('clerk', Process, { processId })
    if (t.pick % 5 > 0) {
      this.real.transact((context) =>
        attachFile(context, { customerId: row.customerId, kind: 'declaration', sourcePath: this.town.scan }),
      )
    }
    if (closingTerms !== null && t.pick % 4 > 0) {
      const terms = t.good ? closingTerms : { ...closingTerms, reason: '别的' }
      const approvalId = await this.approval(as, { purpose: 'closing-unremoved', terms })
      await this.call(as, ApproveClosing, { requestId: req(), processId, approvalId }).catch(refusedOnly)
    }
    if (settlement.total > 0 && t.pick % 7 > 1) {
      const reason = '转法务追收'
      const account = `${row.accountNo} ${old.name}`
      const owed = { owed: settlement.total, principal: settlement.principal }
      const terms = { processId, business: `销户 ${row.processNo}`, account, ...owed, reason }
      const approvalId = await this.approval(as, { purpose: 'debt-stays', terms })
      await this.call(as, KeepDebt, { requestId: req(), processId, reason, approvalId }).catch(refusedOnly)
    }
    // What stays open there keeps everything else from its place.
    return life.close().catch((error: unknown) => (t.pick % 2 > 0 ? life.cancel() : Promise.reject(error as Error)))
  }
  /** Every step of whatever is in hand in its order, what is owed paid, and the end. */
  async processOn(first: Try): Promise<unknown> {
    const busy = this.watch.rows<{ id: string }>(
      `SELECT service_point_id AS id FROM account_processes WHERE state NOT IN ('done', 'cancelled')
       UNION SELECT id FROM service_points WHERE gas_state = 'deactivated'`,
    )
    const places = this.town.points.flatMap(({ servicePointId }, i) =>
      busy.some(({ id }) => id === servicePointId) ? [i] : [],
    )
    if (places.length > 0 && first.pick % 3 > 0)
      return this.processAt({ ...first, place: places[first.place % places.length] ?? 0 })
    return this.processAt(first)
  }
  private async processAt(t: Try): Promise<unknown> {
    const process = this.process(t)
    if (process === undefined || process.state === 'done' || process.state === 'cancelled') return this.begin(t)
    const steps = {
      deactivation: [0, 1],
      reactivation: [6, 7],
      dismantling: [0, 8, 6],
      transfer: [2, 3, 0, 1, 4, 5],
      exchange: [9, 6, 7],
      closing: [],
      addition: [11, 6, 7],
      detachment: [12, 6, 7],
    }[process.kind]
    for (const step of steps) await this.processStep({ ...t, good: true }, step).catch(refusedOnly)
    if (t.good && !['exchange', 'addition', 'detachment'].includes(process.kind)) {
      await this.pay({ ...t, as: null }).catch(refusedOnly)
      await this.refund(this.account(this.point(t)), 'cashier').catch(refusedOnly)
    }
    return this.finish(t)
  }

  // Orders and complaints

  take(t: Try) {
    return this.call(
      t.as ?? 'dispatcher',
      TakeOrder,
      // Most calls come from somebody with an account, where gas may be shut off.
      (t.good ? repairCall : leakCall)(t.pick % 3 > 0 ? { accountId: this.account(this.point(t)), place: '' } : {}),
    )
  }
  private order(t: Try) {
    const list = this.watch.rows<{ id: string; state: string }>(
      `SELECT id, state FROM workorders ORDER BY state = 'closed', id LIMIT ?`,
      1 + (t.place % 2),
    )
    return list.at(-1)
  }
  orderStep(t: Try, step = t.pick % 10): Promise<unknown> {
    const id = this.order(t)?.id ?? req()
    const way = ways(this.hall, id)
    const as = t.as ?? 'dispatcher'
    switch (step) {
      case 0:
        // The manager works on some herself, and may judge none of those.
        return way.assign(t.pick % 2 > 0 ? (this.town.people[6]?.staffId ?? '') : this.worker(t), as)
      case 1:
        return way.work('accept', as)
      case 2:
        return way.work('arrive', as)
      case 3:
        return way.work('handle', as, t.who % 2 > 0 ? 'on' : 'off')
      case 4:
        return way.work('repair', as)
      case 5:
        return way.verify(as, t.good)
      case 6:
        return way.callBack(t.as ?? 'hall-manager', t.good ? 'satisfied' : 'dissatisfied')
      case 7:
        return way.close(as)
      case 9:
        return this.call(as, IssueOrder, { requestId: req(), orderId: id })
      default:
        return this.call(as, ReopenOrder, { requestId: req(), orderId: id, reason: '又坏了' })
    }
  }
  /** One step on, or two. */
  async orderOn(t: Try): Promise<unknown> {
    if (t.pick % 2 > 0) await this.orderNext(t)
    return this.orderNext(t)
  }
  private async orderNext(t: Try): Promise<unknown> {
    const next: Record<string, number> = { reported: 9, issued: 0, assigned: 1, accepted: 2, 'on-site': 3, handled: 4, repaired: 5, verified: 6, 'called-back': 7 } // prettier-ignore
    const step = next[this.order(t)?.state ?? '']
    if (step === undefined || t.pick % 20 === 0) return this.take(t)
    // Whoever may have worked on it tries to judge it first.
    if (step >= 5 && step <= 7 && t.pick % 3 > 0) await this.orderStep({ ...t, as: '3002' }, step).catch(refusedOnly)
    return this.orderStep(t, step)
  }
  complain(t: Try) {
    return this.call(t.as ?? 'clerk', TakeComplaint, complaint())
  }
  private complaint(t: Try) {
    const list = this.watch.rows<{ id: string; state: string; investigator: string | null }>(
      `SELECT id, state, investigator_id AS investigator FROM complaints ORDER BY state = 'closed', id LIMIT ?`,
      1 + (t.place % 2),
    )
    return list.at(-1)
  }
  complaintStep(t: Try, step = t.pick % 6): Promise<unknown> {
    const one = this.complaint(t)
    const way = hands(this.hall, one?.id ?? req())
    const investigator = this.town.people.find(({ staffId }) => staffId === one?.investigator)?.token
    switch (step) {
      case 0:
        return way.assign(this.worker(t), t.as ?? 'dispatcher')
      case 1:
        return way.investigate(t.as ?? investigator ?? 'clerk')
      case 2:
        return way.reply(t.as ?? investigator ?? 'clerk')
      case 3:
        return way.callBack(t.as ?? 'hall-manager', t.good ? 'satisfied' : 'dissatisfied')
      case 4:
        return way.close(t.as ?? 'dispatcher')
      default:
        return way.reopen(t.as ?? 'clerk')
    }
  }
  async complaintOn(t: Try): Promise<unknown> {
    const state = this.complaint(t)?.state
    if (state === 'assigned') {
      await this.complaintStep(t, 1)
      return this.complaintStep(t, 2)
    }
    const next: Record<string, number> = { received: 0, replied: 3, 'called-back': 4 }
    const step = next[state ?? '']
    return step === undefined ? this.complain(t) : this.complaintStep(t, step)
  }

  // What goes on by itself

  jobs(): Promise<void> {
    return this.watch.job(() => supplyJob.run(this.real.hall.environment))
  }
  clockTo(kind: 'minutes' | 'night' | 'morning' | 'days' | 'appointed', { pick }: Try): Promise<void> {
    const { now } = this.watch
    const dayStart = Date.parse(`${this.today}T00:00:00+08:00`)
    const at = (hour: number) => {
      const then = dayStart + hour * hourMs + (pick % 60) * 60_000
      return then > now ? then : then + dayMs
    }
    const to = {
      minutes: now + (1 + (pick % 600)) * 60_000,
      night: at(22 + (pick % 8)),
      morning: at(8),
      days: now + (1 + (pick % 60)) * dayMs,
      appointed: (this.appointed(pick % 3 === 0 ? 'max' : 'min') ?? now) + (pick % 30) * 60_000,
    }[kind]
    return this.passTime(to)
  }
}

/** Lets a refusal be one; a fault of the program is none. */
export function refusedOnly(error: unknown): void {
  if (error instanceof DomainError) return
  if (!(error instanceof CallFailed) || error.failure.code === 'Internal') throw error
}
