/** 一户一档: everything a counter needs about a customer at one look, personal numbers masked. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen } from '../platform/money.ts'
import { maskNationalId, maskPhone } from '../platform/identity.ts'
import { useCase } from '../platform/use-case.ts'
import { CustomerFile, type CustomerFileValue } from './api.ts'
import { meterNosSql } from './meter-numbers.ts'
import { accountById, customerById, servicePointById, type AccountRow } from './records.ts'
import { completenessOf } from './rules.ts'
import type { AttachmentKind, SuspensionReason } from './words.ts'

export const fileSql = {
  accounts: `SELECT a.id AS accountId, a.account_no AS accountNo, p.address, a.state
    FROM accounts a JOIN service_points p ON p.id = a.service_point_id
    WHERE a.customer_id = ? ORDER BY a.state <> 'active', a.account_no`,
  meter: `SELECT ${meterNosSql('?')} AS meterNo`,
  oldNos: 'SELECT shown FROM account_aliases WHERE account_id = ? AND short = 0 ORDER BY source',
  papers: 'SELECT DISTINCT kind FROM attachments WHERE customer_id = ?',
} as const

const meterNoAt = ({ sqlite }: Context, servicePointId: string): string | null =>
  statement<{ meterNo: string }>(sqlite, fileSql.meter).get(servicePointId)?.meterNo ?? null

function accountView(context: Context, account: AccountRow): NonNullable<CustomerFileValue['account']> {
  const point = servicePointById(context, account.servicePointId)
  const { district, street, community, building, unit, room } = point
  return {
    accountId: account.id,
    accountNo: account.accountNo,
    oldAccountNos: statement<{ shown: string }>(context.sqlite, fileSql.oldNos)
      .all(account.id)
      .map(({ shown }) => shown),
    state: account.state,
    servicePointId: point.id,
    servicePointVersion: point.version,
    place: { district, street, community, building, unit, room },
    address: point.address,
    gasState: point.gasState,
    suspendedFor: point.suspendedFor as SuspensionReason | null,
    meterNo: meterNoAt(context, point.id),
    pricePlanId: account.pricePlanId,
    householdSize: account.householdSize,
    openedOn: account.openedOn as BusinessDate,
    closedOn: account.closedOn as BusinessDate | null,
    prepayment: fen(account.prepayment),
    arrears: fen(account.arrears),
    version: account.version,
  }
}

/** @throws AccountNotFound · CustomerNotFound */
export const customerFile = useCase(CustomerFile, ({ accountId, customerId }, context) => {
  const { sqlite } = context
  const asked = accountId === null ? null : accountById(context, accountId)
  const customer = customerById(context, asked?.customerId ?? customerId ?? '')
  const accounts = statement<CustomerFileValue['accounts'][number]>(sqlite, fileSql.accounts).all(customer.id)
  const [first] = accounts
  const shown = asked ?? (first ? accountById(context, first.accountId) : null)
  const account = shown === null ? null : accountView(context, shown)
  const papers = statement<{ kind: AttachmentKind }>(sqlite, fileSql.papers).all(customer.id)
  return {
    customer: {
      customerId: customer.id,
      category: customer.category,
      name: customer.name,
      idKind: customer.idKind,
      idMasked: customer.idNumber === null ? null : maskNationalId(customer.idNumber),
      phoneMasked: maskPhone(customer.phone),
      phoneAltMasked: customer.phoneAlt === null ? null : maskPhone(customer.phoneAlt),
      specialCare: customer.specialCare,
      note: customer.note,
      version: customer.version,
      createdAt: customer.createdAt,
      updatedAt: customer.updatedAt,
    },
    account,
    accounts,
    completeness: completenessOf({
      category: customer.category,
      idKind: customer.idKind,
      phone: customer.phone,
      phoneAlt: customer.phoneAlt,
      hasAccount: account !== null,
      hasMeter: account !== null && account.meterNo !== null,
      attachments: new Set(papers.map(({ kind }) => kind)),
    }),
  }
})
