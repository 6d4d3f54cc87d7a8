import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  { path: '/manual', title: '手册', component: () => import('./ManualPage.vue'), roles: 'all' },
]
