/** The words of trainings, exams, rewards and penalties, used by tables and screens alike. */
export const trainingKinds = ['entry', 'duty', 'safety', 'service', 'regulation', 'other'] as const
export type TrainingKind = (typeof trainingKinds)[number]
export const trainingKindNames: Record<TrainingKind, string> = {
  entry: '岗前培训',
  duty: '岗位练兵',
  safety: '安全培训',
  service: '服务规范',
  regulation: '制度法规',
  other: '其他',
}

export const trainingResults = ['passed', 'failed', 'absent'] as const
export type TrainingResult = (typeof trainingResults)[number]
export const trainingResultNames: Record<TrainingResult, string> = { passed: '合格', failed: '不合格', absent: '缺席' }

export const examKinds = ['periodic', 'entry', 'retake'] as const
export type ExamKind = (typeof examKinds)[number]
export const examKindNames: Record<ExamKind, string> = { periodic: '定期考核', entry: '上岗考核', retake: '补考' }

export const meritKinds = ['reward', 'penalty'] as const
export type MeritKind = (typeof meritKinds)[number]
export const meritKindNames: Record<MeritKind, string> = { reward: '奖励', penalty: '处罚' }
