/** 安检任务单、到访不遇卡、隐患整改通知书: everything the papers say, as plain data. */
import { asc, eq } from 'drizzle-orm'
import { careKindNames } from '../customers/api.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { phonesForPaper } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, businessDate, mondayOf } from '../platform/dates.ts'
import { maskNumbersIn, maskPhone } from '../platform/identity.ts'
import {
  gradeNames,
  inspectionItems,
  itemText,
  menderNames,
  outcomeNames,
  receiptNames,
  requestCauseNames,
  type SheetRow,
} from './api.ts'
import { hazardStepsOf, noticeById } from './hazard-store.ts'
import { sheetOf } from './reads.ts'
import { maskName } from './rules.ts'
import { isGrave } from './words.ts'
import { roundById, taskById, visitById } from './store.ts'
import { hazards } from './tables.ts'

const placeOf = ({ community, building }: { community: string; building: string }): string =>
  building === '' ? community : `${community} ${building} 栋`

const lastWords = (last: SheetRow['last']): string =>
  last === null ? '首次' : `${last.visitedOn.slice(2)} ${outcomeNames[last.outcome]}`

/** 安检任务单. Leaves the hall with the inspector, so names and phones are masked. @throws RoundNotFound */
export function roundPaper(context: Context, roundId: string) {
  const { round, rows: everybody, ownItems } = sheetOf(context, roundId)
  // Printed again it takes along only whoever is still to be visited.
  const waiting = everybody.filter(({ listed, state }) => listed && (state === 'planned' || state === 'refused'))
  const rows = waiting.length > 0 ? waiting : everybody
  const weekEnd = addDays(mondayOf(round.weekOn), 6)
  // A box for each item, as the list below numbers them.
  const boxes = inspectionItems(round.resident, ownItems)
    .map((_, i) => `${i + 1}□`)
    .join(' ')
  return {
    number: round.roundNo,
    place: placeOf(round),
    kind: round.resident ? '居民' : '非居民',
    weekOn: round.weekOn,
    weekEnd,
    assigneeName: round.assigneeName ?? '',
    count: rows.length,
    rows: rows.map((row, i) => ({
      boxes,
      no: i + 1,
      door: round.building === '' ? row.address : [row.unit, row.room].filter((part) => part !== '').join('-'),
      accountNo: row.accountNo,
      name: maskName(row.customerName, row.resident),
      phone: row.phone,
      meterNo: row.meterNo ?? '',
      last: lastWords(row.done ?? row.last),
      remark: [
        ...(row.cause === null ? [] : [`临时：${requestCauseNames[row.cause]} ${row.causeNote}`.trim()]),
        ...(row.care.length === 0 ? [] : [`特殊：${row.care.map((kind) => careKindNames[kind]).join('、')}`]),
        ...(row.proof ? ['抽查凭证：须拍照，或带回检查表'] : []),
        ...(row.openHazards > 0 ? [`隐患 ${row.openHazards} 处未改`] : []),
        ...(row.absences > 0 ? [`已不遇 ${row.absences} 次`] : []),
      ].join('；'),
    })),
    items: inspectionItems(round.resident, ownItems).map(({ text }, i) => ({ no: i + 1, text })),
  }
}

interface Card {
  readonly accountNo: string
  readonly name: string
  readonly address: string
  /** '' on a card taken along, to be filled in at the door. */
  readonly visitedOn: string
  readonly inspectorName: string
  readonly visitOn: string
  readonly absences: number
  readonly servicePhone: string
}

/** The card, and when the absence it tells of was entered: one of a second absence is another card. */
function cardOf(context: Context, taskId: string): { card: Card; since: number } {
  const task = taskById(context, taskId)
  const account = accountById(context, task.accountId)
  const customer = customerById(context, account.customerId)
  const visit = statement<{ visitedOn: string; outcome: string; inspectorName: string; enteredAt: number }>(
    context.sqlite,
    `SELECT visited_on AS visitedOn, outcome, inspector_name AS inspectorName, entered_at AS enteredAt FROM inspection_visits
     WHERE task_id = ? AND voided_at IS NULL ORDER BY id DESC LIMIT 1`,
  ).get(taskId)
  const missed = visit?.outcome === 'absent' ? visit : null
  const card: Card = {
    accountNo: account.accountNo,
    name: maskName(customer.name, customer.category === 'resident'),
    address: servicePointById(context, account.servicePointId).address,
    visitedOn: missed?.visitedOn ?? '',
    inspectorName: missed?.inspectorName ?? roundById(context, task.roundId).assigneeName ?? '',
    visitOn: missed ? task.visitOn : '',
    absences: task.absences,
    servicePhone: phonesForPaper(context.settings).service,
  }
  return { card, since: missed?.enteredAt ?? 0 }
}

/** 到访不遇卡: of one account after an absence, or one for each account of a list that is still to be visited. */
export function absenceCards(context: Context, id: string) {
  const ofTask = statement<{ n: number }>(
    context.sqlite,
    'SELECT count(*) AS n FROM inspection_tasks WHERE id = ?',
  ).get(id)
  if (ofTask?.n === 1) {
    const { card, since } = cardOf(context, id)
    return { number: card.accountNo, since, cards: [card] }
  }
  const { round, rows } = sheetOf(context, id)
  const waiting = rows.filter(({ listed, state }) => listed && state === 'planned')
  return {
    number: round.roundNo,
    since: 0,
    cards: waiting.map(({ taskId }): Card => ({ ...cardOf(context, taskId).card, visitedOn: '', visitOn: '' })),
  }
}

/** 隐患整改通知书 of one visit, with what became of each hazard since. @throws HazardNotFound */
export function rectificationNotice(context: Context, noticeId: string) {
  const { db } = context
  const notice = noticeById(context, noticeId)
  const visit = visitById(context, notice.visitId)
  const account = accountById(context, visit.accountId)
  const customer = customerById(context, account.customerId)
  const found = db.select().from(hazards).where(eq(hazards.noticeId, noticeId)).orderBy(asc(hazards.id)).all()
  const reinspections = found.flatMap(({ id, hazardNo }) =>
    hazardStepsOf(context, id)
      .filter(({ kind }) => kind === 'reinspect')
      .map(({ doneOn, note, workerName }) => ({
        ...{ hazardNo, doneOn: doneOn ?? '', inspector: workerName ?? '' },
        note: maskNumbersIn(note),
      })),
  )
  return {
    number: notice.noticeNo,
    accountNo: account.accountNo,
    customerName: customer.name,
    address: servicePointById(context, account.servicePointId).address,
    phone: maskPhone(customer.phone),
    issuedOn: businessDate(notice.issuedOn),
    inspectorName: visit.inspectorName,
    visitNo: visit.visitNo,
    rows: found.map((one, i) => ({
      no: i + 1,
      hazardNo: one.hazardNo,
      grade: gradeNames[one.grade],
      item: itemText(one.item),
      text: `${one.state === 'withdrawn' ? '（误登作废）' : ''}${maskNumbersIn(one.text)}`,
      mender: menderNames[one.mender],
      deadline: one.deadline,
      suspended: isGrave(one.grade),
      measures: maskNumbersIn(one.measures),
    })),
    grave: found.some(({ grade }) => isGrave(grade)),
    delivered:
      notice.deliveredOn === null || notice.receipt === null
        ? null
        : {
            on: businessDate(notice.deliveredOn),
            by: notice.deliveredBy ?? '',
            to: notice.receivedBy ?? '',
            how: receiptNames[notice.receipt],
          },
    reinspections,
  }
}
