import { paperSizes } from '../../src-main/app/api.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  BoardNow,
  DiscardDraft,
  Display,
  Draft,
  Publish,
  SaveDraft,
  VersionBoard,
  Versions,
} from '../../src-main/publicity/api.ts'
import { versionsSql } from '../../src-main/publicity/service.ts'
import { Change } from '../../src-main/settings/api.ts'
import { AddVersion, CreatePlan, WithdrawVersion } from '../../src-main/tariffs/api.ts'
import { cubicMetres, unitPrice } from '../../src-main/platform/money.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { content, req } from './support.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const save = (board = content(), as: 'hall-manager' | 'administrator' = 'hall-manager') =>
  hall.call(SaveDraft, { requestId: req(), content: board }, as)
const publish = (note = '首次公示', as: 'hall-manager' | 'administrator' = 'hall-manager') =>
  hall.call(Publish, { requestId: req(), note }, as)
/** As the display reads it: nobody is signed in there. */
const display = () => hall.call(Display, {}, null)

const body = (price: number) => ({
  kind: 'tiered' as const,
  tiers: [
    { upTo: cubicMetres(320), price: unitPrice(price) },
    { upTo: null, price: unitPrice(price + 10_000) },
  ],
  householdAddon: null,
})
test('a figure out of bounds is refused by its name and field, not called a fraction', async () => {
  const { gas } = content()
  await expect(save({ ...content(), gas: { ...gas, grossHeat: 381_000 } })).rejects.toMatchObject({
    message: expect.stringContaining('高位发热量不能超过 200 MJ/m³') as string,
  })
  const [part] = gas.composition
  await expect(
    save({ ...content(), gas: { ...gas, composition: [{ name: part?.name ?? '甲烷', share: 19_620 }] } }),
  ).rejects.toMatchObject({ message: expect.stringContaining('一种组分的含量不能超过 100%') as string })
})

async function residentPlan(price = 34_500) {
  return hall.call(
    CreatePlan,
    {
      requestId: req(),
      code: 'R-1',
      name: '居民阶梯',
      category: 'resident',
      cycleStart: '01-01',
      effectiveFrom: '2026-01-01',
      document: '发改价〔2026〕1 号',
      body: body(price),
    },
    'hall-manager',
  )
}
const firstPrice = async () => (await display()).prices[0]?.rows[0]?.price

