/** Every room's services. Their exported use cases answer the windows' calls; their exported jobs are scheduled. */
import * as appraisal from './appraisal/service.ts'
import * as backup from './backup/service.ts'
import * as cashier from './cashier/service.ts'
import * as contracts from './contracts/service.ts'
import * as classes from './classes/service.ts'
import * as customers from './customers/service.ts'
import * as fees from './fees/service.ts'
import * as drafts from './drafts/service.ts'
import * as installations from './installations/service.ts'
import * as tills from './tills/service.ts'
import * as tariffs from './tariffs/service.ts'
import * as ledger from './ledger/service.ts'
import * as access from './access/service.ts'
import * as settings from './settings/service.ts'
import * as staff from './staff/service.ts'
import * as machine from './machine/service.ts'
import * as metering from './metering/service.ts'
import * as billing from './billing/service.ts'
import * as sync from './sync/service.ts'
import * as notices from './notices/service.ts'
import * as supply from './supply/service.ts'
import * as inspections from './inspections/service.ts'
import * as publicity from './publicity/service.ts'
import * as emergency from './emergency/service.ts'
import * as workorders from './workorders/service.ts'
import * as complaints from './complaints/service.ts'
import * as followups from './followups/service.ts'
import * as imports from './imports/service.ts'
import * as flows from './flows/service.ts'
import * as registers from './registers/service.ts'
import * as reports from './reports/service.ts'
import * as golive from './golive/service.ts'

export const rooms: readonly Record<string, unknown>[] = [
  notices,
  access,
  backup,
  customers,
  classes,
  ledger,
  settings,
  staff,
  machine,
  tariffs,
  tills,
  contracts,
  installations,
  metering,
  billing,
  fees,
  cashier,
  supply,
  sync,
  inspections,
  workorders,
  appraisal,
  drafts,
  complaints,
  followups,
  imports,
  publicity,
  emergency,
  registers,
  flows,
  reports,
  golive,
]
