/** How a backup is told: what became of it, and whether the hall is covered. */
import type { BackupRow, Places } from '../../src-main/backup/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'

type State = 'ok' | 'todo' | 'late' | 'plain'
export interface Told {
  readonly state: State
  readonly text: string
}

export const kinds: Record<BackupRow['kind'], string> = { scheduled: '定时', manual: '手动' }

const states: Record<BackupRow['state'], Told> = {
  running: { state: 'todo', text: '进行中' },
  proved: { state: 'ok', text: '已打开核对' },
  failed: { state: 'late', text: '没有成功' },
  removed: { state: 'plain', text: '已按规则清理' },
}
export const stateOf = ({ state }: Pick<BackupRow, 'state'>): Told => states[state]

/** A backup every day is promised; two missed ones are more than a PC that was off over a night (ms). */
const coveredMs = 48 * 3_600_000

/** Whether the newest proved backup is young enough. @param newest epoch ms, null when there is none */
export function coverOf(newest: number | null, now: number): Told {
  if (newest === null) return { state: 'late', text: '还没有备份' }
  return now - newest > coveredMs ? { state: 'late', text: '备份已过期' } : { state: 'ok', text: '备份正常' }
}

type SecondPlace = OutputOf<typeof Places>['second']

/** How the second place stands: not chosen, not to be reached, not copied to, or well. */
export function placeOf(second: SecondPlace): Told {
  if (second === null) return { state: 'todo', text: '没有设置' }
  if (!second.there) return { state: 'late', text: '找不到' }
  if (second.last === null) return { state: 'todo', text: '还没有复制过' }
  return second.last.error === null ? { state: 'ok', text: '已复制' } : { state: 'late', text: '没有复制成' }
}

/** What to know of the second place, or to do about it. */
export function noteOf(second: SecondPlace): string {
  if (second === null) return '本机硬盘坏了备份也会丢：请选移动盘或网络文件夹，每份备份自动复制过去'
  const { last, there } = second
  if (last?.error) return `${formatInstant(last.at)} ${last.error}`
  if (!there) return '请插好移动盘或连上网络'
  return last === null ? '从下一份备份起复制' : `${formatInstant(last.at)} ${last.fileName}，已读回核对`
}
