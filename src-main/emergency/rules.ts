/** 应急预案与演练: who may approve, how a drill moves, when it may be closed (clauses 6(8), 24). Pure. */
import type { BusinessDate } from '../platform/dates.ts'
import { lentRefusal, ownAct, type Acting } from '../platform/two-persons.ts'
import { unknownFillIns } from '../publicity/rules.ts'
import type { PlanContent } from './content.ts'
import { drillStateNames, type DrillState } from './words.ts'

const digits = /^[\d\s+转、/-]+$/

/** What keeps a plan from being approved: it is read in a hurry, so that every phone must be one that can be dialled. */
export function planProblems({ steps, contacts, when }: PlanContent): string[] {
  const problems: string[] = []
  const texts = [when, ...steps.map(({ text }) => text), ...contacts.map(({ phone }) => phone)]
  for (const word of new Set(texts.flatMap(unknownFillIns))) problems.push(`【${word}】没有可填的内容`)
  for (const { name, phone } of contacts) {
    const dialled = phone.replaceAll(/【[^】]*】/g, '0')
    if (!digits.test(dialled)) problems.push(`${name}的电话“${phone}”无法拨打`)
  }
  return problems
}

/** Why this person may not approve a plan, in words: it is approved by somebody who neither wrote at it nor borrows their password. */
export function approvalObstacle(writers: readonly string[], actor: Acting): string | null {
  const own = ownAct(actor, writers)
  if (own === null) return null
  return own === 'own'
    ? '本人写过这份预案，须由其他主任或管理员批准'
    : lentRefusal('编写人', '不能批准这份预案，须由其他主任或管理员批准')
}

export type DrillAction = 'plan' | 'hold' | 'find' | 'mend' | 'close' | 'cancel'

/** What may follow what. A drill that was held is closed when what it found is mended. */
export const drillTransitions: Readonly<
  Record<DrillAction, { readonly from: readonly DrillState[]; readonly to: DrillState }>
> = {
  plan: { from: ['planned'], to: 'planned' },
  hold: { from: ['planned'], to: 'held' },
  find: { from: ['held'], to: 'held' },
  mend: { from: ['held'], to: 'held' },
  close: { from: ['held'], to: 'closed' },
  cancel: { from: ['planned'], to: 'cancelled' },
}

export interface Defect {
  readonly what: string
  readonly dueOn: BusinessDate
  readonly mendedOn: BusinessDate | null
}

/** What stands in the way of a step; every open defect is named, so that one look shows what is left. */
export function obstaclesTo(action: DrillAction, state: DrillState, defects: readonly Defect[]): string[] {
  if (!drillTransitions[action].from.includes(state)) return [`这次演练${drillStateNames[state]}，不能再办理`]
  if (action !== 'close') return []
  return defects.filter(({ mendedOn }) => mendedOn === null).map(({ what }) => `问题没有整改：${what}`)
}

export const defectOverdue = ({ dueOn, mendedOn }: Omit<Defect, 'what'>, today: BusinessDate): boolean =>
  mendedOn === null && dueOn < today

/** Whether a plan answers to the words typed: each of them stands somewhere in it. */
export function answersTo(
  plan: { readonly kindName: string } & Pick<PlanContent, 'title' | 'when' | 'steps' | 'checklist'>,
  typed: string,
): boolean {
  const text = [plan.kindName, plan.title, plan.when, ...plan.steps.map((step) => step.text), ...plan.checklist].join(
    '\n',
  )
  return typed
    .trim()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
