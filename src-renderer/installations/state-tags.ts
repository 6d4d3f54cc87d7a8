import type { Application } from '../../src-main/installations/api.ts'

/** How a state looks beside its word. */
export const tagOf: Readonly<Record<Application['state'], 'ok' | 'todo' | 'late' | 'plain'>> = {
  applied: 'todo',
  unfit: 'late',
  surveyed: 'todo',
  opened: 'todo',
  metered: 'todo',
  rejected: 'late',
  accepted: 'todo',
  ignited: 'ok',
  cancelled: 'plain',
}
