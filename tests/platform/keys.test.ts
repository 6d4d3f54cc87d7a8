import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changePassphrase, createKey, keyKind, openKey, type OsStore } from '../../src-main/platform/keys.ts'
import { passphraseFault } from '../../src-main/platform/passphrase.ts'

let folder: string
const file = () => join(folder, 'key.json')
const read = () => JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>
const write = (content: unknown) => writeFileSync(file(), JSON.stringify(content))

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'keys-'))))
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

/** Reverses the text: enough to see that what is kept is what the store returned. */
const store: OsStore = {
  wrap: (key) => Buffer.from([...key].reverse().join('')).toString('base64'),
  unwrap: (wrapped) => [...Buffer.from(wrapped, 'base64').toString()].reverse().join(''),
}

describe('the key of the database', () => {
  test('is random, 32 bytes, and no two halls have the same', () => {
    const key = createKey(folder, { kind: 'file' })
    const other = mkdtempSync(join(tmpdir(), 'keys-'))
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(createKey(other, { kind: 'file' })).not.toBe(key)
    rmSync(other, { recursive: true })
  })

  test('opens again however it is kept', () => {
    expect(keyKind(folder)).toBeNull()
    const key = createKey(folder, { kind: 'os', osStore: store })
    expect(keyKind(folder)).toBe('os')
    expect(openKey(folder, { osStore: store })).toBe(key)
    rmSync(file())
    const demo = createKey(folder, { kind: 'file' })
    expect(openKey(folder, { osStore: null })).toBe(demo)
  })

  test.each([
    '口令短',
    'woaizhongguo1314',
    'gas hall counter',
    '一二三四五六七八九十一二',
    '燃气公司营业厅启动口令密码',
    'Winter2026 Winter2026',
    'shanghaibeijing',
    'passw0rdpassw0rd',
    'qwertyuiop[]asdf',
    '112233445566',
  ])('by a passphrase such as %s is refused', (passphrase) => {
    expect(passphraseFault(passphrase)).toMatch(/^(此口令太容易被猜到|口令至少 12 位)/)
  })
  test.each(['春风化雨润物无声-2026', '空文件夹-第一天-2026', 'correct horse battery staple'])(
    '%s is taken',
    (passphrase) => {
      expect(passphraseFault(passphrase)).toBeNull()
    },
  )

  test('kept by the OS or by a passphrase does not stand in the file', () => {
    const key = createKey(folder, { kind: 'passphrase', passphrase: '晾衣绳 门前 南风 2026' })
    expect(readFileSync(file(), 'utf8')).not.toContain(key)
    expect(openKey(folder, { osStore: null, passphrase: '晾衣绳 门前 南风 2026' })).toBe(key)
    rmSync(file())
    const wrapped = createKey(folder, { kind: 'os', osStore: store })
    expect(readFileSync(file(), 'utf8')).not.toContain(wrapped)
  })

  test('is readable by its owner only, and no temporary file stays', () => {
    createKey(folder, { kind: 'file' })
    expect(statSync(file()).mode & 0o077).toBe(0)
    expect(readdirSync(folder)).toEqual(['key.json'])
  })

  test('is never made twice: the data under the first one would be lost', () => {
    const key = createKey(folder, { kind: 'file' })
    expect(() => createKey(folder, { kind: 'file' })).toThrow(expect.objectContaining({ code: 'KeyExists' }))
    expect(openKey(folder, { osStore: null })).toBe(key)
  })
})

