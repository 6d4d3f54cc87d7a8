/** The row of what was typed ahead and waits, and what of it was lost. */
import { shallowReactive, shallowRef } from 'vue'
import { asksPassword } from './key-layers.ts'
import { showCombo, type Combo } from './keys.ts'

/** Kept keys of these may be pressed several times: each is a step. */
export const steps = /^(?:(?:Ctrl\+|Alt\+)?Page(?:Up|Down)|Ctrl\+(?:Up|Down))$/
/** These move money or write records: never carried to another page, nor into a dialog that was not there. */
export const commits = /^(?:Ctrl\+|Shift\+)?F12$|^Ctrl\+(?:Shift\+)?Enter$|^Enter$|^F[5-9]$|^Shift\+F[589]$/
/** Meant for what the act before it leads to, wherever that is. */
export const follows = /^Ctrl\+(?:P|Shift\+P|S|E)$/

/** Keys that move the focus, choose or press where it stands, and on a page that is there are the browser's. */
export type Move = 'Tab' | 'Shift+Tab' | 'Space' | 'Up' | 'Down' | 'Left' | 'Right'
export const moves = /^(?:(?:Shift\+)?Tab|Space|Up|Down|Left|Right)$/

/** An act of the page, as opposed to what a field makes of a key, a text or a code. */
export const isAct = (combo: Typed['combo']): combo is Combo =>
  combo !== 'text' && combo !== 'scan' && combo !== 'Enter' && !moves.test(combo)

export interface Typed {
  readonly combo: Combo | Move | 'Enter' | 'text' | 'scan'
  /** Null while what was scanned or found is being opened: then it is for the page that comes of it. */
  path: string | null
  /** What lay in front of the page. */
  readonly front: object | null
  /** performance.now() */
  readonly at: number
  /** Of a text: what was typed, and where it, or a move, would have gone. */
  readonly text?: string
  from?: Element | null
  /** Of a text or a move: typed behind a key that waits, for whatever that key brings. */
  readonly behind?: boolean
  /** Of a text or a move: typed behind the Enter of a search, for whom it finds; where the box keeps the focus, for the box. */
  readonly led?: boolean
  /** Unknown to the dialog that is just being sent: for the page below it, once the dialog has gone. */
  readonly below?: boolean
  /** Of an Enter: it ends the text or the move before it. */
  readonly afterText?: boolean
  /** The key of a room, for whom a search opens: where their page has no such key, the room is opened as from anywhere. */
  readonly room?: boolean
  /** Of a scan: opens what was scanned. */
  readonly run?: () => Promise<unknown>
}

/** What waits, for the line that says so. */
export const kept: Typed[] = shallowReactive([])
/** What was typed and will not be done, for the line that says so; null when nothing was. */
export const lost = shallowRef<string | null>(null)
/** What was pressed and why it cannot be done now, for the same line. */
export const refused = shallowRef<{ readonly keys: string; readonly why: string } | null>(null)
/** How long it is said (ms). */
const lostMs = 5_000
let unsay: ReturnType<typeof setTimeout> | null = null

export function forgetKept(): void {
  kept.length = 0
}

/** Forgets it, or the first so many of it, and says so where it would have moved money, written a record or been text. */
export function loseKept(count = kept.length): void {
  const gone = kept.splice(0, count)
  const words = gone.map((one) =>
    one.combo === 'scan' ? '扫码' : one.text === undefined ? showTyped(one.combo) : showText(one.text),
  )
  const matters = gone.some(
    ({ combo, room }) =>
      combo === 'text' || combo === 'scan' || combo === 'Space' || room === true || commits.test(combo),
  )
  if (matters) say({ lost: words.join(' ') })
}

/** Says what stands in the way of a key, as its button does: whoever types need not look for the button. */
export const refuse = (combo: Combo, why: string): void => say({ refused: { keys: showCombo(combo), why } })

function say(what: { lost?: string; refused?: { keys: string; why: string } }): void {
  lost.value = what.lost ?? null
  refused.value = what.refused ?? null
  if (unsay !== null) clearTimeout(unsay)
  unsay = setTimeout(() => (lost.value = refused.value = null), lostMs)
}

/** Text as it was typed; where a password is asked for it may be one, and customers look on. */
const showText = (text: string): string => (asksPassword() ? '•'.repeat(text.length) : text)

/** A kept key as it is printed on buttons. */
export const showTyped = (combo: Typed['combo'], text = ''): string =>
  combo === 'text' ? `“${showText(text)}”` : (words[combo] ?? (isAct(combo) ? showCombo(combo) : combo))
const words: Readonly<Partial<Record<Typed['combo'], string>>> = {
  scan: '扫码',
  Space: '空格',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
}

/** Opens another customer when it is done: a scan, or the Enter behind a number. */
export const leadsOn = ({ combo, afterText }: Typed) => combo === 'scan' || afterText === true
/** What waits for the one who is opened last. */
export const sinceLead = (): Typed[] => kept.slice(kept.findLastIndex(leadsOn) + 1)
