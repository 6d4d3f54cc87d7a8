import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AddPicture,
  Campaign,
  CampaignCounts,
  campaignFilters,
  campaignKinds,
  Campaigns,
  CampaignYear,
  CancelCampaign,
  EditCampaign,
  PlanCampaign,
  ReadPicture,
  RecordCampaign,
  RecordUnplanned,
  RemovePicture,
} from '../../src-main/publicity/api.ts'
import { campaignsSql } from '../../src-main/publicity/service.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { planOf, recordOf, req } from './support.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const plan = (more: Parameters<typeof planOf>[0] = {}) => hall.call(PlanCampaign, planOf(more), 'hall-manager')
const record = (campaignId: string, more: Parameters<typeof recordOf>[1] = {}) =>
  hall.call(RecordCampaign, recordOf(campaignId, more), 'hall-manager')
const look = (campaignId: string) => hall.call(Campaign, { campaignId })

describe('a campaign', () => {
  test('is planned, held and printed, with staff, reach, leaflets and summary (clause 23)', async () => {
    const { campaignId, campaignNo } = await plan()
    expect(campaignNo).toMatch(/^XC\d{13}$/)
    expect((await look(campaignId)).campaign).toMatchObject({ state: 'planned', onDate: '2026-11-28', staff: '钱柜员' })
    await record(campaignId)
    await hall.restart()
    expect((await look(campaignId)).campaign).toMatchObject({
      state: 'done',
      plannedOn: '2026-11-28',
      doneOn: '2026-11-23',
      reached: 180,
      leaflets: 150,
      recordedBy: '李主任',
    })
    const paper = await hall.paper({ kind: 'campaign-record', id: campaignId }, 'dispatcher')
    for (const part of [campaignNo, '进社区', '180 人', '150 份', '讲解安全用气常识'])
      expect(paper.html).toContain(part)
  })

  test('that was not planned is recorded as such, and a mistake is mended with its trace', async () => {
    const { requestId: _, campaignId: __, ...held } = recordOf('')
    const { campaignId } = await hall.call(
      RecordUnplanned,
      { requestId: req(), kind: 'media', title: '电台访谈', ...held },
      'hall-manager',
    )
    expect((await look(campaignId)).campaign).toMatchObject({ plannedOn: null, state: 'done' })
    await record(campaignId, { reached: 80 })
    expect((await look(campaignId)).campaign).toMatchObject({ reached: 80, plannedOn: null })
    const rows = hall.hall.environment.sqlite
      .prepare(`SELECT detail FROM audit_log WHERE call = 'publicity.recordCampaign'`)
      .pluck()
      .all() as string[]
    expect(JSON.parse(rows[0] ?? '{}')).toMatchObject({ before: { reached: 180 }, after: { reached: 80 } })
  })

  test('is not held tomorrow, not without people, and not after it was cancelled', async () => {
    const { campaignId } = await plan()
    await expect(record(campaignId, { doneOn: '2026-11-24' })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'doneOn' },
    })
    await expect(record(campaignId, { staffIds: [] })).rejects.toThrow('请选择参加人员')
    await hall.call(CancelCampaign, { requestId: req(), campaignId, reason: '天气原因' }, 'administrator')
    await expect(record(campaignId)).rejects.toThrow('CampaignStep')
    await expect(hall.call(EditCampaign, { ...planOf(), campaignId }, 'hall-manager')).rejects.toThrow('CampaignStep')
  })

  test('cannot be made to have happened below the service either', async () => {
    const { campaignId } = await plan()
    const { sqlite } = hall.hall.environment
    const run = (sql: string) => () => sqlite.prepare(sql).run()
    const done = (summary: string, on: string) =>
      `UPDATE campaigns SET state = 'done', summary = '${summary}', done_on = '${on}', on_date = '${on}' WHERE id = '${campaignId}'`
    expect(run(done('', '2026-11-23'))).toThrow(/a campaign is done with/)
    expect(run(done('x', '2026-11-24'))).toThrow(/a campaign is done with/)
    expect(run(`DELETE FROM campaigns WHERE id = '${campaignId}'`)).toThrow(/FOREIGN KEY|cancelled, not deleted/)
    await hall.call(CancelCampaign, { requestId: req(), campaignId, reason: '天气原因' }, 'hall-manager')
    expect(run(done('x', '2026-11-23'))).toThrow(/is over does not go on/)
  })

  test('has one effect however often it is sent', async () => {
    const input = planOf()
    const first = await hall.call(PlanCampaign, input, 'hall-manager')
    expect(await hall.call(PlanCampaign, input, 'hall-manager')).toEqual(first)
    expect((await hall.call(Campaigns, { year: 2026 })).rows).toHaveLength(1)
  })

  test('is written by the manager and the administrator, and read by everybody', async () => {
    const { campaignId } = await plan()
    for (const as of ['clerk', 'cashier', 'dispatcher'] as const) {
      await expect(hall.call(PlanCampaign, planOf(), as)).rejects.toThrow('NotAllowed')
      expect((await hall.call(Campaign, { campaignId }, as)).campaign.title).toBe('阳光花园安全用气进社区')
    }
  })
})

