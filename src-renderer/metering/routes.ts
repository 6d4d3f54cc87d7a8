import { Odometer } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const page = {
  title: '抄表',
  component: () => import('./ReadingsPage.vue'),
  roles: ['clerk', 'cashier', 'hall-manager'],
} as const satisfies Omit<RoomRoute, 'path'>

export const routes: RoomRoute[] = [
  { ...page, path: '/readings', rail: { icon: Odometer, order: 26 } },
  {
    path: '/readings/odd',
    title: '用气异常',
    component: () => import('./OddUsesPage.vue'),
    roles: ['clerk', 'cashier', 'hall-manager'],
  },
  { ...page, path: '/readings/:accountId' },
]
