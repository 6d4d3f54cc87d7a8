/**
 * Everything somebody with certain roles can open or do from anywhere, each with its key: what the search box offers
 * beside customers. Pages come from the rooms' routes, so that a new page is found without being written down here.
 */
import { processKindNames, processKinds } from '../../src-main/supply/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import type { Combo } from './keys.ts'
import { mayOpen, roomRoutes, type RoomRoute } from './routes.ts'

/** What the frame itself does; carried out by whoever holds the frame. */
export type ShellAct = 'help' | 'lock' | 'switch-user' | 'large-type' | 'emergency'

interface Found {
  /** Never changes between versions, so that the recent ones can be remembered. */
  readonly id: string
  readonly title: string
  /** Other words people look for it by. Matched like the title, by characters or pinyin. */
  readonly words: readonly string[]
  readonly key?: Combo
}
export interface PageFunction extends Found {
  readonly path: string
}
/** Needs a customer's account: `:accountId` stands in its path. */
export interface AccountFunction extends Found {
  readonly accountPath: string
}
export interface ShellFunction extends Found {
  readonly run: ShellAct
}
export type HallFunction = PageFunction | AccountFunction | ShellFunction

/** Other words for a page, by its path. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  '/': ['首页', '待办', '今天'],
  '/customers': ['客户列表', '用户', '户号'],
  '/customers/new': ['建档', '新增客户'],
  '/collection': ['收款', '缴费', '交费', '收银', '预存'],
  '/payments': ['补打收据', '冲正', '缴费记录', '收据'],
  '/shift': ['开班', '交班', '备用金', '停止收款'],
  '/day-close': ['日终', '对账', '轧账', '缴款单', '日结单'],
  '/bills': ['欠费', '气费', '通知单', '取消账单'],
  '/bills/run': ['出账', '月结'],
  '/papers': ['补打', '单据', '打印'],
  '/contracts/renewals': ['合同到期', '顺延', '续约', '换签合同'],
  '/openings': ['开户', '新装', '点火', '通气'],
  '/opening': ['开户', '新报装', '新装'],
  '/readings': ['读数', '录入读数', '抄见', '估抄'],
  '/readings/odd': ['可疑客户', '零用气', '偏高偏低'],
  '/inspections': ['入户安检', '安检计划', '任务单'],
  '/inspections/statistics': ['安检率'],
  '/hazards': ['整改', '整改通知书', '隐患台账'],
  '/supply': ['计划停气', '停气通知', '恢复供气'],
  '/supply/new': ['计划停气', '停气申请'],
  '/supply/awaiting': ['恢复供气', '复气'],
  '/supply/arrears': ['催费', '催缴', '欠费停气'],
  '/supply/processes': ['过户', '换表', '停用', '拆除', '销户', '业务办理'],
  '/workorders': ['维修', '报修', '派工'],
  '/workorders/new': ['报警', '报修', '漏气', '抢险', '咨询'],
  '/complaints': ['投诉处理'],
  '/complaints/new': ['投诉登记'],
  '/complaints/months': ['投诉统计'],
  '/followups': ['电话回访', '满意度'],
  '/followups/ratios': ['回访率', '抽取样本'],
  '/publicity': ['公示', '公示屏'],
  '/publicity/edit': ['公示', '价格公示'],
  '/publicity/campaigns': ['宣传活动'],
  '/flows': ['流程图', '上墙', '工作流程'],
  '/emergency': ['预案', '抢险'],
  '/emergency/write': ['新预案', '预案'],
  '/emergency/drills': ['演练'],
  '/registers': ['记录本', '登记簿', '检查记录', '巡查', '值班', '归档'],
  '/prices': ['价格', '阶梯气价', '价格版本'],
  '/fees': ['价目表', '服务收费', '过户费', '补卡', '改管', '材料', '灶具', '软管', '报警器'],
  '/reports': ['统计', '月报', '日报', '上报报表'],
  '/appraisal': ['考核表', '绩效'],
  '/staff': ['人员', '账号', '重置密码'],
  '/staff/certificates': ['证书', '持证'],
  '/staff/training': ['培训', '考试'],
  '/staff/merits': ['奖励', '处罚'],
  '/imports': ['旧系统', '导入客户'],
  '/imports/new': ['导入', '旧系统'],
  '/supply/carried': ['停气清单', '恢复后补录'],
  '/imports/window': ['结束迁入', '合同待补', '搬家'],
  '/sync': ['上传', '总部', '同步'],
  '/backup': ['恢复备份', '备份与恢复'],
  '/tills': ['分机', '主机', '配对', '停用电脑'],
  '/settings': ['参数', '打印机', '启动口令'],
  '/audit': ['审计', '操作记录'],
  '/manual': ['帮助', '说明书', '怎么办'],
  '/regulation': ['管理办法', '制度', '条款'],
  '/password': ['改密码', '口令'],
}

const shellFunctions: readonly ShellFunction[] = [
  {
    id: 'switch-user',
    title: '切换用户',
    words: ['退出登录', '注销', '换人'],
    key: 'Ctrl+Shift+U',
    run: 'switch-user',
  },
  { id: 'lock', title: '锁屏', words: ['离开', '暂离'], key: 'Ctrl+L', run: 'lock' },
  { id: 'help', title: '本页快捷键', words: ['帮助', '按键'], key: 'F1', run: 'help' },
  { id: 'large-type', title: '字号', words: ['大字模式', '字体', '放大'], key: 'Ctrl+0', run: 'large-type' },
  { id: 'emergency', title: '应急预案（紧急查看）', words: ['应急', '预案'], key: 'F11', run: 'emergency' },
]

/** Functions of one customer's account, by the route that opens them. */
interface AccountPage extends AccountFunction {
  /** Whose roles decide. */
  readonly route: string
}
const accountPage = (
  id: string,
  title: string,
  words: readonly string[],
  route: string,
  accountPath = route,
  key?: Combo,
): AccountPage => ({ id: `account/${id}`, title, words, route, accountPath, ...(key ? { key } : {}) })

