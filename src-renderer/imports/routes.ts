import { Upload } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const roles = ['hall-manager', 'administrator'] as const

export const routes: RoomRoute[] = [
  {
    path: '/imports',
    title: '数据导入',
    component: () => import('./ImportsPage.vue'),
    roles,
    rail: { icon: Upload, order: 82, label: '导入' },
  },
  { path: '/imports/new', title: '新的导入', component: () => import('./NewImportPage.vue'), roles },
  {
    path: '/imports/window',
    title: '迁入期',
    component: () => import('./WindowPage.vue'),
    roles,
  },
  { path: '/imports/:importId', title: '数据导入', component: () => import('./ImportPage.vue'), roles },
]
