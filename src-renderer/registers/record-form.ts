/** 登记台账: what the form holds, and the call it becomes. */
import { z } from 'zod'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { isBusinessDate, type BusinessDate } from '../../src-main/platform/dates.ts'
import {
  kindOf,
  problemsOf,
  RecordEntry,
  type AnswerWord,
  type RegisterKindId,
  type Written,
} from '../../src-main/registers/api.ts'
import { said, type FindingRow } from '../components/finding-rows.ts'

export interface RecordForm {
  onDate: string
  values: Record<string, string>
  answers: (AnswerWord | '')[]
  findings: FindingRow[]
  account: { accountId: string; accountNo: string; name: string; address: string } | null
  staffId: string
  companionId: string
}

export function emptyForm(kind: RegisterKindId, today: string): RecordForm {
  const { fields, checks = [] } = kindOf(kind)
  return {
    onDate: today,
    values: Object.fromEntries(fields.map(({ id }) => [id, ''])),
    answers: checks.map(() => ''),
    findings: [],
    account: null,
    staffId: '',
    companionId: '',
  }
}

export function recordInput(kind: RegisterKindId, form: RecordForm, requestId: string): InputOf<typeof RecordEntry> {
  const { account, staffId, companionId, answers, findings, ...rest } = form
  return {
    requestId,
    kind,
    ...rest,
    // What was not answered is sent as it is, so that the schema says it.
    answers: answers as AnswerWord[],
    findings: findings.filter(said),
    accountId: account?.accountId ?? null,
    staffId: staffId === '' ? null : staffId,
    companionId: companionId === '' ? null : companionId,
  }
}

/** The backend knows the hall's own limit; what is wrong whatever that is, is said while one types. */
const anyDays = 3_650
/** What the call takes and what the kind asks besides, at once: an item without an answer hides no empty field. */
export const recordSchema = (kind: RegisterKindId, today: () => string) =>
  z.unknown().superRefine((sent, context) => {
    const wrong = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', message, path })
    for (const { path, message } of RecordEntry.input.safeParse(sent).error?.issues ?? []) wrong(path, message)
    const now = today()
    const written = sent as Written
    if (!isBusinessDate(now) || !isBusinessDate(written.onDate)) return
    for (const { field, message } of problemsOf(kind, written, now as BusinessDate, anyDays))
      wrong(field.split('.'), message)
  })
