/** Who is at work in this window. The backend holds the truth; this store holds what the screen shows of it. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { ActorView, DeviceView, SessionView } from '../../src-main/access/api.ts'
import type { HallEvents, Role } from '../../src-main/platform/contract.ts'
import { api } from '../api.ts'
import { onSessionLost, useSessionToken, type CallError } from '../bridge.ts'
import { learnClock } from './clock.ts'
import { draftsUnsaved, flushDrafts, forgetDrafts, loadDrafts } from '../drafts/keeper.ts'

/** An answer of the access room that is no success: what to tell, and until when the number is locked out. */
export interface PasswordRefused {
  readonly ok: false
  readonly message: string
  readonly lockedUntil: number | null
}
type Answer = { readonly ok: true } | PasswordRefused

export const useSession = defineStore('session', () => {
  const actor = ref<ActorView | null>(null)
  const device = ref<DeviceView | null>(null)
  const locked = ref(false)
  const lockMinutes = ref(10)
  const mustChangePassword = ref(false)
  const roles = computed<readonly Role[]>(() => actor.value?.roles ?? [])

  function take(view: SessionView): void {
    actor.value = view.actor
    device.value = view.device
    lockMinutes.value = view.lockMinutes
    mustChangePassword.value = view.mustChangePassword
  }

  /** Why the session ended, where nobody here ended it: stands on the login page until somebody logs in. */
  const ended = ref<string | null>(null)

  /** Somebody logged in at another till: whoever it was is at work here no more. */
  function leftFor({ staffId, till }: HallEvents['loggedInElsewhere']): void {
    if (actor.value?.id !== staffId || device.value?.pcCode === till) return
    forget()
    ended.value = `您已在 ${till} 号机登录，本机已退出`
  }

  function forget(): void {
    useSessionToken(null)
    forgetDrafts()
    actor.value = null
    locked.value = false
    mustChangePassword.value = false
  }

  /** Reads who and what this PC is, before anybody logs in. Null until the first-start wizard has run. */
  async function welcome(): Promise<DeviceView | null> {
    const welcomed = await api.access.welcome({})
    learnClock(welcomed.now)
    device.value = welcomed.device
    return device.value
  }

  /** @throws CallError when the form itself is wrong; a wrong password is an answer */
  async function login(staffNo: string, password: string): Promise<Answer> {
    const answer = await api.access.login({ staffNo, password })
    if (!answer.ok) return answer
    forget()
    ended.value = null
    useSessionToken(answer.token)
    // Before the first page is there: a form finds what was begun at the moment it opens.
    await loadDrafts()
    take(answer)
    return { ok: true }
  }

  /** Ends the session; the login page follows. Also the first step of 切换用户. */
  async function logout(): Promise<void> {
    await flushDrafts()
    try {
      await api.access.logout({})
    } finally {
      forget()
    }
  }

  /** 锁屏: the page stays behind the lock screen. The screen locks even when the backend cannot be told. */
  async function lock(): Promise<void> {
    if (!actor.value || locked.value) return
    locked.value = true
    // A locked session keeps nothing any more; without anything to keep it locks in this very moment.
    if (draftsUnsaved()) await flushDrafts()
    await api.access.lock({})
  }

  async function unlock(password: string): Promise<Answer> {
    const answer = await api.access.unlock({ password })
    if (!answer.ok) return answer
    take(answer)
    locked.value = false
    void flushDrafts()
    return { ok: true }
  }

  /** Reads the session again, after a new password or changed settings. */
  async function refresh(): Promise<void> {
    const view = await api.access.whoAmI({})
    // Whoever had to choose a password first could not read their drafts at login.
    if (mustChangePassword.value && !view.mustChangePassword) await loadDrafts()
    take(view)
    locked.value = view.locked
  }

  /** Whether the operator has one of these roles; for showing and hiding only. */
  const has = (...wanted: readonly Role[]): boolean => wanted.some((role) => roles.value.includes(role))

  /** Turns to the login page or the lock screen when an error says so. Returns whether it did. */
  function heardOf(error: CallError): boolean {
    // The screen of a till that is none any more says it.
    if (error.code === 'TillWithdrawn') return true
    if (!actor.value) return false
    if (error.code === 'NotSignedIn') forget()
    // Whoever has to choose a password first does that, locked as the session is until then.
    else if (error.code === 'SessionLocked') locked.value = !mustChangePassword.value
    else return false
    return true
  }
  onSessionLost(heardOf)

  return {
    actor,
    device,
    ended,
    leftFor,
    forget,
    roles,
    locked,
    lockMinutes,
    mustChangePassword,
    welcome,
    login,
    logout,
    lock,
    unlock,
    refresh,
    has,
    heardOf,
  }
})
