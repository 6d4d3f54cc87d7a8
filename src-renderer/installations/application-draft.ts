/** A new application while it is being filled in: every field as the form holds it, and the call it becomes. */
import type { PlaceValue } from '../../src-main/customers/api.ts'
import type { Apply } from '../../src-main/installations/api.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import type { Litre } from '../../src-main/platform/money.ts'
import { emptyForm, profileOf, type ProfileForm } from '../customers/profile-form.ts'

type Input = InputOf<typeof Apply>
export type Category = Input['category']

/** What is asked for; also what an amendment may change, but for the category. */
export interface TermsDraft {
  category: Category
  purpose: string
  appliances: { name: string; count: number }[]
  householdSize: number
  pricePlanId: string
  /** Litres. */
  annualVolume: Litre | null
  hourlyVolume: Litre | null
}

export interface KnownCustomer {
  readonly customerId: string
  readonly name: string
}

export interface ApplicationDraft {
  /** Null for a new customer. */
  customer: KnownCustomer | null
  profile: ProfileForm
  place: PlaceValue
  /** The place when it is on file already. */
  servicePointId: string | null
  terms: TermsDraft
}

export const emptyDraft = (): ApplicationDraft => ({
  customer: null,
  profile: emptyForm(),
  place: { district: '', street: '', community: '', building: '', unit: '', room: '' },
  servicePointId: null,
  terms: {
    category: 'resident',
    purpose: '',
    appliances: [{ name: '燃气灶', count: 1 }],
    householdSize: 3,
    pricePlanId: '',
    annualVolume: null,
    hourlyVolume: null,
  },
})

/** The terms as a call carries them: residents agree on no volumes, organisations have no household. */
export function termsInput({ category, ...terms }: TermsDraft) {
  const resident = category === 'resident'
  return {
    purpose: terms.purpose,
    appliances: terms.appliances.map(({ name, count }) => ({ name, count })),
    householdSize: resident ? terms.householdSize : 1,
    pricePlanId: terms.pricePlanId,
    annualVolume: resident ? null : terms.annualVolume,
    hourlyVolume: resident ? null : terms.hourlyVolume,
  }
}

/** The call a draft becomes. `confirmDuplicate`: the clerk has seen who is on file and wants a new one. */
export const applyInput = (draft: ApplicationDraft, requestId: string, confirmDuplicate: boolean): Input => ({
  requestId,
  customer: draft.customer
    ? { known: true, customerId: draft.customer.customerId }
    : { known: false, profile: profileOf(draft.profile), confirmDuplicate },
  servicePoint:
    draft.servicePointId === null
      ? { known: false, place: { ...draft.place } }
      : { known: true, servicePointId: draft.servicePointId },
  category: draft.terms.category,
  ...termsInput(draft.terms),
})
