/**
 * What a package heeds of its surroundings: of the variables where its data lie, of the command line next to nothing. In a
 * checkout tests and tools may say more. Pure; `main.ts` asks before anything else.
 */

/** Variables of tests and tools. In a package they would load foreign code, set the clock, or fill in a hall of known passwords. */
export const testVariables = [
  'ELECTRON_RENDERER_URL',
  'HALL_CLOCK',
  'HALL_DEMO',
  'HALL_FIRST_SCREEN',
  'HALL_SQLITE_DRIVER',
] as const
export type TestVariable = (typeof testVariables)[number]

/** The one variable of the product's own: where the data of this PC lie. */
const ownVariable = 'HALL_DATA'

/**
 * Whatever steers the program, Node, Electron, or what they trust: a certificate that is not checked, a module loaded first,
 * the secrets of a connection written to a file.
 */
const steering = /^(?:HALL_|NODE_|ELECTRON_|CHROME_|SSL|OPENSSL_|UV_|V8_|GOOGLE_)/i

/** Takes out of `env` what a package does not heed; the backend and its workers inherit what is left. */
export function forgetVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env))
    if (name !== ownVariable && steering.test(name)) Reflect.deleteProperty(env, name)
}

/** Switches a hall may need for its screen or its system; none of them opens a port, a file or a page to anybody. */
const harmless = new Set(['no-sandbox', 'disable-gpu', 'force-device-scale-factor', 'lang', 'ozone-platform'])

/**
 * The switches of a command line that a package does not take, by name: debugger ports, foreign extensions, switched-off
 * protection. Unknown ones count as such: there are hundreds in Chromium, and a counter needs none.
 * @param words without the program itself
 */
export function refusedSwitches(words: readonly string[], platform: NodeJS.Platform = process.platform): string[] {
  const form = platform === 'win32' ? /^(?:-{1,2}|\/)([^=]*)/ : /^-{1,2}([^=]*)/
  return words.flatMap((word) => {
    const name = form.exec(word)?.[1]?.toLowerCase()
    return name === undefined || harmless.has(name) ? [] : [name]
  })
}
