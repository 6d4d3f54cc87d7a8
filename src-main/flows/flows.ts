/** The flow charts of a hall, each from the table of its business. */
import { cardActionNames, cardStateNames, cardTransitions } from '../appraisal/api.ts'
import { complaintProcess } from '../complaints/api.ts'
import { drillStateNames, drillTransitions } from '../emergency/api.ts'
import { hazardProcess } from '../inspections/api.ts'
import {
  applicationActions,
  applicationStateAfter,
  applicationStateNames,
  startingStates,
} from '../installations/api.ts'
import { words, type WordOf } from '../platform/dictionary.ts'
import { campaignStateNames, campaignTransitions } from '../publicity/api.ts'
import { entryProcess } from '../registers/api.ts'
import {
  dunningActionNames,
  dunningStateNames,
  dunningTransitions,
  interruptionActionNames,
  interruptionStateNames,
  interruptionTransitions,
  processActions,
  processKindNames,
  processKinds,
  processStateAfter,
  processStateNames,
  processStates,
  type ProcessKind,
} from '../supply/api.ts'
import { orderProcess } from '../workorders/api.ts'
import { flowOf, flowOfTable, type Flow } from './flow.ts'

const applicationLabels: Readonly<Record<(typeof applicationActions)[number], string>> = {
  amend: '更改申请',
  survey: '现场勘查',
  'draft-contracts': '起草、签订供用气和安全用气合同',
  'open-account': '开户（两份合同已签）',
  'install-meter': '装表',
  accept: '户内验收',
  'test-tightness': '严密性试验',
  'check-safety': '安全检查',
  ignite: '通气（试验、检查当日合格）',
  cancel: '取消申请',
}
/** An amendment after which the survey no longer holds is no failure. */
const foundOf = (action: (typeof applicationActions)[number], passed: boolean) =>
  action === 'amend' ? (passed ? '' : '（须重新勘查）') : passed ? '合格' : '不合格'
const application: Flow = {
  title: '报装、合同、开户、验收、通气',
  states: applicationStateNames,
  moves: applicationActions.flatMap((action) =>
    startingStates[action].flatMap((from) =>
      [true, false].flatMap((passed) => {
        const to = applicationStateAfter(action, from, passed)
        const depends = applicationStateAfter(action, from, true) !== applicationStateAfter(action, from, false)
        if (!depends && !passed) return []
        return [{ label: `${applicationLabels[action]}${depends ? foundOf(action, passed) : ''}`, who: '', from, to }]
      }),
    ),
  ),
}

const processLabels: Readonly<Record<(typeof processActions)[number], string>> = {
  'report-absence': '登记原户主不到场',
  'approve-absence': '主任批准',
  read: '抄止数',
  'choose-prepayment': '定预存去向',
  'keep-debt': '批准欠费保留',
  'see-place': '现场核实（不拆除的）',
  'approve-closing': '批准不拆除销户',
  'name-holder': '登记新户主',
  'draft-contracts': '签新合同',
  'test-tightness': '严密性试验',
  'check-safety': '安全检查',
  remove: '拆表封堵',
  exchange: '换表',
  'add-meter': '加表',
  detach: '拆表',
  finish: '办结',
  cancel: '取消',
}
const processFlow = (kind: ProcessKind): Flow => ({
  title: processKindNames[kind],
  states: processStateNames,
  moves: processActions.flatMap((action) =>
    processStates.flatMap((from) => {
      const to = processStateAfter(kind, action, from)
      return to === null ? [] : [{ label: processLabels[action], who: '', from, to }]
    }),
  ),
})

const all = {
  application,
  workorder: flowOf('报修、报警、咨询', orderProcess),
  complaint: flowOf('投诉', complaintProcess),
  hazard: flowOf('安全隐患', hazardProcess),
  interruption: flowOfTable('停气和恢复供气', interruptionStateNames, interruptionActionNames, interruptionTransitions),
  dunning: flowOfTable('催缴、欠费停气', dunningStateNames, dunningActionNames, dunningTransitions),
  ...(Object.fromEntries(processKinds.map((kind) => [kind, processFlow(kind)])) as Record<ProcessKind, Flow>),
  campaign: flowOfTable(
    '安全宣传',
    campaignStateNames,
    { plan: '计划', record: '登记', cancel: '取消' },
    campaignTransitions,
  ),
  drill: flowOfTable(
    '应急演练',
    drillStateNames,
    { hold: '登记演练', close: '办结（问题已整改）', cancel: '取消' },
    drillTransitions,
  ),
  scorecard: flowOfTable('考核评价', cardStateNames, cardActionNames, cardTransitions),
  register: flowOf('台账', entryProcess),
} satisfies Readonly<Record<string, Flow>>

export const flowId = words(
  Object.fromEntries(Object.entries(all).map(([id, { title }]) => [id, title])) as Record<keyof typeof all, string>,
)
export type FlowId = WordOf<typeof flowId>
export const flow = (id: FlowId): Flow => all[id]
