import { SwitchButton } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'
import { accountRoutes } from './account-routes.ts'

const lookers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
const planners = ['hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/supply',
    title: '停气',
    component: () => import('./InterruptionsPage.vue'),
    roles: lookers,
    rail: { icon: SwitchButton, order: 42 },
  },
  { path: '/supply/awaiting', title: '待恢复', component: () => import('./AwaitingPage.vue'), roles: lookers },
  {
    path: '/supply/carried',
    title: '恢复前的安全事项',
    component: () => import('./CarriedPage.vue'),
    roles: ['clerk', 'hall-manager', 'dispatcher', 'administrator'],
  },
  { path: '/supply/arrears', title: '欠费催缴', component: () => import('./ArrearsPage.vue'), roles: lookers },
  { path: '/supply/new', title: '新建停气', component: () => import('./PlanPage.vue'), roles: planners },
  {
    path: '/supply/interruptions/:interruptionId',
    title: '停气',
    component: () => import('./InterruptionPage.vue'),
    roles: lookers,
  },
  {
    path: '/supply/interruptions/:interruptionId/edit',
    title: '修改停气',
    component: () => import('./PlanPage.vue'),
    roles: planners,
  },
  {
    path: '/supply/buildings/:buildingId',
    title: '整栋恢复供气',
    component: () => import('./BuildingSheetPage.vue'),
    roles: recorders,
  },
  {
    path: '/supply/resume/:accountId',
    title: '恢复供气',
    component: () => import('./ResumePage.vue'),
    roles: recorders,
  },
  ...accountRoutes,
]
