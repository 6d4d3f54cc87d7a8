/** Answers `window.hall.desktop`: every argument is parsed, every failure crosses as a plain Chinese message. */
import { createHash } from 'node:crypto'
import { basename, isAbsolute, join, relative } from 'node:path'
import { dialog, ipcMain, shell, type BrowserWindow } from 'electron'
import { z } from 'zod'
import { allBackups } from '../platform/backup-place.ts'
import type { CallFailure } from '../platform/contract.ts'
import { isTill, replacedFiles } from '../platform/data-folder.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { DomainError, InvalidInput, NotSignedIn, SessionLocked } from '../platform/errors.ts'
import type { Desktop } from './api.ts'
import { BoardDisplay } from './display.ts'
import { Printing } from './printing.ts'
import type { Startup } from './startup.ts'

const ticket = z.string().regex(/^[0-9a-f]{64}$/, '单据编号不正确')

/** Judged where the key is wrapped; here only no longer than anybody types. */
const passphrase = z.string().max(200)

const typedPerson = {
  staffNo: z.string().trim().min(1, '请填写工号').max(20),
  password: z.string().min(1, '请填写密码').max(200),
}

const arguments_ = {
  startState: z.tuple([]),
  create: z.tuple([z.strictObject({ passphrase: passphrase.nullable() })]),
  join: z.tuple([
    z.strictObject({
      passphrase: passphrase.nullable(),
      address: z.string().max(300),
      code: z.string().max(60),
      name: z.string().max(60),
    }),
  ]),
  unlock: z.tuple([z.string().max(200)]),
  keyKeeper: z.tuple([]),
  changePassphrase: z.tuple([z.strictObject({ present: z.string().max(200), next: passphrase })]),
  backups: z.tuple([]),
  placeBackups: z.tuple([z.strictObject({ second: z.boolean() })]),
  restore: z.tuple([
    z.strictObject({
      fileName: z
        .string()
        .max(100)
        .regex(/^[\w.-]+$/, '备份文件名不正确'),
      by: z
        .strictObject({
          ...typedPerson,
          reason: z.string().trim().min(1, '请填写恢复原因').max(200),
          second: z.strictObject(typedPerson).nullable(),
          alone: z.boolean(),
        })
        .nullable(),
    }),
  ]),
  printers: z.tuple([]),
  print: z.tuple([
    z.strictObject({ ticket, printer: z.string().min(1).max(200).nullable(), copies: z.int().min(1).max(20) }),
  ]),
  pdf: z.tuple([z.strictObject({ ticket })]),
  chooseFiles: z.tuple([
    z.strictObject({
      title: z.string().max(60),
      extensions: z.array(z.string().regex(/^\w{1,8}$/)).max(20),
      multiple: z.boolean(),
    }),
  ]),
  saveFile: z.tuple([z.strictObject({ name: z.string().min(1).max(120), bytes: z.instanceof(Uint8Array) })]),
  displayState: z.tuple([]),
  openDisplay: z.tuple([]),
  closeDisplay: z.tuple([]),
  keepTyped: z.tuple([]),
  showFile: z.tuple([z.string()]),
} satisfies Record<keyof Desktop, z.ZodType>

/**
 * What is asked before anybody can be at work: how the program starts. `whileShut`: as long as no hall is open, or its file is
 * damaged and nobody is at work; else by whoever is at work. All else touches data, printers or files, and is done for somebody at an unlocked screen alone.
 */
const beforeLogin: Partial<Record<keyof Desktop, 'always' | 'whileShut'>> = {
  startState: 'always',
  create: 'always',
  join: 'always',
  unlock: 'always',
  keepTyped: 'always',
  backups: 'whileShut',
  restore: 'whileShut',
}

async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: '选择第二备份位置',
    properties: ['openDirectory', 'createDirectory'],
  })
  return filePaths[0] ?? null
}

