import { Coin } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/backup',
    title: '备份',
    component: () => import('./BackupPage.vue'),
    roles: ['hall-manager', 'administrator'],
    rail: { icon: Coin, order: 86 },
  },
]
