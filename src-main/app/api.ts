/** What a window may ask of the program around it: start-up state, printing, files. Nothing of the business. */
import type { RestoreProof } from '../backup/api.ts'
import type { CallFailure, HallEvents } from '../platform/contract.ts'

export type { RestoreProof }
export { minPassphraseLength, passphraseFault } from '../platform/passphrase.ts'

/** Paper sizes in micrometres (Electron's unit), upright or as the needle printer feeds them. */
export const paperSizes = {
  A3: { width: 297_000, height: 420_000 },
  A4: { width: 210_000, height: 297_000 },
  A5: { width: 148_000, height: 210_000 },
  /** 241 mm continuous paper: the whole sheet of 11 in, a half and a third of it. */
  '241-full': { width: 241_000, height: 279_400 },
  '241-half': { width: 241_000, height: 139_700 },
  '241-third': { width: 241_000, height: 93_100 },
  /** Pre-printed receipt stock of needle printers. */
  '235x90': { width: 235_000, height: 90_000 },
} as const
export type PaperSize = keyof typeof paperSizes

/** The sheet a printer is given, in micrometres; the page lies on its side when `landscape`. */
export interface SheetSize {
  readonly width: number
  readonly height: number
  readonly landscape: boolean
}

/** How a paper went out: given to the printer, kept as PDF, or not. `unanswered`: the printer said nothing in time. */
export const printOutcomes = ['printed', 'saved', 'failed', 'cancelled', 'unanswered'] as const
export type PrintOutcome = (typeof printOutcomes)[number]

export interface PrintResult {
  readonly outcome: PrintOutcome
  /** What the printer said, for support; '' when all went well. */
  readonly detail: string
  /** Where a PDF lies now. */
  readonly path: string | null
}

/** Where a page shows a paper from: its own scheme, a ticket for its name, and nothing else behind it. */
export const paperScheme = 'paper'
export const paperAddress = (ticket: string): string => `${paperScheme}://sheet/${ticket}`

/** Where the program stands between start and the first call. */
export type StartState =
  | { readonly phase: 'starting' }
  /** No database yet: choose how its key is kept, then the first-start wizard. `osStore`: the OS can wrap the key. */
  | { readonly phase: 'new'; readonly osStore: boolean }
  /** The key is wrapped by the administrator's passphrase. */
  | { readonly phase: 'locked' }
  | { readonly phase: 'ready' }
  | { readonly phase: 'failed'; readonly error: CallFailure }

export interface BackupFile {
  readonly fileName: string
  /** Epoch ms. */
  readonly at: number
  /** Bytes. */
  readonly size: number
  /** A database that a restore put aside, not a backup: nobody has proved it. */
  readonly replaced: boolean
}

/** 公示屏: whether it is shown, and whether there is a second screen for it. */
export interface DisplayState {
  readonly open: boolean
  readonly second: boolean
}

/** `window.board`, all that the display's page is given: what the notice board says, each time it changes. */
export interface BoardBridge {
  onBoard(hear: (board: unknown) => void): void
}

/** 加入本厅: where the host is, what it shows, and what this PC is to be called. As typed. */
export interface JoinOrder {
  readonly address: string
  readonly code: string
  readonly name: string
}

export interface Desktop {
  startState(): Promise<StartState>
  /** Creates the database of a new PC. With `passphrase` (12+ characters, hard to guess) the key is wrapped by it, else by the OS. */
  create(options: { passphrase: string | null }): Promise<StartState>
  /** Joins the hall of another PC as a till; this one has no database of its own then. The key is kept as by `create`; a till that was withdrawn or hears nobody joins anew under the key it has. */
  join(options: { passphrase: string | null } & JoinOrder): Promise<StartState>
  /** Opens a database whose key is wrapped by a passphrase. */
  unlock(passphrase: string): Promise<StartState>
  /** Who keeps the key of this PC's database: the OS, a passphrase, or (demo hall) a file. Null while there is none. */
  keyKeeper(): Promise<'os' | 'passphrase' | 'file' | null>
  /** Wraps the key by another passphrase (12+ characters, hard to guess); the present one proves who asks. */
  changePassphrase(change: { present: string; next: string }): Promise<void>
  /** Backups in the data folder and in the second place, then the databases that were replaced, newest first; also while no database is open. */
  backups(): Promise<readonly BackupFile[]>
  /**
   * 第二备份位置: with `second` the administrator chooses a folder in the system's dialog, without it none is used any
   * more. False when the dialog was left.
   */
  placeBackups(way: { second: boolean }): Promise<boolean>
  /**
   * Puts a backup in the place of the database. Allowed when the database could not be opened, or after
   * `backup.authorizeRestore` by an administrator; `by` says who and who agreed, where no open hall knows it.
   */
  restore(order: { fileName: string; by: RestoreProof | null }): Promise<StartState>
  printers(): Promise<readonly { name: string; isDefault: boolean }[]>
  /**
   * Prints the paper a counted printing has a ticket for (`notices.ticket`); what became of it is put on record by the
   * program, not by the page. `printer` null: the system's own dialog asks. Without an answer it ends after a while.
   */
  print(job: { ticket: string; printer: string | null; copies: number }): Promise<PrintResult>
  /** Writes the paper as PDF where the person chooses. */
  pdf(job: { ticket: string }): Promise<PrintResult>
  /** Opens the system's file dialog. Empty when cancelled. */
  chooseFiles(options: { title: string; extensions: readonly string[]; multiple: boolean }): Promise<readonly string[]>
  /** Saves bytes where the person chooses; null when cancelled. */
  saveFile(options: { name: string; bytes: Uint8Array }): Promise<string | null>
  displayState(): Promise<DisplayState>
  /** Shows the notice board full screen: on the second screen, else on this one until Esc. */
  openDisplay(): Promise<DisplayState>
  closeDisplay(): Promise<DisplayState>
  /** Puts what the page keeps of unfinished typing on disk now: a PC that loses power has it. */
  keepTyped(): Promise<void>
  /** Shows a file that this program wrote in the system's file manager. */
  showFile(path: string): Promise<void>
}

/** `window.hall`, the one bridge of the preload. */
export interface HallBridge {
  /** Resolves with the output or rejects with a plain `CallFailure`. */
  call(name: string, input: unknown, session: string | null): Promise<unknown>
  on<E extends keyof HallEvents>(event: E, listener: (data: HallEvents[E]) => void): () => void
  /** Says who is at work in this window, null for nobody; what `desktop` does with data is done for him alone. */
  identify(token: string | null): void
  /** Zooms the whole window (大字模式): 1 is 100 %. Clamped to 0.5–2. */
  zoom(factor: number): void
  readonly desktop: Desktop
}

/** A paper as the printing process gets it. */
export interface TicketedPaper {
  /** A complete HTML document with its styles and its one script inside. */
  readonly html: string
  readonly sheet: SheetSize
  /** Proposed name of a PDF, without folders. */
  readonly fileName: string
  /** The counted printing this is for; null for a preview, which is only looked at. */
  readonly printingId: string | null
}
