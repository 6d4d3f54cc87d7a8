/** 回访报表: of what each service finished, how much was called back, against its target, and what customers said (clauses 14(3), 21). */
import { callResultNames, serviceNames, services, type Service } from '../followups/api.ts'
import { finishedNowSql, sources, targetFor } from '../followups/service.ts'
import { count, named, rate, text, time } from './columns.ts'
import { addUp } from './gather.ts'
import type { Gathering, RecordQuery, Report, ReportColumn, Scope } from './report.ts'

type Source = (typeof sources)[number]

/** The call that ended a round, if any, beside what was finished in it. */
const joined = (source: Source): string => `(${finishedNowSql(source)}) e
  LEFT JOIN followup_calls c ON c.subject_id = e.id AND c.round = e.round AND c.service = e.service AND c.result <> 'unreached'`
const inPeriod = 'e.at >= @fromAt AND e.at < @beforeAt'
const person = `coalesce(e.personName, '未记录')`

const measuresOf = (source: Source) => ({
  finished: '1',
  /** Where a sample is drawn only what was drawn is to be called; a round reopened before its callback waits no longer. */
  due:
    source.closing === null
      ? 'EXISTS (SELECT 1 FROM followup_samples s WHERE s.event_id = e.eventId)'
      : '(e.reopened = 0 OR c.id IS NOT NULL)',
  called: '(c.id IS NOT NULL)',
  // The plus keeps a result off its own index: the walk is along what was finished.
  satisfied: `(c.id IS NOT NULL AND +c.result = 'satisfied')`,
  dissatisfied: `(c.id IS NOT NULL AND +c.result = 'dissatisfied')`,
  unreachable: `(c.id IS NOT NULL AND +c.result = 'unreachable')`,
  reopened: `(e.reopened = 1 OR (c.id IS NOT NULL AND +c.result = 'dissatisfied'))`,
})
const columnNames: Readonly<Record<keyof ReturnType<typeof measuresOf>, string>> = {
  finished: '办结',
  due: '应回访（或抽中）',
  called: '已回访',
  satisfied: '满意',
  dissatisfied: '不满意',
  unreachable: '未联系上',
  reopened: '重新办理',
}
const none = Object.fromEntries(Object.keys(columnNames).map((name) => [name, 0]))
const column = (name: keyof typeof columnNames) => count(name, columnNames[name])
const measured = (target: readonly ReportColumn[]): readonly ReportColumn[] => [
  column('finished'),
  column('due'),
  column('called'),
  rate('calledRate', '回访率', ['called', 'finished']),
  ...target,
  column('satisfied'),
  column('dissatisfied'),
  column('unreachable'),
  column('reopened'),
]

const grouped = (key: string, more: string) =>
  sources.map(
    (source) =>
      `SELECT ${key} AS key, ${more}, ${Object.entries(measuresOf(source))
        .map(([name, sql]) => `coalesce(sum(${sql}), 0) AS ${name}`)
        .join(', ')} FROM ${joined(source)} WHERE ${inPeriod} GROUP BY 1`,
  )

/** What one service finished. Every service belongs to one source. */
function finishedOf(service: string, more: string): RecordQuery {
  const source = sources.find((one) => one.services.includes(service as Service)) ?? sources[0]
  if (!source) throw new Error('no room is called back about')
  return {
    title: '办结和回访明细',
    by: 'instant',
    columns: [
      text('number', '编号'),
      text('service', '服务'),
      time('finishedAt', '办结时间'),
      text('customer', '客户'),
      text('person', '办理人'),
      text('result', '回访结果'),
      time('calledAt', '回访时间'),
      text('caller', '回访人'),
    ],
    sql: `SELECT e.eventId AS id, e.at AS at, ${source.pathSql('e.id')} AS link, e.number AS number,
        ${named('e.service', serviceNames)} AS service, e.at AS finishedAt, e.customerName AS customer,
        ${person} AS person, coalesce(${named('c.result', callResultNames)}, '未回访') AS result, c.at AS calledAt,
        coalesce(c.actor_name, '') AS caller
      FROM ${joined(source)}
      WHERE ${inPeriod} AND (e.at, e.eventId) > (@afterAt, @afterId) AND ${more}
      ORDER BY e.at, e.eventId LIMIT @limit`,
  }
}

/** Calls about what the reader must not see are left out. */
const visible = sources
  .flatMap(({ name, concealedSql }) =>
    concealedSql ? [`AND NOT (f.source = '${name}' AND ${concealedSql('f.subject_id')})`] : [],
  )
  .join(' ')
