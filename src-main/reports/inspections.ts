/** 安检报表: the plan kept by class, what the visits came to, hazards found, mended in time and still open (clause 19). */
import { addDays, shanghaiDate } from '../platform/dates.ts'
import { statement } from '../platform/database.ts'
import { ageBands, hazardMeasures, taskMeasures } from '../inspections/service.ts'
import { gradeNames, grades, hazardStateNames, outcomeNames, stillOpen, taskStateNames } from '../inspections/api.ts'
import { count, date, named, rate, text } from './columns.ts'
import { addUp, oneAfterAnother } from './gather.ts'
import type { Gathering, RecordQuery, Report, ReportColumn, Scope } from './report.ts'

const classNames = { '1': '居民', '0': '非居民' } as const
const classes = (['1', '0'] as const).map((key) => ({ key, name: classNames[key] }))

/** SQL of each measure, as sums, as zeros. */
const measures = (of: Readonly<Record<string, string>>) => ({
  sums: Object.entries(of)
    .map(([name, sql]) => `coalesce(sum(${sql}), 0) AS ${name}`)
    .join(', '),
  none: Object.fromEntries(Object.keys(of).map((name) => [name, 0])),
})

// The plan: what was to be visited in the period, whenever it was done.

const tasks = 'inspection_tasks t INDEXED BY inspection_tasks_arranged'
const arranged = `${taskMeasures.day} BETWEEN @from AND @to AND ${taskMeasures.duty}`
const plan = measures({
  planned: '1',
  due: taskMeasures.due,
  done: '(t.done_on IS NOT NULL)',
  inTime: taskMeasures.inTime,
  refused: `(t.state = 'refused')`,
  overdue: `(t.done_on IS NULL AND t.period_to < @today)`,
})
const taskRecords: RecordQuery = {
  title: '安检计划明细',
  by: 'date',
  columns: [
    date('visitOn', '上门日期'),
    text('accountNo', '户号'),
    text('place', '地址'),
    text('roundNo', '安检单号'),
    text('inspector', '安检员'),
    date('periodTo', '计划期至'),
    date('doneOn', '完成日期'),
    count('absences', '到访不遇次数'),
    text('state', '状态'),
  ],
  sql: `SELECT t.id, ${taskMeasures.day} AS at, '/inspections/rounds/' || t.round_id AS link, t.visit_on AS visitOn,
      a.account_no AS accountNo, p.address AS place, r.round_no AS roundNo,
      coalesce(r.assignee_name, '') AS inspector, t.period_to AS periodTo, t.done_on AS doneOn, t.absences AS absences,
      ${named('t.state', taskStateNames)} AS state
    FROM ${tasks} CROSS JOIN inspection_rounds r ON r.id = t.round_id CROSS JOIN accounts a ON a.id = t.account_id
      CROSS JOIN service_points p ON p.id = a.service_point_id
    WHERE ${arranged} AND (${taskMeasures.day}, t.id) > (@afterAt, @afterId) AND CAST(t.resident AS TEXT) = @key
    ORDER BY ${taskMeasures.day}, t.id LIMIT @limit`,
}

// Visits: what was found at the door.

