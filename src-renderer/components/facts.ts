/** What is known of a record, as its page shows it: label and value. */
export interface Fact {
  readonly label: string
  /** As it is read, numbers of ours in groups; a dash where there is nothing. */
  readonly text?: string | null
  /** The page that the text leads to. */
  readonly to?: string | null
  /** Stands behind the text: a masked number, and the audited call that shows it. */
  readonly phone?: {
    readonly masked: string
    readonly show: (reason: string) => Promise<{ readonly value: string | null }>
  }
  /** Over all columns. */
  readonly wide?: boolean
  /** Written by the page, in the slot of this name. */
  readonly slot?: string
}
