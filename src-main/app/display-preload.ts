/** All the display can do: hear the board. What was heard last is told at once to a page that begins to listen. */
import { contextBridge, ipcRenderer } from 'electron'
import type { BoardBridge } from './api.ts'

let last: { readonly board: unknown } | null = null
let listener: ((board: unknown) => void) | null = null

ipcRenderer.on('hall:board', (event) => {
  const [port] = event.ports
  if (!port) return
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    last = { board: data }
    listener?.(data)
  }
})

const bridge: BoardBridge = {
  onBoard(hear) {
    listener = hear
    if (last) hear(last.board)
  },
}
contextBridge.exposeInMainWorld('board', bridge)
