import { UploadFilled } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/sync',
    title: '上报状态',
    component: () => import('./SyncPage.vue'),
    roles: ['hall-manager', 'administrator'],
    rail: { icon: UploadFilled, order: 84, label: '上报' },
  },
]
