// What the app says once a person could use it.

/**
 * Reads the line by which the app tells of its first screen.
 * @param {string} line "first-screen <ms since process start> <path of the screenshot>"
 * @returns {{ ms: number, path: string } | undefined} undefined for any other line
 */
export function readFirstScreen(line) {
  const [, ms, path] = /^first-screen (\d+) (.+)$/.exec(line) ?? []
  return ms !== undefined && path !== undefined ? { ms: Number(ms), path } : undefined
}
