import { CircleCheck, WarnTriangleFilled } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const readers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/inspections',
    title: '安检',
    component: () => import('./PlanPage.vue'),
    roles: recorders,
    rail: { icon: CircleCheck, order: 38 },
  },
  {
    path: '/inspections/statistics',
    title: '安检统计',
    component: () => import('./StatisticsPage.vue'),
    roles: recorders,
  },
  {
    path: '/inspections/rounds/:roundId',
    title: '安检录入',
    component: () => import('./EntryPage.vue'),
    roles: recorders,
  },
  {
    path: '/hazards',
    title: '隐患',
    component: () => import('./HazardsPage.vue'),
    roles: recorders,
    rail: { icon: WarnTriangleFilled, order: 40 },
  },
  { path: '/hazards/:hazardId', title: '隐患', component: () => import('./HazardPage.vue'), roles: readers },
]
