/** Clauses of inspections, hazards, interruptions and gas given back: read back, and judged. */
import { addDays, shanghaiDate, shanghaiTime, type BusinessDate } from '../../../src-main/platform/dates.ts'
import { catalog } from '../../../src-main/platform/settings-catalog.ts'
import type { Evidence } from './evidence.ts'
import { minuteMs, hourMs, at, hours, whenever, refusalOf, refused, type Judgement } from './judgement.ts'

export function inspected(evidence: Evidence): Judgement {
  const { query, since } = evidence
  const on = shanghaiDate(since)
  const [cover] = query<{ accounts: number; missing: number }>(
    `SELECT count(*) AS accounts, coalesce(sum(NOT EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.account_id = a.id
       AND t.period_from <= @on AND t.period_to >= @on)), 0) AS missing FROM accounts a WHERE a.state = 'active' AND a.opened_on < @on`,
    { on },
  )
  const rounds = query<{
    no: string
    open: number
    visited: number
    assignee: string
    at: number
    results: string
    again: number
  }>(
    `SELECT r.round_no AS no, r.assignee_name AS assignee, r.assigned_at AS at,
       (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id AND t.state = 'planned') AS open,
       (SELECT count(DISTINCT v.task_id) FROM inspection_visits v WHERE v.round_id = r.id AND v.voided_at IS NULL) AS visited,
       (SELECT count(*) FROM inspection_visits v JOIN inspection_tasks t ON t.id = v.task_id
          WHERE v.round_id = r.id AND v.outcome = 'absent' AND t.visit_on > v.visited_on) AS again,
       (SELECT group_concat(n || ' 户' || name, '、') FROM (
          SELECT count(*) AS n, CASE outcome WHEN 'passed' THEN '合格' WHEN 'hazard' THEN '隐患' WHEN 'absent' THEN '不遇' ELSE '拒检' END AS name
          FROM inspection_visits v WHERE v.round_id = r.id GROUP BY outcome ORDER BY n DESC)) AS results
     FROM inspection_rounds r
     WHERE EXISTS (SELECT 1 FROM inspection_visits v WHERE v.round_id = r.id AND v.entered_at > ?)`,
    since,
  )
  return {
    record: [
      `在用 ${cover?.accounts ?? 0} 户都有本期安检计划`,
      ...rounds.map(
        ({ no, at: given, assignee, visited, results, again }) =>
          `任务单 ${no} ${at(given)} 派${assignee}，${visited} 户全部上门：${results}；不遇的 ${again} 户已排再次上门`,
      ),
    ].join('；'),
    problems: whenever(
      [(cover?.accounts ?? 0) === 0, '没有在用的户'],
      [(cover?.missing ?? 1) > 0, `${cover?.missing ?? 0} 户没有本期安检计划`],
      [rounds.length === 0, '本周没有安检'],
      [rounds.some(({ open }) => open > 0), '任务单没有做完'],
    ),
  }
}

interface Interruption {
  readonly id: string
  readonly no: string
  readonly range: string
  readonly state: string
  readonly fromAt: number
  readonly toAt: number
  readonly noticedAt: number | null
  readonly interruptedAt: number | null
  readonly endedAt: number | null
  readonly affected: number
  readonly issuedBy: string
}

const interruptionsOf = ({ query, since }: Evidence): Interruption[] =>
  query<Interruption>(
    `SELECT id, interruption_no AS no, range, state, from_at AS fromAt, to_at AS toAt, noticed_at AS noticedAt,
       interrupted_at AS interruptedAt, ended_at AS endedAt, affected, issued_by AS issuedBy
     FROM interruptions WHERE kind = 'planned' AND created_at > ?`,
    since,
  )

export function specialCare(evidence: Evidence): Judgement {
  const found = interruptionsOf(evidence).flatMap(({ id, no, interruptedAt }) =>
    evidence
      .query<{ name: string; toldAt: number | null; toldBy: string | null }>(
        `SELECT u.name, (SELECT max(k.at) FROM interruption_calls k WHERE k.care_id = c.id AND k.result = 'told') AS toldAt,
           (SELECT k.by FROM interruption_calls k WHERE k.care_id = c.id AND k.result = 'told' ORDER BY k.at DESC LIMIT 1) AS toldBy
         FROM interruption_care c JOIN customers u ON u.id = c.customer_id WHERE c.interruption_id = ? ORDER BY c.id`,
        id,
      )
      .map((one) => ({ ...one, no, interruptedAt })),
  )
  const late = found.filter(
    ({ toldAt, interruptedAt }) => toldAt === null || (interruptedAt !== null && toldAt > interruptedAt),
  )
  const [first] = found
  return {
    record: first
      ? `停气 ${first.no} 范围内 ${found.length} 位特殊客户，停气前全部电话告知（${first.name} ${at(first.toldAt)} ${first.toldBy ?? ''} 等）`
      : '',
    problems: whenever(
      [found.length === 0, '本周没有告知过特殊客户'],
      [late.length > 0, `${late.length} 位特殊客户没有在停气前告知`],
    ),
  }
}

