/** The trade's words of publicity, used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

/** 宣传方式: how people are reached, the 五进 last (clause 23(2)). */
export const campaignKind = words({
  media: '媒体宣传',
  leaflet: '彩页传单',
  'home-visit': '入户宣传',
  school: '学校宣传',
  pipeline: '管线沿线',
  'into-community': '进社区',
  'into-school': '进学校',
  'into-enterprise': '进企业',
  'into-unit': '进单位',
  'into-village': '进农村',
})
export type CampaignKind = WordOf<typeof campaignKind>
export const { values: campaignKinds, names: campaignKindNames } = campaignKind
/** 五进. */
export const fiveEntries: readonly CampaignKind[] = [
  'into-community',
  'into-school',
  'into-enterprise',
  'into-unit',
  'into-village',
]

export const campaignState = words({
  planned: '已计划',
  done: '已开展',
  cancelled: '已取消',
})
export type CampaignState = WordOf<typeof campaignState>
export const { values: campaignStates, names: campaignStateNames } = campaignState

/** What a text may name in 【】 instead of writing it down: it follows the settings, so that no board contradicts them. */
export const fillIns = ['抢险电话', '服务电话', '投诉电话', '处理时限', '修复时限', '停气通知时限'] as const
export type FillIn = (typeof fillIns)[number]
export type FillInValues = Readonly<Record<FillIn, string>>
