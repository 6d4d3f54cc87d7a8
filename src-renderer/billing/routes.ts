import { Document } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/bills',
    title: '账单',
    component: () => import('./BillsPage.vue'),
    roles: ['clerk', 'cashier', 'hall-manager', 'administrator'],
    rail: { icon: Document, order: 28 },
  },
  {
    path: '/bills/several',
    title: '跨期合并计费',
    component: () => import('./SeveralPage.vue'),
    roles: ['clerk', 'cashier', 'hall-manager', 'administrator'],
  },
  {
    path: '/bills/run',
    title: '批量出账',
    component: () => import('./RunPage.vue'),
    roles: ['hall-manager', 'administrator'],
  },
]
