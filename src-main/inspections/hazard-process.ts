/**
 * 隐患: the way from the finding to the closure, and who may walk it (clauses 19, 21). Pure.
 *
 * 待整改 → 待复查 → 待回访 → 待关闭 → 已关闭. What was mended without anybody saying so is re-inspected all the same. A
 * re-inspection that fails and a customer who says it is not mended open it again. What was written down about the wrong
 * household (误登作废) stays on record as that; gas that was cut for it comes back by its test and check alone.
 */
import { z } from 'zod'
import { DateOnly, Id, Instant, remark, shortText, signatureOf } from '../platform/contract.ts'
import type { WordOf } from '../platform/dictionary.ts'
import { byOthers, declareProcess, guard } from '../platform/process.ts'
import type { ActingFacts } from '../platform/two-persons.ts'
import { GradeName, planners, recorders } from './schemas.ts'
import { receipt } from './words.ts'

const states = {
  open: '待整改',
  mended: '待复查',
  passed: '待回访',
  'called-back': '待关闭',
  closed: '已关闭',
  withdrawn: '误登作废',
} as const

export interface HazardFacts extends ActingFacts {
  readonly state: keyof typeof states
  /** Whether delivery of the 整改通知书 is on record. */
  readonly delivered: boolean
  /** The inspector stays, support was called, or it asks for that (clause 19(4)), and nobody was released yet. */
  readonly staying: boolean
  /** Everybody who found, mended or re-inspected it. */
  readonly inspectors: ReadonlySet<string>
}

/** Whoever found, mended or re-inspected it never judges that (clauses 19, 21). */
const byNoInspector = byOthers(
  'OwnInspection',
  ({ inspectors }: HazardFacts) => inspectors,
  '检查或整改过这处隐患',
  '第十九条、第二十一条',
)
const noticeDelivered = guard(
  'NoticeNotDelivered',
  ({ delivered }: HazardFacts) => !delivered,
  '整改通知书还没有登记送达（第十九条）',
)
const released = guard('StillStaying', ({ staying }: HazardFacts) => staying, '现场监护还没有登记撤离时间（第十九条）')

export const unmended = ['open', 'mended'] as const
/** SQL over `hazards`, as the partial indexes have it: neither found good nor taken back as a mistake. */
export const stillOpen = (h: string): string => `${h}passed_on IS NULL AND ${h}state <> 'withdrawn'`
const notClosed = ['open', 'mended', 'passed', 'called-back'] as const

