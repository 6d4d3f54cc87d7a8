/** What an emergency plan says. */
import { z } from 'zod'
import { shortText } from '../platform/contract.ts'

export const maxSteps = 30
export const maxContacts = 20
export const maxChecks = 30

export const PlanContent = z.strictObject({
  title: shortText('预案名称', 30),
  /** 适用情形, in the words somebody would search by. */
  when: shortText('适用情形', 100),
  /** In order; who does it, where it is not whoever stands nearest. */
  steps: z
    .array(z.strictObject({ text: shortText('步骤', 80), who: z.string().trim().max(20).default('') }))
    .min(1, '请至少写一个步骤')
    .max(maxSteps),
  /** `phone` may name a phone of the settings in 【】. */
  contacts: z
    .array(z.strictObject({ name: shortText('联系人', 20), phone: shortText('电话', 20) }))
    .min(1, '请至少写一个联系电话')
    .max(maxContacts),
  checklist: z.array(shortText('核对事项', 60)).max(maxChecks),
})
export type PlanContent = z.output<typeof PlanContent>
