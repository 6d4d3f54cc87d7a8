/** 开户: from the application to gas, at one page, by keyboard. */
import type { Desk } from './desk.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

export interface Opened {
  readonly customerName: string
  readonly accountNo: string
  readonly contracts: readonly string[]
  readonly pdfs: readonly string[]
}

/** Persons of the demo hall have small numbers; this one is none of them. */
const newcomer = 990_001

/** The first of those who hold a maintenance certificate; from then on the page proposes. */
async function choose(desk: Desk): Promise<void> {
  await desk.field('workerId').focus()
  await desk.press('ArrowDown', 'ArrowDown', 'Enter')
}

export async function openAccount(desk: Desk): Promise<Opened> {
  const customerName = '方晓溪'
  await desk.go('/opening')
  await desk.fill('customer.profile.name', customerName)
  await desk.fill('customer.profile.idNumber', inventedNationalId(newcomer))
  await desk.fill('customer.profile.phone', inventedMobile(newcomer))
  await desk.fill('servicePoint.place.community', '晨曦里')
  await desk.fill('servicePoint.place.building', '6')
  await desk.fill('servicePoint.place.unit', '2')
  await desk.fill('servicePoint.place.room', '1101')
  await desk.fill('servicePoint.place.district', '示例区')
  await desk.fill('servicePoint.place.street', '青禾路 66 号')
  await desk.fill('purpose', '炊事、热水')
  await desk.shot('报装申请')
  await desk.act('F12', '受理申请')

  await desk.see('登记勘查结果')
  await desk.act('Ctrl+G', '全部合格')
  await choose(desk)
  await desk.shot('勘查')
  await desk.act('F12', '登记勘查结果')

  await desk.act('Ctrl+N', '起草合同')
  await desk.act('Ctrl+P', '打印供用气合同')
  const supply = await desk.keepPaper('供用气合同')
  await desk.act('Ctrl+Shift+P', '打印安全用气合同')
  const safety = await desk.keepPaper('安全用气合同')
  for (let i = 0; i < 2; i++) {
    await desk.act('Ctrl+Enter', '登记签订')
    await desk.field('signatory').waitFor()
    if (i === 0) await desk.shot('登记签订')
    await desk.act('F12', '登记')
    await desk.page.locator('.el-dialog').filter({ visible: true }).waitFor({ state: 'hidden' })
  }
  await desk.shot('两份合同已签')
  await desk.act('F12', '开户')

  await desk.field('meterNo').waitFor()
  await desk.fill('meterNo', 'M88660001')
  await desk.fill('initialIndex', '0')
  await desk.shot('装表')
  await desk.act('F12', '登记装表')

  await desk.see('登记验收结果')
  await desk.act('Ctrl+G', '全部合格')
  await desk.shot('验收')
  await desk.act('F12', '登记验收结果')

  await desk.field('pressurePa').waitFor()
  await desk.fill('pressurePa', '5')
  await desk.fill('minutes', '15')
  await desk.fill('dropPa', '0')
  await desk.act('Ctrl+Enter', '登记严密性试验')
  await desk.field('pressurePa').waitFor({ state: 'detached' })
  await desk.see('登记安全检查')
  await desk.act('Ctrl+G', '全部合格')
  await desk.shot('通气前检查')
  await desk.act('Ctrl+Shift+Enter', '登记安全检查')
  // Who checked is proposed to light.
  await desk.page.locator('.ignite [data-field="workerId"]').waitFor()
  await desk.act('F12', '通气')
  await desk.see(/已通气|供气中/)
  await desk.shot('已通气')

  const [row] = desk.app.query<{ accountNo: string; gasState: string }>(
    `SELECT a.account_no AS accountNo, p.gas_state AS gasState FROM accounts a JOIN customers c ON c.id = a.customer_id
     JOIN service_points p ON p.id = a.service_point_id WHERE c.name = ?`,
    customerName,
  )
  if (row?.gasState !== 'supplied') throw new Error('the new account has no gas')
  const contracts = desk.app
    .query<{ no: string }>(`SELECT contract_no AS no FROM contracts WHERE state = 'signed' ORDER BY contract_no`)
    .map(({ no }) => no)
  desk.tell(`${customerName} ${row.accountNo}：报装 → 勘查 → 两份合同 → 装表 → 验收 → 严密性试验、安全检查 → 通气`)
  return { customerName, accountNo: row.accountNo, contracts, pdfs: [supply, safety] }
}
