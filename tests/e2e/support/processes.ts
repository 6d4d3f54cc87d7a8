/** The processes of a running program, found by descent; nothing else is ever ended. */
import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function running(): Process[] {
  const listed = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 10_000_000 })
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

/** Children, their children, and so on. */
export function descendantsOf(root: number): Process[] {
  const all = running()
  const found: Process[] = []
  for (let parents = [root]; parents.length > 0;) {
    const children = all.filter(({ parent }) => parents.includes(parent))
    found.push(...children)
    parents = children.map(({ pid }) => pid)
  }
  return found
}

const rootOf = ({ pid }: ChildProcess): number => {
  if (pid === undefined) throw new Error('the program does not run')
  return pid
}

/** The process that holds the database; null while it is being started again. */
export const backendOf = (program: ChildProcess): number | null =>
  descendantsOf(rootOf(program)).find(({ command }) => /utility-sub-type=node\.mojom\.NodeService/.test(command))
    ?.pid ?? null

/** The backend stands still while this is done: whatever is asked of it meanwhile is answered afterwards. */
export async function whileBackendWaits(program: ChildProcess, act: () => Promise<void>): Promise<void> {
  const backend = backendOf(program)
  if (backend === null) throw new Error('the backend does not run')
  process.kill(backend, 'SIGSTOP')
  try {
    await act()
  } finally {
    process.kill(backend, 'SIGCONT')
  }
}

/** SIGKILL. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself.
  }
}

/** SIGKILL for the process that `backendOf` found. */
export const endBackend = end

/** SIGKILL for the program and every process of it. */
export async function endAll(program: ChildProcess): Promise<void> {
  const root = rootOf(program)
  const others = descendantsOf(root)
  const gone = program.exitCode === null && program.signalCode === null ? once(program, 'exit') : Promise.resolve()
  for (const pid of [root, ...others.map((one) => one.pid)]) end(pid)
  await gone
}
