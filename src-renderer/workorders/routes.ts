import { Bell } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/workorders',
    title: '工单',
    component: () => import('./BoardPage.vue'),
    roles: takers,
    rail: { icon: Bell, order: 36 },
  },
  // A leak is rung in while something else is on the screen: one key from anywhere.
  {
    path: '/workorders/new',
    title: '受理工单',
    component: () => import('./IntakePage.vue'),
    roles: takers,
  },
  { path: '/workorders/:orderId', title: '工单', component: () => import('./OrderPage.vue'), roles: takers },
]
