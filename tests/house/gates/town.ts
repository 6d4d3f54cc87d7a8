/**
 * A small town on a real hall, for tests that let everybody do everything: five places in one community, people of every
 * role with and without certificates, debts past their due day. It is built once as files and copied for every run.
 */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setPassword } from '../../../src-main/access/service.ts'
import { BillReading } from '../../../src-main/billing/api.ts'
import { createCustomer, openAccount } from '../../../src-main/customers/service.ts'
import { CloseWindow } from '../../../src-main/imports/api.ts'
import { installMeter } from '../../../src-main/metering/service.ts'
import { businessDate } from '../../../src-main/platform/dates.ts'
import { newId } from '../../../src-main/platform/ids.ts'
import { litre } from '../../../src-main/platform/money.ts'
import { seedPlans } from '../../../src-main/tariffs/service.ts'
import { takeOverHazard } from '../../../src-main/supply/service.ts'
import type { CertificateKind } from '../../../src-main/staff/rules.ts'
import { read } from '../../billing/household.ts'
import { apply, residentApplication } from '../../installations/steps.ts'
import { actorOf, mondayMorning, openTestHall, type TestHall } from '../../support/hall.ts'
import { inventedMobile, inventedNationalId } from '../../support/invented.ts'
import { certify, employ, sessionOf } from '../../workorders/people.ts'

export const community = '和平小区'
export const managersPassword = 'Kanban-Qiu-73'

export interface Certificate {
  readonly kind: CertificateKind
  readonly from: string
  readonly to: string
  /** The day it was taken away; good until the day before. */
  withdrawn?: string
}

/** Who is there, and until which day their certificates are good: the test's own list, which no rule is asked about. */
export interface Person {
  readonly token: string
  readonly staffId: string
  readonly roles: readonly string[]
  readonly certificates: readonly Certificate[]
}

const roles = ['clerk', 'cashier', 'hall-manager', 'dispatcher', 'administrator'] as const
const hired = [
  { staffNo: '3001', name: '王师傅', roles: ['clerk'], kinds: ['inspection', 'maintenance', 'emergency', 'meter-reading'], to: '2028-12-31' },
  {
    staffNo: '3002',
    name: '孙主任',
    roles: ['clerk', 'hall-manager', 'dispatcher'],
    kinds: ['inspection', 'maintenance', 'emergency', 'callback', 'meter-reading'],
    to: '2027-02-28',
  },
  { staffNo: '3003', name: '刘新手', roles: ['clerk', 'hall-manager', 'dispatcher'], kinds: [], to: '2028-12-31' },
  { staffNo: '3004', name: '周师傅', roles: ['clerk', 'dispatcher'], kinds: ['inspection', 'maintenance', 'emergency', 'meter-reading'], to: '2026-12-31' },
] as const // prettier-ignore

export interface Point {
  readonly servicePointId: string
  readonly resident: boolean
  /** Its application, where gas never flowed yet. */
  readonly applicationId: string | null
  readonly building: string
}

export interface Town {
  readonly folder: string
  readonly people: readonly Person[]
  readonly points: readonly Point[]
  /** The place that came in suspended for a hazard of the old system. */
  readonly takenOver: string
  readonly scan: string
}

interface Made {
  readonly servicePointId: string
  readonly accountId: string
}

function home(hall: TestHall, n: number, more: { care?: boolean; shop?: boolean; hazard?: boolean } = {}): Made {
  return hall.transact((context) => {
    const plans = seedPlans(context)
    const plan = plans.get(more.shop ? 'example-non-resident-417' : 'example-shanghai-2014') ?? ''
    const customerId = createCustomer(
      context,
      {
        category: more.shop ? 'commercial' : 'resident',
        name: more.shop ? '鸿运饭店' : `王小明${n}`,
        idKind: more.shop ? 'none' : 'national-id',
        idNumber: more.shop ? null : inventedNationalId(n),
        phone: inventedMobile(n),
        phoneAlt: null,
        specialCare: more.care ? { kinds: ['elderly'], measures: '上门服务' } : null,
        note: '',
      },
      { confirmDuplicate: true },
    )
    const servicePointId = newId(context.clock)
    context.sqlite
      .prepare(
        `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, suspended_for, created_at, updated_at)
         VALUES (?, '城东区', '和平路 1 号', ?, ?, '1', ?, ?, ?, ?, 0, 0)`,
      )
      .run(servicePointId, community, String((n % 2) + 1), `${n}01`, `${community}${n}`,
        more.hazard ? 'suspended' : 'supplied', more.hazard ? 'hazard' : null) // prettier-ignore
    const { accountId } = openAccount(context, {
      customerId,
      servicePointId,
      pricePlanId: plan,
      householdSize: 3,
      openedOn: businessDate('2026-01-01'),
    })
    installMeter(context, {
      servicePointId,
      meterNo: `L${String(n).padStart(6, '0')}`,
      kind: 'diaphragm',
      model: 'G2.5',
      digits: 5,
      initialIndex: litre(0),
      installedOn: businessDate('2026-01-01'),
    })
    if (more.hazard) takeOverHazard(context, servicePointId)
    return { servicePointId, accountId }
  })
}

