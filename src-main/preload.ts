/**
 * The one bridge: a call, events, and the desktop functions. Nothing of Electron or Node reaches the page. A call that
 * was under way when the backend died is sent once more to the next one, which knows whether it may be done again.
 */
import { contextBridge, ipcRenderer, webFrame } from 'electron'
import type { Desktop, HallBridge } from './app/api.ts'
import type { CallFailure, CallReply, CallRequest, HallEvent, HallEvents } from './platform/contract.ts'

interface Pending {
  readonly request: CallRequest
  readonly resolve: (output: unknown) => void
  readonly reject: (failure: CallFailure) => void
}

let port: MessagePort | null = null
let nextId = 1
const pending = new Map<number, Pending>()
const listeners = new Map<string, Set<(data: never) => void>>()

ipcRenderer.on('hall:port', (event) => {
  const hadPort = port !== null
  port = event.ports[0] ?? null
  if (!port) return
  port.onmessage = ({ data }: MessageEvent<CallReply | HallEvent>) => ('id' in data ? settle(data) : hear(data))
  for (const { request } of pending.values()) port.postMessage(hadPort ? { ...request, again: true } : request)
})

function settle(reply: CallReply): void {
  const waiting = pending.get(reply.id)
  if (!waiting) return
  pending.delete(reply.id)
  if (reply.ok) waiting.resolve(reply.output)
  else waiting.reject(reply.error)
}

function hear({ event, data }: HallEvent): void {
  for (const listener of listeners.get(event) ?? []) listener(data as never)
}

/** Of whoever logged in last; the backend knows whether he is still at work. */
let session: string | null = null

const ask =
  <K extends keyof Desktop>(name: K) =>
  (...args: Parameters<Desktop[K]>): ReturnType<Desktop[K]> =>
    ipcRenderer.invoke(`desktop:${name}`, session, ...args).then((answer: { ok: boolean; value: unknown }) => {
      if (!answer.ok) throw answer.value
      return answer.value
    }) as ReturnType<Desktop[K]>

const bridge: HallBridge = {
  call: (name, input, session) =>
    new Promise((resolve, reject) => {
      const request: CallRequest = { id: nextId++, call: name, input, session }
      pending.set(request.id, { request, resolve, reject })
      port?.postMessage(request)
    }),
  on: <E extends keyof HallEvents>(event: E, listener: (data: HallEvents[E]) => void) => {
    const known = listeners.get(event) ?? new Set()
    listeners.set(event, known.add(listener as (data: never) => void))
    return () => void known.delete(listener as (data: never) => void)
  },
  identify: (token) => void (session = token),
  zoom: (factor) => webFrame.setZoomFactor(Math.min(2, Math.max(0.5, factor))),
  desktop: {
    startState: ask('startState'),
    create: ask('create'),
    join: ask('join'),
    unlock: ask('unlock'),
    keyKeeper: ask('keyKeeper'),
    changePassphrase: ask('changePassphrase'),
    backups: ask('backups'),
    restore: ask('restore'),
    printers: ask('printers'),
    print: ask('print'),
    pdf: ask('pdf'),
    chooseFiles: ask('chooseFiles'),
    placeBackups: ask('placeBackups'),
    saveFile: ask('saveFile'),
    displayState: ask('displayState'),
    openDisplay: ask('openDisplay'),
    closeDisplay: ask('closeDisplay'),
    keepTyped: ask('keepTyped'),
    showFile: ask('showFile'),
  },
}

contextBridge.exposeInMainWorld('hall', bridge)
