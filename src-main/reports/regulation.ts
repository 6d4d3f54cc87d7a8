/**
 * 规章执行情况: of each sub-item the records of a period that show it was kept, what is overdue and what is missing (clauses
 * 5(4), 14(3), 19(2), 21(3)). For an auditor: a row opens its records, and a submission freezes the figures.
 */
import { statement } from '../platform/database.ts'
import { addDays, earlier } from '../platform/dates.ts'
import { domainError, NotAllowed } from '../platform/errors.ts'
import { citeOf, placeOf } from './evidence/clauses.ts'
import { countSql, evidenceColumns, recordsSql, type Evidence } from './evidence/evidence.ts'
import { gas } from './evidence/gas.ts'
import { hall } from './evidence/hall.ts'
import { people } from './evidence/people.ts'
import { registerEvidence } from './evidence/registers.ts'
import { serviceWork } from './evidence/service-work.ts'
import { dayParameters, standingParameters } from './gather.ts'
import type { Gathering, Report, Scope } from './report.ts'

export const evidence: readonly Evidence[] = [...serviceWork, ...gas, ...hall, ...people, ...registerEvidence]

const EvidenceNotFound = domainError('EvidenceNotFound', '没有这项记录，请从报表中打开')

/** Days counted at once: a slice of a large hall stays short. */
const step = 7

interface Counted {
  readonly records: number
  readonly overdue: number
  readonly missing: number
}

const keyOf = (clause: string, { id }: Evidence) => `${clause}:${id}`
const wordsOf = (clause: string, { what }: Evidence) => ({ clause: citeOf(clause), what, lack: '' })

const rows = evidence
  .flatMap((one) => one.clauses.map((clause) => ({ clause, one })))
  .toSorted((a, b) => placeOf(a.clause) - placeOf(b.clause))

function* gather(scope: Scope): Gathering {
  const { context, period, until } = scope
  const standing = standingParameters(scope)
  const counted = new Map<Evidence, Counted>()
  for (const [n, one] of evidence.entries()) {
    const count = statement<Counted>(context.sqlite, countSql(one))
    let sum: Counted = { records: 0, overdue: 0, missing: 0 }
    for (let from = period.from; from <= until;) {
      const to = one.standing || one.whole ? until : earlier(addDays(from, step - 1), until)
      const found = count.get({ ...dayParameters(scope, from, to), ...standing }) as Counted
      sum = {
        records: sum.records + found.records,
        overdue: sum.overdue + found.overdue,
        missing: sum.missing + found.missing,
      }
      from = addDays(to, 1)
      yield n / evidence.length
    }
    counted.set(one, sum)
  }
  return {
    clauses: rows.map(({ clause, one }) => {
      const { records, overdue, missing } = counted.get(one) as Counted
      return {
        key: keyOf(clause, one),
        cells: { ...wordsOf(clause, one), records, overdue, missing, lack: missing > 0 ? (one.lack ?? '') : '' },
      }
    }),
  }
}

const leaders = ['hall-manager', 'administrator'] as const

export const regulationReport: Report = {
  id: 'regulation',
  title: '规章执行情况',
  about: '客户服务管理办法逐条：本期有多少记录，逾期多少，缺少什么',
  roles: ['hall-manager', 'administrator', 'dispatcher'],
  conceals: true,
  periods: ['week', 'month', 'quarter', 'year'],
  submitted: ['month', 'quarter', 'year'],
  owed: false,
  notes: [
    '逾期、缺少按统计时的情况；上岗证、预案、特殊客户等登记册按现有的数，不分本期',
    '一项记录证明几条的，在每一条下都列出；由人来做到、不在柜面程序内的条款见“规章”页',
    '看到和打印的统计、明细都不含对查看人本人的投诉；上报总部的统计全部投诉；人员、日志、备份、收费的明细由主任、管理员查看',
  ],
  sections: [
    {
      id: 'clauses',
      title: '逐条',
      columns: evidenceColumns,
      fixed: () =>
        rows.map(({ clause, one }) => ({
          key: keyOf(clause, one),
          cells: { ...wordsOf(clause, one), records: 0, overdue: 0, missing: 0 },
        })),
      totals: false,
      compare: { column: 'records', with: ['previous'] },
      records: (key, { context: { actor } }) => {
        const found = rows.find(({ clause, one }) => keyOf(clause, one) === key)
        if (!found) throw new EvidenceNotFound()
        if (found.one.leaders && !leaders.some((role) => actor.roles.includes(role)))
          throw new NotAllowed(`“${found.one.what}”的明细由主任、管理员查看`)
        return recordsSql(found.one)
      },
    },
  ],
  gather,
}
