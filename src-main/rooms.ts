/** Every room's services. Their exported use cases answer the windows' calls; their exported jobs are scheduled. */
import * as backup from './backup/service.ts'
import * as tariffs from './tariffs/service.ts'

export const rooms: readonly Record<string, unknown>[] = [backup, tariffs]
