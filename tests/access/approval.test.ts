import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Begin, Detail } from '../../src-main/appraisal/api.ts'
import { ApprovePlan, Drafts, examplePlans, PlanContent, SavePlan } from '../../src-main/emergency/api.ts'
import {
  approvalLifetimeMs,
  approvalPurposeNames,
  Approve,
  ApproversLacking,
  ChangePassword,
  Login,
  ResetPassword,
  type Approval,
} from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { consumeApproval } from '../../src-main/platform/approvals.ts'
import {
  approvalPurposes,
  approvalSubject,
  approvalTerms,
  termsInWords,
  type ApprovalPurpose,
  type TermsOf,
} from '../../src-main/platform/approval-terms.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { fen } from '../../src-main/platform/money.ts'
import { ApproveMerit, RecordMerit } from '../../src-main/staff/api.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { openRealHall } from '../support/real-sessions.ts'
import { approvalOf } from '../support/approval.ts'
import { showNotes, showSubject } from '../../src-renderer/access/audit-words.ts'

const terms = { paymentId: '018f0000-0000-7000-8000-000000000001', amount: fen(1_000), reason: '收错户' }
const approval = { purpose: 'reversal', terms } as const
let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

/** What a money call does with an approval, inside its transaction. */
const use = (approvalId: string, as: Role = 'cashier', what: Partial<typeof terms> = {}) =>
  hall.hall.transact('test', actorOf(as), (context) =>
    consumeApproval(context, approvalId, 'reversal', { ...terms, ...what }),
  )
const ask = (staffNo: string, password: string, as: Role = 'cashier') =>
  hall.call(Approve, { staffNo, password, approval }, as)

