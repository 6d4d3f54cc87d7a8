/** Where the week is played: the program is ended and started again for each hour of it, and whoever acts logs in. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { logIn, passwordOf, startApp, type RunningApp } from '../../e2e/support/app.ts'
import { Desk } from '../desk.ts'

/** What somebody tried that must not be done, and what the program said. */
export interface Refusal {
  /** The clause that forbids it: '19(3)'. */
  readonly clause: string
  readonly tried: string
  /** In Chinese, as the clerk reads it. */
  readonly said: string
  /** Told by the screen, or by the backend when it was asked past the screen. */
  readonly by: 'screen' | 'backend'
}

/** What the screen showed at an hour, where the record alone does not say that anybody could see it. */
export interface Sight {
  readonly clause: string
  readonly where: string
  readonly text: string
}

const recordFile = '现场记录.json'

export class Stage {
  readonly folder: string
  readonly dataFolder: string
  readonly tell: (line: string) => void
  readonly refusals: Refusal[] = []
  readonly sights: Sight[] = []
  #app: RunningApp | null = null
  #desk: Desk | null = null

  /** @param folder takes what the week leaves; the hall itself lies in its `data` */
  constructor(folder: string, tell: (line: string) => void) {
    this.folder = folder
    this.dataFolder = join(folder, 'data')
    this.tell = tell
  }

  /** The program as it is started at an hour of the week, `2026-11-23T08:30`, in Shanghai. Nobody is logged in. */
  async at(hour: string): Promise<void> {
    await this.close()
    this.#app = await startApp({
      dataFolder: this.dataFolder,
      clock: `${hour}:00+08:00`,
      env: { HALL_DEMO: '1' },
    })
    const { page } = this.#app
    // The first start makes the demo hall.
    await page.locator('input').first().waitFor({ timeout: 180_000 })
    page.setDefaultTimeout(90_000)
    this.#desk = new Desk(this.#app, join(this.folder, 'screenshots'), this.tell)
  }

  get desk(): Desk {
    if (!this.#desk) throw new Error('nobody has opened the hall')
    return this.#desk
  }

  /** Whoever was at the desk leaves it to somebody else. */
  async as(staffNo: string): Promise<Desk> {
    const { desk } = this
    if (await desk.page.getByRole('navigation').first().isVisible()) await desk.logOut()
    await logIn(desk.page, staffNo)
    return desk
  }

  query<Row>(sql: string, ...params: unknown[]): Row[] {
    return this.desk.app.query<Row>(sql, ...params)
  }

  one<Row>(what: string, sql: string, ...params: unknown[]): Row {
    const [row] = this.query<Row>(sql, ...params)
    if (row === undefined) throw new Error(`the hall has no ${what}`)
    return row
  }

  /** Waits until the database has it. */
  async until(what: string, sql: string, wanted: unknown, ...params: unknown[]): Promise<void> {
    const limit = Date.now() + 90_000
    let found: unknown
    while ((found = Object.values(this.query<object>(sql, ...params)[0] ?? {})[0]) !== wanted) {
      if (Date.now() > limit) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }

  refused(refusal: Refusal): void {
    this.refusals.push(refusal)
    this.tell(`　拒绝（第 ${refusal.clause} 条）${refusal.tried}：${refusal.said}`)
    this.#keep()
  }

  saw(sight: Sight): void {
    this.sights.push(sight)
    this.#keep()
  }

  #keep(): void {
    const { refusals, sights } = this
    writeFileSync(join(this.folder, recordFile), JSON.stringify({ refusals, sights }, null, 2))
  }

  /**
   * Asks the backend itself, past every screen, as somebody who is not at the desk now; it must refuse.
   * @returns what it said
   */
  async knock(staffNo: string, call: string, input: (read: Read) => Promise<object>): Promise<string> {
    const { page } = this.desk
    const send = (name: string, body: unknown, token: string | null) =>
      page.evaluate(
        async ([called, given, session]) => {
          try {
            return { output: (await window.hall.call(called, given, session)) as Record<string, unknown> }
          } catch (failure) {
            return { failure: failure as { code: string; message: string } }
          }
        },
        [name, body, token] as const,
      )
    const entered = await send('access.login', { staffNo, password: passwordOf(staffNo) }, null)
    const token = entered.output?.['token']
    if (typeof token !== 'string') throw new Error(`${staffNo} cannot log in`)
    const read: Read = async (name, body) => {
      const { output, failure } = await send(name, body, token)
      if (!output) throw new Error(`${name}: ${failure?.message ?? ''}`)
      return output
    }
    const { failure } = await send(call, await input(read), token)
    await send('access.logout', {}, token)
    if (!failure) throw new Error(`${call} was not refused`)
    return failure.message
  }

  /** What the window shows, where it is open. @returns whether it could be kept */
  picture(path: string): Promise<boolean> {
    const shot = this.#app?.page.screenshot({ path }) ?? Promise.reject(new Error('no window'))
    return shot.then(
      () => true,
      () => false,
    )
  }

  async close(): Promise<void> {
    const app = this.#app
    this.#app = null
    this.#desk = null
    if (!app) return
    await app.close()
    // The window may be gone before the backend has put its database away: its log goes last.
    const log = join(this.dataFolder, 'hall.db-wal')
    for (const limit = Date.now() + 10_000; existsSync(log) && Date.now() < limit;) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** A read call of the same person, to know what to send. */
export type Read = (call: string, input: object) => Promise<Record<string, unknown>>
