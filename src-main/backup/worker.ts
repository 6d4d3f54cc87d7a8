/** Entry of the backup worker: makes one proved copy, or walks every page of the file, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { DomainError } from '../platform/errors.ts'
import { makeProvedCopy, type CopyOrder } from './copy.ts'
import { walkPages, type WalkOrder } from './pages.ts'

export type WorkOrder = ({ readonly work: 'copy' } & CopyOrder) | ({ readonly work: 'pages' } & WalkOrder)
export type WorkAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure }
/** What was thrown, as plain data: a class does not cross between two threads. */
export interface Failure {
  readonly code: string
  readonly message: string
}

function answer(): WorkAnswer {
  const order = workerData as WorkOrder
  try {
    return { ok: true, value: order.work === 'copy' ? makeProvedCopy(order) : walkPages(order) }
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    return { ok: false, failure: { code: error instanceof DomainError ? error.code : code, message } }
  }
}

parentPort?.postMessage(answer())
