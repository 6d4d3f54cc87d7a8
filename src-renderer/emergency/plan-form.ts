/** An emergency plan as it is typed, one line each, and back into what is kept. Pure. */
import type { PlanContent, PlanKind } from '../../src-main/emergency/api.ts'

export interface PlanForm {
  kind: PlanKind
  title: string
  when: string
  steps: { text: string; who: string }[]
  contacts: { name: string; phone: string }[]
  /** One a line. */
  checklist: string
}

export const emptyPlan = (): PlanForm => ({
  kind: 'leak',
  title: '',
  when: '',
  steps: [{ text: '', who: '' }],
  contacts: [{ name: '抢险值班', phone: '【抢险电话】' }],
  checklist: '',
})

/** A shipped plan loses its mark: what is written from it is the company's own. */
export const toPlanForm = (kind: PlanKind, content: PlanContent): PlanForm => ({
  kind,
  title: content.title.replace('（示例）', ''),
  when: content.when,
  steps: content.steps.map((step) => ({ ...step })),
  contacts: content.contacts.map((contact) => ({ ...contact })),
  checklist: content.checklist.join('\n'),
})

const isSaid = (row: object) => Object.values(row).join('').trim() !== ''
const oneAtLeast = <T>(rows: readonly T[], some: T[]): T[] => (some.length > 0 ? some : rows.slice(0, 1))

/** Before it is sent: without the rows in which nothing was typed, so that what is wrong has the number of its row; one stays to type in. */
export const withoutEmpty = (form: PlanForm): PlanForm => ({
  ...form,
  steps: oneAtLeast(form.steps, form.steps.filter(isSaid)),
  contacts: oneAtLeast(form.contacts, form.contacts.filter(isSaid)),
})

/** Rows in which nothing was typed are left out. */
export const fromPlanForm = ({ title, when, steps, contacts, checklist }: PlanForm): PlanContent => ({
  title,
  when,
  steps: steps.filter(isSaid),
  contacts: contacts.filter(isSaid),
  checklist: checklist
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
})

/** Moves a step up or down by one place; at the end it stays. */
export function moved<T>(rows: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  const [one, other] = [rows[at], rows[to]]
  if (one === undefined || other === undefined) return [...rows]
  return rows.map((row, i) => (i === at ? other : i === to ? one : row))
}
