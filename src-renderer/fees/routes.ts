import { List } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/fees',
    title: '收费项目',
    component: () => import('./FeesPage.vue'),
    roles: 'all',
    rail: { icon: List, order: 61, label: '价目' },
  },
]
