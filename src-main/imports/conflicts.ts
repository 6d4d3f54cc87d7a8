/** What a good row meets in the books: asked when it is checked, and once more in the transaction that writes it. */
import { monthIsBilled, usageIsKnown } from '../billing/service.ts'
import {
  accountAt,
  accountQuoted,
  customerById,
  customersByIdentity,
  findServicePoint,
  oldNoIsKnown,
  type AccountFound,
} from '../customers/service.ts'
import { maxMetersInUse } from '../metering/api.ts'
import { meterByNo, meterNos, metersOnFile } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatCubicMetres } from '../platform/money.ts'
import { certificateIsKnown, certificateProblem, sameNameAs, staffByNo } from '../staff/service.ts'
import { counterSince } from '../ledger/service.ts'
import { certificateKindNames } from '../staff/api.ts'
import type {
  BalancePart,
  CareRow,
  CustomerRow,
  ImportRow,
  OpeningPart,
  PlanChoice,
  ReadingRow,
  StaffRow,
} from './rows.ts'
import { cycleStartOn, mayBeShared, quotedNo, registerCapacity } from './rules.ts'
import type { ProblemLevel } from './words.ts'
import { plainName } from './written.ts'

export interface Conflict {
  readonly field: string
  readonly reason: string
  readonly level: ProblemLevel
}
const bad = (field: string, reason: string): Conflict => ({ field, reason, level: 'bad' })
const notice = (field: string, reason: string): Conflict => ({ field, reason, level: 'notice' })

/** What is asked for every row and is the same for all of them. */
export interface Books {
  readonly source: string
  readonly plans: ReadonlyMap<string, PlanChoice>
}

export function conflictsOf(context: Context, books: Books, row: ImportRow): Conflict[] {
  switch (row.kind) {
    case 'customers':
      return ofCustomer(context, books, row)
    case 'meters':
      return onAccount(context, books, row.accountNo, (account) => {
        const there = metersOnFile(context, account.servicePointId)
        const more =
          there.length >= maxMetersInUse
            ? bad('accountNo', `这一户已有 ${there.length} 块在用表，已达上限`)
            : notice('accountNo', `这一户已有在用的表 ${meterNos(there)}，按一户多表导入、合并计档，请核对`)
        return [
          ...readerUnfit(context, row.opening),
          ...(there.length > 0 ? [more] : []),
          ...meterTaken(context, row.meter.meterNo),
          ...usageTaken(context, books, account, row),
        ]
      })
    case 'readings':
      return ofReading(context, books, row)
    case 'balances':
      return onAccount(context, books, row.accountNo, (account) => {
        const other = row.name !== '' && row.name !== plainName(account.customerName)
        return [
          ...(other ? [bad('name', `户名与档案里的“${account.customerName}”不符，请核对是否串了行`)] : []),
          ...balanceTaken(context, account, row),
        ]
      })
    case 'history':
      return onAccount(context, books, row.accountNo, () => [], true)
    case 'care':
      return ofCare(context, books, row)
    case 'staff':
      return ofStaff(context, row)
  }
}

function ofCustomer(context: Context, { source }: Books, row: CustomerRow): Conflict[] {
  const found: Conflict[] = []
  if (oldNoIsKnown(context, source, quotedNo(row.accountNo))) {
    found.push(bad('accountNo', `“${source}”的这个户号已经导入过`))
  }
  if (row.meter) found.push(...meterTaken(context, row.meter.meterNo))
  if (row.opening) found.push(...readerUnfit(context, row.opening))
  const place = findServicePoint(context, row.place)
  if (place) {
    const holder = place.accountNo === null ? '' : `，户号 ${place.accountNo}`
    found.push(
      mayBeShared(row.place)
        ? notice('address', `这个地址已经建档${holder}，按同院多户导入，请核对`)
        : bad('address', `这个地址已经建档${holder}`),
    )
  }
  if (row.idNumber !== null) {
    const same = customersByIdentity(context, row.idNumber)
    const [other] = same
    if (same.some(({ name }) => plainName(name) === row.name))
      found.push(notice('idNumber', '客户已建档，这个户号归入其名下'))
    else if (other) found.push(bad('idNumber', `证件号码与已建档客户“${other.name}”相同而姓名不同，请核对`))
  }
  return found
}

/**
 * Who read an opening index. What moving in brings has no reader of this hall; once the counter has opened, readings are the
 * work of certified staff, whatever way they come (clause 10(8)).
 */
export const openingReader = (context: Context, { readerNo }: OpeningPart): string | null =>
  counterSince(context) === null ? null : (staffByNo(context, readerNo)?.id ?? null)

function readerUnfit(context: Context, opening: OpeningPart): Conflict[] {
  if (counterSince(context) === null) return []
  if (opening.readerNo === '') {
    return [bad('readerNo', '营业厅已经开业，导入的读数须写明抄表员工号（第十条）')]
  }
  const readerId = openingReader(context, opening)
  if (readerId === null) return [bad('readerNo', `没有工号 ${opening.readerNo} 的员工`)]
  const problem = certificateProblem(context, readerId, 'meter-reading', opening.readOn)
  return problem === null ? [] : [bad('readerNo', problem)]
}

const meterTaken = (context: Context, meterNo: string): Conflict[] =>
  meterByNo(context, meterNo) ? [bad('meterNo', '这个表号已经登记过')] : []

/** The account a row names, if anything can be done to it. */
function onAccount(
  context: Context,
  { source }: Books,
  accountNo: string,
  then: (account: AccountFound) => Conflict[],
  closedToo = false,
): Conflict[] {
  const account = accountQuoted(context, source, quotedNo(accountNo))
  if (!account) return [bad('accountNo', '没有这个户号，请先导入客户档案')]
  if (account.state !== 'active' && !closedToo) return [bad('accountNo', '这个户号已过户或销户')]
  return then(account)
}

