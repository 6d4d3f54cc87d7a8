/** 柜台业务的办理时间 in words: which businesses are timed. Used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const business = words({
  payment: '收费',
  opening: '报装受理',
  account: '停用、过户、换表等受理',
  order: '报修、咨询受理',
  complaint: '投诉受理',
})
export type Business = WordOf<typeof business>
export const { values: businesses, names: businessNames } = business

/** Nothing at a counter takes longer: a stray reading is not kept (s). */
export const longestSeconds = 7_200
