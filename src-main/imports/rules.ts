/** The law of this room without I/O: how an import moves on, and what no two rows may share. */
import type { PlaceValue } from '../customers/api.ts'
import { registerCapacity } from '../metering/rules.ts'
import type { TermsOf } from '../platform/approval-terms.ts'
import { endOfMonth, type BusinessDate } from '../platform/dates.ts'
import { formatYuan, type Fen } from '../platform/money.ts'
import { certificateKinds } from '../staff/rules.ts'
import { cycleContaining } from '../tariffs/rules.ts'
import { importFields, type Mapping } from './fields.ts'
import type { ImportRow } from './rows.ts'
import { importStates, type ImportKind, type ImportState } from './words.ts'

export { certificateKinds, registerCapacity }

/** 导入 as a machine. What is committed is never half: `indexing` only makes found what is there already. */
export const transitions: Readonly<Record<ImportState, readonly ImportState[]>> = {
  reading: ['checking', 'discarded'],
  checking: ['checked', 'discarded'],
  checked: ['checking', 'indexing', 'discarded'],
  indexing: ['done'],
  done: ['undoing'],
  undoing: ['undone'],
  undone: [],
  discarded: [],
}
export const mayMove = (from: ImportState, to: ImportState): boolean => transitions[from].includes(to)
/** States in which nothing has come into the books yet and work goes on: there is one such import at a time. */
export const openStates: readonly ImportState[] = ['reading', 'checking', 'checked']
/** States in which the file counts as imported. */
export const importedStates: readonly ImportState[] = importStates.filter((state) =>
  ['indexing', 'done', 'undoing'].includes(state),
)

/** A 户号 as it is compared: capital letters and digits only. */
export const quotedNo = (no: string): string =>
  no
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')

/** What no two rows of one file may share, and no row may share with the books. */
export interface RowKeys {
  readonly account: string | null
  readonly meter: string | null
  readonly place: string | null
  readonly identity: string | null
}

/** Households of a village or a yard may share an address; a flat has one. */
export const mayBeShared = ({ building, unit }: Pick<PlaceValue, 'building' | 'unit'>): boolean =>
  building === '' && unit === ''
/** Before the key of a place that may be shared. */
export const sharedMark = '~'

/** The place as it is compared. */
const placeKey = (place: PlaceValue): string => {
  const { district, street, community, building, unit, room } = place
  return (mayBeShared(place) ? sharedMark : '') + [district, street, community, building, unit, room].join('|')
}

/** A 户号 as people say it who leave out the zeros in front; null where it has none or nothing else. */
export const withoutZeros = (quoted: string): string | null => /^0+([1-9]\d*)$/.exec(quoted)?.[1] ?? null

export function keysOf(row: ImportRow): RowKeys {
  const none = { account: null, meter: null, place: null, identity: null }
  switch (row.kind) {
    case 'customers':
      return {
        account: quotedNo(row.accountNo),
        meter: row.meter?.meterNo ?? null,
        place: placeKey(row.place),
        identity: row.idNumber,
      }
    case 'meters':
      return { ...none, account: quotedNo(row.accountNo), meter: row.meter.meterNo }
    case 'readings':
      return { ...none, account: row.accountNo === '' ? null : quotedNo(row.accountNo), meter: row.meterNo || null }
    case 'balances':
      // A month is owed once; what is prepaid stands once for the account.
      return {
        ...none,
        account: row.arrears > 0 ? `${quotedNo(row.accountNo)}/${row.month ?? ''}` : null,
        meter: row.prepayment > 0 ? quotedNo(row.accountNo) : null,
      }
    case 'staff':
      // Somebody with several certificates has a row for each.
      return {
        ...none,
        account: row.certificate === null ? row.staffNo : null,
        meter: row.certificate === null ? null : `${row.certificate.kind}/${row.certificate.number}`,
        identity: row.staffNo,
      }
    case 'care':
      return {
        ...none,
        account: row.accountNo === '' ? null : quotedNo(row.accountNo),
        place: row.idNumber === '' ? null : row.idNumber,
      }
    case 'history':
      return none
  }
}

/** First day of the tier cycle a day lies in, 'MM-DD' being the day a cycle begins. */
export const cycleStartOn = (day: BusinessDate, cycleStart: string): BusinessDate =>
  cycleContaining(day, cycleStart as Parameters<typeof cycleContaining>[1]).firstDay

/** Until when a bill taken over covers: the last day of its month. */
export const lastDayOf = (month: BusinessDate): BusinessDate => endOfMonth(month)

/** Fields that must have a column but have none. */
export const unmapped = (kind: ImportKind, mapping: Mapping): string[] =>
  importFields[kind].filter(({ key, required }) => required && !(key in mapping)).map(({ label }) => label)

/**
 * Seconds for which no other window is answered while rows come into the books, as measured by `npm run bench`
 * (customers with meter, opening reading and balance). A slower PC takes some times as long.
 */
const rowsPerSecond = 2_500
export const pauseSeconds = (rows: number): number => Math.ceil(rows / rowsPerSecond)
/** Longer than this (s) a queue at the counter notices. */
export const noticeablePause = 3

/** What came into the books, in numbers. */
export type BroughtCounts = Readonly<
  Record<
    | 'customers'
    | 'joined'
    | 'accounts'
    | 'meters'
    | 'readings'
    | 'bills'
    | 'staff'
    | 'certificates'
    | 'care'
    | 'events',
    number
  > &
    Record<'prepayment' | 'arrears', Fen>
>
const counts: readonly (readonly [Exclude<keyof BroughtCounts, 'prepayment' | 'arrears'>, string, string])[] = [
  ['customers', '新建客户', '位'],
  ['joined', '归入已有客户', '户'],
  ['accounts', '户号与用气点', '户'],
  ['meters', '表具', '块'],
  ['readings', '期初抄表', '条'],
  ['bills', '欠费账单', '张'],
  ['staff', '员工', '人'],
  ['certificates', '上岗证', '本'],
  ['care', '特殊客户', '位'],
  ['events', '档案记录', '条'],
]

/** What came into the books, a line each; nothing is said of what did not. */
export const broughtLines = (brought: BroughtCounts): { label: string; text: string }[] => [
  ...counts.flatMap(([key, label, unit]) => (brought[key] > 0 ? [{ label, text: `${brought[key]} ${unit}` }] : [])),
  ...(brought.prepayment > 0 ? [{ label: '期初预存', text: `${formatYuan(brought.prepayment)} 元` }] : []),
  ...(brought.arrears > 0 ? [{ label: '期初欠费', text: `${formatYuan(brought.arrears)} 元` }] : []),
]

/** What a second person agrees to when an import is taken back: which, of what file, and what goes with it. */
export const undoTerms = (
  view: {
    readonly importId: string
    readonly importNo: string
    readonly fileName: string
    readonly good: number
    readonly brought: BroughtCounts | null
  },
  reason: string,
): TermsOf<'import-undo'> => ({
  importId: view.importId,
  importNo: view.importNo,
  file: view.fileName,
  rows: view.good,
  brought: (view.brought === null ? [] : broughtLines(view.brought))
    .map(({ label, text }) => `${label} ${text}`)
    .join('、'),
  reason,
})
