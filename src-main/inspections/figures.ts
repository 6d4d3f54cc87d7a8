/** What inspections and hazards say about the hall (clauses 19, 21). */
import type { Context } from '../platform/context.ts'
import { addDays, type Span } from '../platform/dates.ts'
import { statement } from '../platform/database.ts'
import { figureBySql, type Figure, type FigureRecord, type Share } from '../platform/figures.ts'
import { hazardMeasures, taskMeasures } from './measures.ts'
import { todayOf } from './store.ts'
import { hazardStateNames, type HazardState } from './hazard-process.ts'
import { gradeNames, taskStateNames, type Grade, type TaskState } from './words.ts'

/** A week may be walked in any order: a visit is late once its week is over. */
const week = 7

const coverage = {
  where: `${taskMeasures.day} BETWEEN @from AND @to AND ${taskMeasures.duty} AND ${taskMeasures.due}`,
  met: taskMeasures.inTime,
}
const mended = {
  where: `h.found_on BETWEEN @from AND @to AND ${hazardMeasures.due}`,
  met: hazardMeasures.inTime,
}

/** The queries of the figures, also for the test of their plans. */
export const inspectionFigureSql = {
  coverage: `SELECT count(*) AS denominator, count(*) FILTER (WHERE ${coverage.met}) AS numerator
    FROM inspection_tasks t WHERE ${coverage.where}`,
  coverageRecords: `SELECT t.id, t.round_id AS roundId, r.round_no AS roundNo, a.account_no AS accountNo, t.state,
      t.visit_on AS visitOn, t.period_to AS periodTo, t.absences, (${coverage.met}) AS met
    FROM inspection_tasks t CROSS JOIN inspection_rounds r ON r.id = t.round_id
      CROSS JOIN accounts a ON a.id = t.account_id
    WHERE ${coverage.where} ORDER BY met, ${taskMeasures.day} DESC, t.id LIMIT @limit`,
  mended: `SELECT count(*) AS denominator, count(*) FILTER (WHERE ${mended.met}) AS numerator
    FROM hazards h WHERE ${mended.where}`,
  mendedRecords: `SELECT h.id, h.hazard_no AS hazardNo, h.grade, h.state, h.found_on AS foundOn,
      h.first_deadline AS deadline, (${mended.met}) AS met
    FROM hazards h WHERE ${mended.where} ORDER BY met, h.found_on DESC, h.id LIMIT @limit`,
} as const

const paramsOf = (context: Context, { from, to }: Span) => {
  const today = todayOf(context)
  return { from, to, today, weekAgo: addDays(today, -week) }
}

interface TaskRow {
  readonly id: string
  readonly roundId: string
  readonly roundNo: string
  readonly accountNo: string
  readonly state: TaskState
  readonly visitOn: string
  readonly periodTo: string
  readonly absences: number
  readonly met: number
}
const taskRecord = (row: TaskRow): FigureRecord => ({
  subject: `inspection-task:${row.id}`,
  label: `户号 ${row.accountNo}`,
  note: [
    row.visitOn > row.periodTo ? `本期至 ${row.periodTo}，另约 ${row.visitOn}` : `${row.visitOn} 起一周内`,
    `安检单 ${row.roundNo}`,
    taskStateNames[row.state],
    ...(row.absences > 0 ? [`到访不遇 ${row.absences} 次`] : []),
  ].join('，'),
  met: row.met === 1,
  link: `/inspections/rounds/${row.roundId}`,
})

interface HazardRow {
  readonly id: string
  readonly hazardNo: string
  readonly grade: Grade
  readonly state: HazardState
  readonly foundOn: string
  readonly deadline: string
  readonly met: number
}
const hazardRecord = (row: HazardRow): FigureRecord => ({
  subject: `hazard:${row.id}`,
  label: `${gradeNames[row.grade]}隐患 ${row.hazardNo}`,
  note: [`${row.foundOn} 发现`, `限 ${row.deadline} 前整改`, hazardStateNames[row.state]].join('，'),
  met: row.met === 1,
  link: `/hazards/${row.id}`,
})

export const inspectionFigures: readonly Figure[] = [
  figureBySql(
    {
      name: 'inspections.coverage',
      label: '安检完成率',
      about:
        '安排在期内上门的安检中，在计划期内完成的比例；所在一周未过的不计，拒检和到访不遇算未完成；约到计划期以后的，仍算在原计划期末，未完成',
    },
    { share: inspectionFigureSql.coverage, records: inspectionFigureSql.coverageRecords },
    paramsOf,
    taskRecord,
  ),
  figureBySql(
    {
      name: 'inspections.hazards-mended',
      label: '隐患按期整改率',
      about: '期内发现的隐患在最初限期内整改并复查合格的比例；未整改也未到期的不计',
    },
    { share: inspectionFigureSql.mended, records: inspectionFigureSql.mendedRecords },
    paramsOf,
    hazardRecord,
  ),
]

/** Of the visits that got in, those that found nothing: fewer than before, and hazards are rising (clause 19(2)). No scorecard judges by it. */
export const hazardFree: Pick<Figure, 'label' | 'compute'> = {
  label: '安检未发现隐患率',
  compute: ({ sqlite }, { from, to }) =>
    statement<Share>(
      sqlite,
      `SELECT count(*) AS denominator, count(*) FILTER (WHERE outcome = 'passed') AS numerator FROM inspection_visits
       WHERE visited_on BETWEEN @from AND @to AND outcome IN ('passed', 'hazard') AND voided_at IS NULL`,
    ).get({ from, to }) as Share,
}
