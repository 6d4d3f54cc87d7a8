/** A number of ours is read aloud and compared digit by digit: wherever a screen shows one, it stands in its groups. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { composeNumber } from '../../src-main/platform/check-digit.ts'
import { partsOf, showNumbers } from '../../src-renderer/shell/show.ts'

const renderer = new URL('../../src-renderer', import.meta.url).pathname
const kinds =
  'account|application|bill|card|campaign|complaint|contract|dayClose|depositSlip|drill|dunning|hazard|import|' +
  'interruption|newAccount|notice|order|process|receipt|reopened|reversal|subject'
/** `{{ bill.billNo }}` as it is stored; `<AccountNo>` shows it in groups. */
const bare = new RegExp(`\\{\\{[^}]*\\b(?:${kinds})No\\b[^}]*\\}\\}`)
const inText = new RegExp(`\\$\\{[^}]*\\b(?:${kinds})No\\b[^}]*\\}`)
const inFacts = new RegExp(`^\\s*\\['[^']+', [\\w.]*\\b(?:${kinds})No\\]`)
/** The head of a page about a record groups its title. */
const inHead = /<ProcessPage\b[^>]*$|<ProcessPage .*:title=/
/** Parts that group what they are given, what is read by a screen reader, and what is kept: a draft's title, a note. */
const groups = /showNumbers\(|finished\(|askReason\(|<PageHeader|:note=|:summary=|aria-label|^\s*title: `|note: `/

test('every page shows the numbers of papers and accounts in groups', () => {
  const found: string[] = []
  for (const file of globSync('**/*.{vue,ts}', { cwd: renderer })) {
    const lines = readFileSync(join(renderer, file), 'utf8').split('\n')
    for (const [i, line] of lines.entries()) {
      const before = lines.slice(Math.max(0, i - 2), i + 1).join('\n')
      if (
        bare.test(line) ||
        (inText.test(line) &&
          !groups.test(line) &&
          // What is agreed to is hashed as it is stored; its dialog shows it in groups (see below).
          !lines
            .slice(Math.max(0, i - 4), i)
            .join('\n')
            .includes('terms: {') &&
          !inHead.test(before) &&
          !before.includes('showNumbers('))
      )
        found.push(`${file}:${i + 1} ${line.trim()}`)
    }
  }
  expect(found).toEqual([])
})

test('what is agreed to has the numbers among its terms grouped, at whichever PC', () => {
  for (const dialog of ['components/ApprovalDialog.vue', 'access/AskedDialog.vue'])
    expect(readFileSync(join(renderer, dialog), 'utf8')).toContain('<ApprovalTerms ')
  expect(readFileSync(join(renderer, 'components/ApprovalTerms.vue'), 'utf8')).toContain(
    '<dd><NumberedText :text="value" /></dd>',
  )
})

test('the questions before final acts group the numbers among their facts', () => {
  const question = readFileSync(join(renderer, 'components/FinalQuestion.vue'), 'utf8')
  expect(question).toContain('<dd><NumberedText :text="value" /></dd>')
  const facts = globSync('**/*.vue', { cwd: renderer }).flatMap((file) =>
    readFileSync(join(renderer, file), 'utf8')
      .split('\n')
      .filter((line) => inFacts.test(line)),
  )
  expect(facts.length).toBeGreaterThanOrEqual(4)
})

test('numbers of ours are found within a sentence, and telephones are none', () => {
  const of = { hall: '001', pc: '02', serial: 17, width: 7 }
  const [bill, account] = [composeNumber({ ...of, prefix: 'ZD' }), composeNumber({ ...of, prefix: '' })]
  expect(showNumbers(`账单 ${bill} 已取消，户号${account}`).replaceAll('\u00a0', ' ')).toBe(
    `账单 ZD 001 02 0000017 ${bill.slice(-1)} 已取消，户号001 02 0000017 ${account.slice(-1)}`,
  )
  const phone = '电话 19900001234，表号 M0000001'
  expect(showNumbers(phone)).toBe(phone)
  expect(partsOf('')).toEqual([])
})
