import { ElMessage } from 'element-plus'
import type { OutcomeValue } from '../../src-main/installations/api.ts'
import { useCall } from '../composables/useCall.ts'
import { useRequestId } from '../composables/useRequestId.ts'

interface Target {
  requestId: string
  applicationId: string
}

/** Sends what was found on site and tells what it means; true when it was taken. `done` is called after either result. */
export function useChecklist<Input extends Target>(
  call: (input: Input) => Promise<OutcomeValue>,
  applicationId: () => string,
  passed: string,
  done: (passed: boolean) => void,
) {
  const { id: requestId, renew } = useRequestId()
  const { run, busy } = useCall(call)
  async function submit(filled: Omit<Input, keyof Target>): Promise<boolean> {
    const target: Target = { requestId: requestId.value, applicationId: applicationId() }
    const outcome = await run({ ...filled, ...target } as Input)
    if (!outcome) return false
    renew()
    if (outcome.passed) ElMessage.success({ message: passed, duration: 2000 })
    else ElMessage.warning({ message: `不合格：${outcome.reasons.join('；')}`, duration: 8000, showClose: true })
    done(outcome.passed)
    return true
  }
  return { submit, busy }
}
