import { pile, type TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['clerk', 'hall-manager'],
  todos: async (api) => {
    const { due } = await api.contracts.renewalCount({})
    return pile(due, '户', '合同续签', '到期、快到期，或用气性质已变更', '/contracts/renewals')
  },
}