const visits = 'inspection_visits v INDEXED BY inspection_visits_day'
const made = 'v.visited_on BETWEEN @from AND @to AND v.voided_at IS NULL'
const visited = measures({
  visits: '1',
  passed: `(v.outcome = 'passed')`,
  hazard: `(v.outcome = 'hazard')`,
  absent: `(v.outcome = 'absent')`,
  refused: `(v.outcome = 'refused')`,
  unsigned: `(v.unsigned_reason <> '')`,
})
const visitColumns: readonly ReportColumn[] = [
  count('visits', '上门'),
  count('passed', '合格'),
  count('hazard', '隐患'),
  count('absent', '到访不遇'),
  rate('absentRate', '到访不遇率', ['absent', 'visits']),
  count('refused', '拒检'),
  rate('refusedRate', '拒检率', ['refused', 'visits']),
  count('unsigned', '拒签'),
]
const visitTables = `${visits} CROSS JOIN inspection_tasks t ON t.id = v.task_id`
const visitsWhere = (where: string): RecordQuery => ({
  title: '上门明细',
  by: 'date',
  columns: [
    text('visitNo', '安检记录号'),
    date('visitedOn', '上门日期'),
    text('accountNo', '户号'),
    text('place', '地址'),
    text('outcome', '结果'),
    text('inspector', '安检员'),
    text('note', '说明'),
  ],
  sql: `SELECT v.id, v.visited_on AS at, '/inspections/rounds/' || v.round_id AS link, v.visit_no AS visitNo,
      v.visited_on AS visitedOn, a.account_no AS accountNo, p.address AS place,
      ${named('v.outcome', outcomeNames)} AS outcome, v.inspector_name AS inspector, v.note AS note
    FROM ${visitTables} CROSS JOIN accounts a ON a.id = v.account_id
      CROSS JOIN service_points p ON p.id = a.service_point_id
    WHERE ${made} AND (v.visited_on, v.id) > (@afterAt, @afterId) AND ${where}
    ORDER BY v.visited_on, v.id LIMIT @limit`,
})
const visitsBy = (key: string, label: string) =>
  `SELECT ${key} AS key, ${label}, ${visited.sums} FROM ${visitTables} WHERE ${made} GROUP BY 1`

// Hazards found in the period, and all that are open today.

const found = measures({
  found: `(h.state <> 'withdrawn')`,
  mendDue: hazardMeasures.due,
  inTime: hazardMeasures.inTime,
  open: `(${stillOpen('h.')})`,
  overdue: `(${stillOpen('h.')} AND h.deadline < @today)`,
})
const hazardsFrom = (tables: string, where: string): RecordQuery => ({
  title: '隐患明细',
  by: 'date',
  columns: [
    text('hazardNo', '隐患编号'),
    date('foundOn', '发现日期'),
    text('grade', '等级'),
    text('text', '隐患'),
    text('place', '地址'),
    text('finder', '发现人'),
    date('firstDeadline', '最初限期'),
    date('deadline', '现限期'),
    date('passedOn', '复查合格'),
    text('state', '进度'),
  ],
  sql: `SELECT h.id, h.found_on AS at, '/hazards/' || h.id AS link, h.hazard_no AS hazardNo, h.found_on AS foundOn,
      ${named('h.grade', gradeNames)} AS grade, h.text AS text, p.address AS place, h.finder_name AS finder,
      h.first_deadline AS firstDeadline, h.deadline AS deadline, h.passed_on AS passedOn,
      ${named('h.state', hazardStateNames)} AS state
    FROM hazards h INDEXED BY ${tables} CROSS JOIN service_points p ON p.id = h.service_point_id
    WHERE (h.found_on, h.id) > (@afterAt, @afterId) AND ${where}
    ORDER BY h.found_on, h.id LIMIT @limit`,
})

/** The bands of age by their first day, as dates of finding. */
const bands = (on: Scope['until']) =>
  ageBands.map(({ from, to, label }) => ({
    key: String(from),
    label,
    /** '' for any day before: dates are texts. */
    foundFrom: to === null ? '' : addDays(on, -to),
    foundTo: addDays(on, -from),
  }))

const agedSql = `SELECT count(*) AS open, ${grades
  .map((grade) => `coalesce(sum(h.grade = '${grade}'), 0) AS ${grade}`)
  .join(', ')}, coalesce(sum(h.deadline < @today), 0) AS overdue
  FROM hazards h INDEXED BY hazards_aging WHERE ${stillOpen('h.')} AND h.found_on BETWEEN @foundFrom AND @foundTo`

const noneOpen = Object.fromEntries(['open', ...grades, 'overdue'].map((name) => [name, 0]))

function* aged({ context, wants }: Scope): Gathering {
  if (!wants('age')) return {}
  yield 0
  const on = shanghaiDate(context.clock.now())
  return {
    age: bands(on).map(({ key, label, foundFrom, foundTo }) => ({
      key,
      cells: {
        age: label,
        ...statement<Record<string, number>>(context.sqlite, agedSql).get({ foundFrom, foundTo, today: on }),
      },
    })),
  }
}

