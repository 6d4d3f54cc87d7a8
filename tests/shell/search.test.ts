import fc from 'fast-check'
import { nextTick } from 'vue'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { markedParts, stepTo, useCustomerSearch } from '../../src-renderer/components/customer-search.ts'
import { customerPath } from '../../src-renderer/shell/customer-path.ts'

describe('the marked part of a hit', () => {
  test('is what the backend says matched, in that field only', () => {
    const marks = [{ field: 'name' as const, from: 0, to: 2 }]
    expect(markedParts('张文博', 'name', marks)).toEqual([
      { text: '张文', hit: true },
      { text: '博', hit: false },
    ])
    expect(markedParts('阳光花园', 'address', marks)).toEqual([{ text: '阳光花园', hit: false }])
  })

  test('never loses or repeats a character, whatever the marks', () => {
    const mark = fc.record({ field: fc.constant('name' as const), from: fc.nat(12), to: fc.nat(12) })
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.array(mark, { maxLength: 4 }), (text, marks) => {
        const parts = markedParts(text, 'name', marks)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const [i, part] of parts.entries()) expect(part.hit).not.toBe(parts[i + 1]?.hit)
      }),
    )
  })
})

test('arrows stop at the first and the last hit', () => {
  expect([stepTo(0, -1, 5), stepTo(4, 1, 5), stepTo(1, 1, 5), stepTo(-1, 1, 0)]).toEqual([0, 4, 2, -1])
})

test('a hit without an account opens the person, one with an account the account', () => {
  expect(customerPath({ accountId: 'a', customerId: 'c' })).toBe('/customers/a')
  expect(customerPath({ accountId: null, customerId: 'c' })).toBe('/customers/person/c')
})

describe('search as you type', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** A backend whose answers come when the test says so; `without` names a customer that has no account. */
  function slowBackend({ without }: { without?: string } = {}) {
    const asked: { text: string; answer: (ids: string[]) => Promise<void> }[] = []
    vi.stubGlobal('window', {
      hall: {
        call: (_name: string, { text }: { text: string }) =>
          new Promise((resolve) => {
            asked.push({
              text,
              answer: async (ids) => {
                resolve({
                  rows: ids.map((customerId) => ({
                    customerId,
                    accountId: customerId === without ? null : customerId,
                  })),
                })
                await new Promise((next) => setTimeout(next))
              },
            })
          }),
      },
    })
    return asked
  }
  const type = async (search: ReturnType<typeof useCustomerSearch>, text: string) => {
    search.text.value = text
    await nextTick()
  }

  test('an answer that comes late never stands under a newer text', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'z')
    await type(search, 'zw')
    await type(search, 'zwb')
    expect(asked.map(({ text }) => text)).toEqual(['z'])
    await asked[0]?.answer(['old'])
    // The letters typed in between are not asked for one by one: only the newest text.
    expect(asked.map(({ text }) => text)).toEqual(['z', 'zwb'])
    await asked[1]?.answer(['new'])
    expect(search.rows.value.map(({ customerId }) => customerId)).toEqual(['new'])
  })

  test('Enter right after typing waits for the right customer', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'z')
    await type(search, 'zhang')
    const chosen = search.chosen()
    await asked[0]?.answer(['wrong'])
    await asked[1]?.answer(['right', 'other'])
    expect((await chosen)?.customerId).toBe('right')
  })

  test('where an account is needed, Enter takes the row that is marked, not one that is not shown', async () => {
    const asked = slowBackend({ without: 'no account' })
    const search = useCustomerSearch(10, { accountsOnly: true })
    await type(search, 'z')
    await asked[0]?.answer(['no account', 'first', 'second'])
    expect(search.rows.value.map(({ customerId }) => customerId)).toEqual(['first', 'second'])
    expect((await search.chosen())?.customerId).toBe('first')
    search.move(1)
    expect((await search.chosen())?.customerId).toBe('second')
  })

  test('an emptied box shows nothing and asks nothing', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'z')
    await asked[0]?.answer(['a'])
    await type(search, '  ')
    expect(search.rows.value).toEqual([])
    expect(asked).toHaveLength(1)
    expect(await search.chosen()).toBeNull()
  })
})
