/**
 * No way out: what a page may load, and that it can neither leave, open, download, launch nor speak to anybody. Every
 * session and every page is taken in here, whoever makes it. Only the backend, which has no page, reaches headquarters.
 */
import { join } from 'node:path'
import { app, session, type WebContents, type WebPreferences } from 'electron'
import { paperScheme } from './api.ts'
import { displaySession, pageOrigin, paperSession, servePages } from './schemes.ts'
import { testVariable } from './test-variable.ts'

/** Folder of the page and everything it is made of. */
const pageFolder = join(__dirname, '../renderer')
/** Where `npm run dev` serves the page from. */
export const developing = (): string | undefined => testVariable('ELECTRON_RENDERER_URL')

/** Of every page: no Node, no tools, and no dialogs of the web for files (the program has its own). */
export const shutIn = (): WebPreferences => ({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
  disableBlinkFeatures: 'FileSystemAccessLocal',
})

/** What the page may load: its own files and the papers it has tickets for. Nothing of the disk, nothing of the network. */
function mayLoad(url: string): boolean {
  const { protocol, href, host } = new URL(url)
  if (protocol === 'data:' || protocol === 'blob:' || protocol === 'devtools:') return true
  if (href.startsWith(`${pageOrigin}/`) || protocol === `${paperScheme}:`) return true
  const served = developing()
  return served !== undefined && host === new URL(served).host
}

/** Papers carry everything with them: the page that prints loads the paper and nothing else. */
const mayLoadInPaper = (url: string): boolean => url.startsWith(`${paperScheme}:`) || url.startsWith('data:image/')

/** Frames show papers and pictures of files that were attached; nothing else is put in one. */
const mayFrame = (url: string): boolean => [`${paperScheme}:`, 'blob:', 'about:'].includes(new URL(url).protocol)

/**
 * Before the program is ready. What asks no request filter - connections opened beforehand, names looked up ahead, calls
 * between browsers - finds no name and no address, not even one written in digits.
 */
export function closeNetwork(): void {
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
  if (developing() === undefined) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

export function hardenSessions(): void {
  const sessions = [
    [session.defaultSession, mayLoad],
    [paperSession(), mayLoadInPaper],
    [displaySession(), mayLoad],
  ] as const
  for (const [each, may] of sessions) {
    each.setPermissionRequestHandler((_contents, _permission, allow) => allow(false))
    each.setPermissionCheckHandler(() => false)
    each.setDevicePermissionHandler(() => false)
    each.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !may(url) }))
    // Files are saved by the person, through the program.
    each.on('will-download', (event) => event.preventDefault())
  }
  for (const shown of [session.defaultSession, displaySession()]) servePages(shown, pageFolder)
}

/** Every page there will be: it can neither leave nor open another. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => keepInside(contents))
}

function keepInside(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || !mayFrame(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
