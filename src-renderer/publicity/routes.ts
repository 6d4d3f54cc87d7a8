import { Promotion } from '@element-plus/icons-vue'
import type { RoomRoute } from '../shell/routes.ts'

export const routes: RoomRoute[] = [
  {
    path: '/publicity',
    title: '公示牌',
    component: () => import('./BoardPage.vue'),
    roles: 'all',
    rail: { icon: Promotion, order: 66, label: '公示' },
  },
  {
    path: '/publicity/edit',
    title: '编辑公示牌',
    component: () => import('./BoardEditPage.vue'),
    roles: ['hall-manager', 'administrator'],
  },
  { path: '/publicity/campaigns', title: '安全宣传', component: () => import('./CampaignsPage.vue'), roles: 'all' },
  {
    path: '/publicity/campaigns/:campaignId',
    title: '宣传活动',
    component: () => import('./CampaignPage.vue'),
    roles: 'all',
  },
]