const accountFunctions: readonly AccountPage[] = [
  accountPage('file', '客户档案', ['一户一档', '资料'], '/customers/:accountId'),
  accountPage('collection', '收费', ['缴费', '交费', '收款'], '/collection/:accountId', undefined, 'F4'),
  accountPage('readings', '抄表', ['读数', '录入读数'], '/readings/:accountId', undefined, 'Alt+M'),
  accountPage('business', '业务办理', ['变更'], '/supply/account/:accountId'),
  ...processKinds.map((kind) =>
    accountPage(
      kind,
      processKindNames[kind],
      [],
      '/supply/account/:accountId',
      `/supply/account/:accountId?begin=${kind}`,
    ),
  ),
  accountPage('resume', '恢复供气', ['复气', '通气'], '/supply/resume/:accountId'),
  accountPage('order', '受理工单', ['报修', '报警', '咨询'], '/workorders/new', '/workorders/new?account=:accountId'),
  accountPage('complaint', '受理投诉', ['投诉'], '/complaints/new', '/complaints/new?account=:accountId'),
]

const ofPage = ({ path, title, key }: RoomRoute): PageFunction => ({
  id: path,
  title,
  words: otherWords[path] ?? [],
  path,
  ...(key ? { key } : {}),
})

/**
 * Pages first, in the order of the routes, then what the frame does; with an account open, its functions before both.
 * @param roles of the operator
 * @param withAccount whether a customer's account is at hand to put into `accountPath`
 */
export function functionsFor(roles: readonly Role[], withAccount = false): readonly HallFunction[] {
  const pages = roomRoutes.filter((route) => !route.path.includes(':') && mayOpen(route.roles, roles)).map(ofPage)
  if (!withAccount) return [...pages, ...shellFunctions]
  const open = new Set(roomRoutes.filter((route) => mayOpen(route.roles, roles)).map(({ path }) => path))
  const account = accountFunctions
    .filter(({ route }) => open.has(route))
    .map(({ id, title, words, accountPath, key }) => ({ id, title, words, accountPath, ...(key ? { key } : {}) }))
  return [...account, ...pages, ...shellFunctions]
}

/** Where a function leads, for the account that is open; null for what the frame itself does. */
export const pathOf = (one: HallFunction, accountId: string | null): string | null =>
  'path' in one ? one.path : 'accountPath' in one && accountId ? one.accountPath.replace(':accountId', accountId) : null
