/**
 * 公示屏: a window that shows the notice board to the hall, on the second screen where there is one. Nobody is signed in
 * there and it can ask for nothing: its page hears what the backend sends, and keeps the last of it while the backend is
 * started again. What was open when the program ended opens again with it, on the same screen.
 */
import { app, powerSaveBlocker, screen, type BrowserWindow } from 'electron'
import type { DisplayState } from './api.ts'
import type { BackendProcess } from './backend-process.ts'
import { forget, recall, remember, screenToReopen, type Screen } from './display-place.ts'
import { loadDisplayPage, openDisplayWindow } from './window.ts'

export class BoardDisplay {
  readonly #backend: BackendProcess
  #window: BrowserWindow | null = null
  /** Electron's id of the screen it stands on. */
  #screenId = -1
  #awake: number | null = null
  /** The file in which an open display is remembered, and whether what closes it now is no wish of anybody. */
  readonly #file: string
  #leaving = false

  /** @param file where this PC remembers an open display */
  constructor(backend: BackendProcess, file: string) {
    this.#backend = backend
    this.#file = file
    // A screen that is pulled out must not throw the board over the counter's own.
    screen.on('display-removed', (_event, { id }) => id === this.#screenId && this.#takeDown())
    app.on('before-quit', () => (this.#leaving = true))
  }

  /** Opens it again where it was open when the program ended. */
  reopen(counter: BrowserWindow): void {
    const was = recall(this.#file)
    if (was === null || this.#window) return
    const own = screen.getDisplayMatching(counter.getBounds())
    const found = screenToReopen(was, screen.getAllDisplays(), own.id)
    if (found) this.#show(counter, found, found.id === own.id)
  }

  state(): DisplayState {
    return { open: this.#window !== null, second: screen.getAllDisplays().length > 1 }
  }

  /** Shows the board beside `counter`, the window of the page that asks; on its own screen when there is no other. */
  open(counter: BrowserWindow): DisplayState {
    if (this.#window) return this.state()
    const own = screen.getDisplayMatching(counter.getBounds())
    const other = screen.getAllDisplays().find(({ id }) => id !== own.id)
    this.#show(counter, other ?? own, other === undefined)
    return this.state()
  }

  #show(counter: BrowserWindow, place: Screen, overCounter: boolean): void {
    const window = openDisplayWindow(place.bounds, { focusable: overCounter })
    this.#window = window
    this.#screenId = place.id
    this.#leaving = false
    remember(this.#file, place)
    this.#awake = powerSaveBlocker.start('prevent-display-sleep')
    window.once('closed', () => this.#gone(window))
    counter.once('closed', () => this.#takeDown())
    window.webContents.on('before-input-event', (_event, { key, type }) => {
      if (type === 'keyDown' && key === 'Escape') this.close()
    })
    window.webContents.on('did-finish-load', () => this.#backend.connectDisplay(window.webContents))
    window.webContents.on('render-process-gone', () => loadDisplayPage(window))
    loadDisplayPage(window)
  }

  close(): void {
    this.#window?.close()
  }

  /** Nobody closed it: it opens again with the program. */
  #takeDown(): void {
    this.#leaving = true
    this.close()
  }

  #gone(window: BrowserWindow): void {
    if (this.#window !== window) return
    this.#window = null
    if (!this.#leaving) forget(this.#file)
    if (this.#awake !== null) powerSaveBlocker.stop(this.#awake)
    this.#awake = null
  }
}
