/**
 * 手册: chapters written in Markdown, one file each in `resources/manual`. The head of a file says for whom it is and which
 * pages it explains; what stands between back quotes is a key and what it does, and a test holds that it is true.
 */
import type { Role } from '../../src-main/platform/contract.ts'

export interface Section {
  readonly heading: string
  readonly body: string
}
export interface Chapter {
  /** The file's name, also in links: `[收费](manual:collection)`. */
  readonly id: string
  readonly title: string
  readonly roles: readonly Role[] | 'all'
  /** Paths of `RoomRoute`s that this chapter explains. */
  readonly pages: readonly string[]
  readonly order: number
  readonly body: string
  readonly sections: readonly Section[]
}

/** Reads a chapter. @throws Error when its head is not complete */
export function parseChapter(id: string, source: string): Chapter {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? []
  const fields = new Map(
    head.split('\n').map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
  const title = fields.get('title') ?? ''
  if (title === '') throw new Error(`${id}: the chapter has no title`)
  const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter((word) => word !== '')
  const roles = words('roles')
  return {
    id,
    title,
    roles: roles.length === 0 || roles[0] === 'all' ? 'all' : (roles as Role[]),
    pages: words('pages'),
    order: Number(fields.get('order') ?? 999),
    body: body.trim(),
    sections: sectionsOf(title, body),
  }
}

const sectionsOf = (title: string, body: string): Section[] =>
  body
    .split(/^## /m)
    .map((part, i) => {
      if (i === 0) return { heading: title, body: part.trim() }
      const end = part.indexOf('\n')
      return { heading: part.slice(0, end).trim(), body: part.slice(end + 1).trim() }
    })
    .filter(({ body: text }) => text !== '')

export interface KeyWords {
  /** As printed on buttons. */
  readonly combo: string
  readonly label: string
}
/** 'F12 确认收款' → key and what it does; null when it is no key. */
export function keyWords(code: string): KeyWords | null {
  const [, combo, label = ''] =
    /^((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|Esc|Enter|Tab|Page(?:Up|Down)|[A-Z0-9←→↑↓]))(?:\s+(.+))?$/.exec(code) ?? []
  return combo === undefined ? null : { combo, label }
}

/** Markdown without its marks, for the search and its excerpts. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\((?:<[^>]*>|[^)]*)\)/g, '$1')
    // The line under a table's heading.
    .replace(/^\|[\s|:-]+\|$/gm, ' ')
    .replace(/[`*>#|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
