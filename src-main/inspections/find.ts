/** 登记隐患 of a visit: numbers, notice, and the supply cut at once from 较大 on (clause 19(3)). */
import { eq } from 'drizzle-orm'
import { recordEvent } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { businessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { placeHold } from '../supply/service.ts'
import { gradeNames, isGrave, isLowered, isWatched, itemText, menderNames } from './api.ts'
import { hazardRun, type HazardRecord } from './hazard-store.ts'
import type { FailedItemValue } from './schemas.ts'
import { instantOf, type VisitRecord } from './store.ts'
import { hazards, rectificationNotices } from './tables.ts'

/** A grade below the least of its item: why, and who agreed. */
export interface Lowered {
  readonly reason: string
  readonly approverId: string
  readonly approverName: string
}

interface Findings {
  readonly visit: VisitRecord
  readonly account: { readonly id: string; readonly customerId: string; readonly servicePointId: string }
  readonly resident: number
  readonly failed: readonly FailedItemValue[]
  readonly lowered: Lowered | null
}

export const holdSubject = (hazardId: string): string => `hazard:${hazardId}`

/** What the clerk reads where gas is to be turned on again. */
export const holdNote = ({ hazardNo, grade, text }: Pick<HazardRecord, 'hazardNo' | 'grade' | 'text'>): string =>
  `${gradeNames[grade]}隐患 ${hazardNo}：${text}`

export function findHazards(context: Context, { visit, account, resident, failed, lowered }: Findings) {
  const { db, clock } = context
  const noticeId = newId(clock)
  db.insert(rectificationNotices)
    .values({
      id: noticeId,
      noticeNo: nextNumber(context, 'rectification'),
      visitId: visit.id,
      issuedOn: visit.visitedOn,
    })
    .run()
  const hazardIds = failed.map((one) => {
    const hazardId = newId(clock)
    const hazardNo = nextNumber(context, 'hazard')
    const grave = isGrave(one.grade)
    const low = isLowered(one) ? lowered : null
    const calledAt = one.supportCalledAt === '' ? null : instantOf(businessDate(visit.visitedOn), one.supportCalledAt)
    // Before the hazard's own row: the database takes no grave hazard without what keeps gas off.
    if (grave) {
      placeHold(context, {
        servicePointId: account.servicePointId,
        cause: 'hazard',
        subject: holdSubject(hazardId),
        note: holdNote({ hazardNo, ...one }),
      })
    }
    db.insert(hazards)
      .values({
        id: hazardId,
        hazardNo,
        visitId: visit.id,
        noticeId,
        accountId: account.id,
        servicePointId: account.servicePointId,
        resident,
        item: one.item,
        grade: one.grade,
        text: one.text,
        mender: one.mender,
        deadline: one.deadline,
        firstDeadline: one.deadline,
        state: 'open',
        round: 1,
        foundOn: visit.visitedOn,
        finderId: visit.inspectorId,
        finderName: visit.inspectorName,
        measures: one.measures,
        supportCalledAt: calledAt,
        loweredReason: low?.reason ?? '',
        loweredById: low?.approverId ?? null,
        loweredBy: low?.approverName ?? '',
        reportedTo: '',
        updatedAt: clock.now(),
      })
      .run()
    const hazard = db.select().from(hazards).where(eq(hazards.id, hazardId)).get() as HazardRecord
    hazardRun.append(context, hazard, {
      kind: 'find',
      state: 'open',
      note: [
        `${gradeNames[one.grade]}：${one.text}（${itemText(one.item)}）`,
        ...(one.measures === '' ? [] : [`临时措施：${one.measures}`]),
        ...(isWatched(one) && calledAt === null ? ['当场整改好'] : []),
        ...(calledAt === null ? [] : [`${one.supportCalledAt} 呼叫支援，现场监护`]),
        ...(low === null ? [] : [`低于该项最低等级：${low.reason}，${low.approverName}批准`]),
      ].join('；'),
      more: { workerId: visit.inspectorId, workerName: visit.inspectorName, doneOn: visit.visitedOn },
    })
    recordEvent(context, {
      customerId: account.customerId,
      accountId: account.id,
      kind: 'inspection',
      title: `${gradeNames[one.grade]}隐患${grave ? '，立即停气' : ''}`,
      detail: `${hazardNo}；${one.text}；由${menderNames[one.mender]}整改，${one.deadline} 前`,
      subject: holdSubject(hazardId),
    })
    return hazardId
  })
  return { noticeId, hazardIds, suspended: failed.some(({ grade }) => isGrave(grade)) }
}
