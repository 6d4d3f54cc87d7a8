import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options } from '@electron/fuses'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listening, wrongFuses } from '../../build/setup/package-proof.mjs'

const config = 'build/electron-builder.yml'
/** By which Electron's binaries mark where their fuses begin. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'hall-fuses-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A binary with nothing but a fuse wire in it. */
function binary(on: readonly FuseV1Options[], length = 9): string {
  const wire = Array.from({ length }, (_, fuse) => (on.includes(fuse) ? FuseState.ENABLE : FuseState.DISABLE))
  const file = join(folder, 'program')
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`before${SENTINEL}`), Buffer.from([1, length, ...wire]), Buffer.from('after')]),
  )
  return file
}
const right = [
  FuseV1Options.EnableCookieEncryption,
  FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  FuseV1Options.OnlyLoadAppFromAsar,
]

test('the fuses of the product: whole archive, sealed cookies, no Node, no inspector, no privileges of files', async () => {
  expect(await wrongFuses(binary(right), config)).toEqual([])
})

test('a binary as Electron ships it is told fuse by fuse', async () => {
  const shipped = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  expect(await wrongFuses(binary(shipped), config)).toEqual([
    'runAsNode is on',
    'enableCookieEncryption is off',
    'enableNodeOptionsEnvironmentVariable is on',
    'enableNodeCliInspectArguments is on',
    'enableEmbeddedAsarIntegrityValidation is off',
    'onlyLoadAppFromAsar is off',
    'grantFileProtocolExtraPrivileges is on',
  ])
})

test('a fuse that nobody decided is a fault of the configuration', async () => {
  const other = join(folder, 'builder.yml')
  writeFileSync(other, 'electronFuses:\n  runAsNode: false\n')
  expect(await wrongFuses(binary(right), other)).toContain('onlyLoadAppFromAsar is not decided in electron-builder.yml')
})

test('a port that a process of the program opened is seen', async () => {
  const program = spawn(
    process.execPath,
    ['-e', `require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('on'))`],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(program.stdout, 'data')
  try {
    expect(listening(program.pid ?? 0)).toHaveLength(1)
  } finally {
    program.kill()
    await once(program, 'exit')
  }
  expect(listening(program.pid ?? 0)).toEqual([])
})
