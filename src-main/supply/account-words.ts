/** 户的业务: the words of what is done with an account after gas first flowed. Used on both floors. */
import { holderAbsence } from '../platform/approval-terms.ts'
import { words, type WordOf } from '../platform/dictionary.ts'

export const processKinds = [
  'deactivation',
  'reactivation',
  'dismantling',
  'transfer',
  'exchange',
  'closing',
  'addition',
  'detachment',
] as const
export type ProcessKind = (typeof processKinds)[number]
export const processKindNames: Record<ProcessKind, string> = {
  deactivation: '停用',
  reactivation: '复用',
  dismantling: '拆除',
  transfer: '过户',
  exchange: '换表',
  closing: '销户',
  addition: '加表',
  detachment: '拆表',
}

export const processStates = ['applied', 'read', 'removed', 'exchanged', 'added', 'done', 'cancelled'] as const
export type ProcessState = (typeof processStates)[number]
export const processStateNames: Record<ProcessState, string> = {
  applied: '已受理',
  read: '已抄止数',
  removed: '已拆表封堵',
  exchanged: '已换表待试验',
  added: '已加表待试验',
  done: '已办结',
  cancelled: '已取消',
}
/** States in which somebody still has something to do. */
export const openProcessStates = [
  'applied',
  'read',
  'removed',
  'exchanged',
  'added',
] as const satisfies readonly ProcessState[]

/** 过户: why the holder who leaves cannot come to the counter. */
export const { values: holderAbsences, names: holderAbsenceNames } = holderAbsence
export type HolderAbsence = WordOf<typeof holderAbsence>

/** 销户 where nobody can take the meter off: why. */
export const closingGround = words({ demolished: '房屋已拆、表具灭失', disputed: '有纠纷、不能入户' })
export const { values: closingGrounds, names: closingGroundNames } = closingGround
export type ClosingGround = WordOf<typeof closingGround>

export const processActions = [
  'report-absence',
  'approve-absence',
  'read',
  'choose-prepayment',
  'keep-debt',
  'see-place',
  'approve-closing',
  'name-holder',
  'draft-contracts',
  'test-tightness',
  'check-safety',
  'remove',
  'exchange',
  'add-meter',
  'detach',
  'finish',
  'cancel',
] as const
export type ProcessAction = (typeof processActions)[number]

/** What stands in `account_process_records`. */
export const processRecordKinds = [
  'applied',
  'taken-over',
  'final-reading',
  'prepayment',
  'absence',
  'absence-approved',
  'debt-kept',
  'place-seen',
  'closing-approved',
  'holder',
  'contracts',
  'tightness',
  'safety-check',
  'removal',
  'exchange',
  'addition',
  'finished',
  'cancelled',
] as const
export type ProcessRecordKind = (typeof processRecordKinds)[number]
export const processRecordNames: Record<ProcessRecordKind, string> = {
  applied: '受理',
  'taken-over': '接手',
  'final-reading': '抄止数',
  prepayment: '预存处理',
  absence: '原户主不到场',
  'absence-approved': '不到场批准',
  'debt-kept': '欠费保留批准',
  'place-seen': '现场核实',
  'closing-approved': '不拆除销户批准',
  holder: '登记新户主',
  contracts: '起草合同',
  tightness: '严密性试验',
  'safety-check': '安全检查',
  removal: '拆表封堵',
  exchange: '换表',
  addition: '加表',
  finished: '办结',
  cancelled: '取消',
}

export const prepaymentChoices = ['keep', 'refund', 'carry'] as const
/** What becomes of money held for the account. */
export type PrepaymentChoice = (typeof prepaymentChoices)[number]
export const prepaymentChoiceNames: Record<PrepaymentChoice, string> = {
  keep: '留在户上',
  refund: '退还',
  carry: '结转新户主',
}

/** Steps of a process page, where an obstacle is mended. */
export const processSteps = ['application', 'holder', 'reading', 'settlement', 'contracts', 'field', 'finish'] as const
export type ProcessStep = (typeof processSteps)[number]
export const processStepNames: Record<ProcessStep, string> = {
  application: '受理',
  holder: '新户主',
  reading: '抄止数',
  settlement: '结清',
  contracts: '合同',
  field: '现场',
  finish: '办结',
}
