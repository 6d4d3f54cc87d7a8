/** The newcomers' map (`src-main/README.md`) tells the truth: its files exist, and every clause that is carried stands in it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carried } from '../../src-renderer/regulation/carried.ts'

const root = new URL('../..', import.meta.url).pathname
const page = readFileSync(join(root, 'src-main/README.md'), 'utf8')

/** Rows of the table clause by clause. */
const rows = page
  .slice(page.indexOf('## Clause by clause'))
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, clauses = '', , law = '', proof = ''] = line.split('|').map((cell) => cell.trim())
    return { clauses: clauses.split(', '), law: join('src-main', law), proof }
  })

test('every file it names exists', () => {
  expect(rows.length).toBeGreaterThan(30)
  for (const { law, proof } of rows)
    for (const file of [law, proof]) expect(existsSync(join(root, file)), file).toBe(true)
  for (const [, file = ''] of page.matchAll(/`((?:platform\/)[\w/-]+\.ts|preload\.ts|backend\.ts)`/g))
    expect(existsSync(join(root, 'src-main', file)), file).toBe(true)
})

test('every clause that the program carries stands in it, and no other', () => {
  const due = Object.entries(carried).flatMap(([id, entry]) => ('none' in entry ? [] : [id]))
  expect([...new Set(rows.flatMap(({ clauses }) => clauses))].toSorted()).toEqual(due.toSorted())
})
