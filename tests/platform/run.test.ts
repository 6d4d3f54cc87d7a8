import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inSlices, Slice, sliceMs, type Pace } from '../../src-main/platform/run.ts'

/** A machine whose pieces of work take as long as they are told to, and which counts its turns. */
function machine(): Pace & { now: number; turns: number } {
  const self = {
    now: 0,
    turns: 0,
    steady: () => self.now,
    nextTurn: async () => void (self.turns += 1),
  }
  return self
}

/** Works through pieces of so many milliseconds each. @returns what was done in each slice */
async function workThrough(pieces: readonly number[], pace: ReturnType<typeof machine>): Promise<number[][]> {
  const slices: number[][] = []
  await inSlices<number>(pace, 0, (from, slice) => {
    const done: number[] = []
    for (const ms of slice.take(pieces.slice(from))) {
      pace.now += ms
      done.push(ms)
    }
    slices.push(done)
    return from + done.length < pieces.length ? from + done.length : null
  })
  return slices
}

test('a slice ends with the piece in which its time is over: many quick ones, or one that is slow', async () => {
  const pace = machine()
  const slices = await workThrough([1, 1, sliceMs, sliceMs * 40, 1, 1], pace)
  expect(slices).toEqual([[1, 1, sliceMs], [sliceMs * 40], [1, 1]])
  expect(pace.turns).toBe(slices.length - 1)
})

test('whatever the pieces take, each is done once and in order, and others have their turn before the time is twice over', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 * sliceMs }), { maxLength: 60 }), async (pieces) => {
      const pace = machine()
      const slices = await workThrough(pieces, pace)
      expect(slices.flat()).toEqual(pieces)
      expect(pace.turns).toBe(slices.length - 1)
      for (const slice of slices) {
        const before = slice.slice(0, -1).reduce((sum, ms) => sum + ms, 0)
        expect(before).toBeLessThan(sliceMs)
      }
    }),
  ))

test('a clock that runs faster than any work still lets it come to its end, a piece in each slice', async () => {
  let now = 0
  const pace: Pace = { steady: () => (now += 1_000_000), nextTurn: async () => undefined }
  const seen: number[] = []
  await inSlices<number>(pace, 0, (from, slice) => {
    let place = from
    for (const piece of slice.take([0, 1, 2, 3, 4].slice(from))) {
      seen.push(piece)
      place += 1
    }
    return place < 5 ? place : null
  })
  expect(seen).toEqual([0, 1, 2, 3, 4])
})

test('nothing to do has no slice and asks for no turn', async () => {
  const pace = machine()
  await inSlices(pace, null, () => expect.fail('no place to begin'))
  expect(pace.turns).toBe(0)
  expect(new Slice(pace).over).toBe(false)
})
