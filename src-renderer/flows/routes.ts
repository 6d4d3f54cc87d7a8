import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  { path: '/flows', title: '业务流程图', component: () => import('./FlowsPage.vue'), roles: 'all' },
]
