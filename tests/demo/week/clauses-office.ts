/** Clauses of files, papers, reports, the cash desk, backups and the upload: read back, and judged. */
import { createHash } from 'node:crypto'
import { shanghaiDate } from '../../../src-main/platform/dates.ts'
import { fen, formatYuan } from '../../../src-main/platform/money.ts'
import { catalog } from '../../../src-main/platform/settings-catalog.ts'
import type { Evidence } from './evidence.ts'
import { at, clock, whenever, type Judgement } from './judgement.ts'

/** Every subject of the week that has a customer, and whether the customer's file tells of it. */
export function traceable({ query, since }: Evidence): Judgement {
  const subjects = query<{ subject: string; what: string; n: number }>(
    `SELECT s.subject, s.what, (SELECT count(*) FROM customer_events e WHERE e.subject = s.subject) AS n FROM (
       SELECT 'workorder:' || id AS subject, '工单' AS what FROM workorders WHERE reported_at > @since AND customer_id IS NOT NULL
       UNION ALL SELECT 'complaint:' || id, '投诉' FROM complaints WHERE taken_at > @since AND customer_id IS NOT NULL
       UNION ALL SELECT 'inspection:' || id, '安检' FROM inspection_visits WHERE entered_at > @since
       UNION ALL SELECT 'hazard:' || h.id, '隐患' FROM hazards h JOIN hazard_steps t ON t.hazard_id = h.id AND t.kind = 'find' WHERE t.at > @since
       UNION ALL SELECT 'resumption:' || id, '恢复供气' FROM supply_resumptions WHERE at > @since) s`,
    { since },
  )
  const kinds = ['工单', '投诉', '安检', '隐患', '恢复供气']
  const missing = subjects.filter(({ n }) => n === 0)
  const count = (what: string) => subjects.filter((one) => one.what === what).length
  const closed = query<{ n: number }>('SELECT count(*) AS n FROM customer_events WHERE at > ?', since)[0]?.n ?? 0
  return {
    record: `${kinds.map((what) => `${what} ${count(what)} 件`).join('、')}，每件都在客户档案里有经过（本周 ${closed} 条）`,
    problems: [
      ...kinds.filter((what) => count(what) === 0).map((what) => `本周没有${what}`),
      ...whenever([missing.length > 0, `${missing.length} 件在客户档案里查不到`]),
    ],
  }
}

export function phoneOnPapers({ papers, query }: Evidence): Judgement {
  const set = query<{ value: string }>(`SELECT value FROM settings WHERE key = 'company.servicePhone'`)[0]
  const phone = set ? String(JSON.parse(set.value)) : catalog['company.servicePhone'].default
  const without = papers.filter(({ text }) => !text.includes(phone) || !/24小时/.test(text))
  return {
    record: `${papers.length} 份 PDF 逐份读回，${papers.length - without.length} 份印有 24 小时电话 ${phone}`,
    problems: whenever(
      [papers.length === 0, '没有单据'],
      [without.length > 0, `没有印电话：${without.map(({ name }) => name).join('、')}`],
    ),
  }
}

interface Submission {
  readonly id: string
  readonly number: string
  readonly report: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly hash: string
  readonly content: string
  readonly submittedAt: number
  readonly by: string
}

const submissionsOf = ({ query, since }: Evidence): Submission[] =>
  query<Submission>(
    `SELECT id, number, report, period_kind AS kind, period_from AS "from", period_to AS "to", hash, content,
       submitted_at AS submittedAt, submitted_by AS by FROM report_submissions WHERE submitted_at > ? ORDER BY number`,
    since,
  )

export function analysed(evidence: Evidence): Judgement {
  const found = submissionsOf(evidence).filter(({ report }) => report === 'inspections')
  const problems = whenever(
    [!found.some(({ kind }) => kind === 'week'), '没有安检周报'],
    [!found.some(({ kind }) => kind === 'month'), '没有安检月报'],
  )
  const records = found.map(({ number, kind, from, to, content, submittedAt }) => {
    const { sections } = JSON.parse(content) as {
      sections: { id: string; totals: Record<string, number | null> | null }[]
    }
    const totalOf = (section: string, column: string) =>
      sections.find(({ id }) => id === section)?.totals?.[column] ?? null
    const until = shanghaiDate(submittedAt) < to ? shanghaiDate(submittedAt) : to
    const [counted] = evidence.query<{ visits: number; hazards: number }>(
      `SELECT (SELECT count(*) FROM inspection_visits WHERE visited_on BETWEEN @from AND @until AND voided_at IS NULL) AS visits,
         (SELECT count(*) FROM hazards WHERE found_on BETWEEN @from AND @until) AS hazards`,
      { from, until },
    )
    problems.push(
      ...whenever(
        [totalOf('visits', 'visits') !== counted?.visits, `${number} 上门次数与记录不符`],
        [totalOf('grade', 'found') !== counted?.hazards, `${number} 隐患数与记录不符`],
        [(counted?.visits ?? 0) === 0, `${number} 没有安检`],
      ),
    )
    return `${kind === 'week' ? '周报' : '月报'} ${number}：上门 ${counted?.visits ?? 0} 次、隐患 ${counted?.hazards ?? 0} 处，与记录逐项相符`
  })
  return { record: records.join('；'), problems }
}

/** Reports that a hall makes. */
const reportsAsked = 8

