/** Opening a customer's file: the calls the page makes, its tabs included. */
import { Bills } from '../../src-main/billing/api.ts'
import { ContractsOfAccount } from '../../src-main/contracts/api.ts'
import { CustomerFile, CustomerTimeline, ListAttachments } from '../../src-main/customers/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { Meters, Readings } from '../../src-main/metering/api.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import type { Desk } from './hall.mts'
import { p99, Series, timed, timedAsync, type Figure } from './measure.mts'

const files = 500
const targetMs = 50
const draw = 7
/** Events, bills and readings on the first page of each list. */
const pageSize = 30

interface Drawn {
  accountId: string
  customerId: string
  servicePointId: string
}

/** The rows the page shows, read by their keys. */
function rawOpen(sqlite: Sqlite): (of: Drawn) => void {
  const byKey = sqlite.prepare<[string]>(
    `SELECT * FROM accounts a JOIN customers c ON c.id = a.customer_id
     JOIN service_points p ON p.id = a.service_point_id WHERE a.id = ?`,
  )
  const meters = sqlite.prepare<[string]>('SELECT * FROM meters WHERE service_point_id = ?')
  const lists = [
    `SELECT * FROM customer_events WHERE account_id = ? ORDER BY at DESC, rowid DESC LIMIT ${pageSize}`,
    `SELECT * FROM bills WHERE account_id = ? ORDER BY period_to DESC, id DESC LIMIT ${pageSize}`,
    `SELECT * FROM readings WHERE account_id = ? ORDER BY read_on DESC, id DESC LIMIT ${pageSize}`,
    'SELECT kind, count(*) FROM customer_events WHERE account_id = ? GROUP BY kind',
    'SELECT * FROM contracts WHERE account_id = ?',
  ].map((sql) => sqlite.prepare<[string]>(sql))
  const attachments = sqlite.prepare<[string]>('SELECT * FROM attachments WHERE customer_id = ?')
  return ({ accountId, customerId, servicePointId }) => {
    byKey.get(accountId)
    meters.all(servicePointId)
    for (const list of lists) list.all(accountId)
    attachments.all(customerId)
  }
}

export async function fileFigure({ hall, call }: Desk): Promise<Figure> {
  const { sqlite } = hall.environment
  const random = new Random(draw)
  const last = sqlite.prepare<[], { row: number }>('SELECT max(row) AS row FROM customer_index').get()?.row ?? 0
  const find = sqlite.prepare<[number], Drawn>(
    `SELECT i.account_id AS accountId, i.customer_id AS customerId, a.service_point_id AS servicePointId
     FROM customer_index i JOIN accounts a ON a.id = i.account_id WHERE i.row = ?`,
  )
  const raw = rawOpen(sqlite)
  const ours = new Series()
  const baseline: number[] = []
  for (let n = 0; n < files; n++) {
    const drawn = find.get(random.between(1, last))
    if (!drawn) continue
    const { accountId, customerId } = drawn
    const page = { after: null, size: pageSize }
    const open = async () => {
      await call(CustomerFile, { accountId, customerId: null }, 'clerk')
      await call(CustomerTimeline, { customerId, accountId, kinds: [], page }, 'clerk')
      await call(ListAttachments, { customerId }, 'clerk')
      await call(Bills, { filter: 'all', accountId, page }, 'clerk')
      await call(Meters, { accountId }, 'clerk')
      await call(Readings, { accountId, page }, 'clerk')
      await call(ContractsOfAccount, { accountId }, 'clerk')
    }
    // Who comes second finds the pages in memory, so they take turns.
    if (n % 2 === 0) baseline.push(timed(() => raw(drawn)).ms)
    ours.add(await timedAsync(open))
    if (n % 2 === 1) baseline.push(timed(() => raw(drawn)).ms)
  }
  return {
    name: 'open a customer file',
    what: 'file, timeline and every tab (attachments, bills, meters, readings, contracts): seven calls; raw: the same rows read by prepared statements',
    samples: ours.ms,
    cpu: ours.cpu,
    baseline,
    ratio: p99(ours.ms) / p99(baseline),
    target: `p99 ≤ ${targetMs} ms`,
    met: p99(ours.ms) <= targetMs,
  }
}
