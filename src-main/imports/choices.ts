/** Words of old systems for what is one of few things here. The first that fits counts. Pure. */
import type { CareKind, CustomerCategory, GasState, IdKind, SuspensionReason } from '../customers/api.ts'
import type { MeterKind } from '../metering/api.ts'
import { roleNames, roles, type Role } from '../platform/contract.ts'

export type Choices<T extends string> = readonly (readonly [T, RegExp])[]

export const namesOf = (names: Readonly<Record<string, string>>): string => {
  const all = Object.values(names)
  return `${all.slice(0, -1).join('、')}或${all.at(-1)}`
}

export const categoryChoices: Choices<CustomerCategory> = [
  ['industrial', /工业|生产/],
  ['public', /公福|公共|福利|学校|医院|机关|公建|事业/],
  ['commercial', /商业|商户|餐饮|经营|工商|服务业|非居民|非民用/],
  ['resident', /居民|民用|家庭|住宅|个人/],
]
/** 供气 is the whole word or none: 不供气, 未使用 and 停止供气 hold it too, and whether gas flows is never guessed (clauses 15, 17). */
export const gasChoices: Choices<GasState> = [
  ['not-ignited', /未通|未点火|未开通|未供|待通|待开通|待供|待点火/],
  ['deactivated', /停用|销户|注销|报停/],
  ['dismantled', /拆除|已拆/],
  ['suspended', /停气|停供|停止|暂停|中止|中断|封表/],
  ['supplied', /^(?:(?:正常|已)?(?:供气|通气|用气|使用|在用|开通|点火)(?:中|正常)?|正常)$/],
]
export const suspensionChoices: Choices<SuspensionReason> = [
  // Whatever was dangerous comes in as a hazard: found in order by an inspection before gas flows (clause 19(3)).
  ['hazard', /隐患|安全|违规|抢修|漏气/],
  ['arrears', /欠费|欠款/],
  ['planned', /计划|检修|施工/],
  ['customer', /客户|用户|自愿|申请|要求|其他/],
]
export const meterChoices: Choices<MeterKind> = [
  ['ic-card', /IC|卡/i],
  ['iot', /物联|远传|NB|无线|智能/i],
  ['diaphragm', /膜|皮膜|普通|机械|基表|民用/],
]
export const idChoices: Choices<IdKind> = [
  ['national-id', /身份证|居民证|户口/],
  ['credit-code', /信用|营业执照|执照|机构代码/],
  ['passport', /护照|通行证/],
]
export const careChoices: Choices<CareKind> = [
  ['disabled', /残|障/],
  ['living-alone', /独居|空巢/],
  ['orphaned', /孤寡|孤儿|孤|五保/],
  ['elderly', /高龄|老/],
]
export const noCare = /^(否|无|没有|不是|正常|普通|0|n|no|-|\/)$/i

/** 岗位 by its name or one that means it. */
export function roleNamed(word: string): Role | undefined {
  const named = roles.find((role) => roleNames[role] === word)
  if (named !== undefined) return named
  if (/主任|经理/.test(word)) return 'hall-manager'
  if (/收费/.test(word)) return 'cashier'
  if (/调度|客服/.test(word)) return 'dispatcher'
  if (/管理员/.test(word)) return 'administrator'
  return /柜员|营业员|前台|窗口/.test(word) ? 'clerk' : undefined
}
