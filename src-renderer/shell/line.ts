/** How the line of this till to its host stands; null on the host itself, and before anything is known. */
import { computed, shallowRef } from 'vue'
import type { LineState } from '../../src-main/platform/contract.ts'

export const line = shallowRef<LineState | null>(null)

/** The host has this PC among its tills no more: it shows nothing of the hall. */
export const removed = computed(() => line.value?.state === 'refused' && line.value.code === 'TillWithdrawn')
