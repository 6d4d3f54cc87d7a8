/** 安检 of one building: list, results by the keyboard, one grave hazard from the closed valve to gas again (clause 19). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { choose, clear, dialog, focusIn, heading, press, shows, step } from './hands.ts'
import type { Desk } from '../desk.ts'
import { callBack } from './callbacks.ts'
import type { Stage } from './stage.ts'

interface Round {
  readonly id: string
  readonly place: string
  readonly households: number
}

/** Rows of the sheet with another result than 合格. */
const absentRow = 6
const refusedRow = 11
const hazardRow = 3
const valveRow = 18
const unsignedRow = 14
/** Items on the list of a household. */
const listLength = 12
/** As they stand on the paper: the holder, or whoever was at home. */
const signatories = ['户主本人', '配偶', '父亲', '租客'] as const

interface Hazard {
  readonly id: string
  readonly hazardNo: string
  readonly accountId: string
  readonly servicePointId: string
}

const hazardOf = (stage: Stage): Hazard =>
  stage.one<Hazard>(
    'grave hazard',
    `SELECT id, hazard_no AS hazardNo, account_id AS accountId, service_point_id AS servicePointId FROM hazards
     WHERE grade <> 'general' ORDER BY updated_at DESC LIMIT 1`,
  )
/** Found in the same building, and the company's own to mend: the inspector stays until it is done (clause 19(4)). */
const valveOf = (stage: Stage): Hazard =>
  stage.one<Hazard>(
    'hazard of the company',
    `SELECT id, hazard_no AS hazardNo, account_id AS accountId, service_point_id AS servicePointId FROM hazards
     WHERE mender = 'company' ORDER BY updated_at DESC LIMIT 1`,
  )
const stateOfHazard = 'SELECT state FROM hazards WHERE id = ?'

/** The next list of this week that nobody has yet is given to a certified inspector, and printed for the way. */
export async function giveOutRound(stage: Stage): Promise<void> {
  const desk = await stage.as('3001')
  await desk.go('/inspections')
  await heading(desk, '安检')
  await desk.page.locator('tbody tr').first().waitFor()
  await desk.shot('安检计划')
  await choose(desk, '未派工')
  const round = stage.one<Round>(
    'list to give out',
    `SELECT r.id, r.community || ' ' || r.building || ' 栋' AS place,
       (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id) AS households
     FROM inspection_rounds r WHERE r.assignee_id IS NULL AND r.resident = 1 AND r.building <> ''
     ORDER BY r.week_on, r.community, length(r.building), r.building LIMIT 1`,
  )
  await desk.page.locator('tbody tr', { hasText: round.place }).first().click()
  await press(desk.page, 'Ctrl+D', '派工')
  await dialog(desk, '安检派工').getByText('张晓燕').click()
  await desk.shot('安检派工')
  await desk.press('F12')
  await stage.until('list given out', 'SELECT assignee_name FROM inspection_rounds WHERE id = ?', '张晓燕', round.id)
  await clear(desk)
  await desk.go(`/inspections/rounds/${round.id}`)
  await heading(desk, /^安检录入/)
  await press(desk.page, 'Ctrl+P', '打印任务单')
  await desk.keepPaper('安检任务单')
  stage.tell(`安检任务单：${round.place} ${round.households} 户，派给 张晓燕，已打印`)
}

/** From door to door, minute by minute of the morning. */
const arrivalOf = (row: number): string => `00${String(row + 10)}`

const sheetTitle = '检查表'
/** A sheet is opened by its row; the first item waits. */
async function openSheet(desk: Desk, row: number): Promise<void> {
  await desk.press('1')
  await dialog(desk, sheetTitle).waitFor()
  await focusIn(desk, '[data-field="arrived"]')
  await desk.page.keyboard.type(arrivalOf(row))
  await desk.press('Enter')
  await focusIn(desk, '[data-mark="0"]')
}
/** One digit for each item up to `until`; what is bad opens, and stays open for its words. */
async function answer(desk: Desk, from: number, until: number): Promise<void> {
  for (let item = from; item < until; item++) {
    await focusIn(desk, `[data-mark="${item}"]`)
    await desk.press('1')
  }
}
/** Whoever stands on the paper; one in four is not the holder. */
async function sign(desk: Desk, name: string): Promise<void> {
  await focusIn(desk, '[data-field="signatory"]')
  await desk.page.keyboard.insertText(name)
  await proveVisit(desk)
}
/** A visit that was drawn is proved by the signed sheet; the system's own dialog cannot be pressed, it answers at once. */
async function proveVisit(desk: Desk): Promise<void> {
  const proof = desk.page.locator('.el-dialog:visible [data-field="proof"]')
  if ((await proof.count()) === 0) return
  const scan = join(desk.app.dataFolder, '检查表.pdf')
  writeFileSync(scan, '%PDF-1.4\n%sheet')
  await desk.app.electron.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, scan)
  await proof.click()
  await proof.getByText('检查表.pdf').waitFor()
}