const certificateNames: Readonly<Record<string, string>> = {
  maintenance: '维修证',
  emergency: '抢修证',
  inspection: '安检证',
  callback: '回访证',
}

export function certified(evidence: Evidence): Judgement {
  const { query, since } = evidence
  const acts = query<{ kind: string; staffId: string | null; name: string; at: number; held: number }>(
    `SELECT a.kind, a.staffId, m.name, a.at, EXISTS (SELECT 1 FROM certificates c WHERE c.staff_id = a.staffId AND c.kind = a.kind
         AND c.issued_on <= date(a.at / 1000, 'unixepoch', '+8 hours') AND c.valid_to >= date(a.at / 1000, 'unixepoch', '+8 hours')
         AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(a.at / 1000, 'unixepoch', '+8 hours'))) AS held FROM (
       SELECT CASE o.kind WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END AS kind, s.worker_id AS staffId, s.at
         FROM workorder_steps s JOIN workorders o ON o.id = s.order_id WHERE s.kind IN ('accept', 'arrive', 'handle', 'repair')
       UNION ALL SELECT 'inspection', inspector_id, entered_at FROM inspection_visits
       UNION ALL SELECT 'inspection', worker_id, at FROM hazard_steps WHERE kind = 'reinspect'
       UNION ALL SELECT 'maintenance', tester_id, at FROM supply_resumptions WHERE outcome = 'resumed'
       UNION ALL SELECT 'callback', actor_id, at FROM followup_calls) a
     LEFT JOIN staff m ON m.id = a.staffId WHERE a.at > ?`,
    since,
  )
  const kinds = Object.keys(certificateNames)
  const summary = kinds.map((kind) => {
    const done = acts.filter((act) => act.kind === kind)
    const who = [...new Set(done.map(({ name }) => name))].join('、')
    return `${certificateNames[kind] ?? kind} ${done.length} 次（${who}）`
  })
  return {
    record: `本周须持证的工作：${summary.join('、')}，办理当日证件全部有效，办理人都是本单位员工${refused(evidence, '10(8)')}`,
    problems: [
      ...kinds
        .filter((kind) => !acts.some((act) => act.kind === kind))
        .map((kind) => `本周没有用到${certificateNames[kind] ?? kind}`),
      ...whenever(
        [acts.some(({ held }) => held === 0), '有无证或证件失效的人员办理'],
        [acts.some(({ staffId, name }) => staffId === null || name === null), '有不是本单位员工的人员办理'],
      ),
      ...refusalOf(evidence, '10(8)'),
    ],
  }
}

/** Pascals, minutes, pascals: what a tightness test must show. */
const demand = {
  pressurePa: catalog['installations.tightnessPa'].default,
  minutes: (resident: boolean) =>
    catalog[resident ? 'installations.tightnessMinutesResident' : 'installations.tightnessMinutesOther'].default,
  dropPa: catalog['installations.tightnessDropPa'].default,
}

export function testedBeforeGas(evidence: Evidence): Judgement {
  const { query, since } = evidence
  const rows = query<{
    at: number
    resident: number
    pressurePa: number | null
    minutes: number | null
    dropPa: number | null
    safe: number
    tester: string | null
    no: string | null
  }>(
    `SELECT r.at, c.category = 'resident' AS resident, r.pressure_pa AS pressurePa, r.minutes, r.drop_pa AS dropPa, r.safe,
       r.tester_name AS tester, r.notice_no AS no
     FROM supply_resumptions r JOIN customers c ON c.id = r.customer_id WHERE r.outcome = 'resumed' AND r.at > ? ORDER BY r.at`,
    since,
  )
  const given = query<{ n: number }>(
    `SELECT count(*) AS n FROM customer_events WHERE kind = 'supply' AND title = '恢复供气' AND at > ?`,
    since,
  )[0]?.n
  const untested = rows.filter(
    ({ resident, pressurePa, minutes, dropPa }) =>
      (pressurePa ?? 0) < demand.pressurePa ||
      (minutes ?? 0) < demand.minutes(resident === 1) ||
      (dropPa ?? Infinity) > demand.dropPa,
  )
  const night = rows.filter(({ at: instant, resident }) => {
    const { hour } = shanghaiTime(instant)
    return resident === 1 && (hour >= 22 || hour < 6)
  })
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    record: `恢复供气 ${rows.length} 户（通知单 ${first?.no ?? '无'} 至 ${last?.no ?? '无'}，试验人 ${[...new Set(rows.map(({ tester }) => tester ?? '无'))].join('、')}），每户都有合格的严密性试验（${demand.pressurePa / 1000} kPa，居民 ${demand.minutes(true)} 分钟、非居民 ${demand.minutes(false)} 分钟）和安全检查${refused(evidence, '17(2)')}`,
    problems: [
      ...whenever(
        [rows.length === 0, '本周没有恢复供气'],
        [untested.length > 0, `${untested.length} 户没有合格的严密性试验`],
        [rows.some(({ safe }) => safe !== 1), '有安全检查不合格的户恢复了供气'],
        [rows.some(({ tester }) => tester === null), '有没有试验人的记录'],
        [night.length > 0, `${night.length} 户居民在夜间恢复了供气`],
        [given !== rows.length, '恢复供气与客户档案的记录不一致'],
      ),
      ...refusalOf(evidence, '17(2)'),
    ],
  }
}

