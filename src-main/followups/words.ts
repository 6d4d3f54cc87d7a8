/** The trade's words for callbacks, used on both floors. */

/** 服务类别: what a customer is called back about. Each has its target ratio and its script in the settings. */
export const services = ['repair', 'alarm', 'complaint', 'hazard', 'inspection', 'resumption', 'ignition'] as const
export type Service = (typeof services)[number]
export const serviceNames: Record<Service, string> = {
  repair: '报修',
  alarm: '报警、抢修',
  complaint: '投诉',
  hazard: '安检隐患',
  inspection: '安检合格',
  resumption: '恢复供气',
  ignition: '报装通气',
}

/** How one call went. `unreachable` is the last of the tries that count, and ends them. */
export const callResults = ['satisfied', 'dissatisfied', 'unreached', 'unreachable'] as const
export type CallResult = (typeof callResults)[number]
export const callResultNames: Record<CallResult, string> = {
  satisfied: '满意',
  dissatisfied: '不满意',
  unreached: '未接通',
  unreachable: '未联系上',
}

/** What the callback clerk says of a call; how many tries there were decides between 未接通 and 未联系上. */
export const toldResults = ['satisfied', 'dissatisfied', 'unreached'] as const
export type ToldResult = (typeof toldResults)[number]

export const answers = ['yes', 'no', 'unknown'] as const
export type AnswerWord = (typeof answers)[number]
export const answerNames: Record<AnswerWord, string> = { yes: '是', no: '否', unknown: '说不清' }
