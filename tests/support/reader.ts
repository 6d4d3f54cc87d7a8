/** Whoever reads meters in tests that are about something else. */
import { businessDate } from '../../src-main/platform/dates.ts'
import { createStaff, keepCertificate, staffByNo } from '../../src-main/staff/service.ts'
import type { TestHall } from './hall.ts'

/** Somebody whose 抄表证 is good on every day a test knows, and who does nothing else. @returns staff id */
export const certifiedReader = (hall: Pick<TestHall, 'transact'>): string =>
  hall.transact((context) => {
    const known = staffByNo(context, '5800')
    if (known) return known.id
    const staffId = createStaff(context, { staffNo: '5800', name: '冯抄表', roles: ['clerk'] })
    const [issuedOn, validTo] = [businessDate('2000-01-01'), businessDate('2099-12-31')]
    keepCertificate(context, { staffId, kind: 'meter-reading', number: 'CB-5800', issuedOn, validTo })
    return staffId
  })
