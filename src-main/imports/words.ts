/** The words of this room, used on both floors. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const importKind = words({
  customers: '客户档案',
  meters: '表具与底数',
  readings: '期初抄表',
  balances: '期初余额',
  staff: '员工',
  history: '历史记录',
  care: '特殊客户',
})
export type ImportKind = WordOf<typeof importKind>
export const { values: importKinds, names: importKindNames } = importKind
/** What a file of this kind brings, for whoever chooses. */
export const importKindNotes: Record<ImportKind, string> = {
  customers: '客户、用气点和户号；同一行里可以带表具、底数、预存和欠费',
  meters: '给已导入的户号装上在用的表，带底数',
  readings: '已装表的户号在旧系统里的最后一次抄表',
  balances: '预存和欠费，欠费按月份成为待缴账单；记入期初余额',
  staff: '工号、姓名、岗位和上岗证；密码由管理员另设',
  history: '旧系统里的抄表、缴费、安检、维修等记录，进入客户档案的时间线',
  care: '已建档客户的特殊客户登记和便民措施',
}

export const importState = words({
  reading: '读取中',
  checking: '检查中',
  checked: '待导入',
  indexing: '建立索引',
  done: '已导入',
  undoing: '撤销中',
  undone: '已撤销',
  discarded: '已放弃',
})
export type ImportState = WordOf<typeof importState>
export const { values: importStates, names: importStateNames } = importState

/** `bad` stands in the way of the import; `notice` is told and does not. */
export const problemLevel = words({ bad: '错误', notice: '提示' })
export type ProblemLevel = WordOf<typeof problemLevel>
export const { values: problemLevels, names: problemLevelNames } = problemLevel

/** 迁入期: what was done to the window in which customers come in as already supplied. */
export const windowAct = words({ closed: '结束迁入期', opened: '重新开放迁入期' })
export type WindowAct = WordOf<typeof windowAct>
export const { values: windowActs, names: windowActNames } = windowAct

/** Kinds of past records, the timeline's own, with what old systems call them. */
export const historyWords: readonly (readonly [kind: string, words: RegExp])[] = [
  ['reading', /抄表|读数/],
  ['bill', /账单|出账|开账|计费/],
  ['payment', /缴费|收费|交费|付款|充值|购气|收款|退款/],
  ['inspection', /安检|隐患|检查|入户/],
  ['workorder', /维修|报修|抢修|工单|报警|投诉|咨询/],
  ['meter', /换表|装表|拆表|表具/],
  ['supply', /停气|通气|恢复|复气|点火/],
  ['contract', /合同/],
  ['installation', /报装|开户|验收/],
  ['notice', /通知|催缴/],
  ['profile', /资料|档案|过户|变更/],
]
