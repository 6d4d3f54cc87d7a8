/** 培训 and 考核 of the staff (clauses 11, 12). */
import { z } from 'zod'
import { call, DateOnly, Id, Instant, pageOf, PageRequest, remark, RequestId, shortText } from '../platform/contract.ts'
import { CertificateKindName } from './staff-api.ts'
import { examKinds, trainingKinds, trainingResults } from './words.ts'

const readers = ['hall-manager', 'administrator'] as const
/** People in one training or exam: a hall has tens. */
export const maxPeople = 100

const once = (people: readonly { readonly staffId: string }[]): boolean =>
  new Set(people.map(({ staffId }) => staffId)).size === people.length

/** 登记培训, after it was held. @throws StaffNotFound · HasLeft · InvalidInput for a day that has not come */
export const RecordTraining = call({
  name: 'staff.recordTraining',
  kind: 'change',
  allow: readers,
  input: z.strictObject({
    requestId: RequestId,
    course: shortText('课程', 60),
    kind: z.enum(trainingKinds, { error: '请选择类别' }),
    heldOn: DateOnly,
    /** 学时 in minutes. */
    minutes: z.int({ error: '请填写学时' }).min(15, '学时至少一刻钟').max(6_000, '学时不能超过 100 小时'),
    trainer: shortText('讲师', 40),
    materials: remark('教材', 200),
    people: z
      .array(z.strictObject({ staffId: Id, result: z.enum(trainingResults) }))
      .min(1, '请选择参加人员')
      .max(maxPeople)
      .refine(once, '人员重复'),
  }),
  output: z.object({ trainingId: Id }),
})

/** 作废培训记录: entered wrongly; it stays on record with the reason. @throws TrainingNotFound */
export const VoidTraining = call({
  name: 'staff.voidTraining',
  kind: 'change',
  allow: readers,
  input: z.strictObject({ requestId: RequestId, trainingId: Id, reason: shortText('作废原因', 100) }),
  output: z.object({}),
})

export const TrainingRow = z.object({
  id: Id,
  course: z.string(),
  kind: z.enum(trainingKinds),
  heldOn: DateOnly,
  minutes: z.int(),
  trainer: z.string(),
  materials: z.string(),
  recordedBy: z.string(),
  voidedFor: z.string().nullable(),
  people: z.array(z.object({ staffId: Id, name: z.string(), result: z.enum(trainingResults) })),
})
export type TrainingRow = z.output<typeof TrainingRow>

/** Trainings, the newest first. */
export const Trainings = call({
  name: 'staff.trainings',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(TrainingRow),
})

const Points = z.int({ error: '请填写分数，整数' }).min(0, '分数不能小于零').max(1_000, '分数不能超过 1000')
const examOn = {
  requestId: RequestId,
  heldOn: DateOnly,
  note: remark('备注', 200),
}

/** 登记考核: one subject on one day, with everybody's score. @throws OwnExam · StaffNotFound · HasLeft · InvalidInput */
export const RecordExam = call({
  name: 'staff.recordExam',
  kind: 'change',
  allow: readers,
  input: z
    .strictObject({
      ...examOn,
      subject: shortText('科目', 60),
      kind: z.enum(['periodic', 'entry'], { error: '请选择类别' }),
      /** The certificate it is an exam for; null where it is for none. */
      certificateKind: CertificateKindName.nullable().default(null),
      outOf: Points.min(1, '满分应大于零'),
      passMark: Points.min(1, '及格线应大于零'),
      results: z
        .array(z.strictObject({ staffId: Id, score: Points }))
        .min(1, '请填写至少一人的成绩')
        .max(maxPeople)
        .refine(once, '人员重复'),
    })
    .refine(({ outOf, passMark }) => passMark <= outOf, { error: '及格线不能高于满分', path: ['passMark'] })
    .refine(({ outOf, results }) => results.every(({ score }) => score <= outOf), {
      error: '成绩不能高于满分',
      path: ['results'],
    }),
  output: z.object({ passed: z.int(), failed: z.int() }),
})

/** 登记补考 of a failed exam: same subject, marks and person. @throws OwnExam · ExamNotFound · NothingToRetake · InvalidInput */
export const RecordRetake = call({
  name: 'staff.recordRetake',
  kind: 'change',
  allow: readers,
  input: z.strictObject({ ...examOn, examId: Id, score: Points }),
  output: z.object({ passed: z.boolean() }),
})

/** 作废考核记录: entered wrongly. @throws ExamNotFound · OwnExam · HasRetake · ExamProves */
export const VoidExam = call({
  name: 'staff.voidExam',
  kind: 'change',
  allow: readers,
  input: z.strictObject({ requestId: RequestId, examId: Id, reason: shortText('作废原因', 100) }),
  output: z.object({}),
})

export const ExamRow = z.object({
  id: Id,
  staffId: Id,
  name: z.string(),
  staffNo: z.string(),
  subject: z.string(),
  kind: z.enum(examKinds),
  heldOn: DateOnly,
  score: z.int(),
  outOf: z.int(),
  passMark: z.int(),
  passed: z.boolean(),
  /** Failed, and no retake stands yet. */
  toRetake: z.boolean(),
  note: z.string(),
  recordedAt: Instant,
  recordedBy: z.string(),
  voidedFor: z.string().nullable(),
})
export type ExamRow = z.output<typeof ExamRow>

/** Exams, the newest first. */
export const Exams = call({
  name: 'staff.exams',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(ExamRow),
})

export const ExamDueView = z.object({
  staffId: Id,
  staffNo: z.string(),
  name: z.string(),
  /** Last exam; null while there was none. */
  lastOn: DateOnly.nullable(),
  dueOn: DateOnly,
  /** Days left; negative once late. */
  daysLeft: z.int(),
  state: z.enum(['ok', 'soon', 'overdue', 'retake']),
})
export type ExamDueView = z.output<typeof ExamDueView>

/** 考核到期: everybody at work by the day they must be examined again (settings: staff.examsPerYear), who is late first. */
export const ExamsDue = call({
  name: 'staff.examsDue',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.array(ExamDueView),
})
