/** Clauses of calls, repairs, complaints and their callbacks: read back, and judged. */
import { catalog } from '../../../src-main/platform/settings-catalog.ts'
import { serviceNames, type Service } from '../../../src-main/followups/api.ts'
import type { Evidence } from './evidence.ts'
import { hourMs, atOnceMs, at, clock, hours, whenever, type Judgement } from './judgement.ts'

interface Order {
  readonly id: string
  readonly no: string
  readonly kind: string
  readonly urgent: number
  readonly state: string
  readonly reportedAt: number
  readonly handleBy: number
  readonly repairBy: number
  readonly handledAt: number | null
  readonly repairedAt: number | null
  readonly receivedBy: string
  readonly advice: string
  readonly worker: string | null
}

const ordersOf = ({ query, since }: Evidence): Order[] =>
  query<Order>(
    `SELECT id, order_no AS no, kind, urgent, state, reported_at AS reportedAt, handle_by AS handleBy, repair_by AS repairBy,
       handled_at AS handledAt, repaired_at AS repairedAt, received_by AS receivedBy, advice, assignee_name AS worker
     FROM workorders WHERE reported_at > ? ORDER BY reported_at`,
    since,
  )

interface Step {
  readonly kind: string
  readonly at: number
  readonly actorId: string
  readonly actorName: string
  readonly workerId: string | null
  readonly note: string
}

const stepsOf = ({ query }: Evidence, orderId: string): Step[] =>
  query<Step>(
    `SELECT kind, at, actor_id AS actorId, actor_name AS actorName, worker_id AS workerId, note
     FROM workorder_steps WHERE order_id = ? ORDER BY no`,
    orderId,
  )

const workKinds = ['accept', 'arrive', 'handle', 'repair']

const chain = ['report', 'issue', 'assign', ...workKinds, 'verify', 'call-back', 'close']

export function alarms(evidence: Evidence): Judgement {
  const urgent = ordersOf(evidence).filter((order) => order.urgent === 1)
  const problems = whenever([urgent.length === 0, '本周没有报警记录'])
  const records = urgent.map(({ id, no, reportedAt, receivedBy, advice, worker }) => {
    const leaders = evidence.query<{ name: string; toldAt: number | null; toldBy: string | null }>(
      'SELECT name, told_at AS toldAt, told_by AS toldBy FROM workorder_leaders WHERE order_id = ? ORDER BY told_at',
      id,
    )
    const sent = stepsOf(evidence, id).find(({ kind }) => kind === 'assign')
    problems.push(
      ...whenever(
        [leaders.length === 0, `${no} 没有应报告的领导`],
        [leaders.some(({ toldAt }) => toldAt === null), `${no} 有领导没有报告`],
        [leaders.some(({ toldAt }) => toldAt !== null && toldAt - reportedAt > atOnceMs), `${no} 没有立即报告领导`],
        [(JSON.parse(advice) as string[]).length === 0, `${no} 没有告知安全须知`],
        [sent === undefined || sent.at - reportedAt > atOnceMs, `${no} 没有立即派工`],
      ),
    )
    const told = leaders.map(
      ({ name, toldAt, toldBy }) => `${name} ${toldAt === null ? '未报告' : `${clock(toldAt)} ${toldBy ?? ''}`}`,
    )
    return `报警 ${no}，${at(reportedAt)} ${receivedBy}受理并告知安全须知；报告 ${told.join('、')}；派${worker ?? '（未派）'}`
  })
  const kinds = ordersOf(evidence).length
  return { record: `${records.join('；')}。本周受理 ${kinds} 件`, problems }
}

