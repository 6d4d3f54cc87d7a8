/**
 * 续签 (clause 15): contracts whose term comes to its end, and those whose customer is of another class since, are listed until
 * both are signed anew or, as the wording has it, went on under the same terms. The old ones end when the new are signed.
 */
import { activeAccount, foundBound, foundWithin, recordEvent } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, businessDate, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { dayCursor } from '../platform/paging.ts'
import { insertRow, updateRow } from '../platform/rows.ts'
import { useCase } from '../platform/use-case.ts'
import { planCategoryNames } from '../tariffs/api.ts'
import { planById } from '../tariffs/service.ts'
import { DraftRenewal, ExtendContracts, RenewalCount, Renewals, contractKindNames, type RenewalRow } from './api.ts'
import { draftBoth, fieldsOf } from './drafting.ts'
import { blank, renewalReason, termEnds, type ContractFields } from './rules.ts'
import { contractsInForce, openDrafts, type ContractRow } from './store.ts'
import { contractExtensions, contracts } from './tables.ts'

/** `details`: every obstacle in words. */
export const RenewalRefused = domainError('RenewalRefused', '这一户的合同现在不能这样办理')

/** The last day that is listed today. */
const horizon = ({ clock, settings }: Context): BusinessDate =>
  addDays(shanghaiDate(clock.now()), settings.get('contracts.renewDays'))

/** A statement of one page: a row an account, what is due first in front. */
export const renewalsSql = (searched = false): string =>
  `SELECT k.renew_by AS renewBy, k.valid_until AS validUntil, k.account_id AS accountId, k.customer_id AS customerId,
     k.contract_no AS contractNo, a.account_no AS accountNo, c.name AS customerName, p.address,
     (SELECT min(d.state) FROM contracts d WHERE d.account_id = k.account_id AND d.state IN ('draft', 'printed')) AS drafted
   FROM contracts k ${searched ? '' : 'INDEXED BY contracts_renew_by'}
     CROSS JOIN accounts a ON a.id = k.account_id CROSS JOIN customers c ON c.id = a.customer_id
     CROSS JOIN service_points p ON p.id = a.service_point_id
   WHERE ${foundWithin(searched, '(k.renew_by, k.account_id) > (@day, @id)', 'k.contract_no', 'k.account_id')}
     AND k.renew_by IS NOT NULL AND k.ended_on IS NULL AND k.account_id IS NOT NULL
     AND k.renew_by <= @horizon AND a.state = 'active' AND k.state = 'signed'
     AND NOT EXISTS (SELECT 1 FROM contracts o WHERE o.account_id = k.account_id AND o.state = 'signed'
       AND o.ended_on IS NULL AND (o.renew_by, o.id) < (k.renew_by, k.id))
   ORDER BY k.renew_by, k.account_id LIMIT @limit`

type Listed = Omit<RenewalRow, 'reason'>

/** 续签名单. */
export const renewals = useCase(Renewals, ({ search, page: { after, size } }, context) => {
  const found = statement<Listed>(context.sqlite, renewalsSql(search !== '')).all({
    ...foundBound(context, [], search),
    ...dayCursor(after),
    horizon: horizon(context),
    limit: size + 1,
  })
  const rows = found.slice(0, size).map((row) => ({ ...row, reason: renewalReason(row) }))
  const last = rows.at(-1)
  return { rows, next: found.length > size && last ? `${last.renewBy}/${last.accountId}` : null }
})

/** More are not counted one by one. */
const mostCounted = 1000

/** For the page of the day. */
export const renewalCount = useCase(RenewalCount, (_, context) => ({
  due:
    statement<{ n: number }>(
      context.sqlite,
      `SELECT count(DISTINCT account_id) AS n FROM (SELECT k.account_id FROM contracts k INDEXED BY contracts_renew_by
         CROSS JOIN accounts a ON a.id = k.account_id
         WHERE k.renew_by IS NOT NULL AND k.ended_on IS NULL AND k.account_id IS NOT NULL AND k.renew_by <= ?
           AND k.state = 'signed' AND a.state = 'active' LIMIT ${2 * mostCounted})`,
    ).get(horizon(context))?.n ?? 0,
}))

