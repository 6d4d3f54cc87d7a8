/** A file chosen at a till travels to the host as bytes, over real TLS: whole or not at all, for who is at work there, and not for ever. */
import { randomBytes, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Lock } from '../../src-main/access/api.ts'
import type { HallEvent } from '../../src-main/platform/contract.ts'
import { clearSent, dropSent, takePiece, wasSent } from '../../src-main/platform/sent-files.ts'
import { maxFileBytes } from '../../src-main/platform/sheets/limits.ts'
import { sendTask } from '../../src-main/tills/api.ts'
import { sendFile, takeFile } from '../../src-main/tills/files.ts'
import { maxPieceBytes } from '../../src-main/tills/wire.ts'
import { openTwoPcs, type TillWindow, type TwoPcs } from './two-pcs.ts'

let pcs: TwoPcs
let window: TillWindow
let inbox: string
/** Before a piece is taken. */
let between: (at: number) => Promise<void>
beforeEach(async () => {
  between = () => Promise.resolve()
  pcs = await openTwoPcs(async (question, till, { hall }) => {
    if (question.about !== 'file') return null
    await between(question.at)
    return takeFile(hall, question, till)
  })
  const { place, identity } = await pcs.join()
  window = pcs.till(place, identity)
  await window.logIn('cashier')
  inbox = mkdtempSync(join(tmpdir(), 'till-inbox-'))
})
afterEach(async () => {
  await pcs.close()
  rmSync(inbox, { recursive: true, force: true })
})

const root = () => pcs.hall.hall.environment.paths.root
const put = (name: string, bytes: Uint8Array): string => {
  const path = join(inbox, name)
  writeFileSync(path, bytes)
  return path
}
const events: HallEvent[] = []
const send = (path: string, token = window.token ?? '') =>
  sendFile(window.line, path, token, (event) => events.push(event))
const waiting = () => (existsSync(join(root(), 'sent')) ? readdirSync(join(root(), 'sent')) : [])

test('arrives whole under its own name, however many pieces it takes, and tells how far it is', async () => {
  const bytes = randomBytes(2 * maxPieceBytes + 17)
  const at = await send(put('身份证 正面.jpg', bytes))
  expect(readFileSync(at)).toEqual(bytes)
  expect(at.endsWith('身份证 正面.jpg')).toBe(true)
  expect(wasSent(root(), at)).toBe(true)
  expect(statSync(dirname(at)).mode & 0o777).toBe(0o700)
  expect(events.at(-1)).toEqual({
    event: 'progress',
    data: { task: sendTask, done: 2 * maxPieceBytes, total: bytes.length, text: '正在把文件送到主机' },
  })
})

test('a line that breaks in the middle is waited for: each piece is there once', async () => {
  const bytes = randomBytes(3 * maxPieceBytes + 1)
  let cut = false
  between = async (at) => {
    if (cut || at !== maxPieceBytes) return
    cut = true
    // Taken, and the answer lost: it is asked once more.
    void pcs.reopen()
  }
  expect(readFileSync(await send(put('旧系统.csv', bytes)))).toEqual(bytes)
  expect(cut).toBe(true)
})

test('of nobody at work, of a locked screen, and of somebody at another PC nothing is taken', async () => {
  const path = put('证件.pdf', Buffer.from('%PDF-1.7 x'))
  await expect(send(path, 'nobody')).rejects.toMatchObject({ code: 'NotSignedIn' })
  const other = await pcs.join()
  const third = pcs.till(other.place, other.identity)
  await third.logIn('hall-manager')
  await expect(send(path, third.token ?? '')).rejects.toMatchObject({ code: 'NotSignedIn' })
  await window.call(Lock, {})
  await expect(send(path)).rejects.toMatchObject({ code: 'SessionLocked' })
  expect(waiting()).toEqual([])
})

test('what is no file, empty, gone or too large is refused here, before anything is sent', async () => {
  await expect(send(join(inbox, '没有.pdf'))).rejects.toThrow('请检查它是否还在原处')
  await expect(send(inbox)).rejects.toThrow('所选的不是文件')
  await expect(send(put('空.pdf', Buffer.alloc(0)))).rejects.toThrow('所选的文件是空的')
  const large = put('大.csv', Buffer.from('x'))
  truncateSync(large, maxFileBytes + 1)
  await expect(send(large)).rejects.toThrow('文件不能超过 300 MB')
  expect(waiting()).toEqual([])
})

test('a piece that does not follow, runs over the stated size or would fill the disk is refused', () => {
  const piece = { file: randomUUID(), name: 'a.csv', size: 4, at: 0, bytes: Buffer.from('ab') }
  expect(takePiece(root(), piece)).toBeNull()
  expect(takePiece(root(), piece)).toBeNull()
  expect(() => takePiece(root(), { ...piece, at: 3 })).toThrow('请重新选择')
  expect(() => takePiece(root(), { ...piece, at: 2, bytes: Buffer.from('cde') })).toThrow('请重新选择')
  const whole = takePiece(root(), { ...piece, at: 2, bytes: Buffer.from('cd') }) ?? ''
  expect(readFileSync(whole, 'utf8')).toBe('abcd')
  // Its answer was lost: where it lies is told again, and nothing is added.
  expect(takePiece(root(), { ...piece, at: 2, bytes: Buffer.from('cd') })).toBe(whole)
  expect(() => takePiece(root(), { ...piece, file: '../../etc' })).toThrow('文件编号不正确')
  truncateSync(whole, 2 * maxFileBytes - 3)
  expect(() => takePiece(root(), { ...piece, file: randomUUID() })).toThrow('待处理的文件太多')
})

test('a name leads nowhere but into its own folder, and no other path counts as sent', () => {
  const bytes = Buffer.from('x')
  for (const name of ['../../hall.db', '..\\..\\hall.db', '.part', '', '/etc/passwd', 'a/b/c.csv']) {
    const at = takePiece(root(), { file: randomUUID(), name, size: 1, at: 0, bytes })
    expect(dirname(dirname(at ?? ''))).toBe(join(root(), 'sent'))
    expect(wasSent(root(), at ?? '')).toBe(true)
  }
  const own = put('自己的.pdf', bytes)
  for (const path of [
    own,
    join(root(), 'hall.db'),
    join(root(), 'sent'),
    join(root(), 'sent', randomUUID(), '..', '..', 'hall.db'),
  ])
    expect(wasSent(root(), path)).toBe(false)
  dropSent(root(), own)
  expect(existsSync(own)).toBe(true)
})

test('what nobody has use for goes after a day; what is still read stays', async () => {
  const [old, read, fresh] = [
    await send(put('a.csv', Buffer.from('a'))),
    await send(put('b.csv', Buffer.from('b'))),
    await send(put('c.csv', Buffer.from('c'))),
  ]
  for (const at of [old, read]) utimesSync(dirname(at), 0, 0)
  clearSent(root(), 86_400_000, new Set([read]))
  expect([old, read, fresh].map((at) => existsSync(at))).toEqual([false, true, true])
})
