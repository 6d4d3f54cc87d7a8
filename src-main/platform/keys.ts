/**
 * How the key of the database is kept: in `<data>/key.json`, wrapped by the secret store of the operating system, or by
 * an administrator's passphrase where there is none. The demo hall alone keeps it plainly, and says so on its login page.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson, sha256 } from './audit.ts'
import { writeDurably } from './durable-file.ts'
import { domainError, WrongKey } from './errors.ts'
import { normalised } from './guessable.ts'
import { isLongEnough, minPassphraseLength, passphraseFault } from './passphrase.ts'

export const KeyFileDamaged = domainError(
  'KeyFileDamaged',
  '密钥文件 key.json 已损坏，请从备份介质恢复该文件后重新启动',
)
export const KeyExists = domainError('KeyExists', '本机已有密钥，不能重新建立')
export const PassphraseTooShort = domainError('PassphraseTooShort', `口令至少 ${minPassphraseLength} 位`)
export const PassphraseTooWeak = domainError('PassphraseTooWeak', '此口令太容易被猜到，请换一个')
export const OsStoreMissing = domainError('OsStoreMissing', '系统的密钥保管功能不可用，请以原来的系统用户登录后重试')

/** What the operating system does for us; text in, base64 out. The Electron side passes it in. */
export interface OsStore {
  wrap(key: string): string
  unwrap(wrapped: string): string
}

/** 128 MiB and about half a second a guess. A key file asking for more than `maxCost` was tampered with. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const maxCost = 2 ** 18

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const PassphraseKey = z.strictObject({
  kind: z.literal('passphrase'),
  salt: Base64,
  params: z.strictObject({
    N: z
      .int()
      .min(2 ** 14)
      .max(maxCost)
      .refine((n) => Number.isInteger(Math.log2(n))),
    r: z.literal(8),
    p: z.literal(1),
  }),
  nonce: Base64,
  wrapped: Base64,
})
type PassphraseKey = z.output<typeof PassphraseKey>
const KeyContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('os'), wrapped: Base64 }),
  PassphraseKey,
  z.strictObject({ kind: z.literal('file'), key: z.string().regex(/^[0-9a-f]{64}$/) }),
])
type KeyContent = z.output<typeof KeyContent>
export type KeyKind = KeyContent['kind']
/**
 * SHA-256 of the rest, beside it: where the key does not open, a byte that flipped on the disk is told as damage, and not as a
 * wrong passphrase again and again. No seal: whoever alters the file on purpose makes the sum anew. Files of before have none.
 */
const sumOf = (content: unknown): string => sha256(canonicalJson(content))

export type Keeping =
  | { readonly kind: 'os'; readonly osStore: OsStore }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** Demo hall only. */
  | { readonly kind: 'file' }

const pathOf = (dataFolder: string): string => join(dataFolder, 'key.json')

/** How the key of this data folder is kept; null when there is none yet. @throws KeyFileDamaged */
export const keyKind = (dataFolder: string): KeyKind | null =>
  existsSync(pathOf(dataFolder)) ? readKeyFile(dataFolder).kept.kind : null

/** Makes the random key of a new hall and keeps it. Returns 64 hex digits. @throws KeyExists · PassphraseTooShort · PassphraseTooWeak */
export function createKey(dataFolder: string, keeping: Keeping): string {
  if (existsSync(pathOf(dataFolder))) throw new KeyExists()
  const key = randomBytes(32).toString('hex')
  writeKeyFile(dataFolder, keep(key, keeping))
  return key
}

/** The key as 64 hex digits. @throws WrongKey (also for a wrong passphrase) · KeyFileDamaged · OsStoreMissing */
export function openKey(
  dataFolder: string,
  { osStore, passphrase }: { readonly osStore: OsStore | null; readonly passphrase?: string },
): string {
  const { kept, sound } = readKeyFile(dataFolder)
  if (kept.kind === 'file') return kept.key
  if (kept.kind === 'passphrase') return unwrapByPassphrase(kept, passphrase ?? '', sound)
  if (!osStore) throw new OsStoreMissing()
  let key: string
  try {
    key = osStore.unwrap(kept.wrapped)
  } catch {
    if (!sound) throw new KeyFileDamaged()
    throw new WrongKey('系统的密钥保管库打不开本机密钥，请以原来的系统用户登录后重试')
  }
  if (!/^[0-9a-f]{64}$/.test(key)) throw new KeyFileDamaged()
  return key
}

