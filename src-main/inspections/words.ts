/** The trade's words for inspections and hazards, used on both floors, and the checklists an inspector walks through. */
import { words, type WordOf } from '../platform/dictionary.ts'
import { ownItemsFor, ownItemText } from '../platform/own-items.ts'

/** Where a planned inspection of one account stands. */
export const taskState = words({
  planned: '待安检',
  passed: '合格',
  hazard: '有隐患',
  refused: '拒检',
  dropped: '已撤出计划',
})
export type TaskState = WordOf<typeof taskState>
export const { values: taskStates, names: taskStateNames } = taskState

export const outcomeWords = words({
  passed: '合格',
  hazard: '隐患',
  absent: '到访不遇',
  refused: '拒检',
})
export type Outcome = WordOf<typeof outcomeWords>
export const { values: outcomes, names: outcomeNames } = outcomeWords

export const taskActions = ['pass', 'find', 'absent', 'refuse', 'arrange', 'drop', 'revive'] as const
export type TaskAction = (typeof taskActions)[number]

/** What each outcome does to the task. */
export const actionOf: Readonly<Record<Outcome, TaskAction>> = {
  passed: 'pass',
  hazard: 'find',
  absent: 'absent',
  refused: 'refuse',
}

/** 临时安检: why an account is inspected out of turn. */
export const requestCause = words({
  customer: '客户要求',
  repaired: '漏气等修复后',
  reported: '他人反映隐患',
  other: '其他',
})
export type RequestCause = WordOf<typeof requestCause>
export const { values: requestCauses, names: requestCauseNames } = requestCause

export const gradeWords = words({ general: '一般', serious: '较大', critical: '重大' })
export type Grade = WordOf<typeof gradeWords>
export const { values: grades, names: gradeNames } = gradeWords

/** 较大 and above cuts the supply at once (clause 19(3)). */
export const isGrave = (grade: Grade): boolean => grade !== 'general'

/** Who must mend it. */
export const mender = words({ customer: '客户', company: '公司', 'third-party': '第三方' })
export type Mender = WordOf<typeof mender>
export const { values: menders, names: menderNames } = mender

/** The company mends it while gas stays on: made safe at once, and watched until it is mended and found good (clause 19(4)). */
export const isWatched = ({ mender, grade }: { readonly mender: Mender; readonly grade: Grade }): boolean =>
  mender === 'company' && !isGrave(grade)

/** How a 隐患整改通知书 was received. */
export const receipt = words({ signed: '签收', refused: '拒签，留置送达', posted: '邮寄或张贴' })
export type Receipt = WordOf<typeof receipt>
export const { values: receipts, names: receiptNames } = receipt

/** What the paper sheet says of an item. */
export const answerWords = words({ good: '合格', bad: '不合格', none: '无此项' })
export type Answer = WordOf<typeof answerWords>
export const { values: answers, names: answerNames } = answerWords

/** Whether somebody came in and looked. */
export const letsIn = (outcome: Outcome): boolean => outcome === 'passed' || outcome === 'hazard'

export interface InspectionItem {
  readonly item: string
  /** What a good state is. */
  readonly text: string
  /** There is one wherever gas flows: it is good or bad, never 无此项. */
  readonly always?: true
  /** Grade proposed when it is not so; the inspector decides. */
  readonly grade: Grade
  /** The least an inspector gives it alone: what may kill cuts the gas (clause 19(3)). Lower is the manager's to agree to. */
  readonly least?: Grade
}

const common: readonly InspectionItem[] = [
  {
    item: 'leak',
    text: '管道、阀门、表具、接头用检漏仪或皂液检查无漏气',
    always: true,
    grade: 'critical',
    least: 'serious',
  },
  { item: 'pipes', text: '管道固定牢固，无锈蚀、无附着物、无占压、无暗埋', always: true, grade: 'general' },
  { item: 'altered', text: '没有私接、私拆、私改燃气设施', always: true, grade: 'serious' },
  {
    item: 'place',
    text: '管道和燃具不在卧室、卫生间、地下或半地下密闭空间',
    always: true,
    grade: 'critical',
    least: 'serious',
  },
  { item: 'meter', text: '表具、铅封完好，表箱可以开启', always: true, grade: 'general' },
  { item: 'valves', text: '表前阀、灶前阀完好，开关灵活', always: true, grade: 'general' },
  { item: 'hose', text: '连接管为金属波纹软管，无老化、无三通、不超长、不穿墙', grade: 'serious' },
  { item: 'appliance', text: '燃具与气种相符，带熄火保护，在使用年限内，不是淘汰产品', grade: 'serious' },
  { item: 'flue', text: '热水器、采暖炉的烟道已伸出室外，密封完好', grade: 'critical', least: 'serious' },
  { item: 'ventilation', text: '通风良好，通风口没有堵塞', always: true, grade: 'general' },
  { item: 'single-source', text: '同室没有第二种气源或明火', grade: 'serious' },
]
const residentOnly: readonly InspectionItem[] = [
  { item: 'self-closing', text: '灶前自闭阀安装并有效', grade: 'general' },
]
const nonResidentOnly: readonly InspectionItem[] = [
  { item: 'alarm', text: '可燃气体报警器安装、检定有效、工作正常', grade: 'serious' },
  { item: 'cut-off', text: '紧急切断阀与报警器联动有效', grade: 'serious' },
  { item: 'exhaust', text: '机械排风正常，与报警器联动', grade: 'general' },
  { item: 'gas-room', text: '燃气间、调压箱周围无杂物，消防器材在有效期内', grade: 'general' },
  { item: 'operators', text: '操作人员经过安全用气培训，制度上墙', grade: 'general' },
]

