import { formatInstant } from '../../src-main/platform/dates.ts'
import type { TodaySource } from '../home/room-today.ts'

/** What a person has to know of the machine under the hall: damage, and an audit log that does not hold. */
export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async (api) => {
    const [file, chain] = await Promise.all([api.backup.fileState({}), api.access.chainState({})])
    return [
      ...(file.damagedAt === null
        ? []
        : [
            {
              title: '数据文件有损坏',
              note: `${formatInstant(file.damagedAt)} 发现，请从最近一份备份恢复`,
              dueAt: null,
              late: true,
              to: '/backup',
            },
          ]),
      ...(chain.broken === null
        ? []
        : [
            {
              title: '操作日志校验未通过',
              note: `第 ${chain.broken} 条被改动或之前的被删除，请报告公司信息部门`,
              dueAt: null,
              late: true,
              to: '/audit',
            },
          ]),
    ]
  },
}
