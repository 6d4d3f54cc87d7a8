/** Clause 10(8): whoever reads a meter holds a 抄表证 good on that day, whatever way the reading comes in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { Discard, Problems } from '../../src-main/imports/api.ts'
import { Readers, Readings, RecordReading } from '../../src-main/metering/api.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { AddCertificate, Leave, WithdrawCertificate } from '../../src-main/staff/api.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { copyIn } from '../support/certificate.ts'
import { counted, yuan } from '../cashier/counter.ts'
import { openFolder } from '../imports/files.ts'
import { importFile, tryOut } from '../imports/steps.ts'
import { id, openLifeHall, type Home, type LifeHall } from '../supply/account-hall.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  home = hall.home()
})
afterEach(() => hall.close())

const day = () => shanghaiDate(hall.clock.now())
const counts = () =>
  hall.query('SELECT (SELECT count(*) FROM readings) AS r, (SELECT count(*) FROM customer_events) AS e')

async function person(
  staffNo: string,
  paper: { kind?: 'meter-reading' | 'maintenance'; validTo?: string } | null,
): Promise<string> {
  const staffId = hall.transact((context) => createStaff(context, { staffNo, name: `刘${staffNo}`, roles: ['clerk'] }))
  if (paper === null) return staffId
  const { kind = 'meter-reading', validTo = '2029-12-31' } = paper
  const held = { staffId, kind, number: `CB-${staffNo}`, issuedOn: day(), validTo, ...copyIn(hall) }
  await hall.call(AddCertificate, { requestId: id(), ...held }, 'hall-manager')
  return staffId
}
const tomorrow = () => hall.clock.advance(86_400_000)
const lacking: Record<string, () => Promise<string>> = {
  'without any': () => person('6001', null),
  'with one of another kind': () => person('6002', { kind: 'maintenance' }),
  'whose certificate ran out yesterday': async () => {
    const staffId = await person('6003', { validTo: day() })
    tomorrow()
    return staffId
  },
  'whose certificate was withdrawn': async () => {
    const staffId = await person('6004', {})
    const [held] = hall.query<{ id: string }>('SELECT id FROM certificates WHERE staff_id = ?', staffId)
    const withdrawn = { requestId: id(), certificateId: held?.id ?? '', reason: '年审未过' }
    await hall.call(WithdrawCertificate, withdrawn, 'hall-manager')
    return staffId
  },
  'who has left': async () => {
    const staffId = await person('6005', {})
    await hall.call(Leave, { staffId }, 'administrator')
    return staffId
  },
}
const record = (readerId: string, more: Record<string, unknown> = {}) =>
  hall.call(RecordReading, {
    requestId: id(),
    accountId: home.accountId,
    readOn: day(),
    index: cubicMetres(20),
    source: 'visit',
    readerId,
    confirmed: ['tooHigh', 'longInterval'],
    ...more,
  })

describe.each(Object.entries(lacking))('somebody %s reads no meter', (_, make) => {
  test('not on a round, not as the customer’s word, not as an estimate, and not for an account’s end', async () => {
    const readerId = await make()
    const further = hall.home({ name: '李强' })
    const [ending, exchange, exchanged] = [
      await hall.begin(home, 'deactivation'),
      await hall.begin(further, 'exchange'),
      counts(),
    ]
    const refused = {
      failure: { code: 'CertificateMissing', field: 'readerId', message: expect.stringMatching(/抄表证|已离职/) },
    }
    for (const source of ['visit', 'self-reported', 'estimated'] as const)
      await expect(record(readerId, { source })).rejects.toMatchObject(refused)
    for (const how of [{ how: 'read' as const }, { how: 'agreed' as const, agreedBy: '王小明' }])
      await expect(ending.read(20, { readerId, ...how })).rejects.toMatchObject(refused)
    await expect(exchange.exchange(20, 'X-000001', { readerId })).rejects.toMatchObject(refused)
    expect(counts()).toEqual(exchanged)
    // Nor past the calls.
    await record(hall.reader)
    const copy = (source: string, by: string | null) =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO readings SELECT ?, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption, make_up,
               ?, ?, confirmed, state, void_reason, created_at, created_by FROM readings LIMIT 1`,
          )
          .run(id(), source, by),
      )
    for (const source of ['visit', 'self-reported', 'remote', 'estimated', 'import'])
      expect(() => copy(source, readerId), source).toThrow('without a certified reader')
    for (const source of ['visit', 'remote', 'correction'])
      expect(() => copy(source, null), source).toThrow('without a certified reader')
    for (const set of [`reader_id = '${readerId}'`, `source = 'import'`, `read_on = '2026-01-02'`])
      expect(() => hall.transact(({ sqlite }) => sqlite.exec(`UPDATE readings SET ${set}`)), set).toThrow(
        'not rewritten',
      )
  })
})

test('the certificate is asked on the day of the reading, not on the day it is written down', async () => {
  const readerId = await person('6003', { validTo: day() })
  const readOn = day()
  tomorrow()
  await expect(record(readerId)).rejects.toMatchObject({ failure: { field: 'readerId' } })
  await record(readerId, { readOn })
  const { rows } = await hall.call(Readings, { accountId: home.accountId })
  expect(rows).toMatchObject([{ source: 'visit', readerName: '刘6003' }])
})

test('a reading taken off the wall asks its reader too, with one of several meters', async () => {
  const readerId = await person('6001', null)
  const adding = await hall.begin(home, 'addition')
  await adding.addMeter('Z-000001')
  await adding.tightness()
  await adding.safety()
  await adding.signChange()
  const detaching = await hall.begin(home, 'detachment')
  const before = counts()
  await expect(detaching.detach(home.meterId, 20, { readerId })).rejects.toMatchObject({
    failure: { code: 'CertificateMissing', field: 'readerId' },
  })
  expect(counts()).toEqual(before)
  await detaching.detach(home.meterId, 20)
})

test.each(['import', 'remote', 'correction'])('no screen passes a reading off as %s', async (source) => {
  await expect(record(hall.reader, { source })).rejects.toMatchObject({
    failure: { code: 'InvalidInput', field: 'source', message: expect.stringContaining('请选择来源') },
  })
  await expect(record('', {})).rejects.toMatchObject({ failure: { field: 'readerId', message: '请选择抄表人' } })
})

test('whose reading one entered last is proposed, while they may read; else oneself, else the only one there is', async () => {
  const usual = async (on: string | null = null, as: 'clerk' | 'cashier' = 'clerk') =>
    (await hall.call(Readers, { on }, as)).usual
  expect(await usual()).toBe(hall.reader)
  const other = await person('6006', { validTo: day() })
  expect(await usual()).toBeNull()
  await record(other)
  expect(await usual()).toBe(other)
  expect(await usual(null, 'cashier')).toBeNull()
  tomorrow()
  expect(await usual()).toBe(hall.reader)
  expect((await hall.call(Readers, { on: null })).readers).toMatchObject([{ staffNo: '5800', name: '冯抄表' }])
})

describe('a reading from a file', () => {
  const headings = ['表号', '读数', '抄表日期', '抄表员工号']
  const row = (reader: string, readOn = '2026-11-20') => [`L${meterNo()}`, '30', readOn, reader]
  const meterNo = () =>
    hall.query<{ no: string }>('SELECT substr(meter_no, 2) AS no FROM meters WHERE id = ?', home.meterId)[0]?.no ?? ''
  const wanted = { kind: 'readings' } as const

  test('names no reader while the hall moves in, and one with a certificate on its day once the counter has opened', async () => {
    const folder = openFolder()
    const problems = async (cells: string[]) => {
      const { importId } = await tryOut(hall, folder.text(`${id()}.csv`, [headings, cells]), wanted)
      const { rows } = await hall.call(Problems, { importId }, 'administrator')
      await hall.call(Discard, { requestId: id(), importId }, 'administrator')
      return rows.map(({ reason }) => reason)
    }
    expect(await problems(row(''))).toEqual([])
    await hall.call(OpenShift, { requestId: id(), rows: counted(yuan(500)) }, 'cashier')
    expect(await problems(row(''))).toEqual(['营业厅已经开业，导入的读数须写明抄表员工号（第十条）'])
    expect(await problems(row('7777'))).toEqual(['没有工号 7777 的员工'])
    const late = await person('6007', {})
    expect(late).not.toBe('')
    expect((await problems(row('6007'))).join()).toContain('刘6007的抄表证自 2026-11-23 起才有效')
    await person('6008', null)
    expect((await problems(row('6008'))).join()).toContain('刘6008没有抄表证')
    await importFile(hall, folder.text('good.csv', [headings, row('5800')]), wanted)
    expect(hall.query('SELECT source, reader_id AS by FROM readings')).toEqual([{ source: 'import', by: hall.reader }])
    // Nor past the calls.
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite.exec(`INSERT INTO readings SELECT 'x', meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
          make_up, source, NULL, confirmed, state, void_reason, created_at, created_by FROM readings`),
      ),
    ).toThrow('without a certified reader')
    folder.remove()
  })
})
