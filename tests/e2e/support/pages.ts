/** The pages of the program as the window walks them: every route of every role, with a record for each that needs one. */
import { vi } from 'vitest'
import type { Role } from '../../../src-main/platform/roles.ts'
import type { RunningApp } from './app.ts'

// The renderer's modules look at the window when they are read.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
vi.stubGlobal('window', { hall: { zoom: () => {} } })
const { mayOpen, roomRoutes } = await import('../../../src-renderer/shell/routes.ts')
const { typeSizes } = await import('../../../src-renderer/shell/preferences.ts')
vi.unstubAllGlobals()
export { typeSizes }

export const staffOf: Record<Role, string> = {
  clerk: '1001',
  cashier: '2001',
  'hall-manager': '3001',
  dispatcher: '4001',
  administrator: '9001',
}

/** A record of the hall for each parameter a path may have; a page whose record it has not is left out. */
const sources: Readonly<Record<string, string>> = {
  accountId: 'SELECT id FROM accounts WHERE arrears > 0 ORDER BY account_no LIMIT 1',
  customerId: 'SELECT id FROM customers LIMIT 1',
  drillId: 'SELECT id FROM drills LIMIT 1',
  campaignId: 'SELECT id FROM campaigns LIMIT 1',
  roundId: 'SELECT id FROM inspection_rounds LIMIT 1',
  hazardId: 'SELECT id FROM hazards LIMIT 1',
  applicationId: 'SELECT id FROM applications LIMIT 1',
  importId: 'SELECT id FROM imports LIMIT 1',
  interruptionId: 'SELECT id FROM interruptions LIMIT 1',
  buildingId: 'SELECT id FROM interruption_buildings LIMIT 1',
  processId: 'SELECT id FROM account_processes LIMIT 1',
  orderId: 'SELECT id FROM workorders LIMIT 1',
  complaintId: 'SELECT id FROM complaints LIMIT 1',
  scorecardId: 'SELECT id FROM scorecards LIMIT 1',
  submissionId: 'SELECT id FROM report_submissions LIMIT 1',
  staffId: 'SELECT id FROM staff LIMIT 1',
  entryId: 'SELECT id FROM register_entries LIMIT 1',
  kind: 'SELECT kind AS id FROM register_entries LIMIT 1',
}
const reportPath = '/reports/:report/:kind/:date'
/** A report each role may read. */
const reportOf = (role: Role): string => (role === 'dispatcher' ? 'repairs/month/2026-11-01' : 'cash/day/2026-11-22')

export function addressOf(app: Pick<RunningApp, 'query'>, path: string, role: Role = 'clerk'): string | null {
  if (path === reportPath) return `/reports/${reportOf(role)}`
  let address: string | null = path
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    const sql = sources[name]
    const [row] = sql ? app.query<{ id: string }>(sql) : []
    address = row ? (address?.replace(`:${name}`, row.id) ?? null) : null
  }
  return address
}

/** The pages somebody of this role may open, with an address of each. */
export const pagesFor = (app: Pick<RunningApp, 'query'>, role: Role): { path: string; address: string }[] =>
  roomRoutes.flatMap(({ path, roles }) => {
    const address = mayOpen(roles, [role]) ? addressOf(app, path, role) : null
    return address === null ? [] : [{ path, address }]
  })
