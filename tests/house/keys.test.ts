/** One key, one meaning: every combo of every page is collected from the source and held against the one vocabulary. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { complaintStates } from '../../src-main/complaints/api.ts'
import { hazardStates } from '../../src-main/inspections/api.ts'
import { roles } from '../../src-main/platform/contract.ts'
import { orderStates } from '../../src-main/workorders/api.ts'
import { isCombo } from '../../src-renderer/shell/keys.ts'
import { misnamed } from '../support/key-words.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
vi.stubGlobal('window', { hall: { zoom: () => {}, on: () => () => {} } })
const orders = await import('../../src-renderer/workorders/actions.ts')
const complaints = await import('../../src-renderer/complaints/actions.ts')
const hazards = await import('../../src-renderer/inspections/hazard-actions.ts')
const { fileActions } = await import('../../src-renderer/customers/file-actions.ts')
const { roomRoutes } = await import('../../src-renderer/shell/routes.ts')
const { globalKeys, roomKeys, screenKeys } = await import('../../src-renderer/shell/keys.ts')

const renderer = new URL('../../src-renderer', import.meta.url).pathname
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:vue|ts)$/.test(file))
const read = (file: string) => readFileSync(join(renderer, file), 'utf8')

interface Declared {
  readonly at: string
  readonly combo: string
  readonly label: string
}

/** The Chinese words an expression can become: `ok ? '保存' : '登记'` → 保存, 登记; a template's words without its holes. */
const wordsOf = (expression: string): string[] =>
  [...expression.matchAll(/'([^']*)'|`([^`]*)`/g)]
    .map(([, plain, template]) => plain ?? (template ?? '').replaceAll(/\$\{[^}]*\}/g, '1').trim())
    .filter((text) => /\p{Script=Han}/u.test(text))

const comboText = String.raw`(?:(?:Ctrl\+Shift|Ctrl|Alt|Shift)\+)?(?:F\d{1,2}|PageUp|PageDown|Escape|Enter|Up|Down|Left|Right|[A-Z\d])`

/** Buttons, and what has one: the main button of a dialog, the one that adds a row. */
const buttons = /<(?:KeyButton|FormDialog|FindingRows)((?:[^>"]|"[^"]*")*)>/g
/** `<KeyButton keys="F8" label="下一步">`: one for each word its label can become. */
function buttonsOf(file: string): Declared[] {
  return [...read(file).matchAll(buttons)].flatMap(([, attributes = '']) => {
    const combo = /\skeys="([^"]+)"/.exec(attributes)?.[1]
    if (combo === undefined) return []
    const label = /\s(?:label|done|add)="([^"]+)"/.exec(attributes)?.[1]
    const bound = /\s:(?:label|done|add)="([^"]+)"/.exec(attributes)?.[1] ?? ''
    return (label === undefined ? wordsOf(bound) : [label]).map((words) => ({ at: file, combo, label: words }))
  })
}

/** `F7: { run: thisMonth, label: '本月' }` in a `useKeys`. */
const handlersOf = (file: string): Declared[] =>
  [
    ...read(file).matchAll(
      new RegExp(String.raw`'?(${comboText})'?: \{ run: .*?, label: ('[^']*'|\x60[^\x60]*\x60)`, 'g'),
    ),
  ].flatMap(([, combo = '', label = '']) => wordsOf(label).map((words) => ({ at: file, combo, label: words })))

/** Buttons whose keys are computed: asked of the module that computes them, in every state and for everybody. */
const offered: Declared[] = [
  ...orderStates.flatMap((state) =>
    [true, false].flatMap((paused) => orders.offered({ state, paused, urgent: false }, roles)),
  ),
  ...complaintStates.flatMap((state) => complaints.offered(state, roles)),
  ...hazardStates.flatMap((state) => hazards.offeredFor(state, roles)),
].map(({ keys, label }) => ({ at: 'actions', combo: keys, label }))

const ofFile: Declared[] = fileActions(
  {
    customer: { customerId: '1' },
    account: { accountId: '2', state: 'active', gasState: 'suspended', meterNo: '3' },
  } as never,
  roles,
  roomRoutes,
).map(({ key, label }) => ({ at: 'customer file', combo: key, label }))

const mapped: Declared[] = [globalKeys, ...Object.values(screenKeys)].flatMap((map) =>
  Object.entries(map).map(([combo, label]) => ({ at: 'keys.ts', combo, label })),
)

/** A room's key leads there from every page, so no page may mean something else by it. */
const ofRooms: Declared[] = Object.entries(roomKeys).map(([path, combo]) => ({
  at: 'rooms',
  combo,
  label: roomRoutes.find((route) => route.path === path)?.title ?? path,
}))

const declared = [
  ...ofRooms,
  ...files.flatMap((file) => [...buttonsOf(file), ...handlersOf(file)]),
  ...offered,
  ...ofFile,
]

test('collects what the pages declare', () => {
  expect(declared.length).toBeGreaterThan(250)
  for (const { combo, at } of declared) expect(isCombo(combo), `${at}: ${combo}`).toBe(true)
})

/** Parts that lie on a page all the time; what opens in front of it has keys of its own. */
const partsOf = (file: string): string[] =>
  [...read(file).matchAll(/from '(\.[^']*\.vue)'/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((part) => files.includes(part) && !/<(?:el-dialog|el-drawer|FormDialog)/.test(read(part)))
