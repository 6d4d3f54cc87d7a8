/**
 * 公示屏: a window that shows the notice board to the hall, on the second screen where there is one. Nobody is signed in
 * there and it can ask for nothing: its page hears what the backend sends, and keeps the last of it while the backend is
 * started again.
 */
import { powerSaveBlocker, screen, type BrowserWindow } from 'electron'
import type { DisplayState } from './api.ts'
import type { BackendProcess } from './backend-process.ts'
import { loadDisplayPage, openDisplayWindow } from './window.ts'

export class BoardDisplay {
  readonly #backend: BackendProcess
  #window: BrowserWindow | null = null
  /** Electron's id of the screen it stands on. */
  #screenId = -1
  #awake: number | null = null

  constructor(backend: BackendProcess) {
    this.#backend = backend
    // A screen that is pulled out must not throw the board over the counter's own.
    screen.on('display-removed', (_event, { id }) => id === this.#screenId && this.close())
  }

  state(): DisplayState {
    return { open: this.#window !== null, second: screen.getAllDisplays().length > 1 }
  }

  /** Shows the board beside `counter`, the window of the page that asks; on its own screen when there is no other. */
  open(counter: BrowserWindow): DisplayState {
    if (this.#window) return this.state()
    const own = screen.getDisplayMatching(counter.getBounds())
    const other = screen.getAllDisplays().find(({ id }) => id !== own.id)
    const window = openDisplayWindow((other ?? own).bounds, { focusable: other === undefined })
    this.#window = window
    this.#screenId = (other ?? own).id
    this.#awake = powerSaveBlocker.start('prevent-display-sleep')
    window.once('closed', () => this.#gone(window))
    counter.once('closed', () => this.close())
    window.webContents.on('before-input-event', (_event, { key, type }) => {
      if (type === 'keyDown' && key === 'Escape') this.close()
    })
    window.webContents.on('did-finish-load', () => this.#backend.connectDisplay(window.webContents))
    window.webContents.on('render-process-gone', () => loadDisplayPage(window))
    window.once('ready-to-show', () => (other ? window.showInactive() : window.show()))
    loadDisplayPage(window)
    return this.state()
  }

  close(): void {
    this.#window?.close()
  }

  #gone(window: BrowserWindow): void {
    if (this.#window !== window) return
    this.#window = null
    if (this.#awake !== null) powerSaveBlocker.stop(this.#awake)
    this.#awake = null
  }
}
