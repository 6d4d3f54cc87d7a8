/** How interruptions and dunnings are shown. */
import type { DunningState, InterruptionState, ResumptionOutcome } from '../../src-main/supply/api.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export const interruptionTags: Readonly<Record<InterruptionState, Tag>> = {
  draft: 'todo',
  noticed: 'todo',
  interrupted: 'late',
  resumed: 'ok',
  cancelled: 'plain',
}

export const dunningTags: Readonly<Record<DunningState, Tag>> = {
  issued: 'todo',
  delivered: 'plain',
  announced: 'todo',
  suspended: 'late',
  paid: 'todo',
  resumed: 'ok',
  settled: 'ok',
  cancelled: 'plain',
}

export const outcomeTags: Readonly<Record<ResumptionOutcome, Tag>> = {
  resumed: 'ok',
  failed: 'late',
  'nobody-home': 'todo',
}
