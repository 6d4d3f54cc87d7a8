/** 用气性质变更 in words: what the second person reads before agreeing to it, the same on both floors. */
import { attachmentKindNames, categoryNames, type AttachmentKind, type CustomerCategory } from '../customers/api.ts'
import type { TermsOf } from '../platform/approval-terms.ts'

/** Papers that show another use of gas: whose trade it is, or whose dwelling. */
export const classPapers: Readonly<Record<CustomerCategory, readonly AttachmentKind[]>> = {
  resident: ['property', 'declaration'],
  industrial: ['licence', 'property', 'declaration'],
  commercial: ['licence', 'property', 'declaration'],
  public: ['licence', 'property', 'declaration'],
}

/** '每年 2 次', '每季 1 次': what clause 10(6) asks for. */
export const dutyInWords = (
  resident: boolean,
  often: { readonly residentPerYear: number; readonly nonResidentPerQuarter: number },
): string => (resident ? `每年 ${often.residentPerYear} 次` : `每季 ${often.nonResidentPerQuarter} 次`)

/** What the hall manager agrees to, computed by the screen that asks and by the call that acts. */
export const classTerms = (change: {
  readonly customerId: string
  readonly customerName: string
  readonly from: CustomerCategory
  readonly to: CustomerCategory
  readonly plans: readonly { readonly accountNo: string; readonly from: string; readonly to: string }[]
  readonly duty: { readonly from: string; readonly to: string }
  readonly paper: { readonly kind: AttachmentKind; readonly name: string }
  readonly reason: string
}): TermsOf<'customer-class'> => ({
  customerId: change.customerId,
  name: change.customerName,
  change: `${categoryNames[change.from]} → ${categoryNames[change.to]}`,
  pricePlans: change.plans.map(({ accountNo, from, to }) => `${accountNo}：${from} → ${to}`).join('；'),
  duty: change.duty.from === change.duty.to ? change.duty.to : `${change.duty.from} → ${change.duty.to}`,
  paper: `${attachmentKindNames[change.paper.kind]} ${change.paper.name}`,
  reason: change.reason.trim(),
})
