import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Approval } from '../../src-main/access/api.ts'
import { api } from '../api.ts'
import { useCall, useRead } from './useCall.ts'
import { useEvent } from './useEvent.ts'
import { useRequestId } from './useRequestId.ts'

/** An answer is looked for by itself too: it may have been given while the line was away (ms). */
const lookEveryMs = 5_000

/** Names with their tills: 李主任（01 号机）. */
const inWords = (people: readonly { readonly name: string; readonly till: string }[]): string =>
  people.map(({ name, till }) => `${name}（${till} 号机）`).join('、')

/**
 * 请求批准: asks whoever could agree, at their own PC. The request ends with the dialog it was asked in.
 * @param agreed somebody has
 */
export function useAskedApproval(
  what: () => { readonly approval: Approval | null; readonly summary: string },
  agreed: (approval: { approvalId: string; approverName: string }) => void,
) {
  const here = shallowRef<readonly { readonly name: string; readonly till: string }[]>([])
  const waiting = shallowRef<{ readonly askedId: string; readonly expiresAt: number } | null>(null)
  /** How it ended, where nobody agreed. */
  const ended = ref('')
  const { id: requestId, renew } = useRequestId()
  const { run: sendAsk, busy } = useCall(api.access.askApproval)
  const { run: sendBack } = useCall(api.access.withdrawAsked)
  const { run: readHere } = useRead(api.access.approversHere, { quiet: true })
  const { run: readOutcome } = useRead(api.access.askedOutcome, { quiet: true })

  async function open(): Promise<void> {
    ended.value = ''
    here.value = []
    const { approval } = what()
    if (approval) here.value = (await readHere({ purpose: approval.purpose })) ?? []
  }
  async function ask(): Promise<void> {
    const { approval, summary } = what()
    if (!approval || waiting.value || busy.value) return
    ended.value = ''
    const asked = await sendAsk({ requestId: requestId.value, approval, summary: summary.slice(0, 300) })
    if (!asked) return
    renew()
    waiting.value = asked
  }
  /** Nobody waits for it any more. */
  async function takeBack(why = ''): Promise<void> {
    const mine = waiting.value
    if (!mine) return
    waiting.value = null
    ended.value = why
    await sendBack({ requestId: requestId.value, askedId: mine.askedId })
    renew()
  }
  async function hear(): Promise<void> {
    const mine = waiting.value
    if (!mine) return
    const outcome = await readOutcome({ askedId: mine.askedId })
    if (!outcome || outcome.state === 'open' || waiting.value !== mine) return
    waiting.value = null
    const { state, by, reason, approvalId } = outcome
    if (state === 'agreed' && approvalId !== null) return agreed({ approvalId, approverName: by ?? '' })
    ended.value =
      state === 'refused'
        ? `${by ?? ''}不批准：${reason}`
        : state === 'expired'
          ? '没有人答复，请求已过期'
          : '请求已取消'
  }
  useEvent('changed', ({ room }) => room === 'approvals' && void hear())
  const timer = setInterval(() => void hear(), lookEveryMs)
  onBeforeUnmount(() => {
    clearInterval(timer)
    void takeBack()
  })
  return { who: computed(() => inWords(here.value)), waiting, ended, busy, open, ask, takeBack }
}
