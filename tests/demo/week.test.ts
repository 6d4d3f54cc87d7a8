/** The judgement of the week: a record that does not show that a clause held is found out, whatever else is in order. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { openDriver, type Sqlite } from '../../src-main/platform/driver.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { weekClauses } from './week/clauses.ts'
import type { Evidence } from './week/evidence.ts'
import { judgeWeek, named, otherClauses, weekSummary, wrapped } from './week/summary.ts'
import { carried } from '../../src-renderer/regulation/carried.ts'
import { clauses } from '../../src-renderer/regulation/regulation.ts'

const clauseOf = (clause: string) => {
  const found = weekClauses.find((one) => one.clause === clause)
  if (!found) throw new Error(`no clause ${clause}`)
  return found
}
const emptyHands = {
  papers: [],
  books: [],
  refusals: [],
  sights: [],
  headquarters: { rows: 0, gaps: 0, violations: 0, hashOf: () => null, debit: 0 },
}
const refusal = (clause: string) => ({ clause, tried: '', said: '不能办理', by: 'backend' as const })

describe('a demo hall in which the week was not played', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await openTestHall({ empty: true })
    await seedDemoHall(hall.hall, undefined, { customers: 120, months: 24, every: 2, seed: 7 })
  })
  afterAll(() => hall.close())

  test('shows of no clause that it held, and says of each what is missing', () => {
    const evidence: Evidence = {
      ...emptyHands,
      // Later than all that was seeded.
      since: Date.now() + 10 * 365 * 86_400_000,
      query: (sql, ...params) => hall.hall.environment.sqlite.prepare(sql).all(...params) as never,
    }
    for (const { clause, problems } of judgeWeek(weekClauses, ({ judge }) => judge(evidence))) {
      expect(problems, clause).not.toEqual([])
      expect(problems.join(), clause).not.toContain('读不出来')
    }
  })
})

describe('a record', () => {
  const open: Sqlite[] = []
  afterEach(() => open.splice(0).forEach((sqlite) => sqlite.close()))

  type Row = Readonly<Record<string, string | number | null>>
  /** A hall that holds these rows and nothing else; a table is as wide as its first row. */
  function evidenceOf(tables: Readonly<Record<string, readonly Row[]>>, more: Partial<Evidence> = {}): Evidence {
    const sqlite = openDriver(':memory:')
    open.push(sqlite)
    for (const [table, rows] of Object.entries(tables)) {
      const columns = Object.keys(rows[0] ?? {})
      sqlite.exec(`CREATE TABLE ${table} (${columns.join(', ')})`)
      const insert = sqlite.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
      for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null))
    }
    return { ...emptyHands, since: 0, query: (sql, ...params) => sqlite.prepare(sql).all(...params) as never, ...more }
  }
  const problemsOf = (clause: string, evidence: Evidence) => clauseOf(clause).judge(evidence).problems
  const hour = 3_600_000
  const noon = Date.parse('2026-11-24T12:00:00+08:00')

  describe('of an alarm', () => {
    const order = {
      id: 'o',
      order_no: 'GD1',
      kind: 'alarm',
      urgent: 1,
      state: 'closed',
      reported_at: noon,
      handle_by: noon + 6 * hour,
      repair_by: noon + 24 * hour,
      handled_at: noon + hour,
      repaired_at: noon + 2 * hour,
      received_by: '马',
      advice: '["开窗"]',
      assignee_name: '张',
    }
    const leader = { order_id: 'o', name: '主任', told_at: noon + 60_000, told_by: '马' }
    const step = (kind: string, actor: string, worker: string | null, at = noon + 60_000) => ({
      order_id: 'o',
      no: at,
      kind,
      at,
      actor_id: actor,
      actor_name: actor,
      worker_id: worker,
      note: '',
    })
    const steps = [
      ...['report', 'issue', 'assign'].map((kind, i) => step(kind, 'm', null, noon + i)),
      ...['accept', 'arrive', 'handle', 'repair'].map((kind, i) => step(kind, 'm', 'z', noon + hour + i)),
      ...['verify', 'call-back', 'close'].map((kind, i) => step(kind, 'c', null, noon + 3 * hour + i)),
    ]
    const tables = { workorders: [order], workorder_leaders: [leader], workorder_steps: steps }

    test('holds when leaders and worker were told at once, and others closed it', () => {
      expect(problemsOf('5(6) 6(4) 18(1)', evidenceOf(tables))).toEqual([])
      expect(problemsOf('14(2)', evidenceOf(tables))).toEqual([])
      expect(problemsOf('10(5) 18(3)', evidenceOf(tables))).toEqual([])
    })
    test.each([
      [
        'a leader who was told after a quarter of an hour',
        { workorder_leaders: [{ ...leader, told_at: noon + hour / 4 }] },
        '没有立即报告领导',
      ],
      ['a leader who was not told', { workorder_leaders: [leader, { ...leader, told_at: null }] }, '有领导没有报告'],
      ['no advice', { workorders: [{ ...order, advice: '[]' }] }, '没有告知安全须知'],
      [
        'a worker sent an hour later',
        { workorder_steps: steps.map((one) => (one.kind === 'assign' ? { ...one, at: noon + hour } : one)) },
        '没有立即派工',
      ],
    ])('does not hold with %s', (_, change, problem) => {
      expect(problemsOf('5(6) 6(4) 18(1)', evidenceOf({ ...tables, ...change })).join()).toContain(problem)
    })
    test('does not hold when the worker verified the own work, or a step is missing', () => {
      const own = steps.map((one) => (one.kind === 'verify' ? { ...one, actor_id: 'z' } : one))
      expect(problemsOf('14(2)', evidenceOf({ ...tables, workorder_steps: own })).join()).toContain('由办理人自己')
      const less = steps.filter(({ kind }) => kind !== 'call-back')
      expect(problemsOf('14(2)', evidenceOf({ ...tables, workorder_steps: less })).join()).toContain('缺少 call-back')
    })
    test('past 24 hours holds only where it was seen as late and its reason was written down', () => {
      const late = { ...tables, workorders: [{ ...order, repaired_at: noon + 30 * hour }] }
      const problems = problemsOf('10(5) 18(3)', evidenceOf(late)).join()
      expect(problems).toContain('看板上没有看到逾期')
      expect(problems).toContain('没有记原因')
      const noted = {
        ...late,
        workorder_steps: [...steps, { ...step('pause', 'c', null, noon + 25 * hour), note: '等配件' }],
      }
      const sights = [{ clause: '14(3)', where: '看板', text: 'GD1 修复逾期 1 小时' }]
      const judged = clauseOf('10(5) 18(3)').judge(evidenceOf(noted, { sights }))
      expect(judged).toMatchObject({ problems: [], result: '逾期在案' })
    })
  })

  describe('of a complaint', () => {
    const complaint = {
      id: 'k',
      complaint_no: 'TS1',
      taken_at: noon,
      taken_by: '张',
      first_replied_at: noon + 47 * hour,
      state: 'closed',
      investigator_id: 'm',
      investigator_name: '马',
      subject_no: '',
    }
    const tables = {
      complaints: [complaint],
      complaint_steps: [{ complaint_id: 'k', kind: 'investigate' }],
      complaint_parties: [{ complaint_id: 'x', staff_id: 'x' }],
    }
    test('holds when it was investigated and answered within 48 hours', () => {
      expect(problemsOf('20', evidenceOf(tables))).toEqual([])
    })
    test.each([
      ['an answer after 49 hours', { complaints: [{ ...complaint, first_replied_at: noon + 49 * hour }] }, '48 小时'],
      ['no investigation', { complaint_steps: [{ complaint_id: 'k', kind: 'take' }] }, '没有调查'],
      ['one that stays open', { complaints: [{ ...complaint, state: 'replied' }] }, '没有关闭'],
      ['one complained of who investigates', { complaint_parties: [{ complaint_id: 'k', staff_id: 'm' }] }, '被投诉人'],
    ])('does not hold with %s', (_, change, problem) => {
      expect(problemsOf('20', evidenceOf({ ...tables, ...change })).join()).toContain(problem)
    })
  })

  describe('of an interruption', () => {
    const from = noon + 72 * hour
    const interruption = {
      id: 'i',
      interruption_no: 'TQ1',
      kind: 'planned',
      range: '望江路',
      state: 'resumed',
      from_at: from,
      to_at: from + 6 * hour,
      noticed_at: noon,
      interrupted_at: from,
      ended_at: from + 5 * hour,
      created_at: noon,
      affected: 1,
      issued_by: '陈',
    }
    const tables = {
      interruptions: [interruption],
      interruption_buildings: [{ interruption_id: 'i', posted_at: noon, posted_by: '赵' }],
      supply_resumptions: [
        { subject: 'interruption:i', outcome: 'resumed', service_point_id: 'p', at: from + 5 * hour },
      ],
      printings: ['interruption-door', 'interruption-slip', 'resumption-door'].map((kind) => ({ kind, number: 'TQ1' })),
    }
    const refusals = [refusal('18(2)')]
    test('holds when it was announced, posted, printed, and given back', () => {
      expect(problemsOf('18(2)', evidenceOf(tables, { refusals }))).toEqual([])
    })
    test.each([
      ['47 hours of notice', { interruptions: [{ ...interruption, noticed_at: from - 47 * hour }] }, '不到 48 小时'],
      [
        'a door without its notice',
        { interruption_buildings: [{ interruption_id: 'i', posted_at: null, posted_by: '' }] },
        '没有全部张贴',
      ],
      ['a household without gas', { interruptions: [{ ...interruption, affected: 2 }] }, '停气 2 户，恢复 1 户'],
      [
        'a beginning before its time',
        { interruptions: [{ ...interruption, interrupted_at: from - hour }] },
        '没有在通知的时段停气',
      ],
      ['notices that were not printed', { printings: [{ kind: 'interruption-door', number: 'TQ1' }] }, '没有全部打印'],
    ])('does not hold with %s', (_, change, problem) => {
      expect(problemsOf('18(2)', evidenceOf({ ...tables, ...change }, { refusals })).join()).toContain(problem)
    })
    test('does not hold where nobody tried to announce it too late', () => {
      expect(problemsOf('18(2)', evidenceOf(tables)).join()).toContain('没有拒绝的记录')
    })
  })

  describe('of a grave hazard', () => {
    const hazard = {
      id: 'h',
      hazard_no: 'YH1',
      grade: 'critical',
      first_deadline: '2026-12-09',
      found_on: '2026-11-24',
      finder_name: '张',
      notice_id: 'n',
      reported_to: '社区',
      passed_at: noon + 24 * hour,
      service_point_id: 'p',
    }
    const notice = { id: 'n', notice_no: 'ZG1', delivered_on: '2026-11-24', delivered_by: '张', received_by: '李' }
    const tables = {
      hazards: [hazard],
      hazard_steps: [
        { hazard_id: 'h', no: 1, kind: 'find', at: noon, passed: null, worker_name: '张' },
        { hazard_id: 'h', no: 2, kind: 'reinspect', at: noon + 24 * hour, passed: 1, worker_name: '孙' },
      ],
      rectification_notices: [notice],
      supply_holds: [{ subject: 'hazard:h', placed_at: noon, lifted_at: noon + 24 * hour }],
      supply_resumptions: [{ service_point_id: 'p', outcome: 'resumed', at: noon + 48 * hour }],
    }
    const more = { refusals: [refusal('19(3)')], papers: [{ name: 'a.pdf', text: 'ZG1' }] }
    test('holds when gas came back after the re-inspection only', () => {
      expect(problemsOf('19(3)', evidenceOf(tables, more))).toEqual([])
    })
    test.each([
      [
        'gas before the re-inspection',
        { supply_resumptions: [{ service_point_id: 'p', outcome: 'resumed', at: noon + hour }] },
        '复查合格前恢复了供气',
      ],
      [
        'gas cut an hour later',
        { supply_holds: [{ subject: 'hazard:h', placed_at: noon + hour, lifted_at: null }] },
        '没有立即停气',
      ],
      [
        'a notice nobody was given',
        { rectification_notices: [{ ...notice, delivered_on: null, received_by: null }] },
        '没有送达',
      ],
      ['no report', { hazards: [{ ...hazard, reported_to: '' }] }, '上报社区'],
    ])('does not hold with %s', (_, change, problem) => {
      expect(problemsOf('19(3)', evidenceOf({ ...tables, ...change }, more)).join()).toContain(problem)
    })
    test('does not hold without its paper', () => {
      expect(problemsOf('19(3)', evidenceOf(tables, { ...more, papers: [] })).join()).toContain('没有打印整改通知书')
    })
  })

  describe('of papers and reports', () => {
    test('holds only when every paper carries the 24-hour phone', () => {
      const tables = { settings: [{ key: 'company.servicePhone', value: '"956200"' }] }
      const good = { name: 'a.pdf', text: '24小时服务电话956200' }
      expect(problemsOf('10(3)', evidenceOf(tables, { papers: [good] }))).toEqual([])
      const papers = [good, { name: 'b.pdf', text: '24小时服务电话956100' }]
      expect(problemsOf('10(3)', evidenceOf(tables, { papers })).join()).toContain('b.pdf')
    })
    test('holds only when headquarters has the very content that was frozen', () => {
      const content = '{}'
      const hash = createHash('sha256').update(content).digest('hex')
      const rows = ['week', 'month'].flatMap((kind) =>
        Array.from({ length: 8 }, (_, i) => ({
          id: `${kind}${i}`,
          number: `BB-${kind}-${i}.`,
          report: 'repairs',
          period_kind: kind,
          period_from: '2026-11-23',
          period_to: '2026-11-29',
          hash,
          content,
          submitted_at: noon,
          submitted_by: '陈',
        })),
      )
      const text = rows.map(({ number }) => number).join('')
      const kept = { papers: [{ name: 'a', text }], books: [{ name: 'b', text }] }
      const there = (hashOf: () => string | null) => ({ ...kept, headquarters: { ...emptyHands.headquarters, hashOf } })
      const judge = (found: typeof rows, more: Partial<Evidence>) =>
        problemsOf('13 25(1)', evidenceOf({ report_submissions: found }, more)).join()
      expect(
        judge(
          rows,
          there(() => hash),
        ),
      ).toBe('')
      expect(
        judge(
          rows,
          there(() => null),
        ),
      ).toContain('总部没有收到')
      expect(
        judge(
          rows.map((row, i) => (i === 3 ? { ...row, content: '{"a":1}' } : row)),
          there(() => hash),
        ),
      ).toContain('摘要不符')
      expect(
        judge(
          rows.slice(1),
          there(() => hash),
        ),
      ).toContain('周报不齐')
      expect(judge(rows, { ...there(() => hash), books: [] })).toContain('没有 Excel')
    })
  })

  test('that cannot be read shows nothing, and the summary says which clause failed', () => {
    const [judged] = judgeWeek([clauseOf('20')], ({ judge }) => judge(evidenceOf({})))
    expect(judged?.problems.join()).toContain('记录读不出来')
    const facts = { from: '', to: '', runtime: '', folder: '', seconds: 0, screenshots: 0, pdfs: 0, books: 0 }
    const text = weekSummary(judged ? [judged] : [], facts)
    expect(text).toContain('1 条不成立：第 20 条')
    expect(text).toContain('✗ 不成立')
  })
})

test('a cell of the summary loses no character, and no line is wider than its column by more than a closing mark', () => {
  const texts = fc.string({ unit: fc.constantFrom('停', '气', '，', '。', '1', 'a', ' ', '：', '（', '）') })
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 40 }), (text, width) => {
      const lines = wrapped(text, width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
  expect(wrapped('报警 GD0010100000013，漏气', 20)).toEqual(['报警 GD0010100000013，', '漏气'])
})

test('the summary passes over no sub-item of the regulation: proved in the week, carried elsewhere, or nothing for software', () => {
  const proved = weekClauses.flatMap(({ clause }) => named(clause))
  const others = otherClauses(weekClauses, Object.keys(carried), carried)
  const covers = (id: string) => proved.includes(id) || proved.includes(id.replace(/\(.*/, ''))
  for (const { id } of clauses) expect(covers(id) || others.some(({ clause }) => clause === id), id).toBe(true)
  for (const { clause, words } of others) expect(words, clause).toMatch(/^(?:不由软件办理|本周没有演到)：?/)
  expect(named('10(8)(9) 11')).toEqual(['10(8)', '10(9)', '11'])
})
