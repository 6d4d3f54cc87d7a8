import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDate } from '../../src-main/platform/dates.ts'
import { unitPrice } from '../../src-main/platform/money.ts'
import type { Board, BoardPrice } from '../../src-main/publicity/api.ts'
import { exampleBoard } from '../../src-main/publicity/service.ts'
import { fromForm, toForm } from '../../src-renderer/publicity/board-form.ts'
import { campaignTag } from '../../src-renderer/publicity/campaign-words.ts'
import { linesOf, linesPerSlide, slidesOf } from '../../src-renderer/publicity/slides.ts'
import { content } from './support.ts'

const price = (n: number, tiers: number, notes: number): BoardPrice => ({
  planId: `plan-${n}`,
  name: `方案${n}`,
  category: 'resident',
  versionId: `version-${n}`,
  effectiveFrom: businessDate('2026-01-01'),
  document: '',
  rows: Array.from({ length: tiers }, (_, i) => ({ name: `第${i}档`, range: '', price: unitPrice(1), now: true })),
  notes: Array.from({ length: notes }, (_, i) => `说明${i}`),
  next: null,
})
const boardOf = (prices: BoardPrice[], board = exampleBoard): Board => ({
  company: '示例燃气',
  hall: '示例营业厅',
  on: businessDate('2026-11-23'),
  now: 0,
  versionNo: 1,
  publishedAt: 0,
  publishedBy: '李主任',
  example: false,
  gasKind: '天然气',
  content: board,
  prices,
  fees: [],
  phones: { service: '956100', emergency: '956100', complaint: '956100' },
  slideSeconds: 12,
})

describe('the slides of the display', () => {
  test('show everything once, in order, and no slide holds more lines than can be read from five metres', () => {
    const prices = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(2)), { maxLength: 12 })
      .map((sizes) => sizes.map(([tiers, notes], i) => price(i, tiers, notes)))
    const names = fc.array(fc.string({ minLength: 1 }), { maxLength: 20 })
    fc.assert(
      fc.property(prices, names, names, (plans, services, tips) => {
        const board = content({
          services: services.map((name) => ({ name, steps: ['受理'], timeLimit: '当日', papers: '' })),
          tips,
        })
        const slides = slidesOf(boardOf(plans, board))
        expect(slides.flatMap((slide) => (slide.kind === 'prices' ? slide.prices : []))).toEqual(plans)
        expect(slides.flatMap((slide) => (slide.kind === 'services' ? slide.services : []))).toEqual(board.services)
        expect(slides.flatMap((slide) => (slide.kind === 'tips' ? slide.tips : []))).toEqual(tips)
        expect(slides.filter(({ kind }) => kind === 'gas' || kind === 'hours')).toHaveLength(2)
        for (const slide of slides) {
          if (slide.kind !== 'prices') continue
          const lines = slide.prices.reduce((sum, one) => sum + linesOf(one), 0)
          expect(lines).toBeLessThanOrEqual(linesPerSlide)
        }
      }),
    )
  })

  test('are numbered where a subject needs more than one', () => {
    const titles = slidesOf(boardOf([price(1, 5, 2), price(2, 5, 2)])).map(({ title }) => title)
    expect(titles.slice(0, 3)).toEqual(['气价（一）', '气价（二）', '燃气种类：天然气'])
    expect(slidesOf(boardOf([price(1, 3, 1)]))[0]?.title).toBe('气价')
  })
})

describe('the form of the board', () => {
  test('gives back what it was filled with', () => {
    expect(fromForm(toForm(exampleBoard))).toEqual(exampleBoard)
    expect(fromForm(toForm(content()))).toEqual(content())
  })

  test('leaves out rows in which nothing was typed, and keeps what is half written', () => {
    const form = toForm(content())
    form.parts.push({ name: '', percent: null }, { name: '乙烷', percent: null })
    form.services.push({ name: '', steps: '', timeLimit: '', papers: '' })
    form.hours += '\n\n  周日休息 '
    form.analysedOn = '2026-02-30'
    const kept = fromForm(form)
    expect(kept.gas.composition.at(-1)).toEqual({ name: '乙烷', share: 0 })
    expect(kept.services).toHaveLength(1)
    expect(kept.hours).toEqual(['周一至周日 8:30—17:30', '周日休息'])
    expect(kept.gas.analysedOn).toBeNull()
  })

  test('takes the steps of a service with spaces or arrows between them', () => {
    const form = toForm(content())
    form.services = [{ name: '过户', steps: '受理 → 核对  重签', timeLimit: '当日', papers: '' }]
    expect(fromForm(form).services[0]?.steps).toEqual(['受理', '核对', '重签'])
  })
})

test('a campaign is told late, done, or done without plan in words', () => {
  const plannedOn = businessDate('2026-11-20')
  expect(campaignTag({ state: 'planned', overdue: true, plannedOn })).toEqual({ state: 'late', text: '逾期未开展' })
  expect(campaignTag({ state: 'done', overdue: false, plannedOn: null }).text).toBe('计划外')
  expect(campaignTag({ state: 'done', overdue: false, plannedOn }).text).toBe('已开展')
})
