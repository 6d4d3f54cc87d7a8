/** 地址待核对: addresses that could not be cut with certainty, and what the hall says about them once and for all files. */
import type { PlaceValue } from '../customers/api.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { plainAddress, takeApart, type AddressRules } from './address.ts'
import { Addresses, SayCommunity, SayPlace } from './api.ts'
import { openStates } from './rules.ts'
import { importById, ImportMoved } from './store.ts'

export function addressRulesOf({ sqlite }: Pick<Context, 'sqlite'>, source: string): AddressRules {
  const rows = statement<{ written: string; kind: 'whole' | 'community'; place: string }>(
    sqlite,
    'SELECT written, kind, place FROM import_places WHERE source = ? ORDER BY length(written) DESC',
  ).all(source)
  return {
    communities: rows.filter(({ kind }) => kind === 'community').map(({ written }) => written),
    whole: new Map(
      rows
        .filter(({ kind }) => kind === 'whole')
        .map(({ written, place }) => [written, JSON.parse(place) as PlaceValue]),
    ),
  }
}

/** Distinct addresses page by their first row. */
export const addressesSql = `SELECT value AS written, min(reason) AS reason, count(*) AS rows, min(row_no) AS firstRow
  FROM import_problems WHERE import_id = @id AND level = 'notice' AND field = 'address' AND reason LIKE '地址待核对%'
  GROUP BY value HAVING min(row_no) > @after ORDER BY firstRow LIMIT @limit`

export const addresses = useCase(Addresses, ({ importId, page: { after, size } }, context) => {
  const { source } = importById(context, importId)
  if (after !== null && !/^\d{1,9}$/.test(after)) {
    throw new InvalidInput('翻页位置无效，请重新打开列表', { field: 'page.after' })
  }
  const rules = addressRulesOf(context, source)
  const found = statement<{ written: string; reason: string; rows: number; firstRow: number }>(
    context.sqlite,
    addressesSql,
  ).all({ id: importId, after: Number(after ?? 0), limit: size + 1 })
  const shown = found.slice(0, size)
  return {
    rows: shown.map((one) => ({ ...one, place: takeApart(one.written, rules).place })),
    next: found.length > size ? String(shown.at(-1)?.firstRow) : null,
  }
})

function say(context: Context, importId: string, kind: 'whole' | 'community', written: string, place: string): void {
  const { sqlite, clock, actor } = context
  const record = importById(context, importId)
  if (!openStates.includes(record.state)) throw new ImportMoved('已经导入的文件不能再改地址规则，请到客户档案里修改')
  statement(
    sqlite,
    `INSERT INTO import_places (source, written, kind, place, saved_at, saved_by) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source, kind, written) DO UPDATE SET place = excluded.place, saved_at = excluded.saved_at,
       saved_by = excluded.saved_by`,
  ).run(record.source, written, kind, place, clock.now(), actor.name)
  context.audit({ subject: `import:${importId}`, detail: { source: record.source, kind } })
}

export const sayPlace = useCase(SayPlace, ({ importId, written, place }, context) => {
  say(context, importId, 'whole', plainAddress(written), JSON.stringify(place))
  return {}
})

export const sayCommunity = useCase(SayCommunity, ({ importId, name }, context) => {
  say(context, importId, 'community', plainAddress(name), '')
  return {}
})
