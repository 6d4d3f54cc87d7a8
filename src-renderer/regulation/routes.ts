import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  { path: '/regulation', title: '规章', component: () => import('./RegulationPage.vue'), roles: 'all' },
]