export function inTime(evidence: Evidence): Judgement {
  const orders = ordersOf(evidence).filter(({ kind }) => kind !== 'consultation')
  const problems = whenever([orders.length === 0, '本周没有报修报警'])
  let late = false
  const seen = evidence.sights.map(({ text }) => text.replaceAll(/\s/g, '')).join()
  const records = orders.map((order) => {
    const { id, no, reportedAt, handleBy, repairBy, handledAt, repairedAt } = order
    const steps = stepsOf(evidence, id)
    const referral = steps.find(({ kind }) => kind === 'refer')
    if (referral) {
      problems.push(...whenever([!/已告知客户转至./.test(referral.note), `${no} 转介没有记告知和渠道`]))
      return `${no} ${at(referral.at)} ${referral.actorName}转介：${referral.note}`
    }
    problems.push(
      ...whenever(
        [handledAt === null || handledAt > handleBy, `${no} 没有在 6 小时内处理`],
        [repairedAt === null, `${no} 没有修复`],
      ),
    )
    if (repairedAt === null || handledAt === null) return no
    const times = `${no} 处理用 ${hours(handledAt - reportedAt)}、修复用 ${hours(repairedAt - reportedAt)}`
    if (repairedAt <= repairBy) return times
    late = true
    // What was late must have been seen as late while it was, with the reason for waiting written down.
    const pause = steps.find(({ kind }) => kind === 'pause')
    problems.push(
      ...whenever(
        [!seen.includes(no), `${no} 超过 24 小时，看板上没有看到逾期`],
        [pause === undefined || pause.note === '', `${no} 超过 24 小时，没有记原因`],
      ),
    )
    return `${times}，超过 24 小时：看板逾期在案，${at(pause?.at ?? null)} ${pause?.actorName ?? ''}记「${pause?.note ?? ''}」`
  })
  return { record: records.join('；'), problems, ...(late ? { result: '逾期在案' } : {}) }
}

export function dispatched(evidence: Evidence): Judgement {
  const orders = ordersOf(evidence).filter(({ kind }) => kind !== 'consultation')
  const problems = whenever([orders.length === 0, '本周没有派工的工单'])
  const records = orders.map(({ id, no, state }) => {
    const steps = stepsOf(evidence, id)
    const find = (kind: string) => steps.findLast((one) => one.kind === kind)
    const referral = find('refer') !== undefined
    const wanted = referral ? ['report', 'issue', 'refer', 'confirm', 'call-back', 'close'] : chain
    const lacking = wanted.filter((kind) => find(kind) === undefined)
    const workers = new Set(steps.filter(({ kind }) => workKinds.includes(kind)).map(({ workerId }) => workerId))
    const own = steps.filter(
      ({ kind, actorId }) => ['verify', 'call-back', 'close'].includes(kind) && workers.has(actorId),
    )
    problems.push(
      ...whenever(
        [state !== 'closed', `${no} 没有关闭`],
        [lacking.length > 0, `${no} 缺少 ${lacking.join('、')}`],
        [own.length > 0, `${no} 由办理人自己验证、回访或关闭`],
      ),
    )
    const who = (kind: string) => find(kind)?.actorName ?? '无'
    const verified = referral ? `${who('confirm')}核实转介` : `${who('verify')}验证`
    return `${no} ${verified}、${who('call-back')}回访、${who('close')} ${at(find('close')?.at ?? null)} 关闭`
  })
  return { record: `下达、派工、接单、到场、处理、修复齐全；${records.join('；')}`, problems }
}

export function supervised(evidence: Evidence): Judgement {
  const { query, since, sights } = evidence
  const seen = sights.filter(({ clause }) => clause === '14(3)')
  const [row] = query<{ finished: number; never: number; again: number }>(
    `SELECT count(*) AS finished, coalesce(sum(NOT EXISTS (SELECT 1 FROM followup_calls k WHERE k.subject_id = s.order_id)), 0) AS never,
       (SELECT count(*) FROM workorders WHERE reported_at > @since AND round > 1) AS again
     FROM workorder_steps s WHERE s.kind IN ('verify', 'confirm') AND s.at > @since`,
    { since },
  )
  return {
    record: `${seen.map(({ where, text }) => `${where}：${text}`).join('；')}；本周办完 ${row?.finished ?? 0} 件，从未回访 ${row?.never ?? 0} 件，重新办理 ${row?.again ?? 0} 件`,
    problems: whenever(
      [!seen.some(({ text }) => text.includes('逾期')), '看板上没有看到逾期的工单'],
      [(row?.finished ?? 0) === 0, '本周没有办完的工单'],
      [(row?.never ?? 0) > 0, `${row?.never ?? 0} 件办完后没有回访`],
    ),
  }
}

