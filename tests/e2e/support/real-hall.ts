/**
 * A real hall (not the demo), made from an empty folder by calls: thirty households with meters, readings, bills and debts,
 * one repair, one complaint, an inspection plan. The people and numbers are invented; staff log in as in the demo hall.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepPassword } from '../../../src-main/access/credentials.ts'
import { demoStaff } from '../../../src-main/access/set-up.ts'
import { BillReading } from '../../../src-main/billing/api.ts'
import { Collect, Dues, OpenShift } from '../../../src-main/cashier/api.ts'
import { Take as TakeComplaint } from '../../../src-main/complaints/api.ts'
import { createCustomer, indexAll, openAccount } from '../../../src-main/customers/service.ts'
import { Generate } from '../../../src-main/inspections/api.ts'
import { installMeter } from '../../../src-main/metering/service.ts'
import { businessDate } from '../../../src-main/platform/dates.ts'
import { newId } from '../../../src-main/platform/ids.ts'
import { createKey } from '../../../src-main/platform/keys.ts'
import { fen, litre } from '../../../src-main/platform/money.ts'
import { seedPlans } from '../../../src-main/tariffs/service.ts'
import { Take as TakeOrder } from '../../../src-main/workorders/api.ts'
import { foundTill } from '../../../src-main/tills/service.ts'
import { read } from '../../billing/household.ts'
import { actorOf, openTestHall, type TestHall } from '../../support/hall.ts'
import { inventedMobile } from '../../support/invented.ts'
import { demoMorning } from './demo-hall.ts'

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏']
const households = 30

export interface RealHallOptions {
  /** The bills of September were issued in September: whoever has not paid them is overdue. All bills are of this morning, otherwise. */
  readonly overdue?: boolean
  /** So many debts are paid in cash this morning at the till 02, by the cashier, whose shift there is still open. */
  readonly paidAtSecondTill?: number
  /** The clerk takes money too: two cashiers, for two windows. */
  readonly twoCashiers?: boolean
}

/** Returns the folder; whoever asked for it removes it. */
export async function makeRealHall({
  overdue = false,
  paidAtSecondTill = 0,
  twoCashiers = false,
}: RealHallOptions = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hall-real-'))
  const thisMorning = Date.parse(demoMorning) - 3_600_000
  const hall = await openTestHall({
    folder,
    key: createKey(folder, { kind: 'file' }),
    create: true,
    now: overdue ? Date.parse('2026-09-06T09:00:00+08:00') : thisMorning,
  })
  try {
    hall.transact((context) => {
      foundTill(context, context.device.pcCode)
      if (twoCashiers) {
        const both = JSON.stringify(['clerk', 'cashier'])
        context.sqlite.prepare('UPDATE staff SET roles = ? WHERE id = ?').run(both, actorOf('clerk').id)
      }
      for (const { staffNo, roles, password } of demoStaff) {
        const [role] = roles
        if (role === undefined) continue
        keepPassword(context, actorOf(role).id, password)
        context.sqlite.prepare('UPDATE staff SET staff_no = ? WHERE id = ?').run(staffNo, actorOf(role).id)
      }
    })
    const requestId = () => crypto.randomUUID()
    const accountIds = Array.from({ length: households }, (_, n) => hall.transact((context) => householdOf(context, n)))
    const bill = async (n: number, readOn: string, m3: number) => {
      const readingId = await read(hall, accountIds[n] ?? '', readOn, m3)
      await hall.call(BillReading, { requestId: requestId(), readingId }, 'cashier')
    }
    // The last five owe nothing, every fifth for two periods.
    for (let n = 0; n < 25; n++) await bill(n, '2026-09-05', n % 5 === 0 ? 31 : 21 + n)
    hall.clock.set(thisMorning)
    for (let n = 0; n < 25; n += 5) await bill(n, '2026-11-05', 64)
    await hall.call(
      TakeOrder,
      {
        requestId: requestId(),
        kind: 'repair',
        symptom: 'no-gas',
        channel: 'phone',
        callerName: '赵一',
        callerPhone: inventedMobile(1),
        place: '和平小区 1 号楼 1 单元 101',
        description: '没有气。',
        advised: false,
      },
      'clerk',
    )
    await hall.call(
      TakeComplaint,
      {
        requestId: requestId(),
        class: 'attitude',
        channel: 'phone',
        complainantName: '钱二',
        complainantPhone: inventedMobile(2),
        content: '排队时间长',
      },
      'clerk',
    )
    await hall.call(Generate, { year: 2026 }, 'hall-manager')
    hall.transact(indexAll)
    if (paidAtSecondTill > 0) await takeMoney(hall, accountIds.slice(1, 1 + paidAtSecondTill), '02')
  } finally {
    await hall.hall.close()
  }
  return folder
}

async function takeMoney(hall: TestHall, accountIds: readonly string[], till: string): Promise<void> {
  const rows = [{ face: fen(10_000), pieces: 2 }]
  await hall.call(OpenShift, { requestId: crypto.randomUUID(), rows }, 'cashier', till)
  for (const accountId of accountIds) {
    const { bills, total } = await hall.call(Dues, { accountId }, 'cashier', till)
    const tenders = [{ means: 'cash' as const, amount: total }]
    const paid = { requestId: crypto.randomUUID(), accountId, bills: bills.map(({ billId }) => ({ billId })), tenders }
    await hall.call(Collect, paid, 'cashier', till)
  }
}

function householdOf(context: Parameters<typeof installMeter>[0], n: number): string {
  const planId = seedPlans(context).get('example-shanghai-2014') ?? ''
  const customerId = createCustomer(context, {
    category: 'resident',
    name: `${surnames[n] ?? '赵'}${'一二三四五六七八九十'[n % 10] ?? ''}`,
    idKind: 'none',
    idNumber: null,
    phone: inventedMobile(n + 1),
    phoneAlt: null,
    specialCare: null,
    note: '',
  })
  const servicePointId = newId(context.clock)
  const [building, room] = [String(1 + Math.floor(n / 10)), String(101 + (n % 10))]
  // As an import writes it: taken over from earlier data while gas flows there.
  context.sqlite
    .prepare(
      `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, created_at, updated_at)
       VALUES (?, '城关', '和平路 1 号', '和平小区', ?, '1', ?, ?, 'supplied', ?, ?)`,
    )
    .run(
      servicePointId,
      building,
      room,
      `城关和平路 1 号和平小区${building}号楼1单元${room}室`,
      context.clock.now(),
      context.clock.now(),
    )
  const { accountId } = openAccount(context, {
    customerId,
    servicePointId,
    pricePlanId: planId,
    householdSize: 3,
    openedOn: businessDate('2026-07-01'),
  })
  installMeter(context, {
    servicePointId,
    meterNo: `M${String(n + 1).padStart(7, '0')}`,
    kind: 'diaphragm',
    model: 'G2.5',
    digits: 5,
    initialIndex: litre(0),
    installedOn: businessDate('2026-07-01'),
  })
  return accountId
}
