import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AttachFile,
  CustomerFile,
  ListAttachments,
  maxAttachmentSize,
  ReadAttachment,
} from '../../src-main/customers/api.ts'
import { makeVault } from '../../src-main/platform/vault.ts'
import { attachFile } from '../../src-main/customers/attachments.ts'
import { shownName } from '../../src-main/platform/file-names.ts'
import { storedPath } from '../../src-main/platform/kept-files.ts'
import { takePiece } from '../../src-main/platform/sent-files.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { openOne, refusal, requestId, type Opened } from './support.ts'

let hall: TestHall
let customer: Opened
let inbox: string
beforeEach(async () => {
  hall = await openTestHall()
  customer = openOne(hall, 1)
  inbox = join(hall.folder, 'inbox')
  mkdirSync(inbox)
})
afterEach(() => hall.close())

const pdf = (text = '合同') => Buffer.from(`%PDF-1.7\n${text}`)
const put = (name: string, bytes: Buffer): string => {
  const path = join(inbox, name)
  writeFileSync(path, bytes)
  return path
}
const attach = (sourcePath: string, more: { kind?: 'identity' | 'supply-contract' } = {}) =>
  hall.call(AttachFile, {
    requestId: requestId(),
    customerId: customer.customerId,
    kind: more.kind ?? 'supply-contract',
    sourcePath,
  })