describe('the board', () => {
  test('shows shipped content marked as an example until somebody publishes', async () => {
    expect(await display()).toMatchObject({ example: true, versionNo: null, phones: { emergency: '956100' } })
    await save()
    expect((await display()).example).toBe(true)
    expect(await publish()).toEqual({ versionNo: 1 })
    expect(await display()).toMatchObject({ example: false, versionNo: 1, publishedBy: '李主任', on: '2026-11-23' })
  })

  test('keeps the draft over a restart, and what hangs out stays until the draft is published', async () => {
    await save()
    await publish()
    await save(content({ hours: ['周一至周五 9:00—16:00'] }), 'administrator')
    await hall.restart()
    expect((await display()).content.hours).toEqual(['周一至周日 8:30—17:30'])
    const draft = await hall.call(Draft, {}, 'hall-manager')
    expect(draft).toMatchObject({
      content: { hours: ['周一至周五 9:00—16:00'] },
      saved: { by: '吴管理' },
      issues: [],
    })
    expect((await hall.call(BoardNow, {})).draft).toMatchObject({ savedBy: '吴管理' })
    await publish('冬季营业时间')
    expect((await display()).content.hours).toEqual(['周一至周五 9:00—16:00'])
    await save()
    await hall.call(DiscardDraft, { requestId: req() }, 'hall-manager')
    expect((await hall.call(BoardNow, {})).draft).toBeNull()
    await expect(publish()).rejects.toThrow('NoDraft')
  })

  test('is not published incomplete; every reason is told', async () => {
    const { problems } = await save(content({ services: [], hours: [] }))
    expect(problems).toEqual(['请填写服务项目', '请填写营业时间'])
    await expect(publish()).rejects.toMatchObject({
      failure: { code: 'BoardIncomplete', message: '请填写服务项目；请填写营业时间', details: problems },
    })
  })

  test('of a real hall begins without figures, and nothing of the example can be published unchanged', async () => {
    const first = await hall.call(Draft, {}, 'hall-manager')
    const { gas } = first.content
    expect(gas.composition.map(({ share }) => share)).toEqual(gas.composition.map(() => 0))
    expect(gas).toMatchObject({ grossHeat: 0, netHeat: 0, analysedOn: null })
    expect(gas.pressures.map(({ pascals }) => pascals)).toEqual(gas.pressures.map(() => 0))
    expect(first.content.hours).toEqual([])
    await save(first.content)
    const { issues } = await hall.call(Draft, {}, 'hall-manager')
    const fields = issues.map(({ field }) => field)
    expect(fields).toEqual(
      expect.arrayContaining([
        'parts.0.share',
        'grossHeat',
        'analysedOn',
        'analysedBy',
        'pressures.0.pascals',
        'hours',
        'tips',
      ]),
    )
    expect(fields).toContain('services.0.timeLimit')
    await expect(publish()).rejects.toMatchObject({ failure: { code: 'BoardIncomplete' } })
  })

  test('what is missing is told with the field it is mended in', async () => {
    const [service] = content().services
    if (!service) throw new Error('the test board has no service')
    await save(content({ services: [service, { ...service, name: '过户', steps: [], timeLimit: '' }], hours: [] }))
    const { issues } = await hall.call(Draft, {}, 'hall-manager')
    expect(issues.map(({ field }) => field)).toEqual(['services.1.steps', 'services.1.timeLimit', 'hours'])
  })

  test('fills in phones and deadlines from the settings, so that it never contradicts them', async () => {
    await save()
    await publish()
    expect((await display()).content.services[0]?.timeLimit).toBe('6 小时内处理')
    await hall.call(Change, { key: 'workorders.handleHours', value: 4 }, 'hall-manager')
    await hall.call(Change, { key: 'company.emergencyPhone', value: '010-8800' }, 'hall-manager')
    expect(await display()).toMatchObject({
      content: { services: [{ timeLimit: '4 小时内处理' }], tips: ['闻到燃气味到户外打010-8800'] },
      phones: { emergency: '010-8800' },
    })
  })

  test('of earlier days can be looked at with the prices of those days, and never changes', async () => {
    const { planId } = await residentPlan()
    await save()
    await publish()
    await hall.call(
      AddVersion,
      { requestId: req(), planId, effectiveFrom: '2026-12-01', document: '新文件', body: body(40_000) },
      'hall-manager',
    )
    hall.clock.set(Date.parse('2026-12-02T09:00:00+08:00'))
    await save(content({ tips: [] }))
    await publish('第二版')
    const { rows } = await hall.call(Versions, { page: {} })
    expect(rows.map(({ no, note, publishedBy }) => [no, note, publishedBy])).toEqual([
      [2, '第二版', '李主任'],
      [1, '首次公示', '李主任'],
    ])
    const first = await hall.call(VersionBoard, { versionId: rows[1]?.id ?? '' })
    expect(first).toMatchObject({ on: '2026-11-23', versionNo: 1, content: { tips: ['闻到燃气味到户外打956100'] } })
    expect(first.prices[0]?.rows[0]?.price).toBe(34_500)
    const { sqlite } = hall.hall.environment
    for (const sql of [
      `UPDATE board_versions SET content = '{}' WHERE no = 1`,
      `UPDATE board_versions SET state = 'draft', no = NULL, published_at = NULL WHERE no = 1`,
      'DELETE FROM board_versions WHERE no = 1',
    ])
      expect(() => sqlite.prepare(sql).run(), sql).toThrow(/a published board never/)
    const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${versionsSql}`).all({ before: 9, limit: 51 }) as {
      detail: string
    }[]
    expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH board_versions USING INDEX/)
    expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/)
  })

  test('pages through its versions', async () => {
    for (let n = 1; n <= 5; n++) {
      await save()
      await publish(`第 ${n} 次`)
    }
    const first = await hall.call(Versions, { page: { size: 3 } })
    const second = await hall.call(Versions, { page: { after: first.next, size: 3 } })
    expect([...first.rows, ...second.rows].map(({ no }) => no)).toEqual([5, 4, 3, 2, 1])
    expect(second.next).toBeNull()
    await expect(hall.call(Versions, { page: { after: 'x' } })).rejects.toMatchObject({
      failure: { code: 'InvalidInput' },
    })
  })
})

describe('prices', () => {
  test('change at their day without anybody doing anything, and every window is told at midnight', async () => {
    const { planId } = await residentPlan()
    await hall.call(
      AddVersion,
      { requestId: req(), planId, effectiveFrom: '2026-11-24', document: '新文件', body: body(36_000) },
      'hall-manager',
    )
    hall.clock.set(Date.parse('2026-11-23T23:59:59+08:00'))
    await hall.hall.scheduler.tick()
    expect(await firstPrice()).toBe(34_500)
    hall.events.length = 0
    await hall.hall.scheduler.tick()
    expect(hall.events.filter(({ event }) => event === 'changed')).toEqual([])
    hall.clock.set(Date.parse('2026-11-24T00:00:00+08:00'))
    await hall.hall.scheduler.tick()
    expect(hall.events).toContainEqual({ event: 'changed', data: { room: 'publicity' } })
    expect(await display()).toMatchObject({ on: '2026-11-24' })
    expect(await firstPrice()).toBe(36_000)
  })

  test('that are withdrawn before their day are never shown', async () => {
    const { planId } = await residentPlan()
    const { versionId } = await hall.call(
      AddVersion,
      { requestId: req(), planId, effectiveFrom: '2026-11-24', document: '新文件', body: body(36_000) },
      'hall-manager',
    )
    expect((await display()).prices[0]?.next?.from).toBe('2026-11-24')
    await hall.call(WithdrawVersion, { requestId: req(), versionId, reason: '文件有误' }, 'hall-manager')
    hall.clock.set(Date.parse('2026-11-24T09:00:00+08:00'))
    expect(await firstPrice()).toBe(34_500)
  })
})

describe('the printed board', () => {
  const text = (html: string) =>
    html
      .replaceAll(/<style>.*?<\/style>/gs, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')

  test('carries prices, gas, services, hours and phones, on A3 and A4, for whoever is signed in', async () => {
    await residentPlan()
    await save()
    await publish()
    for (const size of ['A3', 'A4'] as const) {
      const paper = await hall.paper({ kind: 'notice-board', id: size }, 'dispatcher')
      expect(paper).toMatchObject({
        sheet: { ...paperSizes[size], landscape: false },
        title: '公示牌',
        fileName: `公示牌-第1版-2026-11-23-${size}.pdf`,
      })
      for (const part of [
        '第一档 0–320 m³ 3.45',
        '甲烷 95.00%',
        '2 kPa',
        '受理 → 派工 → 回访',
        '6 小时内处理',
        '8:30—17:30',
      ])
        expect(text(paper.html), part).toContain(part)
    }
    await expect(hall.paper({ kind: 'notice-board', id: 'A5' })).rejects.toThrow('NotFound')
    await expect(hall.paper({ kind: 'notice-board', id: 'draft/A4' })).rejects.toThrow('NoDraft')
  })

  test('says across the page that it is an example while nothing is published', async () => {
    const across = async () =>
      /class="watermark">([^<]*)</.exec((await hall.paper({ kind: 'notice-board', id: 'A4' })).html)?.[1]
    expect(await across()).toBe('示例')
    await residentPlan()
    await save()
    await publish()
    expect(await across()).toBeUndefined()
  })

  test('does not say 补打 however often it is hung up, but is counted', async () => {
    for (let n = 0; n < 2; n++) {
      const paper = await hall.print({ requestId: req(), kind: 'notice-board', id: 'A4', how: 'pdf' }, 'administrator')
      expect(paper.printed).toBe(n)
      expect(paper.html).not.toContain('补打')
    }
    await expect(hall.paper({ kind: 'receipt', id: 'x' }, 'administrator')).rejects.toThrow('NotAllowed')
  })
})

test('only manager and administrator write and publish', async () => {
  for (const as of ['clerk', 'cashier', 'dispatcher'] as const) {
    await expect(hall.call(SaveDraft, { requestId: req(), content: content() }, as)).rejects.toThrow('NotAllowed')
    await expect(hall.call(Publish, { requestId: req(), note: 'x' }, as)).rejects.toThrow('NotAllowed')
  }
})
