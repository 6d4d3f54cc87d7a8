import { afterEach, beforeEach, expect, test } from 'vitest'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PaperKind } from '../../src-main/notices/api.ts'
import { refusal } from '../customers/support.ts'
import { id, openLifeHall, yuan, type Home, type LifeHall } from './account-hall.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  await hall.openShift(yuan(1_000))
  home = hall.home()
})
afterEach(() => hall.close())

const words = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x3D;', '=')
    .replaceAll(/\s+/g, ' ')

async function paper(kind: PaperKind, processId: string): Promise<string> {
  const { html, title } = await hall.paper({ kind, id: processId })
  // Kept where somebody wants to look at the papers.
  const folder = process.env['HALL_PAPERS']
  if (folder) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${title}.html`), html)
  }
  // The customer takes it home.
  expect(html, `${title} has no room for the seal`).toContain('<span class="seal">')
  const text = words(html)
  expect(text).toContain('24 小时服务电话')
  expect(text).toContain(title)
  return text
}

test('停用、复用、拆除、销户: each paper says what was done, by whom, with which result', async () => {
  await hall.billed(home, '2026-11-01', 20)
  const out = await hall.begin(home, 'deactivation')
  await out.read(30)
  expect(await paper('settlement', out.processId)).toMatch(/尚欠合计（含违约金） 90\.00 .*尚未结清，本单仅供核对/)
  await hall.pay(home.accountId)
  await out.deactivate()
  expect(await paper('deactivation', out.processId)).toMatch(/已办结.*止数 30.*封签 F-0001.*王师傅.*客户签字/)
  const settled = await paper('settlement', out.processId)
  expect(settled).toMatch(/第一档 .* m³ × 3\.00 = /)
  expect(settled).toContain('气费和违约金均已结清')

  const back = await hall.begin(home, 'reactivation')
  await back.tightness(20)
  await back.tightness()
  await back.safety()
  await back.reactivate()
  expect(await paper('reactivation', back.processId)).toMatch(
    /压降 20 Pa，超过允许的 0 Pa 不合格.*压降 0 Pa 合格.*逐项检查 \d+ 项，均合格.*地址 .*开户行/,
  )

  const again = await hall.begin(home, 'deactivation')
  await again.read(30)
  await again.deactivate()
  await hall.prepay(home.accountId, 20)
  const off = await hall.begin(home, 'dismantling')
  await off.read(30)
  await off.remove(30)
  await off.tightness()
  await hall.refund(home.accountId, 20)
  await off.dismantle()
  expect(await paper('dismantling', off.processId)).toMatch(/拆下 L\d+，读数 30，管道已封堵.*不再恢复/)
  expect(await paper('settlement', off.processId)).toMatch(/预存退还 20\.00 元.*预存余额为零/)

  const end = await hall.begin(home, 'closing')
  await end.close()
  expect(await paper('closing', end.processId)).toContain('余额为零，户号终止')
  expect((await refusal(hall.paper({ kind: 'transfer', id: end.processId }))).message).toContain('没有这种单据')
})

test('过户单 for both parties, personal numbers masked; a reprint says so', async () => {
  await hall.prepay(home.accountId, 80)
  const life = await hall.begin(home, 'transfer')
  // Both sides would sign for a holder and a reading that are not there.
  await expect(paper('transfer', life.processId)).rejects.toThrow('还没有登记新户主')
  await life.name()
  await expect(paper('transfer', life.processId)).rejects.toThrow('还没有抄止数')
  // Nor does the company certify that all is paid while gas may have flowed since the last bill.
  expect(await paper('settlement', life.processId)).toMatch(/止数还没有抄，本单仅供核对/)
  await life.papers()
  await life.read(10)
  expect(await paper('transfer', life.processId)).toContain('过户办结后生成')
  await hall.pay(home.accountId)
  await life.choose('carry')
  hall.attach(home.customerId, 'consent')
  await life.draft()
  await life.sign('supply')
  await life.sign('safety')
  const { newAccountNo } = await life.transfer()
  const text = await paper('transfer', life.processId)
  for (const part of ['王小明', '赵敏', newAccountNo, '原户主签字', '新户主签字', '安全用气合同 AQ'])
    expect(text).toContain(part)
  expect(text).not.toMatch(/\d{17}[\dX]/)
  expect(await paper('settlement', life.processId)).toMatch(/结转新户主 80\.00 元 .*预存余额 0\.00 元/)
  const print = () => hall.print({ requestId: id(), kind: 'transfer', id: life.processId, how: 'printer' })
  expect(words((await print()).html)).not.toContain('补打')
  expect(words((await print()).html)).toContain('补打 第 1 次')
})

test('换表单: both meters, the last gas and what was made up, to be signed', async () => {
  await hall.billed(home, '2026-03-01', 59)
  const life = await hall.begin(home, 'exchange')
  // Nobody signs for figures that are not there.
  await expect(paper('meter-exchange', life.processId)).rejects.toThrow('还没有登记旧表止数')
  await life.exchange(60, 'NEW-7001', { stoppedOn: '2026-11-13' })
  const text = await paper('meter-exchange', life.processId)
  expect(text).toMatch(/旧表 L\d+ 膜式表 G2\.5 止数 60 .*新表 NEW-7001 物联网表 G4（6 位） 底数 0/)
  expect(text).toMatch(/59（2026-03-01） 1 10（2026-11-13 起停走） ZD/)
  expect(text).toContain('待签字')
  await life.tightness()
  await life.safety()
  await life.signExchange()
  const signed = await paper('meter-exchange', life.processId)
  expect(signed).toContain('换表单由 王小明 签字')
  expect(signed).toMatch(/严密性试验.*压降.*安全检查/)
})
