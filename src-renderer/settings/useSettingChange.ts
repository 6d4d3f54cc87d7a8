import { until } from '@vueuse/core'
import { ElMessage } from 'element-plus'
import { ref, shallowRef } from 'vue'
import type { Approval } from '../../src-main/access/api.ts'
import { safetyTerms, type SettingView } from '../../src-main/settings/api.ts'
import { api } from '../api.ts'
import { useCall } from '../composables/useCall.ts'

export type Value = string | number | boolean

/** Saves a setting; of one that is two persons' work the second one is asked first, with the new value in words. `quiet`: the caller shows `error`. */
export function useSettingChange(setting: () => SettingView, saved: (value: Value) => void, { quiet = false } = {}) {
  const { run, busy, error } = useCall(api.settings.change, { quiet })
  const approval = shallowRef<Approval | null>(null)
  const approving = ref(false)
  let waiting: Value = ''

  async function send(value: Value, approvalId: string | null): Promise<void> {
    const { key, label } = setting()
    // Another value right after the first, or the first one again, is saved after it.
    await until(busy).toBe(false)
    if (!(await run({ key, value, approvalId }))) return
    ElMessage.success(`${label} 已保存`)
    saved(value)
  }
  async function save(value: Value): Promise<void> {
    const { key, needsSecondPerson, min, max, kind, lines } = setting()
    // What is refused anyway is refused before the second person is called.
    const outside = typeof value === 'number' && (value < (min ?? value) || value > (max ?? value))
    if (!needsSecondPerson || outside) return send(value, null)
    // Of words only the backend knows whether they can be kept: it says so first, and asks for the second person otherwise.
    if (kind === 'text' && lines === null && quiet) {
      await until(busy).toBe(false)
      await run({ key, value, approvalId: null })
      if (error.value?.code !== 'SecondPersonNeeded') return
    }
    waiting = value
    error.value = null
    approval.value = { purpose: 'safety-setting', terms: safetyTerms(setting(), value) }
    approving.value = true
  }
  const approved = ({ approvalId }: { approvalId: string }): Promise<void> => send(waiting, approvalId)
  return { save, approved, approval, approving, busy, error }
}
