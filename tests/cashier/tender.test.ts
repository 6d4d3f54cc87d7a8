import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tenderMeans } from '../../src-main/cashier/api.ts'
import { fen, type Fen } from '../../src-main/platform/money.ts'
import { proposed, tendered, tendersFor, type TenderRow } from '../../src-renderer/cashier/tender.ts'

const row = (means: TenderRow['means'], given: number | null): TenderRow => ({
  means,
  given: given === null ? null : fen(given),
  reference: '',
})
const none = fen(0)

describe('the tender', () => {
  test('gives change from cash and sends what stays in the drawer', () => {
    const rows = [row('cash', 10_000)]
    const answer = tendered(fen(8_640), rows, none, false)
    expect(answer).toMatchObject({ change: 1_360, missing: 0, obstacle: null })
    expect(tendersFor(rows, answer.change)).toEqual([{ means: 'cash', amount: 8_640, received: 10_000 }])
  })

  test('proposes the rest of the debt for the next means, and no more 预存 than is held', () => {
    expect(proposed('prepayment', fen(8_640), [], fen(3_000))).toBe(3_000)
    expect(proposed('cash', fen(8_640), [row('prepayment', 3_000)], fen(3_000))).toBe(5_640)
    expect(proposed('wechat', fen(8_640), [row('cash', 10_000)], none)).toBe(0)
  })

  test.each([
    ['change from a channel', [row('wechat', 9_000)], '只有现金能找零'],
    ['an amount that cannot be read', [row('cash', null)], '请填写收款金额'],
    ['more 预存 than there is', [row('prepayment', 4_000)], '预存余额只有 30.00 元'],
    ['no means', [], '请按 F5–F9 选择收款方式'],
  ])('refuses %s', (_, rows, words) => {
    expect(tendered(fen(8_640), rows, fen(3_000), false).obstacle).toContain(words)
  })

  test('keeps a surplus as 预存 only when asked to', () => {
    expect(tendered(fen(8_640), [row('wechat', 9_000)], none, true)).toMatchObject({
      toPrepayment: 360,
      change: 0,
      obstacle: null,
    })
  })

  test('never loses a fen: what is sent is the debt paid plus what is kept', () => {
    const rows = fc.array(
      fc.record({ means: fc.constantFrom(...tenderMeans), given: fc.integer({ min: 1, max: 5_000_00 }).map(fen) }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_00 }).map(fen), rows, fc.boolean(), (due, given, keep) => {
        const tender: TenderRow[] = given.map((r) => ({ ...r, reference: '' }))
        const answer = tendered(due, tender, fen(10_000_00), keep)
        fc.pre(answer.obstacle === null)
        const sent = tendersFor(tender, answer.change).reduce((total, t) => total + t.amount, 0) as Fen
        expect(sent).toBe(due - answer.missing + answer.toPrepayment)
        expect(answer.given).toBe(sent + answer.change)
      }),
    )
  })
})
