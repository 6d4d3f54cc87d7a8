/** What the papers of this room say, as plain data: 投诉受理单 and 投诉月度分析. */
import type { Context } from '../platform/context.ts'
import { formatInstant } from '../platform/dates.ts'
import { NotAllowed } from '../platform/errors.ts'
import { maskNumbersIn, maskPhone } from '../platform/identity.ts'
import { accountById, servicePointById } from '../customers/service.ts'
import {
  complaintChannelNames,
  complaintClassNames,
  complaintStateNames,
  Month,
  MonthAnalysis,
  replyChannelNames,
  subjectKindNames,
  type Figures,
  satisfactionNames,
} from './api.ts'
import { monthAnalysis } from './month.ts'
import { complaintProcess } from './process.ts'
import { complaintById, ComplaintNotFound, partiesOf, stepsOf } from './store.ts'

/**
 * 投诉受理单. Not for whoever is complained of.
 * @param counted it goes out and is on record: for the investigator, who must reach the complainant, the telephone stands in
 *   full; in a preview and for everybody else it is masked
 * @throws ComplaintNotFound
 */
export function complaintPaper(context: Context, complaintId: string, counted: boolean) {
  const complaint = complaintById(context, complaintId)
  const account = complaint.accountId === null ? null : accountById(context, complaint.accountId)
  const steps = stepsOf(context, complaintId)
  const phoneShown = counted && complaint.investigatorId === context.actor.id
  const told = (words: string) => (phoneShown ? words : maskNumbersIn(words))
  const ofKind = (kind: string) => steps.filter((step) => step.kind === kind)
  return {
    complaintNo: complaint.complaintNo,
    phoneShown,
    takenAt: formatInstant(complaint.takenAt),
    takenBy: complaint.takenBy,
    channel: complaintChannelNames[complaint.channel],
    className: complaintClassNames[complaint.class],
    state: complaintStateNames[complaint.state],
    complainantName: complaint.complainantName,
    complainantPhone: phoneShown ? complaint.complainantPhone : maskPhone(complaint.complainantPhone),
    accountNo: account?.accountNo ?? '—',
    address: account === null ? '—' : servicePointById(context, account.servicePointId).address,
    content: told(complaint.content),
    subject: complaint.subjectKind === null ? '—' : `${subjectKindNames[complaint.subjectKind]} ${complaint.subjectNo}`,
    parties:
      partiesOf(context, complaintId)
        .map(({ staffName }) => staffName)
        .join('、') || '—',
    replyBy: formatInstant(complaint.replyBy),
    replyHours: complaint.replyHours,
    investigatorName: complaint.investigatorName ?? '—',
    investigations: ofKind('investigate').map(({ at, actorName, note }) => ({
      at: formatInstant(at),
      actorName,
      note: told(note),
    })),
    replies: ofKind('reply').map(({ doneAt, at, actorName, note, replyChannel }) => ({
      at: formatInstant(doneAt ?? at),
      how: replyChannel === null ? '' : replyChannelNames[replyChannel],
      actorName,
      note: told(note),
    })),
    after: steps
      .filter(({ kind }) => kind === 'call-back' || kind === 'close' || kind === 'reopen')
      .map(({ kind, at, actorName, note }) => ({
        what: complaintProcess.steps.names[kind],
        at: formatInstant(at),
        actorName,
        note: told(note),
      })),
    satisfaction: complaint.satisfaction === null ? '' : satisfactionNames[complaint.satisfaction],
  }
}

const percent = (value: number | null): string => (value === null ? '—' : `${value}%`)
const shown = (figures: Figures) => ({
  ...figures,
  inTimePercent: percent(figures.inTimePercent),
  satisfiedPercent: percent(figures.satisfiedPercent),
})

/** 投诉月度分析, for whoever may see it on the screen. @throws NotAllowed · ComplaintNotFound when the text is no month */
export function complaintMonthPaper(context: Context, month: string) {
  const { allow } = MonthAnalysis
  if (Array.isArray(allow) && !context.actor.roles.some((role) => allow.includes(role))) throw new NotAllowed()
  const parsed = Month.safeParse(month)
  if (!parsed.success) throw new ComplaintNotFound('没有这个月份的投诉分析')
  const { figures, before, lastYear, classes, halls, repeated } = monthAnalysis(context, parsed.data)
  const most = Math.max(1, ...classes.flatMap((row) => [row.figures.taken, row.before, row.lastYear]))
  const width = (count: number) => Math.round((count * 100) / most)
  return {
    month,
    title: `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
    compared: [
      { name: '本月', ...shown(figures) },
      { name: '上月', ...shown(before) },
      { name: '去年同月', ...shown(lastYear) },
    ],
    classes: classes.map(({ class: one, figures: counted, before: earlier, lastYear: yearAgo }) => ({
      name: complaintClassNames[one],
      ...shown(counted),
      earlier,
      yearAgo,
      // Bars of the chart, percent of the longest.
      bar: width(counted.taken),
      barBefore: width(earlier),
      barLastYear: width(yearAgo),
    })),
    halls: halls.map(({ hallName, figures: counted }) => ({ hallName, ...shown(counted) })),
    repeated: repeated.map((row) => ({ ...row, accountNo: row.accountNo ?? '—' })),
  }
}
