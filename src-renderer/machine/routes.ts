import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/breaks',
    title: '断点记录',
    component: () => import('./BreaksPage.vue'),
    roles: ['hall-manager', 'administrator'],
  },
]
