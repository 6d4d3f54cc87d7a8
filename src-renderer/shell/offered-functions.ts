/** What this operator can do now, as the find box offers it: for the customer whose page is open, the pages, the program. */
import type { CustomerFileValue } from '../../src-main/customers/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { fileActions, type ActionName } from '../customers/file-actions.ts'
import type { OfferedFunction } from './function-search.ts'
import { functionsFor, pathOf, type ShellAct } from './functions.ts'
import { showCombo } from './keys.ts'
import type { RoomRoute } from './routes.ts'

export interface Surroundings {
  readonly roles: readonly Role[]
  readonly routes: readonly RoomRoute[]
  /** The customer whose page is open. */
  readonly file: Pick<CustomerFileValue, 'customer' | 'account'> | null
  readonly go: (path: string) => unknown
  /** What the frame itself does. */
  readonly acts: Readonly<Record<ShellAct, () => unknown>>
}

/** Done in the customer file itself, on the tab named. */
const inTheFile: Readonly<Partial<Record<ActionName, string>>> = {
  contracts: 'contracts',
  attach: 'attachments',
  edit: 'profile',
}
const noCustomer = '请先打开一位客户'
/** Stands for the customer that is not there, so that what could be done is found by role alone. */
const nobody = { customer: { customerId: '' }, account: null } as Pick<CustomerFileValue, 'customer' | 'account'>

export function offeredFunctions({ roles, routes, file, go, acts }: Surroundings): OfferedFunction[] {
  const account = file?.account ?? null
  const whom = file === null ? null : [file.customer.name, account?.accountNo].filter(Boolean).join(' ')
  const withoutAccount = file === null ? noCustomer : account === null ? '尚未开户' : null

  const all = functionsFor(roles, true).map((one): OfferedFunction => {
    const path = pathOf(one, account?.accountId ?? null)
    const ofAccount = 'accountPath' in one
    return {
      id: one.id,
      title: one.title,
      words: one.words,
      forWhom: ofAccount ? whom : null,
      key: one.key === undefined ? null : showCombo(one.key),
      obstacle: ofAccount ? withoutAccount : null,
      run: () => ('run' in one ? acts[one.run]() : path !== null && go(path)),
    }
  })
  const ofFile = fileActions(file ?? nobody, roles, routes)
    .filter(({ name, mine }) => mine && name in inTheFile)
    .map(({ name, label, key, obstacle }): OfferedFunction => ({
      id: `file/${name}`,
      title: label,
      words: [],
      forWhom: whom,
      key: showCombo(key),
      obstacle: withoutAccount ?? obstacle,
      run: () => account && go(`/customers/${account.accountId}?tab=${inTheFile[name]}`),
    }))
  return [...ofFile, ...all]
}