/** What came of the building, item by item from the paper; the hazard is told in writing, and gas is off at once. */
export async function enterBuilding(stage: Stage): Promise<void> {
  const desk = await stage.as('1001')
  const round = stage.one<Round>(
    'list of this week',
    `SELECT r.id, r.community || ' ' || r.building || ' 栋' AS place,
       (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id) AS households
     FROM inspection_rounds r WHERE r.assigned_at IS NOT NULL ORDER BY r.assigned_at DESC LIMIT 1`,
  )
  await desk.go(`/inspections/rounds/${round.id}`)
  await heading(desk, /^安检录入/)
  await focusIn(desk, 'tr[data-line="0"]')
  await desk.shot('安检录入')
  for (let row = 0; row < round.households; row++) {
    await focusIn(desk, `tr[data-line="${row}"]`)
    if (row === hazardRow) await enterLeak(stage, row)
    else if (row === valveRow) await enterValve(stage, row)
    else if (row === absentRow || row === refusedRow) {
      await desk.press(row === absentRow ? '2' : '3')
      await focusIn(desk, `tr[data-line="${row}"] [data-cell="arrived"]`)
      await desk.page.keyboard.type(arrivalOf(row))
      if (row === refusedRow) {
        await desk.press('Enter')
        await focusIn(desk, `tr[data-line="${row}"] [data-cell="note"]`)
        await desk.page.keyboard.insertText('称在装修，不便入户')
      }
      await desk.press('Enter')
    } else {
      await openSheet(desk, row)
      await answer(desk, 0, listLength)
      if (row === 0) await desk.shot('检查表')
      if (row === unsignedRow) await refuseToSign(desk)
      else await sign(desk, signatories[row % signatories.length] ?? '')
      await desk.press('F12')
      await clear(desk)
    }
    await stage.until(
      `row ${row + 1} of the building`,
      'SELECT count(*) AS n FROM inspection_visits WHERE round_id = ?',
      row + 1,
      round.id,
    )
  }
  await desk.shot('整栋已录入')
  stage.tell(
    `${round.place} ${round.households} 户已录入：1 户重大隐患、1 户一般隐患、1 户不遇、1 户拒检、1 户拒签，其余合格`,
  )
}

async function enterLeak(stage: Stage, row: number): Promise<void> {
  const { desk } = stage
  await openSheet(desk, row)
  await desk.press('2')
  await focusIn(desk, '[data-finding="leak"]')
  await desk.page.keyboard.insertText('灶前接头漏气，检漏仪报警，已关表前阀')
  await desk.press('Enter')
  await answer(desk, 1, listLength)
  await sign(desk, '户主家属')
  await desk.see('登记后立即停气')
  await desk.shot('隐患登记')
  await keepNotice(stage, row, '隐患整改通知书')
}

async function enterValve(stage: Stage, row: number): Promise<void> {
  const { desk } = stage
  const valves = 5
  await openSheet(desk, row)
  await answer(desk, 0, valves)
  await focusIn(desk, `[data-mark="${valves}"]`)
  await desk.press('2')
  await focusIn(desk, '[data-finding="valves"]')
  await desk.page.keyboard.insertText('表前阀关不严，阀芯磨损')
  await desk.page.locator('.finding .el-select.mender').click()
  await desk.page.locator('.el-select-dropdown__item:visible', { hasText: '公司整改' }).click()
  await desk.page.locator('.finding .measures input').fill('已加装盲板，贴警示')
  await desk.page.getByLabel('呼叫支援的时间').fill(arrivalOf(row))
  await desk.page.locator('[data-finding="valves"] input').focus()
  await desk.press('Enter')
  await answer(desk, valves + 1, listLength)
  await sign(desk, '租客')
  await keepNotice(stage, row, '隐患整改通知书-公司整改')
}

