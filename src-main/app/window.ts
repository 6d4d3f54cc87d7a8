/** The window: sandboxed, isolated, and unable to leave the page it was given. */
import { join } from 'node:path'
import { BrowserWindow, session, type Rectangle } from 'electron'
import { paperScheme } from './api.ts'
import { pageOrigin, paperSession, servePages } from './schemes.ts'

/** Folder of the page and everything it is made of. */
const pageFolder = join(__dirname, '../renderer')
/** Where `npm run dev` serves the page from. */
const developing = (): string | undefined => process.env['ELECTRON_RENDERER_URL']

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

/** The session of the notice board's display, which knows nothing of the counter's. */
const displaySession = 'display'

export function hardenSession(): void {
  const sessions = [
    [session.defaultSession, mayLoad],
    [paperSession(), mayLoadInPaper],
    [session.fromPartition(displaySession), mayLoad],
  ] as const
  for (const [each, may] of sessions) {
    each.setPermissionRequestHandler((_contents, _permission, allow) => allow(false))
    each.setPermissionCheckHandler(() => false)
    each.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !may(url) }))
  }
  for (const shown of [session.defaultSession, session.fromPartition(displaySession)]) servePages(shown, pageFolder)
}

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1180,
    minHeight: 680,
    show: false,
    backgroundColor: '#f5f7fa',
    autoHideMenuBar: true,
    title: '燃气营业厅柜面系统',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  window.removeMenu()
  window.once('ready-to-show', () => {
    window.maximize()
    window.show()
  })
  keepOnPage(window)
  return window
}

/** The page can neither leave nor open another. */
export function keepOnPage({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event) => event.preventDefault())
  webContents.on('will-attach-webview', (event) => event.preventDefault())
}

/** A window that fills a screen and has nothing but what it shows. One that cannot be focused takes no keys from the counter. */
export function openDisplayWindow(bounds: Rectangle, { focusable }: { focusable: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    show: false,
    frame: false,
    fullscreen: true,
    focusable,
    skipTaskbar: true,
    backgroundColor: '#0c2440',
    title: '公示屏',
    webPreferences: {
      preload: join(__dirname, '../preload/display-preload.js'),
      partition: displaySession,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  window.removeMenu()
  window.setBounds(bounds)
  keepOnPage(window)
  return window
}

function load(window: BrowserWindow, file: string, query: Record<string, string> = {}): void {
  const served = developing()
  if (served) void window.loadURL(`${new URL(file, served).href}?${new URLSearchParams(query)}`)
  else void window.loadURL(`${pageOrigin}/${file}?${new URLSearchParams(query)}`)
}

/** @param opensAlone whether the data open without asking anybody, so that the login page may come at once */
export const loadPage = (window: BrowserWindow, opensAlone: boolean): void =>
  load(window, 'index.html', opensAlone ? { 'opens-alone': '1' } : {})
export const loadDisplayPage = (window: BrowserWindow): void => load(window, 'display.html')
