/** What is left of an order's time, in words. Instants are epoch ms. */
import { showSpan } from '../shell/show.ts'
import { timerOf, type OrderRow, type OrderState, type Timer } from '../../src-main/workorders/api.ts'

export interface Countdown {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly text: string
}
export type Timed = Parameters<typeof timerOf>[0] & Pick<OrderRow, 'pausedAt'>

const timerNames: Readonly<Record<Timer, string>> = { dispatch: '出发', arrive: '到场', handle: '处理', repair: '修复' }

/** The last hour of a timer calls for attention. */
const soonMs = 3_600_000

const waits: Readonly<Partial<Record<OrderState, string>>> = {
  asked: '待答复',
  repaired: '待验证',
  verified: '待回访',
  referred: '待回访',
  'called-back': '待关闭',
}

/** The timer that runs, paused or over; without one, what the order waits for. */
export function countdownOf(order: Timed, now: number): Countdown {
  const running = timerOf(order)
  if (running === null) {
    const waiting = waits[order.state]
    return waiting === undefined ? { state: 'plain', text: '—' } : { state: 'todo', text: waiting }
  }
  const what = timerNames[running.timer]
  const left = running.due - (order.pausedAt ?? now)
  if (left < 0) return { state: 'late', text: `${what}逾期 ${showSpan(-left)}` }
  if (order.pausedAt !== null) return { state: 'plain', text: `已暂停，${what}剩 ${showSpan(left)}` }
  return { state: left < soonMs ? 'todo' : 'ok', text: `${what}剩 ${showSpan(left)}` }
}
