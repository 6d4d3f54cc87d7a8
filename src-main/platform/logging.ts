/**
 * Rotating logs without personal data: callers log names of calls, codes, durations and counts, never inputs.
 * As a second net, anything that looks like an ID number or a phone is masked before it is written.
 */
import { createStream } from 'rotating-file-stream'

export type LogLevel = 'info' | 'warn' | 'error'
export interface Logger {
  info(event: string, data?: Record<string, unknown>): void
  warn(event: string, data?: Record<string, unknown>): void
  error(event: string, data?: Record<string, unknown>): void
  close(): void
}

const looksPersonal = /\b\d{17}[\dXx]\b|\b1[3-9]\d{9}\b/g

export function redact(line: string): string {
  return line.replace(looksPersonal, '***')
}

/** Writes JSON lines to `folder`/hall.log: a new file a day or each 10 MB, 30 kept. */
export function fileLogger(folder: string, now: () => number): Logger {
  const stream = createStream('hall.log', { path: folder, size: '10M', interval: '1d', maxFiles: 30 })
  // A full disk must not stop the counter; the database reports that condition in its own words.
  stream.on('error', () => undefined)
  return writer(
    (line) => stream.write(line),
    now,
    () => stream.end(),
  )
}

export function memoryLogger(lines: string[] = []): Logger {
  return writer(
    (line) => lines.push(line),
    () => 0,
    () => undefined,
  )
}

function writer(write: (line: string) => void, now: () => number, close: () => void): Logger {
  const log =
    (level: LogLevel) =>
    (event: string, data: Record<string, unknown> = {}) =>
      void write(redact(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...data })) + '\n')
  return { info: log('info'), warn: log('warn'), error: log('error'), close }
}
