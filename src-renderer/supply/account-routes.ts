import type { RoomRoute } from '../shell/routes.ts'

const watchers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** 业务: reached from the customer file and from the page of supply. */
export const accountRoutes: RoomRoute[] = [
  {
    path: '/supply/processes',
    title: '在办业务',
    component: () => import('./AccountProcessesPage.vue'),
    roles: watchers,
  },
  {
    path: '/supply/account/:accountId',
    title: '业务办理',
    component: () => import('./AccountBusinessPage.vue'),
    roles: watchers,
  },
  {
    path: '/supply/process/:processId',
    title: '办理业务',
    component: () => import('./AccountProcessPage.vue'),
    roles: watchers,
  },
]
