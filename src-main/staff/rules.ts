/** Laws of the staff: who may do what, and that a hall is never left without an administrator. */
import type { Role } from '../platform/contract.ts'

export interface Member {
  readonly id: string
  readonly roles: readonly Role[]
  readonly state: 'active' | 'left'
}

const isAdministrator = ({ roles, state }: Member): boolean => state === 'active' && roles.includes('administrator')

/** Whether nobody could manage staff, prices and backups any more once `changed` is as given. */
export function leavesNoAdministrator(everybody: readonly Member[], changed: Member): boolean {
  return (
    everybody.some(isAdministrator) &&
    !everybody.map((member) => (member.id === changed.id ? changed : member)).some(isAdministrator)
  )
}
