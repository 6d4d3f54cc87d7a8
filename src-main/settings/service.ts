/** 设置: read by everybody through the platform, changed here only. */
import { z } from 'zod'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { consumeApproval } from '../platform/approvals.ts'
import { domainError, InvalidInput, NotAllowed } from '../platform/errors.ts'
import type { LinesKind } from '../platform/setting-entry.ts'
import { catalog, secretSettings, type SettingKey } from '../platform/settings-catalog.ts'
import { useCase } from '../platform/use-case.ts'
import { Change, List, safetyTerms, type SettingView } from './api.ts'

interface ChangedRow {
  key: string
  at: number
  by: string
}

interface Shape {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
}

type Look = Pick<SettingView, 'kind' | 'lines' | 'min' | 'max' | 'choices'>

/** How a setting is entered, read off its schema, so that the catalog stays the one place that knows it. */
function lookOf(key: SettingKey): Look {
  const entry: (typeof catalog)[SettingKey] & { choices?: Readonly<Record<string, string>>; lines?: LinesKind } =
    catalog[key]
  const shape = z.toJSONSchema(entry.schema, { unrepresentable: 'any' }) as Shape
  const look = { lines: entry.lines ?? null, min: null, max: null, choices: [] }
  if (secretSettings.has(key)) return { ...look, kind: 'secret' }
  if (shape.type === 'boolean') return { ...look, kind: 'boolean' }
  if (shape.type === 'integer') {
    return { ...look, kind: 'integer', min: shape.minimum ?? null, max: shape.maximum ?? null }
  }
  if (shape.enum) {
    const choices = shape.enum.map((value) => ({ value, label: entry.choices?.[value] ?? value }))
    return { ...look, kind: 'choice', choices }
  }
  return { ...look, kind: 'text' }
}

/** What a person has to type instead, in words of the counter. */
function whatItShouldBe(key: SettingKey, { issues: [issue] }: z.ZodError): string {
  const { kind, min, max } = lookOf(key)
  if (issue?.code === 'custom') return issue.message
  if (kind === 'integer') return min === max ? `应为 ${min}` : `应为 ${min} 至 ${max} 的整数`
  if (kind === 'boolean') return '应为是或否'
  if (kind === 'choice') return '请从列出的项目中选择'
  if (issue?.code === 'too_small') return `不能少于 ${issue.minimum} 个字`
  if (issue?.code === 'too_big') return `不能超过 ${issue.maximum} 个字`
  return issue?.message ?? '此值不能保存'
}

export const SecondPersonNeeded = domainError('SecondPersonNeeded', '本厅已经供气，这项设置须由另一位主任或管理员批准')

const isSafety = (key: SettingKey): boolean => (catalog[key] as { safety?: true }).safety === true

/** From the first customer with gas on, a setting of safety is two persons' work; before, one person sets the hall up. */
const isAtWork = ({ sqlite }: Pick<Context, 'sqlite'>): boolean =>
  statement(sqlite, `SELECT 1 FROM service_points WHERE gas_state <> 'not-ignited' LIMIT 1`).get() !== undefined

export const list = useCase(List, (_, context) => {
  const { sqlite, settings } = context
  const atWork = isAtWork(context)
  const rows = statement<ChangedRow>(
    sqlite,
    `SELECT s.key, s.updated_at AS at, coalesce(p.name, CASE s.updated_by WHEN 'nobody' THEN '首次设置' WHEN 'system' THEN '系统' ELSE s.updated_by END) AS by
     FROM settings s LEFT JOIN staff p ON p.id = s.updated_by`,
  ).all()
  const changed = new Map(rows.map((row) => [row.key, row]))
  return (Object.keys(catalog) as SettingKey[]).map((key): SettingView => {
    const entry: { room: string; label: string; unit?: string; default: string | number | boolean } = catalog[key]
    const row = changed.get(key)
    return {
      key,
      room: entry.room,
      label: entry.label,
      unit: entry.unit ?? null,
      ...lookOf(key),
      administratorOnly: administratorOnly(key),
      needsSecondPerson: atWork && isSafety(key),
      value: secretSettings.has(key) ? null : settings.get(key),
      isSet: row !== undefined,
      defaultValue: secretSettings.has(key) ? '' : entry.default,
      changedAt: row?.at ?? null,
      changedBy: row?.by ?? null,
    }
  })
})

/** Who answers for the machine answers for these: where data goes, who gets in, what is kept. */
const administratorsRooms: ReadonlySet<string> = new Set(['sync', 'access', 'backup', 'tills'])

/** Whether only an administrator may change a setting. */
const administratorOnly = (key: SettingKey): boolean => administratorsRooms.has(catalog[key].room)

/** What a value says beside another setting that it does not say alone; null when nothing is wrong. */
function againstOthers({ settings }: Context, key: SettingKey, value: string | number | boolean): string | null {
  const pressure = key === 'installations.tightnessPa' ? value : settings.get('installations.tightnessPa')
  const drop = key === 'installations.tightnessDropPa' ? value : settings.get('installations.tightnessDropPa')
  return key.startsWith('installations.tightness') && drop >= pressure ? '允许压降应小于试验压力' : null
}

/**
 * Sets one setting inside the caller's transaction. Another address of headquarters forgets the token: what was meant for
 * one receiver is never sent to another.
 * @throws InvalidInput with what the value should be · NotAllowed for what only an administrator may set
 */
export function setSetting(context: Context, key: SettingKey, value: string | number | boolean): void {
  const { sqlite, settings, clock, actor } = context
  if (administratorOnly(key) && !actor.roles.includes('administrator')) {
    throw new NotAllowed(`${catalog[key].label}由管理员设置`)
  }
  const parsed = catalog[key].schema.safeParse(value)
  if (!parsed.success) {
    throw new InvalidInput(`${catalog[key].label}：${whatItShouldBe(key, parsed.error)}`, { field: 'value' })
  }
  if (key === 'sync.url' && parsed.data !== settings.get('sync.url') && settings.get('sync.token') !== '') {
    context.audit({ detail: { tokenCleared: true } })
    statement(sqlite, `DELETE FROM settings WHERE key = 'sync.token'`).run()
  }
  const problem = againstOthers(context, key, parsed.data)
  if (problem !== null) throw new InvalidInput(`${catalog[key].label}：${problem}`, { field: 'value' })
  const secret = secretSettings.has(key)
  context.audit({
    subject: `setting:${key}`,
    detail: {
      called: catalog[key].label,
      ...(secret ? { replaced: true } : { before: settings.get(key), after: parsed.data }),
    },
  })
  statement(
    sqlite,
    `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at,
       updated_by = excluded.updated_by`,
  ).run(key, JSON.stringify(parsed.data), clock.now(), actor.id)
  context.emit({ event: 'changed', data: { room: 'settings' } })
}

export const change = useCase(Change, ({ key, value, approvalId }, context) => {
  setSetting(context, key, value)
  if (isSafety(key) && isAtWork(context)) {
    if (approvalId === null) throw new SecondPersonNeeded()
    const { label, unit = null } = catalog[key] as { label: string; unit?: string }
    consumeApproval(context, approvalId, 'safety-setting', safetyTerms({ key, label, unit, ...lookOf(key) }, value))
  }
  return {}
})
