/** A hall with households that have gas, bills and money, and people who may work on site: for the life of an account. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BillReading } from '../../src-main/billing/api.ts'
import { Prepay, Refund } from '../../src-main/cashier/api.ts'
import { SignContract } from '../../src-main/contracts/api.ts'
import { attachFile, createCustomer, openAccount } from '../../src-main/customers/service.ts'
import type { AttachmentKind } from '../../src-main/customers/api.ts'
import { checklist } from '../../src-main/installations/api.ts'
import { Printed } from '../../src-main/notices/api.ts'
import { installMeter } from '../../src-main/metering/service.ts'
import type { CallDefinition, InputOf, OutputOf } from '../../src-main/platform/contract.ts'
import { businessDate, shanghaiDate } from '../../src-main/platform/dates.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { plansFor, seedPlans } from '../../src-main/tariffs/service.ts'
import {
  AddMeter,
  ApproveClosing,
  KeepDebt,
  SeePlace,
  CancelProcess,
  CheckProcessSafety,
  ChoosePrepayment,
  CloseAccount,
  Deactivate,
  DetachMeter,
  Dismantle,
  DraftTransferContracts,
  ExchangeMeter,
  NameHolder,
  ApproveAbsence,
  Process,
  Reactivate,
  RemoveProcessMeter,
  ReportAbsence,
  SignExchange,
  SignMeterChange,
  StartProcess,
  TakeFinalReading,
  TestProcessTightness,
  Transfer,
  type ClosingGround,
  type ProcessKind,
} from '../../src-main/supply/api.ts'
import type { z } from 'zod'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'
import { approvalOf, refundTerms } from '../support/approval.ts'
import { certified } from '../support/certificate.ts'
import { certifiedReader } from '../support/reader.ts'
import { read } from '../billing/household.ts'
import { id, openCounter, yuan, type Counter } from '../cashier/counter.ts'

export { id, yuan }
export const today = '2026-11-23'
let made = 0

export interface Home {
  readonly customerId: string
  readonly accountId: string
  readonly accountNo: string
  readonly servicePointId: string
  readonly meterId: string
}

export interface LifeHall extends Counter {
  /** Holds a good maintenance certificate, and nobody else does. */
  readonly worker: string
  /** Holds a 抄表证. */
  readonly reader: string
  /** Somebody without one. */
  readonly helper: string
  home(more?: { name?: string; care?: boolean; index?: number; category?: 'resident' | 'commercial' }): Home
  /** A reading of whole m³ that is billed at once. */
  billed(home: Home, readOn: string, m3: number): Promise<void>
  prepay(accountId: string, amount: number): Promise<void>
  refund(accountId: string, amount: number): Promise<void>
  attach(customerId: string, kind: AttachmentKind): void
  begin(home: { accountId: string }, kind: ProcessKind, ground?: ClosingGround): Promise<Life>
}

/** The steps of one process as calls. */
export type Life = ReturnType<typeof lifeOf>

export const gasOf = (hall: Counter, servicePointId: string): string =>
  hall.query<{ s: string }>('SELECT gas_state AS s FROM service_points WHERE id = ?', servicePointId)[0]?.s ?? ''
export const accountOf = (hall: Counter, accountId: string) =>
  hall.query<{ state: string; prepayment: number; arrears: number; accountNo: string; customerId: string }>(
    `SELECT state, prepayment, arrears, account_no AS accountNo, customer_id AS customerId FROM accounts WHERE id = ?`,
    accountId,
  )[0]

