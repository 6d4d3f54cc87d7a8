/** 合同 as rows: finding them and showing them. */
import { and, desc, eq, inArray, isNull, ne, sql, type SQL } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { maskNationalId } from '../platform/identity.ts'
import type { Contract } from './api.ts'
import { contracts, contractTemplates } from './tables.ts'

export const ContractNotFound = domainError('ContractNotFound', '没有找到这份合同，请刷新后再试')

export type ContractRow = typeof contracts.$inferSelect

/** @throws ContractNotFound */
export function contractById({ db }: Context, contractId: string): ContractRow {
  const row = db.select().from(contracts).where(eq(contracts.id, contractId)).get()
  if (!row) throw new ContractNotFound()
  return row
}

/** The contracts of an application that are not void: at most one of each kind. */
export const livingContracts = ({ db }: Context, applicationId: string): ContractRow[] =>
  db
    .select()
    .from(contracts)
    .where(and(eq(contracts.applicationId, applicationId), ne(contracts.state, 'void')))
    .orderBy(desc(contracts.kind))
    .all()

/** The signed contracts of an account that nothing ended. */
export const contractsInForce = ({ db }: Context, accountId: string): ContractRow[] =>
  db
    .select()
    .from(contracts)
    .where(and(eq(contracts.accountId, accountId), eq(contracts.state, 'signed'), isNull(contracts.endedOn)))
    .all()

/** Contracts of an account that wait for their signature. */
export const openDrafts = ({ db }: Context, accountId: string): ContractRow[] =>
  db
    .select()
    .from(contracts)
    .where(and(eq(contracts.accountId, accountId), inArray(contracts.state, ['draft', 'printed'])))
    .all()

type OfTemplate = Pick<Contract, 'audience' | 'customerName' | 'templateVersion'>

const shown = (row: ContractRow, of: OfTemplate): Contract => ({
  ...row,
  ...of,
  signedOn: row.signedOn as BusinessDate | null,
  endedOn: row.endedOn as BusinessDate | null,
  validUntil: row.validUntil as BusinessDate | null,
  agentIdNumber: row.agentIdNumber === null ? null : maskNationalId(row.agentIdNumber),
})

function select({ db }: Context, where: SQL): Contract[] {
  return db
    .select({
      contract: contracts,
      of: {
        templateVersion: contractTemplates.version,
        audience: contractTemplates.audience,
        customerName: sql<string>`(SELECT name FROM customers c WHERE c.id = ${contracts.customerId})`,
      },
    })
    .from(contracts)
    .innerJoin(contractTemplates, eq(contracts.templateId, contractTemplates.id))
    .where(where)
    .orderBy(sql`${contracts.state} = 'void'`, desc(contracts.kind), desc(contracts.draftedAt))
    .all()
    .map(({ contract, of }) => shown(contract, of))
}

/** One contract as screens see it. @throws ContractNotFound */
export function shownContract(context: Context, contractId: string): Contract {
  const found = select(context, eq(contracts.id, contractId))[0]
  if (!found) throw new ContractNotFound()
  return found
}

/** Every contract of an application: the living ones, supply before safety, then the void ones. */
export const contractsOfApplication = (context: Context, applicationId: string): Contract[] =>
  select(context, eq(contracts.applicationId, applicationId))

/** Every contract of an account, in the same order. */
export const contractsOfAccount = (context: Context, accountId: string): Contract[] =>
  select(context, eq(contracts.accountId, accountId))
