import { beforeAll, describe, expect, test, vi } from 'vitest'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import type { CustomerFileValue } from '../../src-main/customers/api.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { fit, functionsFor, loadReadings, maxOffered } = await import('../../src-renderer/shell/function-search.ts')
const { offeredFunctions } = await import('../../src-renderer/shell/offered-functions.ts')
const { roomRoutes } = await import('../../src-renderer/shell/routes.ts')
const { processKindNames } = await import('../../src-main/supply/api.ts')

const gone: string[] = []
const acts = {
  help: () => gone.push('help'),
  lock: () => gone.push('lock'),
  emergency: () => gone.push('emergency'),
  'switch-user': () => gone.push('switch-user'),
  'large-type': () => gone.push('large-type'),
}
const file = {
  customer: { customerId: 'c', name: '赵明' },
  account: { accountId: '0190', accountNo: '0010100000017', state: 'active', meterNo: 'M1', gasState: 'supplied' },
} as unknown as CustomerFileValue
const offered = (who: readonly Role[], of: CustomerFileValue | null = file) =>
  offeredFunctions({ roles: who, routes: roomRoutes, file: of, go: (path) => gone.push(path), acts })
const typed = (text: string, who: Role = 'clerk', of: CustomerFileValue | null = file) =>
  functionsFor(offered([who], of), text)

beforeAll(() => loadReadings())

describe('what the program can do', () => {
  test.each(['过户', 'guohu', 'gh', 'GUOHU', 'guoh'])(
    'is found by its name, its pinyin and its initials: %s',
    (text) => {
      const [first] = typed(text)
      expect(first).toMatchObject({ title: '过户', forWhom: '赵明 0010100000017', obstacle: null })
      first?.run()
      expect(gone.at(-1)).toBe('/supply/account/0190?begin=transfer')
    },
  )

  test('for a customer says that there is none, where there is none, and does nothing', () => {
    const [first] = typed('过户', 'clerk', null)
    expect(first).toMatchObject({ title: '过户', obstacle: '请先打开一位客户' })
    const before = gone.length
    first?.run()
    expect(gone.length).toBe(before)
  })

  test('that can be done comes before its namesake that cannot: Enter opens the room while no customer is open', () => {
    for (const title of ['抄表', '收费']) {
      const who = title === '收费' ? 'cashier' : 'clerk'
      expect(typed(title, who, null)[0]).toMatchObject({ title, obstacle: null })
      // With a customer open it is first for this customer.
      expect(typed(title, who)[0]).toMatchObject({ title, forWhom: '赵明 0010100000017' })
    }
  })

  test.each(Object.values(processKindNames))('offers every business of an account: %s', (title) => {
    expect(typed(title).map((one) => one.title)).toContain(title)
  })

  test.each(roles)('is offered to %s only where the role may open it', (role) => {
    const mine = new Set(
      roomRoutes.filter(({ roles: to }) => to === 'all' || to.includes(role)).map(({ path }) => path),
    )
    for (const { path, title } of roomRoutes.filter((route) => !route.path.includes(':'))) {
      const found = functionsFor(offered([role]), title).some(({ id }) => id === path)
      expect(found, `${role} ${path}`).toBe(mine.has(path))
    }
  })

  test('shows its key, and other words find it after those called so', () => {
    expect(typed('收费', 'cashier')[0]).toMatchObject({ title: '收费', key: 'F4' })
    expect(typed('tcsf', 'cashier')).toEqual([])
    expect(typed('退出登录').map(({ id }) => id)).toContain('switch-user')
    expect(typed('a', 'hall-manager').length).toBeLessThanOrEqual(maxOffered)
  })

  test('is not found by a letter inside its name, nor by nothing', () => {
    expect(fit('过户', 'h')).toBeNull()
    expect(fit('过户', ' ')).toBeNull()
    expect(fit('批量出账', 'chuzhang')).toBe(2)
  })
})
