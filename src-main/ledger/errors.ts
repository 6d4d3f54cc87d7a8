import { domainError } from '../platform/errors.ts'

export const DayClosed = domainError('DayClosed', '今日已日结，不能再办理，请于下一营业日办理')
export const PreviousDayOpen = domainError('PreviousDayOpen', '上一营业日尚未日结，请先办理日结')
export const EntryNotFound = domainError('EntryNotFound', '没有找到这笔分录')
export const EntryAlreadyReversed = domainError('EntryAlreadyReversed', '这笔业务已经冲正，不能再次冲正')
