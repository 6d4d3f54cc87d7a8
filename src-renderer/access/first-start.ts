/** The answers of the first-start wizard: what is still wrong with them, and where they wait when it is left half-way. */
import { SetUp } from '../../src-main/access/api.ts'
import { newPasswordProblem } from './new-password.ts'

export const emptyCompany = () => ({
  address: '',
  legalRepresentative: '',
  creditCode: '',
  taxNo: '',
  bank: '',
  bankAccount: '',
  servicePhone: '',
  emergencyPhone: '',
  complaintPhone: '',
})

export interface FirstStartForm {
  companyName: string
  company: ReturnType<typeof emptyCompany>
  hallName: string
  hallCode: string
  pcCode: string
  staffNo: string
  name: string
  password: string
}

export const emptyForm = (): FirstStartForm => ({
  companyName: '',
  company: emptyCompany(),
  hallName: '',
  hallCode: '',
  pcCode: '01',
  staffNo: '',
  name: '',
  password: '',
})

/** What is wrong by the field it concerns ('company.creditCode'), in the order of the form; the backend judges the same way. */
export function problemsOf(form: FirstStartForm, second: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { path, message } of SetUp.input.safeParse(form).error?.issues ?? []) {
    const field = path.map(String).join('.')
    if (field !== 'password' && !found.has(field)) found.set(field, message)
  }
  const password = newPasswordProblem(form.password, second, form.staffNo)
  if (password) found.set(password.field === 'first' ? 'password' : 'second', password.message)
  return found
}

const place = 'first-start'

/** Keeps what was typed on this PC until the hall is there; never the password. */
export function keepAnswers(form: FirstStartForm, toDisk: () => Promise<void>): void {
  localStorage.setItem(place, JSON.stringify({ ...form, password: '' }))
  window.clearTimeout(soon)
  soon = window.setTimeout(() => void toDisk().catch(() => undefined), settleMs)
}
let soon: number | undefined
/** Typing goes on disk when it pauses (ms): by itself the browser may hold it back for a minute. */
const settleMs = 300

export const forgetAnswers = (): void => localStorage.removeItem(place)

/** What was typed before the program was left; an empty form where there is nothing, or nothing of this shape. */
export function keptAnswers(): FirstStartForm {
  const form = emptyForm()
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Record<string, unknown>>
    const take = <T extends object>(into: T, from: unknown): T =>
      Object.assign(
        into,
        Object.fromEntries(
          Object.entries(from ?? {}).filter(([key, value]) => key in into && typeof value === 'string'),
        ),
      )
    const { company, ...others } = kept
    take(form.company, company)
    return take(form, others)
  } catch {
    return form
  }
}
