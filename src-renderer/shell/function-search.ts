/** Finding what the program can do: by its name, by pinyin, by initials. */

/** Something the program can do, as the find box offers it. */
export interface OfferedFunction {
  readonly id: string
  readonly title: string
  /** Other words people look for it by. */
  readonly words: readonly string[]
  /** Whom it is for, where it concerns the customer whose page is open. */
  readonly forWhom: string | null
  /** Its key as it is printed on buttons; null without one. */
  readonly key: string | null
  /** Why it cannot be done now; null when it can. */
  readonly obstacle: string | null
  readonly run: () => unknown
}

/** Functions offered at once: more would push the customers out of sight. */
export const maxOffered = 6

type Reader = (text: string) => readonly string[]
let read: Reader | null = null

/** Brings the table of readings, which is large, when the box is first used; until then names are found as written. */
export async function loadReadings(): Promise<void> {
  if (read) return
  const { pinyin } = await import('pinyin-pro')
  const known = new Map<string, readonly string[]>()
  read = (text) => {
    const found = known.get(text) ?? pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    known.set(text, found)
    return found
  }
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

/**
 * How well a title answers to a text: 0 the whole of it, 1 its beginning, 2 somewhere inside, null not at all. Letters are
 * compared with the pinyin and with the initials, from each character on.
 */
export function fit(title: string, typed: string, reading: Reader | null = read): number | null {
  const wanted = fold(typed)
  const written = fold(title)
  if (wanted === '') return null
  const spelled = reading?.(title).map((one) => one.toLowerCase()) ?? []
  const ways = [written, spelled.join(''), spelled.map((one) => one.charAt(0)).join('')].filter((way) => way !== '')
  if (ways.includes(wanted)) return 0
  if (ways.some((way) => way.startsWith(wanted))) return 1
  // A single letter inside a name tells nothing.
  if ([...wanted].length < 2) return null
  const inner = spelled.slice(1).flatMap((_, i) => {
    const rest = spelled.slice(i + 1)
    return [rest.join(''), rest.map((one) => one.charAt(0)).join('')]
  })
  return written.includes(wanted) || inner.some((way) => way.startsWith(wanted)) ? 2 : null
}

const afterTitle = (how: number | null): number | null => (how === null ? null : how + 0.5)

const blocked = ({ obstacle }: OfferedFunction): number => Number(obstacle !== null)

/** What answers to a text, the best first, in the order given where they fit alike. */
export function functionsFor(all: readonly OfferedFunction[], typed: string): OfferedFunction[] {
  return (
    all
      .flatMap((one, i) => {
        // Another word for it comes after a title that fits as well.
        const fits = [fit(one.title, typed), ...one.words.map((word) => fit(word, typed)).map(afterTitle)]
          .filter((how) => how !== null)
          .toSorted((a, b) => a - b)[0]
        return fits === undefined ? [] : [{ one, fits, i }]
      })
      // Of two that fit alike, the one that can be done now: Enter takes the first.
      .toSorted((a, b) => a.fits - b.fits || blocked(a.one) - blocked(b.one) || a.i - b.i)
      .slice(0, maxOffered)
      .map(({ one }) => one)
  )
}
