import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, businessDate, type BusinessDate } from '../../src-main/platform/dates.ts'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import { Change } from '../../src-main/settings/api.ts'
import {
  AddCertificate,
  Certificates,
  Leave,
  ReadCertificateCopy,
  RecordExam,
  VoidExam,
  WithdrawCertificate,
} from '../../src-main/staff/api.ts'
import {
  certificateKinds,
  certificateLack,
  certificateState,
  holdsCertificate,
  type CertificateTerms,
} from '../../src-main/staff/rules.ts'
import type { CertificateKind } from '../../src-main/staff/rules.ts'
import { createStaff, requireCertificate } from '../../src-main/staff/service.ts'
import { approvalOf } from '../support/approval.ts'
import { copyIn } from '../support/certificate.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

const day = (n: number): BusinessDate => addDays(businessDate('2026-11-23'), n)
const term = (from: number, to: number, withdrawn: number | null = null): CertificateTerms => ({
  kind: 'maintenance',
  goodFrom: day(from),
  validTo: day(to),
  withdrawnOn: withdrawn === null ? null : day(withdrawn),
})

describe('a certificate', () => {
  test('is good from its first to its last day, warned of twice where that is asked for', () => {
    const warned = { first: 60, second: 30 }
    const state = (validTo: number, on = 0) => certificateState(term(-10, validTo), day(on), warned)
    expect([state(61), state(60), state(31), state(30), state(0), state(-1)]).toEqual([
      'valid',
      'expiring',
      'expiring',
      'expiring-soon',
      'expiring-soon',
      'expired',
    ])
    expect([certificateState(term(-10, 0), day(0)), certificateState(term(-10, -1), day(0))]).toEqual([
      'valid',
      'expired',
    ])
    expect(state(61, -11)).toBe('not-yet')
    expect(certificateState(term(-10, 100, 0), day(0))).toBe('withdrawn')
    expect(certificateState(term(-10, 100, 1), day(0))).toBe('valid')
  })

  test('covers a day exactly when one of its kind is in its term and not withdrawn, over year ends too', () => {
    const terms = fc.record({
      kind: fc.constantFrom(...certificateKinds),
      from: fc.integer({ min: -500, max: 500 }),
      days: fc.integer({ min: 0, max: 400 }),
      withdrawn: fc.option(fc.integer({ min: -500, max: 900 })),
    })
    fc.assert(
      fc.property(fc.array(terms, { maxLength: 5 }), fc.integer({ min: -500, max: 900 }), (held, on) => {
        const certificates = held.map(({ kind, from, days, withdrawn }) => ({
          ...term(from, from + days, withdrawn),
          kind,
        }))
        for (const kind of certificateKinds) {
          const expected = held.some(
            (one) =>
              one.kind === kind &&
              one.from <= on &&
              on <= one.from + one.days &&
              (one.withdrawn === null || on < one.withdrawn),
          )
          expect(holdsCertificate(certificates, kind, day(on))).toBe(expected)
          expect(certificateLack(certificates, kind, day(on)) === null).toBe(expected)
        }
      }),
    )
  })
})

