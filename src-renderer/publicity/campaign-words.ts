/** How a campaign's state is shown. */
import { campaignStateNames, type CampaignRow } from '../../src-main/publicity/api.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export function campaignTag({ state, overdue, plannedOn }: Pick<CampaignRow, 'state' | 'overdue' | 'plannedOn'>): {
  state: Tag
  text: string
} {
  if (overdue) return { state: 'late', text: '逾期未开展' }
  if (state === 'done') return { state: 'ok', text: plannedOn === null ? '计划外' : campaignStateNames.done }
  return { state: state === 'planned' ? 'todo' : 'plain', text: campaignStateNames[state] }
}
