import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { denominations, type CountRows } from '../../src-main/cashier/api.ts'
import {
  allocate,
  amountOnBills,
  chooseForBank,
  countTotal,
  floatAndDeposit,
  openingProblem,
  owed,
  shiftTransitions,
  skippedBill,
  sumTenders,
  type Debt,
  type LastShift,
} from '../../src-main/cashier/rules.ts'
import { fen, sum, type Fen } from '../../src-main/platform/money.ts'

const amount = (max = 1_000_000) => fc.integer({ min: 0, max }).map(fen)
const debts = fc
  .array(fc.record({ outstanding: amount(), lateFee: amount(10_000) }), { maxLength: 12 })
  .map((rows): Debt[] => rows.map((row, i) => ({ ...row, billId: `b${i}`, billNo: `ZD${i}` })))
const totalOf = (rows: readonly Debt[]) => sum(rows.map(owed))

describe('money goes on the oldest bills first', () => {
  test('to the fen: what bills take and what is left is what was paid, and no bill takes more than it owes', () => {
    fc.assert(
      fc.property(debts, amount(5_000_000), (open, paid) => {
        const { allocations, left } = allocate(open, paid)
        expect(sum(allocations.flatMap((part) => [part.principal, part.lateFee])) + left).toBe(paid)
        expect(left).toBe(Math.max(0, paid - totalOf(open)))
        for (const part of allocations) {
          const debt = open.find((row) => row.billId === part.billId)
          expect(part.principal).toBeGreaterThanOrEqual(0)
          expect(part.lateFee).toBeGreaterThanOrEqual(0)
          expect(part.principal).toBeLessThanOrEqual(debt?.outstanding ?? -1)
          expect(part.lateFee).toBeLessThanOrEqual(debt?.lateFee ?? -1)
        }
      }),
    )
  })

  test('in order: a bill gets nothing while an older one still owes, and its late fee comes before its principal', () => {
    fc.assert(
      fc.property(debts, amount(5_000_000), (open, paid) => {
        const { allocations } = allocate(open, paid)
        const order = allocations.map((part) => open.findIndex((debt) => debt.billId === part.billId))
        expect(order).toEqual([...order].sort((a, b) => a - b))
        for (const part of allocations.slice(0, -1)) {
          const debt = open.find((row) => row.billId === part.billId)
          expect(part.principal + part.lateFee).toBe(debt && owed(debt))
        }
        const last = allocations.at(-1)
        if (last && last.principal > 0) {
          expect(last.lateFee).toBe(open.find((row) => row.billId === last.billId)?.lateFee)
        }
      }),
    )
  })

  test('an older bill is never passed over, and the message can name it', () => {
    fc.assert(
      fc.property(debts, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (open, ticks) => {
        const chosen = new Set(open.filter((_, i) => ticks[i]).map((debt) => debt.billId))
        const skipped = skippedBill(open, chosen)
        const firstGap = open.findIndex((debt) => !chosen.has(debt.billId))
        const last = open.findLastIndex((debt) => chosen.has(debt.billId))
        expect(skipped).toBe(firstGap !== -1 && firstGap < last ? open[firstGap] : null)
      }),
    )
  })
})

describe('tenders', () => {
  const cash = (value: number, received?: number) =>
    ({ means: 'cash', amount: fen(value), received: received === undefined ? undefined : fen(received) }) as const
  const wechat = (value: number) => ({ means: 'wechat', amount: fen(value) }) as const
  const prepayment = (value: number) => ({ means: 'prepayment', amount: fen(value) }) as const

  test('change is what cash was handed over beyond its part, and never comes from anything else', () => {
    expect(sumTenders([cash(8_750, 10_000), wechat(1_250)], fen(0))).toEqual({ amount: 10_000, change: 1_250 })
    expect(sumTenders([cash(8_750)], fen(0))).toEqual({ amount: 8_750, change: 0 })
    expect(() => sumTenders([{ ...wechat(100), received: fen(200) }], fen(0))).toThrow('只有现金可以找零')
    expect(() => sumTenders([cash(100, 99)], fen(0))).toThrow('实收现金少于应收现金')
  })

  test('cash once, prepayment once and within its balance', () => {
    expect(() => sumTenders([cash(1), cash(2)], fen(0))).toThrow('现金只能填一笔')
    expect(() => sumTenders([prepayment(101)], fen(100))).toThrow('预存余额只有 1.00 元')
    expect(sumTenders([prepayment(100)], fen(100)).amount).toBe(100)
  })

  test('more than is owed is refused without consent, and kept as prepayment with it', () => {
    const terms = (toPrepayment: number, consent: boolean) => ({
      due: fen(900),
      toPrepayment: fen(toPrepayment),
      consent,
    })
    expect(() => amountOnBills([cash(1_000)], terms(0, false))).toThrow('收款比应缴多 1.00 元')
    expect(() => amountOnBills([cash(1_000)], terms(100, false))).toThrow('收款比应缴多 1.00 元')
    expect(amountOnBills([cash(1_000)], terms(100, true))).toBe(900)
    expect(() => amountOnBills([cash(950)], terms(100, true))).toThrow('账单尚未缴清')
    expect(() => amountOnBills([cash(100)], terms(100, true))).toThrow('账单尚未缴清')
    expect(() => amountOnBills([cash(900), prepayment(100)], terms(100, true))).toThrow('用预存缴费时不能再转为预存')
    expect(amountOnBills([cash(500)], terms(0, false))).toBe(500)
    expect(() => amountOnBills([cash(500)], { due: fen(0), toPrepayment: fen(0), consent: false })).toThrow('已经缴清')
  })
})

