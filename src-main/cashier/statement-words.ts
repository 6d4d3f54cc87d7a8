/** What channels and banks write in their statements for refunds, totals, sides and money that did not move. Pure. */
export const refundWords = /退款|退货|撤销|冲正|REFUND|REVOKED/i
export const notRefund = /^(?:非|未|无|否|正常)|未冲正|非冲正/
/** A refund taken back: the money came again. */
export const refundUndone = /(?:退款|退货).*(?:撤销|冲正|退回|取消)|(?:撤销|冲正)(?:退款|退货)|撤销.*冲正/
/** States in which no money moved. */
export const idleWords =
  /失败|关闭|未支付|已取消|处理中|待支付|不足|超时|拒绝|无效|错误|未成功|不成功|异常|作废|NOTPAY|CLOSED|PAYERROR|USERPAYING|FAIL|PROCESSING/i
/** Movements between the channel and the company that are no customer's. */
export const ownWords = /手续费|服务费|^收费$|提现|结算到|划付|归集|结息|利息/
/** A line of totals, wherever its words stand. */
export const totalWords = /总(?:交易)?(?:单|笔)数|总金额|^(?:收入|支出|贷方|借方)笔数/
/** What a line of totals is called, in whatever column. */
export const totalLabel = /^(?:总计|合计|小计|本页小计|本页合计|累计|汇总|共计)[:：]?$/
export const refundDone = /^(?:SUCCESS|成功|退款成功|已退款|退款完成|完成|已完成)$/i
export const summaryWords =
  /^(?:总|合计|小计|本页|累计|汇总|共计|共\s*\d|交易合计|收入合计|支出合计|期初|期末|打印|制表|导出|说明|注[:：]|以上|备注[:：])/
export const inWords = /^(?:贷|贷方|收|收入|入|入账|进|进账|转入|存|存入|来账|已收入|c|cr|credit|in|\+|收款)$/i
export const outWords = /^(?:借|借方|支|支出|出|出账|付|付款|转出|取|支取|往账|已支出|d|dr|debit|out|-|−|退款)$/i
/** A side written where the kind of transaction stands. */
export const plainSide = /^(?:借方?|贷方?|收入|支出|转入|转出|来账|往账|DR|CR)$/i
/** A side inside the kind: 转账支取, 跨行汇入. */
export const sideInside = {
  in: /存入|转入|汇入|来账|代收|收入|贷记/,
  out: /支取|转出|汇出|往账|代付|支出|借记/,
} as const
/** What a column of results calls a transaction that went through. */
export const resultDone =
  /^(?:[A-Z]?0+|成功|完成|正常|是|S|Y|OK|.*SUCCESS|.*FINISHED|已.*)$|^(?!.*(?:不成功|未成功|失败)).*成功/i
/** A side that is neither: Alipay writes it for money that only changed its place. */
export const neitherWords = /^(?:不计收支|其他|其它|\/|中性)$/
