/**
 * Both sides of a pairing prove that they know the code, over the certificates they see on this very line: somebody in the
 * middle shows each side a certificate of his own, and the proofs do not fit. The till proves first; the host says nothing made
 * from the code to whoever has not. From a till's proof the code can only be looked for by scrypt, one guess each, over 2^50.
 */
import { createHmac, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { codeLength, codeLetters } from './rules.ts'

export const newCode = (): string =>
  Array.from({ length: codeLength }, () => codeLetters.charAt(randomInt(codeLetters.length))).join('')

/** 32 MiB and some 0.1 s a guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const

/** @param nonces of both sides, the till's first: no table of proofs can be made beforehand */
export const proofKey = (code: string, nonces: readonly [string, string]): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(code, nonces.join('.'), 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
  )

export interface Seen {
  /** SHA-256 of the certificates as this side saw them, hex. */
  readonly host: string
  readonly till: string
  /** What the PC is to be called. */
  readonly name: string
}

/** @param said what the host answers besides (the code of the till); '' for the till's own proof */
export const proofOf = (key: Buffer, side: 'till' | 'host', { host, till, name }: Seen, said = ''): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['gas-hall pairing', side, host, till, name, said]))
    .digest('hex')

export function sameProof(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
