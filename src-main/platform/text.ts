/** What comes along with pasted text and is nobody's intention: removed in silence, on both floors. */

/**
 * Characters without a shape: zero width spaces and joiners, direction marks, soft hyphens, byte order marks. They come
 * with numbers copied from chats and web pages, and a number with one of them in it is never found again.
 */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g
/** Spaces of other widths than ours; the ideographic one stays, as it is typed on purpose. */
const otherSpaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g
const fullWidthDigits = /[\uff10-\uff19]/g

/** The text without invisible characters, with plain spaces and ASCII digits. The same text where there is nothing to do. */
export const cleanText = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(otherSpaces, ' ')
    .replace(fullWidthDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/** Keys whose texts are taken as they are: a file is called what it is called. */
const asItIs = /path$/i

/** A call's input with every text in it cleaned; `except` names keys that are not, such as passwords. */
export function cleanInput(value: unknown, except: readonly string[] = []): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map((one) => cleanInput(one, except))
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      asItIs.test(key) || except.includes(key) ? one : cleanInput(one, except),
    ]),
  )
}

/** The name of a file a person chose, as the term of an approval names it. */
export const fileNameOf = (path: string): string => cleanText(path.split(/[\\/]/).at(-1) ?? path).trim()
