/** 业务流程图: what other rooms and the windows may use of this room. */
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { List } from './api.ts'
import { rowsOf } from './flow.ts'
import { flow, flowId, type FlowId } from './flows.ts'

export const FlowNotFound = domainError('FlowNotFound', '没有这张流程图，请从列表中选')

export const list = useCase(List, () =>
  flowId.values.map((id) => ({
    id,
    title: flow(id).title,
    states: rowsOf(flow(id)).length,
    moves: new Set(flow(id).moves.map(({ label }) => label)).size,
  })),
)

/** What the chart on paper shows. @throws FlowNotFound */
export function flowPaper(_: Context, id: string) {
  if (!(flowId.values as readonly string[]).includes(id)) throw new FlowNotFound()
  const shown = flow(id as FlowId)
  return { id, title: shown.title, rows: rowsOf(shown) }
}
