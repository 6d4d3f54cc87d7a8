/** 台账: the way of an entry. What was found is mended, what was mended is looked at by another person (clause 14(2)). Pure. */
import { z } from 'zod'
import { DateOnly, Id } from '../platform/contract.ts'
import type { WordOf } from '../platform/dictionary.ts'
import { byOthers, declareProcess } from '../platform/process.ts'
import type { ActingFacts } from '../platform/two-persons.ts'

/** Who looks at what others wrote down, and strikes out what is wrong. */
export const reviewers = ['hall-manager', 'administrator'] as const
/** Who writes down. */
export const writers = ['clerk', 'cashier', 'hall-manager', 'dispatcher', 'administrator'] as const

const states = { open: '待整改', done: '待复核', closed: '已办结', void: '已作废' } as const

export interface EntryFacts extends ActingFacts {
  readonly state: keyof typeof states
  /** Who wrote it down, went along, is written about or mended what was found. */
  readonly involved: ReadonlySet<string>
}

/** Nobody looks at own work or strikes it out. */
const byNobodyInvolved = byOthers(
  'OwnWork',
  ({ involved }: EntryFacts) => involved,
  '登记、参与或整改过这条台账',
  '第十四条',
)

export const entryProcess = declareProcess<EntryFacts>()({
  name: 'register-entry',
  room: 'registers',
  noun: '台账',
  idField: 'entryId',
  states,
  ends: ['closed', 'void'],
  otherSteps: { record: '登记' },
  actions: {
    /** The last of what was found leads on. */
    mend: {
      label: '记整改',
      audit: '记整改',
      from: ['open'],
      to: 'same',
      back: 'done',
      backLabel: '记整改（最后一项）',
      roles: writers,
      key: 'Ctrl+Enter',
      input: { findingId: Id, mendedOn: DateOnly },
      note: { label: '整改情况', max: 200, required: true },
    },
    /** `again`: what is still to be mended, by when; leads back. */
    review: {
      label: '复核',
      audit: '复核台账',
      from: ['done'],
      to: 'closed',
      back: 'open',
      roles: reviewers,
      key: 'F12',
      input: { again: z.strictObject({ dueOn: DateOnly }).nullable().default(null) },
      note: { label: '复核意见', max: 300, required: true, long: true },
      guards: [byNobodyInvolved],
    },
    void: {
      label: '作废',
      audit: '作废台账',
      from: ['open', 'done', 'closed'],
      to: 'void',
      leads: false,
      roles: reviewers,
      key: 'Shift+F12',
      note: { label: '原因', named: '作废原因', max: 200, required: true, field: 'reason' },
      // Struck out and written anew without what was found, an entry would never be looked at by anybody else.
      guards: [byNobodyInvolved],
    },
  },
})

export type EntryState = WordOf<typeof entryProcess.states>
export type EntryAction = WordOf<typeof entryProcess.actions>
export type EntryStepKind = WordOf<typeof entryProcess.steps>
export const { values: entryStates, names: entryStateNames } = entryProcess.states
