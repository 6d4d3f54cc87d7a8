/** Passwords at rest: scrypt with a salt per person; the cost stands with each hash, so that it can be raised later. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { normalised } from '../platform/guessable.ts'

/** 32 MiB and some 80 ms a guess. */
const cost = { N: 2 ** 15, r: 8, p: 1 }
const saltBytes = 16
const hashBytes = 32

const derive = (password: string, salt: Buffer, { N, r, p }: typeof cost): Buffer =>
  scryptSync(normalised(password), salt, hashBytes, { N, r, p, maxmem: 256 * N * r })

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
export function hashPassword(password: string): string {
  const salt = randomBytes(saltBytes)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64'), derive(password, salt, cost).toString('base64')].join('$')
}

/** Compares in constant time. */
export function passwordMatches(password: string, secret: string): boolean {
  const [, N, r, p, salt = '', hash = ''] = secret.split('$')
  const expected = Buffer.from(hash, 'base64')
  const found = derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return timingSafeEqual(found, expected)
}

let nobodysSecret: string | null = null
/** Takes as long as a real comparison, so that an unknown staff number does not show by the time it takes. */
export function pretendToMatch(password: string): false {
  nobodysSecret ??= hashPassword(randomBytes(saltBytes).toString('base64'))
  passwordMatches(password, nobodysSecret)
  return false
}
