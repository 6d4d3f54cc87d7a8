import { Headset } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const callers = ['clerk', 'hall-manager', 'dispatcher'] as const
const leaders = ['hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/followups',
    title: '回访',
    component: () => import('./DuePage.vue'),
    roles: callers,
    rail: { icon: Headset, order: 46 },
  },
  { path: '/followups/ratios', title: '回访检查', component: () => import('./RatiosPage.vue'), roles: leaders },
  { path: '/followups/:of/:itemId', title: '回访', component: () => import('./CallPage.vue'), roles: callers },
]
