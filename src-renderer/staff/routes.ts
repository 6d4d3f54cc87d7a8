import { UserFilled } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

const roles = ['hall-manager', 'administrator'] as const

export const routes: RoomRoute[] = [
  {
    path: '/staff',
    title: '员工',
    component: () => import('./StaffPage.vue'),
    roles,
    rail: { icon: UserFilled, order: 88 },
  },
  { path: '/staff/certificates', title: '上岗证', component: () => import('./CertificatesPage.vue'), roles },
  { path: '/staff/training', title: '培训考核', component: () => import('./TrainingPage.vue'), roles },
  { path: '/staff/merits', title: '奖惩', component: () => import('./MeritsPage.vue'), roles },
  { path: '/staff/person/:staffId', title: '员工档案', component: () => import('./PersonPage.vue'), roles },
]
