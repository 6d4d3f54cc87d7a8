import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contractStateAfter,
  perMille,
  percent,
  pressureText,
  priceTerms,
  printable,
  scaled,
  signingProblem,
  type ContractAction,
  type ContractState,
} from '../../src-main/contracts/rules.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, unitPrice } from '../../src-main/platform/money.ts'
import type { PriceVersion } from '../../src-main/tariffs/rules.ts'

const head = { id: 'v', effectiveFrom: businessDate('2026-01-01'), source: '示例' }
const tiered: PriceVersion = {
  ...head,
  kind: 'tiered',
  tiers: [
    { upTo: cubicMetres(310), price: unitPrice(30_000) },
    { upTo: cubicMetres(520), price: unitPrice(33_000) },
    { upTo: null, price: unitPrice(42_000) },
  ],
  householdAddon: { minPersons: 5, mode: 'once', addByTier: [cubicMetres(150), cubicMetres(150)] },
}

describe('a contract', () => {
  test('is signed only after it was printed, and a void one is never signed', () => {
    const actions: ContractAction[] = ['print', 'sign', 'void']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions)), (walk) => {
        let state: ContractState = 'draft'
        let printed = false
        let voided = false
        for (const action of walk) {
          const next = contractStateAfter(action, state)
          if (next === null) continue
          if (action === 'sign') expect(printed && !voided).toBe(true)
          if (action === 'print') printed = true
          if (action === 'void') voided = true
          state = next
          if (voided) expect(state).toBe('void')
        }
      }),
    )
  })

  test('voided before its first print has nothing to print', () => {
    expect(printable('void', false)).toBe(false)
    expect(printable('void', true)).toBe(true)
    expect(printable('draft', false)).toBe(true)
  })

  test('states the price of each tier with the household already counted in', () => {
    expect(priceTerms(tiered, 3)).toEqual([
      '第一档 年用气量 310 m³（含）以下 3.00 元/m³',
      '第二档 年用气量 310–520 m³（含） 3.30 元/m³',
      '第三档 年用气量 520 m³ 以上 4.20 元/m³',
    ])
    expect(priceTerms(tiered, 5)[0]).toBe('第一档 年用气量 460 m³（含）以下 3.00 元/m³')
    expect(priceTerms({ ...head, kind: 'flat', price: unitPrice(41_700) }, 1)).toEqual(['4.17 元/m³'])
  })
})

describe('a signature', () => {
  const contract = { draftedOn: businessDate('2026-11-20'), customerName: '赵敏', audience: 'resident' as const }
  const today = businessDate('2026-11-23')
  const self = { signedOn: today, relation: 'self' as const, signatory: '赵敏', agentIdNumber: null }

  test('by the customer stands as it is', () => expect(signingProblem(self, contract, today)).toBeNull())
  test.each([
    ['signedOn', { ...self, signedOn: businessDate('2026-11-24') }],
    ['signedOn', { ...self, signedOn: businessDate('2026-11-19') }],
    ['signatory', { ...self, signatory: '赵明' }],
    ['agentIdNumber', { ...self, relation: 'agent' as const, signatory: '赵明' }],
  ])('is refused for its %s', (field, signing) => {
    expect(signingProblem(signing, contract, today)).toMatchObject({ field })
  })
  test('for an organisation is never its own', () => {
    expect(signingProblem(self, { ...contract, audience: 'non-resident' }, today)).toMatchObject({ field: 'relation' })
  })
})

test('rates and pressures are written without floats', () => {
  expect(perMille(3_000)).toBe('3‰')
  expect(perMille(500)).toBe('0.5‰')
  expect(percent(1_000_000)).toBe('100%')
  expect(percent(125_000)).toBe('12.5%')
  expect(pressureText(2_000)).toBe('2 kPa')
  expect(pressureText(2_350)).toBe('2.35 kPa')
  expect(pressureText(400_000)).toBe('0.4 MPa')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      (value) => Math.round(Number(scaled(value, 4)) * 10_000) === value,
    ),
  )
})
