import { ElMessage } from 'element-plus'
import { computed, ref, shallowRef } from 'vue'
import type { Approval } from '../../src-main/access/api.ts'
import { askReason } from '../components/ask-reason.ts'
import { useCall } from './useCall.ts'
import { useRequestId } from './useRequestId.ts'

export interface ReasonedAct {
  readonly title: string
  readonly text?: string
  readonly danger: boolean
  /** Whether the hall needs a second person's word on it by now. */
  readonly needsSecondPerson: () => boolean | Promise<boolean>
  /** What is agreed to, for the reason that was written. */
  readonly approvalFor: (reason: string) => Approval
  readonly send: (given: {
    readonly requestId: string
    readonly reason: string
    readonly approvalId: string | null
  }) => Promise<unknown>
}

/**
 * 停用、撤回: asks why, then for a second person's word where one is needed, then does it. The page shows the ApprovalDialog
 * with `approving`, `approval` and `agreed`.
 * @param after once it is done
 */
export function useSecondPerson(after: () => unknown) {
  const waiting = shallowRef<{ readonly act: ReasonedAct; readonly reason: string } | null>(null)
  const approving = ref(false)
  const { id: requestId, renew } = useRequestId()
  const { run } = useCall(async (act: ReasonedAct, reason: string, approvalId: string | null) => {
    await act.send({ requestId: requestId.value, reason, approvalId })
    renew()
    ElMessage.success('已办理')
    await after()
  })
  async function ask(act: ReasonedAct): Promise<void> {
    const { title, text, danger } = act
    const reason = await askReason({ title, done: '确定', max: 100, danger, ...(text === undefined ? {} : { text }) })
    if (reason === null) return
    if (!(await act.needsSecondPerson())) return void (await run(act, reason, null))
    waiting.value = { act, reason }
    approving.value = true
  }
  const approval = computed(() => waiting.value && waiting.value.act.approvalFor(waiting.value.reason))
  const agreed = ({ approvalId }: { readonly approvalId: string }) =>
    waiting.value && run(waiting.value.act, waiting.value.reason, approvalId)
  return { ask, approving, approval, agreed }
}
