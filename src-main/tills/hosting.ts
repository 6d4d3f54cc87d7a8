/**
 * When the line of a host is open: as long as the hall has a second PC, or somebody is shown a code; and for some days after a
 * till was withdrawn (`tills.tellWithdrawnDays`), so that one which was off then hears why nothing goes any more, and not only
 * that nobody answers. It is told that and nothing else. Otherwise a hall of one PC listens to nobody.
 */
import type { HallEvent } from '../platform/contract.ts'
import type { Hall } from '../platform/hall.ts'
import { deskOf } from './desk.ts'
import { HostLine, type HostLineOptions } from './host-line.ts'
import { hostLineOf } from './host.ts'
import { hostIdentity } from './identity.ts'
import { hasOthers } from './paired.ts'

/** How often it is looked whether the code has run out, while nothing but the code keeps the line open (ms). */
const lookEveryMs = 15_000

type HostingParts = Pick<HostLineOptions, 'port' | 'version' | 'answer' | 'address'>

export class Hosting {
  readonly #hall: Hall
  readonly #parts: HostingParts
  #line: HostLine | null = null
  #looking: Promise<void> = Promise.resolve()
  #closed = false
  readonly #timer: NodeJS.Timeout

  constructor(hall: Hall, parts: HostingParts) {
    this.#hall = hall
    this.#parts = parts
    deskOf(hall.environment.sqlite).onChange(() => {
      hall.environment.emit({ event: 'changed', data: { room: 'tills' } })
      void this.look()
    })
    this.#timer = setInterval(() => this.#line && void this.look(), lookEveryMs)
    this.#timer.unref()
  }

  /** Opens or closes the line, one after the other. Never throws: what went wrong is told on the page. */
  look(): Promise<void> {
    return (this.#looking = this.#looking.then(() => this.#look()))
  }

  tell(event: HallEvent): void {
    this.#line?.tell(event)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#looking
    await this.#line?.close()
    this.#line = null
  }

  async #look(): Promise<void> {
    const { environment } = this.#hall
    if (this.#closed) return
    const desk = deskOf(environment.sqlite)
    const now = environment.clock.now()
    const toldSince = now - environment.settings.get('tills.tellWithdrawnDays') * 86_400_000
    const wanted = hasOthers(environment.sqlite, toldSince) || desk.hears(now)
    if (wanted === (this.#line !== null)) return
    if (!wanted) {
      await this.#line?.close()
      this.#line = null
      desk.listening = null
      return
    }
    try {
      const identity = await hostIdentity(environment.paths.root, environment.vault)
      const line = new HostLine(hostLineOf(this.#hall, { ...this.#parts, identity }))
      desk.listening = { port: await line.listen() }
      desk.trouble = null
      this.#line = line
    } catch (error) {
      environment.log.error('line-not-open', { error: String(error) })
      const { code, message } = error as Error & { code?: string }
      desk.trouble =
        code === 'EADDRINUSE'
          ? `端口 ${this.#parts.port} 被其他程序占用，分机连不上。请关闭占用的程序，然后重新启动本程序`
          : /\p{Script=Han}/u.test(message)
            ? message
            : '本机没有接上网络，分机连不上。请检查网络，然后重新启动本程序'
    }
    environment.emit({ event: 'changed', data: { room: 'tills' } })
  }
}
