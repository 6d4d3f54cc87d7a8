/** What everybody at the counter knows of the hall is in no password, also by the short name people call it by. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setPassword } from '../../src-main/access/service.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeAll(async () => void (hall = await openTestHall()))
afterAll(() => hall.close())
const set = (password: string) => () =>
  hall.transact((context) => setPassword(context, actorOf('cashier').id, password))

// 示例燃气有限公司, 示例营业厅, 孙收费.
test.each([
  'Shili-8264x',
  'Shi.Li-8264x',
  'Sh1l1-9264x',
  'Shiliyingyeting#7',
  'gnitgeyiy1l1hs-x',
  'Sunshoufei#7q',
  '示例-Mq7Rt',
  'Ｓｈｉｌｉ－８２６４ｘ',
])('%s is refused', (password) => {
  expect(set(password)).toThrow(/不能有姓名、营业厅或公司的名称|太容易被猜到/)
})
test.each(['Qingshan-7431', 'Mq7#Rt2vLs'])('%s is taken', (password) => {
  expect(set(password)).not.toThrow()
})
