/** The trade's words of emergencies, used on both floors. */

/** 预案类别. */
export const planKinds = [
  'leak',
  'fire',
  'explosion',
  'poisoning',
  'damage',
  'outage',
  'disaster',
  'crowd',
  'other',
] as const
export type PlanKind = (typeof planKinds)[number]
export const planKindNames: Record<PlanKind, string> = {
  leak: '泄漏',
  fire: '火灾',
  explosion: '爆炸',
  poisoning: '中毒',
  damage: '外力破坏',
  outage: '停气',
  disaster: '自然灾害',
  crowd: '人员密集',
  other: '其他',
}

/** 演练形式. */
export const drillForms = ['field', 'tabletop', 'training'] as const
export type DrillForm = (typeof drillForms)[number]
export const drillFormNames: Record<DrillForm, string> = {
  field: '实战演练',
  tabletop: '桌面推演',
  training: '预案培训',
}

export const drillStates = ['planned', 'held', 'closed', 'cancelled'] as const
export type DrillState = (typeof drillStates)[number]
export const drillStateNames: Record<DrillState, string> = {
  planned: '已计划',
  held: '整改中',
  closed: '已办结',
  cancelled: '已取消',
}

export const drillResults = ['good', 'fair', 'poor'] as const
export type DrillResult = (typeof drillResults)[number]
export const drillResultNames: Record<DrillResult, string> = {
  good: '达到要求',
  fair: '基本达到，有待改进',
  poor: '未达到，须重新演练',
}
