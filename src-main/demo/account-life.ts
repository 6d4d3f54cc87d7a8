/** 在办业务 of the demo hall: a few that wait for somebody, and a certified hand for the work on site. */
import { startProcess } from '../supply/service.ts'
import type { ProcessKind } from '../supply/api.ts'
import { keepCertificate, staffByNo } from '../staff/service.ts'
import type { Context } from '../platform/context.ts'
import { addDays, shanghaiDate } from '../platform/dates.ts'
import { inventedMobile } from './invented.ts'

const waiting: readonly { kind: ProcessKind; applicant: string; reason: string }[] = [
  { kind: 'exchange', applicant: '物业代办', reason: '到期更换' },
  { kind: 'exchange', applicant: '客户本人', reason: '表具停走' },
  { kind: 'transfer', applicant: '客户本人', reason: '房屋买卖' },
  { kind: 'deactivation', applicant: '客户本人', reason: '长期外出' },
]

/** Must run after customers and staff are there. Moves no money. */
export function seedAccountLife(context: Context): void {
  const clerk = staffByNo(context, '1001')
  const manager = staffByNo(context, '3001')
  if (!clerk || !manager) return
  const today = shanghaiDate(context.clock.now())
  keepCertificate(context, {
    staffId: clerk.id,
    kind: 'maintenance',
    number: 'WX-2026-0107',
    issuedOn: addDays(today, -200),
    validTo: addDays(today, 165),
    approverId: manager.id,
  })
  // The last ones of the list, whom nobody looks for by number.
  const accounts = context.sqlite
    .prepare(`SELECT id FROM accounts WHERE state = 'active' ORDER BY account_no DESC LIMIT ?`)
    .pluck()
    .all(waiting.length) as string[]
  waiting.forEach(({ kind, applicant, reason }, i) => {
    const accountId = accounts[i]
    if (accountId === undefined) return
    const input = {
      requestId: crypto.randomUUID(),
      accountId,
      kind,
      applicant,
      applicantPhone: inventedMobile(9_000 + i),
      reason,
      ground: null,
    }
    void startProcess.within(input, asActor(context, clerk))
  })
}

const asActor = (
  context: Context,
  { id, name, staffNo, roles }: NonNullable<ReturnType<typeof staffByNo>>,
): Context => ({
  ...context,
  device: context.device,
  actor: { id, name, staffNo, roles: [...roles], sessionId: null },
})