describe('cash to the bank', () => {
  const counts = fc
    .array(fc.integer({ min: 0, max: 40 }), { minLength: denominations.length, maxLength: denominations.length })
    .map((pieces): CountRows => denominations.map((face, i) => ({ face: fen(face), pieces: pieces[i] ?? 0 })))

  test('the pieces chosen are in the drawer and make the deposit; what cannot be made is named', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 100 }), (rows, percent) => {
        const total = countTotal(rows)
        const deposit = fen(Math.floor((total * percent) / 100))
        const { bank, exchanged } = chooseForBank(rows, deposit)
        expect(countTotal(bank) + exchanged).toBe(deposit)
        for (const { face, pieces } of bank) {
          expect(pieces).toBeGreaterThan(0)
          expect(pieces).toBeLessThanOrEqual(rows.find((row) => row.face === face)?.pieces ?? 0)
        }
      }),
    )
  })

  test('nothing needs changing when the drawer holds plenty of every kind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18_000 }), (jiao) => {
        const rows: CountRows = denominations.map((face) => ({ face: fen(face), pieces: 10 }))
        expect(chooseForBank(rows, fen(jiao * 10)).exchanged).toBe(0)
      }),
    )
  })

  test('large notes go, small change stays; 60 yuan of 50s and 20s is three twenties', () => {
    const rows = (...pairs: [number, number][]): CountRows =>
      pairs.map(([face, pieces]) => ({ face: fen(face), pieces }))
    expect(chooseForBank(rows([10_000, 3], [1_000, 20], [100, 50]), fen(31_000))).toEqual({
      bank: rows([10_000, 3], [1_000, 1]),
      exchanged: 0,
    })
    expect(chooseForBank(rows([5_000, 1], [2_000, 3]), fen(6_000))).toEqual({ bank: rows([2_000, 3]), exchanged: 0 })
    expect(chooseForBank(rows([10_000, 2]), fen(15_000))).toEqual({ bank: rows([10_000, 1]), exchanged: 5_000 })
  })

  test('the float goes back to the safe before anything is banked', () => {
    expect(floatAndDeposit(fen(130_000), fen(50_000))).toEqual({ float: 50_000, deposit: 80_000 })
    expect(floatAndDeposit(fen(40_000), fen(50_000))).toEqual({ float: 40_000, deposit: 0 })
  })
})

describe('the shift on the drawer', () => {
  const last = (state: LastShift['state'], handedToId: string | null = null): LastShift => ({
    state,
    cashierId: 'a',
    cashierName: '甲',
    handedToId,
    handedToName: null,
  })
  const money = (value: number): Fen => fen(value)

  test('never two at a time, whoever asks', () => {
    expect(openingProblem(last('open'), 'b', money(0), money(0))).toBe('already-open')
    expect(openingProblem(last('open'), 'a', money(0), money(0))).toBe('already-open')
  })

  test('after a hand-over only the named person takes over, with exactly what was handed over', () => {
    expect(openingProblem(last('handed-over', 'b'), 'c', money(500), money(500))).toBe('handed-to-another')
    expect(openingProblem(last('handed-over', 'b'), 'b', money(499), money(500))).toBe('count-differs')
    expect(openingProblem(last('handed-over', 'b'), 'b', money(501), money(500))).toBe('count-differs')
    expect(openingProblem(last('handed-over', 'b'), 'b', money(500), money(500))).toBeNull()
  })

  test('a drawer emptied by the day close is free for everybody; one that holds money must hold all of it', () => {
    expect(openingProblem(null, 'a', money(500), money(0))).toBeNull()
    expect(openingProblem(last('handed-over', 'b'), 'c', money(500), money(0))).toBeNull()
    expect(openingProblem(last('closed'), 'c', money(300), money(300))).toBeNull()
    expect(openingProblem(last('closed'), 'c', money(299), money(300))).toBe('count-differs')
  })

  test('that has ended never begins again', () => {
    expect(shiftTransitions.closed).toEqual([])
    expect(shiftTransitions['handed-over']).toEqual([])
  })
})
