/**
 * What each combo may be called on a button, on any page. One key has one meaning in the whole program: a label that does
 * not say this meaning wants another key, or a word of the same meaning is added here with thought.
 */
import { globalKeys, groupKeys, roomKeys, type Combo } from '../../src-renderer/shell/keys.ts'

/** By digit: the first, second … choice that the page itself numbers. */
const choices = Object.fromEntries(
  Array.from({ length: 9 }, (_, i) => [
    `Ctrl+${i + 1}`,
    /^(?:办理)?第 ?\d+ (?:项|张报表|块表)|^(?:停用|复用|拆除|过户|换表|销户|加表|拆表)$|^(?:满意|不满意|未接通)$|^(?:本月|上月|近三个月)$|^现金：凑到/,
  ]),
)

const meanings: Readonly<Record<string, RegExp>> = {
  ...choices,
  ...Object.fromEntries(Object.values(groupKeys).map((key) => [key, /^业务分组/])),
  F3: /修改|修订|更改|更正|编辑|改类别|继续编写|重新定级|调整等级|变更等级|等级/,
  F5: /^现金$/,
  F6: /^微信$/,
  F7: /^支付宝$/,
  F8: /^刷卡$/,
  F9: /^(?:用预存抵扣|预存)$/,
  'Shift+F2': /重新?(?:打开|办理|处理|受理|开)|重开/,
  'Shift+F3': /上报/,
  'Shift+F4': /恢复/,
  'Shift+F5': /^预存$/,
  'Shift+F6': /临时措施/,
  'Shift+F7': /现场监护/,
  'Shift+F8': /^转账$/,
  'Shift+F9': /尾数|转预存|留作预存/,
  'Shift+F11': /计时/,
  // The act the page or the dialog is there for: whatever it is called, but nothing that has a key of its own.
  F12: /^(?!打印|补打|导出|返回|新建|上一|下一|存为|修改|编辑)/,
  'Ctrl+F12': /不合格/,
  'Shift+F12': /取消|撤销|撤回|作废|放弃|退回|冲正|不批准|清空|恢复默认/,
  PageUp: /^上一页$/,
  PageDown: /^下一页$/,
  'Ctrl+PageUp': /^上一(?:个标签页|部分|张表|组|章)$/,
  'Ctrl+PageDown': /^下一(?:个标签页|部分|张表|组|章)$/,
  'Alt+PageUp': /^上一[年月期]$/,
  'Alt+PageDown': /^下一[年月期]$/,
  'Ctrl+Up': /^上一步$/,
  // Onward from where one is: to the next step, or from the filters down into the list.
  'Ctrl+Down': /^下一步$/,
  'Ctrl+B': /^立即备份$/,
  'Ctrl+D': /派工|改派|指派/,
  'Ctrl+E': /导出/,
  'Ctrl+Enter':
    /^确认|^全部(?:导入|撤销)$|^导入其余的行$|登记|录入|继续|打开|开始|接单|到场|处理|修复|整改|回复|记下|催缴这一户/,
  'Ctrl+F': /^在列表中查找$/,
  'Ctrl+F1': /^规章$/,
  // The paper of the whole process, while its steps print their own with Ctrl+P.
  'Ctrl+F3': /^(?:停用|复用|拆除|过户|换表|加表|拆表|销户)单$/,
  'Ctrl+F5': /^合同$/,
  'Ctrl+F6': /^退补$/,
  'Ctrl+F7': /打印设置/,
  'Ctrl+F8': /估抄/,
  'Ctrl+F9': /停用(?:方案|项目)|重新启用/,
  'Ctrl+G': /全部合格|都答是|已按顺序告知|其余渠道次日到/,
  'Ctrl+Shift+Up': /^到第一行$/,
  'Ctrl+H': /回访|告知|电话催缴/,
  'Ctrl+I': /^选中$/,
  'Ctrl+J': /^立即办理$/,
  'Ctrl+M': /换|对比|按楼栋|按户|还有|日、周、月/,
  'Ctrl+N': /新|添加|加问题|计划|生成|抽取|起草|登记(?:上岗证|奖惩|培训)|安排|录入新版本/,
  'Ctrl+O': /选择文件|上传|添加照片|照片|位置/,
  'Ctrl+Q': /^查看号码$/,
  'Ctrl+P': /打印|补打|单$|书$|报告$|凭证$/,
  'Ctrl+R': /重新(?:统计|取数|检查)|继续/,
  'Ctrl+S': /^存为 PDF$/,
  'Ctrl+T': /送达|发出通知/,
  'Ctrl+U': /^立即上报$/,
  'Ctrl+Y': /批准/,
  'Ctrl+Shift+C': /图/,
  'Ctrl+Shift+D': /对比/,
  'Ctrl+Shift+E': /公示屏|预览/,
  'Ctrl+Shift+Enter': /安全检查/,
  // The first-day tour goes on beside whatever page it points at, so that it has steps of its own.
  'Ctrl+Shift+F1': /^(?:新手引导|开始引导)$/,
  'Ctrl+Shift+Left': /^上一步$/,
  'Ctrl+Shift+Right': /^(?:下一步|完成)$/,
  'Ctrl+Shift+Down': /^(?:结束|不用了)$/,
  'Ctrl+Shift+F': /转办|转交|转出|转介/,
  'Ctrl+Shift+I': /不能到场|家中无人/,
  'Ctrl+Shift+J': /停止收款/,
  'Ctrl+Shift+L': /另约|延迟|改期|顺延/,
  'Ctrl+Shift+F7': /^(?:只看|看全部)/,
  'Ctrl+Shift+N': /补充|计划外|登记考核|录入新版本/,
  'Ctrl+Shift+O': /上传新户主/,
  'Ctrl+Shift+P': /打印|通知|缴款单|凭证|卡$/,
  'Ctrl+Shift+R': /复查/,
  'Ctrl+Shift+S': /保存|记住/,
  'Ctrl+Shift+T': /退预存/,
  'Ctrl+Shift+V': /调查|核实|验证/,
  'Ctrl+Shift+F3': /误登/,
  'Ctrl+Shift+F12': /^看批准请求$/,
  'Ctrl+Shift+F5': /^收取费用$/,
  Escape: /关闭|取消|返回|放弃(?:修改|已录入)|退出/,
}

