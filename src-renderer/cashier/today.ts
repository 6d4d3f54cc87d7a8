import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import type { Api } from '../api.ts'
import { awaitedWords } from './close-steps.ts'
import type { TodaySource } from '../home/room-today.ts'
import { screenNow } from '../shell/clock.ts'
import { showShortTime } from '../shell/show.ts'

/** The business day that is to be closed: one before today, or today's whose shift has stopped; null where there is none. */
async function dayToClose(api: Api): Promise<{ date: string; overnight: boolean } | null> {
  const [{ state, date }, { shift, handedTo }] = await Promise.all([
    api.ledger.dayState({}),
    api.cashier.shiftState({}),
  ])
  if (state !== 'open' || date === null) return null
  const overnight = date < shanghaiDate(screenNow())
  return overnight || (!shift && !handedTo) ? { date, overnight } : null
}

export const today: readonly TodaySource[] = [
  {
    roles: ['cashier', 'hall-manager'],
    facts: async (api) => {
      const { shift, mine, drawer } = await api.cashier.shiftState({})
      if (!shift) return [{ label: '班次', value: '未开班', note: '没有人在收款', state: 'plain', to: '/shift' }]
      const since = `${mine ? '本人' : shift.cashierName} ${showShortTime(shift.openedAt, screenNow())} 开班`
      return [{ label: '钱箱应有', value: `¥${formatYuan(fen(drawer))}`, note: since, state: 'ok', to: '/collection' }]
    },
    todos: async (api) => {
      const [day, { rows: awaited }] = await Promise.all([dayToClose(api), api.cashier.awaitedStatements({})])
      const days = [...new Set(awaited.map(({ date }) => date))]
      const reconciling = days.map((date) => {
        const of = awaited.filter((one) => one.date === date)
        const note = of.map((one) => `${one.name}${awaitedWords(one)}`).join('，')
        return { title: `次日对账 ${date}`, note, dueAt: null, to: `/reconciliation?date=${date}` }
      })
      if (day === null) return reconciling
      const { date, overnight } = day
      const note = overnight ? '上一营业日还没有日结' : '已停止收款，清点、对账后锁定'
      return [...reconciling, { title: `日结 ${date}`, note, dueAt: null, late: overnight, to: '/day-close' }]
    },
  },
  {
    roles: ['cashier'],
    todos: async (api) => {
      const [{ shift, handedTo }, day] = await Promise.all([api.cashier.shiftState({}), dayToClose(api)])
      if (shift || day?.overnight) return []
      const title = handedTo ? `接班：钱箱已交给 ${handedTo.name}` : '开班'
      return [{ title, note: '清点备用金后开始收费', dueAt: null, to: '/shift' }]
    },
  },
]
