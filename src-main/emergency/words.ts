/** The trade's words of emergencies, used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

/** 预案类别. */
export const planKind = words({
  leak: '泄漏',
  fire: '火灾',
  explosion: '爆炸',
  poisoning: '中毒',
  damage: '外力破坏',
  outage: '停气',
  supply: '应急供气',
  disaster: '自然灾害',
  crowd: '人员密集',
  other: '其他',
})
export type PlanKind = WordOf<typeof planKind>
export const { values: planKinds, names: planKindNames } = planKind

/** 演练形式. */
export const drillForm = words({
  field: '实战演练',
  tabletop: '桌面推演',
  training: '预案培训',
})
export type DrillForm = WordOf<typeof drillForm>
export const { values: drillForms, names: drillFormNames } = drillForm

export const drillState = words({
  planned: '已计划',
  held: '整改中',
  closed: '已办结',
  cancelled: '已取消',
})
export type DrillState = WordOf<typeof drillState>
export const { values: drillStates, names: drillStateNames } = drillState

export const drillResult = words({
  good: '达到要求',
  fair: '基本达到，有待改进',
  poor: '未达到，须重新演练',
})
export type DrillResult = WordOf<typeof drillResult>
export const { values: drillResults, names: drillResultNames } = drillResult