describe('a passphrase', () => {
  test('that is wrong opens nothing and says so in Chinese', () => {
    createKey(folder, { kind: 'passphrase', passphrase: 'right-passphrase' })
    for (const passphrase of ['wrong-passphrase', '', undefined]) {
      expect(() => openKey(folder, { osStore: null, ...(passphrase === undefined ? {} : { passphrase }) })).toThrow(
        expect.objectContaining({ code: 'WrongKey', message: '口令不正确，请重新输入' }),
      )
    }
  })

  test('of fewer than twelve characters is refused and nothing is written', () => {
    for (const passphrase of ['1234567', 'Kx7#vLq2!pZ', '北风 卷地 白草折 胡'])
      expect(() => createKey(folder, { kind: 'passphrase', passphrase }), passphrase).toThrow(
        expect.objectContaining({ code: 'PassphraseTooShort', message: '口令至少 12 位' }),
      )
    expect(existsSync(file())).toBe(false)
  })

  test.each([
    'aaaaaaaaaaaa',
    '123456789012',
    'passwordpassword',
    'P@ssw0rdP@ssw0rd',
    'qwertyuiopasdf',
    'admin1234admin',
    '燃气燃气燃气燃气燃气燃气',
    '13812345678ab',
    'born 1987-03-12 x',
    ' leading and trailing ',
  ])('that is long but the first to be guessed is refused: %s', (passphrase) => {
    expect(() => createKey(folder, { kind: 'passphrase', passphrase })).toThrow(
      expect.objectContaining({ code: 'PassphraseTooWeak' }),
    )
    expect(existsSync(file())).toBe(false)
    const key = createKey(folder, { kind: 'passphrase', passphrase: 'first-passphrase' })
    expect(() => changePassphrase(folder, 'first-passphrase', passphrase)).toThrow(
      expect.objectContaining({ code: 'PassphraseTooWeak' }),
    )
    expect(openKey(folder, { osStore: null, passphrase: 'first-passphrase' })).toBe(key)
  })

  test('is one passphrase whether the input method typed it full-width or plain', () => {
    const key = createKey(folder, { kind: 'passphrase', passphrase: 'Ｇａｓ－ｓｅｎｔ－2026!' })
    expect(openKey(folder, { osStore: null, passphrase: 'Gas-sent-2026!' })).toBe(key)
  })

  test('can be changed: the same key, the new passphrase only', () => {
    const key = createKey(folder, { kind: 'passphrase', passphrase: 'first-passphrase' })
    expect(() => changePassphrase(folder, 'not-this-one', 'second-passphrase')).toThrow('口令不正确')
    changePassphrase(folder, 'first-passphrase', 'second-passphrase')
    expect(openKey(folder, { osStore: null, passphrase: 'second-passphrase' })).toBe(key)
    expect(() => openKey(folder, { osStore: null, passphrase: 'first-passphrase' })).toThrow('口令不正确')
    expect(readdirSync(folder)).toEqual(['key.json'])
  })
})

describe('a key file that was tampered with', () => {
  test.each(['salt', 'nonce', 'wrapped'])('in %s does not open', (field) => {
    createKey(folder, { kind: 'passphrase', passphrase: 'right-passphrase' })
    const content = read()
    const bytes = Buffer.from(content[field] as string, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const open = () => openKey(folder, { osStore: null, passphrase: 'right-passphrase' })
    write({ ...content, [field]: bytes.toString('base64') })
    // A byte that flipped is damage: nobody types the right passphrase until the door is shut.
    expect(open).toThrow(expect.objectContaining({ code: 'KeyFileDamaged' }))
    // Without the sum, or with one made anew, it looks like a wrong passphrase.
    write({ ...content, [field]: bytes.toString('base64'), sum: undefined })
    expect(open).toThrow(expect.objectContaining({ code: 'WrongKey' }))
    // A sum alone that flipped keeps nobody out.
    write({ ...content, sum: '0' })
    expect(open()).toHaveLength(64)
  })

  test('to make guessing cheap does not open, for its cost is sealed in', () => {
    createKey(folder, { kind: 'passphrase', passphrase: 'right-passphrase' })
    write({ ...read(), params: { N: 2 ** 14, r: 8, p: 1 }, sum: undefined })
    expect(() => openKey(folder, { osStore: null, passphrase: 'right-passphrase' })).toThrow(
      expect.objectContaining({ code: 'WrongKey' }),
    )
  })

  test.each([
    ['cut off', '{"kind":"passphrase","salt"'],
    ['empty', ''],
    ['of an unknown kind', '{"kind":"none"}'],
    ['with a short key', '{"kind":"file","key":"00"}'],
    [
      'that asks for all memory of the PC',
      '{"kind":"passphrase","salt":"AA==","params":{"N":1073741824,"r":8,"p":1},"nonce":"AA==","wrapped":"AA=="}',
    ],
  ])('%s is named as damaged', (_, text) => {
    writeFileSync(file(), text)
    expect(() => openKey(folder, { osStore: null, passphrase: 'right-passphrase' })).toThrow(
      expect.objectContaining({ code: 'KeyFileDamaged' }),
    )
  })

  test('by another user of the PC: the OS store refuses, and the message says what to do', () => {
    createKey(folder, { kind: 'os', osStore: store })
    const refusing: OsStore = {
      ...store,
      unwrap: () => {
        throw new Error('decryption failed')
      },
    }
    expect(() => openKey(folder, { osStore: refusing })).toThrow(expect.objectContaining({ code: 'WrongKey' }))
    expect(() => openKey(folder, { osStore: null })).toThrow(expect.objectContaining({ code: 'OsStoreMissing' }))
  })
})