export function announced(evidence: Evidence): Judgement {
  const { query } = evidence
  const found = interruptionsOf(evidence)
  const problems = [...whenever([found.length === 0, '本周没有计划停气']), ...refusalOf(evidence, '18(2)')]
  const records = found.map(
    ({ id, no, range, state, fromAt, toAt, noticedAt, interruptedAt, endedAt, affected, issuedBy }) => {
      const [posted] = query<{ n: number; open: number; last: number | null; by: string }>(
        `SELECT count(*) AS n, sum(posted_at IS NULL) AS open, max(posted_at) AS last, max(posted_by) AS by
       FROM interruption_buildings WHERE interruption_id = ?`,
        id,
      )
      const [resumed] = query<{ n: number; last: number | null }>(
        `SELECT count(DISTINCT service_point_id) AS n, max(at) AS last FROM supply_resumptions WHERE subject = ? AND outcome = 'resumed'`,
        `interruption:${id}`,
      )
      const printed = query<{ kind: string }>(
        `SELECT DISTINCT kind FROM printings WHERE number = ? AND kind IN ('interruption-door', 'interruption-slip', 'resumption-door')`,
        no,
      ).length
      const ahead = noticedAt === null ? 0 : fromAt - noticedAt
      problems.push(
        ...whenever(
          [ahead < 48 * hourMs, `${no} 提前不到 48 小时通知`],
          [(posted?.n ?? 0) === 0 || posted?.open !== 0, `${no} 通知没有全部张贴`],
          [(posted?.last ?? Infinity) > fromAt - 24 * hourMs, `${no} 通知张贴太晚`],
          [interruptedAt === null || interruptedAt < fromAt || interruptedAt > toAt, `${no} 没有在通知的时段停气`],
          [state !== 'resumed' || endedAt === null, `${no} 没有结束`],
          [resumed?.n !== affected, `${no} 停气 ${affected} 户，恢复 ${resumed?.n ?? 0} 户`],
          [printed < 3, `${no} 通知没有全部打印`],
        ),
      )
      return `停气 ${no}（${range} ${affected} 户，${issuedBy}签发）：${at(noticedAt)} 通知，提前 ${hours(ahead)}；${posted?.n ?? 0} 处由${posted?.by ?? '无'}张贴；${at(interruptedAt)} 停气，${at(endedAt)} 结束，${at(resumed?.last ?? null)} 前 ${resumed?.n ?? 0} 户全部恢复`
    },
  )
  return { record: `${records.join('；')}${refused(evidence, '18(2)')}`, problems }
}

interface GraveHazard {
  readonly id: string
  readonly no: string
  readonly grade: string
  readonly deadline: string
  readonly foundOn: string
  readonly enteredAt: number
  readonly finder: string
  readonly noticeNo: string
  readonly deliveredOn: string | null
  readonly deliveredBy: string | null
  readonly receivedBy: string | null
  readonly reportedTo: string
  readonly passedAt: number | null
  readonly point: string
}

const graveHazards = ({ query, since }: Evidence): GraveHazard[] =>
  query<GraveHazard>(
    `SELECT h.id, h.hazard_no AS no, h.grade, h.first_deadline AS deadline, h.found_on AS foundOn, t.at AS enteredAt, h.finder_name AS finder,
       n.notice_no AS noticeNo, n.delivered_on AS deliveredOn, n.delivered_by AS deliveredBy, n.received_by AS receivedBy,
       h.reported_to AS reportedTo, h.passed_at AS passedAt, h.service_point_id AS point
     FROM hazards h JOIN hazard_steps t ON t.hazard_id = h.id AND t.kind = 'find' JOIN rectification_notices n ON n.id = h.notice_id
     WHERE h.grade <> 'general' AND t.at > ?`,
    since,
  )

