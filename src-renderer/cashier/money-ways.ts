/** Ways money comes in and goes out over the counter, as dialogs offer them. */
import { meansNames, type Means } from '../../src-main/cashier/api.ts'
import type { Fen } from '../../src-main/platform/money.ts'

/** 预存 itself brings no money. */
export type Way = Exclude<Means, 'prepayment'>

export const ways = (['cash', 'wechat', 'alipay', 'pos', 'transfer'] as const satisfies readonly Way[]).map(
  (value) => ({
    value,
    label: meansNames[value],
  }),
)

/** Whether the way has a channel whose statement is reconciled by a serial. */
export const hasSerial = (way: Way): boolean => way !== 'cash'

/** One tender for an amount in fen; cash tells what was handed over when that was more. */
export const tenderOf = (means: Way, amount: Fen, received: Fen | null, reference: string) => ({
  means,
  amount,
  ...(means === 'cash' && received !== null && received > amount ? { received } : {}),
  ...(hasSerial(means) && reference !== '' ? { reference } : {}),
})
