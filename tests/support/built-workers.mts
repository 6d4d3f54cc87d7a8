/**
 * For vitest: the program's worker threads as the built program has them, in files of their own. From source each thread
 * would read and strip half the program anew, for half a second; a test of a backup or an import begins several.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Below the packages, so that those the threads need are found. Vitest keeps what it has transformed: the place is always the same. */
const caches = join(root, 'node_modules', '.cache')
const folder = join(caches, 'test-workers')

/** Who begins a thread → the file of the thread, which lies beside it and is called `worker.ts`. */
const begunBy: Readonly<Record<string, string>> = {
  'src-main/backup/work.ts': 'src-main/backup/worker.ts',
  'src-main/platform/sheets/reader.ts': 'src-main/platform/sheets/worker.ts',
}
const fromSource = "'./worker.ts'"
const outputOf = (worker: string): string => `${worker.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`

export const builtWorkers = (): Plugin => ({
  name: 'built-workers',
  // Before its types are taken away the source reads as it was written.
  enforce: 'pre',
  transform(code, id) {
    const [, worker] = Object.entries(begunBy).find(([begins]) => id === join(root, begins)) ?? []
    if (worker === undefined) return null
    if (!code.includes(fromSource)) throw new Error(`${id} does not begin its worker as ${fromSource} any more`)
    return code.replace(fromSource, JSON.stringify(pathToFileURL(join(folder, outputOf(worker))).href))
  },
})

/** Once for a whole run. Each file comes whole to its place: another run may be reading there. */
export default async function buildWorkers(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const made = mkdtempSync(join(caches, 'test-workers-'))
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true, external: ['better-sqlite3'] },
      build: {
        ssr: true,
        outDir: made,
        emptyOutDir: false,
        rolldownOptions: {
          input: Object.fromEntries(Object.values(begunBy).map((worker) => [outputOf(worker), join(root, worker)])),
          output: { format: 'es', entryFileNames: '[name]', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
    })
    for (const name of readdirSync(made).toSorted(
      (a, b) => Number(a.startsWith('src-')) - Number(b.startsWith('src-')),
    ))
      renameSync(join(made, name), join(folder, name))
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
