/** Whether a report of a period was submitted, and whether and by whom it may be: for the pages that show one. */
import { computed, shallowRef } from 'vue'
import { submissionStateNames, type Period, type PeriodKind, type SubmissionRow } from '../../src-main/reports/api.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { api } from '../api.ts'
import { useEvent } from '../composables/useEvent.ts'
import { screenNow } from '../shell/clock.ts'
import { useSession } from '../shell/session.ts'
import { showNumbers } from '../shell/show.ts'

interface Shown {
  /** '' where the operator may not read it: then nothing is asked, and no refusal is left in the log. */
  readonly report: () => string
  readonly period: () => Period
  /** Kinds of period that may be submitted. */
  readonly kinds: () => readonly PeriodKind[]
  /** The figures are the operator's own and nobody else's. */
  readonly own: () => boolean
}

export function useSubmission({ report, period, kinds, own }: Shown) {
  const session = useSession()
  /** The version that stands for this period; null while it was not submitted. */
  const standing = shallowRef<SubmissionRow | null>(null)
  async function readState(): Promise<void> {
    if (report() === '') return
    const of = { report: report(), kind: period().kind, date: period().from }
    const found = await api.reports.submissions({ of, page: { size: 1 } }).catch(() => null)
    if (of.report === report() && of.date === period().from && of.kind === period().kind)
      standing.value = found?.rows[0] ?? null
  }
  const forget = () => (standing.value = null)
  useEvent('changed', ({ room }) => room === 'reports' && void readState())
  useEvent('sync', () => void readState())

  const mayAnswer = computed(() => session.roles.some((role) => role === 'hall-manager' || role === 'administrator'))
  const submitted = computed(() => kinds().includes(period().kind))
  const obstacle = computed(() => {
    if (!mayAnswer.value || own()) return '由营业厅主任或管理员上报'
    if (!submitted.value) return '这种周期不上报'
    if (period().to > shanghaiDate(screenNow())) return '本期还没有结束'
    return null
  })
  const tag = computed(() => {
    const row = standing.value
    if (row) {
      const version = row.version > 1 ? ` 第 ${row.version} 版` : ''
      const words = showNumbers(`${submissionStateNames[row.state]} ${row.number}${version}`)
      return { state: row.state === 'received' ? ('ok' as const) : ('todo' as const), text: words }
    }
    return submitted.value && obstacle.value === null ? { state: 'todo' as const, text: '未上报' } : null
  })
  return { standing, readState, forget, mayAnswer, obstacle, tag }
}
