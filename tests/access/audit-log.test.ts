import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditLog, VerifyAudit } from '../../src-main/access/api.ts'
import { auditPageSql, firstSeqSince } from '../../src-main/access/audit-log.ts'
import { appendAudit, auditSliceRows, firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import { startOfDay, businessDate } from '../../src-main/platform/dates.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import type { InputOf, Role } from '../../src-main/platform/contract.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall({ now: Date.parse('2026-11-20T09:00:00+08:00') })
  const people: Role[] = ['clerk', 'cashier']
  for (let i = 0; i < 60; i++) {
    const who = actorOf(people[i % 2] ?? 'clerk')
    hall.hall.transact(i % 3 === 0 ? 'probe.third' : 'probe.other', who, ({ audit }) =>
      audit({ subject: `account:${i % 5}`, detail: { number: i } }),
    )
    hall.clock.advance(2 * 3_600_000)
  }
})
afterEach(() => hall.close())

async function everyPage(filter: Omit<InputOf<typeof AuditLog>, 'after'>) {
  const rows = []
  let after: string | null = null
  do {
    const page: { rows: { seq: number; detail: Record<string, unknown>; at: number }[]; next: string | null } =
      await hall.call(AuditLog, { ...filter, after }, 'hall-manager')
    expect(page.rows.length).toBeLessThanOrEqual(filter.size ?? 50)
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows
}
const numbers = async (filter: Omit<InputOf<typeof AuditLog>, 'after'>) =>
  (await everyPage(filter)).flatMap(({ detail }) => (typeof detail['number'] === 'number' ? [detail['number']] : []))
const all = Array.from({ length: 60 }, (_, i) => 59 - i)

describe('the audit log on the screen', () => {
  test('pages through everything once, newest first', async () => {
    expect(await numbers({ size: 7 })).toEqual(all)
    expect(await numbers({ size: 60 })).toEqual(all)
  })

  test('narrows by person, business, subject and dates, together or alone', async () => {
    expect(await numbers({ size: 4, actorId: actorOf('clerk').id })).toEqual(all.filter((i) => i % 2 === 0))
    expect(await numbers({ size: 4, call: 'probe.third' })).toEqual(all.filter((i) => i % 3 === 0))
    expect(await numbers({ size: 4, subject: 'account:2', actorId: actorOf('clerk').id })).toEqual(
      all.filter((i) => i % 5 === 2 && i % 2 === 0),
    )
    // 20 November from 09:00 holds eight rows, 21 November twelve.
    expect(await numbers({ size: 5, from: '2026-11-21', to: '2026-11-21' })).toEqual(
      Array.from({ length: 12 }, (_, i) => 19 - i),
    )
    expect(await numbers({ size: 5, from: '2027-01-01' })).toEqual([])
    expect(await numbers({ size: 5, to: '2026-11-19' })).toEqual([])
  })

  test('keeps no number of a person that slips into what people write; numbers of papers stay', async () => {
    const written = {
      reason: '客户 13800000001、座机0990-6881234 要求，证件 990007198706123919',
      receiptNo: 'SJ0010100000021',
      accountNo: '0010100000013',
      terms: { reason: '同 13800000001', amount: 1_000 },
    }
    hall.transact(({ audit }) => audit({ subject: 'probe:1', detail: written }))
    const [row] = await everyPage({ subject: 'probe:1' })
    expect(row?.detail).toEqual({
      reason: '客户 138****0001、座机099*****1234 要求，证件 990***********3919',
      receiptNo: 'SJ0010100000021',
      accountNo: '0010100000013',
      terms: { reason: '同 138****0001', amount: 1_000 },
    })
    expect(firstBrokenAuditRow(hall.hall.environment.sqlite)).toBeNull()
  })

  test('finds what a row holds, a number with or without its grouping, over as many rows as there are', async () => {
    const paid = { receiptNo: 'SJ0010100000021', reason: '户号看错' }
    hall.transact(({ audit }) => audit({ subject: 'payment:1', detail: paid }))
    const { sqlite, clock } = hall.hall.environment
    sqlite
      .transaction(() => {
        for (let i = 0; i < 12_000; i++)
          appendAudit(sqlite, {
            ...{
              at: clock.now(),
              actor: actorOf('clerk'),
              call: 'probe.filling',
              subject: null,
              till: null,
              inputHash: '',
            },
            detail: { number: -1 },
          })
      })
      .immediate()
    for (const search of ['0010-1000-00021', 'sj0010100000021', '户号看错', ' 户号 看错'])
      expect([search, (await everyPage({ search })).map(({ detail }) => detail)]).toEqual([search, [paid]])
    expect(await everyPage({ search: '没有这样的记录' })).toEqual([])
    // By the words of what was done, which the screen knows; together with a filter.
    expect(await numbers({ search: '第三', calls: ['probe.third'], size: 7 })).toEqual(all.filter((i) => i % 3 === 0))
    expect(await numbers({ search: '第三', calls: ['probe.third'], actorId: actorOf('cashier').id })).toEqual(
      all.filter((i) => i % 3 === 0 && i % 2 === 1),
    )
  })

  test('refuses dates the wrong way round', async () => {
    const call = hall.call(AuditLog, { from: '2026-11-22', to: '2026-11-21' }, 'administrator')
    await expect(call).rejects.toMatchObject({ failure: { code: 'InvalidInput', field: 'from' } })
  })

  test('finds a day by halving, which gives the same as looking at every row', () => {
    const { sqlite } = hall.hall.environment
    const rows = sqlite.prepare('SELECT seq, at FROM audit_log ORDER BY seq').all() as { seq: number; at: number }[]
    for (const date of ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-24', '2026-11-25', '2026-11-26']) {
      const instant = startOfDay(businessDate(date))
      const expected = rows.find(({ at }) => at >= instant)?.seq ?? rows.length + 1
      expect(firstSeqSince(sqlite, instant)).toBe(expected)
    }
  })

  test.each([
    [[], 'SEARCH audit_log USING INTEGER PRIMARY KEY'],
    [['subject'], 'USING INDEX audit_log_subject (subject=? AND seq>? AND seq<?)'],
    [['call'], 'USING INDEX audit_log_call (call=? AND seq>? AND seq<?)'],
    [['actorId'], 'USING INDEX audit_log_actor (actor_id=? AND seq>? AND seq<?)'],
    [['subject', 'call', 'actorId'], 'USING INDEX audit_log_subject (subject=? AND seq>? AND seq<?)'],
  ])('filtered by %j is read by its index, without sorting', (given, expected) => {
    const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${auditPageSql(given)}`).all({
      before: 1,
      first: 1,
      since: 0,
      until: 1,
      size: 1,
      subject: 's',
      call: 'c',
      actorId: 'a',
      viewer: 'v',
    }) as {
      detail: string
    }[]
    const text = plan.map(({ detail }) => detail).join('\n')
    expect(text).toContain(expected)
    expect(text).not.toContain('TEMP B-TREE')
  })

  test('is walked in slices, and finds a row altered, removed or cut off in any of them', () => {
    const { sqlite } = hall.hall.environment
    const many = 2 * auditSliceRows + 10
    hall.hall.environment.sqlite.transaction(() => {
      for (let i = 0; i < many; i++) {
        appendAudit(sqlite, {
          at: hall.clock.now() + i,
          actor: actorOf('clerk'),
          call: 'probe.many',
          subject: null,
          till: null,
          detail: {},
          inputHash: '',
        })
      }
    })()
    expect(firstBrokenAuditRow(sqlite)).toBeNull()
    sqlite.exec('DROP TRIGGER audit_log_refuse_update; DROP TRIGGER audit_log_refuse_delete')
    const tampered = (sql: string): number | null => {
      sqlite.exec('SAVEPOINT tamper')
      sqlite.exec(sql)
      const found = firstBrokenAuditRow(sqlite)
      sqlite.exec('ROLLBACK TO tamper; RELEASE tamper')
      return found
    }
    for (const seq of [1, auditSliceRows, auditSliceRows + 1, 2 * auditSliceRows + 1]) {
      expect(tampered(`UPDATE audit_log SET actor_name = '别人' WHERE seq = ${seq}`)).toBe(seq)
      expect(tampered(`DELETE FROM audit_log WHERE seq = ${seq}`)).toBe(seq + 1)
    }
    expect(tampered(`DELETE FROM audit_log WHERE seq > ${2 * auditSliceRows}`)).toBe(2 * auditSliceRows + 1)
  })

  test('says which row was altered', async () => {
    expect(await hall.call(VerifyAudit, {}, 'hall-manager')).toEqual({ rows: 61, broken: null })
    const { sqlite } = hall.hall.environment
    sqlite.exec('DROP TRIGGER audit_log_refuse_update')
    sqlite.exec(`UPDATE audit_log SET detail = '{}' WHERE seq = 30`)
    // One row more: the first check is on record itself.
    expect(await hall.call(VerifyAudit, {}, 'hall-manager')).toEqual({ rows: 62, broken: 30 })
  })
})