export const inspectionReport: Report = {
  id: 'inspections',
  title: '安检报表',
  about: '安检计划完成率，到访不遇和拒检，隐患按等级、整改及时率和未整改',
  roles: ['hall-manager', 'administrator', 'dispatcher'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: [
    '计划按安排的上门日统计（另约的按新日期）；完成率只算已完成的和安排的一周已过的',
    '上门按上门日统计，不含已作废的记录；隐患按发现日统计，整改及时以最初限期和复查合格日为准',
    '未整改隐患为统计当天的情况，不随统计期变化',
  ],
  sections: [
    {
      id: 'plan',
      title: '计划完成情况',
      columns: [
        text('class', '客户类别'),
        count('planned', '安排'),
        count('due', '应完成'),
        count('done', '已完成'),
        rate('doneRate', '完成率', ['done', 'due']),
        count('inTime', '计划期内完成'),
        rate('inTimeRate', '按期率', ['inTime', 'due']),
        count('refused', '拒检'),
        count('overdue', '超期未检'),
      ],
      fixed: () => classes.map(({ key, name }) => ({ key, cells: { class: name, ...plan.none } })),
      compare: { column: 'done' },
      chart: { kind: 'bar', label: 'class', values: ['due', 'done'] },
      records: () => taskRecords,
    },
    {
      id: 'visits',
      title: '上门结果',
      columns: [text('class', '客户类别'), ...visitColumns],
      fixed: () => classes.map(({ key, name }) => ({ key, cells: { class: name, ...visited.none } })),
      compare: { column: 'visits' },
      chart: { kind: 'bar', label: 'class', values: ['passed', 'hazard', 'absent', 'refused'] },
      records: () => visitsWhere('CAST(t.resident AS TEXT) = @key'),
    },
    {
      id: 'inspector',
      title: '按安检员',
      columns: [text('inspector', '安检员'), ...visitColumns],
      largest: 'visits',
      compare: { column: 'visits' },
      records: () => visitsWhere('v.inspector_id = @key'),
    },
    {
      id: 'grade',
      title: '隐患按等级',
      columns: [
        text('grade', '等级'),
        count('found', '发现'),
        count('mendDue', '应整改'),
        count('inTime', '按期整改'),
        rate('inTimeRate', '整改及时率', ['inTime', 'mendDue']),
        count('open', '未整改'),
        count('overdue', '超过现限期'),
      ],
      fixed: () => grades.map((grade) => ({ key: grade, cells: { grade: gradeNames[grade], ...found.none } })),
      compare: { column: 'found' },
      chart: { kind: 'bar', label: 'grade', values: ['found', 'inTime', 'open'] },
      records: () => hazardsFrom('hazards_found', 'h.found_on BETWEEN @from AND @to AND h.grade = @key'),
    },
    {
      id: 'age',
      title: '未整改隐患（发现至今）',
      columns: [
        text('age', '发现至今'),
        count('open', '未整改'),
        ...grades.map((grade) => count(grade, gradeNames[grade])),
        count('overdue', '超过现限期'),
      ],
      fixed: () => ageBands.map(({ from, label }) => ({ key: String(from), cells: { age: label, ...noneOpen } })),
      chart: { kind: 'bar', label: 'age', values: ['open'] },
      records: (key, { context }) => {
        const band = bands(shanghaiDate(context.clock.now())).find((one) => one.key === key)
        const { foundFrom = '9', foundTo = '' } = band ?? {}
        const within = `h.found_on BETWEEN '${foundFrom}' AND '${foundTo}'`
        return hazardsFrom('hazards_aging', `${stillOpen('h.')} AND ${within}`)
      },
    },
  ],
  gather: (scope) =>
    oneAfterAnother([
      addUp(scope, {
        plan: `SELECT CAST(t.resident AS TEXT) AS key, ${plan.sums} FROM ${tasks} WHERE ${arranged} GROUP BY 1`,
        visits: visitsBy('CAST(t.resident AS TEXT)', `'' AS ignored`),
        inspector: visitsBy('v.inspector_id', 'v.inspector_name AS inspector'),
        grade: `SELECT h.grade AS key, ${found.sums} FROM hazards h INDEXED BY hazards_found
          WHERE h.found_on BETWEEN @from AND @to GROUP BY 1`,
      }),
      aged(scope),
    ]),
}
