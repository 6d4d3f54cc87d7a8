/** 今日 by number: the row that was seen, however the list is read anew under the hand. */
import { expect, test } from 'vitest'
import { numberedRows } from '../../src-renderer/home/numbered.ts'

let at = 0
const list = () => {
  at = 0
  return numberedRows<string>(
    (row) => row,
    () => at,
  )
}

test('a number pressed as the list changes means the row as it stood; a little later, the row as it stands', () => {
  const rows = list()
  rows.show(['工单', '备份', '回访'])
  at = 5_000
  rows.show(['漏气', '工单', '备份', '回访'])
  expect(rows.meant(1)).toBe('备份')
  at += 400
  expect(rows.meant(0)).toBe('工单')
  expect(rows.meant(3)).toBe('回访')
  at += 700
  expect(rows.meant(0)).toBe('漏气')
  expect(rows.meant(1)).toBe('工单')
})

test('a row that has gone under the hand opens nothing else; a second change at once counts from the first', () => {
  const rows = list()
  rows.show(['工单', '备份'])
  at = 5_000
  rows.show(['备份'])
  expect(rows.meant(0)).toBeNull()
  at += 300
  rows.show(['备份', '回访'])
  expect(rows.meant(1)).toBe('备份')
})

test('a row stays itself while the number in its title changes', () => {
  const rows = numberedRows<{ to: string; title: string }>(
    ({ to }) => to,
    () => at,
  )
  at = 0
  rows.show([{ to: '/followups', title: '回访 12 件' }])
  at = 5_000
  rows.show([{ to: '/followups', title: '回访 11 件' }])
  expect(rows.meant(0)?.title).toBe('回访 11 件')
})

test('the first list is meant at once, and one that is read anew without a change moves nothing', () => {
  const rows = list()
  rows.show([])
  rows.show(['工单', '备份'])
  expect(rows.meant(1)).toBe('备份')
  at = 5_000
  rows.show(['工单', '备份'])
  expect(rows.meant(0)).toBe('工单')
})
