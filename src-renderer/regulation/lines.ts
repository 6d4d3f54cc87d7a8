/** The regulation as the page shows it: each sub-item with what carries it, found by a word. */
import { mayOpen, roomRoutes } from '../shell/routes.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { carried } from './carried.ts'
import { regulation, type Article } from './regulation.ts'

export interface Line {
  readonly id: string
  readonly cite: string
  readonly text: string
  readonly how: string
  readonly pages: readonly { readonly path: string; readonly title: string; readonly open: boolean }[]
}

/** A page of one record is reached from the list it stands in. */
const listOf: Readonly<Record<string, string>> = {
  '/opening/:applicationId': '/openings',
  '/supply/resume/:accountId': '/supply/awaiting',
  '/inspections/rounds/:roundId': '/inspections',
  '/publicity/campaigns/:campaignId': '/publicity/campaigns',
}
function pageOf(path: string, roles: readonly Role[]): Line['pages'][number] {
  const page = roomRoutes.find((one) => one.path === path)
  const to = path.includes(':') ? (listOf[path] ?? path.slice(0, path.indexOf('/:'))) : path
  const list = roomRoutes.find((one) => one.path === to)
  return { path: to, title: page?.title ?? path, open: list !== undefined && mayOpen(list.roles, roles) }
}
function lineOf(roles: readonly Role[], id: string, cite: string, text: string): Line {
  const entry = carried[id]
  if (!entry) return { id, cite, text, how: '', pages: [] }
  if ('none' in entry) return { id, cite, text, how: entry.none, pages: [] }
  return { id, cite, text, how: entry.how, pages: entry.pages.map((path) => pageOf(path, roles)) }
}
const linesOf = ({ id, title, text, items }: Article, roles: readonly Role[]): Line[] =>
  items.length === 0
    ? [lineOf(roles, id, '', text)]
    : items.map((item) => lineOf(roles, item.id, item.cite, item.text || title))

/** Chapters and articles with the lines that fit the word and `wanted`; none that is empty. */
export function shownOf(word: string, roles: readonly Role[], wanted: (line: Line) => boolean) {
  const fits = (article: Article, line: Line) =>
    word === '' ||
    [article.title, article.text, line.cite, line.text, line.how, ...line.pages.map(({ title }) => title)].some((one) =>
      one.includes(word),
    )
  return regulation
    .map(({ title, articles }) => ({
      title,
      articles: articles
        .map((article) => ({
          ...article,
          lines: linesOf(article, roles).filter((line) => fits(article, line) && wanted(line)),
        }))
        .filter(({ lines }) => lines.length > 0),
    }))
    .filter(({ articles }) => articles.length > 0)
}
