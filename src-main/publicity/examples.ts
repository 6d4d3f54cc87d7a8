/** What the board shows until a hall has published its own, and what its first draft begins with. Marked 示例. */
import { businessDate } from '../platform/dates.ts'
import type { BoardContent, Service } from './content.ts'

const service = (name: string, steps: string, timeLimit: string, papers = ''): Service => ({
  name,
  steps: steps.split(' '),
  timeLimit,
  papers,
})

export const exampleBoard: BoardContent = {
  gas: {
    composition: [
      { name: '甲烷', share: 9_382 },
      { name: '乙烷', share: 321 },
      { name: '丙烷', share: 58 },
      { name: '氮气', share: 124 },
      { name: '二氧化碳', share: 115 },
    ],
    grossHeat: 38_420,
    netHeat: 34_690,
    pressures: [
      { use: '居民用户灶前', pascals: 2_000 },
      { use: '公福、商业用户', pascals: 3_000 },
      { use: '工业用户', pascals: 200_000 },
    ],
    analysedOn: businessDate('2026-01-05'),
    analysedBy: '示例，请换成检测单位',
  },
  services: [
    service('报装开户', '受理 勘查 签订合同 装表 验收 通气', '受理后 3 日内勘查（示例）', '身份证明、房产证明'),
    service('缴费、预存', '报户号或地址 核对账单 缴费 打印收据', '即时办理', '户号'),
    service('过户', '受理 核对欠费 重签合同 办结', '当日办结（示例）', '双方身份证明、房产证明'),
    service('报修', '受理 派工 上门处理 验证 回访', '【处理时限】内处理，【修复时限】内修复'),
    service('险情报警', '受理并告知避险 抢修出动 现场处置 回访', '24 小时，接报即出动'),
    service('入户安检', '预约 上门检查 告知隐患 整改复查', '居民每年不少于 2 次，非居民每季度不少于 1 次'),
    service('停气与恢复供气', '提前通知 停气作业 严密性试验 恢复供气', '计划停气提前【停气通知时限】通知'),
    service('投诉', '受理 调查 答复 回访', '48 小时内回复'),
    service('停用、拆除', '申请 核对账单 上门停用或拆除 办结', '预约后 5 个工作日内（示例）', '身份证明'),
    service('特殊客户上门服务', '电话预约 上门办理', '按约定时间'),
  ],
  hours: ['周一至周五 8:30—17:30', '周六、周日 9:00—17:00'],
  tips: [
    '闻到燃气味：不开关电器，不用火，关阀开窗，到户外打【抢险电话】',
    '用气时不离人，用完关灶前阀',
    '软管每 18 个月检查更换，不穿墙、不用接头（示例）',
    '热水器须装烟道，通向室外',
    '不私自改动燃气管道和设备',
    '厨房装燃气报警器，定期试用',
  ],
}
