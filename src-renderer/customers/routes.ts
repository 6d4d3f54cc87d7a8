import { User } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/customers',
    title: '客户',
    component: () => import('./CustomersPage.vue'),
    roles: 'all',
    rail: { icon: User, order: 20 },
  },
  {
    path: '/customers/new',
    title: '新建客户',
    component: () => import('./NewCustomerPage.vue'),
    roles: ['clerk', 'hall-manager'],
  },
  { path: '/customers/:accountId', title: '客户档案', component: () => import('./CustomerFilePage.vue'), roles: 'all' },
  {
    path: '/customers/person/:customerId',
    title: '客户档案',
    component: () => import('./CustomerFilePage.vue'),
    roles: 'all',
  },
]
