/** The window: sandboxed, isolated, and unable to leave the page it was given. */
import { join } from 'node:path'
import { BrowserWindow, session } from 'electron'

export function hardenSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, allow) => allow(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
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
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  return window
}

export function loadPage(window: BrowserWindow): void {
  const developing = process.env['ELECTRON_RENDERER_URL']
  if (developing) void window.loadURL(developing)
  else void window.loadFile(join(__dirname, '../renderer/index.html'))
}
