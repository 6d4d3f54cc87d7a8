import { afterEach, beforeEach, expect, test } from 'vitest'
import { AccountBusiness, ProcessCounts, Processes, processFilters, processKinds } from '../../src-main/supply/api.ts'
import { countsSql, listSql, ofAccountSql } from '../../src-main/supply/account-reads.ts'
import { refusal } from '../customers/support.ts'
import { openLifeHall, type LifeHall } from './account-hall.ts'

let hall: LifeHall
beforeEach(async () => {
  hall = await openLifeHall()
})
afterEach(() => hall.close())

test('what is in hand pages by key, the longest waiting first, and is counted by kind', async () => {
  const kinds = ['exchange', 'deactivation', 'exchange', 'transfer', 'exchange'] as const
  for (const kind of kinds) {
    await hall.begin(hall.home(), kind)
    hall.clock.advance(86_400_000)
  }
  const cancelled = await hall.begin(hall.home(), 'exchange')
  await cancelled.cancel()
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const page: { rows: { kind: string; waitingDays: number }[]; next: string | null } = await hall.call(Processes, {
      page: { after, size: 2 },
    })
    seen.push(...page.rows.map((row) => `${row.kind} ${row.waitingDays}`))
    if (page.next === null) break
    after = page.next
  }
  expect(seen).toEqual(['exchange 5', 'deactivation 4', 'exchange 3', 'transfer 2', 'exchange 1'])
  const { rows } = await hall.call(Processes, { kind: 'exchange' })
  expect(rows).toHaveLength(3)
  expect((await hall.call(Processes, { filter: 'cancelled' })).rows).toHaveLength(1)
  expect(await hall.call(ProcessCounts, {})).toMatchObject({ total: 5, mine: 5 })
  expect(await refusal(hall.call(Processes, { page: { after: 'x' } }))).toMatchObject({ code: 'InvalidInput' })
})

test('both holders of an account see the transfer in their own account', async () => {
  const home = hall.home()
  const life = await hall.begin(home, 'transfer')
  await life.name()
  await life.papers()
  await life.read(0)
  await life.draft()
  await life.sign('supply')
  await life.sign('safety')
  const { newAccountId } = await life.transfer()
  for (const accountId of [home.accountId, newAccountId]) {
    const { processes } = await hall.call(AccountBusiness, { accountId })
    expect(processes.map(({ kind, state }) => [kind, state])).toEqual([['transfer', 'done']])
  }
})

test.each([
  ...processFilters.map((filter) => [filter, listSql(filter, null)] as const),
  ...processKinds.map((kind) => [`open ${kind}`, listSql('open', kind)] as const),
  ['of an account', ofAccountSql] as const,
  ['counts', countsSql] as const,
])('the list %s is read along an index, without a scan of the table', (name, sql) => {
  const plan = hall.hall.environment.sqlite
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all({ filter: 'done', kind: 'exchange', at: 0, id: '', limit: 51, accountId: '', actorId: '' }) as {
    detail: string
  }[]
  const text = plan.map(({ detail }) => detail).join('\n')
  expect(text).toMatch(/(SEARCH|SCAN) p USING (COVERING )?INDEX account_processes_/)
  expect(text).not.toMatch(/SCAN p(?! USING (COVERING )?INDEX account_processes_waiting)/)
  if (name !== 'of an account') expect(text).not.toContain('TEMP B-TREE')
})
