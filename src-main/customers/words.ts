/** The trade's words for what this room keeps. Used on both floors, so that one thing has one name on every screen. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const customerCategory = words({
  resident: '居民',
  industrial: '工业',
  commercial: '商业',
  public: '公福',
})
export type CustomerCategory = WordOf<typeof customerCategory>
/** 客户类别 (clause 6(9)). */
export const { values: customerCategories, names: categoryNames } = customerCategory

export const idKind = words({
  'national-id': '身份证',
  'credit-code': '统一社会信用代码',
  passport: '护照',
  none: '暂未提供',
})
export type IdKind = WordOf<typeof idKind>
export const { values: idKinds, names: idKindNames } = idKind

/** 残、障、孤、老 (clause 10(7)). */
export const careKind = words({
  disabled: '残障',
  'living-alone': '独居',
  orphaned: '孤寡',
  elderly: '高龄',
})
export type CareKind = WordOf<typeof careKind>
export const { values: careKinds, names: careKindNames } = careKind

export const gasState = words({
  'not-ignited': '未通气',
  supplied: '供气中',
  suspended: '停气',
  deactivated: '停用',
  dismantled: '已拆除',
})
export type GasState = WordOf<typeof gasState>
export const { values: gasStates, names: gasStateNames } = gasState

export const suspensionReason = words({
  planned: '计划停气',
  emergency: '紧急停气',
  hazard: '隐患停气',
  repair: '抢修停气',
  arrears: '欠费停气',
  customer: '客户要求',
})
export type SuspensionReason = WordOf<typeof suspensionReason>
export const { values: suspensionReasons, names: suspensionReasonNames } = suspensionReason

/** Where a file stands in the list: without an account, closed, or the gas state of its service point. */
export const standings = ['applying', ...gasStates, 'transferred', 'closed'] as const
export type Standing = (typeof standings)[number]
export const standingNames: Record<Standing, string> = {
  applying: '未开户',
  ...gasStateNames,
  transferred: '已过户',
  closed: '已销户',
}

export const attachmentKind = words({
  identity: '身份证明',
  licence: '营业执照',
  property: '房产或场所证明',
  death: '死亡证明',
  inheritance: '继承公证书、遗嘱或裁判文书',
  declaration: '情况说明、承诺书',
  'supply-contract': '供用气合同扫描件',
  'safety-contract': '安全用气合同扫描件',
  acceptance: '验收资料',
  consent: '书面同意书',
  photo: '现场照片',
  other: '其他',
})
export type AttachmentKind = WordOf<typeof attachmentKind>
export const { values: attachmentKinds, names: attachmentKindNames } = attachmentKind

export const eventKind = words({
  profile: '资料',
  installation: '报装',
  contract: '合同',
  meter: '表具',
  reading: '抄表',
  bill: '账单',
  payment: '缴费',
  supply: '通停气',
  inspection: '安检',
  workorder: '工单',
  complaint: '投诉',
  followup: '回访',
  notice: '通知',
  attachment: '附件',
})
export type EventKind = WordOf<typeof eventKind>
export const { values: eventKinds, names: eventKindNames } = eventKind
