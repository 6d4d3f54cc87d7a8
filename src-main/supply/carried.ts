/**
 * 恢复前的安全事项: a restore takes the hall back to an earlier moment, and what was cut off since is off all the same. The
 * restore itself wrote down what the replaced database had open (backup/safety.ts); here it is answered, each by what stands in
 * its place or by two persons. Where nothing could be read, the manager makes the list.
 */
import { accountById, foundBound, foundWithin } from '../customers/service.ts'
import { consumeApproval, type Approver } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import {
  Carried,
  CarriedState,
  DeclareOff,
  declaredWords,
  LiftCarried,
  ReenterCarried,
  type CarriedOutcome,
  type CarriedRow,
} from './api.ts'
import { carriedSubject } from './carried-holds.ts'
import { holdsOn, liftHold, placeHold } from './holds.ts'

export const CarriedNotOpen = domainError('CarriedNotOpen', '这一项已经处理过，或不能这样处理，请刷新后查看')
export const CarriedNotReplaced = domainError('CarriedNotReplaced', '这个号码不能代替恢复前的事项')

const columns = `m.id AS matterId, m.kind, a.id AS accountId, m.account_no AS accountNo, m.customer_name AS customerName,
  m.address, m.cause, m.what, m.since_at AS sinceAt, m.held, m.source_file AS sourceFile, m.carried_at AS carriedAt,
  m.settled_at AS settledAt, m.settled_by_name AS settledByName, m.outcome, m.settled_note AS settledNote,
  m.approver_name AS approverName, m.service_point_id AS servicePointId`
const from = `carried_matters m LEFT JOIN accounts a ON a.service_point_id = m.service_point_id AND a.state = 'active'`

type Stored = Omit<CarriedRow, 'held'> & { readonly held: 0 | 1; readonly servicePointId: string | null }
const shown = ({ held, servicePointId: _, ...row }: Stored): CarriedRow => ({ ...row, held: held === 1 })

export const carriedSql = (filter: 'open' | 'all', searched = false): string =>
  `SELECT ${columns} FROM ${from} WHERE ${foundWithin(
    searched,
    `${filter === 'open' ? 'm.settled_at IS NULL AND' : ''} (m.carried_at, m.id) > (@at, @id)`,
    'm.account_no',
    'a.id',
    'accounts',
    // A place that this hall has never heard of is found by what the replaced database called it.
    ['m.customer_name', 'm.address'],
  )} ORDER BY m.carried_at, m.id LIMIT @limit`

export const carried = useCase(Carried, ({ filter, search, page: { after, size } }, context) => {
  const rows = statement<Stored>(context.sqlite, carriedSql(filter, search !== '')).all({
    ...foundBound(context, 'account', search),
    ...instantCursor(after),
    limit: size + 1,
  })
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return { rows: page.map(shown), next: rows.length > size && last ? `${last.carriedAt}/${last.matterId}` : null }
})

export const carriedState = useCase(CarriedState, (_, { sqlite }) => {
  const counted = statement<{ open: number; all: number }>(
    sqlite,
    'SELECT count(*) FILTER (WHERE settled_at IS NULL) AS open, count(*) AS "all" FROM carried_matters',
  ).get() as { open: number; all: number }
  const unread = statement<Stored>(
    sqlite,
    `SELECT ${columns} FROM ${from} WHERE m.settled_at IS NULL AND m.service_point_id IS NULL AND m.kind = 'unread'
     ORDER BY m.carried_at, m.id LIMIT 1`,
  ).get()
  return { ...counted, unread: unread ? shown(unread) : null }
})

/** @throws CarriedNotOpen */
function openMatter({ sqlite }: Context, matterId: string): Stored {
  const row = statement<Stored>(sqlite, `SELECT ${columns} FROM ${from} WHERE m.id = ? AND m.settled_at IS NULL`).get(
    matterId,
  )
  if (!row) throw new CarriedNotOpen()
  return row
}

interface Answer {
  readonly outcome: CarriedOutcome
  readonly note: string
  readonly enteredAs?: string
  readonly approver?: Approver
}

function settle(context: Context, matter: Stored, { outcome, note, enteredAs, approver }: Answer): void {
  const { sqlite, clock, actor } = context
  statement(
    sqlite,
    `UPDATE carried_matters SET settled_at = ?, settled_by_id = ?, settled_by_name = ?, outcome = ?, settled_note = ?,
       entered_as = ?, approver_id = ?, approver_name = ? WHERE id = ?`,
  ).run(
    clock.now(),
    actor.id,
    actor.name,
    outcome,
    note,
    enteredAs ?? null,
    approver?.approverId ?? null,
    approver?.approverName ?? null,
    matter.matterId,
  )
  // Gas is not given back by this: what was off waits for its test and check (clause 17(2)).
  liftHold(context, carriedSubject(matter.matterId), note)
  context.audit({
    subject: carriedSubject(matter.matterId),
    detail: { accountNo: matter.accountNo, what: matter.what, outcome, reason: note },
  })
  context.emit({ event: 'changed', data: { room: 'supply' } })
}

