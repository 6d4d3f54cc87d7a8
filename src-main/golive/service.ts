/** 开业准备: computed from what is there, so that it is true after a restart and whoever did the work. */
import type { WindowAct } from '../imports/api.ts'
import { wordingsAccepted } from '../contracts/service.ts'
import { paperNames, type PaperKind } from '../notices/api.ts'
import { roleNames, type Role } from '../platform/contract.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate } from '../platform/dates.ts'
import { useCase } from '../platform/use-case.ts'
import { Checklist, Decide, type ChecklistItem, type ChecklistRow } from './api.ts'
import { checklistItems } from './words.ts'

/** Whether a point is done, and in words what is there or missing. */
interface Finding {
  readonly done: boolean
  readonly detail: string
  readonly onlyCertificates?: boolean
}

const count = ({ sqlite }: Context, sql: string, ...params: unknown[]): number =>
  statement<{ n: number }>(sqlite, sql).get(...params)?.n ?? 0

function phones({ settings }: Context): Finding {
  const missing = [
    ...(settings.get('company.servicePhone') === '' ? ['24 小时服务电话'] : []),
    ...(settings.get('company.emergencyPhone') === '' ? ['24 小时抢险电话'] : []),
  ]
  return missing.length === 0
    ? {
        done: true,
        detail: `服务 ${settings.get('company.servicePhone')}，抢险 ${settings.get('company.emergencyPhone')}`,
      }
    : { done: false, detail: `还缺 ${missing.join('、')}` }
}

function prices(context: Context): Finding {
  const n = count(
    context,
    `SELECT count(DISTINCT p.id) AS n FROM price_plans p JOIN price_versions v ON v.plan_id = p.id
     WHERE p.state = 'in-force' AND v.effective_from <= ?`,
    shanghaiDate(context.clock.now()),
  )
  return n > 0 ? { done: true, detail: `${n} 个方案已生效` } : { done: false, detail: '还没有生效的价格方案' }
}

/** Without these nobody can serve, collect or approve. */
const neededRoles: readonly Role[] = ['hall-manager', 'clerk', 'cashier']

function staff(context: Context): Finding {
  const has = (role: Role) =>
    count(
      context,
      `SELECT count(*) AS n FROM staff s, json_each(s.roles) r WHERE s.state = 'active' AND r.value = ?`,
      role,
    ) > 0
  const missing = neededRoles.filter((role) => !has(role)).map((role) => roleNames[role])
  const certificates = count(
    context,
    'SELECT count(*) AS n FROM certificates WHERE withdrawn_on IS NULL AND valid_to >= ?',
    shanghaiDate(context.clock.now()),
  )
  if (missing.length > 0) return { done: false, detail: `还没有${missing.join('、')}` }
  return certificates > 0
    ? { done: true, detail: `人员齐备，有效上岗证 ${certificates} 份` }
    : { done: false, detail: '还没有登记上岗证', onlyCertificates: true }
}

/** What a customer takes away on the first day. */
const triedPapers: readonly PaperKind[] = ['receipt', 'bill', 'supply-contract']

/** By the kinds there are, of which each has its test pages together: years of receipts are not looked through for them. */
export const triedSql = `SELECT k.value AS kind FROM json_each(?) k WHERE EXISTS (
    SELECT 1 FROM printings p CROSS JOIN printing_outcomes o ON o.printing_id = p.id
    WHERE p.kind = k.value AND p.paper_id = 'test' AND p.how = 'printer' AND o.outcome = 'printed')`

function printers({ sqlite }: Context): Finding {
  const came = statement<{ kind: PaperKind }>(sqlite, triedSql)
    .all(JSON.stringify(Object.keys(paperNames)))
    .map(({ kind }) => kind)
  const missing = triedPapers.filter((kind) => !came.includes(kind)).map((kind) => paperNames[kind])
  return missing.length === 0
    ? { done: true, detail: `已试印 ${came.length} 种单据` }
    : { done: false, detail: `还没有试印${missing.join('、')}` }
}

