import type { JoinOrder } from '../../../src-main/app/api.ts'

export type JoinForm = { -readonly [K in keyof JoinOrder]: string }

/** The first field of a joining that is empty. */
export const missingOf = (order: JoinOrder): keyof JoinOrder | undefined =>
  (['address', 'code', 'name'] as const).find((field) => !order[field].trim())