/** Let in, looked at everything, and would not sign: why, and who saw it. */
async function refuseToSign(desk: Desk): Promise<void> {
  await focusIn(desk, '[data-field="signatory"]')
  await desk.page.locator('.el-checkbox', { hasText: '客户拒签' }).click()
  await focusIn(desk, '[data-field="reason"]')
  await desk.page.keyboard.insertText('称租房，不肯签字')
  await desk.page.locator('[data-field="witness"]').fill('物业李师傅')
  await proveVisit(desk)
}

/** What was found is written down; its notice is printed while the customer waits. */
async function keepNotice(stage: Stage, row: number, title: string): Promise<void> {
  const { desk } = stage
  await press(desk.page, 'F12', '登记 1 处隐患')
  await dialog(desk, '隐患整改通知书').waitFor()
  await desk.keepPaper(title)
  await clear(desk)
  await focusIn(desk, `tr[data-line="${row + 1}"]`)
}

async function openHazard(stage: Stage, { id, hazardNo }: Hazard): Promise<Desk> {
  const { desk } = stage
  await desk.go(`/hazards/${id}`)
  await heading(desk, `隐患 ${hazardNo}`)
  return desk
}

async function deliver(stage: Stage, { id }: Hazard): Promise<void> {
  await step(stage.desk, 'Ctrl+T', '登记送达', { receivedBy: '户主家属' })
  await stage.until(
    'delivery',
    'SELECT n.receipt FROM rectification_notices n JOIN hazards h ON h.notice_id = n.id WHERE h.id = ?',
    'signed',
    id,
  )
}

/** By another inspector than the one who found it. */
async function reinspect(stage: Stage, { id }: Hazard, note: string): Promise<void> {
  const { desk } = stage
  await shows(desk, '待复查')
  await step(desk, 'Ctrl+Shift+R', '复查', { note }, async (form) => {
    await form.locator('[data-field="inspectorId"] .el-select').click()
    await desk.page.locator('.el-select-dropdown__item:visible', { hasText: '孙文博' }).first().click()
  })
  await stage.until('re-inspection', stateOfHazard, 'passed', id)
}

/** The notice is signed for, the measures and the report to the community are written down (clause 19(3)). */
export async function deliverNotice(stage: Stage): Promise<void> {
  const hazard = hazardOf(stage)
  const desk = await openHazard(stage, hazard)
  await deliver(stage, hazard)
  await step(desk, 'Shift+F6', '临时措施', { note: '关闭表前阀并挂牌，开窗通风，撤离厨房人员' })
  await step(desk, 'Shift+F3', '上报登记', { reportedTo: '阳光花园社区居委会', note: '电话报告，约定复查时到场' })
  await stage.until('report', `SELECT reported_to <> '' AS told FROM hazards WHERE id = ?`, 1, hazard.id)
  await desk.shot('隐患已送达')
  stage.tell(`隐患 ${hazard.hazardNo}：通知书已签收，临时措施、上报社区均已登记`)
}

/** Support is called, the inspector stays until it is mended, tried and found good. */
export async function stayUntilMended(stage: Stage): Promise<void> {
  const hazard = valveOf(stage)
  const desk = await openHazard(stage, hazard)
  await deliver(stage, hazard)
  await step(desk, 'Shift+F6', '临时措施', { note: '关闭立管阀，停用灶具，现场监护' })
  await step(desk, 'Ctrl+Enter', '整改完成', { note: '抢修人员更换表前阀' }, async (form) => {
    await form.locator('.el-select').first().click()
    await desk.page.locator('.el-select-dropdown__item:visible', { hasText: '张晓燕' }).click()
  })
  await reinspect(stage, hazard, '新阀关闭严密，试验用气正常')
  await step(desk, 'Shift+F7', '现场监护', {
    supportCalledAt: '14:20',
    supportArrivedAt: '14:45',
    releasedAt: '15:20',
  })
  await stage.until('stay', 'SELECT released_at IS NOT NULL AS n FROM hazards WHERE id = ?', 1, hazard.id)
  await desk.shot('现场监护到整改合格')
  stage.tell(`隐患 ${hazard.hazardNo}：监护到整改合格、试验用气正常才撤离`)
}

