/** Every room's calls, typed: `await api.customers.search({ text: 'zw' })`. A new room adds one line. */
import type * as accessApi from '../src-main/access/api.ts'
import type * as appraisalApi from '../src-main/appraisal/api.ts'
import type * as backupApi from '../src-main/backup/api.ts'
import type * as billingApi from '../src-main/billing/api.ts'
import type * as cashierApi from '../src-main/cashier/api.ts'
import type * as classesApi from '../src-main/classes/api.ts'
import type * as complaintsApi from '../src-main/complaints/api.ts'
import type * as contractsApi from '../src-main/contracts/api.ts'
import type * as customersApi from '../src-main/customers/api.ts'
import type * as draftsApi from '../src-main/drafts/api.ts'
import type * as emergencyApi from '../src-main/emergency/api.ts'
import type * as feesApi from '../src-main/fees/api.ts'
import type * as flowsApi from '../src-main/flows/api.ts'
import type * as followupsApi from '../src-main/followups/api.ts'
import type * as goliveApi from '../src-main/golive/api.ts'
import type * as importsApi from '../src-main/imports/api.ts'
import type * as inspectionsApi from '../src-main/inspections/api.ts'
import type * as installationsApi from '../src-main/installations/api.ts'
import type * as ledgerApi from '../src-main/ledger/api.ts'
import type * as machineApi from '../src-main/machine/api.ts'
import type * as meteringApi from '../src-main/metering/api.ts'
import type * as noticesApi from '../src-main/notices/api.ts'
import type * as publicityApi from '../src-main/publicity/api.ts'
import type * as registersApi from '../src-main/registers/api.ts'
import type * as reportsApi from '../src-main/reports/api.ts'
import type * as settingsApi from '../src-main/settings/api.ts'
import type * as staffApi from '../src-main/staff/api.ts'
import type * as supplyApi from '../src-main/supply/api.ts'
import type * as syncApi from '../src-main/sync/api.ts'
import type * as tariffsApi from '../src-main/tariffs/api.ts'
import type * as tillsApi from '../src-main/tills/api.ts'
import type * as workordersApi from '../src-main/workorders/api.ts'
import { client } from './bridge.ts'

export { desktop } from './bridge.ts'

export const api = {
  access: client<typeof accessApi>('access'),
  appraisal: client<typeof appraisalApi>('appraisal'),
  backup: client<typeof backupApi>('backup'),
  billing: client<typeof billingApi>('billing'),
  cashier: client<typeof cashierApi>('cashier'),
  classes: client<typeof classesApi>('classes'),
  complaints: client<typeof complaintsApi>('complaints'),
  contracts: client<typeof contractsApi>('contracts'),
  customers: client<typeof customersApi>('customers'),
  drafts: client<typeof draftsApi>('drafts'),
  emergency: client<typeof emergencyApi>('emergency'),
  fees: client<typeof feesApi>('fees'),
  flows: client<typeof flowsApi>('flows'),
  followups: client<typeof followupsApi>('followups'),
  golive: client<typeof goliveApi>('golive'),
  imports: client<typeof importsApi>('imports'),
  inspections: client<typeof inspectionsApi>('inspections'),
  installations: client<typeof installationsApi>('installations'),
  ledger: client<typeof ledgerApi>('ledger'),
  machine: client<typeof machineApi>('machine'),
  metering: client<typeof meteringApi>('metering'),
  notices: client<typeof noticesApi>('notices'),
  publicity: client<typeof publicityApi>('publicity'),
  registers: client<typeof registersApi>('registers'),
  reports: client<typeof reportsApi>('reports'),
  settings: client<typeof settingsApi>('settings'),
  staff: client<typeof staffApi>('staff'),
  supply: client<typeof supplyApi>('supply'),
  sync: client<typeof syncApi>('sync'),
  tariffs: client<typeof tariffsApi>('tariffs'),
  tills: client<typeof tillsApi>('tills'),
  workorders: client<typeof workordersApi>('workorders'),
}

export type Api = typeof api
