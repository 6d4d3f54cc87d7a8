/** What the demo hall has written into its registers: in order, but for one patrol that waits for its second person. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { kindOf, type AnswerWord, type RegisterKindId, type Written } from '../registers/api.ts'
import { mendFinding, recordEntry, reviewEntry } from '../registers/service.ts'
import { as, done } from './acting.ts'

export function seedRegisters(context: Context): void {
  const [clerk, manager, administrator] = [as(context, '1001'), as(context, '3001'), as(context, '9001')]
  const requestId = () => newId(context.clock)
  const today = shanghaiDate(context.clock.now())
  const fine = (kind: RegisterKindId): AnswerWord[] => (kindOf(kind).checks ?? []).map(() => 'ok')
  const write = (by: Context, kind: RegisterKindId, onDate: BusinessDate, more: Partial<Written>) =>
    done(
      recordEntry,
      {
        requestId: requestId(),
        kind,
        onDate,
        values: { ...more.values },
        answers: [...(more.answers ?? fine(kind))],
        findings: (more.findings ?? []).map((one) => ({ ...one, responsible: '马丽娜' })),
        accountId: more.accountId ?? null,
        staffId: more.staffId ?? null,
        companionId: more.companionId ?? null,
      },
      by,
    ).entryId
  const review = (entryId: string, note: string) =>
    done(reviewEntry, { requestId: requestId(), entryId, again: null, note }, administrator)

  for (const day of [-4, -3, -1]) write(clerk, 'opening-check', addDays(today, day), { values: { note: '' } })
  write(clerk, 'opening-check', today, { values: { note: '' } })
  const answers: AnswerWord[] = fine('window-check').map((word, i) => (i === 3 ? 'bad' : word))
  const found = [{ what: '岗位责任制缺收费岗', dueOn: addDays(today, 10) }]
  const check = write(manager, 'window-check', addDays(today, -10), {
    values: { summary: '环境、礼仪正常，墙上岗位责任不全。' },
    answers,
    findings: found,
  })
  const [finding] = statement<{ id: string }>(
    context.sqlite,
    'SELECT id FROM register_findings WHERE entry_id = ?',
  ).all(check)
  const mended = { findingId: finding?.id ?? '', mendedOn: addDays(today, -5), note: '已补制上墙' }
  done(mendFinding, { requestId: requestId(), entryId: check, ...mended }, manager)
  review(check, '已到现场看过')
  write(manager, 'open-facility', addDays(today, -60), {
    values: { place: '滨河路 12 号旁', facility: '调压箱', sign: '齐全清晰', people: '小区公告栏' },
  })
  const account = statement<{ id: string }>(context.sqlite, 'SELECT id FROM accounts ORDER BY account_no LIMIT 1').get()
  write(clerk, 'suspicious', addDays(today, -1), {
    values: { source: '用气量异常', found: '表具正常，冬季少住，用气量下降属实。', evidence: '', outcome: '正常' },
    accountId: account?.id ?? null,
    companionId: manager.actor.id,
  })
}