export function reported(evidence: Evidence): Judgement {
  const found = submissionsOf(evidence)
  const of = (kind: string) => found.filter((one) => one.kind === kind)
  const tampered = found.filter(({ content, hash }) => createHash('sha256').update(content).digest('hex') !== hash)
  const absent = found.filter(({ id, hash }) => evidence.headquarters.hashOf(id) !== hash)
  const unprinted = found.filter(({ number }) => !evidence.papers.some(({ text }) => text.includes(number)))
  const unkept = found.filter(({ number }) => !evidence.books.some(({ text }) => text.includes(number)))
  const range = (kind: string) => {
    const [first, last] = [of(kind)[0], of(kind).at(-1)]
    return first
      ? `${of(kind).length} 份（${first.number} 至 ${last?.number ?? ''}，${first.by} ${at(first.submittedAt)}）`
      : '0 份'
  }
  return {
    record: `周报 ${range('week')}、月报 ${range('month')}，逐份有 PDF 和 Excel，总部收到的内容摘要一致`,
    problems: whenever(
      [of('week').length < reportsAsked, '周报不齐'],
      [of('month').length < reportsAsked, '月报不齐'],
      [tampered.length > 0, '有报表与上报时的摘要不符'],
      [absent.length > 0, `总部没有收到 ${absent.map(({ number }) => number).join('、')}`],
      [unprinted.length > 0, `没有 PDF：${unprinted.map(({ number }) => number).join('、')}`],
      [unkept.length > 0, `没有 Excel：${unkept.map(({ number }) => number).join('、')}`],
    ),
  }
}

export function closedDay({ query, since }: Evidence): Judgement {
  const closes = query<{
    no: string
    date: string
    at: number
    by: string
    overShort: number
    reason: string | null
    deposit: number | null
    slip: string | null
  }>(
    `SELECT d.number AS no, d.date, d.closed_at AS at, d.closed_by_name AS by, d.over_short AS overShort,
       (SELECT e.reason FROM journal_entries e WHERE e.kind = 'over-short' AND e.business_date = d.date AND e.approved_by IS NOT NULL) AS reason, s.amount AS deposit, s.number AS slip
     FROM day_closes d LEFT JOIN deposit_slips s ON s.date = d.date WHERE d.state = 'closed' AND d.closed_at > ?`,
    since,
  )
  const shifts = query<{ n: number; float: number }>(
    'SELECT count(*) AS n, coalesce(min(opening_float), 0) AS float FROM shifts WHERE opened_at > ?',
    since,
  )[0]
  const [drawer] = query<{ left: number; debit: number; credit: number }>(
    `SELECT coalesce(sum(CASE WHEN account = 'cash-drawer' THEN debit - credit END), 0) AS left, sum(debit) AS debit, sum(credit) AS credit FROM journal_lines`,
  )
  const yuan = (amount: number | null) => formatYuan(fen(amount ?? 0))
  return {
    record: closes
      .map(
        ({ no, date, at: closed, by, overShort, deposit, slip, reason }) =>
          `日结单 ${no}（${date}，${by} ${clock(closed)}）：备用金 ${yuan(shifts?.float ?? 0)}，短款 ${yuan(-overShort)}（${reason ?? ''}），缴款单 ${slip ?? '无'} ${yuan(deposit)} 元，账平`,
      )
      .join('；'),
    problems: whenever(
      [closes.length === 0, '本周没有日结'],
      [(shifts?.n ?? 0) === 0 || (shifts?.float ?? 0) <= 0, '没有备用金'],
      [closes.some(({ slip }) => slip === null), '没有缴款'],
      [closes.some(({ overShort, reason }) => overShort !== 0 && !reason), '长短款没有说明'],
      [drawer?.left !== 0, '缴款后钱箱账面不为零'],
      [drawer?.debit !== drawer?.credit, '借贷不平'],
    ),
  }
}

export function backedUp({ query, since }: Evidence): Judgement {
  const found = query<{ fileName: string; kind: string; at: number; hash: string | null; totals: string | null }>(
    `SELECT file_name AS fileName, kind, finished_at AS at, hash, totals FROM backups WHERE state = 'proved' AND finished_at > ? ORDER BY finished_at`,
    since,
  )
  const scheduled = found.filter(({ kind }) => kind === 'scheduled')
  const last = found.at(-1)
  return {
    record: `${found.length} 份备份已打开核对（定时 ${scheduled.length} 份、手动 ${found.length - scheduled.length} 份），最近 ${last?.fileName ?? '无'}，摘要 ${last?.hash?.slice(0, 12) ?? '无'}`,
    problems: whenever(
      [scheduled.length === 0, '没有核对过的定时备份'],
      [found.some(({ hash, totals }) => hash === null || totals === null), '备份没有核对内容'],
    ),
  }
}

export function uploaded({ query, headquarters }: Evidence): Judgement {
  const { rows, gaps, violations, debit } = headquarters
  const [here] = query<{ rows: number; acknowledged: number; debit: number }>(
    `SELECT (SELECT coalesce(max(seq), 0) FROM outbox) AS rows, (SELECT coalesce(max(acknowledged), 0) FROM sync_state) AS acknowledged,
       (SELECT coalesce(sum(debit), 0) FROM journal_lines) AS debit`,
  )
  return {
    record: `本机 ${here?.rows ?? 0} 条，总部收到 ${rows} 条，无缺号；借方合计 ${formatYuan(fen(here?.debit ?? 0))} 元，两边逐分相符`,
    problems: whenever(
      [rows === 0, '总部没有收到记录'],
      [here?.rows !== rows || here.acknowledged !== rows, '总部收到的条数与本机不符'],
      [gaps > 0, '总部有缺号'],
      [violations > 0, '上报不合规约'],
      [here?.debit !== debit, '总部账目与本机不符'],
    ),
  }
}
