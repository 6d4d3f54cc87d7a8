import { domainError } from '../platform/errors.ts'

export const ShiftNotOpen = domainError('ShiftNotOpen', '还没有开班，请先清点备用金开班')
export const ShiftAlreadyOpen = domainError('ShiftAlreadyOpen', '本机已有班次在收款，请先交接班')
export const NotSameCashier = domainError('NotSameCashier', '当前班次不是您的，请先交接班')
export const HandedToAnother = domainError('HandedToAnother', '钱箱已交给另一位收费员，请由其接班')
export const DrawerCountDiffers = domainError('DrawerCountDiffers', '清点金额与钱箱应有金额不符，请重新清点')
export const CountDiffers = domainError('CountDiffers', '清点金额与账面不符，请重新清点，或填写原因并由主任批准')
export const ShiftStillOpen = domainError('ShiftStillOpen', '还有班次在收款，请先停止收款再清点')

export const NothingDue = domainError('NothingDue', '所选账单已经缴清，请刷新后再试')
export const BillChanged = domainError('BillChanged', '所选账单已变动，请刷新后再收款')
export const OlderBillFirst = domainError('OlderBillFirst', '应先缴较早的账单')
export const OverDebt = domainError('OverDebt', '收款多于应缴，请找零，或经客户同意转为预存')
export const DebtNotCleared = domainError('DebtNotCleared', '账单尚未缴清，不能转为预存')
export const ChangeNotPossible = domainError('ChangeNotPossible', '只有现金可以找零，其他方式请按应缴金额收取')
export const ChangeTooMuch = domainError('ChangeTooMuch', '找零超过上限，请核对实收金额')
export const RoundingMissing = domainError('RoundingMissing', '本厅现金收到角，请按取整后的金额收取')
export const ReferenceMissing = domainError('ReferenceMissing', '请填写流水号')
export const ReceivedTooLittle = domainError('ReceivedTooLittle', '实收现金少于应收现金，请核对')
export const PrepaymentTooLow = domainError('PrepaymentTooLow', '预存余额不足')
export const PrepaymentSpent = domainError('PrepaymentSpent', '这笔款转入的预存已被使用，请先冲正使用它的收款')
export const ReferenceUsed = domainError('ReferenceUsed', '此流水号已经收过款，请核对是否重复')
export const CashTooLow = domainError('CashTooLow', '钱箱现金不足以退还，请先补充备用金')
export const PaymentNotFound = domainError('PaymentNotFound', '没有找到这笔收款，请核对收据号')
export const AlreadyReversed = domainError('AlreadyReversed', '这笔收款已经冲正，不能再次冲正')

export const NoOpenDay = domainError('NoOpenDay', '当前没有待日结的营业日')
export const DayNotBegun = domainError('DayNotBegun', '该营业日还未到，不能日结')
export const NotTheDifference = domainError('NotTheDifference', '金额与清点差异不符，请刷新后再试')
export const StatementUnreadable = domainError('StatementUnreadable', '对账单无法识别，请核对文件')
/** Nobody has said yet what the columns are; `details` holds the headings and some rows for whoever does. */
export const StatementColumnsUnknown = domainError(
  'StatementColumnsUnknown',
  '还不认得这种对账单的列，请指明各列是什么',
)
export const NotDeferred = domainError('NotDeferred', '该营业日已日结，这个渠道的对账单不是次日到的，不能再对账')
export const StatementDuplicate = domainError('StatementDuplicate', '这份对账单已经导入')
export const StatementHasCome = domainError('StatementHasCome', '对账单已经导入，请先对账；导错的请先撤回')
export const StatementOtherDay = domainError('StatementOtherDay', '对账单不是本营业日的，请核对文件')
export const StatementNotFound = domainError('StatementNotFound', '没有找到这份对账单，请刷新后再试')
export const DifferenceNotFound = domainError('DifferenceNotFound', '没有找到这条差异，请刷新后再试')
export const DifferenceSettled = domainError('DifferenceSettled', '这条差异已经处理')
export const ResolutionNotFit = domainError('ResolutionNotFit', '这种差异不能这样处理，请另选处理方式')
