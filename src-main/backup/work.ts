/** Work beside the counter, in a thread of its own. */
import { Worker } from 'node:worker_threads'
import { isDamage } from '../platform/database.ts'
import type { ProvedCopy } from './copy.ts'
import type { Failure, WorkAnswer, WorkOrder } from './worker.ts'

export class WorkFailed extends Error {
  readonly code: string
  constructor({ code, message }: Failure) {
    super(message)
    this.code = code
  }
}

interface Answers {
  copy: ProvedCopy
  pages: string[]
  place: null
}

/** @throws WorkFailed with the code of what happened */
export function inWorker<O extends WorkOrder>(order: O): Promise<Answers[O['work']]> {
  // The built program has the worker as a file of its own; run from source, it is the file beside this one.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './backup-worker.js'
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: order })
    worker.once('message', (answer: WorkAnswer) =>
      answer.ok ? resolve(answer.value as Answers[O['work']]) : reject(new WorkFailed(answer.failure)),
    )
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`backup worker ended with ${code}`)))
  })
}

export const damagedWords = '数据文件有损坏，不能备份。请用最近一份备份恢复'

/** Why a backup or a check did not come about, and what to do. */
export function whyNot(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'DatabaseMissing') return '数据文件 hall.db 不见了，请停止办理并从备份恢复'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') || code === 'DatabaseBusy')
    return '数据文件正被另一个程序占用，稍后再试'
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'DiskFull' || code === 'SQLITE_IOERR_WRITE')
    return '磁盘空间不足，请清理后再试'
  if (isDamage(code) || code === 'DatabaseCorrupt') return damagedWords
  if (['ENOENT', 'ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(code) || code === 'SQLITE_CANTOPEN')
    return '备份文件夹不见了或不能写入，请检查 backups 文件夹'
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') return '磁盘读写出错，请联系管理员检查硬盘'
  if (/^(integrity check|totals|ledger)/.test(message)) return '备份与原数据核对不符，已作废，请重新备份'
  return '备份没有做成，请重试；仍不成功请联系管理员'
}
