/** The steps of an application as calls on a real hall, for tests that try them in many orders. */
import {
  Accept,
  Apply,
  CheckSafety,
  DraftContracts,
  Ignite,
  InstallMeter,
  OpenAccount,
  Survey,
  TestTightness,
} from '../../src-main/installations/api.ts'
import { checklist, type ChecklistKind } from '../../src-main/installations/checklists.ts'
import { SignContract } from '../../src-main/contracts/api.ts'
import { markPrinted } from '../../src-main/contracts/service.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { plansFor, seedPlans } from '../../src-main/tariffs/service.ts'
import { inventedCreditCode, inventedMobile, inventedNationalId } from '../../src-main/demo/invented.ts'
import { createStaff, staffByNo } from '../../src-main/staff/service.ts'
import { certified } from '../support/certificate.ts'
import type { TestHall } from '../support/hall.ts'

export const requestId = (): string => crypto.randomUUID()
export const today = '2026-11-23'

/** A resident's application as a clerk fills it in; `n` makes customer and place different. */
export function residentApplication(hall: TestHall, n = 1): InputOf<typeof Apply> {
  const plan = hall.transact((context) => {
    seedPlans(context)
    return plansFor(context, 'resident')[0]
  })
  return {
    requestId: requestId(),
    customer: {
      known: false,
      profile: {
        category: 'resident',
        name: '赵敏',
        idKind: 'national-id',
        idNumber: inventedNationalId(n),
        phone: inventedMobile(n),
      },
    },
    servicePoint: {
      known: false,
      place: {
        district: '示例区',
        street: '建设路 8 号',
        community: '和平小区',
        building: '3',
        unit: '2',
        room: `${n}01`,
      },
    },
    category: 'resident',
    purpose: '炊事、热水',
    appliances: [
      { name: '燃气灶', count: 1 },
      { name: '热水器', count: 1 },
    ],
    householdSize: 3,
    pricePlanId: plan?.id ?? '',
  }
}

/** A restaurant's application. */
export function restaurantApplication(hall: TestHall, n = 1): InputOf<typeof Apply> {
  const plan = hall.transact((context) => {
    seedPlans(context)
    return plansFor(context, 'commercial')[0]
  })
  return {
    ...residentApplication(hall, n),
    customer: {
      known: false,
      profile: {
        category: 'commercial',
        name: '示例餐饮有限公司',
        idKind: 'credit-code',
        idNumber: inventedCreditCode(n),
        phone: inventedMobile(n),
      },
    },
    category: 'commercial',
    purpose: '餐饮',
    appliances: [{ name: '炒灶', count: 4 }],
    householdSize: 1,
    pricePlanId: plan?.id ?? '',
    annualVolume: cubicMetres(12_000),
    hourlyVolume: cubicMetres(20),
  }
}

const checksOf = (kind: ChecklistKind, ok: boolean, resident = true) =>
  checklist(kind, resident).map(({ item }, i) => ({ item, ok: ok || i > 0, note: ok || i > 0 ? '' : '不符合要求' }))

/** Somebody who may work on site, and does nothing else in the hall. @returns staff id */
export function certifiedWorker(hall: Pick<TestHall, 'transact'>, staffNo = '5900', name = '王师傅'): string {
  return hall.transact((context) => {
    const known = staffByNo(context, staffNo)
    if (known) return known.id
    const staffId = createStaff(context, { staffNo, name, roles: ['clerk'] })
    const paper = {
      kind: 'maintenance',
      number: `WX-${staffNo}`,
      issuedOn: '2026-01-01',
      validTo: '2029-12-31',
    } as const
    certified(context, { staffId, ...paper })
    return staffId
  })
}

/** Who accepts what the worker built. @returns staff id */
export const certifiedAcceptor = (hall: Pick<TestHall, 'transact'>): string => certifiedWorker(hall, '5901', '李验收')

/** Every step of one application, made by name. `on`: the day it is done; `acceptor`: who accepts what was built. */
export function stepsOf(
  hall: Pick<TestHall, 'hall' | 'call' | 'transact'>,
  applicationId: string,
  resident = true,
  on = () => today,
  worker = () => certifiedWorker(hall),
  acceptor = () => certifiedAcceptor(hall),
) {
  const certified = (workerId = worker()) => ({ performedOn: on(), workerId })
  const base = () => ({ requestId: requestId(), applicationId })
  const checked = (kind: ChecklistKind, ok: boolean) => ({
    ...base(),
    ...certified(kind === 'acceptance' ? acceptor() : worker()),
    checks: checksOf(kind, ok, resident),
  })
  const contractOf = (kind: 'supply' | 'safety'): string => {
    const id = hall.hall.environment.sqlite
      .prepare(`SELECT id FROM contracts WHERE application_id = ? AND kind = ? AND state <> 'void'`)
      .pluck()
      .get(applicationId, kind)
    return typeof id === 'string' ? id : '00000000-0000-7000-8000-00000000dead'
  }
  const sign = (kind: 'supply' | 'safety') =>
    hall.call(SignContract, {
      requestId: requestId(),
      contractId: contractOf(kind),
      signedOn: on(),
      relation: resident ? 'self' : 'legal-representative',
      signatory: '赵敏',
      companySignatory: '钱柜员',
    })
  const print = async (kind: 'supply' | 'safety') => hall.transact((context) => markPrinted(context, contractOf(kind)))
  const tightness = (dropPa: number) =>
    hall.call(TestTightness, { ...base(), ...certified(), pressurePa: 5_000, minutes: 30, dropPa })
  return {
    contractOf,
    survey: () => hall.call(Survey, checked('survey', true)),
    failSurvey: () => hall.call(Survey, checked('survey', false)),
    draft: () => hall.call(DraftContracts, base()),
    print,
    sign,
    printAndSign: async (kind: 'supply' | 'safety') => {
      await print(kind)
      return sign(kind)
    },
    openAccount: () => hall.call(OpenAccount, base()),
    installMeter: (meterNo = 'M-100001') =>
      hall.call(InstallMeter, {
        ...base(),
        ...certified(),
        meterNo,
        kind: 'diaphragm',
        model: 'G2.5',
        digits: 5,
        initialIndex: cubicMetres(0),
      }),
    accept: () => hall.call(Accept, checked('acceptance', true)),
    failAcceptance: () => hall.call(Accept, checked('acceptance', false)),
    tightness: () => tightness(0),
    failTightness: () => tightness(20),
    safety: () => hall.call(CheckSafety, checked('safety-check', true)),
    failSafety: () => hall.call(CheckSafety, checked('safety-check', false)),
    ignite: () => hall.call(Ignite, { ...base(), workerId: worker() }),
  }
}
export type Steps = ReturnType<typeof stepsOf>

/** Takes an application as far as gas could be turned on. */
export async function untilIgnition(steps: Steps, meterNo?: string): Promise<void> {
  await steps.survey()
  await steps.draft()
  for (const kind of ['supply', 'safety'] as const) {
    await steps.printAndSign(kind)
  }
  await steps.openAccount()
  await steps.installMeter(meterNo)
  await steps.accept()
  await steps.tightness()
  await steps.safety()
}

export const apply = async (hall: TestHall, input = residentApplication(hall)) =>
  (await hall.call(Apply, input)).applicationId
