/**
 * 台账: what a hall writes down beside its businesses, so that whoever audits it sees that it was done (clauses 5, 6, 9, 11,
 * 14(3), 19(2), 20(2), 21(3), 22, 23(3), 24, 25, 29). Each kind is a declaration; form, list, gates, reminders, paper and the
 * regulation's page follow from it. How often a kind is due is an example where the regulation says only 定期. Pure.
 */
import { words, type WordOf } from '../platform/dictionary.ts'

/** How often at least. */
export type Every = 'day' | 'month' | 'quarter' | 'half-year' | 'year'

export interface Field {
  readonly id: string
  readonly label: string
  /** `long`: several lines. `ends`: a date told of before it comes, until another entry renews it; `due`: until the entry is closed. */
  readonly type?: 'text' | 'long' | 'date' | 'ends' | 'due' | 'choice'
  readonly options?: readonly string[]
  /** Options that are not in order: the entry says who mends it until when. */
  readonly bad?: readonly string[]
  readonly optional?: true
  /** May be left out for now; until it is there the entry counts as incomplete. */
  readonly wanted?: true
}

export const registerGroup = words({
  window: '窗口',
  customer: '客户',
  closing: '闭环',
  safety: '安全',
  office: '管理',
})
export type RegisterGroup = WordOf<typeof registerGroup>

export interface RegisterKind {
  readonly title: string
  readonly group: RegisterGroup
  /** Ids of the sub-items it stands for. */
  readonly clauses: readonly string[]
  readonly hint: string
  readonly every?: Every
  readonly fields: readonly Field[]
  /** Items that are each answered 正常, 不正常 or 不适用. */
  readonly checks?: readonly string[]
  /** What it is about: a customer's account, somebody of the staff. */
  readonly about?: 'account' | 'staff'
  /** Two persons go. */
  readonly two?: true
  /** Another person looks at it, whether anything was found or not. */
  readonly reviewed?: true
  /** What it lists is no finding but what is to be done, at least one. */
  readonly measures?: true
  /** Incomplete without a picture. */
  readonly pictured?: true
  /** Holds the numbers at which the staff is rung; in all others the number of a person is masked. */
  readonly numbers?: true
  /** Figures of the hall that are frozen with it. */
  readonly figures?: 'closing' | 'causes'
}

const text = (id: string, label: string): Field => ({ id, label })
const maybe = (id: string, label: string): Field => ({ id, label, optional: true })
const wanted = (field: Field): Field => ({ ...field, optional: true, wanted: true })
const long = (id: string, label: string): Field => ({ id, label, type: 'long' })
const date = (id: string, label: string): Field => ({ id, label, type: 'date' })
const ends = (id: string, label: string): Field => ({ id, label, type: 'ends' })
const due = (id: string, label: string): Field => ({ id, label, type: 'due' })
const choice = (id: string, label: string, ...options: string[]): Field => ({ id, label, type: 'choice', options })
const bad = (field: Field, ...options: string[]): Field => ({ ...field, bad: options })
const kind = (declared: RegisterKind): RegisterKind => declared

