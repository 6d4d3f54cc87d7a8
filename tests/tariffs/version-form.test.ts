import { describe, expect, test } from 'vitest'
import { cubicMetres, unitPrice } from '../../src-main/platform/money.ts'
import { examplePlans } from '../../src-main/tariffs/examples.ts'
import { bodyOf, formFrom, missingIn, tierName } from '../../src-renderer/tariffs/version-form.ts'

describe('the form of a price version', () => {
  test.each(examplePlans.flatMap(({ name, versions }) => versions.map((version) => [name, version] as const)))(
    'begins with what is in force and gives it back unchanged: %s',
    (_, { id: _id, effectiveFrom: _from, source: _source, ...body }) => {
      const version = { ...body, id: 'v', effectiveFrom: _from, source: '' } as Parameters<typeof formFrom>[0]
      expect(bodyOf(formFrom(version))).toEqual(body)
    },
  )

  test('says what is missing before it is sent', () => {
    const form = formFrom(undefined)
    expect(bodyOf(form)).toBeNull()
    expect(missingIn(form).map(({ field, message }) => `${field} ${message}`)).toEqual([
      'body.tiers.0.upTo 请填写上限',
      'body.tiers.0.price 请填写单价',
      'body.tiers.1.upTo 请填写上限',
      'body.tiers.1.price 请填写单价',
      'body.tiers.2.price 请填写单价',
    ])
    expect(missingIn({ ...form, kind: 'flat' })).toEqual([{ field: 'body.price', message: '请填写单价' }])
    expect(missingIn({ ...form, kind: 'seasonal' }).map(({ field }) => field)).toEqual([
      'body.seasons.0.price',
      'body.seasons.1.price',
    ])
  })

  test('an allowance for large households that allows nothing is still to be filled in', () => {
    const form = formFrom(undefined)
    form.tiers = [
      { upTo: cubicMetres(310), price: unitPrice(30_000) },
      { upTo: null, price: unitPrice(33_000) },
    ]
    form.addon.on = true
    for (const nothing of [[], [null], [cubicMetres(0)]]) {
      form.addon.addByTier = nothing
      expect(missingIn(form)).toEqual([
        { field: 'body.householdAddon.addByTier.0', message: '请填写每年加多少；不增加的，去掉上面的勾' },
      ])
    }
    form.addon.addByTier = [cubicMetres(100)]
    expect(missingIn(form)).toEqual([])
  })

  test('leaves the last tier open, whatever limit was typed while it was not the last', () => {
    const form = formFrom(undefined)
    form.tiers = [
      { upTo: cubicMetres(310), price: unitPrice(30_000) },
      { upTo: cubicMetres(520), price: unitPrice(33_000) },
    ]
    expect(bodyOf(form)).toMatchObject({ tiers: [{ upTo: 310_000 }, { upTo: null }] })
    expect([tierName(0), tierName(2)]).toEqual(['第一档', '第三档'])
  })
})