const calls = 'followup_calls f INDEXED BY followup_calls_at'
const rung = 'f.at >= @fromAt AND f.at < @beforeAt'
const path = `CASE f.source ${sources.map(({ name, pathSql }) => `WHEN '${name}' THEN ${pathSql('f.subject_id')}`).join(' ')} END`
const callsOf: RecordQuery = {
  title: '回访电话明细',
  by: 'instant',
  columns: [
    time('calledAt', '回访时间'),
    text('number', '编号'),
    text('service', '服务'),
    text('customer', '客户'),
    text('result', '结果'),
    text('note', '说明'),
    text('reopenedNo', '重新办理'),
  ],
  sql: `SELECT f.id, f.at AS at, ${path} AS link, f.at AS calledAt, f.number AS number,
      ${named('f.service', serviceNames)} AS service, f.customer_name AS customer,
      ${named('f.result', callResultNames)} AS result, f.note AS note, coalesce(f.reopened_no, '') AS reopenedNo
    FROM ${calls} WHERE ${rung} AND (f.at, f.id) > (@afterAt, @afterId) AND f.actor_id = @key ${visible}
    ORDER BY f.at, f.id LIMIT @limit`,
}

/** Targets stand in the settings: a row of each service, to which its figures are added. */
function* targets({ context, wants }: Scope, gathered: Gathering): Gathering {
  const rows = yield* gathered
  if (!wants('service')) return rows
  const figures = new Map((rows['service'] ?? []).map((row) => [row.key, row.cells]))
  return {
    ...rows,
    service: services.map((service) => ({
      key: service,
      cells: { ...none, ...figures.get(service), target: targetFor(context, service) * 100 },
    })),
  }
}

export const callbackReport: Report = {
  id: 'callbacks',
  title: '回访报表',
  about: '各类服务的回访率和目标，满意、不满意、未联系上，按办理人、回访人',
  roles: ['hall-manager', 'administrator', 'dispatcher'],
  conceals: true,
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: [
    '按办结时间统计，重新办理的每一轮单独计；回访率为已回访占办结的比例，目标为统计时设置的回访比例（第二十一条）',
    '按回访人的一栏按打电话的时间统计，未接通的电话也计入',
    '看到和打印的统计、明细都不含对查看人本人的投诉；上报总部的统计全部回访',
  ],
  sections: [
    {
      id: 'service',
      title: '按服务类别',
      columns: [
        text('service', '服务'),
        ...measured([{ key: 'target', label: '目标', kind: 'percent' }]),
        rate('satisfiedRate', '满意率', ['satisfied', 'called']),
      ],
      fixed: () => services.map((service) => ({ key: service, cells: { service: serviceNames[service], ...none } })),
      compare: { column: 'called' },
      chart: { kind: 'bar', label: 'service', values: ['finished', 'called'] },
      records: (key) => finishedOf(key, 'e.service = @key'),
    },
    {
      id: 'person',
      title: '按办理人',
      columns: [text('person', '办理人'), text('service', '服务'), ...measured([])],
      largest: 'finished',
      // The key is '<service>/<person>': a person's work of two services lies in two rooms.
      records: (key) => finishedOf(key.slice(0, key.indexOf('/')), `e.service || '/' || ${person} = @key`),
    },
    {
      id: 'caller',
      title: '按回访人',
      columns: [
        text('caller', '回访人'),
        count('calls', '电话'),
        count('reached', '接通'),
        rate('reachedRate', '接通率', ['reached', 'calls']),
        count('satisfied', '满意'),
        count('dissatisfied', '不满意'),
        count('unreachable', '未联系上'),
      ],
      largest: 'calls',
      compare: { column: 'calls' },
      records: () => callsOf,
    },
  ],
  gather: (scope) =>
    targets(
      scope,
      addUp(scope, {
        service: grouped('e.service', `'' AS ignored`),
        person: grouped(
          `e.service || '/' || ${person}`,
          `${person} AS person, ${named('e.service', serviceNames)} AS service`,
        ),
        caller: `SELECT f.actor_id AS key, f.actor_name AS caller, count(*) AS calls,
              coalesce(sum(f.result IN ('satisfied', 'dissatisfied')), 0) AS reached,
              coalesce(sum(f.result = 'satisfied'), 0) AS satisfied,
              coalesce(sum(f.result = 'dissatisfied'), 0) AS dissatisfied,
              coalesce(sum(f.result = 'unreachable'), 0) AS unreachable
            FROM ${calls} WHERE ${rung} ${visible} GROUP BY 1`,
      }),
    ),
}