export const hazardProcess = declareProcess<HazardFacts>()({
  name: 'hazard',
  room: 'inspections',
  noun: '隐患',
  idField: 'hazardId',
  states,
  ends: ['closed', 'withdrawn'],
  otherSteps: { find: '发现' },
  actions: {
    /** Up cuts the supply at once; down below 较大 by two. @throws GradeRefused · ApprovalRefused */
    regrade: {
      label: '调整等级',
      audit: '调整隐患等级',
      from: unmended,
      to: 'same',
      roles: planners,
      key: 'F3',
      input: {
        grade: GradeName,
        /** Down from 较大 or above: the manager's agreement (clause 19(3)). */
        approvalId: Id.nullable().default(null),
      },
      note: { label: '调整原因', max: 200, required: true },
    },
    /** 误登: of another household, or none at all; by two, neither of whom needs to have been there. @throws ApprovalRefused */
    withdraw: {
      label: '误登作废',
      audit: '误登隐患作废',
      from: unmended,
      to: 'withdrawn',
      leads: false,
      roles: recorders,
      key: 'Ctrl+Shift+F3',
      input: {
        approvalId: Id,
        /** Where it belongs and was entered anew; '' where it is nobody's. */
        rightAccountNo: remark('应登记的户号', 20).default(''),
      },
      note: { label: '误登原因', max: 200, required: true },
    },
    /** The 整改通知书, for every hazard it lists (clause 19(3)). */
    deliver: {
      label: '登记送达',
      audit: '整改通知书送达',
      from: notClosed,
      to: 'same',
      leads: true,
      roles: recorders,
      key: 'Ctrl+T',
      input: {
        deliveredOn: DateOnly,
        deliveredBy: shortText('送达人', 20),
        receivedBy: signatureOf('签收人', 30),
        receipt: receipt.schema('请选择送达方式'),
      },
    },
    /** While it cannot be mended at once (clause 19(4)). */
    measure: {
      label: '临时措施',
      audit: '隐患临时措施',
      from: unmended,
      to: 'same',
      roles: recorders,
      key: 'Shift+F6',
      note: { label: '临时措施', max: 200, required: true },
    },
    /** Support was called, arrived, and the inspector was released once gas burned normally (clause 19(4)). */
    stay: {
      label: '现场监护',
      audit: '隐患现场监护',
      from: notClosed,
      to: 'same',
      roles: recorders,
      key: 'Shift+F7',
      input: {
        supportCalledAt: Instant,
        supportArrivedAt: Instant.nullable().default(null),
        releasedAt: Instant.nullable().default(null),
      },
      note: { label: '监护情况', max: 200 },
    },
    /** To the authority or the community (clause 19(3)). */
    report: {
      label: '上报登记',
      audit: '隐患上报',
      from: notClosed,
      to: 'same',
      roles: recorders,
      key: 'Shift+F3',
      input: { reportedTo: shortText('上报单位', 60) },
      note: { label: '上报情况', max: 200 },
    },
    /** Kept sealed among the customer's scans. @throws AttachmentRefused */
    photo: {
      label: '添加照片',
      audit: '添加隐患照片',
      call: 'attachPhoto',
      from: notClosed,
      to: 'same',
      roles: recorders,
      key: 'Ctrl+O',
      input: { sourcePath: z.string().min(1, '请选择照片').max(1000) },
    },
    /** As reported; it counts once re-inspected. @throws CertificateMissing */
    mend: {
      label: '整改完成',
      audit: '隐患整改完成',
      from: ['open'],
      to: 'mended',
      roles: recorders,
      key: 'Ctrl+Enter',
      input: {
        mendedOn: DateOnly,
        /** Who mended it for the company; of others the note tells. */
        workerId: z.uuid({ error: '请选择整改人' }).nullable().default(null),
      },
      note: { label: '整改情况', max: 300, required: true },
    },
    /** By a certified inspector: good, or open again with a new deadline. @throws CertificateMissing */
    reinspect: {
      label: '复查',
      audit: '隐患复查',
      from: unmended,
      to: 'passed',
      back: 'open',
      roles: recorders,
      key: 'Ctrl+Shift+R',
      input: {
        inspectorId: z.uuid({ error: '请选择安检员' }),
        inspectedOn: DateOnly,
        passed: z.boolean(),
        newDeadline: DateOnly.nullable().default(null),
      },
      note: { label: '复查情况', max: 300, required: true },
    },
    /** The call itself is the followups room's. */
    'call-back': {
      label: '回访',
      from: ['passed'],
      to: 'called-back',
      back: 'open',
      backLabel: '回访（不满意）',
      key: 'Ctrl+H',
      guards: [byNoInspector],
    },
    /** After re-inspection and callback, with the notice delivered. */
    close: {
      label: '关闭',
      audit: '关闭隐患',
      call: 'closeHazard',
      from: ['called-back'],
      to: 'closed',
      roles: planners,
      key: 'F12',
      note: { label: '备注', max: 300 },
      guards: [byNoInspector, noticeDelivered, released],
    },
  },
})

export type HazardState = WordOf<typeof hazardProcess.states>
export type HazardAction = WordOf<typeof hazardProcess.actions>
export const { values: hazardStates, names: hazardStateNames } = hazardProcess.states
export const { values: hazardActions, names: hazardActionNames } = hazardProcess.actions

/** `good`: re-inspected as good; `in-time`, `late`: by the first deadline or after it. */
export const hazardFilters = [
  'open',
  'overdue',
  'grave',
  'in-time',
  'late',
  'good',
  'all',
  ...hazardStates.slice(1),
] as const
export type HazardFilter = (typeof hazardFilters)[number]
