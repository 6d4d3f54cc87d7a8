/** A file is whole or not there: also where the room ends in the middle of it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeDurably } from '../../src-main/platform/durable-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'durable-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const source = (name: string) => fileURLToPath(new URL(`../../src-main/platform/${name}`, import.meta.url))

/** Runs a line of TypeScript in a process whose files may have 8 KiB: a write that goes on over that writes a part. */
const inLittleRoom = (code: string): string =>
  execFileSync(
    'bash',
    [
      '-c',
      'ulimit -f 8; exec "$0" --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --input-type=module-typescript -e "$1"',
      process.execPath,
      code,
    ],
    { encoding: 'utf8', cwd: folder },
  )

test('replaces what was there, and leaves nothing beside it', () => {
  const path = join(folder, 'a.json')
  writeDurably(path, '1')
  writeDurably(path, new Uint8Array([50]))
  expect(readFileSync(path, 'utf8')).toBe('2')
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test.skipIf(process.platform === 'win32')('a file that does not fit leaves the old one as it was', () => {
  const path = join(folder, 'a.json')
  writeFileSync(path, 'old')
  const said = inLittleRoom(`
    import { writeDurably } from ${JSON.stringify(source('durable-file.ts'))}
    try { writeDurably(${JSON.stringify(path)}, 'x'.repeat(20_000)); console.log('written') } catch (error) { console.log(error.code) }`)
  expect(said.trim()).toMatch(/^(?:EFBIG|ENOSPC)$/)
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test.skipIf(process.platform === 'win32')('a piece of a sent file that does not fit is no whole file', () => {
  const said = inLittleRoom(`
    import { takePiece } from ${JSON.stringify(source('sent-files.ts'))}
    const bytes = Buffer.alloc(20_000, 120)
    const piece = { file: crypto.randomUUID(), name: 'a.csv', size: bytes.length, at: 0, bytes }
    try { console.log(takePiece(${JSON.stringify(folder)}, piece)) } catch (error) { console.log(error.code) }`)
  expect(said.trim()).toMatch(/^(?:EFBIG|ENOSPC)$/)
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('a.csv'))).toEqual([])
})
