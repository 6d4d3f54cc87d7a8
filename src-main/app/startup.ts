/** From start to an open database: where the key is kept, when to ask for a passphrase, what went wrong. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import { DomainError } from '../platform/errors.ts'
import {
  changePassphrase,
  createKey,
  KeyExists,
  openKey,
  keyKind,
  type Keeping,
  type KeyKind,
  type OsStore,
  checkPassphrase,
} from '../platform/keys.ts'
import { hallWasHere, isTill, makingPath, tracesIn } from '../platform/data-folder.ts'
import type { JoinOrder, RestoreProof, StartState } from './api.ts'
import { BackendProcess } from './backend-process.ts'
import { keepPrivate } from '../platform/private-folder.ts'
import { testVariable } from './test-variable.ts'

/** Electron's `basic_text` is a constant in the source of Chromium: obfuscation, not protection, so it counts as none. */
function osStore(): OsStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null
  return {
    wrap: (key) => safeStorage.encryptString(key).toString('base64'),
    unwrap: (wrapped) => safeStorage.decryptString(Buffer.from(wrapped, 'base64')),
  }
}

/** @throws NoOsStore · PassphraseTooShort · PassphraseTooWeak: before anything is made under it */
function keepingBy(passphrase: string | null): Keeping {
  if (passphrase !== null) {
    checkPassphrase(passphrase)
    return { kind: 'passphrase', passphrase }
  }
  const store = osStore()
  if (!store) throw new DomainError('NoOsStore', '本机系统没有密钥保管功能，请设置管理员口令')
  return { kind: 'os', osStore: store }
}

export class Startup {
  readonly dataFolder = process.env['HALL_DATA'] ?? join(app.getPath('userData'), 'hall')
  readonly #demo = testVariable('HALL_DEMO') === '1'
  readonly backend: BackendProcess
  /** Epoch ms. */
  readonly #begun = Date.now()
  #settle: (state: Promise<StartState>) => void = () => undefined
  /** Whoever asks before the beginning is answered with what it leads to. */
  #state = new Promise<StartState>((resolve) => (this.#settle = resolve))

  constructor() {
    this.backend = new BackendProcess((state) => (this.#state = Promise.resolve(state)))
  }

  state(): Promise<StartState> {
    return this.#state
  }

  /** Whether there are data here whose key needs nobody's passphrase: they are open in a moment. */
  opensAlone(): boolean {
    try {
      const kind = keyKind(this.dataFolder)
      return kind !== null && kind !== 'passphrase' && tracesIn(this.dataFolder).database === 'there'
    } catch {
      // A damaged key file is told by the start itself; here it only means that nothing opens alone.
      return false
    }
  }

  /** Opens at once when the key can be had without asking anybody. */
  begin(): void {
    const state = this.#attempt(async () => {
      this.#takeFolder()
      const kind = keyKind(this.dataFolder)
      const traces = tracesIn(this.dataFolder)
      if (kind === null && (traces.database === 'there' || hallWasHere(traces))) {
        throw new DomainError(
          'KeyMissing',
          '这里曾经营业，但找不到数据密钥文件 key.json。没有它任何数据和备份都打不开，请从备份介质恢复该文件后重新启动，不要删除任何文件',
        )
      }
      if (kind === null && this.#demo) return this.#make({ kind: 'file' })
      if (kind === null) return { phase: 'new', osStore: osStore() !== null }
      if (kind === 'passphrase') return { phase: 'locked' }
      return this.#open(openKey(this.dataFolder, { osStore: osStore() }))
    })
    this.#state = state
    this.#settle(state)
  }

  /** @throws FolderNotOurs where the folder cannot be made, closed to others or written */
  #takeFolder(): void {
    try {
      keepPrivate(this.dataFolder, this.#begun)
    } catch (error) {
      throw new DomainError(
        'FolderNotOurs',
        `数据文件夹 ${this.dataFolder} 不能写入，或不归当前系统用户所有。请用营业所用的系统用户登录电脑，或请管理员检查文件夹权限和磁盘，然后重新启动`,
        { details: { reason: String(error) } },
      )
    }
  }

  /** Only where nothing is yet: a key made beside data whose key is missing would be the wrong one for good. */
  async create(passphrase: string | null): Promise<StartState> {
    const { phase } = await this.#state
    return this.#attempt(() => {
      if (phase !== 'new') throw new KeyExists()
      return this.#make(keepingBy(passphrase))
    })
  }

  /**
   * 加入本厅. The host writes this PC down in the moment it believes it, so whatever can be refused here is asked before. A till
   * that is none any more, or hears nobody, joins anew under the key it has.
   * @throws PassphraseTooShort · PassphraseTooWeak · what the host refuses for
   */
  async join({ passphrase, ...order }: { passphrase: string | null } & JoinOrder): Promise<StartState> {
    const { phase } = await this.#state
    if ((phase === 'ready' || phase === 'failed') && isTill(this.dataFolder)) {
      await this.backend.join({ ...order, ...this.#surroundings() })
      const opened = this.backend.openJoined()
      if (opened) return opened
    }
    if (phase !== 'new') throw new KeyExists()
    const keeping = keepingBy(passphrase)
    await this.backend.join({ ...order, ...this.#surroundings() })
    return this.#openTill(createKey(this.dataFolder, keeping), true)
  }

  /** A wrong passphrase is an answer, not a state: the screen stays where it is. */
  async unlock(passphrase: string): Promise<StartState> {
    const { phase } = await this.#state
    if (phase !== 'locked') throw new DomainError('NotLocked', '数据已打开或不能用口令打开，请重新启动程序')
    return this.#open(openKey(this.dataFolder, { osStore: osStore(), passphrase }))
  }

  keyKeeper(): KeyKind | null {
    return keyKind(this.dataFolder)
  }

  /** The open database is not touched: only what wraps its key changes. @throws WrongKey · NoPassphrase */
  changePassphrase(present: string, next: string): void {
    if (this.keyKeeper() !== 'passphrase') throw new DomainError('NoPassphrase', '本机密钥不由口令保管，没有启动口令')
    changePassphrase(this.dataFolder, present, next)
  }

  restore(fileName: string, by: RestoreProof | null): Promise<StartState> {
    return this.backend.restore(fileName, by)
  }

  /** A new hall: what is left of it when it is killed in the making says so itself, and is no loss. */
  #make(keeping: Keeping): Promise<StartState> {
    writeFileSync(makingPath(this.dataFolder), '')
    return this.#open(createKey(this.dataFolder, keeping), true)
  }

  #openTill(key: string, joined = false): Promise<StartState> {
    return this.backend.open({ type: 'openTill', dataFolder: this.dataFolder, key, joined, ...this.#surroundings() })
  }

  #surroundings() {
    const start = testVariable('HALL_CLOCK')
    return { clockOffset: start ? Date.parse(start) - this.#begun : null, version: app.getVersion() }
  }

  #open(key: string, create = false): Promise<StartState> {
    if (!create && isTill(this.dataFolder)) return this.#openTill(key)
    return this.backend.open({
      type: 'open',
      dataFolder: this.dataFolder,
      resources: app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources'),
      key,
      demo: this.#demo,
      create,
      ...this.#surroundings(),
    })
  }

  async #attempt(work: () => StartState | Promise<StartState>): Promise<StartState> {
    try {
      return await work()
    } catch (error) {
      const failure =
        error instanceof DomainError
          ? error.toFailure()
          : { code: 'StartFailed', message: '程序没有启动成功，请联系管理员', details: { reason: String(error) } }
      return { phase: 'failed', error: failure }
    }
  }
}
