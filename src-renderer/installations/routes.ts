import { SetUp } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const workers = ['clerk', 'hall-manager'] as const
const watchers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/openings',
    title: '报装',
    component: () => import('./OpeningListPage.vue'),
    roles: watchers,
    rail: { icon: SetUp, order: 25 },
  },
  { path: '/opening', title: '报装申请', component: () => import('./NewApplicationPage.vue'), roles: workers },
  { path: '/opening/:applicationId', title: '报装', component: () => import('./OpeningPage.vue'), roles: watchers },
]
