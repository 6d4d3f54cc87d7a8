/** The trade's words for complaints, used on both floors. Its states and actions stand in `process.ts`. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const complaintChannel = words({
  phone: '来电',
  visit: '来访',
  letter: '来信',
  online: '网上',
  referred: '上级、热线转来',
  other: '其他',
})
export type ComplaintChannel = WordOf<typeof complaintChannel>
export const { values: complaintChannels, names: complaintChannelNames } = complaintChannel

/** 投诉类别. */
export const complaintClass = words({
  attitude: '服务态度',
  reading: '抄表计量',
  bill: '气价账单',
  collection: '收费',
  'repair-late': '维修不及时',
  'repair-quality': '维修质量',
  inspection: '安检入户',
  supply: '停气供气',
  installation: '报装通气',
  other: '其他',
})
export type ComplaintClass = WordOf<typeof complaintClass>
export const { values: complaintClasses, names: complaintClassNames } = complaintClass

/** What a complaint may point at. */
export const subjectKind = words({ workorder: '工单', bill: '账单', payment: '收据' })
export type SubjectKind = WordOf<typeof subjectKind>
export const { values: subjectKinds, names: subjectKindNames } = subjectKind

/** Why somebody counts as complained of. */
export const partyReason = words({ named: '客户指明', workorder: '办理被投诉的工单', payment: '办理被投诉的收款' })
export type PartyReason = WordOf<typeof partyReason>
export const partyReasonNames = partyReason.names

/** How the customer was answered. */
export const replyChannel = words({
  phone: '电话',
  visit: '上门',
  counter: '当面（营业厅）',
  letter: '书面',
  online: '网上',
})
export type ReplyChannel = WordOf<typeof replyChannel>
export const { values: replyChannels, names: replyChannelNames } = replyChannel

/** How the customer took it in the end. */
export const satisfaction = words({ satisfied: '满意', dissatisfied: '不满意', unreachable: '未联系上' })
export type Satisfaction = WordOf<typeof satisfaction>
export const satisfactionNames = satisfaction.names
