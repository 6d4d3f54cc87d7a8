import { ChatLineSquare } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
const leaders = ['hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/complaints',
    title: '投诉',
    component: () => import('./BoardPage.vue'),
    roles: takers,
    rail: { icon: ChatLineSquare, order: 44 },
  },
  { path: '/complaints/new', title: '受理投诉', component: () => import('./IntakePage.vue'), roles: takers },
  { path: '/complaints/months', title: '投诉月度分析', component: () => import('./MonthsPage.vue'), roles: leaders },
  { path: '/complaints/:complaintId', title: '投诉', component: () => import('./ComplaintPage.vue'), roles: takers },
]
