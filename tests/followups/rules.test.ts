import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answersScript,
  drawSample,
  missingFor,
  nextAssignee,
  questionsFrom,
  resultOf,
  sampleSize,
  settingsOf,
  triesThatCount,
} from '../../src-main/followups/rules.ts'
import { services } from '../../src-main/followups/words.ts'
import { catalog } from '../../src-main/platform/settings-catalog.ts'

const population = fc.uniqueArray(fc.uuid(), { maxLength: 200 })
const percent = fc.integer({ min: 1, max: 100 })

describe('a draw', () => {
  test('of the same seed and population is the same sample, in whatever order the population is read', () => {
    fc.assert(
      fc.property(fc.string(), population, percent, fc.infiniteStream(fc.nat()), (seed, all, share, order) => {
        const drawn = drawSample(seed, all, share)
        const shuffled = all
          .map((id) => ({ id, at: order.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ id }) => id)
        expect(drawSample(seed, shuffled, share)).toEqual(drawn)
      }),
    )
  })

  test('takes as many as the ratio asks for, nothing twice and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), population, percent, (seed, all, share) => {
        const drawn = drawSample(seed, all, share)
        expect(drawn).toHaveLength(sampleSize(all.length, share))
        expect(new Set(drawn).size).toBe(drawn.length)
        expect(drawn.every((id) => all.includes(id))).toBe(true)
      }),
    )
    expect([sampleSize(0, 20), sampleSize(1, 20), sampleSize(5, 20), sampleSize(6, 20), sampleSize(7, 100)]).toEqual([
      0, 1, 1, 2, 7,
    ])
  })

  test('of a larger ratio holds the smaller one of the same seed', () => {
    fc.assert(
      fc.property(fc.string(), population, percent, percent, (seed, all, a, b) => {
        const [small, large] = [drawSample(seed, all, Math.min(a, b)), drawSample(seed, all, Math.max(a, b))]
        expect(large.slice(0, small.length)).toEqual(small)
      }),
    )
  })

  test('gives everybody the same chance over many seeds, also ids that differ in one letter', () => {
    const all = Array.from({ length: 50 }, (_, i) => `018f0000-0000-7000-8000-0000000000${String(i).padStart(2, '0')}`)
    const times = new Map(all.map((id) => [id, 0]))
    const draws = 4_000
    for (let n = 0; n < draws; n++)
      for (const id of drawSample(`seed ${n}`, all, 20)) times.set(id, (times.get(id) ?? 0) + 1)
    // A fifth of the draws each: 800, with a standard deviation of 25; six of them is never chance.
    for (const [id, count] of times) expect(Math.abs(count - 800), id).toBeLessThan(150)
  })

  test('with another seed is another sample', () => {
    const all = Array.from({ length: 100 }, () => crypto.randomUUID())
    expect(drawSample('a', all, 20)).not.toEqual(drawSample('b', all, 20))
  })
})

describe('tries', () => {
  const hour = 3_600_000
  test('count only when they lie apart, and the third of them ends it', () => {
    const gap = 4 * hour
    expect(triesThatCount([0, 1, 2], gap)).toBe(1)
    expect(triesThatCount([0, 4 * hour, 8 * hour - 1], gap)).toBe(2)
    expect(resultOf('unreached', [0, 4 * hour], 8 * hour - 1, gap)).toBe('unreached')
    expect(resultOf('unreached', [0, 4 * hour], 8 * hour, gap)).toBe('unreachable')
    expect(resultOf('unreached', [0, 1, 2, 3], 4, gap)).toBe('unreached')
    expect(resultOf('satisfied', [0, 4 * hour], 8 * hour, gap)).toBe('satisfied')
  })

  test('are never more than were made, and those that count can be found among them the gap apart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 }), { maxLength: 20 }), fc.integer({ min: 1, max: 30 }), (at, gap) => {
        const sorted = at.toSorted((a, b) => a - b)
        const count = triesThatCount(sorted, gap)
        expect(count).toBeLessThanOrEqual(sorted.length)
        const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
        expect(count).toBeLessThanOrEqual(Math.floor(span / gap) + 1)
        expect(triesThatCount([...sorted, (sorted.at(-1) ?? 0) + gap], gap)).toBe(count + 1)
      }),
    )
  })
})

describe('scripts and ratios', () => {
  test('of every service stand in the settings, with questions to ask', () => {
    for (const service of services) {
      const { ratio, script } = settingsOf[service]
      expect(catalog[ratio].default, service).toBeGreaterThan(0)
      expect(questionsFrom(catalog[script].default).length, service).toBeGreaterThan(1)
    }
  })
  test('are answered question by question in order', () => {
    const script = questionsFrom(' 是否修好； 是否满意;\n')
    expect(script).toEqual(['是否修好', '是否满意'])
    const answered = (...questions: string[]) => questions.map((question) => ({ question }))
    expect(answersScript(script, answered('是否修好', '是否满意'))).toBe(true)
    expect(answersScript(script, answered('是否满意', '是否修好'))).toBe(false)
    expect(answersScript(script, answered('是否修好'))).toBe(false)
  })
  test('say how many callbacks are still missing', () => {
    expect([missingFor(10, 8, 100), missingFor(10, 2, 20), missingFor(11, 2, 20), missingFor(0, 0, 100)]).toEqual([
      2, 0, 1, 0,
    ])
  })
})

test('a drawn item goes to whoever has least in hand and had no part in it', () => {
  const people = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const held = new Map([['a', 1]])
  expect(nextAssignee(people, held, new Set())?.id).toBe('b')
  expect(nextAssignee(people, held, new Set(['b']))?.id).toBe('c')
  expect(nextAssignee(people, held, new Set(['a', 'b', 'c']))).toBeNull()
})