const keysOnPage = (file: string, within: readonly string[] = []): { combo: string; at: string }[] => [
  ...buttonsOf(file).map(({ combo }) => ({ combo, at: file })),
  ...partsOf(file)
    .filter((part) => !within.includes(part))
    .flatMap((part) => keysOnPage(part, [...within, file])),
]

test('no part of a page prints the key of another button of the page: only one of the two would hear it', () => {
  const wrong = files.flatMap((file) => {
    const own = new Set([...read(file).matchAll(buttons)].map(([button]) => /\skeys="([^"]+)"/.exec(button)?.[1]))
    return keysOnPage(file)
      .filter(({ combo, at }) => at !== file && own.has(combo))
      .map(({ combo, at }) => `${combo} of ${file} is also that of ${at}`)
  })
  expect([...new Set(wrong)]).toEqual([])
})

test('no key means two things anywhere in the program', () => {
  const wrong = declared.flatMap(({ at, combo, label }) => {
    const why = misnamed(combo, label)
    return why === null ? [] : [`${at}: ${label}: ${why}`]
  })
  expect(wrong).toEqual([])
})

/** Keys that words on a page promise: 「按 Ctrl+R 重新检查」, `<kbd>Ctrl+M</kbd>`. */
const promisedBy = (text: string): string[] =>
  [...text.matchAll(new RegExp(String.raw`(?:按 |<kbd[^>]*>)(${comboText})(?![\w+])`, 'g'))].map(
    ([, combo = '']) => combo,
  )

test('a key that is named in the words of a page is one that its room answers', () => {
  const everywhere = new Set<string>([...Object.keys(globalKeys), ...Object.values(roomKeys), 'Enter'])
  const wrong = files.flatMap((file) => {
    const room = file.split('/')[0] ?? ''
    const own = files
      .filter((one) => one.startsWith(`${room}/`))
      .map((one) => read(one).replaceAll(new RegExp(String.raw`(?:按 |<kbd[^>]*>)${comboText}`, 'g'), ''))
      .join('\n')
      // A choice that takes turns brings its key along.
      .replace(/ turns\b/, ' Ctrl+M ')
    return promisedBy(read(file))
      .filter(
        (combo) =>
          !everywhere.has(combo) && !new RegExp(`(?<![\\w+])${combo.replaceAll('+', '\\+')}(?![\\w+])`).test(own),
      )
      .map((combo) => `${file}: ${combo}`)
  })
  expect(wrong).toEqual([])
})

test('the alarm, the emergency plans and the help have their keys to themselves', () => {
  const owners = { F10: /受理|报警/, F11: /应急/, F1: /快捷键/ }
  for (const [combo, words] of Object.entries(owners))
    for (const one of [...declared, ...mapped].filter((candidate) => candidate.combo === combo))
      expect(one.label, one.at).toMatch(words)
  expect(roomKeys['/workorders/new']).toBe('F10')
})

test('the means of payment are the only ones on F5 to F9', () => {
  for (const { at, combo, label } of declared.filter((one) => /^F[5-9]$/.test(one.combo)))
    expect(at, `${combo} ${label}`).toMatch(/^cashier\//)
})

test('no room has the key of a page of another, and none a key of the whole program', () => {
  const keys = Object.values(roomKeys)
  expect(new Set(keys).size).toBe(keys.length)
  for (const combo of keys) expect(Object.keys(globalKeys)).not.toContain(combo)
})

test('what F12 or Ctrl+Enter begins is waited for by the keys typed behind it: no such button only tells its parent', () => {
  for (const file of files)
    for (const [button] of read(file).matchAll(buttons))
      if (/\skeys="(?:F12|Ctrl\+Enter|Shift\+F12)"/.test(button))
        expect(button, file).not.toMatch(/(?:@click|:confirm)="(?:\(\) => )?(?:emit\(|void )/)
})

test('what cannot be taken back is never asked by a box that an Enter answers', () => {
  // The till asks about a slip of the hand there; nothing is final in it.
  for (const file of files.filter((one) => one !== 'cashier/doubts.ts'))
    expect(read(file), file).not.toContain('ElMessageBox.confirm')
})

/** Files that hold combos otherwise than as buttons and handlers; each is collected above or is the map itself. */
const known = new Set([
  'shell/keys.ts',
  'shell/key-layers.ts',
  'shell/functions.ts',
  'shell/TopBar.vue',
  'workorders/actions.ts',
  'complaints/actions.ts',
  'inspections/hazard-actions.ts',
  'customers/file-actions.ts',
  'supply/AccountBusinessPage.vue',
  'cashier/TenderPanel.vue',
  'home/TodayPage.vue',
  'reports/ReportsPage.vue',
])

test('no page hides a key from this test', () => {
  for (const file of files.filter((one) => !known.has(one))) {
    const rest = read(file)
      .replaceAll(buttons, '')
      .replaceAll(/(?:all|submit)-keys="[^"]*"/g, '')
      .replaceAll(new RegExp(String.raw`'?${comboText}'?: (?:\{ run: |\(|[a-z])`, 'g'), '')
    const hidden = [...rest.matchAll(new RegExp(String.raw`(?<==)"(${comboText})"|'(${comboText})'(?! in)`, 'g'))]
      .map(([, a, b]) => a ?? b ?? '')
      .filter((text) => isCombo(text) && text !== 'Escape')
    expect(hidden, file).toEqual([])
  }
})
