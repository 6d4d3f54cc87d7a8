import { trigger } from './trigger.ts'

/** Rows that are never changed but may go while nothing refers to them. */
export const unchangeableTriggers: string[] = [
  trigger(
    'price_versions_refuse_update',
    `BEFORE UPDATE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions never change'); END`,
  ),
]
