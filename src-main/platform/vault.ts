/**
 * Files beside the database are as secret as what is in it: AES-256-GCM under a key derived from the database's own.
 * A sealed file is nonce (12 bytes), tag (16 bytes), then the content.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import type { DatabaseKey } from './database.ts'

export interface Vault {
  seal(plain: Uint8Array): Buffer
  /** Null when the content was altered or sealed under another key. */
  open(sealed: Uint8Array): Buffer | null
}

const cipherName = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

export function makeVault(key: DatabaseKey): Vault {
  // Prepared once: each payment seals the mark beside the database.
  const fileKey = createSecretKey(
    Buffer.from(hkdfSync('sha256', Buffer.from(key ?? '', 'hex'), '', 'hall attachments', 32)),
  )
  return {
    seal(plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(cipherName, fileKey, nonce)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      if (sealed.length < nonceBytes + tagBytes) return null
      const nonce = sealed.subarray(0, nonceBytes)
      const decipher = createDecipheriv(cipherName, fileKey, nonce)
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
      } catch {
        return null
      }
    },
  }
}