/** The words of a room's key, on a button of another page that leads there: 「去收费」 is F4 as everywhere. */
const rooms: Readonly<Record<string, RegExp>> = {
  F4: /收费/,
  F10: /受理|报警/,
  'Shift+F10': /投诉/,
  'Alt+A': /安检/,
  'Alt+C': /班/,
  'Alt+M': /抄表/,
  'Alt+P': /公示/,
  'Alt+W': /应急预案/,
  'Ctrl+Shift+A': /统计/,
  'Ctrl+Shift+B': /业务/,
  'Ctrl+Shift+H': /回访/,
  'Ctrl+Shift+K': /报装|开户|开一户/,
  'Ctrl+Shift+W': /演练/,
  'Ctrl+Shift+X': /宣传/,
  'Ctrl+Shift+Y': /分析/,
  'Ctrl+Shift+Z': /出账/,
}

/** Why a combo must not carry this label; null when it says what the key means everywhere. */
export function misnamed(combo: string, label: string): string | null {
  const known = globalKeys as Readonly<Partial<Record<Combo, string>>>
  if (combo !== 'Escape' && combo in known)
    return known[combo as Combo] === label ? null : `${combo} 是${known[combo as Combo]}`
  const meant = rooms[combo] ?? meanings[combo]
  if (meant?.test(label)) return null
  // The room's own entry is called by the title of its page.
  if (Object.values(roomKeys).includes(combo as Combo) && !meant) return null
  return meant ? `${combo} 的意思是 ${meant.source}，不是「${label}」` : `${combo}「${label}」不在一览表中`
}
