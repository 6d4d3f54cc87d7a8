import { describe, expect, test } from 'vitest'
import { readStatement as readRows, type ReadOptions } from '../../src-main/cashier/statement-file.ts'
import { csvRowsOf } from '../../src-main/platform/sheets/csv.ts'

const readStatement = (text: string, options?: ReadOptions) => readRows(csvRowsOf(text), options)

const at = (time: string) => Date.parse(`2026-11-23T${time}+08:00`)

/** As WeChat's 商户平台 gives it: BOM, a backtick before every field, a summary below. */
export const wechatBill = `\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r
\`2026-11-23 09:15:02,\`wx0000,\`1900000001,\`0,\`,\`4200001234202611230000000001,\`HALL0001,\`oAbc,\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`93.30,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`气费,\`,\`0.56000,\`0.60%,\`93.30,\`0.00,\`\r
\`2026-11-23 10:20:30,\`wx0000,\`1900000001,\`0,\`,\`4200001234202611230000000002,\`HALL0002,\`oAbd,\`MICROPAY,\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50300001,\`TK0001,\`40.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`气费,\`,\`-0.24000,\`0.60%,\`0.00,\`40.00,\`\r
总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r
\`2,\`93.30,\`40.00,\`0.00,\`0.32000,\`93.30,\`40.00\r
`

describe('a statement is read exactly', () => {
  test("WeChat's own bill: BOM, backticks, refunds negative, the summary left out", () => {
    expect(readStatement(wechatBill)).toEqual([
      {
        lineNo: 2,
        at: at('09:15:02'),
        reference: '4200001234202611230000000001',
        merchantReference: 'HALL0001',
        amount: 9_330,
        identity: '4200001234202611230000000001/in',
      },
      {
        lineNo: 3,
        at: at('10:20:30'),
        reference: '4200001234202611230000000002',
        merchantReference: 'HALL0002',
        amount: -4_000,
        identity: '50300001/out',
      },
    ])
  })

  test("Alipay's 业务明细: remarks with #, tabs around the numbers", () => {
    const text = [
      '#支付宝业务明细查询',
      '#账号：[20880000000000000156]',
      '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,订单金额（元）,商家实收（元）,退款批次号/请求号',
      '2026112322001\t,HALL9\t,交易\t,气费\t,2026-11-23 11:00:00\t,2026-11-23 11:00:05\t,,120.00\t,120.00\t,\t',
      '2026112322002\t,HALL8\t,退款\t,气费\t,2026-11-23 11:30:00\t,2026-11-23 11:30:05\t,,-20.00\t,-20.00\t,TK9\t',
      '#-----------------------------------------业务明细列表结束------------------------------------',
      '#交易合计：1笔，商家实收共120.00元',
    ].join('\n')
    expect(
      readStatement(text).map(({ lineNo, amount, reference, at: when }) => [lineNo, amount, reference, when]),
    ).toEqual([
      [4, 12_000, '2026112322001', at('11:00:05')],
      [5, -2_000, '2026112322002', at('11:30:05')],
    ])
  })

  test('the plain form for POS and transfers, with quoted thousands and other ways to write the time', () => {
    const text =
      '时间,流水号,金额,类型\n2026/11/23 9:05,000123,"1,234.50",收款\n20261123093000,000124,¥8.1,退款\n\n合计,,1226.40,'
    expect(readStatement(text).map(({ amount, at: when }) => [amount, when])).toEqual([
      [123_450, at('09:05:00')],
      [-810, at('09:30:00')],
    ])
  })

  test('transactions in which no money moved are left out; an empty statement is one without lines', () => {
    expect(readStatement('时间,流水号,金额,交易状态\n2026-11-23 09:00:00,1,5.00,交易关闭\n')).toEqual([])
    expect(readStatement('时间,流水号,金额\n')).toEqual([])
  })

  test.each([
    ['no header at all', '你好\n世界', '没有找到'],
    ['a time nobody can read', '时间,金额\n昨天,5.00', '第 2 行的时间“昨天”无法识别'],
    ['a day that does not exist', '时间,金额\n2026-02-30 09:00:00,5.00', '第 2 行的时间'],
    ['three decimals', '时间,金额\n2026-11-23 09:00:00,5.001', '第 2 行的金额“5.001”无法识别：金额最多 2 位小数'],
    ['no number', '时间,金额\n2026-11-23 09:00:00,五元', '第 2 行的金额“五元”无法识别'],
    [
      'the same line twice',
      '时间,流水号,金额\n2026-11-23 09:00:00,7,5.00\n2026-11-23 09:01:00,7,5.00',
      '第 3 行与第 2 行',
    ],
  ])('%s is refused and the line named', (_, text, message) => {
    expect(() => readStatement(text)).toThrow(message)
  })
})
