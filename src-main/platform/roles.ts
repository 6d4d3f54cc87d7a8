/** 岗位: who works in a hall. Nothing else is needed to write the login page, so this stands alone. */

export const roles = ['clerk', 'cashier', 'hall-manager', 'dispatcher', 'administrator'] as const
export type Role = (typeof roles)[number]

/** 岗位 as people read them. */
export const roleNames: Record<Role, string> = {
  clerk: '柜员',
  cashier: '收费员',
  'hall-manager': '营业厅主任',
  dispatcher: '客服调度',
  administrator: '管理员',
}
