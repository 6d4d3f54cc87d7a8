/** The chapters of this program, in the order of the day, and the search in them. */
import { pinyin } from 'pinyin-pro'
import type { Role } from '../../src-main/platform/contract.ts'
import { mayOpen, roomRoutes } from '../shell/routes.ts'
import { parseChapter, plain, type Chapter, type Section } from './chapter.ts'
import { makeRenderer } from './render.ts'

const sources = import.meta.glob<string>('../../resources/manual/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const pictures = import.meta.glob<string>('../../resources/manual/pictures/*', {
  query: '?url',
  import: 'default',
  eager: true,
})
const base = (path: string) => path.slice(path.lastIndexOf('/') + 1)

export const chapters: readonly Chapter[] = Object.entries(sources)
  .map(([path, source]) => parseChapter(base(path).replace(/\.md$/, ''), source))
  .toSorted((a, b) => a.order - b.order)

/** Within the page's own origin: prose that comes to the screen keeps no address with a scheme it does not know. */
const within = (address: string) => (URL.canParse(address) ? new URL(address).pathname : address)
const pictureOf = new Map(Object.entries(pictures).map(([path, address]) => [base(path), within(address)]))
export const hasPicture = (name: string): boolean => pictureOf.has(name)

export const render = makeRenderer({
  keyOf: (path) => roomRoutes.find((route) => route.path === path)?.key ?? null,
  picture: (name) => pictureOf.get(name) ?? null,
})

/** The chapter that explains a page, by the path of its route: the page's own, else that of the nearest page above it. */
export function chapterOf(path: string): Chapter | null {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const own = chapters.find(({ pages }) => pages.includes(at))
    if (own) return own
  }
  return chapters.find(({ pages }) => pages.includes('/')) ?? null
}

export const isFor = (chapter: Chapter, roles: readonly Role[]): boolean => mayOpen(chapter.roles, roles)

export interface Hit {
  readonly chapter: Chapter
  readonly section: Section
  readonly excerpt: string
}
/** Hits of one search; more of them help nobody. */
const maxHits = 30
/** Characters of an excerpt. */
const excerptLength = 60

const initialsOf = new Map<string, string>()
function initials(words: string): string {
  let found = initialsOf.get(words)
  if (found === undefined) {
    found = pinyin(words, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
      .join('')
      .toLowerCase()
    initialsOf.set(words, found)
  }
  return found
}

/** Sections that hold every word of `text`, headings before bodies; headings also by pinyin initials (`rz` finds 日结). */
export function searchManual(text: string, among: readonly Chapter[] = chapters): Hit[] {
  const words = text.trim().toLowerCase().split(/\s+/)
  if (words[0] === '') return []
  const hits: (Hit & { rank: number })[] = []
  for (const chapter of among)
    for (const section of chapter.sections) {
      const head = `${chapter.title} ${section.heading}`.toLowerCase()
      const body = plain(section.body)
      const low = body.toLowerCase()
      const inHead = words.every((word) => head.includes(word) || initials(head).includes(word))
      if (!inHead && !words.every((word) => low.includes(word) || head.includes(word))) continue
      const at = Math.max(0, low.indexOf(words[0] ?? '') - 15)
      hits.push({ chapter, section, excerpt: body.slice(at, at + excerptLength), rank: inHead ? 0 : 1 })
    }
  return hits.toSorted((a, b) => a.rank - b.rank).slice(0, maxHits)
}
