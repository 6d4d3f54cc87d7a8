/** Where the content of each paper comes from: the room that made the document. */
import { scorecardPaper } from '../appraisal/service.ts'
import { adjustmentNotice, billNotices } from '../billing/service.ts'
import { dayReport, depositSlip, receiptData } from '../cashier/service.ts'
import { buyersInWords, feeKind, feePriceInWords } from '../fees/api.ts'
import { complaintMonthPaper, complaintPaper } from '../complaints/service.ts'
import { importReport } from '../imports/service.ts'
import { paperData } from '../contracts/service.ts'
import { absenceCards, rectificationNotice, roundPaper } from '../inspections/service.ts'
import {
  cancellationDoors,
  cancellationSlips,
  customerNotices,
  delayDoors,
  delaySlips,
  doorNotices,
  dunningNotices,
  processPaper,
  resumptionDoors,
  resumptionNotices,
  settlementPaper,
  suspensionNotices,
  type SheetPaper,
} from '../supply/service.ts'
import type { ProcessKind } from '../supply/api.ts'
import { drillRecord, planForPaper } from '../emergency/service.ts'
import { planKindNames } from '../emergency/api.ts'
import type { Board } from '../publicity/api.ts'
import { boardNow, campaignRecord, draftBoard } from '../publicity/service.ts'
import { flowPaper } from '../flows/service.ts'
import { entryRecord } from '../registers/service.ts'
import { reportPaper } from '../reports/service.ts'
import type { PaperSize } from '../app/api.ts'
import type { Context } from '../platform/context.ts'
import { isBusinessDate, type BusinessDate } from '../platform/dates.ts'
import { NotFound } from '../platform/errors.ts'
import { fen } from '../platform/money.ts'
import { workOrderPaper } from '../workorders/service.ts'
import { paperNames, type PaperKind } from './api.ts'
import { PaperRefused } from './company.ts'
import type { PaperSheet } from './render.ts'

export interface PaperSource {
  /** Template under resources/templates. */
  readonly template: string
  readonly number: string
  readonly size: PaperSize
  /** Lies on its side; upright when absent. */
  readonly landscape?: boolean
  /** The kind's name when absent. */
  readonly title?: string
  readonly data: object
  /** One document each, with the number and data of its own, where the paper is many. */
  readonly sheets?: readonly PaperSheet[]
  /** Set across each page, after 演示 in a demo hall. */
  readonly watermark?: string
  readonly initials?: boolean
  /** Numbers of a person stand in it in full that a preview masks: which, is on record with the printing. */
  readonly numbersShown?: boolean
  /** When what it says came about, where the same number may come to say something else: a printing before is of another paper. */
  readonly since?: number
}

/** `counted`: it is going out and on record; a preview shows less of persons. */
export interface Occasion {
  readonly counted: boolean
}

/** @throws the room's own errors when the document does not exist */
export const paperSources: Readonly<
  Record<PaperKind, (context: Context, id: string, occasion: Occasion) => PaperSource>
