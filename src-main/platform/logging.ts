/**
 * Rotating logs without personal data: callers log names of calls, codes, durations and counts, never inputs.
 * As a second net, anything that looks like an ID number or a phone is masked before it is written.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createStream } from 'rotating-file-stream'
import { numbersInText } from './identity.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export interface Logger {
  info(event: string, data?: Record<string, unknown>): void
  warn(event: string, data?: Record<string, unknown>): void
  error(event: string, data?: Record<string, unknown>): void
  close(): void
}

export const redact = (text: string): string =>
  text.replace(/[０-９Ｘｘ]{11,}/g, (wide) => wide.normalize('NFKC')).replace(numbersInText, '***')

/** How long the log rests after it could not be written, and after which it looks whether its file is still there (ms). */
const restMs = 5_000

/** Writes JSON lines to `folder`/hall.log: a new file a day or each 10 MB, 30 kept. Begins anew after a full disk, and where its file was taken away. */
export function fileLogger(folder: string, now: () => number, rest = restMs): Logger {
  type Stream = ReturnType<typeof createStream>
  let stream: Stream | null = null
  let failedAt = -Infinity
  let dropped = 0
  let closed = false
  let lookedAt = 0

  /** Whoever clears the folder must not silence the log: what is open goes on into a file that nobody finds. */
  const leaveLost = (): void => {
    if (stream === null || performance.now() - lookedAt < rest) return
    lookedAt = performance.now()
    if (existsSync(join(folder, 'hall.log'))) return
    stream.end()
    stream = null
  }
  const open = (): Stream => {
    const opened = createStream('hall.log', { path: folder, size: '10M', interval: '1d', maxFiles: 30 })
    // A full disk must not stop the counter; the database reports that condition in its own words.
    opened.on('error', () => {
      failedAt = performance.now()
      dropped += 1
      if (stream === opened) stream = null
      opened.destroy()
    })
    return opened
  }
  const write = (line: string): void => {
    if (closed) return
    if (stream === null && performance.now() - failedAt < rest) return void (dropped += 1)
    try {
      leaveLost()
      if (stream === null) {
        stream = open()
        lookedAt = performance.now()
      }
      if (dropped > 0) {
        stream.write(lineOf(now(), 'warn', 'log-gap', { dropped }))
        dropped = 0
      }
      stream.write(line)
    } catch {
      failedAt = performance.now()
      dropped += 1
      stream = null
    }
  }
  return writer(write, now, () => {
    closed = true
    stream?.end()
  })
}

export function memoryLogger(lines: string[] = []): Logger {
  return writer(
    (line) => lines.push(line),
    () => 0,
    () => undefined,
  )
}

const lineOf = (at: number, level: LogLevel, event: string, data: Record<string, unknown>): string => {
  // Texts before they are quoted: behind a line break, written as a backslash and an n, a number would not begin a word.
  const text = JSON.stringify({ at: new Date(at).toISOString(), level, event, ...data }, (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  )
  return `${redact(text)}\n`
}

function writer(write: (line: string) => void, now: () => number, close: () => void): Logger {
  const log =
    (level: LogLevel) =>
    (event: string, data: Record<string, unknown> = {}) =>
      void write(lineOf(now(), level, event, data))
  return { info: log('info'), warn: log('warn'), error: log('error'), close }
}
