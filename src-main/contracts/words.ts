/** The trade's words for contracts, used on both floors. */
import { words } from '../platform/dictionary.ts'

export const contractKind = words({ supply: '供用气合同', safety: '安全用气合同' })
export const contractKindNames = contractKind.names

export const contractState = words({ draft: '待打印', printed: '待签订', signed: '已签订', void: '已作废' })
export const contractStateNames = contractState.names

/** Who signs for the customer. */
export const relation = words({ self: '本人', 'legal-representative': '法定代表人', agent: '代理人' })
export const relationNames = relation.names

/** Whom a wording is for. */
export const contractAudience = words({ resident: '居民', 'non-resident': '非居民' })
export const audienceNames = contractAudience.names