/** Bills of the spring, issued in September and due in October: by November they are overdue. */
async function owes(hall: TestHall, { accountId }: Made): Promise<void> {
  for (const [month, m3] of [20, 45].entries()) {
    const readingId = await read(hall, accountId, `2026-0${month + 4}-01`, m3)
    await hall.call(BillReading, { requestId: crypto.randomUUID(), readingId }, 'cashier')
  }
}

/** Builds the town's files. The folder stays until the process ends; it lies among the temporary ones. */
export async function buildTown(): Promise<Town> {
  const hall = await openTestHall({ sessionOf, now: Date.parse('2026-09-01T09:00:00+08:00') })
  const [old, family, shop, doubtful] = [
    home(hall, 1, { care: true }),
    home(hall, 2),
    home(hall, 3, { shop: true }),
    home(hall, 4, { hazard: true }),
  ]
  for (const one of [old, family, shop]) await owes(hall, one)
  hall.clock.set(mondayMorning)
  const people: Person[] = roles.map((role) => ({
    token: role,
    staffId: actorOf(role).id,
    roles: [role],
    certificates: [],
  }))
  for (const { staffNo, name, roles: held, kinds, to } of hired) {
    const staffId = await employ(hall, { staffNo, name, roles: held, certificates: kinds }, to)
    people.push({
      token: staffNo,
      staffId,
      roles: held,
      certificates: kinds.map((kind) => ({ kind, from: '2026-01-01', to })),
    })
  }
  for (const who of ['hall-manager', 'dispatcher'] as const) {
    await certify(hall, actorOf(who).id, 'callback', '2028-12-31')
    const at = people.findIndex(({ token }) => token === who)
    people[at] = {
      ...(people[at] as Person),
      certificates: [{ kind: 'callback', from: '2026-01-01', to: '2028-12-31' }],
    }
  }
  hall.transact((context) => setPassword(context, actorOf('hall-manager').id, managersPassword))
  const application = residentApplication(hall, 7)
  const applicationId = await apply(hall, {
    ...application,
    servicePoint: {
      known: false,
      place: { district: '城东区', street: '和平路 1 号', community, building: '3', unit: '1', room: '701' },
    },
  })
  const newPlace = hall.hall.environment.sqlite
    .prepare('SELECT service_point_id FROM applications WHERE id = ?')
    .pluck()
    .get(applicationId) as string
  // Moved in: from here on nobody comes in as already supplied by one person.
  await hall.call(CloseWindow, { requestId: crypto.randomUUID() }, 'hall-manager')
  const scan = join(hall.folder, 'scan.pdf')
  writeFileSync(scan, '%PDF-1.4\n%scan')
  await hall.hall.close()
  const lit = (made: Made, resident: boolean, building: string): Point => ({
    servicePointId: made.servicePointId,
    resident,
    applicationId: null,
    building,
  })
  return {
    folder: hall.folder,
    people,
    points: [
      lit(old, true, '2'),
      lit(family, true, '1'),
      lit(shop, false, '2'),
      lit(doubtful, true, '1'),
      { servicePointId: newPlace, resident: true, applicationId, building: '3' },
    ],
    takenOver: doubtful.servicePointId,
    scan,
  }
}

/** The town as it was built, on files of its own. */
export function enterTown(town: Town): Promise<TestHall> {
  const folder = mkdtempSync(join(tmpdir(), 'town-'))
  cpSync(town.folder, folder, { recursive: true })
  return openTestHall({ sessionOf, folder, now: mondayMorning + 60_000 })
}
