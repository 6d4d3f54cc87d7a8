import { TrendCharts } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const roles = ['hall-manager', 'dispatcher', 'administrator'] as const

export const routes: RoomRoute[] = [
  {
    path: '/appraisal',
    title: '考核评价',
    component: () => import('./AppraisalPage.vue'),
    roles,
    rail: { icon: TrendCharts, order: 64, label: '考核' },
  },
  { path: '/appraisal/:scorecardId', title: '考核表', component: () => import('./ScorecardPage.vue'), roles },
]
