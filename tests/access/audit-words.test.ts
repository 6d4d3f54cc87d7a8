import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isUseCase } from '../../src-main/platform/use-case.ts'
import { rooms } from '../../src-main/rooms.ts'
import { callNames, showCall } from '../../src-renderer/access/audit-calls.ts'
import { showNotes, showSubject } from '../../src-renderer/access/audit-words.ts'

const recorded = rooms
  .flatMap((room) => Object.values(room))
  .filter(isUseCase)
  .map(({ definition }) => definition)
  .filter(({ kind, audited, unaudited }) => (kind !== 'read' || audited === true) && unaudited !== true)
  .map(({ name }) => name)
  .sort()

describe('the audit log', () => {
  test('has a Chinese name for everything it records (a new call needs its word in audit-calls.ts)', () => {
    expect(recorded.filter((name) => !(name in callNames))).toEqual([])
    for (const name of recorded) expect(showCall(name)).toMatch(/^[\p{Script=Han}]+$/u)
  })

  test('shows subjects and notes without a word of code', () => {
    expect(showSubject('payment:018f0000-0000-7000-8000-0000003f2a1b')).toBe('收款 …3f2a1b')
    expect(showSubject('price-plan:example-non-resident-417')).toBe('价格方案 example-non-resident-417')
    expect(showSubject('unheard-of:1')).toBe('记录 1')
    // A paper is known by what it is; a setting and a report by their names, which stand in the notes.
    expect(showSubject('paper:complaint:018f0000-0000-7000-8000-0000003f2a1b')).toBe('单据 投诉受理单 …3f2a1b')
    expect([showSubject('setting:billing.lateFeeRate'), showSubject('report:regulation')]).toEqual(['设置', '报表'])
    expect(showNotes({ called: '投诉报表', from: '2026-11-01' })).toBe('名称 投诉报表')
    expect(showSubject('golive:printers')).toBe('开业准备 打印机')
    expect(showNotes({ name: '赵敏', what: 'idNumber', reason: '核对合同' })).toBe(
      '姓名 赵敏，号码 证件号码，原因 核对合同',
    )
    expect(showNotes({ fileName: '客户.xlsx', size: 2048, hash: 'ab12' })).toBe(
      '文件 客户.xlsx，大小 2 KB，SHA-256 ab12',
    )
    expect(showNotes({ what: '未整改隐患' })).toBe('')
    expect(showNotes({ result: 'locked-out', staffNo: '1001', internals: { x: 1 }, approver: '李主任' })).toBe(
      '结果 已锁定，工号 1001，批准人 李主任',
    )
  })

  test('has a word for everything a service puts on record as its subject', () => {
    const folder = new URL('../../src-main', import.meta.url).pathname
    const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('demo/'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/subject: `([a-z][a-z_-]*):/g)])
      .map(([, entity = '']) => entity)
    expect(named.length).toBeGreaterThan(50)
    expect([...new Set(named)].filter((entity) => showSubject(`${entity}:1`).startsWith('记录'))).toEqual([])
  })

  test('a refusal does not read as an agreement, and what is empty is not named', () => {
    expect(showNotes({ name: '王主任', orderNo: '', approved: false, note: '依据不足' })).toBe(
      '姓名 王主任，决定 不批准，备注 依据不足',
    )
    expect(showNotes({ name: '王主任', approved: true, note: '' })).toBe('姓名 王主任，决定 批准')
  })
})