/**
 * 安检项目 of a resident or of another customer (clauses 16, 19(1)): the least; a company adds its own, and takes none away.
 * @param own what the company added, as its setting had it when the list was given out (`inspections.ownItems`)
 */
export const inspectionItems = (resident: boolean, own = ''): readonly InspectionItem[] => [
  ...common,
  ...(resident ? residentOnly : nonResidentOnly),
  ...ownItemsFor(own, resident).map((one) => ({ ...one, grade: 'general' as const })),
]

/** Items that are never 无此项. */
export const alwaysItems: readonly string[] = [...common, ...residentOnly, ...nonResidentOnly]
  .filter(({ always }) => always === true)
  .map(({ item }) => item)

const everyItem = new Map([...common, ...residentOnly, ...nonResidentOnly].map((one) => [one.item, one]))
/** The words of an item, also of one no longer asked for. */
export const itemText = (item: string): string => everyItem.get(item)?.text ?? ownItemText(item) ?? '其他'

/** Items that have a least grade, with it. */
export const leastGrades: readonly (readonly [item: string, least: Grade])[] = [...everyItem.values()].flatMap(
  ({ item, least }) => (least === undefined ? [] : [[item, least] as const]),
)
const least = new Map(leastGrades)

export const leakWords = ['漏气', '泄漏', '泄露'] as const
/** A leak is named in these only to say that there is none, or to name what finds it. */
export const noLeakWords: readonly string[] = leakWords.flatMap((leak) => [
  ...['没有', '未见', '未发现', '无', '不', '未', '没'].map((before) => before + leak),
  ...['报警', '检测', '保护'].map((after) => leak + after),
])
/** A leak is one whatever item it is written under (clause 19(3)). */
const tellsOfLeak = (text: string): boolean => {
  const said = noLeakWords.reduce((rest, words) => rest.replaceAll(words, ''), text)
  return leakWords.some((leak) => said.includes(leak))
}
export const leastOfLeak: Grade = 'serious'

interface Graded {
  readonly item: string
  readonly grade: Grade
  readonly text: string
}
const leastOf = ({ item, text }: Graded): Grade => least.get(item) ?? (tellsOfLeak(text) ? leastOfLeak : 'general')

/** Graded lower than the least of its item, or of what is written. */
export const isLowered = (one: Graded): boolean => grades.indexOf(one.grade) < grades.indexOf(leastOf(one))

/** Why that needs the manager, in words. */
export const loweredProblem = (one: Graded): string => {
  const what = least.has(one.item) ? `“${itemText(one.item)}”不合格的` : '写明漏气的'
  return `${what}至少为${gradeNames[leastOf(one)]}隐患；定得更低须写明理由，由主任批准（第十九条第三款）`
}

/** What the manager agrees to, in words: each finding below its least grade. */
export const loweredWords = (failed: readonly Graded[]): string =>
  failed
    .filter(isLowered)
    .map(({ item, grade, text }) => `${itemText(item)}：${text}，定为${gradeNames[grade]}`)
    .join('；')

interface Known {
  readonly hazardId: string
  readonly hazardNo: string
  readonly accountNo: string
  readonly grade: Grade
  readonly text: string
}
const subjectTerms = ({ hazardId, hazardNo, accountNo, grade, text }: Known) => ({
  ...{ hazardId, hazard: hazardNo, account: accountNo },
  findings: `${gradeNames[grade]}：${text}`,
})
/** What the manager agrees to where a hazard was written down about the wrong household. */
export const misfiledTerms = (hazard: Known, right: string, reason: string) => ({
  ...subjectTerms(hazard),
  ...{ right, reason },
})
/** And where its grade is no longer one that cuts the gas. */
export const lowerTerms = (hazard: Known, to: Grade, reason: string) => ({
  ...subjectTerms(hazard),
  ...{ change: `${gradeNames[hazard.grade]} → ${gradeNames[to]}`, reason },
})

export const taskFilters = ['open', 'overdue', 'upcoming', 'absent', 'refused', 'done'] as const
export type TaskFilter = (typeof taskFilters)[number]
export const roundFilters = ['open', 'this-week', 'late', 'unassigned', 'mine', 'done'] as const
export type RoundFilter = (typeof roundFilters)[number]
