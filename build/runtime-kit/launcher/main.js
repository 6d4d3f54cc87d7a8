// Opens the app folder named on the command line, as Electron's own default app does: `electron [-r module] <folder>`.
// It is packed as resources/default_app.asar, the last place Electron looks, so that a packaged app.asar still wins.
'use strict'

const { app } = require('electron')
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')

/** The first word that is no switch is the app; each `-r x` or `--require x` before it is loaded first. */
function readCommandLine(words) {
  const preloads = []
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '-r' || words[i] === '--require') preloads.push(words[++i])
    else if (!words[i].startsWith('-')) return { preloads, target: words[i] }
  }
  return { preloads, target: undefined }
}

/** Main module of a folder with a package.json, or the file itself. Tells Electron the app's name, version and folder. */
function adoptApp(target) {
  const where = path.resolve(target)
  if (fs.statSync(where).isFile()) {
    app.setAppPath(path.dirname(where))
    return where
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(where, 'package.json'), 'utf8'))
  if (manifest.productName || manifest.name) app.setName(manifest.productName || manifest.name)
  if (manifest.version) app.setVersion(manifest.version)
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
  app.setAppPath(where)
  return path.resolve(where, manifest.main || 'index.js')
}

const { preloads, target } = readCommandLine(process.argv.slice(1))
if (target === undefined) {
  console.error('usage: electron [-r module] <app folder>')
  app.exit(2)
} else {
  try {
    Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
    if (preloads.length > 0) Module._preloadModules(preloads)
    Module._load(adoptApp(target), Module, true)
  } catch (error) {
    console.error(`The app in ${path.resolve(target)} could not be opened:`)
    console.error(error)
    app.exit(1)
  }
}
