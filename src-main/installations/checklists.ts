/**
 * 勘查、验收、通气前安全检查的项目. A step passes when every item does; nobody declares a result by hand. These are the least
 * (clauses 15, 17(1), 17(2)); a company adds its own by the settings, and takes none of them away.
 */
import { ownItemsFor } from '../platform/own-items.ts'

export interface ChecklistItem {
  readonly item: string
  readonly text: string
}
export const checklistKinds = ['survey', 'acceptance', 'safety-check'] as const
export type ChecklistKind = (typeof checklistKinds)[number]

interface ScopedItem extends ChecklistItem {
  /** Only for residents, only for others, or for all. */
  readonly for?: 'resident' | 'non-resident'
}

const items: Record<ChecklistKind, readonly ScopedItem[]> = {
  survey: [
    { item: 'network', text: '在供气范围内，管网可以接入' },
    { item: 'right', text: '房屋或场所的使用权证明已核对' },
    { item: 'place', text: '用气场所不是卧室、卫生间，不在地下或半地下密闭空间' },
    { item: 'ventilation', text: '通风条件符合要求' },
    { item: 'single-source', text: '同一房间内没有第二种燃气或火源' },
    { item: 'flue', text: '热水器、采暖炉的烟道可以通到室外' },
    { item: 'load', text: '用气负荷与表具、管道能力相符', for: 'non-resident' },
    { item: 'alarm-plan', text: '可燃气体报警和紧急切断装置已列入设计', for: 'non-resident' },
  ],
  acceptance: [
    { item: 'pipes', text: '管道、阀门、表具安装牢固，无锈蚀、无暗埋、无占压' },
    { item: 'hose', text: '连接管为不锈钢金属波纹软管，无三通、无超长' },
    { item: 'flame', text: '燃具与燃气种类相符，带熄火保护，在使用年限内' },
    { item: 'self-closing', text: '灶前自闭阀安装并有效', for: 'resident' },
    { item: 'flue', text: '热水器、采暖炉的烟道已伸出室外' },
    { item: 'ventilation', text: '通风口畅通' },
    { item: 'alarm', text: '可燃气体报警器工作正常', for: 'non-resident' },
    { item: 'cut-off', text: '紧急切断阀与报警器联动有效', for: 'non-resident' },
    { item: 'papers', text: '竣工资料和设备合格证齐全' },
  ],
  'safety-check': [
    { item: 'valves', text: '表前阀、灶前阀完好，开关灵活' },
    { item: 'leak', text: '各接头用检漏仪或皂液检查无漏气' },
    { item: 'fire', text: '现场无明火，门窗可以通风' },
    { item: 'trial', text: '点火试验正常，熄火保护动作正常' },
    { item: 'taught', text: '已讲解安全用气知识，发放安全用气手册' },
  ],
}

/** Where the clause stands that asks for a list. @clause 15 @clause 17(1) @clause 17(2) */
export const checklistClauses: Record<ChecklistKind, string> = {
  survey: '第十五条',
  acceptance: '第十七条第一款',
  'safety-check': '第十七条第二款',
}

/**
 * The items of a checklist for a resident or another customer.
 * @param own what the company added, as its setting has it (`installations.*Items`)
 */
export const checklist = (kind: ChecklistKind, resident: boolean, own = ''): ChecklistItem[] => [
  ...items[kind]
    .filter((entry) => entry.for === undefined || (entry.for === 'resident') === resident)
    .map(({ item, text }) => ({ item, text })),
  ...ownItemsFor(own, resident),
]

export interface Check {
  readonly item: string
  readonly ok: boolean
  readonly note: string
}

/** Why a filled checklist cannot be taken, or null: every item that is asked once, nothing else, and a reason where one fails. */
export function checklistProblem(asked: readonly ChecklistItem[], checks: readonly Check[]): string | null {
  const missing = asked.filter(({ item }) => !checks.some((check) => check.item === item))
  if (missing.length > 0) return `还有 ${missing.length} 项未检查：${missing.map(({ text }) => text).join('；')}`
  if (checks.length !== asked.length || checks.some(({ item }) => !asked.some((known) => known.item === item))) {
    return '检查项目与规定的项目不符，请刷新后再填'
  }
  const silent = checks.find(({ ok, note }) => !ok && note.trim() === '')
  if (silent) return `请写明不合格的情况：${asked.find(({ item }) => item === silent.item)?.text ?? silent.item}`
  return null
}

export const checklistPassed = (checks: readonly Check[]): boolean => checks.every(({ ok }) => ok)
