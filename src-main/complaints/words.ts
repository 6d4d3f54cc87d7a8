/** The trade's words for complaints, used on both floors. */

export const complaintChannels = ['phone', 'visit', 'letter', 'online', 'referred', 'other'] as const
export type ComplaintChannel = (typeof complaintChannels)[number]
export const complaintChannelNames: Record<ComplaintChannel, string> = {
  phone: '来电',
  visit: '来访',
  letter: '来信',
  online: '网上',
  referred: '上级、热线转来',
  other: '其他',
}

/** 投诉类别. */
export const complaintClasses = [
  'attitude',
  'reading',
  'bill',
  'collection',
  'repair-late',
  'repair-quality',
  'inspection',
  'supply',
  'installation',
  'other',
] as const
export type ComplaintClass = (typeof complaintClasses)[number]
export const complaintClassNames: Record<ComplaintClass, string> = {
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
}

/** What a complaint may point at. */
export const subjectKinds = ['workorder', 'bill', 'payment'] as const
export type SubjectKind = (typeof subjectKinds)[number]
export const subjectKindNames: Record<SubjectKind, string> = { workorder: '工单', bill: '账单', payment: '收据' }

/** Why somebody counts as complained of. */
export const partyReasons = ['named', 'workorder', 'payment'] as const
export type PartyReason = (typeof partyReasons)[number]
export const partyReasonNames: Record<PartyReason, string> = {
  named: '客户指明',
  workorder: '办理被投诉的工单',
  payment: '办理被投诉的收款',
}

/** How the customer was answered. */
export const replyChannels = ['phone', 'visit', 'counter', 'letter', 'online'] as const
export type ReplyChannel = (typeof replyChannels)[number]
export const replyChannelNames: Record<ReplyChannel, string> = {
  phone: '电话',
  visit: '上门',
  counter: '当面（营业厅）',
  letter: '书面',
  online: '网上',
}

export const complaintStates = ['received', 'assigned', 'replied', 'called-back', 'closed'] as const
export type ComplaintState = (typeof complaintStates)[number]
export const complaintStateNames: Record<ComplaintState, string> = {
  received: '待指派',
  assigned: '调查中',
  replied: '已回复',
  'called-back': '已回访',
  closed: '已关闭',
}

export const complaintActions = [
  'assign',
  'investigate',
  'classify',
  'name',
  'reply',
  'call-back',
  'close',
  'reopen',
] as const
export type ComplaintAction = (typeof complaintActions)[number]
export const complaintActionNames: Record<ComplaintAction, string> = {
  assign: '指派调查人',
  investigate: '记调查情况',
  classify: '改类别',
  name: '补充被投诉人',
  reply: '回复',
  'call-back': '回访',
  close: '关闭',
  reopen: '重新办理',
}

/** How the customer took it in the end. */
export const satisfactions = ['satisfied', 'dissatisfied', 'unreachable'] as const
export type Satisfaction = (typeof satisfactions)[number]
export const satisfactionNames: Record<Satisfaction, string> = {
  satisfied: '满意',
  dissatisfied: '不满意',
  unreachable: '未联系上',
}
