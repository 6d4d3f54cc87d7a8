/** What a screen may ask of the ledger: the state of the business day, and what the books say. */
import { z } from 'zod'
import { call, DateOnly, FenAmount, SignedFen } from '../platform/contract.ts'

/**
 * The business day as the top bar shows it: 未开 `none`, 营业中 `open`, 已日结 `closed`.
 * `date` is the day that is open or was closed; null while nothing has been opened today.
 */
export const DayState = call({
  name: 'ledger.dayState',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({ date: DateOnly.nullable(), state: z.enum(['none', 'open', 'closed']) }),
})

export const ledgerAccounts = [
  'cash-drawer',
  'safe',
  'wechat',
  'alipay',
  'pos',
  'transfer',
  'bank',
  'receivable',
  'fee-receivable',
  'prepayment',
  'revenue',
  'late-fee',
  'fee-revenue',
  'installation-revenue',
  'goods-revenue',
  'agency-payable',
  'over-short',
  'rounding',
  'channel-difference',
  'opening-balance',
] as const
export type LedgerAccount = (typeof ledgerAccounts)[number]

/** 科目 as people read them. */
export const ledgerAccountNames: Record<LedgerAccount, string> = {
  'cash-drawer': '现金（钱箱）',
  safe: '现金（保险柜）',
  wechat: '微信',
  alipay: '支付宝',
  pos: '刷卡',
  transfer: '转账',
  bank: '银行存款',
  receivable: '应收气费',
  'fee-receivable': '应收服务费',
  prepayment: '预存气费',
  revenue: '气费收入',
  'late-fee': '违约金收入',
  'fee-revenue': '服务收入',
  'installation-revenue': '工程安装收入',
  'goods-revenue': '商品销售收入',
  'agency-payable': '代收款',
  'over-short': '长短款',
  rounding: '现金尾差',
  'channel-difference': '渠道差异',
  'opening-balance': '期初余额',
}

/**
 * 试算平衡: per account the turnover of one business day and the balance at its end, in fen.
 * `balance` is debit minus credit since the books began; the two turnover totals are always equal.
 */
export const TrialBalance = call({
  name: 'ledger.trialBalance',
  kind: 'read',
  allow: ['cashier', 'hall-manager', 'administrator'],
  input: z.strictObject({ date: DateOnly }),
  output: z.object({
    rows: z.array(
      z.object({
        account: z.enum(ledgerAccounts),
        name: z.string(),
        debit: FenAmount,
        credit: FenAmount,
        balance: SignedFen,
      }),
    ),
    debit: FenAmount,
    credit: FenAmount,
    balanced: z.boolean(),
  }),
})
