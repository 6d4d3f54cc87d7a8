/** When the class of a customer may change. Pure. */
import { categoryNames, type AttachmentKind, type CustomerCategory } from '../customers/api.ts'
import { attachmentKindNames } from '../customers/api.ts'
import { classPapers } from './api.ts'

export interface ClassChange {
  readonly from: CustomerCategory
  readonly to: CustomerCategory
  readonly paper: {
    readonly kind: AttachmentKind
    readonly name: string
    /** Days since it was filed. */
    readonly days: number
    /** Another change stands on it already. */
    readonly used: boolean
  } | null
  /** Days a paper may lie in the file before the change that stands on it (settings: customers.classPaperDays). */
  readonly paperDays: number
  /** Accounts in use, and those for which a price of the new class was chosen. */
  readonly accounts: readonly { readonly accountNo: string; readonly plan: 'none' | 'wrong-class' | 'good' }[]
}

/** Everything that stands in the way, so that the clerk mends it at once (clauses 6(9), 10(6)). */
export function classObstacles({ from, to, paper, paperDays, accounts }: ClassChange): string[] {
  const obstacles: string[] = []
  if (from === to) obstacles.push(`客户已经是${categoryNames[to]}，不用变更`)
  const wanted = classPapers[to]
  const named = wanted.map((kind) => attachmentKindNames[kind]).join('、')
  if (paper === null || !wanted.includes(paper.kind)) {
    obstacles.push(`变更为${categoryNames[to]}的依据应是这位客户档案里的${named}之一`)
  } else if (paper.used) {
    obstacles.push(`“${paper.name}”已是另一次变更的依据，请上传这次的材料`)
  } else if (paper.days > paperDays) {
    obstacles.push(`“${paper.name}”归档已 ${paper.days} 天，依据材料应在 ${paperDays} 天以内`)
  }
  for (const { accountNo, plan } of accounts) {
    if (plan === 'none') obstacles.push(`户号 ${accountNo} 还没有选新的价格方案`)
    if (plan === 'wrong-class') obstacles.push(`户号 ${accountNo} 的价格方案不是${categoryNames[to]}现行的，请重选`)
  }
  return obstacles
}
