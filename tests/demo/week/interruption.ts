/** 计划停气 of a street: too short a notice refused, posted, the special-care customers told, done and given back (clause 18(2)). */
import { agreeFinally, choose, clear, heading, obstacleOf, press, step } from './hands.ts'
import type { Desk } from '../desk.ts'
import type { Stage } from './stage.ts'

export const street = '望江路'

interface Interruption {
  readonly id: string
  readonly no: string
  readonly affected: number
}
const ofStreet = (stage: Stage): Interruption =>
  stage.one<Interruption>(
    'interruption of the street',
    `SELECT id, interruption_no AS no, affected FROM interruptions WHERE scope_kind = 'street' ORDER BY id DESC LIMIT 1`,
  )

async function times(desk: Desk, from: string, to: string, resumeBy: string): Promise<void> {
  await desk.fill('fromAt', from)
  await desk.fill('toAt', to)
  await desk.fill('resumeBy', resumeBy)
}

/** First for tomorrow, which the hall may not; then for Thursday. */
export async function announce(stage: Stage): Promise<void> {
  const { desk } = stage
  await desk.go('/supply')
  await desk.page.locator('tbody tr').first().waitFor()
  await press(desk.page, 'Ctrl+N', '新建停气')
  await heading(desk, '新建停气')
  await desk.fill('reason', '中压管道碰口')
  await choose(desk, '街道')
  await desk.fill('scope.street', street)
  await times(desk, '2026-11-24 09:00', '2026-11-24 15:00', '2026-11-24 17:00')
  await desk.page.locator('dl dd').first().waitFor()
  await desk.see('还差')
  await desk.shot('新建停气-通知期不足')
  await press(desk.page, 'F12', '登记')
  await heading(desk, /^计划停气 TQ/)
  const planned = ofStreet(stage)
  const tried = '停气前 24 小时才发通知'
  stage.refused({ clause: '18(2)', tried: `${tried}（界面）`, said: await obstacleOf(desk, '发出通知'), by: 'screen' })
  await desk.shot('通知期不足被拒绝')
  const said = await stage.knock('4001', 'supply.notifyInterruption', () =>
    Promise.resolve({ requestId: crypto.randomUUID(), interruptionId: planned.id }),
  )
  stage.refused({ clause: '18(2)', tried: `${tried}（绕过界面）`, said, by: 'backend' })

  await press(desk.page, 'F3', '修改')
  await heading(desk, '修改停气')
  await desk.page.waitForFunction(
    () =>
      document.querySelector<HTMLInputElement>('[data-field="reason"] input, input[data-field="reason"]')?.value !== '',
  )
  await times(desk, '2026-11-26 09:00', '2026-11-26 15:00', '2026-11-26 17:00')
  await desk.page.locator('dl dd').first().waitFor()
  await desk.shot('新建停气')
  await press(desk.page, 'F12', '登记')
  await heading(desk, /^计划停气 TQ/)
  await press(desk.page, 'Ctrl+T', '发出通知')
  await desk.keepPaper('停气通知-楼栋')
  await clear(desk)
  await press(desk.page, 'Ctrl+Shift+P', '打印住户通知')
  await desk.keepPaper('停气通知单-住户')
  await clear(desk)
  const noticed = ofStreet(stage)
  stage.tell(`计划停气 ${noticed.no}：${street} ${noticed.affected} 户，楼栋和住户通知已打印`)
}

