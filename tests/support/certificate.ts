/** Certificates that tests about something else need: good on every day of their term, as a second person agreed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../src-main/platform/context.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import type { CertificateKind } from '../../src-main/staff/rules.ts'
import { keepCertificate } from '../../src-main/staff/service.ts'
import { actorOf, type TestHall } from './hall.ts'

export interface Paper {
  readonly staffId: string
  readonly kind: CertificateKind
  readonly number: string
  readonly issuedOn?: string
  readonly validTo?: string
}

/** A certificate from outside, with its copy, that counts from the day it was issued. @returns its id */
export function certified(
  context: Context,
  { staffId, kind, number, issuedOn = '2026-01-01', validTo = '2029-12-31' }: Paper,
): string {
  const [manager, administrator] = [actorOf('hall-manager').id, actorOf('administrator').id]
  return keepCertificate(context, {
    ...{ staffId, kind, number },
    issuedOn: businessDate(issuedOn),
    validTo: businessDate(validTo),
    copyHash: '0'.repeat(64),
    copyName: `${number}.pdf`,
    approverId: staffId === manager ? administrator : manager,
  })
}

/** The copy of a certificate, as the screen sends it. */
export function copyIn({ folder }: Pick<TestHall, 'folder'>) {
  const sourcePath = join(folder, 'certificate.pdf')
  writeFileSync(sourcePath, '%PDF-1.4\n%certificate')
  return { proof: { kind: 'copy', sourcePath } } as const
}
