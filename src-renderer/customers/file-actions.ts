/** The most frequent actions of a file, their keys, and what stands in the way of each: said on the button itself. */
import type { CustomerFileValue } from '../../src-main/customers/api.ts'
import { roleNames, type Role } from '../../src-main/platform/contract.ts'
import type { Combo } from '../shell/keys.ts'

export type ActionName = 'collect' | 'life' | 'read' | 'apply' | 'contracts' | 'attach' | 'edit' | 'complain' | 'resume'
export interface FileAction {
  readonly name: ActionName
  readonly key: Combo
  readonly label: string
  /** Why it cannot be done now; null when it can. */
  readonly obstacle: string | null
  /** The page it opens; null for what happens in the file itself. */
  readonly path: string | null
  /** Whether it is this operator's to do at all, whoever the customer is. */
  readonly mine: boolean
}

/** The key of each, there before the file has been read: some are a room's from anywhere else. */
export const fileKeys = {
  collect: 'F4',
  life: 'Ctrl+Shift+B',
  read: 'Alt+M',
  apply: 'Ctrl+Shift+K',
  contracts: 'Ctrl+F5',
  attach: 'Ctrl+O',
  edit: 'F3',
  complain: 'Shift+F10',
  resume: 'Shift+F4',
} as const satisfies Readonly<Record<ActionName, Combo>>

/** What the shell knows of a page: who may open it. */
export interface KnownRoute {
  readonly path: string
  readonly roles: readonly Role[] | 'all'
}

const editors: readonly Role[] = ['clerk', 'hall-manager']
const attachers: readonly Role[] = ['clerk', 'cashier', 'hall-manager', 'dispatcher']

export function fileActions(
  { customer, account }: Pick<CustomerFileValue, 'customer' | 'account'>,
  roles: readonly Role[],
  routes: readonly KnownRoute[],
  /** Why gas cannot be given back now, where it is off. */
  offFor: readonly string[] = [],
): FileAction[] {
  const byRole = (allowed: readonly Role[] | 'all'): string | null =>
    allowed === 'all' || allowed.some((role) => roles.includes(role))
      ? null
      : `由${allowed.map((role) => roleNames[role]).join('、')}办理`
  const rolesOf = (path: string): readonly Role[] | 'all' => routes.find((known) => known.path === path)?.roles ?? []
  const mine = (allowed: readonly Role[] | 'all'): boolean => byRole(allowed) === null
  const byPage = (path: string): string | null => {
    const route = routes.find((known) => known.path === path)
    return route === undefined ? '本版本尚未开通' : byRole(route.roles)
  }
  const byAccount = account === null ? '尚未开户' : account.state === 'active' ? null : '户号已停止使用'
  const withAccount = (path: string) => (account === null ? null : path.replace(':accountId', account.accountId))
  return [
    {
      name: 'collect',
      key: fileKeys.collect,
      label: '收费',
      // What a closed account still owes is still collected.
      obstacle: account === null ? '尚未开户' : byPage('/collection/:accountId'),
      path: withAccount('/collection/:accountId'),
      mine: mine(rolesOf('/collection/:accountId')),
    },
    {
      name: 'life',
      key: fileKeys.life,
      label: '业务办理',
      // What an account that has ended still needs (销户) is begun there too.
      obstacle: account === null ? '尚未开户' : byPage('/supply/account/:accountId'),
      path: withAccount('/supply/account/:accountId'),
      mine: mine(rolesOf('/supply/account/:accountId')),
    },
    {
      name: 'read',
      key: fileKeys.read,
      label: '抄表',
      obstacle: byAccount ?? (account?.meterNo === null ? '尚未装表' : byPage('/readings/:accountId')),
      path: withAccount('/readings/:accountId'),
      mine: mine(rolesOf('/readings/:accountId')),
    },
    {
      name: 'apply',
      key: fileKeys.apply,
      label: account === null ? '报装开户' : '另开一户',
      obstacle: byPage('/opening'),
      path: `/opening?customer=${customer.customerId}`,
      mine: mine(rolesOf('/opening')),
    },
    {
      name: 'contracts',
      key: fileKeys.contracts,
      label: '合同',
      obstacle: account === null ? '尚未开户' : null,
      path: null,
      mine: true,
    },
    {
      name: 'attach',
      key: fileKeys.attach,
      label: '上传附件',
      obstacle: byRole(attachers),
      path: null,
      mine: mine(attachers),
    },
    { name: 'edit', key: fileKeys.edit, label: '修改资料', obstacle: byRole(editors), path: null, mine: mine(editors) },
    {
      name: 'complain',
      key: fileKeys.complain,
      label: '投诉',
      obstacle: byPage('/complaints/new'),
      path: account === null ? '/complaints/new' : `/complaints/new?account=${account.accountId}`,
      mine: mine(rolesOf('/complaints/new')),
    },
    // Whoever stands there without gas wants it back, or to know why not.
    ...(account?.gasState === 'suspended' && account.state === 'active'
      ? [
          {
            name: 'resume' as const,
            key: fileKeys.resume,
            label: '恢复供气',
            obstacle: offFor.length > 0 ? offFor.join('；') : byPage('/supply/resume/:accountId'),
            path: withAccount('/supply/resume/:accountId'),
            mine: mine(rolesOf('/supply/resume/:accountId')),
          },
        ]
      : []),
  ]
}