function headquarters({ sqlite, settings }: Context): Finding {
  if (settings.get('sync.url') === '') return { done: false, detail: '还没有填写接收地址' }
  if (settings.get('sync.token') === '') return { done: false, detail: '还没有填写令牌' }
  const reached = statement<{ at: number | null; error: string | null }>(
    sqlite,
    'SELECT last_success_at AS at, last_error AS error FROM sync_state',
  ).get()
  const since = statement<{ at: number }>(
    sqlite,
    `SELECT max(updated_at) AS at FROM settings WHERE key IN ('sync.url', 'sync.token')`,
  ).get()
  if (reached !== undefined && reached.at !== null && reached.at >= (since?.at ?? 0))
    return { done: true, detail: '已连通' }
  return { done: false, detail: reached?.error ?? '已填写，请测试连接' }
}

function wordings(context: Context): Finding {
  const { accepted, all } = wordingsAccepted(context)
  return accepted === all
    ? { done: true, detail: `${all} 份文本已审定` }
    : { done: false, detail: `${all} 份文本中 ${all - accepted} 份未审定，打印时标“示例”` }
}

function customers(context: Context): Finding {
  const n = count(context, 'SELECT count(*) AS n FROM accounts')
  return n > 0 ? { done: true, detail: `已有 ${n} 户` } : { done: false, detail: '还没有客户' }
}

function movingIn({ sqlite }: Context): Finding {
  const last = statement<{ act: WindowAct; byName: string }>(
    sqlite,
    'SELECT act, by_name AS byName FROM import_window_acts ORDER BY no DESC LIMIT 1',
  ).get()
  if (last?.act === 'closed') return { done: true, detail: `已由${last.byName}结束` }
  return { done: false, detail: last ? '已重新开放，搬完请再结束' : '客户搬完、核对无误后由主任结束' }
}

function board(context: Context): Finding {
  const n = count(context, `SELECT count(*) AS n FROM board_versions WHERE state = 'published'`)
  return n > 0 ? { done: true, detail: '已发布' } : { done: false, detail: '还没有发布，公示屏显示的是示例' }
}

function backup(context: Context): Finding {
  const n = count(context, `SELECT count(*) AS n FROM backups WHERE state = 'proved'`)
  return n > 0
    ? { done: true, detail: `每日 ${context.settings.get('backup.time')} 自动备份` }
    : { done: false, detail: '还没有一份核对过的备份' }
}

const findings: Readonly<Record<ChecklistItem, (context: Context) => Finding>> = {
  phones,
  prices,
  staff,
  printers,
  headquarters,
  wordings,
  customers,
  window: movingIn,
  board,
  backup,
}

interface Point {
  readonly choice: 'done' | 'not-needed'
  readonly note: string
}

/** How one point stands; what the data show is more than what somebody decided. */
function rowOf(context: Context, item: ChecklistItem): ChecklistRow {
  const { done, detail, onlyCertificates = false } = findings[item](context)
  if (done) return { item, state: 'done', detail, onlyCertificates }
  const point = statement<Point>(context.sqlite, 'SELECT choice, note FROM golive_points WHERE item = ?').get(item)
  return point
    ? { item, state: point.choice, detail: point.note, onlyCertificates }
    : { item, state: 'open', detail, onlyCertificates }
}

export const checklist = useCase(Checklist, (_, context) =>
  context.device.demo ? [] : checklistItems.map((item) => rowOf(context, item)),
)

export const decide = useCase(Decide, ({ item, choice, note }, context) => {
  const { sqlite, clock, actor } = context
  context.audit({ subject: `golive:${item}`, detail: { choice, note } })
  if (choice === 'open') statement(sqlite, 'DELETE FROM golive_points WHERE item = ?').run(item)
  else {
    statement(
      sqlite,
      `INSERT INTO golive_points (item, choice, note, at, by) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (item) DO UPDATE SET choice = excluded.choice, note = excluded.note, at = excluded.at, by = excluded.by`,
    ).run(item, choice, note, clock.now(), actor.id)
  }
  context.emit({ event: 'changed', data: { room: 'golive' } })
  return {}
})
