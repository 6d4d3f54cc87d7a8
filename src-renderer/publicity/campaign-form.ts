/** The three forms of a campaign (plan, what was done, done without plan), and the call each becomes. Pure. */
import {
  EditCampaign,
  PlanCampaign,
  RecordCampaign,
  RecordUnplanned,
  type CampaignKind,
  type CampaignRow,
} from '../../src-main/publicity/api.ts'

export type CampaignMode = 'plan' | 'edit' | 'record' | 'unplanned'

export const campaignModes: Readonly<Record<CampaignMode, string>> = {
  plan: '计划活动',
  edit: '修改计划',
  record: '登记开展',
  unplanned: '登记计划外活动',
}

export interface CampaignForm {
  kind: CampaignKind
  title: string
  date: string
  place: string
  staffIds: string[]
  targetReach: number
  reached: number
  leaflets: number
  content: string
  summary: string
}

export const emptyCampaign = (today: string): CampaignForm => ({
  kind: 'into-community',
  title: '',
  date: today,
  place: '',
  staffIds: [],
  targetReach: 0,
  reached: 0,
  leaflets: 0,
  content: '',
  summary: '',
})

/** What a campaign says already; a record begins with the plan's own place and people, and with today. */
export const formOf = (
  mode: CampaignMode,
  campaign: Omit<CampaignRow, 'staff'> & { readonly content: string; readonly summary: string },
  staffIds: readonly string[],
  today: string,
): CampaignForm => ({
  kind: campaign.kind,
  title: campaign.title,
  date: mode === 'record' ? (campaign.doneOn ?? today) : campaign.onDate,
  place: campaign.place,
  staffIds: [...staffIds],
  targetReach: campaign.targetReach,
  reached: campaign.reached,
  leaflets: campaign.leaflets,
  content: campaign.content,
  summary: campaign.summary,
})

export const schemaOf = (mode: CampaignMode) =>
  ({ plan: PlanCampaign, edit: EditCampaign, record: RecordCampaign, unplanned: RecordUnplanned })[mode].input

/** Names of the form's fields in the call of a mode. */
export const dateField = (mode: CampaignMode): string => (mode === 'plan' || mode === 'edit' ? 'plannedOn' : 'doneOn')

interface On {
  readonly requestId: string
  readonly campaignId: string
}

export const planInput = (
  { kind, title, date, place, staffIds, targetReach, content }: CampaignForm,
  { requestId }: Pick<On, 'requestId'>,
) => ({ requestId, kind, title, plannedOn: date, place, staffIds, targetReach, content })
const heldOf = ({ date, place, staffIds, reached, leaflets, summary }: CampaignForm) => ({
  doneOn: date,
  place,
  staffIds,
  reached,
  leaflets,
  summary,
})
export const recordInput = (form: CampaignForm, on: On) => ({ ...on, ...heldOf(form) })
export const unplannedInput = (form: CampaignForm, { requestId }: Pick<On, 'requestId'>) => ({
  requestId,
  kind: form.kind,
  title: form.title,
  ...heldOf(form),
})

/** What the form sends in a mode, for checking while one types. */
export function inputOf(mode: CampaignMode, form: CampaignForm, on: On): unknown {
  if (mode === 'plan') return planInput(form, on)
  if (mode === 'edit') return { ...planInput(form, on), campaignId: on.campaignId }
  return mode === 'record' ? recordInput(form, on) : unplannedInput(form, on)
}
