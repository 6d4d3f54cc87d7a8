import { Setting } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/settings',
    title: '设置',
    component: () => import('./SettingsPage.vue'),
    roles: ['hall-manager', 'administrator'],
    rail: { icon: Setting, order: 90 },
  },
]
