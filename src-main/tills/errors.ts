/** What a PC that wants to join, or a till that calls, is refused for; each sentence says what to do. */
import { domainError } from '../platform/errors.ts'

export const HallFull = domainError('HallFull', '本厅电脑编号已用完（01–99），不能再加入')
export const TillUnknown = domainError('TillUnknown', '本厅没有这台分机，或已停用，请刷新后再看')
export const TillWithdrawn = domainError(
  'TillWithdrawn',
  '本机已被停用，不能再办理业务。如需重新使用，请主任或管理员在主机「本厅电脑」显示配对码，在本机重新加入本厅',
)
export const NotPaired = domainError(
  'NotPaired',
  '主机不认识本机：可能恢复过加入以前的备份，或停用已久。请主任或管理员在主机「本厅电脑」显示配对码，在本机重新加入本厅',
)
export const PairingClosed = domainError(
  'PairingClosed',
  '主机没有在等待加入，或配对码已过期。请在主机「本厅电脑」重新显示配对码',
)
export const CodeUsed = domainError('CodeUsed', '这个配对码已经用过。请在主机「本厅电脑」重新显示配对码')
export const CodeLocked = domainError(
  'CodeLocked',
  '配对码连续输错五次，已作废。请先查明是谁在试，再在主机「本厅电脑」重新显示配对码',
)
export const CodeWrong = domainError('CodeWrong', '配对码不正确，请对照主机屏幕重新输入')
export const AlreadyTill = domainError('AlreadyTill', '这台电脑已经是本厅的分机，不用再加入。请关闭程序后重新打开')
/** The line holds: there is nothing to be replaced. */
export const StillTill = domainError('StillTill', '本机与主机的连接正常，不用重新加入')
export const HostUnproved = domainError(
  'HostUnproved',
  '对方没有证明自己是显示配对码的主机，可能有人在网络中间冒充。本机没有加入，请报告公司信息部门',
)
export const ClockApart = domainError('ClockApart', '本机时间与主机相差太多，请校准本机时间后再试')
export const VersionDiffers = domainError('VersionDiffers', '本机程序版本与主机不同，请安装同一版本后再试')
export const HostUnreachable = domainError(
  'HostUnreachable',
  '连不上主机，请检查网线、主机是否开着、地址是否正确，以及主机防火墙',
)
export const LineRefused = domainError('LineRefused', '主机拒绝了连接，请稍后再试')
