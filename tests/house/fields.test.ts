/** One way of typing a date, of finding in a choice, of asking for a reason: pages use the shared field, not the library's. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const renderer = new URL('../../src-renderer', import.meta.url).pathname
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:vue|ts)$/.test(file))
const read = (file: string) => readFileSync(join(renderer, file), 'utf8')
const having = (pattern: RegExp) => files.filter((file) => pattern.test(read(file)))

test('a date is typed in the shared field', () => {
  // A month or a year is chosen, not typed.
  expect(having(/<el-date-picker\s/)).toEqual(['complaints/MonthsPage.vue', 'reports/PeriodPicker.vue'])
  const byHand = files.flatMap((file) =>
    [...read(file).matchAll(/<el-input\b[^>]*>/g)].filter(
      ([field]) => /placeholder="\d{4}-\d{2}-\d{2}/.test(field) || /v-model="[\w.]*(?:On|\.date)"/.test(field),
    ),
  )
  expect(byHand).toEqual([])
})

test('a choice found by typing takes its first hit with Enter', () => {
  expect(having(/<el-select\b[^>]*\bfilterable/)).toEqual(['components/FilterSelect.vue'])
})

test('a reason is asked for with the keys printed on the question', () => {
  expect(having(/ElMessageBox\s*\.\s*prompt|MessageBox.*prompt\(/)).toEqual([])
})

test('whatever asks something prints the keys it is answered by', () => {
  const silent = files.flatMap((file) => {
    const text = read(file)
    const footers = [...text.matchAll(/<template #footer>([\s\S]*?)<\/template>\s*<\/el-dialog>/g)]
    const boxes = [...text.matchAll(/(?:confirm|cancel)ButtonText: '([^']*)'/g)]
    const bare = footers.some(([, footer = '']) => !/<KeyButton|<kbd>/.test(footer))
    return bare || boxes.some(([, label = '']) => !/（(?:Enter|Esc)）$/.test(label)) ? [file] : []
  })
  expect(silent).toEqual([])
})