> = {
  receipt: (context, paymentId) => {
    const data = receiptData(context, paymentId)
    return { template: 'receipt', number: data.receiptNo, size: context.settings.get('paper.receipt'), data }
  },
  reversal: (context, paymentId) => {
    const { reversal, ...data } = receiptData(context, paymentId)
    if (reversal === null) throw new PaperRefused('这张收据没有冲正，没有冲正凭证')
    return {
      template: 'reversal',
      number: reversal.number,
      data: { ...data, reversal },
      size: context.settings.get('paper.receipt'),
    }
  },
  bill: (context, id) => ({
    template: 'bill',
    size: context.settings.get('paper.bill'),
    data: {},
    ...billNotices(context, id),
  }),
  adjustment: (context, adjustmentId) => {
    const data = adjustmentNotice(context, adjustmentId)
    return { template: 'adjustment', number: data.number, size: context.settings.get('paper.bill'), data }
  },
  'supply-contract': contract,
  'safety-contract': contract,
  'day-report': (context, date) => {
    const data = dayReport(context, dayNamed(date))
    return {
      template: 'day-report',
      number: data.dayCloseNo ?? '草稿',
      size: 'A4',
      data,
      ...(data.dayCloseNo === null ? { watermark: '草稿' } : {}),
    }
  },
  'deposit-slip': (context, depositSlipId) => {
    const data = depositSlip(context, depositSlipId)
    return { template: 'deposit-slip', number: data.number, size: context.settings.get('paper.depositSlip'), data }
  },
  scorecard: (context, scorecardId) => {
    const data = scorecardPaper(context, scorecardId)
    return { template: 'scorecard', number: data.cardNo, size: 'A4', data }
  },
  complaint: (context, complaintId, { counted }) => {
    const { phoneShown, ...data } = complaintPaper(context, complaintId, counted)
    return { template: 'complaint', number: data.complaintNo, size: 'A4', data, numbersShown: phoneShown }
  },
  'complaint-month': (context, month) => {
    const data = complaintMonthPaper(context, monthNamed(month))
    return { template: 'complaint-month', number: data.month, size: 'A4', data }
  },
  'work-order': (context, orderId, { counted }) => {
    const { phoneShown, since, ...data } = workOrderPaper(context, orderId, counted)
    return { template: 'work-order', number: data.orderNo, size: 'A4', data, numbersShown: phoneShown, since }
  },
  'inspection-round': (context, roundId) => {
    const data = roundPaper(context, roundId)
    if (data.rows.length === 0) throw new PaperRefused('这张安检任务单没有要上门的客户')
    return { template: 'inspection-round', number: data.number, size: 'A4', landscape: true, data }
  },
  'absence-card': (context, taskOrRoundId) => {
    const { number, since, cards } = absenceCards(context, taskOrRoundId)
    if (cards.length === 0) throw new PaperRefused('这张任务单没有待上门的客户，不需要到访不遇卡')
    const sheets = cards.map((data) => ({ number, data }))
    return { template: 'absence-card', number, size: 'A5', data: {}, sheets, since }
  },
  'rectification-notice': (context, noticeId) => {
    const data = rectificationNotice(context, noticeId)
    return { template: 'rectification-notice', number: data.number, size: 'A4', data }
  },
  'interruption-door': (context, id) => ({
    ...sheets('interruption-door', doorNotices(context, id)),
    size: context.settings.get('paper.doorNotice'),
  }),
  'interruption-slip': (context, id) => sheets('interruption-slip', customerNotices(context, id), 'A5'),
  'cancellation-door': (context, id) => ({
    ...sheets('cancellation-door', cancellationDoors(context, id)),
    size: context.settings.get('paper.doorNotice'),
  }),
  'cancellation-slip': (context, id) => sheets('cancellation-slip', cancellationSlips(context, id), 'A5'),
  'delay-door': (context, id) => ({
    ...sheets('delay-door', delayDoors(context, id)),
    size: context.settings.get('paper.doorNotice'),
  }),
  'delay-slip': (context, id) => sheets('delay-slip', delaySlips(context, id), 'A5'),
  'resumption-door': (context, id) => ({
    ...sheets('resumption-door', resumptionDoors(context, id)),
    size: context.settings.get('paper.doorNotice'),
  }),
  resumption: (context, id) => sheets('resumption', resumptionNotices(context, id), 'A5'),
  dunning: (context, id) => sheets('dunning', dunningNotices(context, id)),
  'arrears-suspension': (context, id) => sheets('arrears-suspension', suspensionNotices(context, id)),
  deactivation: accountProcess('deactivation'),
  reactivation: accountProcess('reactivation'),
  dismantling: accountProcess('dismantling'),
  transfer: accountProcess('transfer'),
  'meter-exchange': accountProcess('exchange'),
  'meter-addition': accountProcess('addition'),
  'meter-detachment': accountProcess('detachment'),
  closing: accountProcess('closing'),
  settlement: (context, processId) => {
    const data = settlementPaper(context, processId)
    return { template: 'supply/settlement', number: data.processNo, size: 'A4', data }
  },
  'import-report': (context, importId) => {
    const data = importReport(context, importId)
    return { template: 'import-report', number: data.number, size: 'A4', data }
  },
  'notice-board': noticeBoard,
  'campaign-record': (context, campaignId) => {
    const data = campaignRecord(context, campaignId)
    return { template: 'campaign-record', number: data.campaignNo, size: 'A4', data }
  },
  'emergency-plan': (context, paperId) => {
    const data = planForPaper(context, paperId)
    const number = `${planKindNames[data.kind]}-${data.no === null ? '示例' : `第${data.no}版`}`
    const watermark = data.no === null ? '示例' : ''
    return {
      template: 'emergency-plan',
      number,
      size: 'A4',
      watermark,
      data: { ...data, kindName: planKindNames[data.kind] },
    }
  },
  'drill-record': (context, drillId) => {
    const data = drillRecord(context, drillId)
    return { template: 'drill-record', number: data.drillNo, size: 'A4', data }
  },
  'register-entry': (context, entryId) => {
    const data = entryRecord(context, entryId)
    return { template: 'register-entry', number: data.entryNo, size: 'A4', watermark: data.void ? '作废' : '', data }
  },
  'flow-chart': (context, id) => {
    const data = flowPaper(context, id)
    return { template: 'flow-chart', number: data.title, size: 'A4', data }
  },
  report: (context, id) => {
    const data = reportPaper(context, id)
    const { number, title, landscape } = data
    return { template: 'report', number, title, landscape, size: 'A4', data }
  },
}

