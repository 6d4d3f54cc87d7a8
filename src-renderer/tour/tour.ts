/**
 * 新手引导: what a newcomer looks at on the first day, by role. It only points: nothing is blocked, every key works on.
 * Remembered per operator on this PC once it was gone through or put off.
 */
import { ref } from 'vue'
import type { Role } from '../../src-main/platform/contract.ts'

export interface TourStep {
  /** What is pointed at: the first of these that is on the screen. */
  readonly at: readonly string[]
  /** A room of the rail: its group is unfolded, so that it can be pointed at. */
  readonly room?: string
  readonly title: string
  readonly text: string
  /** Left out: for everybody. */
  readonly roles?: readonly Role[]
}

const room = (path: string) => ({ room: path, at: [`.app-rail a[href="#${path}"]`, '.app-rail'] })

export const tourSteps: readonly TourStep[] = [
  {
    at: ['[aria-label="现在要办"]', 'main'],
    title: '现在要办',
    text: '每天从这里开始：最急的排在最前面，按左边标的键就能去办。',
  },
  {
    at: ['.top-bar .search'],
    title: '查找客户',
    text: '在任何页面按 F2，输入姓名、拼音首字母、电话尾号、地址、表号或户号，回车打开。',
  },
  {
    ...room('/customers'),
    title: '客户档案',
    text: '一户一档。报装、合同、抄表、收费、安检、工单，凡为这户办过的都在档案里。',
    roles: ['clerk', 'hall-manager', 'dispatcher'],
  },
  {
    ...room('/openings'),
    title: '报装',
    text: '新客户从这里开始：申请、勘查、合同、装表、验收、通气，一步一步往下，缺什么页面上会写明。',
    roles: ['clerk'],
  },
  {
    ...room('/workorders'),
    title: '工单与报警',
    text: '报修、咨询在这里受理和派工。闻到燃气味的来电，在任何页面立即按 F10。',
    roles: ['clerk', 'dispatcher'],
  },
  {
    ...room('/complaints'),
    title: '投诉',
    text: '接到投诉先登记，系统从这一刻起计 48 小时。',
    roles: ['clerk', 'dispatcher'],
  },
  {
    ...room('/collection'),
    title: '收费',
    text: '先开班、点备用金，再收费：找到客户，选收款方式，输入实收，F12 确认。',
    roles: ['cashier'],
  },
  {
    ...room('/payments'),
    title: '收款记录',
    text: '补打收据、冲正都在这里：找到那一笔再办。',
    roles: ['cashier', 'hall-manager'],
  },
  {
    ...room('/day-close'),
    title: '日结',
    text: '下班前按步骤走完：点钞、对账、说明差异、打印、锁定。中途关机也不会丢。',
    roles: ['cashier', 'hall-manager'],
  },
  {
    ...room('/followups'),
    title: '回访',
    text: '维修、投诉、隐患办完都要回访，回访满意才能关闭。',
    roles: ['dispatcher'],
  },
  {
    ...room('/reports'),
    title: '报表',
    text: '日报、月报由系统统计，核对后上报。点数字可以看到每一笔。',
    roles: ['hall-manager'],
  },
  {
    ...room('/staff'),
    title: '员工与上岗证',
    text: '谁能登录、什么岗位、证件到哪天，都在这里。没有有效证件的人不能被派工。',
    roles: ['administrator', 'hall-manager'],
  },
  {
    ...room('/settings'),
    title: '设置',
    text: '电话、时限、打印机等由公司自己定；改了谁改的、何时改的都有记录。',
    roles: ['administrator'],
  },
  {
    ...room('/backup'),
    title: '备份',
    text: '每天自动备份并打开验证。这里要是红色，当天就要处理。',
    roles: ['administrator'],
  },
  {
    at: ['.top-bar .operator'],
    title: '有问题先按 F1',
    text: 'F1 看本页能用的键，Shift+F1 打开手册中讲这一页的一章。离开座位按 Ctrl+L 锁屏；字太小按 Ctrl+0。',
  },
]

export const stepsFor = (roles: readonly Role[]): readonly TourStep[] =>
  tourSteps.filter(({ roles: whose }) => !whose || whose.some((role) => roles.includes(role)))

/** Which step is shown; null while nobody is led. */
export const tourAt = ref<number | null>(null)
export const beginTour = (): void => void (tourAt.value = 0)

const key = (staffNo: string) => `tour.seen.${staffNo}`
export const tourSeen = (staffNo: string): boolean => localStorage.getItem(key(staffNo)) === '1'
export function endTour(staffNo: string): void {
  tourAt.value = null
  localStorage.setItem(key(staffNo), '1')
}
