/** Laws of the line between the PCs of a hall: codes, limits, clocks, versions. Pure. */

/** A pairing code is shown for this long (ms). */
export const codeLifeMs = 5 * 60_000
/** Wrong tries after which a code is void. */
export const maxWrongTries = 5
/** How far the clock of a till may be from the host's (ms). */
export const maxClockGapMs = 2 * 60_000

/** Without I, L, O and U, which are read or heard as others. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/**
 * Letters of a code: 50 bits. Whoever stands in the middle gets one try at the host, and from the proof he was given could
 * only look for the code by scrypt over 2^50 codes, while it is good for five minutes.
 */
export const codeLength = 10

/** What was typed, as the code it stands for; null when it cannot be one. */
export function codeTyped(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return code.length === codeLength && [...code].every((letter) => codeLetters.includes(letter)) ? code : null
}

/** As it is shown and read aloud: `7K3QA-9XW2M`. */
export const codeShown = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/** The next code of a till above all that were ever used; null when the two digits are spent. */
export function codeAfter(used: readonly string[]): string | null {
  const next = Math.max(0, ...used.map(Number)) + 1
  return next > 99 ? null : String(next).padStart(2, '0')
}

export const clocksAgree = (here: number, there: number): boolean => Math.abs(here - there) <= maxClockGapMs

/** How far apart two clocks are, in the words of a message. */
export function gapWords(here: number, there: number): string {
  const minutes = Math.round(Math.abs(here - there) / 60_000)
  if (minutes < 120) return `${minutes} 分钟`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`
}

export const defaultPort = 47_613

/** Four numbers up to 255, or a name of labels: what has only digits and dots is meant as numbers. */
function canBeHost(text: string): boolean {
  const parts = text.split('.')
  if (!parts.every((part) => /^(?!-)[0-9A-Za-z-]{1,63}(?<!-)$/.test(part))) return false
  if (!/^[\d.]+$/.test(text)) return true
  return parts.length === 4 && parts.every((part) => part.length <= 3 && Number(part) <= 255) && Number(parts[0]) > 0
}

/** Host and port of an address as typed (`192.168.1.20`, `192.168.1.20:47613`, a name); null when it cannot be one. */
export function addressTyped(text: string): { readonly host: string; readonly port: number } | null {
  const found = /^([0-9A-Za-z][0-9A-Za-z.-]{0,252})(?::(\d{1,5}))?$/.exec(
    text.normalize('NFKC').replaceAll('。', '.').trim(),
  )
  if (!found?.[1] || !canBeHost(found[1])) return null
  const port = found[2] === undefined ? defaultPort : Number(found[2])
  return port >= 1 && port <= 65_535 ? { host: found[1], port } : null
}
