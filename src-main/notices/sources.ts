/** Where the content of each paper comes from: the room that made the document. */
import { billNotice } from '../billing/service.ts'
import { dayReport, depositSlip, receiptData } from '../cashier/service.ts'
import { paperData } from '../contracts/service.ts'
import { reportPaper } from '../reports/service.ts'
import type { PaperSize } from '../app/api.ts'
import type { Context } from '../platform/context.ts'
import { businessDate } from '../platform/dates.ts'
import type { PaperKind } from './api.ts'

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
}

/** @throws the room's own errors when the document does not exist */
export const paperSources: Readonly<Record<PaperKind, (context: Context, id: string) => PaperSource>> = {
  receipt: (context, paymentId) => {
    const data = receiptData(context, paymentId)
    return { template: 'receipt', number: data.receiptNo, size: context.settings.get('paper.receipt'), data }
  },
  reversal: (context, paymentId) => {
    const data = receiptData(context, paymentId)
    return { template: 'reversal', number: data.receiptNo, size: context.settings.get('paper.receipt'), data }
  },
  bill: (context, billId) => {
    const data = billNotice(context, billId)
    return { template: 'bill', number: data.billNo, size: context.settings.get('paper.bill'), data }
  },
  'supply-contract': contract,
  'safety-contract': contract,
  'day-report': (context, date) => {
    const data = dayReport(context, businessDate(date))
    return { template: 'day-report', number: data.dayCloseNo ?? '草稿', size: 'A4', data }
  },
  'deposit-slip': (context, depositSlipId) => {
    const data = depositSlip(context, depositSlipId)
    return { template: 'deposit-slip', number: data.number, size: context.settings.get('paper.depositSlip'), data }
  },
  report: (context, id) => {
    const data = reportPaper(context, id)
    const { number, title, landscape } = data
    return { template: 'report', number, title, landscape, size: 'A4', data }
  },
}

function contract(context: Context, contractId: string): PaperSource {
  const { template, ...data } = paperData(context, contractId)
  return { template, number: data.contractNo, size: 'A4', data }
}
