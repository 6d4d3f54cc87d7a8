/** 价目表: items and their versions. A version never changes; another price is another version, from its own day. */
import { counterSince, today } from '../ledger/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { Conflict } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import {
  AddItem,
  AddVersion,
  feeTerms,
  Items,
  maxItems,
  StopItem,
  WithdrawVersion,
  type FeeAccount,
  type FeeAct,
  type FeeBuyer,
  type FeeItem,
  type FeeKind,
  type FeePlace,
  type FeeVersion,
  type VersionTerms,
} from './api.ts'
import { FeeInForce, FeeNeedsSecondPerson, FeeNotFound, FeeRefused } from './errors.ts'
import { itemProblems, versionProblems, type FeeProblem } from './rules.ts'

interface ItemRow {
  readonly itemId: string
  readonly name: string
  readonly kind: FeeKind
  readonly unit: string
  readonly account: FeeAccount
  readonly state: 'in-force' | 'stopped'
}
interface VersionRow {
  readonly versionId: string
  readonly itemId: string
  readonly effectiveFrom: BusinessDate
  readonly price: Fen
  readonly maxPrice: Fen
  readonly taxRate: number
  readonly document: string
  readonly places: string
  readonly buyers: string
  readonly createdByName: string
  readonly approverName: string | null
  readonly charged: 0 | 1
}

const itemColumns = 'id AS itemId, name, kind, unit, account, state'
const versionColumns = `id AS versionId, item_id AS itemId, effective_from AS effectiveFrom, price, max_price AS maxPrice,
  tax_rate AS taxRate, document, places, buyers, created_by_name AS createdByName, approver_name AS approverName,
  EXISTS (SELECT 1 FROM fee_charges c WHERE c.item_id = fee_versions.item_id AND c.version_id = fee_versions.id) AS charged`

const asVersion = ({ charged, itemId: _, places, buyers, ...row }: VersionRow, on: BusinessDate): FeeVersion => ({
  ...row,
  places: JSON.parse(places) as FeePlace[],
  buyers: JSON.parse(buyers) as FeeBuyer[],
  withdrawable: charged === 0 && row.effectiveFrom > on,
})

const versionsOf = ({ sqlite }: Context, itemId: string, on: BusinessDate): FeeVersion[] =>
  statement<VersionRow>(
    sqlite,
    `SELECT ${versionColumns} FROM fee_versions WHERE item_id = ? ORDER BY effective_from DESC`,
  )
    .all(itemId)
    .map((row) => asVersion(row, on))

const asItem = (context: Context, row: ItemRow, on: BusinessDate): FeeItem => {
  const versions = versionsOf(context, row.itemId, on)
  return { ...row, versions, current: versions.find(({ effectiveFrom }) => effectiveFrom <= on) ?? null }
}

/** An item as it stands on a day. @throws FeeNotFound */
export function itemById(context: Context, itemId: string, on: BusinessDate): FeeItem {
  const row = statement<ItemRow>(context.sqlite, `SELECT ${itemColumns} FROM fee_items WHERE id = ?`).get(itemId)
  if (!row) throw new FeeNotFound()
  return asItem(context, row, on)
}

/** The whole list, what is in force first. */
export const allItems = (context: Context, on: BusinessDate): FeeItem[] =>
  statement<ItemRow>(
    context.sqlite,
    `SELECT ${itemColumns} FROM fee_items ORDER BY state, CASE kind WHEN 'service' THEN 1 WHEN 'goods' THEN 2 ELSE 3 END, name LIMIT ${maxItems}`,
  )
    .all()
    .map((row) => asItem(context, row, on))

/** 公示: what is charged on a day, by this very table. */
export const listOn = (context: Context, on: BusinessDate) =>
  allItems(context, on).flatMap(({ current, state, name, kind, unit, itemId }) =>
    current === null || state === 'stopped'
      ? []
      : [
          {
            itemId,
            name,
            kind,
            unit,
            price: current.price,
            maxPrice: current.maxPrice,
            document: current.document,
            buyers: current.buyers,
            places: current.places,
          },
        ],
  )
export type ListedFee = ReturnType<typeof listOn>[number]

