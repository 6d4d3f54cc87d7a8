/** How certificates, exams, rewards and penalties that stand so are marked. */
import {
  certificateStateNames,
  type CertificateView,
  type ExamDueView,
  type MeritRow,
} from '../../src-main/staff/api.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

/** Amber from 60 days before the end of a certificate, red from 30. */
const certificateTags: Readonly<Record<CertificateView['state'], Tag>> = {
  'not-yet': 'plain',
  valid: 'ok',
  expiring: 'todo',
  'expiring-soon': 'late',
  expired: 'late',
  withdrawn: 'plain',
}

/** Whether something has to be done about a certificate: it is over or ends soon, and no later one is held. */
export const endsSoon = ({ state, renewed }: CertificateView): boolean =>
  !renewed && (state === 'expiring' || state === 'expiring-soon' || state === 'expired')

/** '有效', '剩 26 天', '已过期', '已换证'. */
export function certificateWords(certificate: CertificateView): { readonly state: Tag; readonly text: string } {
  const { state, daysLeft, renewed } = certificate
  if (renewed && (state === 'expiring' || state === 'expiring-soon' || state === 'expired')) {
    return { state: 'plain', text: '已换证' }
  }
  const text = state === 'expiring' || state === 'expiring-soon' ? `剩 ${daysLeft} 天` : certificateStateNames[state]
  return { state: certificateTags[state], text }
}

/** '正常', '应于 2027-01-22 前考核', '逾期 3 天', '待补考'. */
export function dueWords({ state, dueOn, daysLeft }: ExamDueView): { readonly state: Tag; readonly text: string } {
  switch (state) {
    case 'overdue':
      return { state: 'late', text: `逾期 ${-daysLeft} 天` }
    case 'retake':
      return { state: 'todo', text: '待补考' }
    case 'soon':
      return { state: 'todo', text: `${dueOn} 前考核` }
    case 'ok':
      return { state: 'ok', text: '正常' }
  }
}

/** How a reward or penalty stands; a counter record is called what it is. */
export function meritWords({ state, revoking, revokes }: MeritRow): { readonly state: Tag; readonly text: string } {
  if (state === 'waiting') return { state: 'todo', text: revokes === null ? '待批准' : '撤销待批准' }
  if (state === 'refused') return { state: 'plain', text: '未批准' }
  if (state === 'revoked') return { state: 'plain', text: '已撤销' }
  if (revokes !== null) return { state: 'plain', text: '撤销已生效' }
  return revoking ? { state: 'todo', text: '撤销中' } : { state: 'ok', text: '有效' }
}

/** Minutes as 学时: '2 小时', '1.5 小时'. */
export const showHours = (minutes: number): string => `${Math.round(minutes / 6) / 10} 小时`
