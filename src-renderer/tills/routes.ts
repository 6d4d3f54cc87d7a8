import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/tills',
    title: '本厅电脑',
    component: () => import('./TillsPage.vue'),
    roles: ['hall-manager', 'administrator'],
  },
]
