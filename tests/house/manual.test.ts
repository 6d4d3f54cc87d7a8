/** 手册 tells the truth: every page of the rail has a chapter, every page, picture and key that a chapter names exists. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { globalKeys, isCombo, showCombo, type Combo } from '../../src-renderer/shell/keys.ts'
import { keyWords } from '../../src-renderer/manual/chapter.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { roomRoutes, mayOpen } = await import('../../src-renderer/shell/routes.ts')
const { chapters, hasPicture } = await import('../../src-renderer/manual/manual.ts')
const { clauses, regulation } = await import('../../src-renderer/regulation/regulation.ts')

const arrowNames: Readonly<Record<string, string>> = { '←': 'Left', '→': 'Right', '↑': 'Up', '↓': 'Down' }

const root = new URL('../..', import.meta.url).pathname
const paths = new Set(roomRoutes.map(({ path }) => path))

/** Text of every source file of a folder. */
const textsOf = (folder: string): string[] => {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(vue|ts)$/.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8'))
  } catch {
    return []
  }
}
/** The room whose routes hold a path. */
const roomOf = new Map<string, string>()
for (const room of readdirSync(join(root, 'src-renderer')))
  for (const text of textsOf(`src-renderer/${room}`).filter((one) => /RoomRoute\[\] =/.test(one)))
    for (const [, path = ''] of text.matchAll(/path: '([^']+)'/g)) roomOf.set(path, room)

const linksOf = (body: string) =>
  [...body.matchAll(/(?<!!\[[^\]]*)\]\((?:<([^>]+)>|([^)\s]+))\)/g)].map(([, pointed, plain]) => pointed ?? plain ?? '')

test('every page of the rail has a chapter, written for somebody who works there', () => {
  for (const { path, roles, rail } of roomRoutes.filter((route) => route.rail)) {
    const chapter = chapters.find(({ pages }) => pages.includes(path))
    expect(chapter?.id, `${path} (${rail?.label ?? ''}) has no chapter`).toBeDefined()
    if (chapter && roles !== 'all')
      expect(
        roles.some((role) => mayOpen(chapter.roles, [role])),
        `${chapter.id} is for nobody who may open ${path}`,
      ).toBe(true)
  }
})

describe.each(chapters.map((chapter) => [chapter.id, chapter] as const))('chapter %s', (_, chapter) => {
  test('names pages, chapters, clauses and pictures that exist', () => {
    for (const page of chapter.pages) expect([...paths]).toContain(page)
    for (const href of linksOf(chapter.body)) {
      const [, kind, id = ''] = /^(manual|regulation):(.+)$/.exec(href) ?? []
      if (kind === 'manual') expect(chapters.map((one) => one.id)).toContain(id)
      else if (kind === 'regulation') expect(clauses.map((one) => one.id)).toContain(id)
      else expect([...paths]).toContain(href)
    }
    for (const [, picture = ''] of chapter.body.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(hasPicture(picture), `${picture} is missing: npm run manual:pictures`).toBe(true)
  })

  test('tells what to do when something goes wrong', () => {
    expect(chapter.sections.map(({ heading }) => heading)).toContain('出了问题')
  })

  test('names keys that do what it says', () => {
    const rooms = new Set(
      [...chapter.pages, ...linksOf(chapter.body)].flatMap((path) => {
        const room = roomOf.get(path)
        return room ? [room] : []
      }),
    )
    const files = [...rooms, 'components', 'composables'].flatMap((room) => {
      const backend = textsOf(`src-main/${room}`).join('\n')
      return [
        ...textsOf(`src-renderer/${room}`).map((text) => ({ text, words: `${text}\n${backend}` })),
        // A process declares the keys of its steps beside their labels.
        ...textsOf(`src-main/${room}`).map((text) => ({ text, words: text })),
      ]
    })
    for (const [, code = ''] of chapter.body.matchAll(/`([^`]+)`/g)) {
      const key = keyWords(code)
      expect(key, `\`${code}\` is no key`).not.toBeNull()
      if (!key || ['Tab', 'Enter'].includes(key.combo)) continue
      const global = (Object.keys(globalKeys) as Combo[]).find((combo) => showCombo(combo) === key.combo)
      if (global && globalKeys[global as keyof typeof globalKeys].includes(key.label)) continue
      const combo = key.combo === 'Esc' ? 'Escape' : key.combo.replace(/[←→↑↓]/, (arrow) => arrowNames[arrow] ?? arrow)
      expect(isCombo(combo), code).toBe(true)
      const literal = new RegExp(`(?<=['"]|\\b)${combo.replace(/\+/g, '\\+')}(?=['"]|:\\s)`)
      const labels = key.label.split('、')
      const truth = files.some(
        ({ text, words }) => literal.test(text) && labels.every((label) => words.includes(label)),
      )
      expect(truth, `\`${code}\` is not so in ${[...rooms].join(', ')}`).toBe(true)
    }
  })
})

describe('the regulation', () => {
  test('has every article and sub-item, with the flaws of its numbering kept apart', () => {
    expect(regulation).toHaveLength(6)
    expect(regulation.flatMap(({ articles }) => articles)).toHaveLength(33)
    const ids = clauses.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['10(6)', '10b', '6(4)', '6(4)b', '18(3)', '19(4)', '32']))
    expect(clauses.find(({ id }) => id === '10(6)')).toMatchObject({
      cite: '第十条·服务承诺（六）',
      text: expect.stringContaining('每季度检查不得少于1次') as string,
    })
    for (const { id, text } of clauses) expect(text.length, id).toBeGreaterThan(5)
  })

  test('has each clause carried by pages that exist, or says why no software does', async () => {
    const { carried } = await import('../../src-renderer/regulation/carried.ts')
    expect(Object.keys(carried).toSorted()).toEqual(clauses.map(({ id }) => id).toSorted())
    for (const [id, entry] of Object.entries(carried)) {
      if ('none' in entry) {
        expect(entry.none.length, id).toBeGreaterThan(5)
        continue
      }
      expect(entry.pages.length, id).toBeGreaterThan(0)
      expect(entry.how.length, id).toBeGreaterThan(3)
      for (const page of entry.pages) expect([...paths], id).toContain(page)
    }
  })
})