export const registers = {
  'opening-check': kind({
    title: '营业前检查',
    group: 'window',
    clauses: ['9', '22(1)', '22(2)', '22(3)', '22(4)'],
    hint: '每天开门前逐项看一遍，不正常的写明并限期整改。',
    every: 'day',
    fields: [maybe('note', '备注')],
    checks: [
      '着装、工号牌',
      '柜台与客户区整洁',
      '公示的价格、项目、流程、时限为最新',
      '业务表单齐备',
      '备用金、零钱',
      '电脑、打印机、扫码枪',
    ],
  }),
  'window-check': kind({
    title: '服务窗口月度检查',
    group: 'window',
    clauses: ['6(7)', '9', '10b', '22(1)', '22(3)'],
    hint: '主任每月检查窗口的标识、环境、礼仪和岗位责任公示。',
    every: 'month',
    fields: [long('summary', '检查情况')],
    checks: [
      '标识符合公司标准',
      '环境整洁、设施完好',
      '礼貌待客、语言文明、没有推诿',
      '岗位责任制上墙',
      '办事指南、价格标准公开',
    ],
    reviewed: true,
  }),
  rating: kind({
    title: '客户当面评价',
    group: 'window',
    clauses: ['6(3)', '22(3)'],
    hint: '业务办完后请客户评价，记下办理人和业务。',
    about: 'staff',
    fields: [
      choice('business', '业务', '缴费', '报装', '过户', '报修', '咨询', '其他'),
      choice('rating', '评价', '非常满意', '满意', '一般', '不满意'),
      maybe('words', '客户的话'),
    ],
  }),
  suspicious: kind({
    title: '可疑客户巡查',
    group: 'customer',
    clauses: ['6(6)'],
    hint: '用气异常、表具有动过的痕迹或有人反映的客户，两人上门查看；查实的写明怎样处理、谁办、期限。',
    about: 'account',
    two: true,
    fields: [
      choice('source', '来源', '用气量异常', '抄表发现', '安检发现', '他人反映', '其他'),
      long('found', '现场情况'),
      maybe('evidence', '证据（照片、封存的表具等）'),
      bad(
        choice('outcome', '结论', '正常', '计量故障', '私改、盗用', '无法进入', '其他'),
        '计量故障',
        '私改、盗用',
        '无法进入',
      ),
    ],
    reviewed: true,
  }),
  'pipe-data': kind({
    title: '客户管网资料',
    group: 'customer',
    clauses: ['6(6)'],
    hint: '一栋楼或一个客户的管道资料，登记后附图纸、照片；暂缺的列为资料不全。',
    pictured: true,
    fields: [
      text('place', '楼栋或客户'),
      wanted(text('material', '管材、管径')),
      choice('pressure', '压力级别', '低压', '中压', '次高压', '高压'),
      wanted(date('commissioned', '投用日期')),
      wanted(text('drawing', '竣工图编号')),
      maybe('course', '走向、阀门位置'),
    ],
  }),
  improvement: kind({
    title: '改进措施',
    group: 'closing',
    clauses: ['19(2)', '20(2)'],
    hint: '由投诉、安检、回访的分析得出；措施按责任人和期限列出，复核时写明效果。',
    fields: [
      choice('basis', '依据', '投诉分析', '安检分析', '回访分析', '考核结果', '上级检查'),
      long('problem', '问题'),
      long('cause', '原因'),
    ],
    reviewed: true,
    measures: true,
    figures: 'causes',
  }),
  'closing-check': kind({
    title: '追踪、验证和关闭的季度检查',
    group: 'closing',
    clauses: ['5(4)', '14(3)', '21(1)', '21(3)'],
    hint: '本季度和上季度的数字由系统取定；逐项检查，发现的问题限期整改。',
    every: 'quarter',
    fields: [long('summary', '检查结论')],
    checks: [
      '回访比例达到目标',
      '逾期事项已督办',
      '没有未经验证、回访就关闭的',
      '处理、验证、回访由不同的人办理',
      '记录完整',
    ],
    reviewed: true,
    figures: 'closing',
  }),
  'centre-check': kind({
    title: '上级对营业厅的检查',
    group: 'closing',
    clauses: ['5(3)', '5(4)', '5(5)', '6(1)'],
    hint: '客服调度中心、公司来检查的内容和提出的问题。',
    fields: [text('by', '检查单位、检查人'), long('content', '检查内容和结论')],
    reviewed: true,
  }),
  'plan-reading': kind({
    title: '应急预案学习与测试',
    group: 'safety',
    clauses: ['24'],
    hint: '谁学了哪份预案、测试结果如何。',
    every: 'half-year',
    about: 'staff',
    fields: [text('plan', '预案'), bad(choice('result', '测试', '合格', '不合格'), '不合格'), maybe('note', '备注')],
    reviewed: true,
  }),
  'open-facility': kind({
    title: '开放式燃气设施',
    group: 'safety',
    clauses: ['23(3)'],
    hint: '调压箱、阀井、架空管等人可以接近的设施，和它的警示标志。',
    fields: [
      text('place', '位置'),
      text('facility', '设施'),
      bad(choice('sign', '警示标志', '齐全清晰', '缺失', '破损'), '缺失', '破损'),
      maybe('people', '告知周边人员的方式'),
    ],
  }),
  'sign-check': kind({
    title: '警示标志检查',
    group: 'safety',
    clauses: ['23(3)'],
    hint: '按开放式燃气设施台账逐处查看，缺损的限期补上。',
    every: 'quarter',
    fields: [text('places', '检查范围'), long('found', '检查情况')],
  }),
  'five-talks': kind({
    title: '“五讲”宣传',
    group: 'safety',
    clauses: ['23(2)'],
    hint: '讲给谁听、讲了什么、多少人。',
    every: 'year',
    fields: [text('audience', '对象、地点'), long('content', '讲的内容'), text('people', '人数')],
  }),
  accident: kind({
    title: '事故、事件',
    group: 'safety',
    clauses: ['24', '29'],
    hint: '起因、处置和整改；处罚另在奖惩中登记。',
    fields: [
      text('place', '地点'),
      long('course', '经过'),
      long('cause', '原因'),
      text('loss', '伤亡、损失'),
      long('handling', '处置'),
    ],
    reviewed: true,
  }),
  'authority-report': kind({
    title: '向政府部门、社区的报告',
    group: 'safety',
    clauses: ['19(3)'],
    hint: '报告了什么、报给谁、对方的回执。',
    fields: [text('to', '报告单位'), long('matter', '事项'), text('by', '方式、经手人'), maybe('receipt', '回执号')],
  }),
  duty: kind({
    title: '值班安排',
    group: 'office',
    clauses: ['10(3)', '10b'],
    hint: '24 小时值班、抢修的人员和电话，每月一张。',
    every: 'month',
    numbers: true,
    fields: [text('span', '起止日期'), long('people', '值班人员、电话')],
  }),
  rule: kind({
    title: '规章制度',
    group: 'office',
    clauses: ['5(2)', '6(1)', '6(2)'],
    hint: '执行中的制度、文号、版本，谁传达过。',
    fields: [text('name', '名称'), text('no', '文号、版本'), date('from', '施行日期'), text('read', '传达范围')],
  }),
  instruction: kind({
    title: '上级要求与落实',
    group: 'office',
    clauses: ['5(1)', '5(3)', '6(1)'],
    hint: '收到的通知、要求，和怎样落实。',
    fields: [text('from', '来文单位'), long('content', '要求'), due('by', '完成期限')],
    reviewed: true,
  }),
  target: kind({
    title: '安检目标与计划',
    group: 'office',
    clauses: ['19(2)'],
    hint: '全年的安检目标（入户率、隐患整改率等）和措施。',
    every: 'year',
    fields: [text('year', '年度'), long('targets', '目标'), long('measures', '措施')],
    reviewed: true,
  }),
  payroll: kind({
    title: '考核结果交薪酬',
    group: 'office',
    clauses: ['12'],
    hint: '考核表交人事计薪的时间、接收人。',
    every: 'quarter',
    fields: [text('card', '考核表号'), text('to', '接收人'), maybe('note', '备注')],
  }),
  confidentiality: kind({
    title: '保密承诺',
    group: 'office',
    clauses: ['6(10)'],
    hint: '接触客户信息的人签的保密承诺书。',
    about: 'staff',
    fields: [date('signed', '签订日期'), ends('until', '有效期至'), text('kept', '存放位置')],
  }),
  archive: kind({
    title: '档案归档与移交',
    group: 'office',
    clauses: ['5(8)', '25(2)', '25(3)'],
    hint: '归档的内容、件数、交给谁、放在哪里，档案部门提出的意见。',
    every: 'year',
    fields: [
      text('year', '年度'),
      text('content', '内容、件数'),
      choice('keep', '保管期限', '永久', '定期 30 年', '定期 10 年'),
      text('to', '接收人'),
      text('kept', '存放位置'),
      maybe('opinion', '档案部门意见'),
    ],
    reviewed: true,
  }),
  destruction: kind({
    title: '档案销毁',
    group: 'office',
    clauses: ['25(3)'],
    hint: '到期档案经批准销毁，两人监销。',
    two: true,
    fields: [long('content', '内容、件数'), text('approved', '批准人、批文号'), text('way', '销毁方式')],
    reviewed: true,
  }),
} as const satisfies Readonly<Record<string, RegisterKind>>

export const registerKind = words(
  Object.fromEntries(Object.entries(registers).map(([id, { title }]) => [id, title])) as Readonly<
    Record<keyof typeof registers, string>
  >,
)
export type RegisterKindId = WordOf<typeof registerKind>
/** Whether a part of an address names a register; every object knows `toString`. */
export const isRegister = (name: string): name is RegisterKindId => Object.hasOwn(registers, name)
export const kindOf = (id: RegisterKindId): RegisterKind => registers[id]

export const answer = words({ ok: '正常', bad: '不正常', none: '不适用' })
export type AnswerWord = WordOf<typeof answer>

/** What an entry of the kind lists, in a word. */
export const findingWord = ({ measures }: RegisterKind): string => (measures ? '措施' : '问题')
