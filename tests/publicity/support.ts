/** Contents and campaigns for the tests of this room and of the drills. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import type { BoardContent, PlanCampaign, RecordCampaign } from '../../src-main/publicity/api.ts'
import { actorOf } from '../support/hall.ts'

export const req = (): string => crypto.randomUUID()

export const content = (more: Partial<BoardContent> = {}): BoardContent => ({
  gas: {
    composition: [
      { name: '甲烷', share: 9_500 },
      { name: '氮气', share: 480 },
    ],
    grossHeat: 38_000,
    netHeat: 34_200,
    pressures: [{ use: '居民用户', pascals: 2_000 }],
    analysedOn: businessDate('2026-11-01'),
    analysedBy: '市计量所',
  },
  services: [{ name: '报修', steps: ['受理', '派工', '回访'], timeLimit: '【处理时限】内处理', papers: '' }],
  hours: ['周一至周日 8:30—17:30'],
  tips: ['闻到燃气味到户外打【抢险电话】'],
  ...more,
})

export const planOf = (more: Partial<InputOf<typeof PlanCampaign>> = {}): InputOf<typeof PlanCampaign> => ({
  requestId: req(),
  kind: 'into-community',
  title: '阳光花园安全用气进社区',
  plannedOn: '2026-11-28',
  place: '阳光花园广场',
  staffIds: [actorOf('clerk').id],
  targetReach: 200,
  ...more,
})

export const recordOf = (
  campaignId: string,
  more: Partial<InputOf<typeof RecordCampaign>> = {},
): InputOf<typeof RecordCampaign> => ({
  requestId: req(),
  campaignId,
  doneOn: '2026-11-23',
  place: '阳光花园广场',
  staffIds: [actorOf('clerk').id, actorOf('dispatcher').id],
  reached: 180,
  leaflets: 150,
  summary: '讲解安全用气常识，发放传单',
  ...more,
})
