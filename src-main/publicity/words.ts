/** The trade's words of publicity, used on both floors. */

/** 宣传方式: how people are reached, the 五进 last (clause 23(2)). */
export const campaignKinds = [
  'media',
  'leaflet',
  'home-visit',
  'school',
  'pipeline',
  'into-community',
  'into-school',
  'into-enterprise',
  'into-unit',
  'into-village',
] as const
export type CampaignKind = (typeof campaignKinds)[number]
export const campaignKindNames: Record<CampaignKind, string> = {
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
}
/** 五进. */
export const fiveEntries: readonly CampaignKind[] = [
  'into-community',
  'into-school',
  'into-enterprise',
  'into-unit',
  'into-village',
]

export const campaignStates = ['planned', 'done', 'cancelled'] as const
export type CampaignState = (typeof campaignStates)[number]
export const campaignStateNames: Record<CampaignState, string> = {
  planned: '已计划',
  done: '已开展',
  cancelled: '已取消',
}

/** What a text may name in 【】 instead of writing it down: it follows the settings, so that no board contradicts them. */
export const fillIns = ['抢险电话', '服务电话', '投诉电话', '处理时限', '修复时限', '停气通知时限'] as const
export type FillIn = (typeof fillIns)[number]
export type FillInValues = Readonly<Record<FillIn, string>>
