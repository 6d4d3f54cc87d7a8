/**
 * For vitest: the program's worker threads as the built program has them, in files of their own. From source each thread
 * would read and strip half the program anew, for half a second; a test of a backup or an import begins several.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'

/** Who begins a thread → the file of the thread, which lies beside it and is called `worker.ts`. */
const begunBy: Readonly<Record<string, string>> = {
  'src-main/backup/work.ts': 'src-main/backup/worker.ts',
  'src-main/platform/sheets/reader.ts': 'src-main/platform/sheets/worker.ts',
}
const fromSource = "'./worker.ts'"

export function builtWorkers(root: string): Plugin {
  let built: Promise<string> | null = null
  return {
    name: 'built-workers',
    // Before its types are taken away the source reads as it was written.
    enforce: 'pre',
    async transform(code, id) {
      const [, worker] = Object.entries(begunBy).find(([begins]) => id === join(root, begins)) ?? []
      if (worker === undefined) return null
      if (!code.includes(fromSource)) throw new Error(`${id} does not begin its worker as ${fromSource} any more`)
      const folder = await (built ??= buildAll(root))
      return code.replace(fromSource, JSON.stringify(pathToFileURL(join(folder, outputOf(worker))).href))
    },
  }
}

const outputOf = (worker: string): string => `${worker.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`

/** Below the packages, so that those the threads need are found. @returns the folder, which goes with this process */
async function buildAll(root: string): Promise<string> {
  const caches = join(root, 'node_modules', '.cache')
  mkdirSync(caches, { recursive: true })
  const folder = mkdtempSync(join(caches, 'test-workers-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.values(begunBy).map((worker) => [outputOf(worker), join(root, worker)])),
        output: { format: 'es', entryFileNames: '[name]' },
      },
    },
  })
  return folder
}