/** The notices hang at every door. */
export async function post(stage: Stage): Promise<void> {
  const { desk } = stage
  const { id, no } = ofStreet(stage)
  await desk.go(`/supply/interruptions/${id}`)
  await heading(desk, `计划停气 ${no}`)
  await step(desk, 'Ctrl+Enter', '登记张贴', { place: '单元门口', postedBy: '赵师傅' })
  await stage.until(
    'postings',
    'SELECT count(*) AS n FROM interruption_buildings WHERE interruption_id = ? AND posted_at IS NULL',
    0,
    id,
  )
  await clear(desk)
  const open = () =>
    stage.one<{ n: number }>(
      'calls',
      `SELECT count(*) AS n FROM interruption_care WHERE interruption_id = ? AND result IS NOT 'told'`,
      id,
    ).n
  const all = open()
  for (let left = all; left > 0; left--) {
    await press(desk.page, 'Ctrl+H', '告知下一位')
    await desk.page
      .locator('.el-dialog:visible', { hasText: '电话告知' })
      .getByText(/^\d{11}$/)
      .waitFor()
    if (left === all) await desk.shot('特殊客户电话告知')
    await desk.press('F12')
    await stage.until(
      'special-care customers',
      `SELECT count(*) AS n FROM interruption_care WHERE interruption_id = ? AND result IS NOT 'told'`,
      left - 1,
      id,
    )
    await clear(desk)
  }
  await desk.shot('停气准备就绪')
  stage.tell(`${no}：通知已全部张贴，${all} 位特殊客户已逐位电话告知`)
}

export async function begin(stage: Stage): Promise<void> {
  const desk = await stage.as('3001')
  const { id, no } = ofStreet(stage)
  await desk.go(`/supply/interruptions/${id}`)
  await heading(desk, `计划停气 ${no}`)
  await press(desk.page, 'F12', '开始停气')
  await agreeFinally(desk, '开始停气')
  await stage.until(
    'interruption',
    `SELECT state = 'interrupted' AND unfinished = 0 AS n FROM interruptions WHERE id = ?`,
    1,
    id,
  )
  await desk.see('已停气')
  await desk.shot('停气中')
  stage.tell(`${no}：已按通知的时间停气`)
}

/** Ended, and given back building by building from the testers' sheets. */
export async function endAndResume(stage: Stage): Promise<void> {
  const desk = await stage.as('3001')
  const { id, no, affected } = ofStreet(stage)
  await desk.go(`/supply/interruptions/${id}`)
  await heading(desk, `计划停气 ${no}`)
  await press(desk.page, 'F12', '结束停气')
  await agreeFinally(desk, '结束停气')
  await stage.until('end', `SELECT state = 'resumed' AND unfinished = 0 AS n FROM interruptions WHERE id = ?`, 1, id)
  await clear(desk)
  const buildings = stage.query<{ id: string; customers: number }>(
    `SELECT id, customers FROM interruption_buildings WHERE interruption_id = ? ORDER BY customers DESC, id`,
    id,
  )
  const resumed = `SELECT count(*) AS n FROM supply_resumptions WHERE outcome = 'resumed' AND subject = ?`
  let done = 0
  for (const [i, building] of buildings.entries()) {
    await desk.go(`/supply/buildings/${building.id}`)
    await heading(desk, /^恢复供气 /)
    const rows = desk.page.locator('main tbody tr')
    await rows.first().waitFor()
    const households = await rows.count()
    await desk.page.locator('.tester .el-select').click()
    await desk.page.locator('.el-select-dropdown__item:visible', { hasText: '孙文博' }).first().click()
    await desk.page.waitForFunction(() => document.activeElement?.closest('.outcome') !== null)
    for (let row = 0; row < households; row++) await desk.press('Enter')
    await press(desk.page, 'F12', `登记 ${households} 户`)
    if (i === 0) await desk.shot('整栋登记恢复')
    done += households
    await stage.until('resumptions', resumed, done, `interruption:${id}`)
    if (i === 0) {
      await press(desk.page, 'Ctrl+P', '打印通知单')
      await desk.keepPaper('恢复供气通知单-楼栋')
    }
    await clear(desk)
  }
  if (done !== affected) throw new Error(`${done} of ${affected} customers have gas again`)
  await desk.go(`/supply/interruptions/${id}`)
  await heading(desk, `计划停气 ${no}`)
  await press(desk.page, 'Ctrl+P', '打印恢复通知')
  await desk.keepPaper('恢复供气通知')
  await desk.shot('停气已结束')
  stage.tell(`${no}：${done} 户逐户试验检查合格，已恢复供气`)
}