/** Wraps the same key by a new passphrase; the old one opens nothing any more. @throws WrongKey · PassphraseTooShort · PassphraseTooWeak */
export function changePassphrase(dataFolder: string, oldPassphrase: string, newPassphrase: string): void {
  const key = openKey(dataFolder, { osStore: null, passphrase: oldPassphrase })
  writeKeyFile(dataFolder, keep(key, { kind: 'passphrase', passphrase: newPassphrase }))
}

function keep(key: string, keeping: Keeping): KeyContent {
  if (keeping.kind === 'file') return { kind: 'file', key }
  if (keeping.kind === 'os') return { kind: 'os', wrapped: keeping.osStore.wrap(key) }
  return wrapByPassphrase(key, keeping.passphrase)
}

/** @throws PassphraseTooShort · PassphraseTooWeak */
export function checkPassphrase(passphrase: string): void {
  const fault = passphraseFault(passphrase)
  if (fault === null) return
  const Refusal = isLongEnough(passphrase) ? PassphraseTooWeak : PassphraseTooShort
  throw new Refusal(fault, { field: 'passphrase' })
}

function wrapByPassphrase(key: string, passphrase: string): PassphraseKey {
  checkPassphrase(passphrase)
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const header = { kind: 'passphrase' as const, salt: salt.toString('base64'), params: cost }
  const cipher = createCipheriv('aes-256-gcm', derive(passphrase, salt, cost), nonce)
  cipher.setAAD(Buffer.from(canonicalJson(header)))
  const sealed = Buffer.concat([cipher.update(key, 'hex'), cipher.final(), cipher.getAuthTag()])
  return { ...header, nonce: nonce.toString('base64'), wrapped: sealed.toString('base64') }
}

/** A wrong passphrase and a file altered on purpose look the same to the cipher: neither opens. */
function unwrapByPassphrase({ wrapped, nonce, ...header }: PassphraseKey, passphrase: string, sound: boolean): string {
  const sealed = Buffer.from(wrapped, 'base64')
  const iv = Buffer.from(nonce, 'base64')
  if (sealed.length !== 48 || iv.length !== 12) throw new KeyFileDamaged()
  const secret = derive(passphrase, Buffer.from(header.salt, 'base64'), header.params)
  const decipher = createDecipheriv('aes-256-gcm', secret, iv)
  decipher.setAAD(Buffer.from(canonicalJson(header)))
  decipher.setAuthTag(sealed.subarray(32))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]).toString('hex')
  } catch {
    if (!sound) throw new KeyFileDamaged()
    throw new WrongKey('口令不正确，请重新输入', { field: 'passphrase' })
  }
}

const derive = (passphrase: string, salt: Buffer, { N, r, p }: PassphraseKey['params']): Buffer =>
  scryptSync(normalised(passphrase), salt, 32, { N, r, p, maxmem: 256 * N * r })

/** What is kept, and whether it is what was written. */
function readKeyFile(dataFolder: string): { readonly kept: KeyContent; readonly sound: boolean } {
  try {
    const read = JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')) as unknown
    const { sum, ...content } = z.looseObject({ sum: z.string().optional() }).parse(read)
    return { kept: KeyContent.parse(content), sound: sum === undefined || sum === sumOf(content) }
  } catch {
    throw new KeyFileDamaged()
  }
}

const writeKeyFile = (dataFolder: string, content: KeyContent): void =>
  writeDurably(pathOf(dataFolder), JSON.stringify({ ...content, sum: sumOf(content) }, null, 2) + '\n')
