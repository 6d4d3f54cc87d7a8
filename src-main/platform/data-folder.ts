/** What lies in a data folder: a place where a hall has been is never taken for an empty one. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFiles } from './backup-files.ts'
import { markPath } from './mark.ts'

/** Beginning of the name under which a replaced database stays. */
export const replacedPrefix = 'hall.db.replaced-'
const replacedName = /^hall\.db\.replaced-[\w-]+$/
export const isReplacedName = (name: string): boolean => replacedName.test(name) && !/-(wal|shm)$/.test(name)

export interface ReplacedFile {
  readonly fileName: string
  /** Epoch ms of its last change. */
  readonly at: number
  /** Bytes. */
  readonly size: number
}

/** Databases that a restore has put aside, newest first. */
export function replacedFiles(folder: string): ReplacedFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(isReplacedName)
    .map((fileName) => {
      const { mtimeMs, size } = statSync(join(folder, fileName))
      return { fileName, at: Math.round(mtimeMs), size }
    })
    .sort((a, b) => b.at - a.at)
}

/** What makes the program of this folder a till of another PC's hall: whom it speaks to, and how it proves itself. */
export const tillPath = (folder: string): string => join(folder, 'till.sealed')
export const isTill = (folder: string): boolean => existsSync(tillPath(folder)) && !existsSync(join(folder, 'hall.db'))

export interface Traces {
  /** The database: `empty` has no byte in it, `folder`: one lies in its place. */
  readonly database: 'there' | 'empty' | 'folder' | 'missing'
  readonly key: boolean
  readonly mark: boolean
  readonly backups: number
  readonly logs: boolean
  readonly replaced: number
  /** A restore that was broken off. */
  readonly restore: boolean
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A hall that is being made writes this first: what it leaves when it is killed is no loss. */
export const makingPath = (folder: string): string => join(folder, 'new-hall')

export function tracesIn(folder: string): Traces {
  const database = join(folder, 'hall.db')
  const found = statSync(database, { throwIfNoEntry: false })
  return {
    database: !found ? 'missing' : found.isDirectory() ? 'folder' : found.size === 0 ? 'empty' : 'there',
    key: existsSync(join(folder, 'key.json')),
    mark: existsSync(markPath(folder)),
    backups: backupFiles(join(folder, 'backups')).length,
    logs: namesIn(join(folder, 'logs')).length > 0,
    replaced: replacedFiles(folder).length,
    restore: existsSync(join(folder, 'restore.json')),
  }
}

/** Whether a hall has been here, whatever has become of it. */
export const hallWasHere = ({ key, mark, backups, logs, replaced, restore }: Traces): boolean =>
  key || mark || backups > 0 || logs || replaced > 0 || restore

/** What was found, for the person who has to find the rest. */
export function traceWords({ database, key, mark, backups, logs, replaced }: Traces): string {
  const found = [
    key ? '密钥文件 key.json' : '',
    backups > 0 ? `${backups} 份备份` : '',
    replaced > 0 ? `${replaced} 份换下的数据文件` : '',
    mark ? '编号记录 hall.mark' : '',
    logs ? '运行日志' : '',
  ].filter((text) => text !== '')
  const what = {
    empty: '数据文件 hall.db 是空的',
    folder: 'hall.db 是一个文件夹，不是数据文件',
    missing: '找不到数据文件 hall.db',
    there: '',
  }[database]
  return `${what}，但此文件夹里有${found.join('、')}，说明这里曾经营业。不会另建新营业厅，请从备份恢复，或把数据文件放回原处`
}

/** The unfinished database of a hall whose making was broken off: nobody had worked in it. */
export function clearMaking(folder: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `hall.db${suffix}`), { force: true })
}
