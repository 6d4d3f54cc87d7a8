/** A hall and its headquarters that have come apart, brought together as an administrator would. */
import { join } from 'node:path'
import { BeginStream, SendAll, Status, UploadNow } from '../../src-main/sync/api.ts'
import { startReceiver, type Receiver } from '../headquarters/receiver.ts'
import type { TestHall } from '../support/hall.ts'

const token = 'meeting-token'

/** Headquarters whose data lie in a folder as `headquarters.db`. */
export const headquartersIn = (folder: string): Promise<Receiver> =>
  startReceiver({ file: join(folder, 'headquarters.db'), token })

export function meet(hall: Pick<TestHall, 'hall'>, url: string): void {
  const keep = hall.hall.environment.sqlite.prepare(
    `INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')`,
  )
  for (const [key, value] of Object.entries({ 'sync.url': url, 'sync.token': token }))
    keep.run(key, JSON.stringify(value))
}

/** Uploads; where that is refused, takes the way out that the page shows, and uploads again. @throws CallFailed */
export async function comeTogether(hall: Pick<TestHall, 'call'>): Promise<void> {
  const upload = () => hall.call(UploadNow, {}, 'administrator')
  const refused = await upload().then(
    () => null,
    (error: unknown) => error,
  )
  const { wayOut } = await hall.call(Status, {}, 'administrator')
  const order = { requestId: crypto.randomUUID(), reason: '确认本机为营业电脑' }
  if (wayOut === 'send-all') await hall.call(SendAll, order, 'administrator')
  if (wayOut === 'begin-stream') await hall.call(BeginStream, order, 'administrator')
  if (refused !== null) await upload()
}
