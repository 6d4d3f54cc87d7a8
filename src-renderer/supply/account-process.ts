/** What the steps of a process page share: its detail, why an action cannot be done, the rail, the sending of a step. */
import { v7 } from 'uuid'
import { ref } from 'vue'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import type { PaperKind } from '../../src-main/notices/api.ts'
import {
  processRecordNames,
  processStepNames,
  stepsOf,
  type Process,
  type ProcessAction,
  type ProcessKind,
  type ProcessRecord,
  type ProcessState,
  type ProcessStep,
} from '../../src-main/supply/api.ts'
import { useCall } from '../composables/useCall.ts'
import type { RecordRow, Step } from '../components/process-steps.ts'

export type ProcessDetail = OutputOf<typeof Process>

/** Why an action cannot be done now, for its button; null when it can. */
export const obstacleTo = ({ obstacles }: ProcessDetail, action: ProcessAction): string | null =>
  (obstacles[action] ?? []).map(({ text }) => text).join('；') || null

/** How a state looks beside its word. */
export const tagOf: Readonly<Record<ProcessState, 'ok' | 'todo' | 'late' | 'plain'>> = {
  applied: 'todo',
  read: 'todo',
  removed: 'todo',
  exchanged: 'todo',
  added: 'todo',
  done: 'ok',
  cancelled: 'plain',
}

export const paperOf: Readonly<Record<ProcessKind, PaperKind>> = {
  deactivation: 'deactivation',
  reactivation: 'reactivation',
  dismantling: 'dismantling',
  transfer: 'transfer',
  exchange: 'meter-exchange',
  closing: 'closing',
  addition: 'meter-addition',
  detachment: 'meter-detachment',
}

/** The rail: a step is done when nothing in it stands in the way of the end any more. */
export function railOf({ process, obstacles, records }: ProcessDetail): Step<ProcessStep>[] {
  const missing = (step: ProcessStep) =>
    (obstacles.finish ?? []).filter((one) => one.step === step).map(({ text }) => text)
  const order = stepsOf(process.kind, process.ground)
  // Before the last gas is billed nobody knows what is owed.
  const unread = order.includes('reading') && missing('reading').length > 0
  const now = order.find((step) => step === 'finish' || (step !== 'application' && missing(step).length > 0))
  const failed = records.findLast(({ kind }) => kind === 'tightness' || kind === 'safety-check')?.passed === false
  return order.map((key) => {
    const step = { key, title: processStepNames[key] }
    if (process.state === 'done') return { ...step, mark: 'done', missing: [] }
    if (process.state === 'cancelled') return { ...step, mark: 'later', missing: [] }
    if (key === now) return { ...step, mark: key === 'field' && failed ? 'failed' : 'now', missing: missing(key) }
    const waits = key === 'finish' || (key === 'settlement' && unread)
    if (!waits && (key === 'application' || missing(key).length === 0)) {
      return { ...step, mark: 'done', missing: [] }
    }
    return { ...step, mark: 'later', missing: missing(key) }
  })
}

/** Where a process is worked on next. */
export const stepNow = (detail: ProcessDetail): ProcessStep =>
  railOf(detail).find(({ mark }) => mark === 'now' || mark === 'failed')?.key ?? 'application'

interface Target {
  requestId: string
  processId: string
}

/** Sends a step of a process; one id for each form, so that a second press has one effect. */
export function useProcessStep<Input extends Target, Output>(
  call: (input: Input) => Promise<Output>,
  processId: () => string,
  done: (answer: Output) => void,
) {
  const requestId = ref(v7())
  const { run, busy } = useCall(call)
  async function send(filled: Omit<Input, keyof Target>): Promise<void> {
    const target: Target = { requestId: requestId.value, processId: processId() }
    const answer = await run({ ...filled, ...target } as Input)
    if (answer === undefined) return
    requestId.value = v7()
    done(answer)
  }
  return { send, busy }
}

/** What was done for a process, and by whom on the day. */
export const recordRow = (record: ProcessRecord): RecordRow => ({
  ...record,
  title: processRecordNames[record.kind],
  who: `${record.workerName === null ? '' : `${record.performedOn} ${record.workerName}，`}${record.actorName} 录入`,
})
