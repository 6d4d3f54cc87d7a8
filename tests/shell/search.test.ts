import fc from 'fast-check'
import { nextTick } from 'vue'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { markedParts, stepTo, useCustomerSearch, type Offer } from '../../src-renderer/components/customer-search.ts'
import { newestOf } from '../../src-renderer/composables/newest.ts'
import { customerPath } from '../../src-renderer/shell/customer-path.ts'

// What a failure says on the screen is another test's business.
vi.mock('../../src-renderer/composables/useCall.ts', async () => ({
  asCallError: (await import('../../src-renderer/bridge.ts')).asCallError,
  tellFailure: () => undefined,
}))

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
    const asked: { text: string; answer: (ids: string[]) => Promise<void>; fail: () => Promise<void> }[] = []
    vi.stubGlobal('window', {
      hall: {
        call: (_name: string, { text }: { text: string }) =>
          new Promise((resolve, reject) => {
            asked.push({
              text,
              fail: async () => {
                reject(new Error('backend gone'))
                await new Promise((next) => setTimeout(next))
              },
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
  const idOf = (offer: Offer | null) => (offer?.kind === 'customer' ? offer.row.customerId : null)
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
    expect(idOf(await chosen)).toBe('right')
  })

  test('arrows pressed right after typing count from the first of what is found', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'z')
    await asked[0]?.answer(['some', 'others'])
    await type(search, 'zhang')
    search.move(1)
    search.move(1)
    search.move(-1)
    await asked[1]?.answer(['first', 'second', 'third'])
    expect(idOf(await search.chosen())).toBe('second')
    // What is typed on is looked for anew, from its first.
    await type(search, 'zhangw')
    search.move(1)
    await type(search, 'zhangwb')
    await asked[2]?.answer(['no longer', 'wanted'])
    await asked[3]?.answer(['newest', 'other'])
    expect(idOf(await search.chosen())).toBe('newest')
  })

  test('where an account is needed, Enter takes the row that is marked, not one that is not shown', async () => {
    const asked = slowBackend({ without: 'no account' })
    const search = useCustomerSearch(10, { accountsOnly: true })
    await type(search, 'z')
    await asked[0]?.answer(['no account', 'first', 'second'])
    expect(search.rows.value.map(({ customerId }) => customerId)).toEqual(['first', 'second'])
    expect(idOf(await search.chosen())).toBe('first')
    search.move(1)
    expect(idOf(await search.chosen())).toBe('second')
  })

  test('whom somebody just opened is in front at once; a late list does not move the row that an arrow marked', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    void search.readRecent()
    await asked[0]?.answer(['before', 'long ago'])
    await type(search, 'z')
    await asked[1]?.answer(['opened'])
    const opened = await search.chosen()
    if (opened?.kind !== 'customer') throw new Error('nobody found')
    search.clear()
    search.remember(opened.row)
    expect(search.offers.value.map(idOf)).toEqual(['opened', 'before', 'long ago'])

    void search.readRecent()
    search.move(1)
    search.move(1)
    await asked.at(-1)?.answer(['somewhere else', 'opened', 'before'])
    expect(idOf(await search.chosen())).toBe('before')
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

  test('works for ever: ten customers in a row, with the box emptied in every way in between (C1)', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    for (let round = 0; round < 10; round++) {
      await type(search, `customer ${round}`)
      expect(asked.at(-1)?.text).toBe(`customer ${round}`)
      await asked.at(-1)?.answer([`c${round}`])
      expect(idOf(await search.chosen())).toBe(`c${round}`)
      // Taken or left by Esc, or emptied by Backspace.
      if (round % 2 === 0) search.clear()
      else await type(search, '')
      await nextTick()
      expect(search.rows.value).toEqual([])
    }
    expect(asked).toHaveLength(10)
  })

  test('a failed call costs one try, not the box, and keeps what was typed', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'zhang')
    await asked[0]?.fail()
    expect(search.text.value).toBe('zhang')
    expect(search.failed.value).toBe(true)
    // The same text is asked again by Enter.
    const chosen = search.chosen()
    await nextTick()
    await asked[1]?.answer(['found'])
    expect(idOf(await chosen)).toBe('found')
    expect(search.failed.value).toBe(false)
    search.clear()
    await type(search, 'li')
    await asked[2]?.answer(['next'])
    expect(search.rows.value).toHaveLength(1)
  })

  test('a text typed back to what was answered before is answered by it', async () => {
    const asked = slowBackend()
    const search = useCustomerSearch(10)
    await type(search, 'z')
    await asked[0]?.answer(['z'])
    search.text.value = 'zh'
    search.text.value = 'z'
    await nextTick()
    await type(search, 'zh')
    await asked.at(-1)?.answer(['zh'])
    expect(search.rows.value.map(({ customerId }) => customerId)).toEqual(['zh'])
  })
})

describe('the newest question', () => {
  const later = () => new Promise<void>((next) => setTimeout(next))

  test('is asked again after an answer that came at once, a failure that came at once, and a slow one', async () => {
    const asked: number[] = []
    const ask = newestOf((n: number): Promise<number> => {
      asked.push(n)
      if (n === 2) throw new Error('at once')
      return Promise.resolve(n)
    })
    expect(await ask(1)).toBe(1)
    await expect(ask(2)).rejects.toThrow('at once')
    expect(await ask(3)).toBe(3)
    expect(asked).toEqual([1, 2, 3])
  })

  test('while one is under way the questions in between are left out, and everybody gets the newest answer', async () => {
    const open: ((n: number) => void)[] = []
    const asked: number[] = []
    const ask = newestOf((n: number) => {
      asked.push(n)
      return new Promise<number>((resolve) => open.push(resolve))
    })
    const answers = [ask(1), ask(2), ask(3)]
    open[0]?.(1)
    await later()
    open[1]?.(3)
    expect(await Promise.all(answers)).toEqual([3, 3, 3])
    expect(asked).toEqual([1, 3])
  })

  test('whatever the order of questions and answers, the last question is answered last', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (waits) => {
        const ask = newestOf(async (n: number) => {
          if (n % 3 === 0) await later()
          if (n % 4 === 0) throw new Error(String(n))
          return n
        })
        let last: Promise<unknown> = Promise.resolve()
        for (const [n, wait] of waits.entries()) {
          last = ask(n).catch((error: Error) => Number(error.message))
          if (wait) await last
        }
        expect(await last).toBe(waits.length - 1)
      }),
    ))
})
