/** What stands in a real hall's rooms beside its households: a reversal, contracts, a planned interruption, accounts about to be closed. */
import { Approve } from '../../../src-main/access/api.ts'
import { Collect, Dues, OpenShift, Reverse } from '../../../src-main/cashier/api.ts'
import { openKey } from '../../../src-main/platform/keys.ts'
import { NotifyInterruption, PlanInterruption, StartProcess } from '../../../src-main/supply/api.ts'
import { keepPassword } from '../../../src-main/access/credentials.ts'
import { createStaff } from '../../../src-main/staff/service.ts'
import { counted } from '../../cashier/counter.ts'
import { apply, residentApplication, stepsOf } from '../../installations/steps.ts'
import { plan } from '../../supply/support.ts'
import { reversalTerms } from '../../support/approval.ts'
import { openTestHall, type TestHall } from '../../support/hall.ts'
import { fen } from '../../../src-main/platform/money.ts'
import { demoMorning, passwordOf } from './app.ts'

export interface RealRooms {
  readonly paymentId: string
  readonly applicationId: string
  readonly interruptionId: string
  /** 销户 up to its last step, at places that never got gas. */
  readonly closings: readonly { readonly processId: string; readonly accountId: string; readonly accountNo: string }[]
}

/** Works on the folder before the window is opened on it. */
export async function furnish(folder: string): Promise<RealRooms> {
  const now = Date.parse(demoMorning) - 1_800_000
  const hall = await openTestHall({ folder, key: openKey(folder, { osStore: null }), now })
  try {
    const paymentId = await reversedPayment(hall)
    const applicationId = await apply(hall, residentApplication(hall, 777))
    await stepsOf(hall, applicationId).survey()
    await stepsOf(hall, applicationId).draft()
    const closings = []
    for (const n of [801, 802, 803]) closings.push(await aboutToClose(hall, n))
    secondCashier(hall)
    const scope = { kind: 'community', community: '和平小区' } as const
    const { interruptionId } = await hall.call(PlanInterruption, plan(hall, { scope }), 'dispatcher')
    await hall.call(NotifyInterruption, { requestId: crypto.randomUUID(), interruptionId }, 'dispatcher')
    return { paymentId, applicationId, interruptionId, closings }
  } finally {
    await hall.hall.close()
  }
}

/** Who takes the drawer over. */
export const successor = { staffNo: '2002', name: '郑接班', password: 'Jieban-Mima-02' } as const
function secondCashier(hall: TestHall): void {
  const { staffNo, name, password } = successor
  hall.transact((context) =>
    keepPassword(context, createStaff(context, { staffNo, name, roles: ['cashier'] }), password),
  )
}

async function reversedPayment(hall: TestHall): Promise<string> {
  const requestId = () => crypto.randomUUID()
  const accountId = hall.hall.environment.sqlite
    .prepare<[], string>('SELECT id FROM accounts WHERE arrears > 0 ORDER BY account_no DESC LIMIT 1')
    .pluck()
    .get()
  if (accountId === undefined) throw new Error('nobody owes anything')
  await hall.call(OpenShift, { requestId: requestId(), rows: counted(fen(50_000)) }, 'cashier')
  const { bills, total } = await hall.call(Dues, { accountId }, 'cashier')
  const { paymentId } = await hall.call(
    Collect,
    {
      requestId: requestId(),
      accountId,
      bills: bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: total, received: total }],
    },
    'cashier',
  )
  const reason = '收错户'
  const approval = reversalTerms(hall, paymentId, reason)
  const agreed = await hall.call(Approve, { staffNo: '3001', password: passwordOf('3001'), approval }, 'cashier')
  if (!agreed.ok) throw new Error(agreed.message)
  const { approvalId } = agreed
  await hall.call(Reverse, { requestId: requestId(), paymentId, reason, approvalId }, 'cashier')
  return paymentId
}

async function aboutToClose(hall: TestHall, n: number): Promise<RealRooms['closings'][number]> {
  const steps = stepsOf(hall, await apply(hall, residentApplication(hall, n)))
  await steps.survey()
  await steps.draft()
  await steps.printAndSign('supply')
  await steps.printAndSign('safety')
  const { accountId, accountNo } = await steps.openAccount()
  await steps.installMeter(`M-${n}`)
  const { processId } = await hall.call(StartProcess, {
    requestId: crypto.randomUUID(),
    accountId,
    kind: 'closing',
    applicant: '赵敏',
    applicantPhone: '19900000801',
    reason: '不再装',
  })
  return { processId, accountId, accountNo }
}