export async function openLifeHall(): Promise<LifeHall> {
  const counter = await openCounter()
  // What is prepaid stays until it is given over or back: these lives are about that.
  await counter.set('billing.payFromPrepayment', false)
  const scan = join(mkdtempSync(join(tmpdir(), 'scan-')), 'scan.pdf')
  writeFileSync(scan, '%PDF-1.4\n%scan')
  const person = (staffNo: string, name: string) =>
    counter.transact((context) => createStaff(context, { staffNo, name, roles: ['clerk'] }))
  const [worker, helper] = [person('5001', '王师傅'), person('5002', '刘学徒')]
  counter.transact((context) =>
    certified(context, { staffId: worker, kind: 'maintenance', number: 'WX-1', validTo: '2027-11-22' }),
  )
  const hall: LifeHall = Object.assign(counter, {
    worker,
    reader: certifiedReader(counter),
    helper,
    home({ name = '王小明', care = false, index = 0, category = 'resident' } = {}) {
      const n = (made += 1)
      return counter.transact((context) => {
        const plan = seedPlans(context).get(
          category === 'resident' ? 'example-shanghai-2014' : 'example-non-resident-417',
        )
        const customerId = createCustomer(
          context,
          {
            category,
            name,
            idKind: 'national-id',
            idNumber: inventedNationalId(n),
            phone: inventedMobile(n),
            phoneAlt: null,
            specialCare: care ? { kinds: ['elderly'], measures: '上门服务' } : null,
            note: '',
          },
          { confirmDuplicate: true },
        )
        const servicePointId = newId(context.clock)
        context.sqlite
          .prepare(
            `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, created_at, updated_at)
             VALUES (?, '城东区', '和平路 1 号', '和平小区', '1', '1', ?, ?, 'supplied', 0, 0)`,
          )
          .run(servicePointId, String(n), `城东区和平路 1 号和平小区1号楼1单元${n}室`)
        const { accountId, accountNo } = openAccount(context, {
          customerId,
          servicePointId,
          pricePlanId: plan ?? '',
          householdSize: 3,
          openedOn: businessDate('2026-01-01'),
        })
        const meterId = installMeter(context, {
          servicePointId,
          meterNo: `L${String(n).padStart(6, '0')}`,
          kind: 'diaphragm',
          model: 'G2.5',
          digits: 5,
          initialIndex: cubicMetres(index),
          installedOn: businessDate('2026-01-01'),
        })
        return { customerId, accountId, accountNo, servicePointId, meterId }
      })
    },
    async billed(home: Home, readOn: string, m3: number) {
      const readingId = await read(counter, home.accountId, readOn, m3)
      await counter.call(BillReading, { requestId: id(), readingId }, 'cashier')
    },
    async prepay(accountId: string, amount: number) {
      await counter.call(
        Prepay,
        { requestId: id(), accountId, tenders: [{ means: 'wechat', amount: yuan(amount), reference: id() }] },
        'cashier',
      )
    },
    async refund(accountId: string, amount: number) {
      const given = { accountId, means: 'cash', amount: yuan(amount), reason: '退还预存' } as const
      const approvalId = await approvalOf(counter, refundTerms(given))
      await counter.call(Refund, { requestId: id(), ...given, approvalId }, 'cashier')
    },
    attach(customerId: string, kind: AttachmentKind) {
      counter.transact((context) => attachFile(context, { customerId, kind, sourcePath: scan }))
    },
    async begin(home: { accountId: string }, kind: ProcessKind, ground?: ClosingGround) {
      const { processId } = await counter.call(StartProcess, {
        requestId: id(),
        accountId: home.accountId,
        kind,
        applicant: '王小明',
        applicantPhone: '13800000000',
        reason: '客户申请',
        ...(ground === undefined ? {} : { ground }),
      })
      return lifeOf(hall, processId)
    },
  } satisfies Omit<LifeHall, keyof Counter>)
  return hall
}