/** Names that the company itself never charges for. */
export const furtherForbidden = ({ settings }: Pick<Context, 'settings'>): string[] =>
  settings
    .get('fees.forbiddenNames')
    .split(/[;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** A counter that has opened once is live: from then on a price is two persons' work. */
const isLive = (context: Context): boolean => counterSince(context) !== null

/** The person who agreed, or null where one alone sets the hall up. Asked last: what is wrong with the item is said first. */
function agreed(
  context: Context,
  approvalId: string | null,
  act: FeeAct,
  item: Pick<ItemRow, 'name' | 'kind' | 'unit' | 'account'>,
  about: { version?: VersionTerms; reason?: string },
): string | null {
  if (approvalId !== null)
    return consumeApproval(context, approvalId, 'fee-item', feeTerms(act, item, about)).approverName
  if (isLive(context)) throw new FeeNeedsSecondPerson()
  context.audit({ detail: { alone: true } })
  return null
}

/** @throws FeeRefused with every problem, on the field of the first */
export function refuse(problems: readonly FeeProblem[]): void {
  const [first] = problems
  if (first) throw new FeeRefused(problems.map(({ message }) => message).join('；'), { field: first.field })
}

const termsOf = ({
  effectiveFrom,
  price,
  maxPrice,
  taxRate,
  document,
  places,
  buyers,
}: VersionTerms): VersionTerms => ({
  effectiveFrom,
  price,
  maxPrice,
  taxRate,
  document,
  places: [...places],
  buyers: [...buyers],
})

interface NewVersion {
  readonly item: Pick<ItemRow, 'itemId' | 'name' | 'kind' | 'unit' | 'account'>
  readonly version: VersionTerms
}

function insertVersion(context: Context, { item, version }: NewVersion, approverName: string | null): string {
  const { sqlite, clock, actor } = context
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO fee_versions (id, item_id, effective_from, price, max_price, tax_rate, document, places, buyers, created_at,
       created_by, created_by_name, approver_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    item.itemId,
    version.effectiveFrom,
    version.price,
    version.maxPrice,
    version.taxRate,
    version.document,
    JSON.stringify(version.places),
    JSON.stringify(version.buyers),
    clock.now(),
    actor.id,
    actor.name,
    approverName,
  )
  return id
}

function insertItem({ sqlite, clock, actor }: Context, item: Omit<ItemRow, 'state'>): void {
  statement(
    sqlite,
    `INSERT INTO fee_items (id, name, kind, unit, account, state, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, 'in-force', ?, ?)`,
  ).run(item.itemId, item.name, item.kind, item.unit, item.account, clock.now(), actor.id)
}

/** What reads the list reads it anew: the board too. */
function changed(context: Context): void {
  context.emit({ event: 'changed', data: { room: 'fees' } })
  context.emit({ event: 'changed', data: { room: 'publicity' } })
}

const subjectOf = (name: string): string => `fee-item:${name}`

/** 价目表. */
export const items = useCase(Items, (_, context) => {
  const on = today(context)
  return { today: on, needsSecondPerson: isLive(context), items: allItems(context, on) }
})

export const addItem = useCase(AddItem, ({ name, kind, unit, account, approvalId, ...asked }, context) => {
  const version = termsOf(asked)
  const item = { itemId: newId(context.clock), name, kind, unit, account }
  refuse([...itemProblems(item, furtherForbidden(context)), ...versionProblems(kind, version)])
  if (statement(context.sqlite, 'SELECT 1 FROM fee_items WHERE name = ?').get(name))
    throw new Conflict(`已有收费项目“${name}”，改价请录入新版本`, { field: 'name' })
  const approverName = agreed(context, approvalId, 'create', item, { version })
  insertItem(context, item)
  const versionId = insertVersion(context, { item, version }, approverName)
  context.audit({ subject: subjectOf(name), detail: { kind, unit, account, version } })
  changed(context)
  return { itemId: item.itemId, versionId }
})

export const addVersion = useCase(AddVersion, ({ itemId, approvalId, ...asked }, context) => {
  const version = termsOf(asked)
  const on = today(context)
  const item = itemById(context, itemId, on)
  refuse([...itemProblems(item, furtherForbidden(context)), ...versionProblems(item.kind, version)])
  if (item.versions.some(({ effectiveFrom }) => effectiveFrom === version.effectiveFrom))
    throw new Conflict(`${version.effectiveFrom} 已有一个价格版本，请换一个执行日期`, { field: 'effectiveFrom' })
  // What was charged by the day's price was charged rightly: no later word changes the price of a day that is over.
  if (version.effectiveFrom < on)
    throw new FeeRefused('新价格最早从今天起执行，不能倒填日期', { field: 'effectiveFrom' })
  const approverName = agreed(context, approvalId, 'add', item, { version })
  const versionId = insertVersion(context, { item, version }, approverName)
  context.audit({ subject: subjectOf(item.name), detail: { version } })
  changed(context)
  return { versionId }
})

export const withdrawVersion = useCase(WithdrawVersion, ({ versionId, reason, approvalId }, context) => {
  const { sqlite } = context
  const on = today(context)
  const itemId = statement<{ itemId: string }>(sqlite, 'SELECT item_id AS itemId FROM fee_versions WHERE id = ?').get(
    versionId,
  )?.itemId
  if (itemId === undefined) throw new FeeNotFound()
  const item = itemById(context, itemId, on)
  const version = item.versions.find((one) => one.versionId === versionId)
  if (!version?.withdrawable) throw new FeeInForce()
  if (item.versions.length === 1) throw new FeeInForce('这是项目唯一的价格，不能撤回；不再收的请停用项目')
  agreed(context, approvalId, 'withdraw', item, { version: termsOf(version), reason })
  statement(sqlite, 'DELETE FROM fee_versions WHERE id = ?').run(versionId)
  context.audit({ subject: subjectOf(item.name), detail: { withdrawn: version, reason } })
  changed(context)
  return { itemId }
})

export const stopItem = useCase(StopItem, ({ itemId, stopped, reason, approvalId }, context) => {
  const item = itemById(context, itemId, today(context))
  if ((item.state === 'stopped') === stopped)
    throw new Conflict(stopped ? `“${item.name}”已经停用` : `“${item.name}”正在使用`)
  if (!stopped) refuse(itemProblems(item, furtherForbidden(context)))
  agreed(context, approvalId, stopped ? 'stop' : 'resume', item, { reason })
  statement(context.sqlite, 'UPDATE fee_items SET state = ? WHERE id = ?').run(stopped ? 'stopped' : 'in-force', itemId)
  context.audit({ subject: subjectOf(item.name), detail: { stopped, reason } })
  changed(context)
  return {}
})

/** Enters items that are not there yet, for a demo hall. */
export function seedItems(
  context: Context,
  seeds: readonly (Omit<ItemRow, 'itemId' | 'state'> & { readonly version: VersionTerms })[],
): void {
  for (const { version, ...seed } of seeds) {
    const item = { ...seed, itemId: newId(context.clock) }
    refuse([...itemProblems(item, []), ...versionProblems(item.kind, version)])
    insertItem(context, item)
    insertVersion(context, { item, version }, null)
  }
}
