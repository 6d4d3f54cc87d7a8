/** Names of files that came from outside. */
import { basename, extname } from 'node:path'

/** Characters of a file name kept. */
const maxNameLength = 80

/** A name to show, without folders, control characters or what a file system refuses. */
export function shownName(path: string): string {
  const name = basename(path.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length).slice(0, maxNameLength - extension.length)
  return stem === '' ? `附件${extension}` : stem + extension
}
