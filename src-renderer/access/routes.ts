import { Tickets } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  { path: '/password', title: '修改密码', component: () => import('./ChangePassword.vue'), roles: 'all' },
  {
    path: '/audit',
    title: '操作日志',
    component: () => import('./AuditLogPage.vue'),
    roles: ['hall-manager', 'administrator'],
    rail: { icon: Tickets, order: 92, label: '日志' },
  },
]
