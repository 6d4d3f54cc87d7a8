/** Whoever reads meters in tests that are about something else. */
import { createStaff, staffByNo } from '../../src-main/staff/service.ts'
import { certified } from './certificate.ts'
import type { TestHall } from './hall.ts'

/** Somebody whose 抄表证 is good on every day a test knows, and who does nothing else. @returns staff id */
export const certifiedReader = (hall: Pick<TestHall, 'transact'>): string =>
  hall.transact((context) => {
    const known = staffByNo(context, '5800')
    if (known) return known.id
    const staffId = createStaff(context, { staffNo: '5800', name: '冯抄表', roles: ['clerk'] })
    certified(context, {
      ...{ staffId, kind: 'meter-reading', number: 'CB-5800' },
      ...{ issuedOn: '2000-01-01', validTo: '2099-12-31' },
    })
    return staffId
  })
