import { Printer } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/papers',
    title: '打印记录',
    component: () => import('./PrintingsPage.vue'),
    roles: ['clerk', 'cashier', 'hall-manager'],
    rail: { icon: Printer, order: 70, label: '单据' },
  },
  {
    path: '/papers/setup',
    title: '本机打印设置',
    component: () => import('./PrintSetupPage.vue'),
    roles: 'all',
  },
]