export function lifeOf(hall: LifeHall, processId: string) {
  const day = () => shanghaiDate(hall.clock.now())
  const base = () => ({ requestId: id(), processId })
  const call = <D extends CallDefinition<string, z.ZodType, z.ZodType>>(definition: D, input: InputOf<D>) =>
    hall.call(definition, input) as Promise<OutputOf<D>>
  const contractOf = (kind: 'supply' | 'safety'): string =>
    hall.query<{ id: string }>(
      `SELECT id FROM contracts WHERE application_id = ? AND kind = ? AND state <> 'void'`,
      processId,
      kind,
    )[0]?.id ?? '00000000-0000-7000-8000-00000000dead'
  const life = {
    processId,
    detail: () => call(Process, { processId }),
    read: (m3: number, more: Partial<InputOf<typeof TakeFinalReading>> = {}) =>
      call(TakeFinalReading, {
        ...base(),
        readOn: day(),
        index: cubicMetres(m3),
        how: 'read',
        readerId: hall.reader,
        confirmed: ['tooHigh', 'longInterval'],
        ...more,
      }),
    choose: (choice: 'keep' | 'refund' | 'carry', consentedBy = '王小明') =>
      call(ChoosePrepayment, { ...base(), choice, consentedBy }),
    tightness: (dropPa = 0, workerId = hall.worker, performedOn: string = day()) =>
      call(TestProcessTightness, {
        ...base(),
        workerId,
        performedOn,
        pressurePa: 5_000,
        minutes: 30,
        dropPa,
      }),
    safety: (ok = true, workerId = hall.worker, performedOn: string = day()) =>
      call(CheckProcessSafety, {
        ...base(),
        workerId,
        performedOn,
        checks: checklist('safety-check', true).map(({ item }, i) => ({
          item,
          ok: ok || i > 0,
          note: ok || i > 0 ? '' : '漏气',
        })),
      }),
    remove: (m3: number | null, workerId = hall.worker, performedOn: string = day(), meterId: string | null = null) =>
      call(RemoveProcessMeter, {
        ...base(),
        workerId,
        performedOn,
        meterId,
        index: m3 === null ? null : cubicMetres(m3),
        blanked: true,
      }),
    deactivate: (performedOn: string = day(), workerId = hall.worker) =>
      call(Deactivate, { ...base(), workerId, performedOn, sealNo: 'F-0001' }),
    reactivate: (workerId = hall.worker) => call(Reactivate, { ...base(), workerId, sealRemoved: true }),
    dismantle: () => call(Dismantle, base()),
    name: (name = '赵敏', more: Partial<InputOf<typeof NameHolder>> = {}) => {
      const n = (made += 1)
      const plan = hall.transact((context) => plansFor(context, 'resident').find((one) => one.name.includes('上海')))
      return call(NameHolder, {
        ...base(),
        customer: {
          known: false,
          profile: {
            category: 'resident',
            name,
            idKind: 'national-id',
            idNumber: inventedNationalId(n),
            phone: inventedMobile(n),
          },
          confirmDuplicate: true,
        },
        purpose: '炊事、热水',
        appliances: [{ name: '燃气灶', count: 1 }],
        householdSize: 2,
        pricePlanId: plan?.id ?? '',
        ...more,
      })
    },
    /** Both sides' proofs of who they are, and the new holder's right to the place. */
    papers: async () => {
      const { old, holder } = await call(Process, { processId })
      hall.attach(old.customerId, 'identity')
      if (!holder) return
      hall.attach(holder.customerId, 'identity')
      hall.attach(holder.customerId, 'property')
    },
    absent: (absence: 'deceased' | 'unreachable' | null, note = '儿子持死亡证明来办') =>
      call(ReportAbsence, { ...base(), absence, note }),
    approve: async () => {
      const { process, holder } = await call(Process, { processId })
      const terms = {
        processId,
        absence: process.absence ?? ('deceased' as const),
        customerId: holder?.customerId ?? '',
        holder: holder?.name ?? '无',
        reason: process.absenceNote,
      }
      const approvalId = await approvalOf(hall, { purpose: 'transfer-absence', terms }, 'clerk')
      return call(ApproveAbsence, { ...base(), approvalId })
    },
    see: (workerId = hall.worker) =>
      call(SeePlace, { ...base(), workerId, performedOn: day(), gasOff: true, note: '楼已拆平，引入管在墙外封堵' }),
    approveClosing: async () => {
      const { closingTerms } = await call(Process, { processId })
      if (closingTerms === null) throw new Error('nothing to approve')
      const approvalId = await approvalOf(hall, { purpose: 'closing-unremoved', terms: closingTerms }, 'clerk')
      return call(ApproveClosing, { ...base(), approvalId })
    },
    /** @param owed principal the manager reads; what is owed where it is left out */
    keepDebt: async (reason = '户主去向不明，转法务追收', owed?: number) => {
      const { process, settlement, old } = await call(Process, { processId })
      const names = { deactivation: '停用', reactivation: '复用', dismantling: '拆除', closing: '销户' } as const
      const terms = {
        processId,
        business: `${names[process.kind as keyof typeof names]} ${process.processNo}`,
        account: `${process.accountNo} ${old.name}`,
        principal: owed === undefined ? settlement.principal : yuan(owed),
        owed: settlement.total,
        reason,
      }
      const approvalId = await approvalOf(hall, { purpose: 'debt-stays', terms }, 'clerk')
      return call(KeepDebt, { ...base(), reason, approvalId })
    },
    draft: () => call(DraftTransferContracts, base()),
    sign: async (kind: 'supply' | 'safety') => {
      await call(Printed, { requestId: id(), kind: `${kind}-contract`, id: contractOf(kind), how: 'printer' })
      const { holder } = await call(Process, { processId })
      return call(SignContract, {
        requestId: id(),
        contractId: contractOf(kind),
        signedOn: day(),
        relation: 'self',
        signatory: holder?.name ?? '',
        companySignatory: '钱柜员',
      })
    },
    transfer: () => call(Transfer, base()),
    exchange: (finalM3: number, meterNo: string, more: Partial<InputOf<typeof ExchangeMeter>> = {}) =>
      call(ExchangeMeter, {
        ...base(),
        workerId: hall.worker,
        exchangedOn: day(),
        finalIndex: cubicMetres(finalM3),
        readerId: hall.reader,
        confirmed: ['tooHigh', 'longInterval'],
        meterNo,
        kind: 'iot',
        model: 'G4',
        digits: 6,
        initialIndex: cubicMetres(0),
        ...more,
      }),
    addMeter: (meterNo: string, more: Partial<InputOf<typeof AddMeter>> = {}) =>
      call(AddMeter, {
        ...base(),
        workerId: hall.worker,
        performedOn: day(),
        meterNo,
        kind: 'diaphragm',
        model: 'G2.5',
        digits: 5,
        initialIndex: cubicMetres(0),
        ...more,
      }),
    detach: (meterId: string, m3: number, more: Partial<InputOf<typeof DetachMeter>> = {}) =>
      call(DetachMeter, {
        ...base(),
        workerId: hall.worker,
        performedOn: day(),
        meterId,
        finalIndex: cubicMetres(m3),
        readerId: hall.reader,
        confirmed: ['tooHigh', 'longInterval'],
        blanked: true,
        ...more,
      }),
    signChange: (signedOn: string = day()) => call(SignMeterChange, { ...base(), signatory: '王小明', signedOn }),
    signExchange: (signedOn: string = day()) => call(SignExchange, { ...base(), signatory: '王小明', signedOn }),
    close: () => call(CloseAccount, base()),
    cancel: () => call(CancelProcess, { ...base(), reason: '客户撤回' }),
  }
  return life
}

/** The promise of the books: what the rows of every account say is what the ledger says, and the ledger balances. */
export function ledgerFaults(hall: Counter): string[] {
  const rows = hall.query<{ id: string; prepayment: number; arrears: number; held: number; owed: number }>(
    `SELECT a.id, a.prepayment, a.arrears,
       coalesce((SELECT sum(credit) - sum(debit) FROM journal_lines WHERE account = 'prepayment' AND holder = a.id), 0) AS held,
       coalesce((SELECT sum(debit) - sum(credit) FROM journal_lines WHERE account = 'receivable' AND holder = a.id), 0) AS owed
     FROM accounts a`,
  )
  const wrong = rows
    .filter((row) => row.prepayment !== row.held || row.arrears !== row.owed)
    .map((row) => `account ${row.id}: ${row.prepayment}/${row.held} held, ${row.arrears}/${row.owed} owed`)
  const [sides] = hall.query<{ difference: number }>(
    'SELECT coalesce(sum(debit) - sum(credit), 0) AS difference FROM journal_lines',
  )
  return sides?.difference === 0 ? wrong : [...wrong, `the ledger is off by ${sides?.difference}`]
}
