/** Chapters to HTML: keys as keys, ways to pages with the page's own key, pictures from `resources/manual/pictures`. */
import MarkdownIt from 'markdown-it'
import { showCombo, type Combo } from '../shell/keys.ts'
import { keyWords } from './chapter.ts'

export interface Surroundings {
  /** The key that opens a page from anywhere. */
  readonly keyOf: (path: string) => Combo | null
  /** Address of a picture by its file's name; null where it has not been made. */
  readonly picture: (name: string) => string | null
}

/** `[收费](/collection)` leads to the page, `[收费](manual:collection)` to a chapter, `[第十五条](regulation:15)` to a clause. */
export function addressOf(href: string): string {
  const [, kind, id = ''] = /^(manual|regulation):(.+)$/.exec(href) ?? []
  if (kind === 'manual') return `#/manual?chapter=${encodeURIComponent(id)}`
  if (kind === 'regulation') return `#/regulation?clause=${encodeURIComponent(id)}`
  return `#${href}`
}

export function makeRenderer({ keyOf, picture }: Surroundings): (markdown: string) => string {
  // No HTML of its own: a chapter is text.
  const md = new MarkdownIt({ html: false, linkify: false })
  const { escapeHtml } = md.utils
  md.renderer.rules['code_inline'] = (tokens, at) => {
    const code = tokens[at]?.content ?? ''
    const key = keyWords(code)
    if (!key) return `<code>${escapeHtml(code)}</code>`
    return `<kbd>${escapeHtml(key.combo)}</kbd>${key.label ? ` ${escapeHtml(key.label)}` : ''}`
  }
  const pending: string[] = []
  md.renderer.rules['link_open'] = (tokens, at, options, _env, self) => {
    const token = tokens[at]
    const href = String(token?.attrGet('href') ?? '')
    const key = href.startsWith('/') ? keyOf(href) : null
    pending.push(key ? `（<kbd>${escapeHtml(showCombo(key))}</kbd>）` : '')
    token?.attrSet('href', addressOf(href))
    return self.renderToken(tokens, at, options)
  }
  md.renderer.rules['link_close'] = () => `</a>${pending.pop() ?? ''}`
  md.renderer.rules['image'] = (tokens, at) => {
    const token = tokens[at]
    const address = picture(String(token?.attrGet('src') ?? ''))
    const words = escapeHtml(token?.content ?? '')
    return address ? `<img src="${escapeHtml(address)}" alt="${words}" title="${words}" loading="lazy">` : ''
  }
  return (markdown) => md.render(markdown)
}
