import type { RoomRoute } from '../shell/routes.ts'

const leaders = ['hall-manager', 'administrator'] as const

export const routes: RoomRoute[] = [
  { path: '/golive/printers', title: '打印机试印', component: () => import('./PrintersPage.vue'), roles: leaders },
  { path: '/golive/wordings', title: '合同文本审定', component: () => import('./WordingsPage.vue'), roles: leaders },
]
