import type { TillView } from '../../src-main/tills/api.ts'

/** How a PC of the hall stands, with the sign that goes with it. */
export function standOf({ host, state, line }: TillView): { state: 'ok' | 'late' | 'plain'; text: string } {
  if (state === 'withdrawn') return { state: 'plain', text: '已停用' }
  if (host) return { state: 'ok', text: '主机' }
  return line ? { state: 'ok', text: '已连接' } : { state: 'late', text: '没有连接' }
}

/** What became of the code shown last. */
export const endedWords = {
  used: '配对码已用过，一台电脑已加入',
  locked: '配对码连续输错五次，已作废。请查明是谁在试',
  expired: '配对码已过期',
} as const