function usageTaken(
  context: Context,
  { plans }: Books,
  account: AccountFound,
  { used, opening }: Pick<ReadingRow, 'used' | 'opening'>,
): Conflict[] {
  const plan = plans.get(account.pricePlanId)
  if (used === null) return []
  if (!plan) return [bad('used', '这一户的价格方案已停用，请先调整')]
  return usageIsKnown(context, account.accountId, cycleStartOn(opening.readOn, plan.cycleStart))
    ? [bad('used', '这一户本阶梯年度已有累计气量')]
    : []
}

/** The account and meter of an opening reading; null where they do not go together. */
export function readingTarget(context: Context, { source }: Books, row: ReadingRow) {
  const byNo = row.meterNo === '' ? null : meterByNo(context, row.meterNo)
  const account =
    row.accountNo === ''
      ? byNo && accountAt(context, byNo.servicePointId)
      : accountQuoted(context, source, quotedNo(row.accountNo))
  const meters = account ? metersOnFile(context, account.servicePointId) : []
  const [only] = meters
  const meter =
    row.meterNo === ''
      ? meters.length === 1
        ? only
        : undefined
      : meters.find(({ meterId }) => meterId === byNo?.meterId)
  return { byNo, account, meters, meter }
}

function ofReading(context: Context, books: Books, row: ReadingRow): Conflict[] {
  const { byNo, account, meters, meter } = readingTarget(context, books, row)
  if (row.meterNo !== '' && !byNo) return [bad('meterNo', '没有这个表号，请先导入表具')]
  if (!account) {
    return [
      row.accountNo === ''
        ? bad('meterNo', '这块表所在的地址没有在用的户号')
        : bad('accountNo', '没有这个户号，请先导入客户档案'),
    ]
  }
  if (meters.length === 0) return [bad('accountNo', '这一户没有在用的表具，请先导入表具')]
  if (!meter) {
    return [
      byNo
        ? bad('meterNo', '这块表不在这一户，请核对户号和表号')
        : bad('meterNo', `这一户有 ${meters.length} 块表（${meterNos(meters)}），请填表号`),
    ]
  }
  const found: Conflict[] = readerUnfit(context, row.opening)
  if (meter.read === 1) found.push(bad('index', '这块表已有抄表记录，不能再导入期初抄表'))
  const { index, readOn } = row.opening
  if (index >= registerCapacity(meter.digits)) {
    found.push(bad('index', `读数 ${formatCubicMetres(index)} 超出 ${meter.digits} 位表盘`))
  }
  if (readOn < meter.installedOn) found.push(bad('readOn', `抄表日期早于装表日期 ${meter.installedOn}`))
  return [...found, ...usageTaken(context, books, account, row)]
}

/** An account is given its opening prepayment once, and a month is owed once. */
function balanceTaken(context: Context, { accountId }: AccountFound, row: BalancePart): Conflict[] {
  const found: Conflict[] = []
  if (row.month !== null && monthIsBilled(context, accountId, row.month)) {
    found.push(bad('month', `这一户 ${row.month.slice(0, 7)} 已有账单`))
  }
  if (row.prepayment > 0 && openingIsKnown(context, accountId)) {
    found.push(bad('prepayment', '这一户的期初预存已经导入过'))
  }
  return found
}

const openingIsKnown = ({ sqlite }: Context, accountId: string): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM import_rows r JOIN imports i ON i.id = r.import_id
     WHERE r.account_id = ? AND r.prepayment > 0 AND i.state IN ('indexing', 'done')`,
  ).get(accountId) !== undefined

/** The customer a row of special care is about. */
export function careTarget(context: Context, { source }: Books, row: CareRow): string | null {
  if (row.accountNo !== '') return accountQuoted(context, source, quotedNo(row.accountNo))?.customerId ?? null
  const same = customersByIdentity(context, row.idNumber)
  return same.length === 1 ? (same[0]?.customerId ?? null) : null
}

function ofCare(context: Context, books: Books, row: CareRow): Conflict[] {
  const customerId = careTarget(context, books, row)
  if (customerId === null) {
    return [
      row.accountNo === ''
        ? bad('idNumber', '没有这个证件号码的客户')
        : bad('accountNo', '没有这个户号，请先导入客户档案'),
    ]
  }
  const customer = customerById(context, customerId)
  if (row.idNumber !== '' && customer.idNumber !== null && customer.idNumber !== row.idNumber) {
    return [bad('idNumber', `证件号码与档案里“${customer.name}”的不符，请核对是否串了行`)]
  }
  return customer.specialCare === null ? [] : [bad('care', '这位客户已登记为特殊客户，请到客户档案里修改')]
}

function ofStaff(context: Context, { staffNo, name, certificate }: StaffRow): Conflict[] {
  const found: Conflict[] = []
  const known = staffByNo(context, staffNo)
  if (known) found.push(bad('staffNo', '这个工号已有人使用，工号不得共用'))
  const namesake = sameNameAs(context, name, known?.id)
  if (namesake !== null) found.push(bad('name', namesake))
  if (certificate && counterSince(context) !== null) {
    const why = '营业厅已经开业，上岗证请在“上岗证”页登记，附考核记录或复印件（第十一条）'
    found.push(bad('certificateNo', why))
  }
  if (certificate && certificateIsKnown(context, certificate.kind, certificate.number)) {
    found.push(bad('certificateNo', `这本${certificateKindNames[certificate.kind]}已经登记过`))
  }
  return found
}
