import { HomeFilled } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/',
    title: '今日',
    component: () => import('./TodayPage.vue'),
    roles: 'all',
    rail: { icon: HomeFilled, order: 10 },
  },
]
