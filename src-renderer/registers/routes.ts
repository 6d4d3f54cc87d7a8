import { Notebook } from '@element-plus/icons-vue'
import { writers } from '../../src-main/registers/api.ts'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/registers',
    title: '台账',
    component: () => import('./RegistersPage.vue'),
    roles: writers,
    rail: { icon: Notebook, order: 69, label: '台账' },
  },
  { path: '/registers/:kind', title: '台账', component: () => import('./RegisterPage.vue'), roles: writers },
  { path: '/registers/:kind/new', title: '登记台账', component: () => import('./RecordPage.vue'), roles: writers },
  { path: '/registers/entry/:entryId', title: '台账', component: () => import('./EntryPage.vue'), roles: writers },
]
