import { domainError } from '../platform/errors.ts'

export const FeeNotFound = domainError('FeeNotFound', '没有这个收费项目，请刷新价目表')
export const FeeRefused = domainError('FeeRefused', '收费项目填写有误，请按提示修改')
export const FeeInForce = domainError('FeeInForce', '价格已经执行或已按它收过费，不能撤回；要改价请录入新版本')
export const FeeNeedsSecondPerson = domainError(
  'FeeNeedsSecondPerson',
  '本厅已经开始收费，价目须由另一位主任或管理员批准',
)
export const ChargeNotFound = domainError('ChargeNotFound', '没有找到这笔收费项目，请刷新后再试')
export const ChargeChanged = domainError(
  'ChargeChanged',
  '所选收费项目刚刚有变动，可能已在别的窗口缴清，请核对后再收款',
)
export const ChargeWithdrawn = domainError('ChargeWithdrawn', '这笔收费项目已经作废')
export const ChargePaid = domainError('ChargePaid', '这笔收费项目已经收款，不能作废；请先冲正收款')
export const WithdrawByManager = domainError(
  'WithdrawByManager',
  '只有收取的本人当日能作废，过后或他人收取的请营业厅主任办理',
)
