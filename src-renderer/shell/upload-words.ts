/** How the upload (上报) is told in the top bar. */
import type { HallEvents } from '../../src-main/platform/contract.ts'
import { showShortTime } from './show.ts'

export type Upload = HallEvents['sync'] & {
  /** Whether address and token of headquarters are set. */
  readonly configured: boolean
}

export interface UploadWords {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  /** In the bar. */
  readonly text: string
  /** When the mouse rests on it. */
  readonly title: string
}

/** @param now epoch milliseconds; decides whether a time is shown with its date */
export function uploadWords(upload: Upload | null, now: number): UploadWords {
  if (!upload) return { state: 'plain', text: '上报', title: '还不知道上报情况' }
  const { waiting, lastSuccessAt, lastError, configured, preparing } = upload
  if (!configured) return { state: 'plain', text: '上报未设置', title: '请管理员在“上报”页填写总部地址和令牌' }
  const since = lastSuccessAt === null ? '还没有上报成功过' : `上次成功 ${showShortTime(lastSuccessAt, now)}`
  if (lastError !== null) {
    return { state: 'late', text: waiting > 0 ? `上报受阻 ${waiting}` : '上报受阻', title: `${lastError}。${since}` }
  }
  if (waiting > 0) return { state: 'todo', text: `待上报 ${waiting}`, title: `${waiting} 条等待上报。${since}` }
  if (preparing) return { state: 'todo', text: '正在整理', title: `正在整理全部数据，整理完后上报。${since}` }
  return { state: 'ok', text: '已全部上报', title: since }
}
