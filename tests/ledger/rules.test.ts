import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ledgerAccounts } from '../../src-main/ledger/api.ts'
import { mirrored, sealedLines, type LedgerLine } from '../../src-main/ledger/rules.ts'
import { fen } from '../../src-main/platform/money.ts'

const amount = fc.integer({ min: 1, max: 1_000_000_000 }).map(fen)
const account = fc.constantFrom(...ledgerAccounts)

/** Debits of any size, and one credit that balances them. */
const balancedLines = fc
  .tuple(fc.array(fc.record({ account, debit: amount }), { minLength: 1, maxLength: 8 }), account)
  .map(([debits, credited]): LedgerLine[] => [
    ...debits,
    { account: credited, credit: fen(debits.reduce((total, line) => total + line.debit, 0)) },
  ])

describe('an entry', () => {
  test('is taken when both sides are equal, whatever it is made of', () => {
    fc.assert(
      fc.property(balancedLines, (lines) => {
        const sealed = sealedLines(lines)
        const side = (name: 'debit' | 'credit') => sealed.reduce((total, line) => total + line[name], 0)
        expect(side('debit')).toBe(side('credit'))
        expect(sealed).toHaveLength(lines.length)
      }),
    )
  })

  test('is refused when a single fen is missing', () => {
    fc.assert(
      fc.property(balancedLines, (lines) => {
        const [first, ...rest] = lines
        const short = [{ ...first, debit: fen((first?.debit ?? 0) + 1) } as LedgerLine, ...rest]
        expect(() => sealedLines(short)).toThrow(RangeError)
      }),
    )
  })

  test('leaves out lines that move nothing, and is refused when nothing at all moves', () => {
    const lines: LedgerLine[] = [
      { account: 'cash-drawer', debit: fen(100) },
      { account: 'late-fee', credit: fen(0) },
      { account: 'receivable', credit: fen(100) },
    ]
    expect(sealedLines(lines).map((line) => line.account)).toEqual(['cash-drawer', 'receivable'])
    expect(() => sealedLines([{ account: 'revenue' }])).toThrow(RangeError)
  })

  test('is refused with a negative or a two-sided line', () => {
    expect(() => sealedLines([{ account: 'safe', debit: fen(-1) }])).toThrow(RangeError)
    expect(() => sealedLines([{ account: 'safe', debit: fen(1), credit: fen(1) }])).toThrow(RangeError)
  })
})

test('a reversal undoes every account to the fen, and cash leaves the drawer in use', () => {
  fc.assert(
    fc.property(balancedLines, (lines) => {
      const sealed = sealedLines(lines)
      const undone = mirrored(sealed, 'shift-2')
      const net = new Map<string, number>()
      for (const line of [...sealed, ...undone]) {
        net.set(line.account, (net.get(line.account) ?? 0) + line.debit - line.credit)
      }
      expect([...net.values()].every((value) => value === 0)).toBe(true)
      for (const line of undone) expect(line.holder).toBe(line.account === 'cash-drawer' ? 'shift-2' : '')
      expect(sealedLines(undone)).toEqual(undone)
    }),
  )
})
