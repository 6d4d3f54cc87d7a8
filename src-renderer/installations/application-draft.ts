/** A new application while it is being filled in: every field as the form holds it, and the call it becomes. */
import type { z } from 'zod'
import type { Place, ProfileDraft } from '../../src-main/customers/api.ts'
import type { Apply } from '../../src-main/installations/api.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import type { Litre } from '../../src-main/platform/money.ts'

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

export interface ApplicationDraft extends TermsDraft {
  /** Null for a new customer. */
  customer: { readonly customerId: string; readonly name: string } | null
  profile: Omit<ProfileDraft, 'category'> & { idNumber: string; phoneAlt: string; note: string }
  place: Required<z.input<typeof Place>>
  /** The place when it is on file already. */
  servicePointId: string | null
}

export const emptyDraft = (): ApplicationDraft => ({
  customer: null,
  profile: {
    name: '',
    idKind: 'national-id',
    idNumber: '',
    phone: '',
    phoneAlt: '',
    specialCare: null,
    note: '',
  },
  place: { district: '', street: '', community: '', building: '', unit: '', room: '' },
  servicePointId: null,
  category: 'resident',
  purpose: '',
  appliances: [{ name: '燃气灶', count: 1 }],
  householdSize: 3,
  pricePlanId: '',
  annualVolume: null,
  hourlyVolume: null,
})

/** The terms as a call carries them: residents agree on no volumes, organisations have no household. */
export function termsInput({ category, ...terms }: TermsDraft) {
  const resident = category === 'resident'
  return {
    purpose: terms.purpose,
    appliances: terms.appliances,
    householdSize: resident ? terms.householdSize : 1,
    pricePlanId: terms.pricePlanId,
    annualVolume: resident ? null : terms.annualVolume,
    hourlyVolume: resident ? null : terms.hourlyVolume,
  }
}

/** The call a draft becomes. `confirmDuplicate`: the clerk has seen who is on file and wants a new one. */
export function applyInput(draft: ApplicationDraft, requestId: string, confirmDuplicate: boolean): Input {
  return {
    requestId,
    customer: draft.customer
      ? { known: true, customerId: draft.customer.customerId }
      : {
          known: false,
          profile: {
            ...draft.profile,
            category: draft.category,
            idNumber: draft.profile.idKind === 'none' ? null : draft.profile.idNumber,
          },
          confirmDuplicate,
        },
    servicePoint:
      draft.servicePointId === null
        ? { known: false, place: draft.place }
        : { known: true, servicePointId: draft.servicePointId },
    category: draft.category,
    ...termsInput(draft),
  }
}
