/**
 * Who restores where no hall is open to ask: an administrator and a second person, each by the password that the backup
 * itself knows. The same rule as in the open hall: whoever is the only one who could agree does it alone, and on record.
 */
import { passwordMatches, passwordSetByAnother, pretendToMatch } from '../access/service.ts'
import { approverRoles } from '../platform/approval-terms.ts'
import { mayApprove, OthersRelieved, relievedLately } from '../platform/approvals.ts'
import type { Actor } from '../platform/context.ts'
import { roleNames, type Role } from '../platform/contract.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { formatInstant } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { settingsReader } from '../platform/settings.ts'
import type { RestoreProof, TypedPerson } from './api.ts'

const approvers = approverRoles.restore.map((role) => roleNames[role]).join('或')

/** A guess that went wrong: counted by `RestoreTries`. One answer for every reason, so that nothing is learnt by trying. */
export const RestoreRefused = domainError(
  'RestoreRefused',
  '工号或密码不正确，或此人在这份备份中不是管理员。请用备份当时的管理员密码',
)
/** The person is who they say, and may not do it now all the same. */
export const RestoreUnfit = domainError('RestoreUnfit', '此人现在不能办理恢复，请另一位办理')
export const RestoreNeedsSecondPerson = domainError(
  'RestoreNeedsSecondPerson',
  '恢复备份须营业厅主任或另一位管理员批准',
)
export const RestoreAlone = domainError(
  'RestoreAlone',
  '这份备份里没有其他能批准的人，只能由您一人恢复。恢复后的操作日志会写明是一人办理',
)

export interface Proved {
  readonly actor: Actor
  /** Name of the second person; null where nobody else could agree. */
  readonly agreedBy: string | null
}

interface Known {
  readonly id: string
  readonly name: string
  readonly staffNo: string
  readonly roles: string
  readonly secret: string
  readonly mustChange: number
  readonly resetBy: string | null
  readonly resetAt: number | null
  readonly lockedUntil: number | null
}

const rolesOf = ({ roles }: Pick<Known, 'roles'>): readonly Role[] => JSON.parse(roles) as Role[]

/**
 * Both persons of a restore, held against the copy that is going to be the hall's database.
 * @param at epoch ms
 * @throws RestoreRefused · RestoreUnfit · RestoreNeedsSecondPerson · OthersRelieved · RestoreAlone, each with the field it is about
 */
export function proveRestore(copy: Sqlite, { second, alone, ...first }: RestoreProof, at: number): Proved {
  const one = person(copy, first, at, (roles) => roles.includes('administrator'), {
    refused: undefined,
    fields: ['restoreStaffNo', 'restorePassword'],
  })
  const actor: Actor = { id: one.id, name: one.name, staffNo: one.staffNo, roles: rolesOf(one), sessionId: null }
  if (!anotherCould(copy, one.id, at)) {
    if (!alone) throw new RestoreAlone()
    return { actor, agreedBy: null }
  }
  if (second === null) throw new RestoreNeedsSecondPerson()
  if (second.staffNo === one.staffNo)
    throw new RestoreUnfit(`批准的须是另一个人，请另一位${approvers}批准`, { field: 'secondStaffNo' })
  const other = person(copy, second, at, (roles) => mayApprove(roles, 'restore'), {
    refused: `批准人的工号或密码不正确，或此人在这份备份中不是${approvers}。请用备份当时的密码`,
    fields: ['secondStaffNo', 'secondPassword'],
  })
  const reset = passwordSetByAnother(other, one.id, at)
  if (reset !== null) throw new RestoreUnfit(reset, { field: 'secondStaffNo' })
  return { actor, agreedBy: other.name }
}

interface Asked {
  /** What a wrong guess is told; the words of `RestoreRefused` when left out. */
  readonly refused: string | undefined
  readonly fields: readonly [staffNo: string, password: string]
}

function person(
  copy: Sqlite,
  { staffNo, password }: TypedPerson,
  at: number,
  may: (roles: readonly Role[]) => boolean,
  { refused, fields: [whoField, passwordField] }: Asked,
): Known {
  const row = statement<Known>(
    copy,
    `SELECT p.id, p.name, p.staff_no AS staffNo, p.roles, c.secret, c.must_change AS mustChange, c.reset_by AS resetBy,
       c.reset_at AS resetAt, c.locked_until AS lockedUntil
     FROM staff p JOIN credentials c ON c.staff_id = p.id WHERE p.staff_no = ? AND p.state = 'active'`,
  ).get(staffNo)
  const until = row ? lockedNow(copy, row, at) : null
  if (until !== null)
    throw new RestoreUnfit(
      `此工号在这份备份里因密码输错被锁定，${formatInstant(until + 59_999)} 后再试，或请另一位办理`,
      {
        field: whoField,
      },
    )
  const matches = row ? passwordMatches(password, row.secret) : pretendToMatch(password)
  if (!row || !matches || !may(rolesOf(row))) throw new RestoreRefused(refused, { field: passwordField })
  if (row.mustChange === 1)
    throw new RestoreUnfit('此密码由别人设置，本人在这份备份里还没有更换，不能用于恢复，请另一位办理，或另选一份备份', {
      field: whoField,
    })
  return row
}

/** A lock-out that ends later than one made now was made under another clock, and holds nobody. */
function lockedNow(copy: Sqlite, { lockedUntil }: Known, at: number): number | null {
  const longest = settingsReader(copy).get('access.lockOutMinutes') * 60_000
  return lockedUntil !== null && at < lockedUntil && lockedUntil <= at + longest ? lockedUntil : null
}

/**
 * Whether the backup knows anybody else who could agree. Who has never logged in has no password of their own to agree with;
 * who had one and was given another still counts, or resetting it would be a way to be alone.
 * @throws OthersRelieved where this person sent the other away not long before
 */
function anotherCould(copy: Sqlite, id: string, at: number): boolean {
  const others = statement<
    Pick<Known, 'roles'> & { state: string; relievedBy: string | null; relievedAt: number | null }
  >(
    copy,
    `SELECT p.roles, p.state, p.relieved_by AS relievedBy, p.relieved_at AS relievedAt
     FROM staff p JOIN credentials c ON c.staff_id = p.id
     WHERE p.id <> ? AND (c.must_change = 0 OR c.last_login_at IS NOT NULL)`,
  ).all(id)
  if (others.some((row) => row.state === 'active' && mayApprove(rolesOf(row), 'restore'))) return true
  if (others.some((row) => relievedLately(row, id, at))) throw new OthersRelieved()
  return false
}
