/** Everything else: staff, scorecards, reports, papers, board and plans, imports, upload, the machine, passwords. */
import { exampleBoard } from '../../../src-main/publicity/examples.ts'
import { paperKinds } from '../../../src-main/notices/api.ts'
import { idsIn } from '../every-read.ts'
import { actorOf } from '../hall.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startReceiver } from '../../headquarters/receiver.ts'
import { keepPassword } from '../../../src-main/access/credentials.ts'
import { reports } from '../../../src-main/reports/registry.ts'
import type { Run } from '../../../src-main/reports/api.ts'
import type { OutputOf } from '../../../src-main/platform/contract.ts'
import { recordBreak } from '../../../src-main/platform/breaks.ts'
import { systemActor } from '../../../src-main/platform/context.ts'
import { joinTill } from '../../../src-main/tills/paired.ts'
import { dayMs, type Guide } from './guide.ts'

const known = 'Kanban-Qiu-73'
const withPassword = (g: Guide, staffId: string) =>
  g.round.hall.transact((context) => keepPassword(context, staffId, known))

export const officeScenes: Readonly<Record<string, (g: Guide) => Promise<void>>> = {
  async papers(g) {
    const ids = [...idsIn(g.round.hall, 3), g.today, g.dayIn(-1), g.today.slice(0, 7)]
    for (const kind of paperKinds)
      for (const id of ids) {
        const reply = await g.round.call('notices.paper', { kind, id, setup: null }, 'hall-manager')
        if (!reply.ok) continue
        await g.round.call(
          'notices.printed',
          { requestId: g.round.dice.uuid(), kind, id, how: 'printer' },
          'hall-manager',
        )
        break
      }
  },
  async scorecards(g) {
    const { scorecardId } = await g.ok('appraisal.begin', { scope: 'hall', year: 2026, period: 3 }, 'hall-manager')
    const detail = await g.ok('appraisal.detail', { scorecardId }, 'hall-manager')
    const items = (detail.items as { no: number }[]).map(({ no }) => ({ no, score: 0, note: '已核对' }))
    await g.ok('appraisal.fill', { scorecardId, items, comment: '正常' }, 'hall-manager')
    await g.ok('appraisal.review', { scorecardId }, '6003')
    await g.ok('appraisal.return', { scorecardId }, 'administrator')
    await g.ok('appraisal.fill', { scorecardId, items, comment: '正常' }, 'hall-manager')
    await g.ok('appraisal.review', { scorecardId }, '6003')
    await g.ok('appraisal.sign', { scorecardId }, 'administrator')
    const other = await g.ok('appraisal.begin', { scope: 'hall', year: 2026, period: 2 }, 'hall-manager')
    await g.ok('appraisal.refresh', { scorecardId: other.scorecardId }, 'hall-manager')
  },
  async reports(g) {
    for (const { id: report } of reports) {
      const reply = await g.round.call(
        'reports.run',
        { runId: g.round.dice.uuid(), report, kind: 'month', date: g.dayIn(-32) },
        'hall-manager',
      )
      if (!reply.ok) continue
      const view = reply.output as OutputOf<typeof Run>
      await g.round.call('reports.result', { resultId: view.resultId }, 'hall-manager')
      await g.round.call(
        'reports.submit',
        { requestId: g.round.dice.uuid(), resultId: view.resultId, replacesId: null, reason: '' },
        'hall-manager',
      )
      for (const { id: section, rows } of view.sections)
        for (const { key } of rows.slice(0, 2))
          await g.round.call(
            'reports.records',
            { report, kind: 'month', date: g.dayIn(-32), section, key, page: {} },
            'hall-manager',
          )
    }
  },
  async board(g) {
    await g.ok('publicity.saveDraft', {
      content: { ...exampleBoard, gas: { ...exampleBoard.gas, analysedOn: g.dayIn(-20) } },
    })
    await g.ok('publicity.publish')
    await g.ok('publicity.version', { versionId: g.one(`SELECT id FROM board_versions WHERE state = 'published'`) })
    await g.ok('publicity.saveDraft', { content: exampleBoard })
    await g.ok('publicity.discardDraft')
    const { campaignId } = await g.ok('publicity.planCampaign')
    const sourcePath = `${g.round.hall.folder}/scan.png`
    const { pictureId } = await g.ok('publicity.addPicture', { campaignId, sourcePath })
    await g.ok('publicity.readPicture', { pictureId })
    await g.ok('publicity.removePicture', { pictureId })
  },
  async plans(g) {
    await g.ok(
      'emergency.savePlan',
      {
        planId: null,
        kind: 'other',
        content: {
          title: '试案',
          when: '停电时',
          steps: [{ text: '报告', who: '' }],
          contacts: [{ name: '主任', phone: '0990-6881234' }],
          checklist: ['灯'],
        },
      },
      'hall-manager',
    )
    const [planId, versionId] = [
      g.one('SELECT plan_id FROM emergency_plan_versions ORDER BY id DESC LIMIT 1'),
      g.one('SELECT id FROM emergency_plan_versions ORDER BY id DESC LIMIT 1'),
    ]
    await g.ok('emergency.approvePlan', { versionId }, 'administrator')
    const drill = await g.ok('emergency.planDrill')
    await g.ok('emergency.editDrill', { drillId: drill.drillId })
    await g.ok('emergency.holdDrill', {
      drillId: drill.drillId,
      heldOn: g.today,
      staffIds: [actorOf('clerk').id],
      accountIds: [],
      defects: [{ what: '阀门难找', responsible: '王师傅', dueOn: g.dayIn(9) }],
    })
    await g.ok('emergency.addPicture', { drillId: drill.drillId, sourcePath: `${g.round.hall.folder}/scan.png` })
    await g.ok('emergency.addDefect', { drillId: drill.drillId })
    for (const defectId of g.all('SELECT id FROM drill_defects WHERE mended_on IS NULL'))
      await g.ok('emergency.mendDefect', { defectId })
    await g.ok('emergency.closeDrill', { drillId: drill.drillId })
    const dropped = await g.ok('emergency.planDrill')
    await g.ok('emergency.cancelDrill', { drillId: dropped.drillId })
    await g.ok('emergency.retirePlan', { planId })
    await g.ok('emergency.savePlan', { planId: null, kind: 'crowd' }, 'hall-manager')
    await g.ok('emergency.discardPlan', {
      versionId: g.one('SELECT id FROM emergency_plan_versions ORDER BY id DESC LIMIT 1'),
    })
  },
  async registers(g) {
    const checks = ['bad', 'ok', 'ok', 'ok', 'ok', 'ok']
    const finding = { what: '缺工号牌', responsible: '王师傅', dueOn: g.dayIn(5) }
    const opened = {
      ...{ kind: 'opening-check', onDate: g.today, values: { note: '' }, answers: checks, findings: [finding] },
      ...{ accountId: null, staffId: null, companionId: null },
    }
    // Whoever reviews it had no part in it.
    const { entryId } = await g.ok('registers.record', opened, 'clerk')
    await g.ok('registers.addPicture', { entryId, sourcePath: `${g.round.hall.folder}/scan.png` })
    const findingId = g.one('SELECT id FROM register_findings ORDER BY id DESC LIMIT 1')
    await g.ok('registers.mend', { entryId, findingId, mendedOn: g.today, note: '已补发' }, 'clerk')
    await g.ok('registers.review', { entryId, again: null, note: '属实' }, 'hall-manager')
    const drawing = {
      place: '1 幢',
      material: 'PE100 dn63',
      pressure: '低压',
      commissioned: '2020-05-01',
      drawing: 'G-1',
      course: '',
    }
    const wrong = await g.ok(
      'registers.record',
      {
        ...{ kind: 'pipe-data', onDate: g.today, values: drawing, answers: [], findings: [] },
        ...{ accountId: null, staffId: null, companionId: null },
      },
      'clerk',
    )
    await g.ok('registers.void', { entryId: wrong.entryId, reason: '记错' }, 'hall-manager')
  },
  async staff(g) {
    const results = [{ staffId: actorOf('cashier').id, score: 30 }]
    await g.ok(
      'staff.recordExam',
      { heldOn: g.dayIn(-3), kind: 'periodic', subject: '安全', outOf: 100, passMark: 60, results },
      'administrator',
    )
    const examId = g.one('SELECT id FROM exams ORDER BY id DESC LIMIT 1')
    await g.ok('staff.recordRetake', { examId, heldOn: g.today, score: 80 }, 'administrator')
    // Only a certificate that came with a file has a copy to look at.
    const proof = { kind: 'copy', sourcePath: join(g.round.hall.folder, 'scan.png') }
    const { certificateId } = await g.ok(
      'staff.addCertificate',
      { staffId: actorOf('cashier').id, issuedOn: g.dayIn(-30), validTo: g.dayIn(300), proof, backdate: null },
      'administrator',
    )
    await g.ok('staff.certificateCopy', { certificateId }, 'administrator')
    // Of somebody who neither records nor approves it.
    await g.ok('staff.recordMerit', { staffId: actorOf('cashier').id }, 'administrator')
    const meritId = g.one('SELECT id FROM merits ORDER BY id DESC LIMIT 1')
    await g.ok('staff.approveMerit', { meritId, approved: true }, '6003')
    await g.ok('staff.revokeMerit', { meritId }, 'administrator')
    await g.ok(
      'staff.setRoles',
      {
        staffId: g.one(`SELECT id FROM staff WHERE staff_no = '6004'`),
        roles: ['dispatcher', 'hall-manager'],
        approvalId: g.round.dice.uuid(),
      },
      'administrator',
    )
  },
  async imports(g) {
    const path = join(g.round.hall.folder, 'staff.csv')
    writeFileSync(path, '工号,姓名,岗位,手机\n8801,新人甲,柜员,19900000001\n8802,新人乙,不知道,19900000001\n')
    const begin = async (file: string, kind: string) => {
      const found = await g.ok('imports.inspect', { path: file }, 'administrator')
      const [sheet] = found.sheets
      const headings = sheet.rows[0].cells
      const { mapping } = await g.ok('imports.suggestMapping', { kind, source: '旧系统', headings }, 'administrator')
      const { importId } = await g.ok(
        'imports.begin',
        {
          path: file,
          hash: found.hash,
          size: found.size,
          kind,
          source: '旧系统',
          sheet: sheet.name,
          headingRow: 1,
          headings,
          mapping,
          plans:
            kind === 'customers'
              ? { resident: g.one(`SELECT id FROM price_plans WHERE category = 'resident' LIMIT 1`) }
              : {},
        },
        'administrator',
      )
      await g.ok('imports.check', { importId }, 'administrator')
      return importId as string
    }
    const staff = await begin(path, 'staff')
    for (const call of ['imports.detail', 'imports.problems', 'imports.exportProblems'])
      await g.ok(call, { importId: staff }, 'administrator')
    const { rows } = (await g.ok('imports.problems', { importId: staff, level: null, page: {} }, 'administrator')) as {
      rows: { rowNo: number; no: number; column: string; value: string }[]
    }
    for (const { rowNo, no, column, value: shown } of rows.slice(0, 1))
      await g.ok('imports.reveal', { importId: staff, rowNo, no, column, shown }, 'administrator')
    await g.ok('imports.discard', { importId: staff }, 'administrator')
    const customers = join(g.round.hall.folder, 'old.csv')
    writeFileSync(
      customers,
      '户号,姓名,电话,地址,类别,供气状态\n90001,王小明,19900000001,幸福小区3号楼2单元501室,居民,未通气\n90002,李小红,19900000001,南街花园无处可寻甲,居民,未通气\n',
    )
    const importId = await begin(customers, 'customers')
    await g.ok('imports.addresses', { importId }, 'administrator')
    await g.ok('imports.sayCommunity', { importId, name: '南街花园' }, 'administrator')
    await g.ok(
      'imports.sayPlace',
      {
        importId,
        written: '南街花园无处可寻甲',
        place: { district: '', street: '', community: '南街花园', building: '1', unit: '1', room: '101' },
      },
      'administrator',
    )
    await g.ok('imports.check', { importId }, 'administrator')
    await g.ok('imports.commit', { importId, pauseAgreed: true }, 'administrator')
    await g.ok('imports.undoObstacles', { importId }, 'administrator')
    await g.ok('imports.undo', { importId, approvalId: g.round.dice.uuid() }, 'administrator')
  },
  async upload(g) {
    const { folder } = g.round.hall
    const set = (key: string, value: unknown) => g.ok('settings.change', { key, value }, 'administrator')
    const receiver = await startReceiver({
      file: join(folder, 'headquarters.db'),
      token: 'right-token',
      faults: () => null,
    })
    try {
      await set('sync.url', receiver.url)
      await set('sync.token', 'right-token')
      await g.ok('sync.testConnection', {}, 'administrator')
      await g.ok('sync.uploadNow', {}, 'administrator')
      g.sqlite.prepare(`UPDATE sync_state SET obstacle = 'fork', agreed = acknowledged`).run()
      await g.ok('sync.beginStream', {}, 'administrator')
      await g.ok('sync.sendAll', {}, 'administrator')
    } finally {
      await set('sync.url', '')
      await receiver.close()
    }
  },
  async passwords(g) {
    const administrator = actorOf('administrator').id
    for (const id of [administrator, actorOf('hall-manager').id, actorOf('clerk').id]) withPassword(g, id)
    await g.ok('access.login', { staffNo: 'clerk', password: known })
    await g.ok('access.lock', {}, '6001')
    await g.ok('access.noteFile', { name: '客户.xlsx', fileName: '客户.xlsx', size: 1, hash: 'ab'.repeat(32) }, 'clerk')
    await g.ok('access.approve', { staffNo: 'hall-manager', password: known }, 'cashier')
    const approval = {
      purpose: 'reversal',
      terms: { paymentId: g.round.dice.uuid(), amount: 1_000, reason: '收错户' },
    }
    const ask = async () => {
      const { askedId } = (await g.ok('access.askApproval', { approval, summary: '' }, 'cashier')) as {
        askedId: string
      }
      return askedId
    }
    await g.ok('access.agreeAsked', { askedId: await ask(), password: known }, 'hall-manager')
    await g.ok('access.refuseAsked', { askedId: await ask(), reason: '先核对' }, 'hall-manager')
    await g.ok('access.withdrawAsked', { askedId: await ask() }, 'cashier')
    await g.ok('access.changePassword', { oldPassword: known, newPassword: 'Qingshan-7431' }, 'clerk')
    await g.ok('access.resetPassword', { staffId: actorOf('cashier').id, password: 'Lvshui-9264' }, '6005')
    const newcomer = { staffNo: '6099', name: '何新来', roles: ['clerk'], approvalId: null }
    await g.ok('access.addStaff', { ...newcomer, requestId: g.round.dice.uuid(), password: 'Moshui-5173' }, '6005')
    const backup = await g.ok('backup.now', {}, 'administrator')
    const restore = { fileName: backup.fileName, approvalId: g.round.dice.uuid() }
    await g.ok('backup.authorizeRestore', restore, 'administrator')
  },
  async tills(g) {
    await g.ok('tills.showCode', {}, 'hall-manager')
    await g.ok('tills.hideCode', {}, 'hall-manager')
    g.round.hall.transact((context) =>
      joinTill(Object.assign(Object.create(context) as typeof context, { actor: actorOf('hall-manager') }), {
        name: '二号窗口',
        fingerprint: 'ab'.repeat(32),
      }),
    )
    const code = g.one(`SELECT code FROM tills WHERE fingerprint IS NOT NULL AND state = 'paired'`)
    await g.ok('tills.withdraw', { requestId: g.round.dice.uuid(), code, reason: '报废' }, 'hall-manager')
  },
  async machine(g) {
    withPassword(g, actorOf('hall-manager').id)
    withPassword(g, actorOf('administrator').id)
    g.clock.advance(-3 * dayMs)
    await g.ok('machine.confirmClock', { staffNo: 'administrator', password: known })
    g.clock.advance(3 * dayMs)
    g.round.hall.transact(({ sqlite, clock }) =>
      recordBreak(sqlite, { kind: 'lost', at: clock.now(), by: systemActor, reason: '试', mark: null, open: true }),
    )
    await g.ok('machine.acceptLoss', { staffNo: 'hall-manager', password: known })
  },
  /** Half a year without a reading, then all of it at once. */
  async several(g) {
    g.clock.advance(180 * dayMs)
    const accountId = g.one(
      `SELECT a.id FROM accounts a JOIN service_points p ON p.id = a.service_point_id JOIN meters m ON m.service_point_id = p.id AND m.state = 'in-use'
       WHERE a.state = 'active' AND p.gas_state = 'supplied' ORDER BY a.id LIMIT 1`,
    )
    const index = Number(
      g.one(
        `SELECT coalesce((SELECT max(current_index) FROM readings r WHERE r.meter_id = m.id), m.initial_index) FROM meters m
         JOIN accounts a ON a.service_point_id = m.service_point_id WHERE a.id = ? AND m.state = 'in-use'`,
        accountId,
      ),
    )
    const { readingId } = await g.ok('metering.record', {
      ...{ accountId, readOn: g.today, index: index + 200_000, source: 'visit', readerId: actorOf('clerk').id },
      confirmed: ['tooHigh', 'longInterval', 'rollover'],
    })
    g.sqlite
      .prepare(
        `INSERT INTO odd_uses (reading_id, account_id, read_on, kind, consumption) SELECT id, account_id, read_on, 'rise', consumption
         FROM readings WHERE id = ? ON CONFLICT DO NOTHING`,
      )
      .run(readingId)
    await g.ok('metering.explainOddUse', { readingId })
    await g.ok('billing.billReading', { readingId })
    const several = await g.ok('billing.several', { open: true, search: '', page: {} })
    const [row] = several.rows
    await g.ok('billing.reviewSeveral', { accountId: row.accountId, issuedOn: row.issuedOn })
  },
}
