import { Calendar, Tickets, Wallet } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/collection',
    title: '收费',
    component: () => import('./CollectionPage.vue'),
    roles: ['cashier'],
    rail: { icon: Wallet, order: 30 },
  },
  {
    path: '/collection/:accountId',
    title: '收费',
    component: () => import('./CollectionPage.vue'),
    roles: ['cashier'],
  },
  { path: '/shift', title: '班次', component: () => import('./ShiftPage.vue'), roles: ['cashier'] },
  {
    path: '/payments',
    title: '收款记录',
    component: () => import('./PaymentsPage.vue'),
    roles: ['cashier', 'hall-manager'],
    rail: { icon: Tickets, order: 32, label: '收款' },
  },
  {
    path: '/day-close',
    title: '日结',
    component: () => import('./DayClosePage.vue'),
    roles: ['cashier', 'hall-manager'],
    rail: { icon: Calendar, order: 34 },
  },
  {
    path: '/reconciliation',
    title: '次日对账',
    component: () => import('./ReconciliationPage.vue'),
    roles: ['cashier', 'hall-manager'],
  },
]
