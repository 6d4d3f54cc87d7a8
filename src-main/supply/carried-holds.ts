/** What a restore brought along as it stands in the way of gas: asked wherever gas may flow again. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'

export const carriedSubject = (matterId: string): string => `carried:${matterId}`
export const isCarried = ({ subject }: { readonly subject: string }): boolean => subject.startsWith('carried:')
export const carriedText = (note: string): string => `恢复备份前已停气，须先在“恢复前的安全事项”里核对处理：${note}`

/** What is not answered yet and holds nothing by itself: an open hazard or order of the place, and a hall nobody could read. */
export const carriedObstacles = ({ sqlite }: Pick<Context, 'sqlite'>, servicePointId: string): string[] =>
  statement<{ kind: string; what: string }>(
    sqlite,
    `SELECT kind, what FROM carried_matters WHERE settled_at IS NULL AND service_point_id = @id AND held = 0
     UNION ALL
     SELECT kind, what FROM carried_matters WHERE settled_at IS NULL AND service_point_id IS NULL AND kind = 'unread'`,
  )
    .all({ id: servicePointId })
    .map(({ kind, what }) =>
      kind === 'unread'
        ? '停气清单还没有补，谁家停着气没有人知道；请主任在“恢复前的安全事项”里补清单，或写明没有（第十七条、第十九条）'
        : `恢复备份前没有办结，须先在“恢复前的安全事项”里补录或解除：${what}`,
    )
