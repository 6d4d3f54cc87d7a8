import fc from 'fast-check'
import { chainGenesis } from '../../src-main/sync/chain.ts'
import { describe, expect, test } from 'vitest'
import {
  continueAs,
  judge,
  maxRetryMs,
  minRetryMs,
  retryDelay,
  takeBatch,
  type Answer,
} from '../../src-main/sync/rules.ts'

const rowsOf = (changes: readonly (readonly number[])[]) =>
  changes.flatMap((sizes, change) => sizes.map((bytes) => ({ changeId: `c${change}`, bytes })))

describe('a batch', () => {
  const changes = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), { minLength: 1 })
  const limits = { rows: 8, bytes: 100 }

  test('keeps its limits, keeps changes whole, and moves on by at least one row', () => {
    fc.assert(
      fc.property(changes, (made) => {
        const rows = rowsOf(made)
        const taken = takeBatch(rows, limits)
        expect(taken.length).toBeGreaterThan(0)
        expect(taken).toEqual(rows.slice(0, taken.length))
        const bytes = taken.reduce((all, row) => all + row.bytes, 0)
        expect(taken.length <= limits.rows && bytes <= limits.bytes).toBe(true)
        const [last, next] = [taken.at(-1), rows[taken.length]]
        // A change is cut only when it is the whole batch.
        if (last?.changeId === next?.changeId) expect(new Set(taken.map(({ changeId }) => changeId)).size).toBe(1)
      }),
    )
  })

  test('is as large as the limits let it be', () => {
    fc.assert(
      fc.property(changes, (made) => {
        const rows = rowsOf(made)
        const taken = takeBatch(rows, limits)
        if (taken.length === rows.length) return
        const following = rows.slice(taken.length)
        const whole = [...taken, ...following.filter(({ changeId }) => changeId === following[0]?.changeId)]
        const bytes = whole.reduce((all, row) => all + row.bytes, 0)
        expect(whole.length > limits.rows || bytes > limits.bytes).toBe(true)
      }),
    )
  })

  test('with a row larger than a batch sends that row alone', () => {
    expect(takeBatch(rowsOf([[500], [1]]), limits)).toEqual([{ changeId: 'c0', bytes: 500 }])
  })
})

describe('the wait before the next try', () => {
  test('stays between 1 and 30 minutes, whatever the failures and the chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const wait = retryDelay(failures, random)
          expect(wait >= minRetryMs && wait <= maxRetryMs).toBe(true)
        },
      ),
    )
  })

  test('has a ceiling that doubles and chance over the whole of it', () => {
    expect([1, 2, 3, 4, 5, 9].map((failures) => retryDelay(failures, 1) / 60_000)).toEqual([2, 4, 8, 16, 30, 30])
    expect(retryDelay(5, 0)).toBe(minRetryMs)
    expect(retryDelay(5, 0.5)).toBe((minRetryMs + maxRetryMs) / 2)
  })
})

describe('an answer', () => {
  const batch = { from: 11, to: 20, newest: 30 }
  const answer = (status: number, body: unknown): Answer => ({ kind: 'answer', status, text: JSON.stringify(body) })

  test.each([
    [200, { acknowledged: 20 }, { kind: 'acknowledged', seq: 20 }],
    [200, { acknowledged: 15, ledger: 'equal', more: 1 }, { kind: 'acknowledged', seq: 15, ledger: 'equal' }],
    // Rows beyond the batch were not sent this time; they are sent again rather than believed.
    [200, { acknowledged: 25 }, { kind: 'acknowledged', seq: 20 }],
    [200, { acknowledged: 31 }, { kind: 'mend' }],
    [200, { acknowledged: 10 }, { kind: 'retry' }],
    [200, { acknowledged: -1 }, { kind: 'retry' }],
    [200, 'welcome', { kind: 'retry' }],
    [204, '', { kind: 'retry' }],
    [409, { expected: 4, hash: chainGenesis }, { kind: 'resume', expected: 4, hash: chainGenesis }],
    [409, { expected: 4 }, { kind: 'retry' }],
    [409, { expected: 11, hash: chainGenesis }, { kind: 'retry' }],
    [409, {}, { kind: 'retry' }],
    [408, '', { kind: 'retry' }],
    [429, '', { kind: 'retry' }],
    [500, '', { kind: 'retry' }],
    [302, '', { kind: 'mend' }],
    [400, '', { kind: 'mend' }],
    [401, '', { kind: 'mend', reason: '总部不认可本机的令牌（401），请管理员在“上报”页更换令牌' }],
    [404, '', { kind: 'mend' }],
    [410, '', { kind: 'mend', obstacle: { kind: 'superseded' } }],
    [412, { agreed: 12 }, { kind: 'mend', obstacle: { kind: 'fork', agreed: 12 } }],
    [412, { agreed: 21 }, { kind: 'retry' }],
    [412, '', { kind: 'retry' }],
  ])('%i %j is judged', (status, body, expected) => {
    expect(judge(answer(status, body), batch)).toMatchObject(expected)
  })

  test('of whatever kind never acknowledges a row that was not sent, and always says in Chinese what to do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.json(), (status, text) => {
        const verdict = judge({ kind: 'answer', status, text }, batch)
        if (verdict.kind === 'acknowledged') expect(verdict.seq >= batch.from && verdict.seq <= batch.to).toBe(true)
        else expect(verdict.reason).toMatch(/\p{Script=Han}/u)
      }),
    )
  })
})

test('a restored hall goes on from what was acknowledged when its backup was made', () => {
  const first = { streamId: 'a', baseStream: null, baseSeq: null, acknowledged: 7, chain: 'h7', snapshot: 0 }
  const second = continueAs('b', first)
  expect(second).toEqual({ streamId: 'b', baseStream: 'a', baseSeq: 7, acknowledged: 7, chain: 'h7', snapshot: 0 })
  // Restored again before anything of `b` was acknowledged: headquarters does not know `b`.
  expect(continueAs('c', second)).toEqual({ ...second, streamId: 'c' })
  expect(continueAs('d', { ...second, acknowledged: 9 })).toMatchObject({ baseStream: 'b', baseSeq: 9 })
  expect(continueAs('e', { ...first, acknowledged: 0 })).toMatchObject({ baseStream: null, acknowledged: 0 })
})