describe('an approval', () => {
  test('counts once, for the act it was given for', async () => {
    const approvalId = await approvalOf(hall, approval)
    expect(use(approvalId)).toEqual({ approverId: actorOf('hall-manager').id, approverName: '李主任' })
    expect(() => use(approvalId)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
  })

  test('is not used up by a money call that failed', async () => {
    const approvalId = await approvalOf(hall, approval)
    const failing = () =>
      hall.hall.transact('test', actorOf('cashier'), (context) => {
        consumeApproval(context, approvalId, 'reversal', terms)
        throw new Error('power cut')
      })
    expect(failing).toThrow('power cut')
    expect(use(approvalId).approverName).toBe('李主任')
  })

  test('for other terms, another purpose, another person or an invented number is refused', async () => {
    const approvalId = await approvalOf(hall, approval)
    const refund = await approvalOf(hall, {
      purpose: 'refund',
      terms: { accountId: terms.paymentId, amount: fen(1_000), means: 'cash', reference: '', reason: '收错户' },
    })
    for (const attempt of [
      () => use(approvalId, 'cashier', { paymentId: crypto.randomUUID() }),
      () => use(approvalId, 'cashier', { amount: fen(400_000) }),
      () => use(approvalId, 'cashier', { reason: '别的原因' }),
      () => use(approvalId, 'clerk'),
      () => use(refund),
      () => use(crypto.randomUUID()),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
    }
  })

  /** One act of each purpose, as its call states it. */
  const acts: { [P in ApprovalPurpose]: TermsOf<P> } = {
    reversal: terms,
    adjustment: {
      billId: terms.paymentId,
      meterNo: 'M0000001',
      volume: -20_000,
      amount: fen(-1_786),
      lateFee: fen(120),
      reason: '抄表读错',
    },
    refund: { accountId: terms.paymentId, amount: fen(1_000), means: 'transfer', reference: 'T1', reason: '迁走' },
    'over-short': { of: 'day:2026-11-23/01', amount: fen(-500), reason: '找错零' },
    'late-reply': { complaintId: terms.paymentId, repliedAt: '2026-11-23 09:00', reason: '通话录音 12 号' },
    'emergency-interruption': {
      interruptionId: terms.paymentId,
      range: '阳光花园',
      accounts: '',
      reason: '阀井进水',
    },
    'interruption-start': {
      ...{ interruptionId: terms.paymentId, range: '阳光花园', lacking: '还有 1 处没有登记张贴停气通知' },
      reason: '楼门拆除，已逐户发短信',
    },
    'night-resumption': { servicePointId: terms.paymentId, account: '001', consent: '王女士', reason: '家有病人' },
    'hazard-grade': { taskId: terms.paymentId, findings: '漏气，定为一般', reason: '复测无泄漏' },
    'contract-signature': {
      ...{ contractId: terms.paymentId, contract: 'HT1', onFile: '赵敏', signatory: '趙敏' },
      reason: '繁体签名',
    },
    'hazard-misfiled': {
      ...{ hazardId: terms.paymentId, hazard: 'YH1', account: '001', findings: '较大：私接三通', right: '002' },
      reason: '户号看错',
    },
    'hazard-lower': {
      ...{ hazardId: terms.paymentId, hazard: 'YH1', account: '001', findings: '较大：私接三通' },
      ...{ change: '较大 → 一般', reason: '复核不是私接' },
    },
    'customer-class': {
      customerId: terms.paymentId,
      name: '鸿运饭店',
      change: '商业 → 居民',
      pricePlans: '100：商业 → 居民阶梯',
      duty: '每季 1 次 → 每年 2 次',
      paper: '房产或场所证明 房产证.pdf',
      reason: '改为自住',
    },
    'fee-item': {
      ...{
        act: '新建收费项目',
        item: '补卡（服务，入服务收入）',
        effectiveFrom: '2026-12-01',
        document: '示例价〔2026〕2号',
      },
      ...{ price: '10.00 元/张，税率 6%', scope: '柜台；居民、非居民', reason: '' },
    },
    'arrears-suspension': { dunningId: terms.paymentId, owed: fen(50_000), reason: '三次催缴' },
    'paper-contract': {
      contractId: terms.paymentId,
      contract: '供用气合同 1',
      onFile: '王小明',
      paperNo: 'ZZ-2019-7',
      signedOn: '2019-05-01',
      validUntil: '2029-04-30',
      signatory: '王小明',
      companySignatory: '李经办',
      scan: '合同.pdf',
      reason: '老用户，原合同在档',
    },
    deputy: {
      staffId: terms.paymentId,
      staffNo: '1001',
      name: '钱柜员',
      fromOn: '2026-11-24',
      toOn: '2026-11-30',
      reason: '主任出差',
    },
    'debt-stays': {
      processId: terms.paymentId,
      business: '停用 TY1',
      account: '1 王小明',
      principal: fen(1_000),
      owed: fen(1_100),
      reason: '转法务追收',
    },
    'closing-unremoved': {
      processId: terms.paymentId,
      account: '1 王小明',
      ground: '房屋已拆、表具灭失',
      seen: '已封堵',
      reading: '表 M1',
      reason: '征收拆除',
    },
    'transfer-absence': {
      processId: terms.paymentId,
      absence: 'deceased',
      customerId: terms.paymentId,
      holder: '周示例',
      reason: '已公证',
    },
    'approving-role': { staffId: terms.paymentId, staffNo: '6009', name: '周示例', roles: '营业厅主任' },
    'certificate-backdate': {
      ...{ staffId: terms.paymentId, staffNo: '6009', name: '周示例', certificate: '维修证', number: 'WX-1' },
      ...{ issuedOn: '2026-01-01', reason: '转岗时漏登' },
    },
    'import-undo': {
      ...{ importId: terms.paymentId, importNo: 'DR001', file: '客户.xlsx', rows: 30, brought: '新建客户 30 位' },
      reason: '选错了文件',
    },
    'carried-lift': { matterId: terms.paymentId, account: '001', what: '隐患停气：漏气', reason: '已修复' },
    'carried-list': { matterId: terms.paymentId, count: 1, accounts: '001 漏气', reason: '查过存根' },
    'import-window': { no: 2, act: '重新开放迁入期', reason: '并入乡镇站' },
    'import-supplied': {
      ...{ importId: terms.paymentId, file: '客户.xlsx', hash: '0a'.repeat(32) },
      ...{ supplied: 3, reason: '并入乡镇站' },
    },
    restore: { fileName: 'hall-20261123-220000.db', reason: '磁盘损坏' },
    'safety-setting': { key: 'supply.noticeHours', setting: '计划停气提前通知', value: '72 小时' },
    price: {
      act: '新价格',
      code: 'A',
      plan: '居民阶梯（居民，阶梯自每年 01-01 起算）',
      replaces: '2026-12-01',
      effectiveFrom: '2027-01-01',
      document: '1 号',
      price: '3.20 元',
      reason: '调价',
    },
  }
  test.each(approvalPurposes)('of %s is read by the second person and later in the log without a code', (purpose) => {
    const read = (stated: Record<string, unknown>) => termsInWords({ purpose, terms: stated } as unknown as Approval)
    const stated: Record<string, unknown> = acts[purpose]
    for (const { name, value } of read(stated)) {
      expect(name).toMatch(/^\p{Script=Han}+$/u)
      expect(showNotes({ purpose: approvalPurposeNames[purpose], terms: stated })).toContain(`${name} ${value}`)
    }
    expect(showSubject(approvalSubject({ purpose, terms: stated } as unknown as Approval))).not.toContain('记录')
    for (const [term, schema] of Object.entries(approvalTerms[purpose].shape as Record<string, z.ZodType>)) {
      if (!(schema instanceof z.ZodEnum)) continue
      const others = read(stated).length
      for (const code of schema.options) {
        const words = read({ ...stated, [term]: code })
        expect(words).toHaveLength(others)
        expect(words.map(({ value }) => value)).not.toContain(code)
      }
    }
    // A bare code is no term that is read out.
    const told = new Set(read(stated).map(({ value }) => value))
    const bare = Object.entries(stated).filter(
      ([, value]) => /^[a-z-]+$/.test(String(value)) && told.has(String(value)),
    )
    for (const [term] of bare)
      expect((approvalTerms[purpose].shape as Record<string, unknown>)[term]).toBeInstanceOf(z.ZodEnum)
  })
  test.each(approvalPurposes)('of %s is void when any of its terms is another', async (purpose) => {
    const stated: Record<string, string | number> = acts[purpose]
    const attempt = (approvalId: string, of: typeof stated) =>
      hall.hall.transact('test', actorOf('administrator'), (context) =>
        consumeApproval(context, approvalId, purpose, of as never),
      )
    const agreed = { purpose, terms: stated } as unknown as Approval
    const approvalId = await approvalOf(hall, agreed, 'administrator')
    for (const [name, value] of Object.entries(stated)) {
      const others =
        typeof value === 'number'
          ? [value + 1, -value, value * 100]
          : [`${value}0`, `${value}，另`, crypto.randomUUID()]
      for (const other of others) {
        // What is no such term at all is refused as well, by its form.
        expect(() => attempt(approvalId, { ...stated, [name]: other }), `${name}: ${other}`).toThrow()
      }
    }
    expect(attempt(approvalId, stated).approverName).toBe('李主任')
  })

  test('is good for five minutes', async () => {
    const late = await approvalOf(hall, approval)
    hall.clock.advance(approvalLifetimeMs)
    expect(() => use(late)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
    const inTime = await approvalOf(hall, approval)
    hall.clock.advance(approvalLifetimeMs - 1)
    expect(use(inTime).approverName).toBe('李主任')
  })

  test('dies with the manager’s role', async () => {
    const approvalId = await approvalOf(hall, approval)
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE staff SET roles = '["clerk"]' WHERE staff_no = 'hall-manager'`))
    expect(() => use(approvalId)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
  })

  test('is never one’s own, nor that of somebody who is no hall manager', async () => {
    hall.transact((context) => {
      setPassword(context, actorOf('hall-manager').id, 'Kanban-Qiu-73')
      setPassword(context, actorOf('clerk').id, 'Zhaohu-Mao-58')
    })
    expect(await ask('hall-manager', 'Kanban-Qiu-73', 'hall-manager')).toMatchObject({
      ok: false,
      message: '不能批准自己办理的业务，请另一位营业厅主任批准',
    })
    expect(await ask('clerk', 'Zhaohu-Mao-58')).toMatchObject({ ok: false })
    // A right password is no agreement: nobody reads 通过 in the log.
    const logged = hall.hall.environment.sqlite
      .prepare(`SELECT detail ->> '$.result' FROM audit_log WHERE call = 'access.approve'`)
      .pluck()
      .all()
    expect(logged).toEqual(['turned-down', 'turned-down'])
    expect(await ask('administrator', 'Guanli-Deng-64')).toMatchObject({ ok: false })
    expect(() => hall.transact(({ sqlite }) => sqlite.exec(selfApproval))).toThrow('approvals_other_person')
  })

  test('with a wrong password is refused, and the failure counts for the lock-out', async () => {
    hall.transact((context) => setPassword(context, actorOf('hall-manager').id, 'Kanban-Qiu-73'))
    for (let i = 0; i < 5; i++) expect(await ask('hall-manager', 'a guess')).toMatchObject({ ok: false })
    await hall.restart()
    expect(await ask('hall-manager', 'Kanban-Qiu-73')).toMatchObject({
      ok: false,
      lockedUntil: expect.any(Number) as number,
    })
  })

  test('says in the audit log what was agreed to, and what it was used for, under one hash', async () => {
    const approvalId = await approvalOf(hall, approval)
    use(approvalId)
    const [asked, used] = hall.hall.environment.sqlite
      .prepare(
        `SELECT call, subject, detail FROM audit_log WHERE call IN ('access.approve', 'test') ORDER BY seq DESC LIMIT 2`,
      )
      .all()
      .toReversed()
      .map((row) => JSON.parse((row as { detail: string }).detail) as Record<string, unknown>)
    expect(asked).toMatchObject({ purpose: '冲正', terms, approver: '李主任' })
    expect(used).toMatchObject({ approvedFor: '冲正', approver: '李主任', termsHash: asked?.['termsHash'] })
  })

  test('is what was agreed to, whoever writes below the service: terms stand, it is used once, it never goes', async () => {
    const approvalId = await approvalOf(hall, approval)
    const write = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.exec(sql))
    for (const column of ['terms', 'terms_hash', 'requested_by', 'expires_at'])
      expect(write(`UPDATE approvals SET used_at = 1, ${column} = 'x'`)).toThrow()
    expect(write('DELETE FROM approvals')).toThrow('never go')
    use(approvalId)
    expect(write('UPDATE approvals SET used_at = NULL')).toThrow('only ever used')
  })

  test('stays on this PC: headquarters gets what was approved, not the approval slip', async () => {
    await approvalOf(hall, approval)
    const entities = hall.hall.environment.sqlite.prepare('SELECT DISTINCT entity FROM outbox').pluck().all()
    expect(entities).not.toContain('approvals')
  })
})

describe('a password that somebody else set', () => {
  const manager = actorOf('hall-manager')
  const set = (password: string) => hall.call(ResetPassword, { staffId: manager.id, password }, 'administrator')
  const asManager = (password: string) =>
    hall.transact((context) => setPassword({ ...context, actor: manager }, manager.id, password))

  test('agrees to nothing until its owner has chosen another', async () => {
    await set('Chushi-Huo-29')
    expect(await ask('hall-manager', 'Chushi-Huo-29')).toMatchObject({
      ok: false,
      message: expect.stringContaining('本人尚未更换') as string,
    })
    asManager('Kanban-Qiu-73')
    expect(await ask('hall-manager', 'Kanban-Qiu-73')).toMatchObject({ ok: true })
  })

  test('agrees for a day to nothing that whoever set it asks for', async () => {
    await set('Chushi-Huo-29')
    asManager('Kanban-Qiu-73')
    expect(await ask('hall-manager', 'Kanban-Qiu-73', 'administrator')).toMatchObject({
      ok: false,
      message: expect.stringContaining('一天内由您本人重置') as string,
    })
    hall.clock.advance(24 * 3_600_000)
    expect(await ask('hall-manager', 'Kanban-Qiu-73', 'administrator')).toMatchObject({ ok: true })
  })
})

const manager = actorOf('hall-manager').id
const selfApproval = `INSERT INTO approvals (id, purpose, subject, terms, terms_hash, requested_by, approver_id, created_at, expires_at)
  VALUES ('x', 'refund', 'payment:1', '{}', 'x', '${manager}', '${manager}', 1, 2)`

describe('where nobody else could agree', () => {
  const lacking = () => hall.call(ApproversLacking, { purpose: 'import-undo' }, 'administrator')
  const dayMs = 24 * 3_600_000
  test('whoever asks reads who is lacking, what to do, and from when on', async () => {
    hall.transact(({ sqlite }) =>
      sqlite.prepare(`UPDATE staff SET state = 'left' WHERE roles LIKE '%hall-manager%'`).run(),
    )
    expect(await lacking()).toContain('除您以外没有人可以批准。请管理员在“员工”里登记一位营业厅主任或管理员')
    // Other posts agree to other things.
    hall.transact(({ sqlite }) =>
      sqlite.prepare(`UPDATE staff SET state = 'active' WHERE roles LIKE '%hall-manager%'`).run(),
    )
    const { id, name } = hall.transact((context) => {
      const manager = actorOf('hall-manager')
      context.sqlite.prepare('DELETE FROM credentials WHERE staff_id = ?').run(manager.id)
      return manager
    })
    expect(await lacking()).toBe(`现在没有人可以批准：${name}还没有密码，请管理员在“员工”里给他`)
    const given = (mustChange: boolean) =>
      hall.transact((context) => {
        context.sqlite.prepare('DELETE FROM credentials WHERE staff_id = ?').run(id)
        setPassword(context, id, 'Lanse-Chuang-07')
        context.sqlite
          .prepare('UPDATE credentials SET must_change = ?, reset_by = ?, reset_at = ? WHERE staff_id = ?')
          .run(Number(mustChange), JSON.stringify([actorOf('administrator').id]), hall.clock.now(), id)
      })
    given(true)
    expect(await lacking()).toContain(`${name}要先本人登录更换密码`)
    given(false)
    expect(await lacking()).toBe(`现在没有人可以批准：${name}的密码是您给的，2026-11-24 09:00 以后可以批准`)
    hall.clock.advance(dayMs)
    expect(await lacking()).toBeNull()
  })
})

describe('somebody logged in with a password just given', () => {
  test('does not agree as another person to what whoever gave it began: a reward, a scorecard, an emergency plan', async () => {
    const real = await openRealHall()
    // The period of the scorecard is over.
    real.clock.set('2027-01-04T09:00:00+08:00')
    try {
      const administrator = actorOf('administrator')
      real.transact((context) => {
        setPassword(context, administrator.id, 'Guan-Li-26')
        setPassword(context, manager, 'Zhu-Ren-26')
      })
      const [first, second] = [real.window(), real.window()]
      const logIn = async (window: typeof first, staffNo: string, password: string) => {
        const answer = await window.call(Login, { staffNo, password })
        if (!answer.ok) throw new Error(answer.message)
        window.token = answer.token
      }
      await logIn(first, 'administrator', 'Guan-Li-26')
      const { meritId } = await first.call(RecordMerit, {
        requestId: randomUUID(),
        staffId: actorOf('clerk').id,
        kind: 'reward',
        reason: '拾金不昧',
        decidedBy: '总经理办公会',
        decidedOn: '2026-11-20',
        evidence: '会议纪要',
        amount: fen(20_000),
      })
      const { scorecardId } = await first.call(Begin, {
        requestId: randomUUID(),
        scope: 'dispatch',
        year: 2026,
        period: 2,
      })
      real.hall.environment.sqlite.exec(
        `UPDATE scorecard_items SET score = 0, note = '已核' WHERE figure IS NULL;
         UPDATE scorecards SET total = 5000, state = 'reviewed', reviewed_by_id = '${administrator.id}', reviewed_by = '吴管理', reviewed_at = 1`,
      )
      const { versionId } = await first.call(SavePlan, {
        requestId: randomUUID(),
        planId: null,
        kind: 'leak',
        content: PlanContent.parse(examplePlans.leak),
      })
      await first.call(ResetPassword, { staffId: manager, password: 'Chushi-Huo-29' })
      await logIn(second, 'hall-manager', 'Chushi-Huo-29')
      await second.call(ChangePassword, { oldPassword: 'Chushi-Huo-29', newPassword: 'Kanban-Qiu-73' })
      await logIn(second, 'hall-manager', 'Kanban-Qiu-73')
      const decide = () => second.call(ApproveMerit, { requestId: randomUUID(), meritId, approved: true })
      await expect(decide()).rejects.toThrow('一天内由登记人重置')
      const obstacles = async () => (await second.call(Detail, { scorecardId })).obstacles['sign']
      expect(await obstacles()).toContain('您的密码一天内由复核人重置，不能签批，须由另一人签批')
      const approvePlan = () => second.call(ApprovePlan, { requestId: randomUUID(), versionId })
      await expect(approvePlan()).rejects.toThrow('一天内由编写人重置')
      const [draft] = await second.call(Drafts, {})
      expect(draft?.obstacle).toContain('一天内由编写人重置')
      real.clock.advance(24 * 3_600_000)
      await logIn(second, 'hall-manager', 'Kanban-Qiu-73')
      expect(await obstacles()).toEqual([])
      await decide()
      await approvePlan()
    } finally {
      await real.close()
    }
  })
})
