/** Files of a till on their way to its host: no call carries a path of the PC that asks. */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import type { CallFailure, HallEvent } from '../platform/contract.ts'
import { DiskFull, DomainError, InvalidInput, NotSignedIn, SessionLocked } from '../platform/errors.ts'
import type { Hall } from '../platform/hall.ts'
import { takePiece } from '../platform/sent-files.ts'
import { maxFileBytes } from '../platform/sheets/limits.ts'
import { sendTask } from './api.ts'
import { HostUnreachable } from './errors.ts'
import type { TillLine } from './till-line.ts'
import { maxPieceBytes, type Question } from './wire.ts'

/** `path`: where the file lies on the host once it is whole. */
const Taken = z.union([
  z.object({ path: z.string().nullable() }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
])

/** Takes a piece from whoever is at work at that till. */
export function takeFile(
  { environment: { sessionOf, clock, paths, log } }: Hall,
  { token, ...piece }: Extract<Question, { about: 'file' }>,
  till: string,
): { path: string | null } | { error: CallFailure } {
  try {
    const session = sessionOf(token, clock.now())
    if (session?.till !== till) throw new NotSignedIn()
    if (session.locked) throw new SessionLocked()
    return { path: takePiece(paths.root, piece) }
  } catch (error) {
    if (error instanceof DomainError) return { error: error.toFailure() }
    log.warn('file-not-taken', { till, error: String(error) })
    const full = (error as { code?: string }).code === 'ENOSPC'
    return {
      error: full
        ? new DiskFull('主机磁盘已满，文件没有收下').toFailure()
        : new InvalidInput('主机没有收下文件，请再选一次').toFailure(),
    }
  }
}

/**
 * Sends a file to the host, piece by piece; a broken line is waited for.
 * @returns where it lies there @throws InvalidInput · what the host refuses for · HostUnreachable
 */
export async function sendFile(
  line: TillLine,
  path: string,
  token: string,
  tell: (event: HallEvent) => void,
): Promise<string> {
  // Without waiting: a pipe with such a name would stop the counter.
  const source = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => {
    throw new InvalidInput('无法读取所选的文件，请检查它是否还在原处')
  })
  try {
    const stat = await source.stat()
    if (!stat.isFile()) throw new InvalidInput('所选的不是文件')
    const { size } = stat
    if (size === 0) throw new InvalidInput('所选的文件是空的')
    if (size > maxFileBytes) throw new InvalidInput(`文件不能超过 ${maxFileBytes / 1024 / 1024} MB`)
    const one = { file: randomUUID(), name: basename(path), size }
    for (let at = 0; ;) {
      const { buffer, bytesRead } = await source.read(Buffer.alloc(maxPieceBytes), 0, maxPieceBytes, at)
      if (bytesRead === 0) throw new InvalidInput('文件在发送时有变化，请重新选择')
      const answer = await line.ask({ about: 'file', token, ...one, at, bytes: buffer.subarray(0, bytesRead) })
      const taken = Taken.safeParse(answer)
      if (!taken.success) throw new HostUnreachable()
      if ('error' in taken.data) throw new DomainError(taken.data.error.code, taken.data.error.message)
      if (taken.data.path !== null) return taken.data.path
      at += bytesRead
      tell({ event: 'progress', data: { task: sendTask, done: at, total: size, text: '正在把文件送到主机' } })
    }
  } finally {
    await source.close()
  }
}
