import { PriceTag } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const editor = () => import('./PriceEditPage.vue')
const makers = ['hall-manager', 'administrator'] as const

export const routes: RoomRoute[] = [
  {
    path: '/prices',
    title: '气价',
    component: () => import('./PricesPage.vue'),
    roles: 'all',
    rail: { icon: PriceTag, order: 60 },
  },
  { path: '/prices/new', title: '新建价格方案', component: editor, roles: makers },
  { path: '/prices/:planId/version', title: '录入新版本', component: editor, roles: makers },
  { path: '/prices/:planId/version/:versionId', title: '修改价格版本', component: editor, roles: makers },
]