describe('pictures', () => {
  const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 9, 9, 9])
  const put = (name: string, bytes: Buffer): string => {
    const folder = join(hall.folder, 'inbox')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }

  test('lie sealed beside the database and are read back byte for byte; one that should not be there goes', async () => {
    const { campaignId } = await plan()
    const add = (path: string) =>
      hall.call(AddPicture, { requestId: req(), campaignId, sourcePath: path }, 'hall-manager')
    const { pictureId } = await add(put('现场.jpg', jpg))
    const [file] = readdirSync(join(hall.folder, 'attachments'), { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    )
    expect(readFileSync(join(file?.parentPath ?? '', file?.name ?? '')).includes(jpg)).toBe(false)
    await hall.restart()
    const picture = await hall.call(ReadPicture, { pictureId })
    expect([picture.name, Buffer.from(picture.bytes)]).toEqual(['现场.jpg', jpg])
    expect((await look(campaignId)).pictures).toMatchObject([{ name: '现场.jpg', addedBy: '李主任' }])
    await expect(add(put('a.txt', jpg))).rejects.toThrow('AttachmentRefused')
    await hall.call(RemovePicture, { requestId: req(), pictureId, reason: '误传' }, 'hall-manager')
    await expect(hall.call(ReadPicture, { pictureId })).rejects.toThrow('PictureNotFound')
    expect((await look(campaignId)).campaign.pictures).toBe(0)
  })
})

describe('the year', () => {
  test('counts plan against what was done, by kind and in all', async () => {
    const { campaignId } = await plan({ plannedOn: '2026-11-20' })
    await record(campaignId)
    await plan({ kind: 'school', plannedOn: '2026-11-10' })
    await plan({ kind: 'school', plannedOn: '2026-12-10' })
    const cancelled = await plan({ kind: 'leaflet' })
    await hall.call(
      CancelCampaign,
      { requestId: req(), campaignId: cancelled.campaignId, reason: '改期' },
      'hall-manager',
    )
    const { requestId: _, campaignId: __, ...held } = recordOf('')
    await hall.call(
      RecordUnplanned,
      { requestId: req(), kind: 'media', title: '电台访谈', ...held, reached: 1_000, leaflets: 0 },
      'hall-manager',
    )
    const year = await hall.call(CampaignYear, { year: 2026 })
    expect(year.kinds.map(({ kind }) => kind)).toEqual([...campaignKinds])
    expect(year.kinds.find(({ kind }) => kind === 'school')).toMatchObject({ planned: 2, done: 0, overdue: 1 })
    expect(year.kinds.find(({ kind }) => kind === 'media')).toMatchObject({ planned: 0, done: 1, reached: 1_000 })
    expect(year.total).toEqual({ planned: 3, plannedDone: 1, done: 2, overdue: 1, reached: 1_180, leaflets: 150 })
    expect(year.fiveEntriesDone).toBe(1)
    expect(await hall.call(CampaignCounts, {})).toEqual({
      soon: 0,
      overdue: 1,
      nextOn: '2026-12-10',
      doneThisYear: 2,
    })
    expect((await hall.call(CampaignYear, { year: 2025 })).total.planned).toBe(0)
  })

  test('lists the latest first, pages by key and filters', async () => {
    for (let n = 1; n <= 5; n++) await plan({ plannedOn: `2026-12-0${n}`, kind: n === 3 ? 'school' : 'media' })
    await plan({ plannedOn: '2027-01-05' })
    const first = await hall.call(Campaigns, { year: 2026, page: { size: 3 } })
    const second = await hall.call(Campaigns, { year: 2026, page: { after: first.next, size: 3 } })
    expect([...first.rows, ...second.rows].map(({ onDate }) => onDate.slice(-1))).toEqual(['5', '4', '3', '2', '1'])
    expect(second.next).toBeNull()
    expect((await hall.call(Campaigns, { year: 2026, kind: 'school' })).rows).toHaveLength(1)
    expect((await hall.call(Campaigns, { year: 2026, filter: 'overdue' })).rows).toEqual([])
    hall.clock.set(Date.parse('2026-12-03T09:00:00+08:00'))
    expect((await hall.call(Campaigns, { year: 2026, filter: 'overdue' })).rows.map(({ onDate }) => onDate)).toEqual([
      '2026-12-02',
      '2026-12-01',
    ])
    await expect(hall.call(Campaigns, { year: 2026, page: { after: '1/2' } })).rejects.toThrow('页码不正确')
  })

  test.each(campaignFilters)('finds %s by an index, without sorting', (filter) => {
    const lines = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${campaignsSql(filter)}`).all({
      filter,
      today: '',
      kind: null,
      from: '',
      to: '',
      beforeDate: '',
      beforeId: '',
      limit: 51,
    }) as { detail: string }[]
    const text = lines.map(({ detail }) => detail).join('\n')
    expect(text).toMatch(/SEARCH c USING INDEX campaigns_(date|state)/)
    expect(text).not.toMatch(/SCAN c|TEMP B-TREE/)
  })
})

test('somebody who has left is not newly put down, and stays where they took part', async () => {
  const { campaignId } = await plan()
  hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE staff SET state = 'left' WHERE id = ?`).run(actorOf('clerk').id))
  await expect(plan()).rejects.toThrow('HasLeft')
  await record(campaignId)
  expect((await look(campaignId)).staff.map(({ name }) => name)).toContain('钱柜员')
})
