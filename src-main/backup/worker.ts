/** Entry of the backup worker: makes one proved copy and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { makeProvedCopy, type CopyOrder } from './copy.ts'

parentPort?.postMessage(makeProvedCopy(workerData as CopyOrder))
