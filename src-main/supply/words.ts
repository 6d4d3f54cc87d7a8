/** The trade's words for interruptions, resumption and arrears, used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const interruptionKind = words({ planned: '计划停气', emergency: '紧急停气' })
export type InterruptionKind = WordOf<typeof interruptionKind>
export const { values: interruptionKinds, names: interruptionKindNames } = interruptionKind

export const interruptionState = words({
  draft: '待通知',
  noticed: '已通知',
  interrupted: '停气中',
  resumed: '已结束',
  cancelled: '已取消',
})
export type InterruptionState = WordOf<typeof interruptionState>
export const { values: interruptionStates, names: interruptionStateNames } = interruptionState

export const interruptionAction = words({
  amend: '修改',
  notify: '发出通知',
  post: '登记张贴',
  call: '登记电话告知',
  start: '开始停气',
  end: '结束停气',
  cancel: '取消停气',
  delay: '延迟恢复',
})
export type InterruptionAction = WordOf<typeof interruptionAction>
export const { values: interruptionActions, names: interruptionActionNames } = interruptionAction

export const scopeKind = words({
  building: '楼栋',
  community: '小区',
  street: '街道',
  accounts: '指定户',
})
export type ScopeKind = WordOf<typeof scopeKind>
export const { values: scopeKinds, names: scopeKindNames } = scopeKind

/** What came of a personal call to a special-care customer. */
export const careResult = words({ told: '已告知', unreached: '未接通' })
export type CareResult = WordOf<typeof careResult>
export const { values: careResults, names: careResultNames } = careResult

/** What came of a visit to give gas back. */
export const resumptionOutcome = words({
  resumed: '已恢复',
  failed: '不合格',
  'nobody-home': '家中无人',
})
export type ResumptionOutcome = WordOf<typeof resumptionOutcome>
export const { values: resumptionOutcomes, names: resumptionOutcomeNames } = resumptionOutcome

export const dunningState = words({
  issued: '待送达',
  delivered: '催缴中',
  announced: '已通知停气',
  suspended: '欠费停气',
  paid: '已缴清待恢复',
  resumed: '已恢复供气',
  settled: '已缴清',
  cancelled: '已撤销',
})
export type DunningState = WordOf<typeof dunningState>
export const { values: dunningStates, names: dunningStateNames } = dunningState

export const dunningAction = words({
  deliver: '登记送达',
  announce: '登记停气通知送达',
  suspend: '欠费停气',
  pay: '缴清',
  'owe-again': '重新欠费',
  resume: '恢复供气',
  end: '户号终止',
  cancel: '撤销催缴',
})
export type DunningAction = WordOf<typeof dunningAction>
export const { values: dunningActions, names: dunningActionNames } = dunningAction

/** What came of a call about a debt. */
export const debtCallResult = words({
  told: '已告知',
  promised: '承诺缴费',
  refused: '拒绝缴费',
  unreached: '未接通',
})
export type DebtCallResult = WordOf<typeof debtCallResult>
export const { values: debtCallResults, names: debtCallResultNames } = debtCallResult

export const deliveryWay = words({
  'in-person': '上门送达',
  posted: '门上张贴',
  mail: '邮寄',
  message: '短信、微信',
  counter: '柜台当面',
})
export type DeliveryWay = WordOf<typeof deliveryWay>
export const { values: deliveryWays, names: deliveryWayNames } = deliveryWay

/** 恢复前的安全事项: what the replaced database had open. `unread`: it could not be read, and somebody must say what was off. */
export const carriedKind = words({
  hold: '停气',
  state: '停用或待恢复',
  hazard: '隐患',
  order: '工单',
  unread: '停气清单待补',
})
export type CarriedKind = WordOf<typeof carriedKind>
export const { values: carriedKinds, names: carriedKindNames } = carriedKind

export const carriedOutcome = words({ 're-entered': '已补录', lifted: '两人核对解除', listed: '已补停气清单' })
export type CarriedOutcome = WordOf<typeof carriedOutcome>
export const { values: carriedOutcomes, names: carriedOutcomeNames } = carriedOutcome
