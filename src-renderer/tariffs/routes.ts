import { PriceTag } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/prices',
    title: '气价',
    component: () => import('./PricesPage.vue'),
    roles: 'all',
    rail: { icon: PriceTag, order: 60 },
  },
]
