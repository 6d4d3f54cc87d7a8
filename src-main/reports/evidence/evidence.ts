/**
 * What shows that a sub-item of the regulation is kept: rows of the house, counted over a period, with those that are
 * overdue and those that lack something. The count and the list behind it are made from one declaration.
 */
import { count, text, time } from '../columns.ts'
import type { RecordQuery, ReportColumn } from '../report.ts'

/** SQL over `rows`, with the parameters of `addUp`. What is concealed from @viewer is left out by `where`. */
export interface Evidence {
  /** Names it in the report; never changes, since frozen reports have it. */
  readonly id: string
  /** Ids of the sub-items it stands for: '10(6)', '6(4)b'. */
  readonly clauses: readonly string[]
  /** What is counted, in the words of the hall. */
  readonly what: string
  readonly rows: string
  readonly where?: string
  /** Whether `at` is an instant (epoch ms) or a date. */
  readonly by: 'instant' | 'date'
  readonly at: string
  /** A register: counted as it stands now, however old its rows. */
  readonly standing?: true
  /** No index finds the rows of a week: the period is walked once. */
  readonly whole?: true
  /** A uuid, or a number of 36 digits; `t.id` where absent. */
  readonly rowId?: string
  /** The row counts as a record; every row where absent. */
  readonly held?: string
  /** Past its time; see the measure of its room. */
  readonly overdue?: string
  /** Something that has to be there is not. */
  readonly missing?: string
  /** What is not there: '未送达'. */
  readonly lack?: string
  readonly number: string
  readonly who: string
  /** The second pair of eyes. */
  readonly checked?: string
  readonly about: string
  /** Its room shows these records to the manager and the administrator alone: to others the count is all there is. */
  readonly leaders?: true
  /** SQL of the page that shows it. */
  readonly link: string
}

/** The log `l` has no uuid; 36 digits of its seq do as well. */
export const logId = `printf('%036d', l.seq)`

/** Of rows that are dated by an instant or a date, those of the period; of a register, all there are until its end. */
function periodOf({ by, at, standing }: Evidence): string {
  if (by === 'date') return standing ? `${at} <= @to` : `${at} BETWEEN @from AND @to`
  return standing ? `${at} < @beforeAt` : `${at} >= @fromAt AND ${at} < @beforeAt`
}
const conditionOf = (evidence: Evidence) =>
  [periodOf(evidence), ...(evidence.where ? [evidence.where] : [])].join(' AND ')
const idOf = ({ rowId = 't.id' }: Evidence) => rowId
const sumOf = (condition: string) => `coalesce(sum(coalesce(${condition}, 0)), 0)`

/** One row: records, overdue, missing. */
export const countSql = (evidence: Evidence): string =>
  `SELECT ${evidence.held ? sumOf(evidence.held) : 'count(*)'} AS records, ${sumOf(evidence.overdue ?? '0')} AS overdue,
     ${sumOf(evidence.missing ?? '0')} AS missing
   FROM ${evidence.rows} WHERE ${conditionOf(evidence)}`

const recordColumns: readonly ReportColumn[] = [
  text('number', '编号'),
  time('on', '时间'),
  text('who', '经办'),
  text('checked', '复核'),
  text('about', '内容'),
  text('state', '情况'),
]
const dateColumn = (column: ReportColumn): ReportColumn => (column.key === 'on' ? { ...column, kind: 'date' } : column)

export function recordsSql(evidence: Evidence): RecordQuery {
  const { by, at, number, who, checked = `''`, about, link, overdue = '0', missing = '0', lack = '缺少资料' } = evidence
  const id = idOf(evidence)
  return {
    title: evidence.what,
    by,
    columns: by === 'date' ? recordColumns.map(dateColumn) : recordColumns,
    sql: `SELECT ${id} AS id, ${at} AS at, ${link} AS link, coalesce(${number}, '') AS number, ${at} AS [on],
        coalesce(${who}, '') AS who, coalesce(${checked}, '') AS checked, coalesce(${about}, '') AS about,
        trim(CASE WHEN ${overdue} THEN '逾期 ' ELSE '' END || CASE WHEN ${missing} THEN '${lack}' ELSE '' END) AS state
      FROM ${evidence.rows} WHERE ${conditionOf(evidence)} AND (${at}, ${id}) > (@afterAt, @afterId)
      ORDER BY ${at}, ${id} LIMIT @limit`,
  }
}

export const evidenceColumns: readonly ReportColumn[] = [
  text('clause', '条款'),
  text('what', '记录'),
  { ...count('records', '记录数'), sum: false },
  { ...count('overdue', '逾期'), sum: false },
  { ...count('missing', '缺少'), sum: false },
  text('lack', '缺什么'),
]
