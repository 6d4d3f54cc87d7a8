/** Entry of the backup worker: makes one proved copy, walks every page of the file, or copies a backup to the second place, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { DomainError } from '../platform/errors.ts'
import { makeProvedCopy, type CopyOrder } from './copy.ts'
import { walkPages, type WalkOrder } from './pages.ts'
import { placeCopy, type PlacingOrder } from './placing.ts'

export type WorkOrder =
  | ({ readonly work: 'copy' } & CopyOrder)
  | ({ readonly work: 'pages' } & WalkOrder)
  | ({ readonly work: 'place' } & PlacingOrder)
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
    switch (order.work) {
      case 'copy':
        return { ok: true, value: makeProvedCopy(order) }
      case 'pages':
        return { ok: true, value: walkPages(order) }
      case 'place':
        return { ok: true, value: placeCopy(order) }
    }
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    return { ok: false, failure: { code: error instanceof DomainError ? error.code : code, message } }
  }
}

parentPort?.postMessage(answer())