export function closedAfterCallback(evidence: Evidence): Judgement {
  const { query, since } = evidence
  const items = query<{ what: string; no: string; state: string; called: number | null; by: string | null }>(
    `SELECT i.what, i.no, i.state, (SELECT max(k.at) FROM followup_calls k WHERE k.subject_id = i.id AND k.result = 'satisfied') AS called,
       (SELECT k.actor_name FROM followup_calls k WHERE k.subject_id = i.id ORDER BY k.at DESC LIMIT 1) AS by FROM (
       SELECT '报修报警' AS what, id, order_no AS no, state FROM workorders WHERE reported_at > @since AND kind <> 'consultation'
       UNION ALL SELECT '投诉', id, complaint_no, state FROM complaints WHERE taken_at > @since
       UNION ALL SELECT '隐患', h.id, h.hazard_no, h.state FROM hazards h JOIN hazard_steps t ON t.hazard_id = h.id AND t.kind = 'find' WHERE t.at > @since) i`,
    { since },
  )
  const draws = query<{
    service: Service
    population: number
    size: number
    percent: number
    seed: string
    drawnAt: number
    open: number
    now: number
  }>(
    `SELECT d.service, d.population, d.size, d.percent, d.seed, d.at AS drawnAt, (SELECT max(at) FROM audit_log) AS now,
       (SELECT count(*) FROM followup_samples s WHERE s.draw_id = d.id AND s.state = 'due') AS open
     FROM followup_draws d WHERE d.at > ? AND d.population > 0`,
    since,
  )
  // What the hall drew by itself at the end of the month still has its days.
  const dueMs = catalog['followups.dueDays'].default * 24 * hourMs
  const called = ({ size, open: due, drawnAt }: (typeof draws)[number]) =>
    due === 0 ? `已回访 ${size} 件` : `已回访 ${size - due} 件，其余期限 ${at(drawnAt + dueMs)}`
  const open = items.filter(({ state, called }) => state !== 'closed' || called === null)
  const count = (what: string) => items.filter((one) => one.what === what).length
  return {
    record: [
      ['报修报警', '投诉', '隐患'].map((what) => `${what} ${count(what)} 件`).join('、') + ' 全部回访满意后关闭',
      ...draws.map(
        (draw) =>
          `${serviceNames[draw.service]} ${draw.population} 件按 ${draw.percent}% 抽 ${draw.size} 件，${called(draw)}`,
      ),
      `回访人 ${[...new Set(items.map(({ by }) => by ?? '无'))].join('、')}`,
    ].join('；'),
    problems: whenever(
      [['报修报警', '投诉', '隐患'].some((what) => count(what) === 0), '报修、投诉、隐患不齐'],
      [open.length > 0, `没有回访关闭：${open.map(({ no }) => no).join('、')}`],
      [draws.length === 0, '没有抽样回访'],
      [
        draws.some(({ population, size, percent }) => size !== Math.ceil((population * percent) / 100)),
        '抽取的件数不足比例',
      ],
      [!draws.some(({ open: due }) => due === 0), '没有一次抽样全部回访'],
      [draws.some(({ open: due, drawnAt, now }) => due > 0 && now > drawnAt + dueMs), '抽中的逾期没有回访'],
      [draws.some(({ seed }) => seed === ''), '没有保存抽取的种子'],
    ),
  }
}

export function complaintsAnswered({ query, since }: Evidence): Judgement {
  const found = query<{
    no: string
    takenAt: number
    takenBy: string
    repliedAt: number | null
    state: string
    investigator: string | null
    looked: number
    subject: string
    parties: number
  }>(
    `SELECT c.complaint_no AS no, c.taken_at AS takenAt, c.taken_by AS takenBy, c.first_replied_at AS repliedAt, c.state, c.investigator_name AS investigator,
       (SELECT count(*) FROM complaint_steps s WHERE s.complaint_id = c.id AND s.kind = 'investigate') AS looked, c.subject_no AS subject,
       (SELECT count(*) FROM complaint_parties p WHERE p.complaint_id = c.id AND p.staff_id = c.investigator_id) AS parties
     FROM complaints c WHERE c.taken_at > ? ORDER BY c.taken_at`,
    since,
  )
  const problems = whenever([found.length === 0, '本周没有投诉'])
  const records = found.map(({ no, takenAt, takenBy, repliedAt, state, investigator, looked, subject, parties }) => {
    problems.push(
      ...whenever(
        [looked === 0, `${no} 没有调查`],
        [repliedAt === null || repliedAt - takenAt > 48 * hourMs, `${no} 没有在 48 小时内回复`],
        [state !== 'closed', `${no} 没有关闭`],
        [parties > 0, `${no} 由被投诉人调查`],
      ),
    )
    const about = subject === '' ? '' : `（所指 ${subject}）`
    return `投诉 ${no}${about}${at(takenAt)} ${takenBy}受理，${investigator ?? '无'}调查，${at(repliedAt)} 回复，用 ${hours((repliedAt ?? takenAt) - takenAt)}；回访满意后关闭`
  })
  return { record: records.join('；'), problems }
}
