import fc from 'fast-check'
import { nextTick, ref, type Ref } from 'vue'
import { describe, expect, test, vi } from 'vitest'
import { fen, formatCubicMetres, formatYuan, litre, type Fen } from '../../src-main/platform/money.ts'
import { readMoney, readVolume, withinBounds } from '../../src-renderer/components/quantity.ts'
import { useQuantity } from '../../src-renderer/composables/useQuantity.ts'
import { useDraft } from '../../src-renderer/composables/useDraft.ts'
import { forgetDrafts } from '../../src-renderer/drafts/keeper.ts'

describe('a money field', () => {
  test('reads every amount it writes, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (amount) => {
        expect(readMoney(formatYuan(fen(amount)))).toEqual({ value: amount, problem: null })
      }),
    )
  })

  test.each([
    ['12.345', '金额最多 2 位小数，例如 1234.50'],
    ['-3', '金额不能为负数'],
    ['十二', '金额只能填数字，例如 1234.50'],
    ['1,23', '金额的逗号位置不对，应每三位一个，例如 1,234'],
    ['99999999999999', '金额过大，请核对是否多输了数字'],
  ])('says what to mend in %j', (text, problem) => {
    expect(readMoney(text)).toEqual({ value: null, problem })
  })

  test('an empty field is no mistake', () => {
    expect(readMoney('  ')).toEqual({ value: null, problem: null })
  })

  test('keeps to its bounds and names them', () => {
    const bounds = { min: fen(100), max: fen(5000), show: formatYuan }
    expect(withinBounds(readMoney('50.01'), bounds)).toEqual({ value: null, problem: '不能大于 50.00' })
    expect(withinBounds(readMoney('0.99'), bounds)).toEqual({ value: null, problem: '不能小于 1.00' })
    expect(withinBounds(readMoney('50'), bounds).value).toBe(5000)
  })

  test('does not rewrite while typing, and writes it out when left', () => {
    const model = ref<number | null>(null) as Ref<Fen | null>
    const field = useQuantity(model, readMoney, formatYuan)
    field.type('1234.')
    expect([field.text.value, model.value]).toEqual(['1234.', 123400])
    field.type('1234.5')
    expect([field.text.value, model.value]).toEqual(['1234.5', 123450])
    field.leave()
    expect(field.text.value).toBe('1,234.50')
  })

  test('a text that is no amount empties the model, so that nothing wrong can be paid', () => {
    const model = ref<number | null>(500) as Ref<Fen | null>
    const field = useQuantity(model, readMoney, formatYuan)
    field.type('5x')
    expect([model.value, field.problem.value]).toEqual([null, '金额只能填数字，例如 1234.50'])
  })

  test('follows the form when it is filled or emptied from outside', async () => {
    const model = ref<number | null>(null) as Ref<Fen | null>
    const field = useQuantity(model, readMoney, formatYuan)
    model.value = fen(9900)
    await nextTick()
    expect(field.text.value).toBe('99.00')
    model.value = null
    await nextTick()
    expect(field.text.value).toBe('')
  })
})

test('a volume field reads every reading it writes, to the litre', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (volume) => {
      expect(readVolume(formatCubicMetres(litre(volume)))).toEqual({ value: volume, problem: null })
    }),
  )
  expect(readVolume('1.2345').problem).toBe('气量最多 3 位小数，例如 125.5')
})

describe('a draft', () => {
  vi.stubGlobal('document', { title: '报装申请 - 燃气营业厅' })
  vi.stubGlobal('location', { hash: '#/opening' })

  test('is there again when the operator comes back to the form', () => {
    useDraft('opening', ref({ name: '' }))
    const first = ref({ name: '' })
    useDraft('opening', first)
    first.value.name = '王秀英'
    const again = ref({ name: '' })
    expect(useDraft('opening', again).restored).toBe(true)
    expect(again.value.name).toBe('王秀英')
  })

  test('an answer that comes after the form was sent brings nothing of it back for the next customer', () => {
    const form = ref({ name: '', pointId: null as string | null })
    const { clear } = useDraft('late', form)
    form.value.name = '甄不有'
    clear()
    form.value.pointId = 'found a moment after'
    expect(useDraft('late', ref({ name: '', pointId: null })).restored).toBe(false)

    // Emptied for the next one, the same form is kept again.
    form.value = { name: '', pointId: null }
    form.value.name = '贾非真'
    expect(useDraft('late', ref({ name: '', pointId: null })).restored).toBe(true)
    forgetDrafts()
  })

  test('of what was only read into the form there is none; what is typed then is kept', () => {
    const form = ref({ name: '' })
    const { settle } = useDraft('read', form, { title: () => '修改' })
    form.value.name = 'as it is on file'
    settle()
    expect(useDraft('read', ref({ name: '' })).restored).toBe(false)
    form.value.name = 'typed over'
    expect(useDraft('read', ref({ name: '' })).restored).toBe(true)
    forgetDrafts()
  })

  test('is gone when the form was sent, was emptied again, or the operator left', () => {
    const form = ref({ name: '' })
    const { clear } = useDraft('a', form)
    form.value.name = '李'
    clear()
    expect(useDraft('a', ref({ name: '' })).restored).toBe(false)

    const emptied = ref({ name: '' })
    useDraft('b', emptied)
    emptied.value.name = '李'
    emptied.value.name = ''
    expect(useDraft('b', ref({ name: '' })).restored).toBe(false)

    const left = ref({ name: '' })
    useDraft('c', left)
    left.value.name = '李'
    forgetDrafts()
    expect(useDraft('c', ref({ name: '' })).restored).toBe(false)
  })
})
