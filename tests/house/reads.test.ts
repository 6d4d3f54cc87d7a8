/**
 * What a page only looks up is asked again when it is wanted again: `useCall` drops a second call while one is under way, as it
 * must a second press of F12, and would leave the page with another customer's answer, or with that from before a change.
 */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rooms } from '../../src-main/rooms.ts'
import { isUseCase } from '../../src-main/platform/use-case.ts'

const kinds = new Map(
  rooms.flatMap((room) =>
    Object.values(room)
      .filter(isUseCase)
      .map(({ definition: { name, kind } }) => [name, kind] as const),
  ),
)

/** The text between a bracket and the one that closes it. */
function inside(text: string, open: number): string {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if ('([{'.includes(text.charAt(at))) depth++
    if (')]}'.includes(text.charAt(at)) && --depth === 0) return text.slice(open + 1, at)
  }
  return text.slice(open + 1)
}

/** First reads, then acts, once it has asked whether to. */
const asksBefore = new Set(['src-renderer/supply/ArrearsPage.vue'])

test('a page looks things up with useRead', () => {
  const found = globSync('src-renderer/**/*.{vue,ts}').flatMap((file) => {
    const path = file.replaceAll('\\', '/')
    if (asksBefore.has(path)) return []
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/\buseCall\(/g)].flatMap(({ index }) => {
      const body = inside(text, index + 'useCall'.length)
      const calls = [...body.matchAll(/\bapi\.(\w+)\.(\w+)/g)].map(([, room, verb]) => `${room}.${verb}`)
      return calls.length > 0 && calls.every((call) => kinds.get(call) === 'read')
        ? [`${path}: ${calls.join(', ')}`]
        : []
    })
  })
  expect(kinds.size).toBeGreaterThan(300)
  expect(found).toEqual([])
})
