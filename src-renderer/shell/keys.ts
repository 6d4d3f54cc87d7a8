/**
 * The one map of keys. A screen is named by the first part of its path; what stands here is what F1 shows, and a combo
 * that is not written as `Combo` does not compile, so that no action can lie on a bare letter or digit.
 */

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
type Letter =
  | 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M'
  | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z' // prettier-ignore
type FunctionKey = `F${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12}`
type NamedKey = 'Escape' | 'PageUp' | 'PageDown' | 'Enter' | 'Left' | 'Right' | 'Up' | 'Down'
/** A key that never types a character. */
export type Combo =
  | FunctionKey
  | 'Escape'
  | 'PageUp'
  | 'PageDown'
  | `Shift+${FunctionKey}`
  | `${'Ctrl' | 'Alt' | 'Ctrl+Shift'}+${Letter | Digit | FunctionKey | NamedKey}`

type KeyMap = Readonly<Partial<Record<Combo, string>>>

/** Keys that every screen keeps; a screen must not use them for something else. */
export const globalKeys = {
  F1: '本页快捷键',
  'Shift+F1': '手册：讲这一页的一章',
  F2: '查找客户',
  F11: '应急预案',
  'Ctrl+K': '查找客户',
  'Ctrl+L': '锁屏',
  'Alt+Left': '返回上一页',
  'Ctrl+F2': '本页其他操作',
  'Ctrl+0': '字号：标准、大字、特大字',
  'Ctrl+Shift+U': '切换用户',
  Escape: '关闭、取消',
} as const satisfies KeyMap

/**
 * The key of a room or a page, from anywhere, by its path: Alt with a letter for what stands in the rail. On a customer's
 * file the same key opens the same room with this customer.
 */
export const roomKeys: Readonly<Record<string, Combo>> = {
  '/': 'Alt+J',
  '/customers': 'Alt+K',
  '/collection': 'F4',
  '/payments': 'Alt+S',
  '/shift': 'Alt+C',
  '/day-close': 'Alt+R',
  '/bills': 'Alt+Z',
  '/papers': 'Alt+D',
  '/openings': 'Alt+B',
  '/readings': 'Alt+M',
  '/inspections': 'Alt+A',
  '/hazards': 'Alt+Y',
  '/supply': 'Alt+T',
  '/workorders': 'Alt+G',
  '/workorders/new': 'F10',
  '/complaints': 'Alt+V',
  '/complaints/new': 'Shift+F10',
  '/followups': 'Alt+H',
  '/publicity': 'Alt+P',
  '/emergency': 'Alt+W',
  '/prices': 'Alt+Q',
  '/fees': 'Ctrl+Shift+F4',
  '/reports': 'Alt+E',
  '/appraisal': 'Alt+O',
  '/staff': 'Alt+N',
  '/imports': 'Alt+I',
  '/sync': 'Alt+U',
  '/backup': 'Alt+F',
  '/settings': 'Alt+X',
  '/audit': 'Alt+L',
  '/bills/run': 'Ctrl+Shift+Z',
  '/opening': 'Ctrl+Shift+K',
  '/supply/awaiting': 'Ctrl+Shift+G',
  '/supply/arrears': 'Ctrl+Shift+Q',
  '/supply/processes': 'Ctrl+Shift+B',
  '/inspections/statistics': 'Ctrl+Shift+A',
  '/complaints/months': 'Ctrl+Shift+Y',
  '/followups/ratios': 'Ctrl+Shift+H',
  '/emergency/drills': 'Ctrl+Shift+W',
  '/publicity/campaigns': 'Ctrl+Shift+X',
  '/registers': 'Ctrl+Shift+F2',
  '/password': 'Ctrl+Shift+M',
  '/regulation': 'Ctrl+F1',
}

/** Keys of pages and of parts that appear on several pages, by the first part of the page's path. */
export const screenKeys: Readonly<Record<string, KeyMap>> = {
  collection: {
    F5: '现金',
    F6: '微信',
    F7: '支付宝',
    F8: '刷卡',
    F9: '用预存抵扣',
    'Shift+F8': '转账',
    'Ctrl+1': '现金：凑到整十元',
    'Ctrl+2': '现金：凑到五十元',
    'Ctrl+3': '现金：凑到整百元',
    'Shift+F9': '找零的尾数留作预存',
    'Shift+F5': '预存',
    'Ctrl+Shift+F5': '收取费用',
    F12: '确认收款并打印收据',
    'Ctrl+P': '补打刚才的收据',
    'Shift+F12': '冲正刚才的收款',
  },
  preview: { 'Ctrl+P': '打印', 'Ctrl+S': '存为 PDF', Escape: '关闭' },
  list: {
    PageDown: '下一页',
    PageUp: '上一页',
    'Ctrl+E': '导出表格',
    'Ctrl+F': '在列表中查找',
    'Ctrl+Shift+Up': '到第一行',
  },
}

/** Alt+1 … Alt+5 open the groups of the rail, the same for every role. */
export const groupKeys = {
  counter: 'Alt+1',
  field: 'Alt+2',
  service: 'Alt+3',
  management: 'Alt+4',
  system: 'Alt+5',
} as const satisfies Readonly<Record<string, Combo>>

const names: Readonly<Record<string, string>> = {
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  arrowdown: 'Down',
  escape: 'Escape',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  enter: 'Enter',
}

const shown: Readonly<Record<string, string>> = { Escape: 'Esc', Left: '←', Right: '→', Up: '↑', Down: '↓' }

/** 'Ctrl+P', 'Alt+←', 'Esc': a combo as it is printed on buttons. */
export const showCombo = (combo: Combo): string =>
  combo
    .split('+')
    .map((part) => shown[part] ?? part)
    .join('+')

/** What a keyboard event means to this map; null when it types text or belongs to nobody. */
export function comboOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>,
): Combo | null {
  if (event.metaKey) return null
  const key = keyName(event)
  if (key === null) return null
  const combo = `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${key}`
  return isCombo(combo) ? combo : null
}

// With an input method switched on, `key` of Ctrl+K may be 'Process': the physical key tells.
function keyName({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string | null {
  const physical = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code)
  if (physical) return physical[1] ?? physical[2] ?? physical[3] ?? null
  if (/^F([1-9]|1[0-2])$/.test(key)) return key
  return names[key.toLowerCase()] ?? null
}

const comboPattern =
  /^(?:F(?:[1-9]|1[0-2])|Escape|PageUp|PageDown|Shift\+F(?:[1-9]|1[0-2])|(?:Ctrl|Alt|Ctrl\+Shift)\+(?:[A-Z\d]|F(?:[1-9]|1[0-2])|Escape|PageUp|PageDown|Enter|Left|Right|Up|Down))$/

/** Whether a text is a combo this map may hold: never a bare letter, digit, Enter or arrow. */
export const isCombo = (text: string): text is Combo => comboPattern.test(text)

/** The screen of a path: `/collection/0190…` → `collection`. */
export const screenOf = (path: string): string => path.split(/[/?]/).find((part) => part !== '') ?? 'home'

/** What a combo does on a screen, in the words of F1; null when the map does not know it. */
export const labelOf = (combo: Combo, screen: string): string | null =>
  screenKeys[screen]?.[combo] ?? (globalKeys as KeyMap)[combo] ?? null
