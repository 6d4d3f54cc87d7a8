/** What must stand before a day may be closed (日清日结, clause 22(4)). Pure; amounts in fen. */
import { formatYuan, type Fen } from '../platform/money.ts'
import { meansNames, type ChannelMeans, type Obstacle } from './api.ts'

export interface ChannelFacts {
  readonly means: ChannelMeans
  /** Our movements of the day, and how many statements are in. */
  readonly ourCount: number
  readonly imported: number
  readonly declaredNone: boolean
  /** Its statement comes after the day has closed. */
  readonly deferred: boolean
  /** Every statement was reconciled with all our movements. */
  readonly reconciled: boolean
}

export interface DrawerFacts {
  /** Code of its till. */
  readonly till: string
  /** Whose shift was the last there, and whether it is still open. */
  readonly cashierName: string
  readonly open: boolean
  readonly counted: Fen | null
  /** counted − books; null before the count. */
  readonly difference: Fen | null
}

export interface CloseFacts {
  /** The drawers that were in use on the day. */
  readonly drawers: readonly DrawerFacts[]
  readonly channels: readonly ChannelFacts[]
  readonly openDifferences: number
  readonly debit: Fen
  readonly credit: Fen
  /** Accounts whose balances differ from the ledger. */
  readonly wrongAccounts: readonly string[]
}

/** Everything that stands in the way, so that the cashier mends it in one go. Empty when the day may be closed. */
export function obstaclesToClose(facts: CloseFacts): Obstacle[] {
  // Which till is said where there is more than one.
  const at = ({ till }: DrawerFacts) => (facts.drawers.length > 1 ? `${till} 号机` : '')
  return [
    ...facts.drawers
      .filter(({ open }) => open)
      .map((one): Obstacle => ({ step: 'shifts', text: `${at(one)}${one.cashierName}的班次还在收款，请先停止收款` })),
    ...facts.drawers.flatMap((one) => cashObstacles(one, at(one))),
    ...facts.channels.flatMap(channelObstacles),
    ...(facts.openDifferences > 0
      ? [{ step: 'differences', text: `还有 ${facts.openDifferences} 条对账差异未处理` } as const]
      : []),
    ...(facts.debit !== facts.credit
      ? [
          {
            step: 'ledger',
            text: `当日借贷不平：借 ${formatYuan(facts.debit)}，贷 ${formatYuan(facts.credit)}`,
          } as const,
        ]
      : []),
    ...facts.wrongAccounts.map((accountNo): Obstacle => ({
      step: 'ledger',
      text: `户号 ${accountNo} 的余额与总账不符，请联系管理员`,
    })),
  ]
}

function cashObstacles({ counted, difference }: DrawerFacts, at: string): Obstacle[] {
  if (counted === null || difference === null) return [{ step: 'cash', text: `${at}现金还没有清点` }]
  if (difference === 0) return []
  const word = difference > 0 ? '长款' : '短款'
  return [{ step: 'cash', text: `${at}现金${word} ${formatYuan(Math.abs(difference) as Fen)} 元未说明` }]
}

function channelObstacles({ means, ourCount, imported, declaredNone, deferred, reconciled }: ChannelFacts): Obstacle[] {
  const name = meansNames[means]
  if (imported === 0) {
    if (ourCount === 0 || declaredNone || deferred) return []
    return [{ step: 'statements', text: `${name}有 ${ourCount} 笔收款，对账单还没有导入` }]
  }
  return reconciled ? [] : [{ step: 'statements', text: `${name}对账单还没有核对` }]
}