/** Somebody wants gas back too early: the screen refuses, and so does the backend past the screen. */
export async function tryResumption(stage: Stage, clause: string, tried: string): Promise<void> {
  const { desk } = stage
  const { accountId, servicePointId } = hazardOf(stage)
  await desk.go(`/supply/resume/${accountId}`)
  await desk.see('现在不能恢复供气')
  const said = (await desk.page.locator('.blocks li').allInnerTexts()).join('；')
  stage.refused({ clause, tried: `${tried}（界面）`, said, by: 'screen' })
  await desk.shot(`恢复供气被拒绝-${clause === '17(2)' ? '夜间' : '隐患未复查'}`)
  const answer = await stage.knock('4001', 'supply.resumeSupply', async (read) => {
    const { testers, checklist } = await read('supply.supplyOfAccount', { accountId })
    return {
      requestId: crypto.randomUUID(),
      servicePointId,
      outcome: 'resumed',
      tightness: { pressurePa: 5_000, minutes: 15, dropPa: 0 },
      checks: (checklist as { item: string }[]).map(({ item }) => ({ item, ok: true, note: '' })),
      testerId: (testers as { staffId: string }[])[0]?.staffId ?? null,
      note: '',
    }
  })
  stage.refused({ clause, tried: `${tried}（绕过界面）`, said: answer, by: 'backend' })
}

/** Mended, and looked at again by a certified inspector: nothing holds gas off any more. */
export async function mendAndReinspect(stage: Stage): Promise<void> {
  const desk = await stage.as('1001')
  const hazard = hazardOf(stage)
  await openHazard(stage, hazard)
  await step(desk, 'Ctrl+Enter', '整改完成', { note: '更换灶前接头和金属波纹软管' })
  await reinspect(stage, hazard, '检漏仪、皂液复查均无漏气')
  await desk.shot('隐患复查合格')
  stage.tell(`隐患 ${hazard.hazardNo} 整改，孙文博 复查合格`)
}

/** Tightness test, safety check, gas, and its paper (clause 17(2)). */
export async function giveGasBack(stage: Stage): Promise<void> {
  const desk = await stage.as('1001')
  const { accountId, servicePointId } = hazardOf(stage)
  await desk.go(`/supply/resume/${accountId}`)
  await desk.field('pressurePa').waitFor()
  await desk.fill('pressurePa', '5')
  await desk.fill('minutes', '15')
  await desk.fill('dropPa', '0')
  await desk.page
    .locator('.el-select:visible', { has: desk.page.locator('[data-field="testerId"]') })
    .or(desk.page.locator('.el-select.tester:visible'))
    .first()
    .click()
  await desk.page.locator('.el-select-dropdown__item:visible', { hasText: '孙文博' }).first().click()
  await desk.press('Ctrl+G')
  await press(desk.page, 'F12', '恢复供气')
  await desk.keepPaper('恢复供气通知单')
  await stage.until('gas', 'SELECT gas_state FROM service_points WHERE id = ?', 'supplied', servicePointId)
  stage.tell('隐患户：严密性试验、安全检查合格，已恢复供气')
}

/** Called back by the manager, and closed. */
async function callBackAndClose(stage: Stage, hazard: Hazard, picture: string): Promise<void> {
  await callBack(stage, 'hazard', hazard.id, picture)
  const desk = await openHazard(stage, hazard)
  await shows(desk, '待关闭')
  await step(desk, 'F12', '关闭', { note: '回访满意，资料归档' })
  await stage.until('closed hazard', stateOfHazard, 'closed', hazard.id)
  await shows(desk, '已关闭')
  if (picture !== '') await desk.shot('隐患已关闭')
  stage.tell(`隐患 ${hazard.hazardNo} 已关闭`)
}
export const closeLeak = (stage: Stage): Promise<void> => callBackAndClose(stage, hazardOf(stage), '隐患回访')
export const closeValve = (stage: Stage): Promise<void> => callBackAndClose(stage, valveOf(stage), '')