const stored = () =>
  readdirSync(join(hall.folder, 'attachments'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

describe('a scan', () => {
  test('is kept under the hash of its content, listed, and read back byte for byte after a restart', async () => {
    const bytes = Buffer.concat([pdf(), Buffer.alloc(300_000, 7)])
    const { attachmentId } = await attach(put('供用气合同.PDF', bytes))
    const hash = createHash('sha256').update(bytes).digest('hex')
    const onDisk = readFileSync(join(hall.folder, 'attachments', hash.slice(0, 2), hash))
    expect(onDisk.includes('%PDF'), 'the scan lies sealed on the disk').toBe(false)
    await hall.restart()
    const { rows } = await hall.call(ListAttachments, { customerId: customer.customerId })
    expect(rows).toMatchObject([
      { attachmentId, name: '供用气合同.PDF', size: bytes.length, kind: 'supply-contract', addedBy: '钱柜员' },
    ])
    const read = await hall.call(ReadAttachment, { attachmentId })
    expect(read.type).toBe('application/pdf')
    expect(Buffer.from(read.bytes).equals(bytes)).toBe(true)
  })

  test('completes the file: the paper is no longer missing', async () => {
    const missing = async () =>
      (await hall.call(CustomerFile, { accountId: customer.accountId })).completeness.items
        .filter((item) => item.kind === 'paper' && !item.done)
        .map((item) => item.key)
    const score = async () => (await hall.call(CustomerFile, { accountId: customer.accountId })).completeness.score
    const before = await score()
    expect(await missing()).toContain('identity')
    await attach(put('身份证.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2])), { kind: 'identity' })
    expect(await missing()).not.toContain('identity')
    expect(await score()).toBeGreaterThan(before)
  })

  test('that was altered or removed on the disk is not shown as if it were the original', async () => {
    const { attachmentId } = await attach(put('a.pdf', pdf()))
    const [file] = stored()
    const path = join(file?.parentPath ?? '', file?.name ?? '')
    const sealed = readFileSync(path)
    const altered = Buffer.from(sealed)
    altered[sealed.length - 1] = (altered[sealed.length - 1] ?? 0) ^ 1
    const foreign = makeVault('ff'.repeat(32)).seal(pdf())
    for (const bytes of [altered, foreign, pdf(), Buffer.alloc(3)]) {
      writeFileSync(path, bytes)
      expect(await refusal(hall.call(ReadAttachment, { attachmentId }))).toMatchObject({ code: 'AttachmentDamaged' })
    }
    writeFileSync(path, sealed)
    expect((await hall.call(ReadAttachment, { attachmentId })).name).toBe('a.pdf')
  })

  test('leaves a trace of everyone who looked at it', async () => {
    const { attachmentId } = await attach(put('a.pdf', pdf()))
    await hall.call(ReadAttachment, { attachmentId }, 'dispatcher')
    const rows = hall.hall.environment.sqlite
      .prepare(`SELECT actor_name FROM audit_log WHERE call = 'customers.readAttachment'`)
      .pluck()
      .all()
    expect(rows).toEqual(['周调度'])
  })

  test.each<[string, () => string, string]>([
    ['a program named like a picture', () => put('photo.jpg', Buffer.from('MZ\x90\x00')), '文件内容不是'],
    ['a file of another type', () => put('notes.txt', pdf()), '只能是 JPG'],
    ['an empty file', () => put('empty.pdf', Buffer.alloc(0)), '空的'],
    ['a file that is not there', () => join(inbox, 'gone.pdf'), '无法读取'],
    ['a folder', () => (mkdirSync(join(inbox, 'd.pdf')), join(inbox, 'd.pdf')), '不是文件'],
    ['a path without its folder', () => 'a.pdf', '选择文件'],
    ['more than 20 MB', () => put('big.pdf', Buffer.concat([pdf(), Buffer.alloc(maxAttachmentSize)])), '20 MB'],
    [
      'the database itself',
      () => (symlinkSync(join(hall.folder, 'hall.db'), join(inbox, 'db.pdf')), join(inbox, 'db.pdf')),
      '文件内容不是',
    ],
  ])('is refused when it is %s, and nothing stays behind', async (_, path, words) => {
    const failure = await refusal(attach(path()))
    expect(failure).toMatchObject({ code: 'AttachmentRefused', field: 'sourcePath' })
    expect(failure.message).toContain(words)
    expect(stored()).toEqual([])
  })

  test('goes from where another PC sent it to once it is filed, and stays there for as long as it is not', async () => {
    const bytes = pdf()
    const sent = takePiece(hall.folder, { file: requestId(), name: '合同.pdf', size: bytes.length, at: 0, bytes }) ?? ''
    await refusal(
      hall.call(AttachFile, { requestId: requestId(), customerId: requestId(), kind: 'identity', sourcePath: sent }),
    )
    expect(existsSync(sent)).toBe(true)
    await attach(sent)
    expect([existsSync(sent), stored().length]).toEqual([false, 1])
  })

  test('is read only where somebody chose it in the system’s dialog, whatever a page says', async () => {
    await hall.close()
    const chosen = new Set<string>()
    hall = await openTestHall({ wasChosen: (path) => chosen.has(path) })
    customer = openOne(hall, 1)
    inbox = hall.folder
    const path = put('供用气合同.pdf', pdf())
    expect(await refusal(attach(path))).toMatchObject({ code: 'AttachmentRefused', message: '请用“选择文件”选取附件' })
    expect(stored()).toEqual([])
    chosen.add(path)
    await attach(path)
    expect(stored()).toHaveLength(1)
  })

  test.skipIf(process.platform === 'win32')('is refused when it is a pipe, without waiting for it', async () => {
    const pipe = join(inbox, 'pipe.pdf')
    execFileSync('mkfifo', [pipe])
    expect(await refusal(attach(pipe))).toMatchObject({ code: 'AttachmentRefused' })
  })

  test('has its file before its row: a failure after copying leaves no row that points at nothing', () => {
    const path = put('a.pdf', pdf())
    expect(() =>
      hall.transact((context) => {
        attachFile(context, { customerId: customer.customerId, kind: 'other', sourcePath: path })
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    const { sqlite } = hall.hall.environment
    expect(sqlite.prepare('SELECT count(*) FROM attachments').pluck().get()).toBe(0)
    expect(stored()).toHaveLength(1)
  })

  test('that is the same as an earlier one is stored once', async () => {
    await attach(put('a.pdf', pdf()))
    await attach(put('b.pdf', pdf()))
    expect(stored()).toHaveLength(1)
    const { rows } = await hall.call(ListAttachments, { customerId: customer.customerId })
    expect(rows).toHaveLength(2)
  })
})

describe('no name leads out of the folder', () => {
  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\a\\..\\b.jpg', 'b.jpg'],
    ['/x/..pdf', 'pdf'],
    ['/x/a\u0000b\u202Egpj.pdf', 'abgpj.pdf'],
    ['/x/<script>.png', 'script.png'],
    [`/x/${'长'.repeat(200)}.pdf`, `${'长'.repeat(76)}.pdf`],
  ])('%j is shown as %s', (path, name) => expect(shownName(path)).toBe(name))

  test('whatever the file is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (path) => {
        const name = shownName(path)
        expect(name).not.toMatch(/[\p{Cc}/\\]/u)
        expect(name).not.toMatch(/^\./)
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(82)
      }),
    )
  })

  test.each(['', '..', '../x', 'A'.repeat(64), `${'a'.repeat(63)}/`, 'g'.repeat(64)])(
    'nor does the hash %j',
    (hash) => {
      expect(() => storedPath('/data/attachments', hash)).toThrow(RangeError)
      expect(existsSync('/data/attachments')).toBe(false)
    },
  )
})
