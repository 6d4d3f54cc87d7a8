import { describe, expect, test } from 'vitest'
import { readStatement as readRows, statementSheet, type ReadOptions } from '../../src-main/cashier/statement-file.ts'
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
    expect(readStatement(wechatBill)).toMatchObject([
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

  test('the bill of one wallet is not taken for the other, an acquirer’s is for whatever it holds', () => {
    expect(() => readStatement(wechatBill, { means: 'alipay' })).toThrow('这是微信的对账单')
    expect(readStatement(wechatBill, { means: 'wechat' })).toHaveLength(2)
    const alipay = '支付宝交易号,完成时间,商家实收（元）\n2026112322001,2026-11-23 11:00:05,120.00\n'
    expect(() => readStatement(alipay, { means: 'wechat' })).toThrow('请在“支付宝”一行选择')
    const both = '交易时间,交易金额,微信/支付宝订单号\n2026-11-23 11:00:05,120.00,1\n'
    for (const means of ['wechat', 'alipay', 'pos']) expect(readStatement(both, { means })).toHaveLength(1)
    expect(readStatement(alipay, { means: 'pos' })).toHaveLength(1)
  })

  // No heading of a 账务明细 names the wallet: its titles do, which are left out when the lines are read.
  const movements =
    '账务流水号,业务流水号,商户订单号,商品名称,发生时间,收入金额（+元）,支出金额（-元）\n1,b1,H1,气费,2026-11-23 09:00:00,93.00,\n'
  test.each([
    ['behind #', `#支付宝账务明细查询\n#账号：[20880000000000000156]\n${movements}`, 'wechat', '这是支付宝的对账单'],
    [
      'behind ＃ and rules',
      `----------\n＃支付宝账务明细查询\n----------\n${movements}`,
      'wechat',
      '这是支付宝的对账单',
    ],
    ['plain', `微信支付账单明细\n\n时间,流水号,金额\n2026-11-23 09:00:00,1,5.00\n`, 'alipay', '这是微信的对账单'],
    [
      'over headings nobody knows',
      '#微信账单\n何时,多少,哪笔\n2026-11-23 09:00:00,5,1\n',
      'alipay',
      '这是微信的对账单',
    ],
  ])('a title %s tells whose bill it is', (_, text, means, why) => {
    expect(() => readStatement(text, { means })).toThrow(why)
    const own = means === 'wechat' ? 'alipay' : 'wechat'
    if (!text.includes('何时')) expect(readStatement(text, { means: own })).toHaveLength(1)
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

describe('every kind of file', () => {
  const amounts = (text: string, options?: ReadOptions) => readStatement(text, options).map(({ amount }) => amount)
  const money = (text: string, options?: ReadOptions) =>
    readStatement(text, options)
      .filter(({ standing }) => standing === 'money')
      .map(({ reference, amount }) => [reference, amount])

  test.each([
    ['借贷标志', '贷', '借'],
    ['借/贷', '贷方', '借方'],
    ['收/支', '收入', '支出'],
    ['收支类型', '收', '支'],
    ['DC标志', 'C', 'D'],
    ['资金流向', '转入', '转出'],
    ['收支方向（元）', '入账', '出账'],
  ])('a column %s carries the direction (S1)', (heading, came, went) => {
    const text = `交易流水号,${heading},交易金额,交易时间\nt1,${came},93.00,2026-11-23 09:00:00\nt2,${went},190.50,2026-11-23 09:30:00\n`
    expect(money(text)).toEqual([
      ['t1', 9_300],
      ['t2', -19_050],
    ])
  })

  test.each([
    ['发生方向', '0', '1'],
    ['交易标识', 'A', 'B'],
    ['进付', '贷', '借'],
  ])('an unknown sign column %s refuses the file by its name and asks once', (heading, came, went) => {
    const text = `流水号,${heading},金额,时间\nt1,${came},93.00,2026-11-23 09:00:00\nt2,${went},190.50,2026-11-23 09:30:00\n`
    expect(() => readStatement(text)).toThrow(`“${heading}”一列`)
    const known = new Map([
      [
        `流水号|${heading}|金额|时间`,
        { mapping: { 0: 'reference', 1: 'direction', 2: 'amount', 3: 'time' }, inWords: [came], outWords: [went] },
      ],
    ] as const)
    expect(amounts(text, { known })).toEqual([9_300, -19_050])
  })

  test.each([
    ['转账存入', '转账支取'],
    ['跨行汇入', '跨行汇出'],
    ['收款', '付款'],
    ['贷记', '借记'],
    ['代收', '代付'],
  ])('the kind of transaction carries it: %s, %s (S1)', (came, went) => {
    const text = `交易流水号,交易类型,交易金额,交易时间\nt1,${came},93.00,2026-11-23 09:00:00\nt2,${went},190.50,2026-11-23 09:30:00\n`
    expect(amounts(text)).toEqual([9_300, -19_050])
  })
  test('付款 alone is what customers did', () =>
    expect(amounts('时间,流水号,交易类型,金额\n2026-11-23 09:00:00,1,付款,93.00\n')).toEqual([9_300]))

  test.each([
    ['发生额（贷）', '发生额（借）'],
    ['交易金额(收入)', '交易金额(支出)'],
    ['收入金额（+元）', '支出金额（-元）'],
    ['贷方（收入）', '借方（支出）'],
  ])('two columns %s, %s (S1)', (income, outgo) =>
    expect(
      amounts(
        `发生时间,流水号,${outgo},${income},余额\n2026-11-23 09:00:00,1,,93.00,1\n2026-11-23 09:00:00,2,-190.50,,1\n`,
      ),
    ).toEqual([9_300, -19_050]),
  )

  test('a known column with signs nobody knows asks what they mean, once (S1)', () => {
    const text = '交易时间,流水号,收付标志,金额\n2026-11-23 09:00:00,t1,1,93.00\n2026-11-23 09:00:00,t2,2,190.50\n'
    try {
      readStatement(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'StatementColumnsUnknown', details: { mapping: { 2: 'direction' } } })
    }
    const mapping = { 0: 'time', 1: 'reference', 2: 'direction', 3: 'amount' } as const
    const known = new Map([['交易时间|流水号|收付标志|金额', { mapping, inWords: ['1'], outWords: ['2'] }]] as const)
    expect(amounts(text, { known })).toEqual([9_300, -19_050])
  })

  test.each([
    ['交易结果', '成功', '余额不足'],
    ['处理结果', '交易成功', '交易失败'],
    ['应答码', '00', '51'],
    ['支付状态', '支付成功', '超时'],
    ['交易状态', '已完成', '余额不足'],
    ['响应信息', '承兑或交易成功', '密码错误'],
  ])('what the column %s calls %s moved money, %s did not (S3)', (heading, done, failed) => {
    const text = `交易时间,参考号,交易类型,交易金额,${heading}\n2026-11-23 09:00:00,R1,消费,50.00,${done}\n2026-11-23 09:00:00,R2,消费,60.00,${failed}\n`
    expect(money(text)).toEqual([['R1', 5_000]])
  })

  test('a side that is neither of the two known is refused by line and column', () =>
    expect(() => readStatement('时间,收支类型,金额\n2026-11-23 09:00:00,补,5.00')).toThrow(
      '第 2 行“收支类型”一列写的“补”',
    ))

  const wide = wechatBill.split('\r\n')
  test('fields are cut where the guards say, whatever the goods are called (S2)', () => {
    const rows = [
      wide[0] ?? '',
      ...wide.slice(1, 3).map((row) => row.replace('`气费,`,', '`气费,"大额,`{"a":1,"b":2,"c":3},')),
    ]
    expect(money(rows.join('\r\n')).map(([, amount]) => amount)).toEqual([9_330, -4_000])
  })
  test('a row with another number of fields than the heading is never taken (S2)', () => {
    expect(() => readStatement('时间,流水号,商品,金额\n2026-11-23 09:00:00,1,气费,大额,93.00\n')).toThrow(
      '第 2 行有 5 项，表头有 4 列',
    )
    expect(() => readStatement('时间,流水号,商品,金额\n2026-11-23 09:00:00,1,93.00\n')).toThrow(
      '第 2 行有 3 项，表头有 4 列',
    )
  })

  test.each(['FAIL', 'CHANGE', 'PROCESSING', 'REFUNDCLOSE', ''])(
    'a refund that stands at %j gave nothing back, and is shown (S3)',
    (state) => {
      const lines = readStatement(
        [wide[0], wide[1], (wide[2] ?? '').replace('`ORIGINAL,`SUCCESS', `\`ORIGINAL,\`${state}`)].join('\n'),
      )
      expect(lines.map(({ standing }) => standing)).toEqual(['money', 'idle'])
      expect(lines[1]).toMatchObject({ amount: -4_000, word: expect.stringContaining(state === '' ? '未完成' : state) })
    },
  )

  test('lines of other halls on the bill of the whole company are told apart by terminal (S5)', () => {
    const text = `时间,流水号,金额,终端号,门店名称\n${Array.from({ length: 30 }, (_, i) => `2026-11-23 09:00:${10 + i},r${i},5.00,T${i},${i === 3 ? '城东厅' : '别厅'}`).join('\n')}\n`
    expect(
      readStatement(text, { terminals: ['T7', '城东厅'] })
        .filter(({ standing }) => standing === 'money')
        .map(({ reference }) => reference),
    ).toEqual(['r3', 'r7'])
    expect(money(text)).toHaveLength(30)
  })

  test("WeChat's 资金账单: sides in words, fees and withdrawals are no customer's (S6)", () => {
    const text = [
      '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
      '`2026-11-23 09:15:02,`4200001,`9001,`交易,`交易,`收入,`93.30,`193.30,`system,`,`HALL0001',
      '`2026-11-23 09:15:02,`4200001,`9002,`扣除交易手续费,`扣除交易手续费,`支出,`0.56,`192.74,`system,`,`HALL0001',
      '`2026-11-23 10:20:30,`4200002,`9003,`退款,`退款,`支出,`40.00,`152.74,`system,`,`HALL0002',
      '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
      '`3.0,`1.0,`93.30,`2.0,`40.56',
    ].join('\n')
    expect(money(text)).toEqual([
      ['4200001', 9_330],
      ['4200002', -4_000],
    ])
    expect(readStatement(text)[1]).toMatchObject({ standing: 'idle', word: '扣除交易手续费', amount: -56 })
  })
  test('UnionPay by its system date; a bank with titles, two columns, page sums and a total (S6)', () => {
    expect(
      money(
        '清算日期,银联系统日期,交易类型,系统参考号,交易金额（元）,终端号\n20261124,20261123 150000,消费,R1,50.00,T1\n20261124,20261123 151000,退货,R2,8.00,T1\n',
      ),
    ).toEqual([
      ['R1', 5_000],
      ['R2', -800],
    ])
    const bank = [
      '某某银行账户交易明细,,,,,',
      '账号：6200 0000,户名：示例公司,,,,',
      '交易日期,交易时间,收入,支出,余额,流水号',
      '2026-11-23,150000,"1,200.00",,5200.00,B1',
      '20261123,15:30:00,-,200.00,5000.00,B2',
      '本页小计,,1200.00,200.00,,',
      '2026年11月23日,16:00,(3.00),,4997.00,B3',
      '合计,,1197.00,200.00,,',
      '以上共 3 笔,,,,,',
      '打印时间,2026-11-24 08:00:00,,,,',
    ].join('\n')
    expect(readStatement(bank).map(({ reference, amount, at: when }) => [reference, amount, when])).toEqual([
      ['B1', 120_000, at('15:00:00')],
      ['B2', -20_000, at('15:30:00')],
      ['B3', -300, at('16:00:00')],
    ])
  })
  test.each([
    ['记账日', '交易时间', '2026-11-23', '09:05:01'],
    ['入账日', '入账时间', '20261123', '90501'],
    ['交易日', '时间', '2026/11/23', '9:05:01'],
  ])('the day stands in %s, the time of day in %s (S6)', (day, clock, date, written) => {
    const text = `对账单\n单位：元\n\n序号,${day},${clock},流水号,借方,贷方\n1,${date},${written},V1,,93.00\n`
    expect(readStatement(text)).toMatchObject([{ amount: 9_300, at: at('09:05:01') }])
  })
  test('a time of day whose day stands in a column nobody knows asks for it (S6)', () => {
    try {
      readStatement('会计日,交易时间,流水号,金额\n2026-11-23,09:05:01,V1,93.00\n')
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'StatementColumnsUnknown',
        details: { headings: ['会计日', '交易时间', '流水号', '金额'] },
      })
    }
  })
  test("a channel's fee on Alipay's 账务明细 is no customer's (S6)", () =>
    expect(
      money(
        '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n1,b1,H1,气费,2026-11-23 09:00:00,x,93.00,,93.00,支付宝,在线支付,\n2,b2,H2,气费,2026-11-23 09:00:00,x,,-40.00,53.00,支付宝,交易退款,\n3,b3,,,2026-11-23 09:00:00,x,,-0.56,53.00,支付宝,收费,手续费\n',
      ),
    ).toEqual([
      ['b1', 9_300],
      ['b2', -4_000],
    ]))
  test('unknown headings are asked about, with what is known of them (S6)', () => {
    try {
      readStatement('当日汇总表\n何时,多少,哪笔\n2026-11-23 09:00:00,5.00,x1\n')
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'StatementColumnsUnknown',
        details: { headings: ['何时', '多少', '哪笔'], rows: [['2026-11-23 09:00:00', '5.00', 'x1']], mapping: {} },
      })
    }
  })
  test.each([
    ['a title', '单位：万元\n时间,流水号,金额\n2026-11-23 09:00:00,1,0.93\n', '第 1 行写明以“万元”'],
    ['a title behind #', '#单位：万元\n时间,流水号,金额\n2026-11-23 09:00:00,1,0.93\n', '第 1 行写明以“万元”'],
    ['a title above a rule', '单位：分\n-----\n时间,流水号,金额\n2026-11-23 09:00:00,1,93\n', '第 1 行写明以“分”'],
    ['a heading', '时间,流水号,金额（分）\n2026-11-23 09:00:00,1,9300\n', '第 1 行写明以“分”'],
  ])('a sum that %s says to be in another unit is never taken for yuan', (_, text, why) =>
    expect(() => readStatement(text)).toThrow(why),
  )
  test.each([
    ['a letter', '各位同事：\n附件是对账单。\n'],
    ['a paper that is text within', '%PDF-1.4\n1 0 obj\nendobj\n'],
    ['half a picture', '\x89PNG\r\n\x1a\n0000000000'],
    ['JSON', '{"a":1}\n'],
    ['nothing but blank lines', '\n\n'],
  ])('%s has one column: it is refused, and nobody is asked what its columns are', (_, text) => {
    expect(() => readStatement(text)).toThrow(
      expect.objectContaining({
        code: 'StatementUnreadable',
        message: expect.stringContaining('不是对账单') as string,
      }),
    )
  })
  test('a number that lost its digits in Excel is said to have lost them; guards are no part of it (S7)', () => {
    expect(() =>
      readStatement('时间,流水号,金额\n2026-11-23 09:00:00,4.2E+27,5.00\n2026-11-23 09:01:00,4.2E+27,6.00'),
    ).toThrow('第 2 行的编号“4.2E+27”被 Excel 当成数值')
    expect(money('时间,流水号,金额\n2026-11-23 09:00:00,="000123",5.00\n2026-11-23 09:01:00,\'000124,6.00')).toEqual([
      ['000123', 500],
      ['000124', 600],
    ])
  })
  test.each([',', '\t', ';'])('money and moments as people write them, parted by %j (S8)', (mark) => {
    const rows = [
      ['时间', '流水号', '金额'],
      ['20261123 150000', '1', '93.0000'],
      ['2026-11-23 15:00', '2', '.50'],
      ['2026/11/23 15:00:00', '3', '190.50元'],
      ['2026年11月23日 15:00:00', '4', '(200.00)'],
      ['２０２６-１１-２３ １５:００:００', '5', '２００.００-'],
      ['46349.625', '6', '"1,234.5"'.replaceAll('"', mark === ',' ? '"' : '')],
      ['总笔数', '6', ''],
    ]
    const lines = readStatement(rows.map((row) => row.join(mark)).join('\n'))
    expect(lines.map(({ amount }) => amount)).toEqual([9_300, 50, 19_050, -20_000, -20_000, 123_450])
    expect(new Set(lines.map(({ at: when }) => when))).toEqual(new Set([at('15:00:00')]))
  })
})

