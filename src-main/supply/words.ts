/** The trade's words for interruptions, resumption and arrears, used on both floors. */

export const interruptionKinds = ['planned', 'emergency'] as const
export type InterruptionKind = (typeof interruptionKinds)[number]
export const interruptionKindNames: Record<InterruptionKind, string> = { planned: '计划停气', emergency: '紧急停气' }

export const interruptionStates = ['draft', 'noticed', 'interrupted', 'resumed', 'cancelled'] as const
export type InterruptionState = (typeof interruptionStates)[number]
export const interruptionStateNames: Record<InterruptionState, string> = {
  draft: '待通知',
  noticed: '已通知',
  interrupted: '停气中',
  resumed: '已结束',
  cancelled: '已取消',
}

export const interruptionActions = ['amend', 'notify', 'post', 'call', 'start', 'end', 'cancel', 'delay'] as const
export type InterruptionAction = (typeof interruptionActions)[number]
export const interruptionActionNames: Record<InterruptionAction, string> = {
  amend: '修改',
  notify: '发出通知',
  post: '登记张贴',
  call: '登记电话告知',
  start: '开始停气',
  end: '结束停气',
  cancel: '取消停气',
  delay: '延迟恢复',
}

export const scopeKinds = ['building', 'community', 'street', 'accounts'] as const
export type ScopeKind = (typeof scopeKinds)[number]
export const scopeKindNames: Record<ScopeKind, string> = {
  building: '楼栋',
  community: '小区',
  street: '街道',
  accounts: '指定户',
}

/** What came of a personal call to a special-care customer. */
export const careResults = ['told', 'unreached'] as const
export type CareResult = (typeof careResults)[number]
export const careResultNames: Record<CareResult, string> = { told: '已告知', unreached: '未接通' }

/** What came of a visit to give gas back. */
export const resumptionOutcomes = ['resumed', 'failed', 'nobody-home'] as const
export type ResumptionOutcome = (typeof resumptionOutcomes)[number]
export const resumptionOutcomeNames: Record<ResumptionOutcome, string> = {
  resumed: '已恢复',
  failed: '不合格',
  'nobody-home': '家中无人',
}

export const dunningStates = [
  'issued',
  'delivered',
  'announced',
  'suspended',
  'paid',
  'resumed',
  'settled',
  'cancelled',
] as const
export type DunningState = (typeof dunningStates)[number]
export const dunningStateNames: Record<DunningState, string> = {
  issued: '待送达',
  delivered: '催缴中',
  announced: '已通知停气',
  suspended: '欠费停气',
  paid: '已缴清待恢复',
  resumed: '已恢复供气',
  settled: '已缴清',
  cancelled: '已撤销',
}

export const dunningActions = ['deliver', 'announce', 'suspend', 'pay', 'owe-again', 'resume', 'end', 'cancel'] as const
export type DunningAction = (typeof dunningActions)[number]
export const dunningActionNames: Record<DunningAction, string> = {
  deliver: '登记送达',
  announce: '登记停气通知送达',
  suspend: '欠费停气',
  pay: '缴清',
  'owe-again': '重新欠费',
  resume: '恢复供气',
  end: '户号终止',
  cancel: '撤销催缴',
}

export const deliveryWays = ['in-person', 'posted', 'mail', 'message', 'counter'] as const
export type DeliveryWay = (typeof deliveryWays)[number]
export const deliveryWayNames: Record<DeliveryWay, string> = {
  'in-person': '上门送达',
  posted: '门上张贴',
  mail: '邮寄',
  message: '短信、微信',
  counter: '柜台当面',
}
