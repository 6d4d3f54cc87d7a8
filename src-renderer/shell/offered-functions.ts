/** What this operator can do now: the pages of the role, what concerns the open customer, and the program itself. */
import type { CustomerFileValue } from '../../src-main/customers/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { processKindNames, processKinds } from '../../src-main/supply/api.ts'
import { fileActions } from '../customers/file-actions.ts'
import type { OfferedFunction } from './function-search.ts'
import { railKey, showCombo, type Combo } from './keys.ts'
import { mayOpen, railFor, type RoomRoute } from './routes.ts'

export interface Surroundings {
  readonly roles: readonly Role[]
  readonly routes: readonly RoomRoute[]
  /** The customer whose page is open. */
  readonly file: Pick<CustomerFileValue, 'customer' | 'account'> | null
  readonly go: (path: string) => unknown
  /** What the frame itself does, such as locking the screen. */
  readonly own: readonly { readonly title: string; readonly key: Combo | null; readonly run: () => unknown }[]
}

/** Pages that need no record to open, under the name they have in the rail too. */
function pages({ roles, routes, go }: Surroundings): OfferedFunction[] {
  const rail = railFor(routes, roles)
  const keyOf = (route: RoomRoute): Combo | null => {
    const at = rail.findIndex(({ path }) => path === route.path)
    return route.key ?? (at < 0 ? null : railKey(at))
  }
  return routes
    .filter(({ path, roles: allowed }) => !path.includes(':') && mayOpen(allowed, roles))
    .map((route) => {
      const key = keyOf(route)
      return {
        id: `page:${route.path}`,
        title: route.title,
        forWhom: null,
        key: key === null ? null : showCombo(key),
        obstacle: null,
        run: () => go(route.path),
      }
    })
}

const noCustomer = '请先打开一位客户'

/** What is done for one customer. Without one it is still found, with what is missing. */
function customerFunctions({ roles, routes, file, go }: Surroundings): OfferedFunction[] {
  const account = file?.account ?? null
  const forWhom = file === null ? null : [file.customer.name, account?.accountNo].filter(Boolean).join(' ')
  const actions = fileActions(file ?? nobody, roles, routes)
    .filter(({ mine }) => mine)
    .flatMap(({ name, label, key, obstacle, path }) => {
      // The account's own: the customer file without one says what is missing.
      const to = path ?? (account === null ? null : `/customers/${account.accountId}${fileTab[name] ?? ''}`)
      return [
        {
          id: `act:${name}`,
          title: label,
          forWhom,
          key: showCombo(key),
          obstacle: file === null ? noCustomer : (obstacle ?? (to === null ? '尚未开户' : null)),
          run: () => to !== null && go(to),
        },
      ]
    })
  const businesses = roles.some((role) => role === 'clerk' || role === 'hall-manager')
    ? processKinds.map((kind) => ({
        id: `business:${kind}`,
        title: processKindNames[kind],
        forWhom,
        key: null,
        obstacle: file === null ? noCustomer : account === null ? '尚未开户' : null,
        run: () => account && go(`/supply/account/${account.accountId}?begin=${kind}`),
      }))
    : []
  const report = routes.some(({ path, roles: allowed }) => path === '/workorders/new' && mayOpen(allowed, roles))
    ? [
        {
          id: 'act:repair',
          title: '报修受理',
          forWhom,
          key: null,
          obstacle: file === null ? noCustomer : account === null ? '尚未开户' : null,
          run: () => account && go(`/workorders/new?account=${account.accountId}`),
        },
      ]
    : []
  return [...businesses, ...actions, ...report]
}

/** Where in the file an action that has no page of its own is done. */
const fileTab: Readonly<Record<string, string>> = {
  contracts: '?tab=contracts',
  attach: '?tab=attachments',
  edit: '?tab=profile',
}

/** Stands for the customer that is not there, so that functions are found by role alone. */
const nobody = {
  customer: { customerId: '' },
  account: null,
} as Pick<CustomerFileValue, 'customer' | 'account'>

export function offeredFunctions(around: Surroundings): OfferedFunction[] {
  const own = around.own.map(({ title, key, run }) => ({
    id: `own:${title}`,
    title,
    forWhom: null,
    key: key === null ? null : showCombo(key),
    obstacle: null,
    run,
  }))
  return [...customerFunctions(around), ...pages(around), ...own]
}
