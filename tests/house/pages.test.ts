/** A page leads on by the router of pages: what ends after somebody has left it fetches nobody back. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const renderer = resolve(import.meta.dirname, '../../src-renderer')

test('no page leads on by the router of the whole window', () => {
  const pages = globSync('**/*Page.vue', { cwd: renderer })
  expect(pages.length).toBeGreaterThan(50)
  const texts = pages.map((page) => [page, readFileSync(join(renderer, page), 'utf8')] as const)
  expect(texts.filter(([, text]) => /\buseRouter\b/.test(text)).map(([page]) => page)).toEqual([])
})
