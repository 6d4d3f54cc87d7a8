/** The trade's words for callbacks, used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

/** 服务类别: what a customer is called back about. Each has its target ratio and its script in the settings. */
export const service = words({
  repair: '报修',
  alarm: '报警、抢修',
  complaint: '投诉',
  hazard: '安检隐患',
  inspection: '安检合格',
  resumption: '恢复供气',
  ignition: '报装通气',
})
export type Service = WordOf<typeof service>
export const { values: services, names: serviceNames } = service

/** How one call went. `unreachable` is the last of the tries that count, and ends them. */
export const callResult = words({
  satisfied: '满意',
  dissatisfied: '不满意',
  unreached: '未接通',
  unreachable: '未联系上',
})
export type CallResult = WordOf<typeof callResult>
export const { values: callResults, names: callResultNames } = callResult

/** What the callback clerk says of a call; how many tries there were decides between 未接通 and 未联系上. */
export const toldResults = ['satisfied', 'dissatisfied', 'unreached'] as const
export type ToldResult = (typeof toldResults)[number]

export const answerWord = words({ yes: '是', no: '否', unknown: '说不清' })
export type AnswerWord = WordOf<typeof answerWord>
export const { values: answers, names: answerNames } = answerWord