/** @returns the notice board's display, which the program opens again where it was open */
export function answerDesktop(startup: Startup, window: () => BrowserWindow): BoardDisplay {
  const display = new BoardDisplay(startup.backend, join(startup.dataFolder, 'display.json'))
  const printing = new Printing(startup.backend)
  const desktop: Desktop & {
    placeBackups(way: { second: boolean }, token?: unknown): Promise<boolean>
    saveFile(file: { name: string; bytes: Uint8Array }, token?: unknown): Promise<string | null>
    chooseFiles(options: Parameters<Desktop['chooseFiles']>[0], token?: unknown): Promise<readonly string[]>
  } = {
    startState: () => startup.state(),
    create: ({ passphrase }) => startup.create(passphrase),
    join: (order) => startup.join(order),
    unlock: (passphrase) => startup.unlock(passphrase),
    keyKeeper: async () => startup.keyKeeper(),
    changePassphrase: async ({ present, next }) => startup.changePassphrase(present, next),
    backups: async () => [
      ...allBackups({ root: startup.dataFolder, backups: join(startup.dataFolder, 'backups') }).map(
        ({ fileName, at, size }) => ({ fileName, at, size, replaced: false }),
      ),
      ...replacedFiles(startup.dataFolder).map((file) => ({ ...file, replaced: true })),
    ],
    async placeBackups({ second }, token?: unknown) {
      const folder = second ? await chooseFolder(window()) : null
      if (second && folder === null) return false
      await startup.backend.placeBackups(folder, String(token))
      return true
    },
    restore: ({ fileName, by }) => startup.restore(fileName, by),
    async printers() {
      const found = await window().webContents.getPrintersAsync()
      return found.map(({ name, options }) => ({
        name,
        isDefault: (options as { 'printer-is-default'?: string })['printer-is-default'] === 'true',
      }))
    },
    print: (job) => printing.print(window(), job),
    pdf: (job) => printing.pdf(window(), job),
    async chooseFiles({ title, extensions, multiple }, token?: unknown) {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title,
        filters: [{ name: title, extensions: [...extensions] }],
        properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
      })
      // A call names a file by its path on the host.
      if (isTill(startup.dataFolder)) return startup.backend.sendFiles(filePaths, String(token))
      await startup.backend.choose(filePaths)
      return filePaths
    },
    async saveFile({ name, bytes }, token?: unknown) {
      const { filePath, canceled } = await dialog.showSaveDialog(window(), { defaultPath: name })
      if (canceled || !filePath) return null
      const hash = createHash('sha256').update(bytes).digest('hex')
      const file = { name, fileName: basename(filePath), size: bytes.length, hash }
      await startup.backend.noteFile(file, String(token))
      try {
        writeDurably(filePath, bytes)
      } catch {
        // What was put on record before is set right: the log tells of no file that does not exist.
        await startup.backend.noteFile({ ...file, failed: true }, String(token)).catch(() => undefined)
        throw new DomainError('FileNotSaved', notSaved)
      }
      return filePath
    },
    displayState: async () => display.state(),
    openDisplay: async () => display.open(window()),
    async closeDisplay() {
      display.close()
      return display.state()
    },
    async keepTyped() {
      window().webContents.session.flushStorageData()
    },
    async showFile(path) {
      const inside = relative(startup.dataFolder, path)
      if (!printing.wrote(path) && (inside.startsWith('..') || isAbsolute(inside)))
        throw new InvalidInput('只能打开本程序生成的文件')
      shell.showItemInFolder(path)
    },
  }
  for (const name of Object.keys(arguments_) as (keyof Desktop)[]) {
    ipcMain.handle(`desktop:${name}`, async (event, token: unknown, ...args: unknown[]) => {
      // Only the page of the main window may ask, not a frame inside it.
      if (event.senderFrame !== window().webContents.mainFrame) return { ok: false, value: refused }
      const parsed = arguments_[name].safeParse(args)
      if (!parsed.success) {
        const failure: CallFailure = { code: 'InvalidInput', message: ownWords(parsed.error) }
        return { ok: false, value: failure }
      }
      try {
        await requireSession(startup, name, token)
        const run = desktop[name] as (...given: unknown[]) => Promise<unknown>
        // Who asks comes last, for what the backend answers to him alone.
        return { ok: true, value: await run(...parsed.data, token) }
      } catch (error) {
        return { ok: false, value: error instanceof DomainError ? error.toFailure() : failed(name, error) }
      }
    })
  }
  return display
}

/** What this file says of a value is for people; what the parser says of a shape is for nobody at a counter. */
function ownWords({ issues: [first] }: z.ZodError): string {
  return first && /\p{Script=Han}/u.test(first.message) && !/[A-Za-z]/.test(first.message) ? first.message : '填写有误'
}

/** @throws NotSignedIn · SessionLocked */
async function requireSession(startup: Startup, name: keyof Desktop, token: unknown): Promise<void> {
  const free = beforeLogin[name]
  if (free === 'always' || (free === 'whileShut' && (await startup.state()).phase !== 'ready')) return
  const found = await startup.backend.findSession(typeof token === 'string' ? token : '')
  if (found === 'damaged' && free === 'whileShut') return
  if (found === 'none' || found === 'damaged') throw new NotSignedIn()
  if (found === 'locked') throw new SessionLocked()
}

const refused: CallFailure = { code: 'NotAllowed', message: '不允许的操作' }

const notSaved = '文件没有保存成功：位置不能写，或磁盘已满，请换一个位置再试'

const titles: Partial<Record<keyof Desktop, string>> = {
  print: '打印没有成功，请检查打印机后重试',
  pdf: 'PDF 没有保存成功，请检查磁盘空间',
  saveFile: notSaved,
}

function failed(name: keyof Desktop, error: unknown): CallFailure {
  return {
    code: 'DesktopFailed',
    message: titles[name] ?? '操作没有成功，请重试',
    details: { reason: error instanceof Error ? error.message : String(error) },
  }
}
