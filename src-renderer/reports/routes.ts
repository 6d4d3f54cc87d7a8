import { DataAnalysis } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const readers = ['cashier', 'hall-manager', 'administrator', 'dispatcher'] as const

export const routes: RoomRoute[] = [
  {
    path: '/reports',
    title: '报表',
    component: () => import('./ReportsPage.vue'),
    roles: readers,
    rail: { icon: DataAnalysis, order: 62, label: '报表' },
  },
  {
    path: '/reports/submissions/:submissionId',
    title: '上报的报表',
    component: () => import('./SubmissionPage.vue'),
    roles: readers,
  },
  {
    path: '/reports/:report/:kind/:date/:section/:row',
    title: '报表明细',
    component: () => import('./RecordsPage.vue'),
    roles: readers,
  },
  { path: '/reports/:report/:kind/:date', title: '报表', component: () => import('./ReportPage.vue'), roles: readers },
]
