/** What a screen may ask about the settings of the hall. */
import { z } from 'zod'
import { call, Id, Instant } from '../platform/contract.ts'
import { linesKinds } from '../platform/setting-entry.ts'
import { catalog, type SettingKey } from '../platform/settings-catalog.ts'

const Key = z.enum(Object.keys(catalog) as [SettingKey, ...SettingKey[]], { error: '没有这项设置' })
const Value = z.union([z.string().max(2_000), z.int(), z.boolean()], { error: '此值不能保存' })

export { numberedLines, type LinesKind, type NumberedLine } from '../platform/setting-entry.ts'

/** Chinese names of the groups, by the room a setting belongs to. */
export const settingGroups: Readonly<Record<string, string>> = {
  company: '公司',
  publicity: '公示',
  access: '登录与安全',
  tills: '本厅电脑',
  customers: '客户',
  contracts: '合同',
  installations: '报装',
  tariffs: '气价',
  metering: '抄表',
  billing: '计费与违约金',
  cashier: '收费与日结',
  fees: '收费项目',
  supply: '停气与恢复供气',
  workorders: '工单',
  inspections: '安检',
  complaints: '投诉',
  followups: '回访',
  staff: '员工',
  appraisal: '考核',
  emergency: '应急',
  registers: '台账',
  reports: '报表',
  notices: '单据与打印',
  sync: '上报总部',
  backup: '备份',
}

export const SettingView = z.object({
  key: Key,
  room: z.string(),
  label: z.string(),
  unit: z.string().nullable(),
  kind: z.enum(['integer', 'boolean', 'choice', 'text', 'secret']),
  /** A text of numbered lines, edited as a table of this kind. */
  lines: z.enum(linesKinds).nullable(),
  /** Bounds of an integer. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  /** Only an administrator may change it: headquarters, access, backup. */
  administratorOnly: z.boolean(),
  /** The hall is at work and the regulation has something to say on this one: another person agrees to each change. */
  needsSecondPerson: z.boolean(),
  /** Null for a secret: it is never shown again, only replaced. */
  value: Value.nullable(),
  /** Whether somebody has set it; otherwise the default holds. */
  isSet: z.boolean(),
  defaultValue: Value,
  changedAt: Instant.nullable(),
  changedBy: z.string().nullable(),
})
export type SettingView = z.output<typeof SettingView>

/** Unit of an amount kept in fen. */
export const money = '分'
/** Rates are kept in millionths, so that no fraction holds one; people speak of percent. */
const millionths = /^百万分之一/
export const millionthsPerPercent = 10_000

export const isRate = ({ unit }: Pick<SettingView, 'unit'>): boolean => unit !== null && millionths.test(unit)
export const percentOf = (value: number): number => value / millionthsPerPercent

/** The unit as it stands beside the field: '元', '%/日', '分钟'; '' for none. */
export const shownUnit = ({ unit }: Pick<SettingView, 'unit'>): string =>
  unit === money ? '元' : (unit ?? '').replace(millionths, '%')

/** What a person reads: '10 分钟', '0.3%/日', '是', '按抄表日适用新价'. */
export function showValue(
  { kind, choices, unit }: Pick<SettingView, 'kind' | 'choices' | 'unit'>,
  value: string | number | boolean,
): string {
  if (kind === 'boolean') return value ? '是' : '否'
  if (kind === 'choice') return choices.find((choice) => choice.value === value)?.label ?? String(value)
  if (value === '') return '（空）'
  if (unit === money && typeof value === 'number') return `${(value / 100).toFixed(2)} 元`
  if (isRate({ unit }) && typeof value === 'number') return `${percentOf(value)}${shownUnit({ unit })}`
  return unit === null ? String(value) : `${value} ${unit}`
}

/** What the second person agrees to, `safety-setting`: this setting, this value, in words. */
export const safetyTerms = (
  setting: Pick<SettingView, 'key' | 'label' | 'kind' | 'choices' | 'unit'>,
  value: string | number | boolean,
) => ({ key: setting.key, setting: setting.label, value: showValue(setting, value) })

export const List = call({
  name: 'settings.list',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.array(SettingView),
})

/**
 * Changes one setting; the next call of any room reads it.
 * @throws InvalidInput with what the value should be · NotAllowed (headquarters, access, backup: administrators only) ·
 *   SecondPersonNeeded · ApprovalRefused
 */
export const Change = call({
  name: 'settings.change',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  secret: ['value'],
  input: z.strictObject({
    key: Key,
    value: Value,
    /** access.approve, purpose `safety-setting`; null where none is needed. */
    approvalId: Id.nullable().default(null),
  }),
  output: z.object({}),
})
