/**
 * The clauses of the regulation the week touches. Each entry reads the record back and judges whether it shows that the
 * clause held; whatever it does not show is a problem, and a week with a problem fails.
 */
import { analysed, backedUp, closedDay, phoneOnPapers, reported, traceable, uploaded } from './clauses-office.ts'
import { alarms, closedAfterCallback, complaintsAnswered, dispatched, inTime, supervised } from './clauses-orders.ts'
import {
  announced,
  certified,
  inspected,
  specialCare,
  stayedOnSite,
  suspendedForHazard,
  testedBeforeGas,
} from './clauses-supply.ts'
import { registersKept } from './registers.ts'
import type { WeekClause } from './judgement.ts'

/** In the order of the regulation. */
export const weekClauses: readonly WeekClause[] = [
  { clause: '5(6) 6(4) 18(1)', asks: '受理报警，重大险情立即报告领导、立即通知维修员', judge: alarms },
  { clause: '6(5) 14(1)', asks: '服务全过程管理，每件可追溯', judge: traceable },
  { clause: '10(3)', asks: '24 小时服务电话向社会公布，印在每张单据上', judge: phoneOnPapers },
  { clause: '10(5) 18(3)', asks: '一般故障 6 小时内处理、24 小时内修复；不能修的告知并转介', judge: inTime },
  { clause: '10(6) 19', asks: '居民每年 2 次、非居民每季度 1 次安检', judge: inspected },
  { clause: '10(7)', asks: '特殊客户重点登记，提供便捷服务', judge: specialCare },
  { clause: '10(8)(9) 11', asks: '持证上岗，严禁外包', judge: certified },
  { clause: '13 25(1)', asks: '按标准格式填写、上报各类报表', judge: reported },
  { clause: '14(2)', asks: '派工：下达、执行、反馈、跟踪、关闭、回访，不由本人关闭', judge: dispatched },
  { clause: '14(3) 21(3)', asks: '监督：逾期、未回访、重新办理看得见', judge: supervised },
  { clause: '17(2)', asks: '恢复供气前做严密性试验和安全检查', judge: testedBeforeGas },
  { clause: '18(2)', asks: '停气提前 48 小时通知客户，按程序恢复', judge: announced },
  { clause: '18(4) 19(5) 20(2) 21', asks: '报修、安检、投诉回访后关闭，回访有比例', judge: closedAfterCallback },
  { clause: '19(2)', asks: '安检有计划，定期统计分析', judge: analysed },
  { clause: '19(3)', asks: '隐患书面告知、限期整改；较大隐患立即停气，未复查合格不恢复', judge: suspendedForHazard },
  { clause: '19(4)', asks: '不能立即整改的：临时措施、现场监护，整改合格、试验用气正常才离开', judge: stayedOnSite },
  { clause: '20', asks: '投诉记录、调查，48 小时内回复，关闭管理', judge: complaintsAnswered },
  { clause: '22(4)', asks: '备足零钱，气费及时上交，日清日结', judge: closedDay },
  { clause: '25(4)', asks: '定期备份业务数据', judge: backedUp },
  {
    clause: '6(6) 9 21(3) 22(1)',
    asks: '可疑客户巡查、窗口检查、关闭程序的定期检查，由他人复核',
    judge: registersKept,
  },
  { clause: '上报总部', asks: '本机与总部一条不差、一分不差', judge: uploaded },
]
