/** The ways out where headquarters and this hall have come apart. Each is an administrator's order, with a reason. */
import { recordBreak } from '../platform/breaks.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { BeginStream, SendAll, type WayOut } from './api.ts'
import { beginAt, chainOver, newestSeq, openState, type SyncState } from './outbox.ts'
import { chainGenesis } from './chain.ts'
import { snapshotJob, snapshotStart } from './snapshot.ts'
import { uploadJobName } from './upload.ts'

export const NoSuchWayOut = domainError('NoSuchWayOut', '上报没有遇到需要这样处理的问题，请刷新后再看')

/** Which way out there is. Where both agree up to a row, the hall goes on from it; else it sends its whole state. */
export function wayOutOf(state: Pick<SyncState, 'obstacle' | 'agreed' | 'acknowledged'> | null): WayOut | null {
  if (!state || state.obstacle === null) return null
  const { obstacle, agreed, acknowledged } = state
  const common = (obstacle === 'fork' || obstacle === 'newer') && agreed !== null && agreed >= acknowledged
  return common ? 'begin-stream' : 'send-all'
}

function order(context: Context, kind: 'forked' | 'resent', reason: string): string {
  const { sqlite, clock, actor } = context
  const before = statement<{ streamId: string }>(sqlite, 'SELECT stream_id AS streamId FROM device').get()
  recordBreak(sqlite, { kind, at: clock.now(), by: actor, reason, mark: null, open: false })
  context.audit({ subject: 'upload:hall', detail: { reason } })
  statement(sqlite, 'UPDATE jobs SET next_run_at = ? WHERE name IN (?, ?)').run(
    clock.now(),
    uploadJobName,
    snapshotJob.job,
  )
  context.emit({ event: 'changed', data: { room: 'sync' } })
  return before?.streamId ?? ''
}

const nowStream = ({ sqlite }: Context): string =>
  (statement<{ streamId: string }>(sqlite, 'SELECT stream_id AS streamId FROM device').get() as { streamId: string })
    .streamId

export const beginStream = useCase(BeginStream, ({ reason }, context) => {
  const { sqlite, device } = context
  const state = openState(sqlite, device.streamId)
  if (wayOutOf(state) !== 'begin-stream' || state.agreed === null) throw new NoSuchWayOut()
  const chain = chainOver(sqlite, state.chain, state.acknowledged + 1, state.agreed)
  if (chain === null) throw new NoSuchWayOut('本机已没有与总部相同的那一段记录，请改用「重新上报全部数据」')
  const baseStream = order(context, 'forked', reason)
  const { agreed } = state
  const base = agreed === 0 ? { baseStream: null, baseSeq: null } : { baseStream, baseSeq: agreed }
  const position = { streamId: nowStream(context), ...base, acknowledged: agreed, chain, snapshot: 0 }
  beginAt(sqlite, position, state.snapshotAt)
  return {}
})

export const sendAll = useCase(SendAll, ({ reason }, context) => {
  const { sqlite } = context
  const from = newestSeq(sqlite)
  order(context, 'resent', reason)
  beginAt(
    sqlite,
    {
      streamId: nowStream(context),
      baseStream: null,
      baseSeq: from,
      acknowledged: from,
      chain: chainGenesis,
      snapshot: 1,
    },
    JSON.stringify(snapshotStart(sqlite)),
  )
  return {}
})
