/** For set-up on a machine without a screen: a picture of the first screen, once a person could use it. */
import { writeFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'

const usable = `!!document.querySelector('#app input:not([disabled])')`

/** Writes the PNG named by HALL_FIRST_SCREEN and prints `first-screen <ms since process start> <path>`. */
export function captureFirstScreen(window: BrowserWindow, path: string): void {
  const look = async (): Promise<void> => {
    if (window.isDestroyed()) return
    if (!(await window.webContents.executeJavaScript(usable))) return void setTimeout(() => void look(), 50)
    const ms = Math.round(process.uptime() * 1000)
    // One frame more, so that the picture shows what is usable.
    await new Promise((resolve) => setTimeout(resolve, 300))
    writeFileSync(path, (await window.webContents.capturePage()).toPNG())
    process.stdout.write(`first-screen ${ms} ${path}\n`)
  }
  window.webContents.once('did-finish-load', () => void look())
}
