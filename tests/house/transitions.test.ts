/**
 * Every wrong step of every room, generically: a real record is put into each of its states, and every action that the
 * room's table of transitions does not allow from there is tried by somebody who may do anything. It must be refused in
 * Chinese and write nothing, to the letter. Closing what is closed is one of them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Approve } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { Begin, Fill, Refresh, Return, Review, Sign } from '../../src-main/appraisal/api.ts'
import { cardStates, transitions as cardTransitions } from '../../src-main/appraisal/rules.ts'
import * as complaints from '../../src-main/complaints/api.ts'
import { RecordPaperContract, SignContract, VoidContract } from '../../src-main/contracts/api.ts'
import { contractTransitions } from '../../src-main/contracts/rules.ts'
import { AddDefect, CancelDrill, CloseDrill, EditDrill, HoldDrill, PlanDrill } from '../../src-main/emergency/api.ts'
import { drillTransitions } from '../../src-main/emergency/rules.ts'
import { drillStates } from '../../src-main/emergency/words.ts'
import { Call } from '../../src-main/followups/api.ts'
import * as inspections from '../../src-main/inspections/api.ts'
import { taskTransitions } from '../../src-main/inspections/rules.ts'
import { hazardProcess, hazardStates } from '../../src-main/inspections/hazard-process.ts'
import { taskStates } from '../../src-main/inspections/words.ts'
import * as installations from '../../src-main/installations/api.ts'
import { checklist } from '../../src-main/installations/checklists.ts'
import { applicationStates, applicationWays, startingStates } from '../../src-main/installations/rules.ts'
import type { CallDefinition, InputOf } from '../../src-main/platform/contract.ts'
import { openSqlite } from '../../src-main/platform/database.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { waysIn } from '../../src-main/platform/process.ts'
import { CancelCampaign, EditCampaign, PlanCampaign, RecordCampaign } from '../../src-main/publicity/api.ts'
import { campaignTransitions } from '../../src-main/publicity/rules.ts'
import { campaignStates } from '../../src-main/publicity/words.ts'
import * as supply from '../../src-main/supply/api.ts'
import { transitions as processTransitions } from '../../src-main/supply/account-rules.ts'
import { dunningTransitions, interruptionTransitions } from '../../src-main/supply/rules.ts'
import { dunningStates, interruptionStates } from '../../src-main/supply/words.ts'
import * as workorders from '../../src-main/workorders/api.ts'
import type { z } from 'zod'
import { complaint } from '../complaints/people.ts'
import { failedItem, generate, household, record, taskOf } from '../inspections/support.ts'
import { apply, certifiedAcceptor, certifiedWorker, residentApplication } from '../installations/steps.ts'
import { household as billed, read } from '../billing/household.ts'
import { BillReading } from '../../src-main/billing/api.ts'
import { contentOf } from '../support/written.ts'
import { actorOf, CallFailed, type TestHall } from '../support/hall.ts'
import { callAs, employ, openHallWithWorkers, repairCall, req } from '../workorders/people.ts'

const everything = '9001'
const day = '2026-11-23'
const note = '照办'
let hall: TestHall
/** Somebody of every role with every certificate, and somebody else of that kind: nothing but the step is wrong. */
let able: string

type Attempt = () => Promise<unknown>
type AnyCall = CallDefinition<string, z.ZodType, z.ZodType>
const as = <D extends AnyCall>(definition: D, input: InputOf<D>) => callAs(hall, everything, definition, input)

interface Matrix {
  readonly room: string
  readonly table: string
  readonly states: readonly string[]
  /** The record; made once. */
  readonly make: () => Promise<string>
  readonly actions: (id: string) => Readonly<Record<string, Attempt>>
  readonly allows: (action: string, state: string) => boolean
  /** Columns set besides the state. */
  readonly also?: Readonly<Record<string, unknown>>
  /** Every change of state there is, 'from>to'; left out where the database holds none: a voided visit puts its task back. */
  readonly ways?: readonly string[]
}
type Table = Readonly<Record<string, { readonly from: string | readonly string[] }>>
const listed =
  (table: Table) =>
  (action: string, state: string): boolean =>
    [table[action]?.from ?? []].flat().includes(state)

const doingOf = (subject: string, id: string) => ({
  'call-back': () => as(Call, { requestId: req(), of: subject, id, result: 'unreached', answers: [], note }),
})

