/** A price list as a company would make it, on a real hall. Every price is invented. */
import { AddItem, AddVersion, Charge, feeTerms, type VersionTerms } from '../../src-main/fees/api.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { fen } from '../../src-main/platform/money.ts'
import { approvalOf } from '../support/approval.ts'
import type { TestHall } from '../support/hall.ts'

const id = () => crypto.randomUUID()

type NewItem = Omit<InputOf<typeof AddItem>, 'requestId' | 'approvalId'>
export const newItem = (about: Partial<NewItem> = {}): NewItem => ({
  ...{ name: '过户', kind: 'service', unit: '次', account: 'fee-revenue', effectiveFrom: '2026-01-01' },
  ...{ price: fen(2_000), maxPrice: fen(2_000), taxRate: 600, document: '示例价〔2026〕1号' },
  ...{ places: ['counter', 'transfer'], buyers: ['resident', 'non-resident'] },
  ...about,
})

/** The manager makes an item before the counter has opened; afterwards with an administrator's agreement. */
export const addItem = (hall: TestHall, about: Partial<NewItem> = {}, approvalId: string | null = null) =>
  hall.call(AddItem, { requestId: id(), ...newItem(about), approvalId }, 'administrator')

export const versionOf = ({
  effectiveFrom,
  price,
  maxPrice,
  taxRate,
  document,
  places,
  buyers,
}: NewItem): VersionTerms => ({
  ...{ effectiveFrom, price, maxPrice, taxRate, document },
  ...{ places: [...places], buyers: [...buyers] },
})

/** Agreed to by the hall manager, done by the administrator. */
export async function addItemByTwo(hall: TestHall, about: Partial<NewItem> = {}) {
  const item = newItem(about)
  const terms = feeTerms('create', item, { version: versionOf(item) })
  return addItem(hall, about, await approvalOf(hall, { purpose: 'fee-item', terms }, 'administrator'))
}
export async function addVersionByTwo(hall: TestHall, itemId: string, about: Partial<NewItem> = {}) {
  const item = newItem(about)
  const terms = feeTerms('add', item, { version: versionOf(item) })
  const approvalId = await approvalOf(hall, { purpose: 'fee-item', terms }, 'administrator')
  return hall.call(AddVersion, { requestId: id(), itemId, ...versionOf(item), approvalId } as never, 'administrator')
}

export const chargeTo = (
  hall: TestHall,
  accountId: string,
  itemId: string,
  about: Partial<InputOf<typeof Charge>> = {},
) => hall.call(Charge, { requestId: id(), accountId, itemId, place: 'counter', quantity: 100, ...about }, 'cashier')
