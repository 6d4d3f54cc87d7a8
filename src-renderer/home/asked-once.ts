/** What several rooms want to know at once is asked of the backend once. */
import type { Api } from '../api.ts'

type Send = (input: unknown) => Promise<unknown>

/** The same calls, where one with the same input is sent once and its answer shared: for one look at the hall, not longer. */
export function askedOnce(api: Api): Api {
  const answers = new Map<string, Promise<unknown>>()
  const share = (name: string, send: Send) => (input: unknown) => {
    const key = `${name} ${JSON.stringify(input)}`
    const answer = answers.get(key) ?? send(input)
    answers.set(key, answer)
    return answer
  }
  const roomOf = (room: string, calls: object) =>
    new Proxy(calls, {
      get(target, verb) {
        const send: unknown = Reflect.get(target, verb)
        return typeof send === 'function' ? share(`${room}.${String(verb)}`, send as Send) : send
      },
    })
  return Object.fromEntries(Object.entries(api).map(([room, calls]) => [room, roomOf(room, calls)])) as Api
}
