/**
 * How a PC of the hall proves itself on the line: a key pair with a certificate of its own making. Nobody signs it; the other
 * side keeps its fingerprint since the pairing. It lies beside the data in a file sealed under their key, so that it is kept as
 * that key is: by the operating system, or by the administrator's passphrase.
 */
import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import * as asn1js from 'asn1js'
import { AttributeTypeAndValue, Certificate, CryptoEngine } from 'pkijs'
import { z } from 'zod'
import { tillPath } from '../platform/data-folder.ts'
import { domainError } from '../platform/errors.ts'
import { writeDurably } from '../platform/durable-file.ts'
import type { Vault } from '../platform/vault.ts'

export const LineFileDamaged = domainError(
  'LineFileDamaged',
  '本机的连接证书文件已损坏或不属于本机数据。请主任或管理员在主机停用本机，再显示配对码，在本机重新加入本厅',
)

export interface Identity {
  /** PEM. */
  readonly certificate: string
  /** PEM. */
  readonly privateKey: string
}

/** What a till keeps: who it is, and the one host it speaks to. */
const Kept = z.strictObject({
  certificate: z.string(),
  privateKey: z.string(),
  /** Null on the host itself. */
  host: z
    .strictObject({
      address: z.string(),
      port: z.int(),
      /** SHA-256 of the host's certificate, hex. */
      fingerprint: z.string().length(64),
      /** Code and name of this PC in the hall. */
      till: z.string().length(2),
      name: z.string(),
    })
    .nullable(),
})
export type KeptLine = z.output<typeof Kept>
export type HostPlace = NonNullable<KeptLine['host']>

/** SHA-256 of a certificate (DER), hex. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')
export const fingerprintOfPem = (pem: string): string => fingerprintOf(new X509Certificate(pem).raw)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const commonName = '2.5.4.3'

/** A new key pair and a certificate over it. It does not run out: what ends it is the withdrawal of the till. */
export async function makeIdentity(): Promise<Identity> {
  const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto })
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = new Certificate({ version: 2, serialNumber: new asn1js.Integer({ value: 1 }) })
  const name = new AttributeTypeAndValue({ type: commonName, value: new asn1js.Utf8String({ value: 'gas-hall' }) })
  certificate.issuer.typesAndValues.push(name)
  certificate.subject.typesAndValues.push(name)
  certificate.notBefore.value = new Date('2020-01-01T00:00:00Z')
  certificate.notAfter.value = new Date('2049-12-31T23:59:59Z')
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as unknown as CryptoKey, engine)
  await certificate.sign(keys.privateKey as unknown as CryptoKey, 'SHA-256', engine)
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    certificate: new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString(),
    privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  }
}

/** A till's and a host's file have different names: a host that has lost its database is not taken for a till. */
const pathOf = (dataFolder: string, kind: 'host' | 'till'): string =>
  kind === 'till' ? tillPath(dataFolder) : join(dataFolder, 'line.sealed')

/** @throws LineFileDamaged */
export function readLine(dataFolder: string, vault: Vault, kind: 'host' | 'till'): KeptLine | null {
  const path = pathOf(dataFolder, kind)
  if (!existsSync(path)) return null
  const plain = vault.open(readFileSync(path))
  const parsed = plain && Kept.safeParse(JSON.parse(plain.toString('utf8')))
  if (!parsed?.success) throw new LineFileDamaged()
  return parsed.data
}

export function keepLine(dataFolder: string, vault: Vault, line: KeptLine): void {
  writeDurably(pathOf(dataFolder, line.host ? 'till' : 'host'), vault.seal(Buffer.from(JSON.stringify(line))))
}

/** A till that joins anew keeps what it was: the old file stays beside the new one, under the time of the change. */
export function replaceLine(dataFolder: string, vault: Vault, line: KeptLine, at: number): void {
  const path = pathOf(dataFolder, 'till')
  if (existsSync(path)) renameSync(path, `${path}.replaced-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`)
  keepLine(dataFolder, vault, line)
}

/** The host's own identity, made when it is first needed. @throws LineFileDamaged */
export async function hostIdentity(dataFolder: string, vault: Vault): Promise<Identity> {
  const kept = readLine(dataFolder, vault, 'host')
  if (kept) return kept
  const made = await makeIdentity()
  keepLine(dataFolder, vault, { ...made, host: null })
  return made
}
