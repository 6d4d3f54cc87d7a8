/** Every room's calls, typed: `await api.customers.search({ text: 'zw' })`. A new room adds one line. */
import * as accessApi from '../src-main/access/api.ts'
import * as customersApi from '../src-main/customers/api.ts'
import * as tariffsApi from '../src-main/tariffs/api.ts'
import * as cashierApi from '../src-main/cashier/api.ts'
import * as ledgerApi from '../src-main/ledger/api.ts'
import * as settingsApi from '../src-main/settings/api.ts'
import * as staffApi from '../src-main/staff/api.ts'
import * as backupApi from '../src-main/backup/api.ts'
import * as contractsApi from '../src-main/contracts/api.ts'
import * as installationsApi from '../src-main/installations/api.ts'
import * as meteringApi from '../src-main/metering/api.ts'
import * as billingApi from '../src-main/billing/api.ts'
import * as noticesApi from '../src-main/notices/api.ts'
import * as syncApi from '../src-main/sync/api.ts'
import * as workordersApi from '../src-main/workorders/api.ts'
import * as reportsApi from '../src-main/reports/api.ts'
import { client } from './bridge.ts'

export const api = {
  sync: client(syncApi),
  contracts: client(contractsApi),
  installations: client(installationsApi),
  backup: client(backupApi),
  staff: client(staffApi),
  settings: client(settingsApi),
  cashier: client(cashierApi),
  ledger: client(ledgerApi),
  access: client(accessApi),
  customers: client(customersApi),
  tariffs: client(tariffsApi),
  metering: client(meteringApi),
  billing: client(billingApi),
  notices: client(noticesApi),
  workorders: client(workordersApi),
  reports: client(reportsApi),
}

export const desktop = () => window.hall.desktop
