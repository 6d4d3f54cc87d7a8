// System packages a window needs on Debian and its kin.
import { pathOf } from './children.mjs'
import { run, say, tail } from './steps.mjs'

/** For the window and its virtual display, for Chinese text, and for compiling the fallback's SQLite driver. */
export const SYSTEM_PACKAGES = [
  'xvfb',
  'xauth',
  'x11-utils',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libsecret-1-0',
  'fonts-noto-cjk',
  'dbus',
  'python3',
  'make',
  'g++',
]

/** Debian 13 and later renamed some libraries when their time type grew to 64 bit. */
const renamed = (/** @type {string} */ name) => `${name}t64`

/**
 * The packages not installed, from the answer of `dpkg-query -W -f '${Package} ${db:Status-Status}\n'`.
 * @param {string[]} wanted @param {string} answer
 */
export function missingPackages(wanted, answer) {
  const installed = new Set(
    answer
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return wanted.filter((name) => !installed.has(name) && !installed.has(renamed(name)))
}

/**
 * Installs what is missing when we may; otherwise says how, and goes on: a desktop may have it all from elsewhere.
 */
export async function ensureSystemPackages() {
  if (process.platform !== 'linux' || !pathOf('dpkg-query') || !pathOf('apt-get')) return
  const names = SYSTEM_PACKAGES.flatMap((name) => [name, renamed(name)])
  // Unknown names make it end with 1 and still list the known ones.
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names])
  const missing = missingPackages(SYSTEM_PACKAGES, output)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    say(`missing system packages: ${missing.join(' ')}`)
    say(`to install them: sudo apt-get install ${missing.join(' ')}`)
    return
  }
  say(`installing system packages: ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Package lists may be absent (fresh image) or stale; an update that fails may still leave usable ones.
  await run('apt-get', ['update', '-q'], { env })
  const chosen = await Promise.all(missing.map(presentName))
  const { code, output: said } = await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...chosen],
    { env },
  )
  if (code !== 0) say(`apt-get could not install them; going on without. It said:\n${tail(said, 8)}`)
}

/** The name this release knows. @param {string} name */
async function presentName(name) {
  const { code, output } = await run('apt-cache', ['show', '--no-all-versions', renamed(name)])
  return code === 0 && output.includes('Package:') ? renamed(name) : name
}

/**
 * Chromium's sandbox needs user namespaces; root may not use it, and some machines forbid them to everybody.
 * @returns {Promise<string[]>} switches for Electron
 */
export async function sandboxSwitches() {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) return ['--no-sandbox']
  const { code } = await run('unshare', ['--user', '--map-root-user', 'true'], { timeoutMs: 5_000 })
  return code === 0 ? [] : ['--no-sandbox']
}
