/** For set-up on a machine without a screen: a picture of the first screen, once a person could use it. */
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserWindow } from 'electron'

const usable = `!!document.querySelector('#app input:not([disabled])')`
/** Whether a page is there of which nothing more is to come. */
const settled = `!!document.querySelector('[data-page]:not([aria-busy="true"])')`
/** How often the page is looked at (ms). */
const lookEveryMs = 10

/** Writes the PNG named by HALL_FIRST_SCREEN and prints `first-screen <ms since process start> <path>`. */
export function captureFirstScreen(window: BrowserWindow, path: string): void {
  const until = async (condition: string): Promise<void> => {
    while (!window.isDestroyed() && !(await window.webContents.executeJavaScript(condition))) await pause(lookEveryMs)
  }
  const look = async (): Promise<void> => {
    await until(usable)
    const ms = Math.round(process.uptime() * 1000)
    await until(settled)
    // One frame more, so that the picture shows what is there.
    await pause(300)
    if (window.isDestroyed()) return
    writeFileSync(path, (await window.webContents.capturePage()).toPNG())
    process.stdout.write(`first-screen ${ms} ${path}\n`)
  }
  window.webContents.once('did-finish-load', () => void look())
}