export function suspendedForHazard(evidence: Evidence): Judgement {
  const found = graveHazards(evidence)
  const problems = [...whenever([found.length === 0, '本周没有较大及以上隐患']), ...refusalOf(evidence, '19(3)')]
  const records = found.map((hazard) => {
    const {
      id,
      no,
      noticeNo,
      enteredAt,
      deliveredOn,
      receivedBy,
      deliveredBy,
      passedAt,
      reportedTo,
      foundOn,
      deadline,
    } = hazard
    const [hold] = evidence.query<{ placedAt: number; liftedAt: number | null }>(
      'SELECT placed_at AS placedAt, lifted_at AS liftedAt FROM supply_holds WHERE subject = ?',
      `hazard:${id}`,
    )
    const [again] = evidence.query<{ at: number; worker: string | null }>(
      `SELECT at, worker_name AS worker FROM hazard_steps WHERE hazard_id = ? AND kind = 'reinspect' AND passed = 1 ORDER BY no DESC LIMIT 1`,
      id,
    )
    const resumptions = evidence.query<{ at: number }>(
      `SELECT at FROM supply_resumptions WHERE service_point_id = ? AND outcome = 'resumed' AND at > ? ORDER BY at`,
      hazard.point,
      enteredAt,
    )
    const gas = resumptions[0]?.at ?? null
    const paper = evidence.papers.find(({ text }) => text.includes(noticeNo))
    problems.push(
      ...whenever(
        [deadline <= foundOn || deadline > addDays(foundOn as BusinessDate, 365), `${no} 没有限期`],
        [paper === undefined, `${no} 没有打印整改通知书`],
        [deliveredOn === null || receivedBy === null, `${no} 整改通知书没有送达`],
        [hold === undefined || hold.placedAt - enteredAt > minuteMs, `${no} 没有立即停气`],
        [again === undefined || passedAt === null, `${no} 没有复查合格`],
        [gas !== null && (passedAt === null || gas < passedAt), `${no} 复查合格前恢复了供气`],
        [gas === null, `${no} 没有恢复供气的记录`],
        [reportedTo === '', `${no} 没有记上报社区或主管部门`],
      ),
    )
    return `隐患 ${no}：通知书 ${noticeNo} 限 ${deadline} 前整改，${deliveredOn ?? '无'} ${deliveredBy ?? ''}送达${receivedBy ?? ''}；${at(hold?.placedAt ?? null)} 停气；报${reportedTo}；${at(passedAt)} ${again?.worker ?? '无'}复查合格；${at(gas)} 恢复供气`
  })
  return { record: `${records.join('；')}${refused(evidence, '19(3)')}`, problems }
}

export function stayedOnSite({ query, since }: Evidence): Judgement {
  const found = query<{
    no: string
    measures: string
    finder: string
    mender: string
    calledAt: number
    arrivedAt: number | null
    releasedAt: number | null
    passedOn: string | null
    inspector: string | null
  }>(
    `SELECT h.hazard_no AS no, h.measures, h.finder_name AS finder, h.mender, h.support_called_at AS calledAt,
       h.support_arrived_at AS arrivedAt, h.released_at AS releasedAt, h.passed_on AS passedOn,
       (SELECT s.worker_name FROM hazard_steps s WHERE s.hazard_id = h.id AND s.kind = 'reinspect' AND s.passed = 1 ORDER BY s.no DESC LIMIT 1) AS inspector
     FROM hazards h JOIN hazard_steps t ON t.hazard_id = h.id AND t.kind = 'find' WHERE h.support_called_at IS NOT NULL AND t.at > ?`,
    since,
  )
  const problems = whenever([found.length === 0, '本周没有须监护的隐患'])
  const records = found.map(
    ({ no, measures, finder, mender, calledAt, arrivedAt, releasedAt, passedOn, inspector }) => {
      const inOrder = arrivedAt !== null && releasedAt !== null && calledAt <= arrivedAt && arrivedAt <= releasedAt
      problems.push(
        ...whenever(
          [measures === '', `${no} 没有临时措施`],
          [mender !== 'company', `${no} 不是公司整改的隐患`],
          [!inOrder, `${no} 没有完整的监护时间`],
          [
            passedOn === null || (releasedAt !== null && passedOn > shanghaiDate(releasedAt)),
            `${no} 整改合格以前就撤离了`,
          ],
        ),
      )
      return `隐患 ${no}（${finder}）：${measures}；${at(calledAt)} 呼叫支援，${at(arrivedAt)} 到达，${passedOn ?? '无'} ${inspector ?? '无'}复查合格、试验用气正常，${at(releasedAt)} 撤离`
    },
  )
  return { record: records.join('；'), problems }
}
