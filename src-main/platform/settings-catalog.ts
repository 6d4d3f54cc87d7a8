/**
 * Every setting of the program, each declared by its room (`<room>/settings.ts`): its schema, default and Chinese label.
 * Defaults come from the regulation first (domain.md §0); whatever a company must decide itself says 示例.
 */
import type { z } from 'zod'
import { settings as company } from './company-settings.ts'
import { settings as publicity } from '../publicity/settings.ts'
import { settings as emergency } from '../emergency/settings.ts'
import { settings as access } from '../access/settings.ts'
import { settings as billing } from '../billing/settings.ts'
import { settings as metering } from '../metering/settings.ts'
import { settings as fees } from '../fees/settings.ts'
import { settings as cashier } from '../cashier/settings.ts'
import { settings as customers } from '../customers/settings.ts'
import { settings as contracts } from '../contracts/settings.ts'
import { settings as workorders } from '../workorders/settings.ts'
import { settings as staff } from '../staff/settings.ts'
import { settings as appraisal } from '../appraisal/settings.ts'
import { settings as complaints } from '../complaints/settings.ts'
import { settings as followups } from '../followups/settings.ts'
import { settings as inspections } from '../inspections/settings.ts'
import { settings as supply } from '../supply/settings.ts'
import { settings as installations } from '../installations/settings.ts'
import { settings as notices } from '../notices/settings.ts'
import { settings as sync } from '../sync/settings.ts'
import { settings as registers } from '../registers/settings.ts'
import { settings as reports } from '../reports/settings.ts'
import { settings as backup } from '../backup/settings.ts'
import { settings as tills } from '../tills/settings.ts'
import type { SettingEntry, Settings } from './setting-entry.ts'

type InRoom<Room extends string, Declared extends Settings> = {
  [K in keyof Declared]: Declared[K] & { readonly room: Room }
}
const of = <const Room extends string, Declared extends Settings>(room: Room, declared: Declared) =>
  Object.fromEntries(Object.entries(declared).map(([key, entry]) => [key, { room, ...entry }])) as InRoom<
    Room,
    Declared
  >

export const catalog = {
  ...of('company', company),
  ...of('publicity', publicity),
  ...of('emergency', emergency),
  ...of('access', access),
  ...of('billing', billing),
  ...of('metering', metering),
  ...of('fees', fees),
  ...of('cashier', cashier),
  ...of('customers', customers),
  ...of('contracts', contracts),
  ...of('workorders', workorders),
  ...of('staff', staff),
  ...of('appraisal', appraisal),
  ...of('complaints', complaints),
  ...of('followups', followups),
  ...of('inspections', inspections),
  ...of('supply', supply),
  ...of('installations', installations),
  ...of('notices', notices),
  ...of('sync', sync),
  ...of('tills', tills),
  ...of('registers', registers),
  ...of('reports', reports),
  ...of('backup', backup),
} as const satisfies Record<string, SettingEntry & { readonly room: string }>

export type SettingKey = keyof typeof catalog
export type SettingValue<K extends SettingKey> = z.output<(typeof catalog)[K]['schema']>
/** Settings whose value must never be shown or logged. */
export const secretSettings: ReadonlySet<SettingKey> = new Set(['sync.token'])
