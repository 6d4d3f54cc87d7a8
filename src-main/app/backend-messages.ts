/** What the main process and the utility process say to each other. */
import type { CallFailure } from '../platform/contract.ts'

export type BackendCommand =
  | {
      readonly type: 'open'
      readonly dataFolder: string
      readonly resources: string
      /** 64 hex digits. */
      readonly key: string
      /** Fill a new database with the demo hall. */
      readonly demo: boolean
      /** Epoch ms at which the clock starts, or null for the clock of the PC. */
      readonly clockStart: number | null
    }
  | { readonly type: 'connect' }
  | { readonly type: 'restore'; readonly fileName: string }
  | { readonly type: 'close' }

export type BackendReport =
  | { readonly type: 'opened' }
  | { readonly type: 'seeding'; readonly text: string }
  | { readonly type: 'failed'; readonly error: CallFailure }
  /** The order was not carried out; the open database stays open. */
  | { readonly type: 'refused'; readonly error: CallFailure }
