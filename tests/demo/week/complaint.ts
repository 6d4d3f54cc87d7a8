/** 投诉 about a bill: taken from the customer's file, investigated, answered within 48 hours, called back, closed (clause 20). */
import { heading, press, shows, step } from './hands.ts'
import type { Stage } from './stage.ts'

interface Complaint {
  readonly id: string
  readonly complaintNo: string
}
export const complaintOf = (stage: Stage): Complaint =>
  stage.one<Complaint>('complaint', 'SELECT id, complaint_no AS complaintNo FROM complaints ORDER BY id DESC LIMIT 1')
const reached = (stage: Stage, { id, complaintNo }: Complaint, state: string) =>
  stage.until(complaintNo, 'SELECT state FROM complaints WHERE id = ?', state, id)

export async function takeComplaint(stage: Stage): Promise<void> {
  const { desk } = stage
  const account = stage.one<{ id: string; billNo: string; phone: string }>(
    'account with a bill',
    `SELECT a.id, b.bill_no AS billNo, c.phone FROM accounts a JOIN bills b ON b.account_id = a.id
     JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
     WHERE p.community = '阳光花园' AND p.building = '9' AND b.state <> 'cancelled' AND a.state = 'active'
       AND NOT EXISTS (SELECT 1 FROM complaints o WHERE o.account_id = a.id)
     ORDER BY a.account_no, b.issued_on DESC LIMIT 1`,
  )
  await desk.go(`/customers/${account.id}`)
  await desk.page.locator('.file-header').waitFor()
  await desk.press('Shift+F10')
  await heading(desk, '受理投诉')
  await desk.page.locator('label:visible', { hasText: '气价账单' }).first().click()
  await desk.page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[data-field="complainantName"] input')?.value !== '',
  )
  await desk.fill('complainantPhone', account.phone)
  await desk.fill('content', '这一期气费比上期多很多，家里人口没有变，要求说明怎样算的')
  await desk.page.locator('[data-field="subject"] .el-select').click()
  await desk.page.locator('.el-select-dropdown__item:visible', { hasText: account.billNo }).first().click()
  await desk.shot('受理投诉')
  await press(desk.page, 'F12', '受理')
  await heading(desk, /^投诉 TS/)
  const complaint = complaintOf(stage)
  await reached(stage, complaint, 'received')
  await step(desk, 'Ctrl+D', '指派调查人', {}, async (form) => {
    await form.locator('label', { hasText: '马丽娜' }).click()
  })
  await reached(stage, complaint, 'assigned')
  await shows(desk, '调查中')
  await desk.shot('投诉已指派')
  stage.tell(`投诉 ${complaint.complaintNo}：所指账单 ${account.billNo}，派 马丽娜 调查`)
}

export async function answerComplaint(stage: Stage): Promise<void> {
  const desk = await stage.as('4001')
  const complaint = complaintOf(stage)
  await desk.go(`/complaints/${complaint.id}`)
  await heading(desk, /^投诉 TS/)
  await step(desk, 'Ctrl+Shift+V', '记调查情况', { note: '核对抄表照片和阶梯分档：读数无误，本期跨入第二档' })
  await desk.page.locator('td', { hasText: '本期跨入第二档' }).first().waitFor()
  await step(desk, 'Ctrl+Enter', '回复', { note: '已逐项说明阶梯分档和本期用量，客户认可' })
  await reached(stage, complaint, 'replied')
  await shows(desk, '已回复')
  await desk.shot('投诉已回复')
  stage.tell(`投诉 ${complaint.complaintNo}：48 小时内已回复`)
}

export async function closeComplaint(stage: Stage): Promise<void> {
  const { desk } = stage
  const complaint = complaintOf(stage)
  await desk.go(`/complaints/${complaint.id}`)
  await shows(desk, '已回访')
  await step(desk, 'F12', '关闭', { note: '归档' })
  await reached(stage, complaint, 'closed')
  await shows(desk, '已关闭')
  await press(desk.page, 'Control+p', '受理单')
  await desk.keepPaper('投诉受理单')
  stage.tell(`投诉 ${complaint.complaintNo} 已关闭`)
}
