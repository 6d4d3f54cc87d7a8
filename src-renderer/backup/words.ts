/** How a backup is told: what became of it, and whether the hall is covered. */
import type { BackupRow } from '../../src-main/backup/api.ts'

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
