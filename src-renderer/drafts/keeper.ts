/**
 * Drafts of the operator at work: read once at login, so that a form has its own at once when it opens; written to the
 * encrypted database while typing, so that neither a crash nor a power cut loses more than the last second.
 * Browser storage is never used: it is not encrypted, and forms hold ID numbers and phones (clause 6(10)).
 */
import { api } from '../api.ts'
import { asCallError } from '../bridge.ts'

export interface Draft {
  readonly key: string
  /** What the form is called. */
  readonly title: string
  /** Page that opens it, from the root. */
  readonly path: string
  /** JSON of the form. */
  readonly body: string
}

/** What was typed is on the disk within this time (ms). */
export const saveWithinMs = 800
/** A backend that is being started again is asked again after this time (ms). */
const tryAgainMs = 3_000

const kept = new Map<string, Draft>()
/** Forms whose state here is not yet that of the database. */
const unsaved = new Set<string>()
let timer: ReturnType<typeof setTimeout> | null = null
let writing: Promise<void> = Promise.resolve()
/** Counts operators: what was under way for one must not be written for the next. */
let turn = 0

/** What was typed into a form before, if anything. */
export const draftBody = (key: string): string | undefined => kept.get(key)?.body

/** Keeps a form as it stands. The same as before costs nothing. */
export function keepDraft(draft: Draft): void {
  if (kept.get(draft.key)?.body === draft.body) return
  kept.set(draft.key, draft)
  unsaved.add(draft.key)
  timer ??= setTimeout(() => void flushDrafts(), saveWithinMs)
}

/** Forgets a form: it was sent, or emptied again. */
export function dropDraft(key: string): void {
  if (!kept.delete(key)) return
  unsaved.add(key)
  void flushDrafts()
}

/** Whether something typed is not in the database yet. */
export const draftsUnsaved = (): boolean => unsaved.size > 0

/** Writes what is not written yet, one after the other; never throws. */
export function flushDrafts(): Promise<void> {
  if (timer !== null) clearTimeout(timer)
  timer = null
  if (unsaved.size === 0) return writing
  return (writing = writing.then(writeAll))
}

async function writeAll(): Promise<void> {
  const mine = turn
  for (const key of [...unsaved]) {
    if (mine !== turn || !unsaved.delete(key)) continue
    const draft = kept.get(key)
    try {
      await (draft ? api.drafts.save({ ...draft }) : api.drafts.remove({ key }))
    } catch (thrown) {
      if (mine === turn) stay(key, asCallError(thrown).code)
    }
  }
}

/** What could not be written is tried again, but for what never can be; a locked screen writes once it is unlocked. */
function stay(key: string, code: string): void {
  if (code === 'InvalidInput' || code === 'NotSignedIn') return
  unsaved.add(key)
  if (code !== 'SessionLocked') timer ??= setTimeout(() => void flushDrafts(), tryAgainMs)
}

/** Reads what this operator left unfinished. Without it the forms begin empty; the counter works all the same. */
export async function loadDrafts(): Promise<void> {
  const mine = turn
  try {
    for (const draft of await api.drafts.load({}))
      if (mine === turn && !kept.has(draft.key) && !unsaved.has(draft.key)) kept.set(draft.key, draft)
  } catch {
    // Told nobody: whatever hinders this hinders the next call too, and that one says so.
  }
}

/** Forgets what this window knows, at logout: a draft may hold what the next operator must not read. */
export function forgetDrafts(): void {
  turn += 1
  kept.clear()
  unsaved.clear()
  if (timer !== null) clearTimeout(timer)
  timer = null
}

/** Whether a form kept by an older program still fits the form of this one: the same fields, as deep as both have them. */
export function sameShape(old: unknown, now: unknown): boolean {
  const both = [old, now]
  if (both.some((value) => typeof value !== 'object' || value === null)) return true
  if (Array.isArray(old) || Array.isArray(now)) return Array.isArray(old) && Array.isArray(now)
  const [a, b] = both as [Record<string, unknown>, Record<string, unknown>]
  const keys = Object.keys(b)
  return Object.keys(a).length === keys.length && keys.every((key) => key in a && sameShape(a[key], b[key]))
}
