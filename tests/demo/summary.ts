/** The day on one page. */
import { formatYuan, fen } from '../../src-main/platform/money.ts'
import type { Day } from './day.ts'

export function summary(day: Day, facts: { runtime: string; folder: string; seconds: number; pdfs: number }): string {
  const { opened, cash, closed, uploaded } = day
  const yuan = (amount: number) => `${formatYuan(fen(amount))} 元`
  return [
    '',
    '════════════════ 营业厅的一天 ════════════════',
    `营业日 ${closed.date}　运行环境 ${facts.runtime}`,
    '',
    `查找　　　输入 ${day.found.text} → ${day.found.name}`,
    `开户　　　${opened.customerName}　户号 ${opened.accountNo}`,
    `合同　　　${opened.contracts.join('、')}（均已签订、已存 PDF）`,
    `开班　　　备用金 ${yuan(cash.float)}`,
    `跨档出账　${cash.crossing.name}　${cash.crossing.lines.join('；')}　合计 ${yuan(cash.crossing.amount)}`,
    `现金收费　${cash.cash.name}　${yuan(cash.cash.amount)}，找零 ${yuan(cash.cash.change)}　收据 ${cash.cash.receiptNo}`,
    `微信收费　${cash.wechat.name}　${yuan(cash.wechat.amount)}　收据 ${cash.wechat.receiptNo}`,
    `预存抵扣　${cash.mixed.name}　出账时抵扣 ${yuan(cash.mixed.fromPrepayment)}，其余现金 ${yuan(cash.mixed.amount)}　收据 ${cash.mixed.receiptNo}`,
    `冲正　　　收据 ${cash.reversed.receiptNo} ${yuan(cash.reversed.amount)}，主任批准`,
    `日结　　　${closed.dayCloseNo}　长短款 ${yuan(closed.overShort)}　缴款单 ${closed.depositSlipNo} ${yuan(closed.deposit)}`,
    `锁定后　　${closed.refusal}`,
    `上报　　　${uploaded.rows} 条，${uploaded.requests} 次请求；总部借方合计 ${yuan(uploaded.debitThere)}，本机 ${yuan(uploaded.debitHere)}，逐分相符`,
    '',
    `截图、PDF（${facts.pdfs} 份）、数据库、总部所收：${facts.folder}`,
    `用时 ${facts.seconds} 秒`,
    '══════════════════════════════════════════════',
  ].join('\n')
}
