/**
 * Domain errors: few, named, and written for the clerk who reads them (what happened, what to do).
 * Anything else that is thrown is a fault of the program and reaches the screen as `Internal` with a number for support.
 */

/** An error as it crosses the bridge: what happened and what to do, in Chinese. */
export interface CallFailure {
  readonly code: string
  readonly message: string
  readonly field?: string
  readonly details?: unknown
}

export class DomainError extends Error {
  readonly code: string
  readonly field: string | undefined
  readonly details: unknown

  constructor(code: string, message: string, more: { field?: string; details?: unknown } = {}) {
    super(message)
    this.name = code
    this.code = code
    this.field = more.field
    this.details = more.details
  }

  toFailure(): CallFailure {
    return {
      code: this.code,
      message: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }
}

/** Declares a named domain error with a default Chinese message. */
export function domainError(code: string, defaultMessage: string) {
  return class extends DomainError {
    constructor(message: string = defaultMessage, more: { field?: string; details?: unknown } = {}) {
      super(code, message, more)
    }
  }
}

export const InvalidInput = domainError('InvalidInput', '填写的内容有误，请按提示修改')
export const NotSignedIn = domainError('NotSignedIn', '尚未登录或登录已失效，请重新登录')
export const SessionLocked = domainError('SessionLocked', '屏幕已锁定，请输入密码解锁')
export const NotAllowed = domainError('NotAllowed', '您的岗位不能办理此项业务，请联系营业厅主任')
export const BackendRestarted = domainError('BackendRestarted', '后台程序刚刚自动恢复，请再试一次')
export const UnknownCall = domainError('UnknownCall', '程序版本不一致，请重新启动')
export const RequestIdReused = domainError('RequestIdReused', '此表单已经提交过其他内容，请重新打开表单后再办理')
export const NotFound = domainError('NotFound', '没有找到这条记录，可能已被更改，请刷新后再试')
export const Conflict = domainError('Conflict', '记录已被他人更改，请刷新后再试')
/** A gate of the regulation stands in the way; `details` lists every obstacle so that one visit mends them all. */
export const GateNotPassed = domainError('GateNotPassed', '还不能办理')
export const ClockRunsBackwards = domainError(
  'ClockRunsBackwards',
  '电脑时间早于上一笔业务的时间，请校准电脑时间；时间无误的，请退出登录后由管理员在登录页确认',
)
export const ClockAhead = domainError(
  'ClockAhead',
  '电脑时间比上一笔业务晚得太多，请校准电脑时间；时间无误的，请退出登录后由管理员在登录页确认',
)
/** Committed work is missing; nothing is written until a manager or administrator has seen what. */
export const DataLost = domainError('DataLost', '数据少了一段，须由主任或管理员在登录页确认后才能办理')
export const DatabaseMissing = domainError('DatabaseMissing', '找不到数据文件 hall.db，请从备份恢复')
export const DatabaseForeign = domainError(
  'DatabaseForeign',
  '数据由较早的试用版或其他程序建立，本程序不能打开。数据没有改动，请用原来的程序打开，或联系公司信息部门',
)
export const DatabaseBusy = domainError('DatabaseBusy', '数据文件正被另一个程序占用，请关闭它后再试')
/** Nothing could be written; what was there can still be read. */
export const DiskFull = domainError('DiskFull', '磁盘已满，数据暂时只能查看。请清理磁盘后再试')
export const DatabaseNewer = domainError('DatabaseNewer', '数据由更新版本的程序建立，请先升级本程序')
export const DatabaseCorrupt = domainError('DatabaseCorrupt', '数据文件已损坏，请从最近一份备份恢复')
export const DatabaseReadOnly = domainError(
  'DatabaseReadOnly',
  '数据文件不可写入，请管理员检查文件夹权限和磁盘空间，然后重新启动',
)
export const WrongKey = domainError('WrongKey', '密钥与数据文件不符，无法打开')
export const MigrationFailed = domainError('MigrationFailed', '数据升级未成功，已恢复到升级前的状态')
