/**
 * The trade's words for work orders, used on both floors, and what a caller is told for each symptom. Their states and
 * actions stand in `process.ts`.
 */
import { words, type WordOf } from '../platform/dictionary.ts'

/** 类别. Complaints have a room of their own. */
export const orderKind = words({
  consultation: '咨询',
  repair: '报修',
  alarm: '报警',
  emergency: '抢修',
})
export type OrderKind = WordOf<typeof orderKind>
export const { values: orderKinds, names: orderKindNames } = orderKind

export const channel = words({
  phone: '来电',
  visit: '来访',
  inspection: '安检转来',
  other: '其他',
})
export type Channel = WordOf<typeof channel>
export const { values: channels, names: channelNames } = channel

export const symptom = words({
  leak: '漏气、有燃气味',
  explosion: '爆炸、着火',
  poisoning: '中毒、身体不适',
  'pipe-damage': '管道被挖断、撞坏',
  'no-gas': '没有气',
  'low-pressure': '火小、压力低',
  flame: '火焰发黄、脱火',
  meter: '表不走、表异常',
  valve: '阀门关不严、拧不动',
  hose: '软管老化、脱落',
  question: '询问业务',
  other: '其他',
})
export type Symptom = WordOf<typeof symptom>
export const { values: symptoms, names: symptomNames } = symptom

/** 暂停计时的原因: what the company cannot hurry (clause 18(3)). */
export const pauseReason = words({
  appointment: '客户约定时间',
  absent: '客户不在家',
  permit: '等停气、开挖等许可',
  others: '等其他单位处理',
  weather: '恶劣天气不能作业',
})
export type PauseReason = WordOf<typeof pauseReason>
export const { values: pauseReasons, names: pauseReasonNames } = pauseReason

/** 不在维修范围的原因 (clause 18(3)). */
export const referReason = words({
  appliance: '用户自有燃具、器具',
  owner: '设施产权不属公司',
  'no-gas-work': '不是燃气设施问题',
  area: '不在公司供气区域',
})
export type ReferReason = WordOf<typeof referReason>
export const { values: referReasons, names: referReasonNames } = referReason

/** 现场是否停气, said when the order is handled (clause 17(2)). */
export const siteGas = words({ on: '未停气', off: '已停气' })
export type SiteGas = WordOf<typeof siteGas>

/** 重大险情: leaders are told at once (clauses 5(6), 6(4)). A cut pipe leaks. */
export const majorSymptoms: readonly Symptom[] = ['leak', 'explosion', 'poisoning', 'pipe-damage']

/**
 * 安全须知: what the clerk says, in this order, before anything else is asked.
 * Nothing that could spark is touched inside; the phone is used outside only.
 */
export const adviceFor: Readonly<Record<Symptom, readonly string[]>> = {
  leak: [
    '不要开关任何电器和电灯，不要在室内打电话',
    '不要用火，熄灭一切明火',
    '关闭表前阀和灶前阀',
    '打开门窗通风',
    '所有人离开到户外，在户外再打电话，并在楼下等维修员',
    '提醒邻居不要按门铃、不要坐电梯',
  ],
  explosion: [
    '所有人立即撤离到安全的地方',
    '有火情或有人受伤，立即拨打 119、120',
    '能安全做到时关闭楼前或表前阀门，不能就不要返回',
    '不要返回室内，阻止别人靠近',
    '在安全处等抢修人员，保持电话畅通',
  ],
  poisoning: [
    '立即打开门窗，把人抬到空气新鲜的地方',
    '关闭热水器、灶具和表前阀',
    '拨打 120；昏迷的人侧卧，保持呼吸通畅',
    '不要开关电器，不要用火',
    '在户外等救护和维修人员',
  ],
  'pipe-damage': [
    '立即停止施工，机械熄火，不要启动车辆',
    '所有人撤到上风处，周围不要用火、不要打电话',
    '拦住行人和车辆',
    '不要自行堵漏、不要填埋',
    '在安全处等抢修人员带路',
  ],
  'no-gas': ['先看表前阀是否开着、预存是否用完', '关闭所有灶前阀，来气前不要反复点火'],
  'low-pressure': ['不要自行调节阀门和调压器', '火焰不稳时先停用，防止熄火漏气'],
  flame: ['停用这台燃具，打开窗户通风', '感到头晕立即离开到户外，并再次来电'],
  meter: ['不要拆动表具和铅封', '有燃气味时立即关闭表前阀，离开到户外再来电'],
  valve: ['不要强拧阀门', '停用燃具，有燃气味时离开到户外再来电'],
  hose: ['关闭灶前阀，停用燃具', '软管由维修员检查更换前不要点火'],
  question: [],
  other: ['有燃气味时立即关闭表前阀，开窗，离开到户外再来电'],
}
