/**
 * The program's own schemes. `app:` serves the files of the page and nothing else of the disk; `paper:` serves a paper by its
 * ticket and nothing else at all. Both are standard and secure, so that the policies of the web hold for them.
 */
import { join, normalize, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { net, protocol, session, type Session } from 'electron'
import { paperScheme, type TicketedPaper } from './api.ts'

export const pageScheme = 'app'
const pageHost = 'hall'
/** Where the window's page lives. */
export const pageOrigin = `${pageScheme}://${pageHost}`

/** Before the program is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: paperScheme, privileges: { standard: true, secure: true } },
  ])
}

/** What a page may do: run and load its own files, show a paper in a frame. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  `frame-src blob: ${paperScheme}:`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const nothing = (status: number): Response => new Response(null, { status })

/** @param folder of the page and everything it is made of */
export function servePages(to: Session, folder: string): void {
  to.protocol.handle(pageScheme, async ({ url, method }) => {
    const { host, pathname } = new URL(url)
    if (host !== pageHost || method !== 'GET') return nothing(404)
    let path: string
    try {
      path = normalize(join(folder, decodeURIComponent(pathname)))
    } catch {
      return nothing(400)
    }
    if (!path.startsWith(`${folder}${sep}`)) return nothing(404)
    try {
      const file = await net.fetch(pathToFileURL(path).href, { bypassCustomProtocolHandlers: true })
      const headers = new Headers(file.headers)
      headers.set('Content-Security-Policy', pagePolicy)
      headers.set('X-Content-Type-Options', 'nosniff')
      return new Response(file.body, { status: file.status, headers })
    } catch {
      return nothing(404)
    }
  })
}

/** Sessions that show papers: the window's preview, and the pages that print. */
export function servePapers(
  sessions: readonly Session[],
  find: (ticket: string) => Promise<TicketedPaper | null>,
): void {
  for (const each of sessions) {
    each.protocol.handle(paperScheme, async ({ url, method }) => {
      const { host, pathname } = new URL(url)
      const [, ticket] = /^\/([0-9a-f]{64})$/.exec(pathname) ?? []
      if (host !== 'sheet' || method !== 'GET' || ticket === undefined) return nothing(404)
      const paper = await find(ticket)
      if (!paper) return nothing(404)
      return new Response(paper.html, {
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
          'Referrer-Policy': 'no-referrer',
        },
      })
    })
  }
}

/** The session of the notice board's display, which knows nothing of the counter's. */
export const displaySession = (): Session => session.fromPartition('display')

/** The session of the pages that print, apart from that of the window. */
export const paperSession = (): Session => session.fromPartition('papers')