/** Whom a matter is about, as the second person reads it. */
const accountWords = ({ accountNo, customerName, address }: Stored): string =>
  [accountNo, customerName, address]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 200)

export const liftCarried = useCase(LiftCarried, ({ matterId, reason, approvalId }, context) => {
  const matter = openMatter(context, matterId)
  if (matter.kind === 'unread') throw new CarriedNotOpen('这一项须由主任补停气清单，或写明备份以后没有停过气')
  const terms = { matterId, account: accountWords(matter), what: matter.what, reason }
  settle(context, matter, {
    outcome: 'lifted',
    note: reason,
    approver: consumeApproval(context, approvalId, 'carried-lift', terms),
  })
  return {}
})

interface Entered {
  readonly subject: string
  readonly servicePointId: string | null
  readonly open: 0 | 1
}

/** The hazard or order of that number. */
const enteredAs = ({ sqlite }: Context, number: string): Entered | undefined =>
  statement<Entered>(
    sqlite,
    `SELECT 'hazard:' || id AS subject, service_point_id AS servicePointId, state NOT IN ('closed', 'withdrawn') AS open FROM hazards WHERE hazard_no = @no
     UNION ALL
     SELECT 'workorder:' || w.id, a.service_point_id, w.state NOT IN ('answered', 'closed') FROM workorders w
     LEFT JOIN accounts a ON a.id = w.account_id WHERE w.order_no = @no AND w.kind IN ('repair', 'alarm', 'emergency')`,
  ).get({ no: number.toUpperCase().replace(/[^0-9A-Z]/g, '') })

export const reenterCarried = useCase(ReenterCarried, ({ matterId, number }, context) => {
  const matter = openMatter(context, matterId)
  if (matter.kind === 'unread') throw new CarriedNotOpen('这一项须由主任补停气清单，或写明备份以后没有停过气')
  const found = enteredAs(context, number)
  const no = (text: string) => new CarriedNotReplaced(text, { field: 'number' })
  if (!found) throw no('没有这个号码的隐患或工单，请先登记，再填它的号码')
  if (found.open === 0) throw no('这张单已经办结，不能代替恢复前的事项')
  if (matter.servicePointId !== null && found.servicePointId !== matter.servicePointId)
    throw no('这张单不是这一户的，请核对号码')
  const holds =
    matter.servicePointId !== null &&
    holdsOn(context, matter.servicePointId).some(({ subject }) => subject === found.subject)
  if (matter.held === 1 && !holds)
    throw no('这一户在恢复前停着气，这张单没有停气，不能代替它；请登记停气的隐患或工单，或由两人核对解除（第十九条）')
  settle(context, matter, { outcome: 're-entered', note: number, enteredAs: found.subject })
  return {}
})

export const declareOff = useCase(DeclareOff, ({ matterId, entries, reason, approvalId }, context) => {
  const matter = openMatter(context, matterId)
  if (matter.kind !== 'unread') throw new CarriedNotOpen()
  const accounts = entries.map(({ accountId, what }) => ({ ...accountById(context, accountId), what }))
  if (new Set(accounts.map(({ servicePointId }) => servicePointId)).size < accounts.length)
    throw new InvalidInput('清单里有的户填了两次，请删去一行', { field: 'entries' })
  const terms = { matterId, count: accounts.length, accounts: declaredWords(accounts), reason }
  const approver = consumeApproval(context, approvalId, 'carried-list', terms)
  const { sqlite, clock } = context
  for (const { servicePointId, accountNo, customerId, what } of accounts) {
    const id = newId(clock)
    statement(
      sqlite,
      `INSERT INTO carried_matters (id, kind, service_point_id, account_no, customer_name, address, cause, what, since_at, held,
         source_file, carried_at)
       SELECT ?, 'hold', p.id, ?, (SELECT name FROM customers WHERE id = ?), p.address, 'hazard', ?, ?, 1, ?, ?
       FROM service_points p WHERE p.id = ?`,
    ).run(id, accountNo, customerId, what, matter.sinceAt, matter.sourceFile, clock.now(), servicePointId)
    placeHold(context, { servicePointId, cause: 'hazard', subject: carriedSubject(id), note: what })
  }
  settle(context, matter, { outcome: 'listed', note: reason, approver })
  return { placed: accounts.length }
})
