/** Settings of what is charged beside gas. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'fees.businessWaits': {
    label: '报装通气、换表和过户等业务要等收费项目缴清才办结',
    schema: z.boolean(),
    default: true,
  },
  'fees.forbiddenNames': {
    label: '本公司另外不得收取的名目（用分号隔开；燃气表、表前维修、到期换表任何时候都不能收）',
    schema: z.string().max(500, '名目不能超过 500 个字'),
    default: '',
  },
} as const satisfies Settings
