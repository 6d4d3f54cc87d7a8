import { UserFilled } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/staff',
    title: '员工',
    component: () => import('./StaffPage.vue'),
    roles: ['hall-manager', 'administrator'],
    rail: { icon: UserFilled, order: 88 },
  },
]
