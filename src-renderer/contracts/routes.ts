import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/contracts/renewals',
    title: '合同续签',
    component: () => import('./RenewalsPage.vue'),
    roles: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  },
]