describe('the certificates of the hall', () => {
  let hall: TestHall
  let staffId: string
  beforeEach(async () => {
    hall = await openTestHall()
    staffId = hall.transact((context) => createStaff(context, { staffNo: '2001', name: '赵师傅', roles: ['clerk'] }))
  })
  afterEach(() => hall.close())

  const add = (more: object = {}) =>
    hall.call(
      AddCertificate,
      {
        requestId: crypto.randomUUID(),
        ...copyIn(hall),
        staffId,
        kind: 'maintenance',
        number: 'WX-1',
        issuedOn: '2026-01-01',
        validTo: '2026-12-23',
        ...more,
      },
      'hall-manager',
    )
  const listed = (withWithdrawn = false) => hall.call(Certificates, { withWithdrawn }, 'administrator')
  const require = () => hall.transact((context) => requireCertificate(context, staffId, 'maintenance').name)

  test('are listed with what is left of them, the next to run out first', async () => {
    await add()
    await add({ kind: 'emergency', number: 'QX-1', validTo: '2026-12-01' })
    expect(await listed()).toMatchObject([
      { kind: 'emergency', state: 'expiring-soon', daysLeft: 8 },
      { kind: 'maintenance', state: 'expiring-soon', daysLeft: 30, name: '赵师傅' },
    ])
    // The company says how long before.
    const days = (key: `staff.certificate${'First' | 'Last'}WarningDays`, value: number) =>
      hall.call(Change, { key, value }, 'administrator')
    await days('staff.certificateLastWarningDays', 7)
    expect((await listed()).map(({ state }) => state)).toEqual(['expiring', 'expiring'])
    await days('staff.certificateFirstWarningDays', 29)
    expect((await listed()).map(({ state }) => state)).toEqual(['expiring', 'valid'])
  })

  test('open the gate while they are good, and the refusal names person, kind and what is wrong', async () => {
    expect(require).toThrow('赵师傅没有维修证')
    const { certificateId } = await add()
    expect(require()).toBe('赵师傅')
    hall.clock.set('2026-12-23T23:59:00+08:00')
    expect(require()).toBe('赵师傅')
    hall.clock.set('2026-12-24T00:00:00+08:00')
    expect(require).toThrow('赵师傅的维修证已于 2026-12-23 到期')
    await add({ number: 'WX-2', issuedOn: '2026-12-24', validTo: '2027-12-23' })
    expect(require()).toBe('赵师傅')
    hall.clock.set('2027-01-04T09:00:00+08:00')
    const renewed = (await listed()).find(({ number }) => number === 'WX-2')
    const requestId = crypto.randomUUID()
    const withdraw = { requestId, certificateId: renewed?.id ?? '', reason: '调离岗位' }
    await hall.call(WithdrawCertificate, withdraw, 'hall-manager')
    expect(require).toThrow('赵师傅的维修证已于 2027-01-04 收回')
    expect((await listed()).map(({ id }) => id)).toEqual([certificateId])
    expect((await listed(true)).map(({ state }) => state)).toEqual(['expired', 'withdrawn'])
    await expect(
      hall.call(WithdrawCertificate, { ...withdraw, requestId: crypto.randomUUID() }, 'hall-manager'),
    ).rejects.toThrow('CertificateNotFound')
  })

  test('that were renewed are no longer warned of, whichever was registered first', async () => {
    await add({ number: 'WX-2', validTo: '2028-12-31' })
    const { certificateId } = await add({ validTo: '2026-12-01' })
    await add({ kind: 'emergency', number: 'QX-1', validTo: '2026-12-01' })
    const renewed = async () => (await listed()).map(({ number, renewed: is }) => [number, is])
    expect(await renewed()).toEqual([
      ['WX-1', true],
      ['QX-1', false],
      ['WX-2', false],
    ])
    const later = (await listed()).find(({ number }) => number === 'WX-2')
    const requestId = crypto.randomUUID()
    await hall.call(WithdrawCertificate, { requestId, certificateId: later?.id ?? '', reason: '遗失' }, 'hall-manager')
    expect((await listed()).find(({ id }) => id === certificateId)?.renewed).toBe(false)
  })

  const examined = async (
    score: number,
    heldOn: string,
    of = staffId,
    certificateKind: CertificateKind | null = 'maintenance',
  ): Promise<string> => {
    const exam = {
      subject: '维修上岗',
      kind: 'entry',
      certificateKind,
      heldOn,
      outOf: 100,
      passMark: 60,
      note: '',
    } as const
    const results = [{ staffId: of, score }]
    await hall.call(RecordExam, { requestId: crypto.randomUUID(), ...exam, results }, 'administrator')
    return hall.hall.environment.sqlite
      .prepare('SELECT id FROM exams ORDER BY rowid DESC LIMIT 1')
      .pluck()
      .get() as string
  }
  const by = (examId: string) => ({ proof: { kind: 'exam', examId } })
  const inserted = (more: string) =>
    hall.transact(({ sqlite }) =>
      sqlite.exec(
        `INSERT INTO certificates (id, staff_id, kind, number, issued_on, valid_to, good_from, added_at, added_by_id, added_by${more}`,
      ),
    )

  test('stand on an exam passed before they were issued, or on a copy from outside (clauses 10(8), 11)', async () => {
    const other = hall.transact((context) =>
      createStaff(context, { staffNo: '2002', name: '钱师傅', roles: ['clerk'] }),
    )
    const failed = await examined(59, '2026-11-20')
    const passed = await examined(60, '2026-11-20')
    const anothers = await examined(90, '2026-11-20', other)
    const late = await examined(90, '2026-11-22')
    const [forNone, forAnother] = [
      await examined(90, '2026-11-20', staffId, null),
      await examined(90, '2026-11-20', staffId, 'emergency'),
    ]
    const old = await examined(90, '2025-11-20')
    await expect(add({ proof: undefined })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'proof', message: expect.stringContaining('请说明依据') },
    })
    for (const examId of [failed, anothers, forNone, forAnother, old])
      await expect(add({ ...by(examId), issuedOn: '2026-11-21' })).rejects.toMatchObject({
        failure: { code: 'CertificateUnproved', field: 'examId' },
      })
    await expect(add({ ...by(late), issuedOn: '2026-11-21' })).rejects.toMatchObject({
      failure: { code: 'CertificateUnproved', field: 'issuedOn', message: expect.stringContaining('在发证之后') },
    })
    await expect(add({ proof: { kind: 'copy', sourcePath: `${hall.folder}/none.pdf` } })).rejects.toThrow(
      'AttachmentRefused',
    )
    expect(await listed()).toEqual([])
    // Nor past the calls, once the hall has moved in.
    await hall.call(OpenShift, { requestId: crypto.randomUUID(), rows: [{ face: fen(10_000), pieces: 1 }] }, 'cashier')
    const row = `VALUES ('x', '${staffId}', 'maintenance', 'W', '2026-11-21', '2027-01-01', '2026-11-23', 1, 'x', 'x'`
    for (const exam of [
      'NULL',
      `'${failed}'`,
      `'${anothers}'`,
      `'${late}'`,
      `'${forNone}'`,
      `'${forAnother}'`,
      `'${old}'`,
    ])
      expect(() => inserted(`, exam_id) ${row}, ${exam})`), exam).toThrow('without a passed exam or a copy')
    const { certificateId } = await add({ ...by(passed), issuedOn: '2026-11-21' })
    await add({ kind: 'emergency', number: 'QX-1' })
    expect((await listed()).map(({ proof }) => proof)).toEqual([
      { kind: 'exam', text: '2026-11-20 维修上岗 60/100' },
      { kind: 'copy', text: 'certificate.pdf' },
    ])
    const copy = (await listed())[1]?.id ?? ''
    expect(await hall.call(ReadCertificateCopy, { certificateId: copy }, 'administrator')).toMatchObject({
      type: 'application/pdf',
    })
    // What a certificate stands on is not taken from under it.
    const voided = () =>
      hall.call(VoidExam, { requestId: crypto.randomUUID(), examId: passed, reason: '录错' }, 'administrator')
    await expect(voided()).rejects.toThrow('ExamProves')
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite.exec(`UPDATE exams SET voided_at = 1, voided_by = 'x', voided_for = 'x' WHERE id = '${passed}'`),
      ),
    ).toThrow('a certificate stands on')
    const withdraw = { requestId: crypto.randomUUID(), certificateId, reason: '录错' }
    await hall.call(WithdrawCertificate, withdraw, 'hall-manager')
    await voided()
    await expect(add({ ...by(passed), number: 'WX-9', issuedOn: '2026-11-21' })).rejects.toThrow('CertificateUnproved')
  })

  test('count for work from the day they are entered, further back only as a second person agreed', async () => {
    const on = (day: string) =>
      hall.transact((context) => requireCertificate(context, staffId, 'maintenance', businessDate(day)).name)
    await add()
    expect(() => on('2026-11-22')).toThrow('赵师傅的维修证自 2026-11-23 起才有效')
    expect(on('2026-11-23')).toBe('赵师傅')
    expect(await listed()).toMatchObject([{ issuedOn: '2026-01-01', goodFrom: '2026-11-23', approverName: null }])

    const reason = '转岗时漏登'
    const terms = {
      staffId,
      staffNo: '2001',
      name: '赵师傅',
      certificate: '抢修证',
      number: 'QX-1',
      issuedOn: '2026-01-01',
      reason,
    }
    const approve = (more: object = {}) =>
      approvalOf(hall, { purpose: 'certificate-backdate', terms: { ...terms, ...more } } as never, 'administrator')
    const late = async (approvalId: string) =>
      hall.call(
        AddCertificate,
        {
          ...{ requestId: crypto.randomUUID(), ...copyIn(hall), staffId, kind: 'emergency', number: 'QX-1' },
          ...{ issuedOn: '2026-01-01', validTo: '2026-12-23', backdate: { approvalId, reason } },
        } as never,
        'administrator',
      )
    for (const other of [
      { issuedOn: '2025-01-01' },
      { number: 'QX-2' },
      { certificate: '维修证' },
      { staffNo: '2002' },
      { staffId: actorOf('clerk').id },
    ])
      await expect(late(await approve(other)), JSON.stringify(other)).rejects.toThrow('ApprovalRefused')
    await expect(late(crypto.randomUUID())).rejects.toThrow('ApprovalRefused')
    expect(await listed()).toHaveLength(1)
    await late(await approve())
    expect((await listed()).find(({ number }) => number === 'QX-1')).toMatchObject({
      goodFrom: '2026-01-01',
      approverName: actorOf('hall-manager').name,
    })
    expect(
      hall.transact((context) => requireCertificate(context, staffId, 'emergency', businessDate('2026-03-01')).name),
    ).toBe('赵师傅')
    // Nor past the calls: nobody, the one who writes it down, the holder, or who may agree to nothing.
    const [manager, clerk] = [actorOf('hall-manager').id, actorOf('clerk').id]
    for (const [approver, recorder] of [
      ['NULL', `'x'`],
      [`'${manager}'`, `'${manager}'`],
      [`'${staffId}'`, `'x'`],
      [`'${clerk}'`, `'x'`],
    ] as const)
      expect(
        () =>
          inserted(
            `, approver_id) VALUES ('y', '${staffId}', 'inspection', 'A', '2026-01-01', '2027-01-01', '2026-11-22', 1, ${recorder}, 'x', ${approver})`,
          ),
        approver,
      ).toThrow('backdated by one person')
    expect(() =>
      hall.transact(({ sqlite }) => sqlite.exec(`UPDATE certificates SET good_from = '2026-01-01'`)),
    ).toThrow('only ever withdrawn')
  })

  test('of the holder’s own are never backdated on the holder’s word', async () => {
    const manager = actorOf('hall-manager')
    const reason = '漏登'
    const about = { certificate: '回访证', number: 'HF-1', issuedOn: '2026-01-01', reason }
    const terms = { staffId: manager.id, staffNo: manager.staffNo, name: manager.name, ...about }
    const approvalId = await approvalOf(hall, { purpose: 'certificate-backdate', terms }, 'administrator')
    await expect(
      hall.call(
        AddCertificate,
        {
          ...{ requestId: crypto.randomUUID(), ...copyIn(hall), staffId: manager.id, kind: 'callback', number: 'HF-1' },
          ...{ issuedOn: '2026-01-01', validTo: '2027-01-01', backdate: { approvalId, reason } },
        } as never,
        'administrator',
      ),
    ).rejects.toThrow('须由他人批准')
  })

  test('of somebody who left open nothing', async () => {
    await add()
    await hall.call(Leave, { staffId }, 'administrator')
    expect(require).toThrow('赵师傅已离职')
    expect(await listed()).toEqual([])
    await expect(add({ number: 'WX-3' })).rejects.toThrow('HasLeft')
  })

  test.each([
    [{ validTo: '2026-11-22' }, 'InvalidInput', 'validTo', '这本证已经过期，请登记换发的新证'],
    [{ issuedOn: '2026-11-24' }, 'InvalidInput', 'issuedOn', '发证日期不能晚于今天'],
    [{ issuedOn: '2026-11-20', validTo: '2026-11-19' }, 'InvalidInput', 'validTo', '有效期不能早于发证日期'],
    [{ number: ' ' }, 'InvalidInput', 'number', '请填写证号'],
    [{ number: 'WX-1' }, 'CertificateTaken', 'number', '这个证号已经登记过，请核对证号'],
  ])('refuse %j in words, and keep what was', async (more, code, field, message) => {
    await add()
    await expect(add(more)).rejects.toMatchObject({ failure: { code, field, message } })
    expect(await listed()).toHaveLength(1)
  })
})

test('every gate of the database that asks for a certificate asks whether its holder is still here', async () => {
  const hall = await openTestHall()
  try {
    const gates = hall.hall.environment.sqlite
      // That an exam proves a certificate asks nothing of its holder.
      .prepare(
        `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%FROM certificates%' AND name <> 'exams_prove'`,
      )
      .all() as { name: string; sql: string }[]
    expect(gates.map(({ name }) => name).toSorted()).toEqual([
      'account_processes_certificate_gate',
      'followup_calls_certificate',
      'followup_samples_assignee_insert',
      'followup_samples_assignee_update',
      'hazard_steps_certificate_gate',
      'hazard_steps_mended_by',
      'inspection_rounds_certificate_gate',
      'inspection_visits_certificate_gate',
      'installation_records_certificate_gate',
      'readings_certificate_gate',
      'supply_resumptions_gate',
      'workorder_steps_certificate_gate',
      'workorders_certificate_gate',
    ])
    for (const { name, sql } of gates) expect(sql, name).toContain(`s.state = 'active'`)
  } finally {
    await hall.close()
  }
})
