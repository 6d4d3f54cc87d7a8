import { FirstAidKit } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/emergency',
    title: '应急预案',
    component: () => import('./PlansPage.vue'),
    roles: 'all',
    rail: { icon: FirstAidKit, order: 68, label: '应急' },
  },
  {
    path: '/emergency/write',
    title: '编写应急预案',
    component: () => import('./PlanEditPage.vue'),
    roles: ['hall-manager', 'administrator'],
  },
  { path: '/emergency/drills', title: '应急演练', component: () => import('./DrillsPage.vue'), roles: 'all' },
  { path: '/emergency/drills/:drillId', title: '应急演练', component: () => import('./DrillPage.vue'), roles: 'all' },
]