/** What the old contract said of the use stays; all else is of today. Without an old one the pen fills it in. */
function renewedFields(
  context: Context,
  account: ReturnType<typeof activeAccount>,
  old: ContractRow | undefined,
): ContractFields {
  const said = old && (JSON.parse(old.fields) as ContractFields)
  const fields = fieldsOf(
    context,
    {
      ...account,
      ...{ applicationId: '', accountId: account.id },
      applicationNo: said?.applicationNo ?? blank,
      category: planById(context, account.pricePlanId).category,
      purpose: said?.purpose ?? blank,
      appliances: [],
      ...{ annualVolume: null, hourlyVolume: null },
    },
    shanghaiDate(context.clock.now()),
  )
  return {
    ...fields,
    appliances: said?.appliances ?? [blank],
    annualVolume: said?.annualVolume ?? blank,
    hourlyVolume: said?.hourlyVolume ?? blank,
  }
}

/**
 * 续签: both contracts of an account drafted anew, also for a household that was taken over without any of ours.
 * @throws AccountNotFound · AccountEnded · RenewalRefused · NoPriceYet
 */
export const draftRenewal = useCase(DraftRenewal, ({ accountId }, context) => {
  const account = activeAccount(context, accountId)
  const waiting = openDrafts(context, accountId)
  if (waiting.length > 0) {
    const numbers = waiting.map(({ contractNo }) => contractNo).join('、')
    throw new RenewalRefused(`已起草的合同 ${numbers} 还没有签订，请先签订，或者作废后再起草`)
  }
  const old = contractsInForce(context, accountId).find(({ kind }) => kind === 'supply')
  const category = planById(context, account.pricePlanId).category
  const drafted = draftBoth(
    context,
    { ...account, applicationId: newId(context.clock), accountId, category },
    renewedFields(context, account, old),
  )
  context.audit({ subject: `account:${accountId}`, detail: { accountNo: account.accountNo, ...drafted } })
  context.emit({ event: 'changed', data: { room: 'contracts' } })
  return drafted
})

const oneYear = 1

/**
 * 顺延: neither side objected before the end, so both contracts go on for a year.
 * @throws AccountNotFound · AccountEnded · RenewalRefused (none in force, of another class since, not yet due)
 */
export const extendContracts = useCase(ExtendContracts, ({ accountId, note }, context) => {
  const { sqlite, clock, actor } = context
  const account = activeAccount(context, accountId)
  const due = contractsInForce(context, accountId).filter(
    (one) => one.renewBy !== null && one.renewBy <= horizon(context),
  )
  if (due.length === 0) throw new RenewalRefused('这一户没有到期或快到期的合同，不用顺延')
  if (openDrafts(context, accountId).length > 0) throw new RenewalRefused('这一户已经起草新合同，请签订或作废后再顺延')
  const category = planCategoryNames[planById(context, account.pricePlanId).category]
  if (due.some(({ fields }) => (JSON.parse(fields) as ContractFields).category !== category)) {
    throw new RenewalRefused('用气性质已经变更，原合同的用途和价格不再适用，不能顺延，请续签')
  }
  const extended = due.map((one) => {
    const validUntil = termEnds(businessDate(one.validUntil ?? ''), oneYear)
    insertRow(sqlite, contractExtensions, {
      ...{ id: newId(clock), contractId: one.id, validUntil, note },
      ...{ at: clock.now(), actorId: actor.id, actorName: actor.name },
    })
    updateRow(sqlite, contracts, one.id, { validUntil, renewBy: validUntil })
    recordEvent(context, {
      ...{ customerId: one.customerId, accountId, kind: 'contract' },
      title: `顺延${contractKindNames[one.kind]}`,
      detail: `${one.contractNo} 至 ${validUntil}；${note}`,
      subject: `contract:${one.id}`,
    })
    return { contractNo: one.contractNo, validUntil }
  })
  context.audit({ subject: `account:${accountId}`, detail: { accountNo: account.accountNo, extended, note } })
  context.emit({ event: 'changed', data: { room: 'contracts' } })
  return { validUntil: (extended[0] as (typeof extended)[number]).validUntil }
})

/** The customer is of another class: what stands in force says the wrong use and price, and is to be signed anew at once. */
export function markForRenewal(context: Context, accountId: string): void {
  const today = shanghaiDate(context.clock.now())
  for (const { id, renewBy } of contractsInForce(context, accountId)) {
    if (renewBy !== null && renewBy > today) updateRow(context.sqlite, contracts, id, { renewBy: today })
  }
}

/** The old contract of a kind ends on the day the new one of the account is signed. */
export function endRenewed(context: Context, signed: ContractRow, on: BusinessDate): void {
  if (signed.accountId === null) return
  for (const old of contractsInForce(context, signed.accountId)) {
    if (old.kind !== signed.kind || old.id === signed.id) continue
    updateRow(context.sqlite, contracts, old.id, { endedOn: on, endReason: `续签 ${signed.contractNo}` })
  }
}
