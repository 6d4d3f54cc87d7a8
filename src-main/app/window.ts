/** The windows: the counter's, and the notice board's beside it. */
import { join } from 'node:path'
import { BrowserWindow, type Rectangle } from 'electron'
import { developing, shutIn } from './lock-down.ts'
import { displaySession, pageOrigin } from './schemes.ts'

/**
 * Shown before there is anything to see: a window that waits out of sight for its first picture got it five seconds late in
 * one start of twenty-five, and now and then never (X11 without a window manager). Until then it has its own colour.
 */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1180,
    minHeight: 680,
    backgroundColor: '#f5f7fa',
    autoHideMenuBar: true,
    title: '燃气营业厅柜面系统',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      ...shutIn(),
    },
  })
  window.removeMenu()
  window.maximize()
  return window
}

/**
 * A window that fills a screen and has nothing but what it shows, at once too. One that cannot be focused takes no keys from
 * the counter, nor the focus with its coming.
 */
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
      session: displaySession(),
      ...shutIn(),
    },
  })
  window.removeMenu()
  window.setBounds(bounds)
  if (focusable) window.show()
  else window.showInactive()
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
