/** The words of trainings, exams, rewards and penalties, used by tables and screens alike. */
import { words, type WordOf } from '../platform/dictionary.ts'

export const trainingKind = words({
  entry: '岗前培训',
  duty: '岗位练兵',
  safety: '安全培训',
  service: '服务规范',
  regulation: '制度法规',
  other: '其他',
})
export type TrainingKind = WordOf<typeof trainingKind>
export const { values: trainingKinds, names: trainingKindNames } = trainingKind

export const trainingResult = words({ passed: '合格', failed: '不合格', absent: '缺席' })
export type TrainingResult = WordOf<typeof trainingResult>
export const { values: trainingResults, names: trainingResultNames } = trainingResult

export const examKind = words({ periodic: '定期考核', entry: '上岗考核', retake: '补考' })
export type ExamKind = WordOf<typeof examKind>
export const { values: examKinds, names: examKindNames } = examKind

export const meritKind = words({ reward: '奖励', penalty: '处罚' })
export type MeritKind = WordOf<typeof meritKind>
export const { values: meritKinds, names: meritKindNames } = meritKind
