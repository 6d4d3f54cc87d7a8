/** What a screen may ask about the staff: who works here with which certificates, what they learned, how they did. */
export * from './staff-api.ts'
export * from './training-api.ts'
export * from './merit-api.ts'
export * from './words.ts'
export type { CertificateKind } from './rules.ts'