async function interruption(): Promise<string> {
  const { accountId } = household(hall, 40)
  const fromAt = hall.clock.now() + 100 * 3_600_000
  const { interruptionId } = await as(supply.PlanInterruption, {
    ...interruptionPlan(fromAt, accountId),
    requestId: req(),
  })
  return interruptionId
}
const interruptionPlan = (fromAt: number, accountId: string) => ({
  kind: 'planned' as const,
  reason: '检修',
  scope: { kind: 'accounts' as const, accountIds: [accountId] },
  fromAt,
  toAt: fromAt + 3_600_000,
  resumeBy: fromAt + 3_600_000,
})
const drill = {
  kind: 'leak' as const,
  form: 'tabletop' as const,
  title: '漏气处置演练',
  plannedOn: day,
  place: '营业厅',
  scenario: '户内漏气',
}
const campaign = { kind: 'leaflet' as const, title: '安全用气宣传', plannedOn: day, place: '和平小区' }
const checks = (kind: 'survey' | 'acceptance' | 'safety-check') =>
  checklist(kind, true).map(({ item }) => ({ item, ok: true, note: '' }))

const matrices: Matrix[] = [
  {
    room: '工单',
    table: 'workorders',
    states: workorders.orderStates,
    make: async () => (await as(workorders.Take, repairCall())).orderId,
    allows: listed(workorders.orderProcess.transitions),
    ways: workorders.orderProcess.ways,
    also: { assignee_id: null },
    actions: (orderId) => {
      const on = () => ({ requestId: req(), orderId })
      const work = (step: workorders.WorkStep) => () => as(workorders.Work, { ...on(), step, gas: null, note })
      return {
        answer: () => as(workorders.Answer, { ...on(), note }),
        issue: () => as(workorders.Issue, on()),
        assign: () => as(workorders.Assign, { ...on(), staffId: able }),
        accept: work('accept'),
        arrive: work('arrive'),
        handle: work('handle'),
        repair: work('repair'),
        pause: () =>
          as(workorders.Pause, {
            ...on(),
            why: 'absent',
            until: hall.clock.now() + 3_600_000,
            reason: note,
          }),
        resume: () => as(workorders.Resume, on()),
        refer: () =>
          as(workorders.Refer, {
            ...on(),
            why: 'owner',
            reason: note,
            referredTo: '厂家',
            customerTold: true,
          }),
        confirm: () => hall.call(workorders.Confirm, { ...on(), passed: true, note }, 'dispatcher'),
        verify: () => as(workorders.Verify, { ...on(), passed: true, note }),
        ...doingOf('workorder', orderId),
        close: () => as(workorders.Close, on()),
        reopen: () => as(workorders.Reopen, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '投诉',
    table: 'complaints',
    states: complaints.complaintStates,
    make: async () => (await as(complaints.Take, complaint())).complaintId,
    allows: listed(complaints.complaintProcess.transitions),
    ways: complaints.complaintProcess.ways,
    actions: (complaintId) => {
      const on = () => ({ requestId: req(), complaintId })
      return {
        assign: () => as(complaints.Assign, { ...on(), staffId: able }),
        investigate: () => as(complaints.Investigate, { ...on(), note }),
        classify: () => as(complaints.Classify, { ...on(), class: 'bill', note }),
        name: () => as(complaints.Name, { ...on(), staffIds: [able] }),
        reply: () => as(complaints.Reply, { ...on(), channel: 'phone', note }),
        ...doingOf('complaint', complaintId),
        close: () => as(complaints.Close, on()),
        reopen: () => as(complaints.Reopen, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '隐患',
    table: 'hazards',
    states: hazardStates,
    make: async () => {
      const { accountId } = household(hall, 41)
      await generate(hall, 2026, everything)
      const { hazardIds } = await record(hall, taskOf(hall, accountId).id, able, {
        outcome: 'hazard',
        failed: [failedItem()],
      })
      return hazardIds[0] ?? ''
    },
    allows: listed(hazardProcess.transitions),
    ways: hazardProcess.ways,
    actions: (hazardId) => {
      const on = () => ({ requestId: req(), hazardId })
      return {
        regrade: () => as(inspections.Regrade, { ...on(), grade: 'critical', note }),
        deliver: () =>
          as(inspections.Deliver, {
            ...on(),
            deliveredOn: day,
            deliveredBy: '王师傅',
            receivedBy: '客户',
            receipt: 'signed',
          }),
        measure: () => as(inspections.Measure, { ...on(), note }),
        stay: () => as(inspections.Stay, { ...on(), supportCalledAt: hall.clock.now() }),
        report: () => as(inspections.Report, { ...on(), reportedTo: '社区' }),
        mend: () => as(inspections.Mend, { ...on(), mendedOn: day, note }),
        withdraw: async () => {
          const found = (await as(inspections.Hazard, { hazardId })).hazard
          // An agreement is a row too: where nothing may be written, none is asked for.
          if (!hazardProcess.startsIn('withdraw', found.state))
            return as(inspections.Withdraw, { ...on(), approvalId: req(), note })
          const terms = inspections.misfiledTerms(found, '', note)
          const { id, staffNo } = actorOf('hall-manager')
          const password = 'Kanban-Qiu-73'
          hall.transact((context) => setPassword(context, id, password))
          const answer = await as(Approve, { staffNo, password, approval: { purpose: 'hazard-misfiled', terms } })
          if (!answer.ok) throw new Error(answer.message)
          return as(inspections.Withdraw, { ...on(), approvalId: answer.approvalId, note })
        },
        reinspect: () =>
          as(inspections.Reinspect, { ...on(), inspectorId: able, inspectedOn: day, passed: true, note }),
        ...doingOf('hazard', hazardId),
        close: () => as(inspections.CloseHazard, on()),
      }
    },
  },
  {
    room: '安检',
    table: 'inspection_tasks',
    states: taskStates,
    make: async () => {
      const { accountId } = household(hall, 42)
      await generate(hall, 2026, everything)
      return taskOf(hall, accountId).id
    },
    allows: listed(taskTransitions),
    actions: (taskId) => {
      const result = (outcome: 'passed' | 'hazard' | 'absent' | 'refused') => () =>
        record(hall, taskId, able, {
          outcome,
          note,
          failed: outcome === 'hazard' ? [failedItem()] : [],
        })
      return {
        pass: result('passed'),
        find: result('hazard'),
        absent: result('absent'),
        refuse: result('refused'),
        arrange: () => as(inspections.Arrange, { requestId: req(), taskId, visitOn: day, note }),
      }
    },
  },
  {
    room: '停气',
    table: 'interruptions',
    states: interruptionStates,
    make: interruption,
    allows: listed(interruptionTransitions),
    ways: waysIn(interruptionTransitions),
    actions: (interruptionId) => {
      const on = () => ({ requestId: req(), interruptionId })
      const fromAt = hall.clock.now() + 100 * 3_600_000
      return {
        amend: () => as(supply.AmendInterruption, { ...on(), ...interruptionPlan(fromAt, req()) }),
        notify: () => as(supply.NotifyInterruption, on()),
        post: () =>
          as(supply.PostNotice, {
            ...on(),
            buildingIds: [req()],
            postedAt: hall.clock.now(),
            place: '门口',
            postedBy: '王师傅',
          }),
        start: () => as(supply.StartInterruption, { interruptionId }),
        end: () => as(supply.EndInterruption, { interruptionId }),
        cancel: () => as(supply.CancelInterruption, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '催缴',
    table: 'dunnings',
    states: dunningStates,
    make: async () => {
      const { accountId } = billed(hall)
      const readingId = await read(hall, accountId, '2026-06-01', 20)
      await callAs(hall, 'cashier', BillReading, { requestId: req(), readingId })
      hall.transact(({ sqlite }) => sqlite.exec(`UPDATE bills SET due_on = '2026-07-01'`))
      await as(supply.IssueDunnings, { requestId: req(), accountIds: [accountId] })
      return (await as(supply.DunningsOfAccount, { accountId }))[0]?.id ?? ''
    },
    allows: listed(dunningTransitions),
    ways: waysIn(dunningTransitions),
    actions: (dunningId) => {
      const told = () => ({
        requestId: req(),
        dunningId,
        at: hall.clock.now(),
        way: 'in-person' as const,
        by: '王师傅',
      })
      return {
        deliver: () => as(supply.DeliverDunning, told()),
        announce: () => as(supply.AnnounceSuspension, told()),
        suspend: () => as(supply.SuspendForArrears, { requestId: req(), dunningId, approvalId: req(), reason: note }),
        cancel: () => as(supply.CancelDunning, { requestId: req(), dunningId, reason: note }),
      }
    },
  },
  {
    room: '报装',
    table: 'applications',
    states: applicationStates,
    make: () => apply(hall, residentApplication(hall, 43)),
    allows: (action, state) => startingStates[action as keyof typeof startingStates].includes(state as never),
    ways: applicationWays,
    actions: (applicationId) => {
      const on = () => ({ requestId: req(), applicationId })
      const certified = { performedOn: day, workerId: certifiedWorker(hall) }
      const acceptor = { ...certified, workerId: certifiedAcceptor(hall) }
      const checked = (kind: 'survey' | 'acceptance') => ({
        ...on(),
        ...(kind === 'acceptance' ? acceptor : certified),
        checks: checks(kind),
      })
      const { purpose, appliances, householdSize, pricePlanId } = residentApplication(hall, 43)
      return {
        amend: () => as(installations.Amend, { ...on(), purpose, appliances, householdSize, pricePlanId }),
        survey: () => as(installations.Survey, checked('survey')),
        'draft-contracts': () => as(installations.DraftContracts, on()),
        'open-account': () => as(installations.OpenAccount, on()),
        'install-meter': () =>
          as(installations.InstallMeter, {
            ...on(),
            ...certified,
            meterNo: 'M-100001',
            kind: 'diaphragm',
            model: 'G2.5',
            digits: 5,
            initialIndex: cubicMetres(0),
          }),
        accept: () => as(installations.Accept, checked('acceptance')),
        'test-tightness': () =>
          as(installations.TestTightness, { ...on(), ...certified, pressurePa: 5_000, minutes: 30, dropPa: 0 }),
        'check-safety': () => as(installations.CheckSafety, { ...on(), ...certified, checks: checks('safety-check') }),
        ignite: () => as(installations.Ignite, { ...on(), workerId: certified.workerId }),
        cancel: () => as(installations.Cancel, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '合同',
    table: 'contracts',
    states: ['draft', 'printed', 'signed', 'void'],
    make: async () => {
      const applicationId = await apply(hall, residentApplication(hall, 44))
      await as(installations.Survey, {
        requestId: req(),
        applicationId,
        performedOn: day,
        workerId: certifiedWorker(hall),
        checks: checks('survey'),
      })
      return (await as(installations.DraftContracts, { requestId: req(), applicationId })).supply
    },
    allows: (action, state) => state in contractTransitions[action as keyof typeof contractTransitions],
    actions: (contractId) => ({
      sign: () =>
        as(SignContract, {
          requestId: req(),
          contractId,
          signedOn: day,
          relation: 'self',
          signatory: '赵敏',
          companySignatory: '钱柜员',
        }),
      'record-paper': () =>
        as(RecordPaperContract, {
          requestId: req(),
          contractId,
          paperNo: 'ZZ-1',
          signedOn: day,
          validUntil: '2029-11-22',
          relation: 'self',
          signatory: '赵敏',
          companySignatory: '钱柜员',
          sourcePath: '/scan.pdf',
          reason: note,
          approvalId: req(),
        }),
      void: () => as(VoidContract, { requestId: req(), contractId, reason: note }),
    }),
  },
  {
    room: '演练',
    table: 'drills',
    states: drillStates,
    make: async () => (await as(PlanDrill, { requestId: req(), ...drill })).drillId,
    allows: listed(drillTransitions),
    ways: waysIn(drillTransitions),
    actions: (drillId) => {
      const on = () => ({ requestId: req(), drillId })
      const defect = { what: '到场慢', responsible: '王师傅', dueOn: day }
      return {
        plan: () => as(EditDrill, { ...on(), ...drill }),
        hold: () =>
          as(HoldDrill, { ...on(), heldOn: day, place: '营业厅', staffIds: [able], result: 'good', evaluation: note }),
        find: () => as(AddDefect, { ...on(), ...defect }),
        close: () => as(CloseDrill, on()),
        cancel: () => as(CancelDrill, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '宣传',
    table: 'campaigns',
    states: campaignStates,
    make: async () => (await as(PlanCampaign, { requestId: req(), ...campaign, staffIds: [able] } as never)).campaignId,
    allows: listed(campaignTransitions),
    ways: waysIn(campaignTransitions),
    actions: (campaignId) => {
      const on = () => ({ requestId: req(), campaignId })
      return {
        plan: () => as(EditCampaign, { ...on(), ...campaign, staffIds: [able] } as never),
        record: () =>
          as(RecordCampaign, { ...on(), doneOn: day, place: '小区', staffIds: [able], reached: 10, summary: note }),
        cancel: () => as(CancelCampaign, { ...on(), reason: note }),
      }
    },
  },
  {
    room: '考核',
    table: 'scorecards',
    states: cardStates,
    make: async () => (await as(Begin, { requestId: req(), scope: 'hall', year: 2026, period: 3 })).scorecardId,
    allows: listed(cardTransitions),
    ways: waysIn(cardTransitions),
    actions: (scorecardId) => {
      const on = () => ({ requestId: req(), scorecardId })
      return {
        fill: () => as(Fill, { ...on(), items: [], comment: note }),
        refresh: () => as(Refresh, on()),
        review: () => as(Review, on()),
        return: () => as(Return, { ...on(), reason: note }),
        sign: () => as(Sign, on()),
      }
    },
  },
]

/** 户的业务: one table for each kind. */
for (const kind of supply.processKinds)
  matrices.push({
    room: supply.processKindNames[kind],
    table: 'account_processes',
    states: supply.processStates,
    make: async () => {
      const { accountId } = household(hall, 50 + supply.processKinds.indexOf(kind))
      const { processId } = await as(supply.StartProcess, {
        requestId: req(),
        accountId,
        kind: 'transfer',
        applicant: '王小明',
        reason: note,
      })
      return processId
    },
    allows: (action, state) => processTransitions[kind][action as 'finish']?.[state as 'applied'] !== undefined,
    ways: Object.values(processTransitions[kind]).flatMap((moves) =>
      Object.entries(moves).map((move) => move.join('>')),
    ),
    also: { kind },
    actions: (processId) => {
      const on = () => ({ requestId: req(), processId })
      const onSite = { performedOn: day, workerId: able }
      const plan = residentApplication(hall, 43).pricePlanId
      const finish: Record<supply.ProcessKind, Attempt> = {
        deactivation: () => as(supply.Deactivate, { ...on(), ...onSite, sealNo: 'F-1' }),
        reactivation: () => as(supply.Reactivate, { ...on(), workerId: able, sealRemoved: true }),
        dismantling: () => as(supply.Dismantle, on()),
        transfer: () => as(supply.Transfer, on()),
        exchange: () => as(supply.SignExchange, { ...on(), signatory: '王小明', signedOn: day }),
        closing: () => as(supply.CloseAccount, on()),
        addition: () => as(supply.SignMeterChange, { ...on(), signatory: '王小明', signedOn: day }),
        detachment: () => as(supply.SignMeterChange, { ...on(), signatory: '王小明', signedOn: day }),
      }
      return {
        read: () =>
          as(supply.TakeFinalReading, {
            ...on(),
            readOn: day,
            index: cubicMetres(0),
            how: 'read',
            readerId: able,
            confirmed: [],
          }),
        'choose-prepayment': () => as(supply.ChoosePrepayment, { ...on(), choice: 'refund' }),
        'name-holder': () =>
          as(supply.NameHolder, {
            ...on(),
            customer: { known: true, customerId: req() },
            purpose: '炊事',
            appliances: [{ name: '燃气灶', count: 1 }],
            householdSize: 2,
            pricePlanId: plan,
          }),
        'draft-contracts': () => as(supply.DraftTransferContracts, on()),
        'test-tightness': () =>
          as(supply.TestProcessTightness, { ...on(), ...onSite, pressurePa: 5_000, minutes: 30, dropPa: 0 }),
        'check-safety': () => as(supply.CheckProcessSafety, { ...on(), ...onSite, checks: checks('safety-check') }),
        remove: () => as(supply.RemoveProcessMeter, { ...on(), ...onSite, index: null, blanked: true }),
        exchange: () =>
          as(supply.ExchangeMeter, {
            ...on(),
            workerId: able,
            exchangedOn: day,
            finalIndex: cubicMetres(0),
            readerId: able,
            confirmed: [],
            meterNo: 'X-100001',
            kind: 'iot',
            model: 'G4',
            digits: 6,
            initialIndex: cubicMetres(0),
          }),
        'add-meter': () =>
          as(supply.AddMeter, {
            ...on(),
            ...onSite,
            meterNo: 'X-100002',
            kind: 'iot',
            model: 'G4',
            digits: 6,
            initialIndex: cubicMetres(0),
          }),
        detach: () =>
          as(supply.DetachMeter, {
            ...on(),
            ...onSite,
            meterId: req(),
            finalIndex: cubicMetres(0),
            readerId: able,
            confirmed: [],
            blanked: true,
          }),
        // Every way in which any process ends; only its own may ever end this one.
        ...Object.fromEntries(
          Object.entries(finish).map(([ends, attempt]) => [ends === kind ? 'finish' : `finish as ${ends}`, attempt]),
        ),
        'keep-debt': () => as(supply.KeepDebt, { ...on(), reason: note, approvalId: req() }),
        'see-place': () => as(supply.SeePlace, { ...on(), ...onSite, gasOff: true, note }),
        'approve-closing': () => as(supply.ApproveClosing, { ...on(), approvalId: req() }),
        cancel: () => as(supply.CancelProcess, { ...on(), reason: note }),
      }
    },
  })

beforeAll(async () => {
  hall = await openHallWithWorkers()
  able = await employ(hall, {
    staffNo: everything,
    name: '全能',
    roles: ['clerk', 'cashier', 'hall-manager', 'dispatcher', 'administrator'],
    certificates: ['inspection', 'maintenance', 'emergency', 'callback', 'meter-reading'],
  })
})
afterAll(() => hall.close())

/** Puts a row where only the calls could have brought it: past the triggers and checks of its table. */
function force(table: string, id: string, columns: Readonly<Record<string, unknown>>): void {
  const { sqlite } = hall.hall.environment
  const triggers = sqlite
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`)
    .all(table) as { name: string; sql: string }[]
  sqlite.pragma('ignore_check_constraints = ON')
  for (const { name } of triggers) sqlite.exec(`DROP TRIGGER "${name}"`)
  const set = Object.keys(columns).map((column) => `${column} = @${column}`)
  sqlite.prepare(`UPDATE ${table} SET ${set.join(', ')} WHERE id = @id`).run({ ...columns, id })
  for (const { sql } of triggers) sqlite.exec(sql)
  sqlite.pragma('ignore_check_constraints = OFF')
}

describe.each(matrices)('$room', ({ table, states, make, actions, allows, also, ways }) => {
  let id: string
  let tried = 0
  beforeAll(async () => void (id = await make()))
  afterAll(() => expect(tried).toBeGreaterThan(0))

  test.each([...states])(
    '%s: nothing but what may follow follows, in Chinese, and nothing is written',
    async (state) => {
      force(table, id, { ...also, state })
      const attempts = Object.entries(actions(id))
      const before = contentOf(hall)
      for (const [action, attempt] of attempts) {
        if (allows(action, state)) continue
        tried += 1
        hall.clock.advance(1_000)
        const answer: unknown = await attempt().then(
          (output) => output,
          (error: unknown) => error,
        )
        if (!(answer instanceof CallFailed))
          throw new Error(`${action} from ${state} was taken: ${JSON.stringify(answer)}`)
        const { code, message } = answer.failure
        const what = `${action} from ${state}: ${code} ${message}`
        expect(['Internal', 'InvalidInput', 'NotAllowed', 'NotFound'], what).not.toContain(code)
        expect(message, what).toMatch(/\p{Script=Han}/u)
        expect(message, what).not.toMatch(/[A-Za-z]{4,}/)
        expect(contentOf(hall), what).toEqual(before)
      }
    },
  )

  test.runIf(ways)('below the services its state moves only along its table', () => {
    const { sqlite } = hall.hall.environment
    const way = sqlite.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(`${table}_way`) as string
    // The trigger by itself, so that nothing else that refuses stands for it.
    const alone = openSqlite({ path: ':memory:', key: null })
    alone.exec(`CREATE TABLE ${table} (kind TEXT, state TEXT); ${way}`)
    const moves = (from: string, to: string): boolean => {
      alone.exec(`DELETE FROM ${table}`)
      alone.prepare(`INSERT INTO ${table} VALUES (?, ?)`).run(also?.['kind'] ?? '', from)
      try {
        return alone.prepare(`UPDATE ${table} SET state = ?`).run(to).changes === 1
      } catch {
        return false
      }
    }
    const found = states.flatMap((from) =>
      states.filter((to) => to !== from && moves(from, to)).map((to) => `${from}>${to}`),
    )
    alone.close()
    const told = (ways ?? []).filter((one) => one.split('>')[0] !== one.split('>')[1])
    expect(found.toSorted()).toEqual([...new Set(told)].toSorted())
  })
})
