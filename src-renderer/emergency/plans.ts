/**
 * The plans in force, kept in the memory of this window from the login on: in an emergency they are shown at once, also
 * while the backend does not answer.
 */
import { ref, shallowRef } from 'vue'
import { answersTo, planKindNames, type PlanView } from '../../src-main/emergency/api.ts'
import { api } from '../api.ts'
import { screenNow } from '../shell/clock.ts'

export const plans = shallowRef<readonly PlanView[]>([])
/** When they were read, epoch ms; null before the first time. */
export const readAt = ref<number | null>(null)
/** Whether the last try to read them again failed, or has not been answered for a while. */
export const stale = ref(false)
const patienceMs = 1_500

/** Reads them again. What is known stays when that fails; the screen says so. */
export async function readPlans(): Promise<void> {
  const late = setTimeout(() => (stale.value = true), patienceMs)
  try {
    plans.value = await api.emergency.plans({})
    readAt.value = screenNow()
    stale.value = false
  } catch {
    // Locked, signed out or the backend down: what is known is better than nothing.
    stale.value = true
  } finally {
    clearTimeout(late)
  }
}

export const found = (all: readonly PlanView[], typed: string): PlanView[] =>
  all.filter((plan) => answersTo({ ...plan, kindName: planKindNames[plan.kind] }, typed))
