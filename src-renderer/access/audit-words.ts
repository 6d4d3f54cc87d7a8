/** The audit log in the trade's words. Held complete by tests/access/audit-words.test.ts. */

/** What was done, by the name of the call or of the program's own work. */
export const callNames: Readonly<Record<string, string>> = {
  'access.approve': '主任批准',
  'access.changePassword': '修改密码',
  'access.lock': '锁屏',
  'access.login': '登录',
  'access.logout': '退出登录',
  'access.resetPassword': '重置密码',
  'access.setUp': '首次启动设置',
  'access.unlock': '解锁',
  'access.verifyAudit': '校验日志',
  'backup.authorizeRestore': '批准恢复备份',
  'backup.now': '备份',
  'backup.proved': '备份验证',
  'billing.billReading': '出账',
  'billing.cancel': '作废账单',
  'billing.cancelRun': '停止批量出账',
  'billing.run': '批量出账',
  'cashier.closeDay': '日结',
  'cashier.closeShift': '交班',
  'cashier.collect': '收款',
  'cashier.countCash': '现金盘点',
  'cashier.declareNoStatement': '声明无对账单',
  'cashier.explainOverShort': '长短款说明',
  'cashier.handOver': '班次交接',
  'cashier.importStatement': '导入对账单',
  'cashier.openShift': '开班',
  'cashier.prepay': '预存',
  'cashier.reconcile': '对账',
  'cashier.refund': '退款',
  'cashier.removeStatement': '移除对账单',
  'cashier.reverse': '冲正',
  'cashier.settleDifference': '处理对账差异',
  'contracts.attachScan': '上传合同扫描件',
  'contracts.sign': '签订合同',
  'contracts.void': '作废合同',
  'customers.attach': '添加附件',
  'customers.create': '客户建档',
  'customers.edit': '修改客户资料',
  'customers.editAccount': '修改户资料',
  'customers.editServicePoint': '修改用气点',
  'customers.readAttachment': '查看附件',
  'customers.reveal': '查看完整证件号',
  'demo.seed': '生成演示数据',
  'installations.accept': '验收',
  'installations.amend': '修改报装',
  'installations.apply': '受理报装',
  'installations.cancel': '撤销报装',
  'installations.checkSafety': '安全检查',
  'installations.draftContracts': '拟定合同',
  'installations.ignite': '通气',
  'installations.installMeter': '装表',
  'installations.openAccount': '开户',
  'installations.survey': '勘查',
  'installations.takeOver': '接手报装',
  'installations.testTightness': '严密性试验',
  'metering.exchange': '换表',
  'metering.record': '录入抄表',
  'metering.voidReading': '作废抄表',
  'notices.printed': '打印单据',
  'reports.run': '统计报表',
  'reports.stop': '停止统计',
  'reports.submit': '报表上报',
  'settings.change': '更改设置',
  'staff.addCertificate': '登记上岗证',
  'staff.create': '新增员工',
  'staff.edit': '修改员工姓名',
  'staff.leave': '员工离职',
  'staff.setRoles': '更改岗位',
  'staff.withdrawCertificate': '收回上岗证',
  'sync.uploadNow': '立即上报',
  'tariffs.addVersion': '新增气价版本',
  'tariffs.createPlan': '新增价格方案',
  'tariffs.withdrawVersion': '撤回气价版本',
  'workorders.answer': '答复咨询',
  'workorders.assign': '工单派工',
  'workorders.callBack': '工单回访',
  'workorders.close': '关闭工单',
  'workorders.issue': '下达工单',
  'workorders.pause': '暂停工单计时',
  'workorders.refer': '工单转介',
  'workorders.reopen': '重新办理工单',
  'workorders.resume': '恢复工单计时',
  'workorders.take': '受理工单',
  'workorders.tellLeader': '报告领导',
  'workorders.verify': '验证工单',
  'workorders.work': '工单进展',
}
export const showCall = (call: string): string => callNames[call] ?? '其他操作'

const entities: Readonly<Record<string, string>> = {
  account: '户',
  application: '报装',
  attachment: '附件',
  backup: '备份',
  bill: '账单',
  'bill-run': '批量出账',
  contract: '合同',
  customer: '客户',
  day: '营业日',
  meter: '表具',
  paper: '单据',
  payment: '收款',
  'price-plan': '价格方案',
  reading: '抄表',
  report: '报表',
  'report-submission': '报表上报',
  setting: '设置',
  shift: '班次',
  staff: '员工',
  workorder: '工单',
}

/** What it was about: '收款 …3f2a1b', the end of the id being enough to tell two rows apart. */
export function showSubject(subject: string | null): string {
  if (subject === null) return ''
  const at = subject.indexOf(':')
  const id = subject.slice(at + 1)
  return `${entities[subject.slice(0, at)] ?? '记录'} ${id.length > 20 ? `…${id.slice(-6)}` : id}`
}

/** Words of the notes that services leave; amounts are in fen and shown in the row's details only. */
const noteNames: Readonly<Record<string, string>> = {
  reason: '原因',
  approver: '批准人',
  approvedFor: '批准事项',
  result: '结果',
  name: '姓名',
  staffNo: '工号',
  receiptNo: '收据',
  billNo: '账单',
  accountNo: '户号',
  orderNo: '工单',
}
const results: Readonly<Record<string, string>> = {
  accepted: '通过',
  refused: '密码错误',
  'locked-out': '已锁定',
  unknown: '工号无效',
}

/** The notes of a row in one line; what has no word of its own is left to the details. */
export const showNotes = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .flatMap(([key, value]) => {
      const name = noteNames[key]
      if (name === undefined || (typeof value !== 'string' && typeof value !== 'number')) return []
      return [`${name} ${key === 'result' ? (results[value] ?? value) : value}`]
    })
    .join('，')
