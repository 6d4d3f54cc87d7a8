import { describe, expect, test } from 'vitest'
import { coverOf } from '../../src-renderer/backup/words.ts'
import { nextOf, noteOf, obstacleOf, stateOf, type UploadStatus } from '../../src-renderer/sync/words.ts'

const now = Date.parse('2026-11-23T09:00:00+08:00')
const well: UploadStatus = {
  waiting: 0,
  lastSuccessAt: now,
  lastError: null,
  lastAttemptAt: now,
  nextTryAt: now + 600_000,
  running: false,
  configured: true,
  acknowledged: 10,
  ledger: 'equal',
  wayOut: null,
  preparing: false,
}

describe('the upload page', () => {
  test('says where the upload stands, the gravest first', () => {
    expect(stateOf(well)).toEqual({ state: 'ok', text: '已全部上报' })
    expect(stateOf({ ...well, waiting: 3 })).toEqual({ state: 'todo', text: '等待上报' })
    expect(stateOf({ ...well, waiting: 3, lastError: '总部繁忙' }).state).toBe('late')
    expect(stateOf({ ...well, configured: false }).text).toBe('未设置总部')
  })

  test('tells what stands in the way, who mends it, and that nothing is lost', () => {
    expect(obstacleOf(well, true)).toBeNull()
    expect(obstacleOf({ ...well, lastError: '总部系统故障（500）' }, true)).toBe(
      '总部系统故障（500）。数据保存在本厅，不会丢失，营业不受影响。',
    )
    expect(obstacleOf({ ...well, configured: false }, false)).toContain('联系管理员')
  })

  test('names the next try, or that it is due', () => {
    expect(nextOf(well, now)).toBe('09:10')
    expect(nextOf(well, now + 600_000)).toBe('马上')
    expect(nextOf({ ...well, configured: false }, now)).toBe('—')
  })

  test('says of each batch why it failed, or that the books agree', () => {
    expect(noteOf({ reason: '总部繁忙', ledger: null })).toBe('总部繁忙')
    expect(noteOf({ reason: null, ledger: 'different' })).toBe('总部核对账目合计：不一致')
  })
})

test('the backup page warns when no proved backup is younger than two days', () => {
  expect(coverOf(null, now).state).toBe('late')
  expect(coverOf(now - 47 * 3_600_000, now).state).toBe('ok')
  expect(coverOf(now - 49 * 3_600_000, now).state).toBe('late')
})
