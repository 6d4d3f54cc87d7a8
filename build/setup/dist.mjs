// npm run dist [-- words for electron-builder]: the packaged product, and proof that it opens.
import fs from 'node:fs'
import path from 'node:path'
import { ownFiltered } from './children.mjs'
import { KEPT_PACKAGES } from './kit.mjs'
import { provePackage } from './package-proof.mjs'
import { inRoot, node24, root } from './places.mjs'
import { appEnvironment, ensureSetUp, entry } from './setup.mjs'
import { say } from './steps.mjs'

const SHIPPED = inRoot('build', 'electron-builder.yml')

/**
 * The fallback's variant: its Electron, and its build of the driver in the place of ours.
 * @param {import('./runtime.mjs').Runtime} runtime
 */
function fallbackConfig(runtime) {
  const driver = /** @type {string} */ (runtime.env.HALL_SQLITE_DRIVER)
  const modules = path.dirname(driver)
  return {
    extends: SHIPPED,
    electronDist: path.dirname(runtime.electronPath),
    electronVersion: runtime.version,
    files: [
      '!node_modules/better-sqlite3/**',
      ...KEPT_PACKAGES.map((name) => ({
        from: path.join(modules, name),
        to: `node_modules/${path.join(modules, name) === driver ? 'better-sqlite3' : name}`,
        filter: ['package.json', '**/*.js', '**/*.node'],
      })),
    ],
  }
}

/** @param {import('./runtime.mjs').Runtime} runtime @returns {string} path of the config for electron-builder */
function configFor(runtime) {
  if (!runtime.fallback) return SHIPPED
  const file = inRoot('.cache', 'electron-builder-fallback.json')
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify(fallbackConfig(runtime), null, 2))
  return file
}

/** @param {string[]} words */
async function dist(words) {
  const runtime = await ensureSetUp({ for: 'dist' })
  const script = inRoot('node_modules', 'electron-builder', 'cli.js')
  const target = process.platform === 'linux' && words.length === 0 ? ['--linux', 'dir'] : words
  const { ended } = ownFiltered(node24, [script, '--config', configFor(runtime), '--publish', 'never', ...target], {
    cwd: root,
    env: appEnvironment({}),
  })
  const code = await ended
  if (code !== 0) return code
  const folder = inRoot('dist', 'linux-unpacked')
  const program = path.join(folder, 'gas-hall-counter')
  if (process.platform === 'linux' && fs.existsSync(program)) {
    // The fallback's opener of folders has no business in the product.
    fs.rmSync(path.join(folder, 'resources', 'default_app.asar'), { force: true })
    await provePackage(program, SHIPPED)
    say(`packaged: ${folder}`)
  }
  return 0
}

await entry(() => dist(process.argv.slice(2)))
