import { pile, type TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager'],
  todos: async (api) => {
    const { open } = await api.metering.oddUseCount({})
    return pile(open, '户', '用气异常待核实', '零用气，或明显偏低、偏高', '/readings/odd')
  },
}
