/** The week, hour by hour. */
import { cashDay } from '../cashdesk.ts'
import { closeDay } from '../closing.ts'
import { compareWithHeadquarters, setHeadquarters } from '../upload.ts'
import type { Receiver } from '../../headquarters/receiver.ts'
import { callBack, drawSample } from './callbacks.ts'
import { answerComplaint, closeComplaint, complaintOf, takeComplaint } from './complaint.ts'
import {
  closeLeak,
  closeValve,
  deliverNotice,
  enterBuilding,
  giveGasBack,
  giveOutRound,
  mendAndReinspect,
  stayUntilMended,
  tryResumption,
} from './inspection.ts'
import { announce, begin, endAndResume, post } from './interruption.ts'
import {
  close,
  finishRepair,
  handleRepair,
  leakOrder,
  lookAtOverdue,
  reachLeak,
  referredOrder,
  repairLeak,
  repairOrder,
  takeLeak,
  takeRepairs,
} from './orders.ts'
import { checkBeforeOpening, checkClosing, patrol } from './registers.ts'
import { reportTitles, submitReports, type ReportName } from './reports.ts'
import type { Stage } from './stage.ts'

/** The Monday it begins on. The reports of the week are made on the Monday after, those of November on 1 December. */
export const monday = '2026-11-23'
export const sunday = '2026-11-29'

export const token = 'demo-headquarters-token'

export interface Scene {
  /** In Shanghai. */
  readonly at: string
  readonly title: string
  readonly play: (stage: Stage, receiver: Receiver) => Promise<void>
}

const all = Object.keys(reportTitles) as ReportName[]

export const scenes: readonly Scene[] = [
  {
    at: '2026-11-23T08:30',
    title: '周一上午：安检派工，望江路停气通知',
    play: async (stage, receiver) => {
      const desk = await stage.as('9001')
      await setHeadquarters(desk, receiver.url, token)
      await giveOutRound(stage)
      await announce(stage)
      await post(stage)
    },
  },
  {
    at: '2026-11-23T15:30',
    title: '周一下午：整栋安检录入，重大隐患停气，现场监护',
    play: async (stage) => {
      await enterBuilding(stage)
      await deliverNotice(stage)
      await stayUntilMended(stage)
      await tryResumption(stage, '19(3)', '隐患未整改就恢复供气')
    },
  },
  { at: '2026-11-24T02:12', title: '周二凌晨：报警漏气', play: takeLeak },
  { at: '2026-11-24T02:34', title: '周二凌晨：到场处理', play: reachLeak },
  { at: '2026-11-24T03:25', title: '周二凌晨：修复、验证', play: repairLeak },
  {
    at: '2026-11-24T09:05',
    title: '周二上午：报警回访关闭，受理报修和投诉',
    play: async (stage) => {
      await stage.as('3001')
      await callBack(stage, 'workorder', leakOrder(stage).id, '报警回访')
      await close(stage, leakOrder(stage), '报警')
      await closeValve(stage)
      await takeRepairs(stage)
      await takeComplaint(stage)
    },
  },
  { at: '2026-11-24T11:40', title: '周二中午：报修已处理，等配件', play: handleRepair },
  {
    at: '2026-11-25T10:40',
    title: '周三上午：报修逾期，隐患复查，投诉回复',
    play: async (stage) => {
      await lookAtOverdue(stage)
      await mendAndReinspect(stage)
      await answerComplaint(stage)
    },
  },
  {
    at: '2026-11-25T16:20',
    title: '周三下午：报修修复，隐患、投诉和转介回访',
    play: async (stage) => {
      await finishRepair(stage)
      await stage.as('3001')
      await closeLeak(stage)
      await callBack(stage, 'complaint', complaintOf(stage).id, '投诉回访')
      await closeComplaint(stage)
      await callBack(stage, 'workorder', referredOrder(stage).id)
      await close(stage, referredOrder(stage), '转介')
    },
  },
  {
    at: '2026-11-25T22:30',
    title: '周三夜间：居民夜间不恢复供气',
    play: async (stage) => {
      await stage.as('1001')
      await tryResumption(stage, '17(2)', '夜间给居民恢复供气')
    },
  },
  {
    at: '2026-11-26T09:05',
    title: '周四上午：隐患户恢复供气，望江路停气',
    play: async (stage) => {
      await giveGasBack(stage)
      await begin(stage)
      await callBack(stage, 'workorder', repairOrder(stage).id, '报修回访')
      await close(stage, repairOrder(stage), '报修')
    },
  },
  { at: '2026-11-26T15:10', title: '周四下午：望江路恢复供气', play: endAndResume },
  {
    at: '2026-11-27T08:20',
    title: '周五早上：营业前检查，可疑客户巡查，季度检查',
    play: async (stage) => {
      await checkBeforeOpening(stage)
      await patrol(stage)
      await checkClosing(stage)
    },
  },
  {
    at: '2026-11-27T16:30',
    title: '周五：收费、日结、备份',
    play: async (stage) => {
      const desk = await stage.as('2001')
      await closeDay(desk, await cashDay(desk), stage.folder)
      await stage.as('9001')
      await desk.go('/backup')
      await desk.page.getByRole('heading', { name: '备份' }).waitFor()
      const backups = `SELECT count(*) AS n FROM backups WHERE kind = 'manual' AND state = 'proved'`
      await desk.press('Control+b')
      await stage.until('backup', backups, 1)
      await desk.shot('备份已核对')
    },
  },
  {
    at: '2026-11-30T09:00',
    title: '下周一：抽样回访，周报',
    play: async (stage) => {
      await drawSample(stage, 'inspection', '安检', monday, sunday)
      await drawSample(stage, 'resumption', '恢复供气', monday, sunday)
      await submitReports(stage, 'week', monday, all)
    },
  },
  {
    at: '2026-12-01T09:00',
    title: '月初：十一月月报，上报总部',
    play: async (stage, receiver) => {
      await submitReports(stage, 'month', monday, all)
      await compareWithHeadquarters(stage.desk, receiver)
    },
  },
]