/** What must be registered before the customer can sign the sheet. */
const unsignable: Partial<Record<ProcessKind, string>> = {
  exchange: '还没有登记旧表止数和新表底数，换表单登记后再打印',
  addition: '还没有登记装表，加表单登记后再打印',
  detachment: '还没有登记拆下的表和止数，拆表单登记后再打印',
}

/** What a paper is of stands in its id: a day, a month. @throws NotFound for anything else that is sent there */
function dayNamed(id: string): BusinessDate {
  if (!isBusinessDate(id)) throw new NotFound('没有这一天，请从日结页打开')
  return id
}
function monthNamed(id: string): string {
  if (!/^\d{4}-\d{2}$/.test(id) || !isBusinessDate(`${id}-01`)) throw new NotFound('没有这个月份，请从投诉分析页打开')
  return id
}

function accountProcess(kind: ProcessKind): (context: Context, processId: string) => PaperSource {
  return (context, processId) => {
    const data = processPaper(context, kind, processId)
    // Somebody would sign for figures that are not there yet.
    if (data.lacking !== null) throw new PaperRefused(data.lacking)
    const missing = unsignable[kind]
    if (missing !== undefined && data.tables.every(({ rows }) => rows.length === 0)) throw new PaperRefused(missing)
    return { template: 'supply/process', number: data.processNo, size: 'A4', data }
  }
}

const sheets = (template: string, paper: SheetPaper, size: PaperSize = 'A4'): PaperSource => ({
  template,
  size,
  data: {},
  ...paper,
})

/** Both sides keep one: two copies in one printing, each with its own pages, to be initialled and sealed over the edge. */
function contract(context: Context, contractId: string, { counted }: Occasion): PaperSource {
  const { template, title, mark, ...data } = paperData(context, contractId, counted)
  const number = data.contractNo
  const sheets = contractParts.map((part) => ({ number, part, data }))
  return {
    template,
    title,
    number,
    size: 'A4',
    data,
    sheets,
    initials: true,
    numbersShown: counted,
    ...(mark === null ? {} : { watermark: mark }),
  }
}
const contractParts = ['供气方联', '用气方联']

/** 测试页 of a kind: what its printer must be able to do, on the paper and with the margins it is set to. */
export function testPageSource(context: Context, kind: PaperKind): PaperSource {
  const sizes: Partial<Record<PaperKind, PaperSize>> = {
    receipt: context.settings.get('paper.receipt'),
    reversal: context.settings.get('paper.receipt'),
    bill: context.settings.get('paper.bill'),
    adjustment: context.settings.get('paper.bill'),
    'deposit-slip': context.settings.get('paper.depositSlip'),
    'interruption-door': context.settings.get('paper.doorNotice'),
    'cancellation-door': context.settings.get('paper.doorNotice'),
    'delay-door': context.settings.get('paper.doorNotice'),
    'resumption-door': context.settings.get('paper.doorNotice'),
    'absence-card': 'A5',
    'interruption-slip': 'A5',
    'cancellation-slip': 'A5',
    'delay-slip': 'A5',
    resumption: 'A5',
  }
  const at = context.clock.now()
  return {
    template: 'test-page',
    number: '测试页',
    title: `${paperNames[kind]}测试页`,
    size: sizes[kind] ?? 'A4',
    watermark: '测试',
    data: { kind: paperNames[kind], at, by: context.actor.name, amount: fen(123_456_789), code: '0123456789' },
  }
}

/** The board of this moment, or of the draft, on A4 or A3. */
function noticeBoard(context: Context, id: string): PaperSource {
  const [, draft, size] = /^(draft\/)?(A3|A4)$/.exec(id) ?? []
  if (size !== 'A3' && size !== 'A4') throw new NotFound('公示牌只有 A3 和 A4 两种纸')
  const board = draft === undefined ? boardNow(context) : draftBoard(context)
  const version = board.versionNo === null ? '示例' : `第${board.versionNo}版`
  const number = draft === undefined ? `${version}-${board.on}-${size}` : `草稿-${size}`
  const watermark = draft === undefined ? (board.versionNo === null ? '示例' : '') : '草稿'
  return {
    template: 'notice-board',
    number,
    size,
    watermark,
    data: { ...board, fees: feesInWords(board), dense: rowsOf(board) > denseFrom },
  }
}

const feesInWords = ({ fees }: Board) =>
  fees.map((fee) => ({
    ...fee,
    kindName: feeKind.names[fee.kind],
    priceText: feePriceInWords(fee),
    buyersText: buyersInWords(fee.buyers),
  }))

/** Rows from which the letters are smaller, so that the board stays one sheet. */
const denseFrom = 30
const rowsOf = ({ prices, content: { gas, services, hours, tips } }: Board): number =>
  prices.reduce((sum, { rows }) => sum + rows.length, 0) +
  Math.max(gas.composition.length + gas.pressures.length + 2, hours.length + tips.length + 2) +
  services.length
