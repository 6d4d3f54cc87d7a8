/** Running one report at a time: a new question stops the old one, and what was last seen is shown again at once. */
import { v7 } from 'uuid'
import { onBeforeUnmount, ref, shallowRef } from 'vue'
import type { PeriodKind, ReportView } from '../../src-main/reports/api.ts'
import { api } from '../api.ts'
import { asCallError, tellFailure } from '../composables/useCall.ts'
import { screenNow } from '../shell/clock.ts'

export interface Question {
  readonly report: string
  readonly kind: PeriodKind
  readonly date: string
}

/** A result seen this recently is shown again without asking, as on the way back from a record (ms). */
const freshMs = 300_000
/** Progress is shown only for a report that takes longer than this (ms). */
const patienceMs = 400

let last: { question: string; actor: string; view: ReportView } | null = null
const keyOf = ({ report, kind, date }: Question) => `${report}/${kind}/${date}`

/** @param actor staff number: nobody is shown what somebody else has asked for */
export function useReport(actor: () => string) {
  const view = shallowRef<ReportView | null>(null)
  const runId = ref('')
  const slow = ref(false)
  const failed = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = async () => {
    const running = runId.value
    if (running === '') return
    await api.reports.stop({ requestId: v7(), runId: running }).catch(tellFailure)
  }

  async function ask(question: Question, { again = false } = {}): Promise<void> {
    if (runId.value !== '') void stop()
    const seen = last
    if (
      !again &&
      seen?.question === keyOf(question) &&
      seen.actor === actor() &&
      screenNow() - seen.view.madeAt < freshMs
    ) {
      runId.value = ''
      slow.value = false
      view.value = seen.view
      return
    }
    const mine = v7()
    runId.value = mine
    failed.value = ''
    slow.value = false
    clearTimeout(timer)
    timer = setTimeout(() => (slow.value = runId.value === mine), patienceMs)
    try {
      const found = await api.reports.run({ runId: mine, ...question })
      if (runId.value !== mine) return
      view.value = found
      last = { question: keyOf(question), actor: actor(), view: found }
    } catch (thrown) {
      if (runId.value !== mine) return
      const error = asCallError(thrown)
      failed.value = error.message
      view.value = null
      if (error.code !== 'ReportStopped') tellFailure(error)
    } finally {
      if (runId.value === mine) {
        runId.value = ''
        slow.value = false
        clearTimeout(timer)
      }
    }
  }
  onBeforeUnmount(() => {
    void stop()
    clearTimeout(timer)
  })
  return { view, runId, slow, failed, ask, stop }
}
