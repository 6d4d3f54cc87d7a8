/** Electron entry: a thin shell. Windows, printing, secrets; nothing of the business. */
import { app, BrowserWindow, dialog, Menu, session } from 'electron'
import { answerDesktop } from './app/desktop.ts'
import { captureFirstScreen } from './app/first-screen.ts'
import { paperSession, registerSchemes, servePapers } from './app/schemes.ts'
import { closeNetwork, hardenContents, hardenSessions } from './app/lock-down.ts'
import { Startup } from './app/startup.ts'
import { forgetVariables, refusedSwitches } from './app/surroundings.ts'
import { testVariable } from './app/test-variable.ts'
import { windowFolder } from './app/window-folder.ts'
import { loadPage, openWindow } from './app/window.ts'

if (app.isPackaged) forgetVariables(process.env)
const refused = app.isPackaged ? refusedSwitches(process.argv.slice(1)) : []
if (refused.length > 0) {
  dialog.showErrorBox('燃气营业厅柜面系统', `程序不接受这些启动参数：${refused.join('、')}。请用原来的快捷方式启动`)
  app.exit(2)
} else {
  start()
}

function start(): void {
  // What the program writes is its user's alone, whoever else has an account on the PC.
  process.umask(0o077)
  // No menu, and so none of its keys: no reload, no developer tools, no zoom beside ours.
  Menu.setApplicationMenu(null)
  closeNetwork()
  // Chromium throws away what is typed before a page's first picture, and after each new one; here it is for the page.
  app.commandLine.appendSwitch('disable-features', 'DropInputEventsBeforeFirstPaint,DropInputEventsWhilePaintHolding')
  app.commandLine.appendSwitch('allow-pre-commit-input')
  hardenContents()
  registerSchemes()

  // One program for each data folder: a second one on the same folder shows the first, one on another folder starts.
  const dataFolder = process.env['HALL_DATA']
  if (dataFolder) app.setPath('userData', windowFolder(dataFolder))
  if (!app.requestSingleInstanceLock()) app.quit()
  else void run()
}

async function run(): Promise<void> {
  await app.whenReady()
  hardenSessions()
  const startup = new Startup()
  servePapers([session.defaultSession, paperSession()], (ticket) => startup.backend.paper(ticket))
  let window = openWindow()
  const display = answerDesktop(startup, () => window)
  const firstScreen = testVariable('HALL_FIRST_SCREEN')
  if (firstScreen) captureFirstScreen(window, firstScreen)

  const present = () => {
    window.webContents.on('did-finish-load', () => startup.backend.connect(window.webContents))
    loadPage(window, startup.opensAlone())
  }
  // The page first: on few processors a backend that starts beside it keeps the login page from coming.
  window.webContents.once('dom-ready', () => startup.begin())
  window.webContents.once('did-finish-load', () => display.reopen(window))
  present()

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length > 0) return
    window = openWindow()
    present()
  })
  app.on('window-all-closed', () => app.quit())
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void startup.backend.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