describe('forms of banks and acquirers beside the usual', () => {
  const amountsOf = (text: string) => readStatement(text).map(({ amount }) => amount)
  test.each([
    [
      'headings in two languages (中国银行)',
      '交易类型[ Transaction Type ],交易日期[ Transaction Date ],交易时间[ Transaction time ],交易金额[ Trade Amount ],交易流水号[ Transaction reference number ]\n来账,20261123,09:15:02,93.00,R1\n往账,20261123,10:15:02,20.00,R2\n',
    ],
    [
      'the unit behind a stroke, the side in brackets (建设银行)',
      '账号,1\n交易时间,借方发生额/元(支取),贷方发生额/元(收入),余额\n20261123 09:15:02,0.00,93.00,100.00\n20261123 10:15:02,20.00,0.00,80.00\n',
    ],
    [
      'headings in two rows, the upper one over both',
      '交易日期,发生额,,流水号\n,收入,支出,\n2026-11-23,93.00,,R1\n2026-11-23,,20.00,R2\n',
    ],
    [
      'and where the upper one would do alone',
      '日期,金额,金额,流水号\n,借方,贷方,\n2026-11-23,,93.00,R1\n2026-11-23,20.00,,R2\n',
    ],
    [
      'lines numbered #1',
      '#一行说明\n序号,交易时间,金额,流水号\n#1,2026-11-23 09:15:02,93.00,R1\n#2,2026-11-23 10:15:02,-20.00,R2\n',
    ],
    [
      'totals and signatures between the lines, in whatever column',
      '交易时间,金额,商品,流水号\n2026-11-23 09:15:02,93.00,气费,R1\n,93.00,小计,\n复核人：,甲,,\n2026-11-23 10:15:02,-20.00,气费,R2\n,73.00,,合计\n',
    ],
  ])('%s', (_, text) => expect(amountsOf(text)).toEqual([9_300, -2_000]))

  test('a refund taken back came in; a side that is told stands above what the kind lets guess', () => {
    const kinds = (rows: string) => amountsOf(`交易时间,交易类型,交易金额\n${rows}`)
    expect(kinds('2026-11-23 09:15:02,退款,20.00\n2026-11-23 09:16:02,退款撤销,20.00\n')).toEqual([-2_000, 2_000])
    expect(kinds('2026-11-23 09:15:02,消费撤销,-20.00\n2026-11-23 09:16:02,消费撤销冲正,20.00\n')).toEqual([
      -2_000, 2_000,
    ])
    const told =
      '记账时间,业务类型,收支类型,收支金额(元)\n2026-11-23 09:15:02,退款,支出,20.00\n2026-11-23 09:16:02,退款退回,收入,20.00\n'
    expect(amountsOf(told)).toEqual([-2_000, 2_000])
  })

  test('a sale and its refund in one line cannot be told apart, nor two columns of one name: neither is guessed', () => {
    const refunded = '交易时间,交易金额,退款金额,流水号\n2026-11-23 09:15:02,93.00,20.00,R1\n'
    expect(() => readStatement(refunded)).toThrow('第 2 行的收款和退款（20.00）写在同一行')
    const twice = '交易时间,金额,流水号,金额\n2026-11-23 09:15:02,93.00,R1,0.56\n'
    expect(() => readStatement(twice)).toThrow('有两列都叫“金额”')
  })

  test('a time of day as Excel keeps it', () => {
    const [line] = readStatement('交易日期,交易时间,金额\n46349,0.3854398,93.00\n')
    expect(line?.at).toBe(at('09:15:02'))
  })
})

test('of a workbook the sheet with the lines is read, behind whatever cover; of several none is left out without a word', () => {
  const sheet = (name: string, text: string) => ({ name, rows: csvRowsOf(text) })
  const lines = (no: string) => `交易时间,金额,流水号\n2026-11-23 09:15:02,93.00,${no}\n`
  const cover = sheet('汇总', '商户对账汇总\n项目,笔数,合计\n支付,1,93.00\n')
  const empty = sheet('退款', '交易时间,金额,流水号\n')
  const [paid, refunded] = [sheet('支付', lines('R1')), sheet('退款', lines('R2'))]
  expect(statementSheet([cover, paid, empty], new Map())).toBe(paid.rows)
  expect(() => statementSheet([cover, paid, refunded], new Map())).toThrow(
    '文件里有 2 张工作表都是对账单（“支付”、“退款”），请各存成一个文件，逐个选择',
  )
  expect(statementSheet([cover], new Map())).toBe(cover.rows)
})
