/** What each role wants to know before the first customer: a few numbers, each leading to its page. */
import type { Role } from '../../src-main/platform/contract.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { api } from '../api.ts'
import { maxBillCount } from '../../src-main/billing/api.ts'
import { showShortTime } from '../shell/show.ts'
import { uploadWords } from '../shell/upload-words.ts'
import { screenNow } from '../shell/clock.ts'

export interface Fact {
  readonly label: string
  /** Large: a number or two words. */
  readonly value: string
  /** Small, beside it. */
  readonly note?: string
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  /** The page that shows more. */
  readonly to: string
}

interface Source {
  readonly roles: readonly Role[]
  readonly ask: () => Promise<readonly Fact[]>
}

/** '1,234', and '9999+' where the count was cut off. */
export const showCount = (count: number, most = Number.MAX_SAFE_INTEGER): string =>
  count > most || (count === most && most === maxBillCount)
    ? `${maxBillCount}+`
    : String(count).replace(/\B(?=(\d{3})+$)/g, ',')

const shift: Source = {
  roles: ['cashier', 'hall-manager'],
  ask: async () => {
    const { shift: open, mine, drawer, handedTo } = await api.cashier.shiftState({})
    if (open) {
      const since = `${mine ? '本人' : open.cashierName} ${showShortTime(open.openedAt, screenNow())} 开班`
      return [{ label: '钱箱应有', value: `¥${formatYuan(fen(drawer))}`, note: since, state: 'ok', to: '/collection' }]
    }
    const note = handedTo ? `已交给 ${handedTo.name}` : '清点备用金后开始收费'
    return [{ label: '班次', value: '未开班', note, state: 'todo', to: '/shift' }]
  },
}

const openings: Source = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  ask: async () => {
    const counts = await api.installations.counts({})
    const [all, mine] = counts.reduce(([a, b], { count, mine }) => [a + count, b + mine], [0, 0])
    const note = mine > 0 ? `其中 ${mine} 件在我手上` : '没有我经手的'
    return [{ label: '报装在办', value: showCount(all), note, state: mine > 0 ? 'todo' : 'plain', to: '/openings' }]
  },
}

const orders: Source = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  ask: async () => {
    const { open, overdue, urgent } = await api.workorders.counts({})
    const notes = [
      ...(overdue > 0 ? [`${showCount(overdue)} 张逾期`] : []),
      ...(urgent > 0 ? [`${showCount(urgent)} 起险情`] : []),
    ]
    const note = notes.length > 0 ? notes.join('，') : open > 0 ? '都在时限内' : '没有在办的'
    const state = overdue > 0 || urgent > 0 ? 'late' : open > 0 ? 'todo' : 'ok'
    return [{ label: '工单在办', value: showCount(open), note, state, to: '/workorders' }]
  },
}

const inspections: Source = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  ask: async () => {
    const [{ open, overdue, upcoming, absent, refused }, hazards] = await Promise.all([
      api.inspections.counts({}),
      api.inspections.hazardCounts({}),
    ])
    const notes = [
      ...(overdue > 0 ? [`${showCount(overdue)} 户逾期`] : []),
      ...(refused + absent > 0 ? [`${showCount(refused + absent)} 户拒检或三次不遇`] : []),
    ]
    const calm = upcoming > 0 ? `7 天内 ${showCount(upcoming)} 户` : open > 0 ? '都在期内' : '没有待检的'
    const told =
      hazards.overdue > 0 ? `${showCount(hazards.overdue)} 处逾期` : `较大及以上 ${showCount(hazards.grave)} 处`
    return [
      {
        label: '待安检',
        value: showCount(open),
        note: notes.length > 0 ? notes.join('，') : calm,
        state: notes.length > 0 ? 'late' : open > 0 ? 'todo' : 'ok',
        to: '/inspections',
      },
      {
        label: '隐患未整改',
        value: showCount(hazards.open),
        note: hazards.open > 0 ? told : '没有未整改的',
        state: hazards.overdue + hazards.grave > 0 ? 'late' : hazards.open > 0 ? 'todo' : 'ok',
        to: '/hazards',
      },
    ]
  },
}

const staffCertificates: Source = {
  roles: ['hall-manager', 'administrator'],
  ask: async () => {
    const held = await api.staff.certificates({})
    const ending = held.filter(({ state }) => state === 'expiring' || state === 'expiring-soon').length
    const over = held.filter(({ state }) => state === 'expired').length
    if (ending + over === 0) return []
    const note = over > 0 ? `${over} 本已过期` : '60 天内到期，请安排换证'
    return [
      { label: '上岗证到期', value: showCount(ending + over), note, state: over > 0 ? 'late' : 'todo', to: '/staff' },
    ]
  },
}

const bills: Source = {
  roles: ['cashier', 'hall-manager', 'administrator'],
  ask: async () => {
    const { open, overdue, waiting } = await api.billing.counts({})
    return [
      { label: '未缴账单', value: showCount(open, maxBillCount), state: 'plain', to: '/bills' },
      {
        label: '逾期账单',
        value: showCount(overdue, maxBillCount),
        note: overdue > 0 ? '违约金按日计' : '没有逾期',
        state: overdue > 0 ? 'late' : 'ok',
        to: '/bills',
      },
      {
        label: '抄表待出账',
        value: showCount(waiting, maxBillCount),
        state: waiting > 0 ? 'todo' : 'ok',
        to: '/bills/run',
      },
    ]
  },
}

const customers: Source = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  ask: async () => {
    const { total, specialCare, inArrears } = await api.customers.counts({})
    return [
      {
        label: '客户',
        value: showCount(total),
        note: `特殊客户 ${showCount(specialCare)}`,
        state: 'plain',
        to: '/customers',
      },
      { label: '欠费客户', value: showCount(inArrears), state: inArrears > 0 ? 'late' : 'ok', to: '/customers' },
    ]
  },
}

const upload: Source = {
  roles: ['hall-manager', 'administrator'],
  ask: async () => {
    const { text, title, state } = uploadWords(await api.sync.status({}), screenNow())
    return [{ label: '上报总部', value: text, note: title, state, to: '/sync' }]
  },
}

const backups: Source = {
  roles: ['administrator', 'hall-manager'],
  ask: async () => {
    const { rows } = await api.backup.list({ size: 20 })
    const proved = rows.find(({ state }) => state === 'proved')
    return proved
      ? [{ label: '最近备份', value: formatInstant(proved.startedAt), note: '已打开核对', state: 'ok', to: '/backup' }]
      : [{ label: '最近备份', value: '还没有', note: '请先做一次备份', state: 'late', to: '/backup' }]
  },
}

const sources: readonly Source[] = [
  shift,
  orders,
  inspections,
  openings,
  bills,
  customers,
  upload,
  backups,
  staffCertificates,
]

/** Asks for the numbers of these roles. A source that does not answer leaves its numbers out, not the whole page. */
export async function factsFor(roles: readonly Role[]): Promise<Fact[]> {
  const asked = sources.filter((source) => source.roles.some((role) => roles.includes(role)))
  const answers = await Promise.allSettled(asked.map(({ ask }) => ask()))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}
