import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import type { Api } from '../api.ts'
import { awaitedWords } from './close-steps.ts'
import type { TodaySource } from '../home/room-today.ts'
import { screenNow } from '../shell/clock.ts'
import { showShortTime } from '../shell/show.ts'

/** A business day before today that is still open; null where there is none. */
async function overnightDay(api: Api): Promise<string | null> {
  const { state, date } = await api.ledger.dayState({})
  return state === 'open' && date !== null && date < shanghaiDate(screenNow()) ? date : null
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
      const [day, { rows: awaited }] = await Promise.all([overnightDay(api), api.cashier.awaitedStatements({})])
      const days = [...new Set(awaited.map(({ date }) => date))]
      const reconciling = days.map((date) => {
        const of = awaited.filter((one) => one.date === date)
        const note = of.map((one) => `${one.name}${awaitedWords(one)}`).join('，')
        return { title: `次日对账 ${date}`, note, dueAt: null, to: '/reconciliation' }
      })
      if (day === null) return reconciling
      return [
        ...reconciling,
        { title: `日结 ${day}`, note: '上一营业日还没有日结', dueAt: null, late: true, to: '/day-close' },
      ]
    },
  },
  {
    roles: ['cashier'],
    todos: async (api) => {
      const [{ shift, handedTo }, overnight] = await Promise.all([api.cashier.shiftState({}), overnightDay(api)])
      if (shift || overnight !== null) return []
      const title = handedTo ? `接班：钱箱已交给 ${handedTo.name}` : '开班'
      return [{ title, note: '清点备用金后开始收费', dueAt: null, to: '/shift' }]
    },
  },
]
