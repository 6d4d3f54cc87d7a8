/** How the upload is told to the hall manager: where it stands, what to do, what became of each batch. */
import type { OutputOf } from '../../src-main/platform/contract.ts'
import type { Status, Upload, WayOut } from '../../src-main/sync/api.ts'
import { showShortTime } from '../shell/show.ts'

export type UploadStatus = OutputOf<typeof Status>
export type State = 'ok' | 'todo' | 'late' | 'plain'
export interface Told {
  readonly state: State
  readonly text: string
}

/** In one word, beside the title. */
export function stateOf({ configured, running, lastError, waiting, preparing }: UploadStatus): Told {
  if (running) return { state: 'todo', text: '正在上报' }
  if (!configured) return { state: 'late', text: '未设置总部' }
  if (lastError !== null) return { state: 'late', text: '上报受阻' }
  if (preparing) return { state: 'todo', text: '正在整理全部数据' }
  return waiting === 0 ? { state: 'ok', text: '已全部上报' } : { state: 'todo', text: '等待上报' }
}

/** What stands in the way and what to do; null while all is well. `byAdministrator`: the reader may change settings. */
export function obstacleOf({ configured, lastError }: UploadStatus, byAdministrator: boolean): string | null {
  if (!configured) {
    return byAdministrator
      ? '还没有填写总部接收地址和令牌，请在本页填写。填写之前数据保存在本厅，不会丢失。'
      : '还没有填写总部接收地址和令牌，请联系管理员在本页填写。填写之前数据保存在本厅，不会丢失。'
  }
  return lastError === null ? null : `${lastError}。数据保存在本厅，不会丢失，营业不受影响。`
}

/** What an administrator orders where this hall and headquarters have come apart. */
export const wayOutWords: Readonly<Record<WayOut, { readonly label: string; readonly about: string }>> = {
  'begin-stream': {
    label: '以本厅数据为准接着上报',
    about:
      '先确认哪台电脑才是本厅正在营业的：本厅主机是的，从双方相同的最后一条起接着上报，另一份数据在总部另存，不再接收；' +
      '本厅主机只是复制品的，请关闭主机，不要办理业务。',
  },
  'send-all': {
    label: '重新上报全部数据',
    about:
      '总部与本厅已对不上，只能把本厅现有的全部数据重新上报一遍，总部以这一遍为准。数据多时要一些时间，营业不受影响。' +
      '本厅主机若只是复制品，请关闭主机，不要这样做。',
  },
}

/** @param now epoch ms; decides whether times carry their date */
export function nextOf({ configured, running, nextTryAt }: UploadStatus, now: number): string {
  if (!configured) return '—'
  if (running) return '正在进行'
  return nextTryAt === null || nextTryAt <= now ? '马上' : showShortTime(nextTryAt, now)
}

export function ledgerOf({ ledger }: UploadStatus): Told {
  if (ledger === null) return { state: 'plain', text: '尚未核对' }
  return ledger === 'equal' ? { state: 'ok', text: '一致' } : { state: 'late', text: '不一致' }
}

const outcomes: Record<Upload['outcome'], Told> = {
  acknowledged: { state: 'ok', text: '已收到' },
  resume: { state: 'todo', text: '补传' },
  retry: { state: 'todo', text: '稍后重试' },
  mend: { state: 'late', text: '须处理' },
  stopped: { state: 'plain', text: '中断' },
}
export const outcomeOf = ({ outcome }: Pick<Upload, 'outcome'>): Told => outcomes[outcome]

/** What became of a batch, in words: the reason, or what headquarters found. */
export function noteOf({ reason, ledger }: Pick<Upload, 'reason' | 'ledger'>): string {
  if (reason !== null) return reason
  if (ledger === null) return ''
  return ledger === 'equal' ? '总部核对账目合计：一致' : '总部核对账目合计：不一致'
}
