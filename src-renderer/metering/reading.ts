/** What both ways of entering a reading share: the words of a refusal, and what the clerk has confirmed. */
import type { Finding } from '../../src-main/metering/api.ts'
import type { CallError } from '../bridge.ts'

type FindingKind = Finding['kind']

/** The findings a refused reading came back with; empty for any other failure. */
export function findingsOf(error: CallError): readonly Finding[] {
  if (error.code !== 'ReadingToConfirm' && error.code !== 'ReadingRefused') return []
  return Array.isArray(error.details) ? (error.details as Finding[]) : []
}

/** Whether the only thing in the way is the clerk's word. */
export const mayConfirm = (findings: readonly Finding[]): boolean =>
  findings.length > 0 && findings.every(({ severity }) => severity === 'confirm')

export const kindsOf = (findings: readonly Finding[]): FindingKind[] => findings.map(({ kind }) => kind)
