/** What the invented staff may do and has learned: certificates for every kind of work, two of them about to run out. */
import { keepCertificate, staffByNo, recordExam, recordMerit, recordTraining } from '../staff/service.ts'
import type { CertificateView } from '../staff/api.ts'
import type { Context } from '../platform/context.ts'
import { addDays, addMonths, shanghaiDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { fen } from '../platform/money.ts'

interface Held {
  readonly staffNo: string
  readonly kind: CertificateView['kind']
  readonly number: string
  /** From today. */
  readonly daysLeft: number
}

/** Everybody but the two who watch over the work has some of it to do; a repair can be given to either of two. */
const held: readonly Held[] = [
  { staffNo: '1001', kind: 'maintenance', number: 'YS-WX-0117', daysLeft: 640 },
  { staffNo: '1001', kind: 'emergency', number: 'YS-QX-0042', daysLeft: 26 },
  { staffNo: '1001', kind: 'inspection', number: 'YS-AJ-0230', daysLeft: 410 },
  { staffNo: '2001', kind: 'meter-reading', number: 'YS-CB-0311', daysLeft: 520 },
  { staffNo: '3001', kind: 'callback', number: 'YS-HF-0008', daysLeft: 730 },
  { staffNo: '4001', kind: 'callback', number: 'YS-HF-0015', daysLeft: 51 },
  { staffNo: '9001', kind: 'maintenance', number: 'YS-WX-0088', daysLeft: 300 },
  { staffNo: '9001', kind: 'emergency', number: 'YS-QX-0039', daysLeft: 480 },
  { staffNo: '9001', kind: 'inspection', number: 'YS-AJ-0199', daysLeft: 365 },
]
/** Most certificates are issued for three years. */
const termMonths = 36

/** Must run after the demo staff was created. */
export function seedStaffRecords(context: Context): void {
  const { clock } = context
  const today = shanghaiDate(clock.now())
  const idOf = (staffNo: string): string => {
    const member = staffByNo(context, staffNo)
    if (!member) throw new Error(`the demo hall has no ${staffNo}`)
    return member.id
  }
  const requestId = newId(clock)
  for (const { staffNo, kind, number, daysLeft } of held) {
    const validTo = addDays(today, daysLeft)
    const issuedOn = addMonths(validTo, -termMonths)
    // They came with the hall; what they did before is theirs, as the other of the two who may agree did.
    const approverId = idOf(staffNo === '3001' ? '9001' : '3001')
    keepCertificate(context, { staffId: idOf(staffNo), kind, number, issuedOn, validTo, approverId })
  }
  void recordTraining.within(
    {
      requestId,
      course: '入户安检与隐患告知',
      kind: 'safety',
      heldOn: addDays(today, -40),
      minutes: 180,
      trainer: '王讲师',
      materials: '入户服务规定、隐患告知书样例',
      people: [
        { staffId: idOf('1001'), result: 'passed' },
        { staffId: idOf('2001'), result: 'passed' },
        { staffId: idOf('9001'), result: 'absent' },
      ],
    },
    context,
  )
  void recordExam.within(
    {
      requestId,
      subject: '燃气安全与应急处置',
      kind: 'periodic',
      certificateKind: 'maintenance',
      heldOn: addDays(today, -38),
      outOf: 100,
      passMark: 80,
      note: '闭卷',
      results: [
        { staffId: idOf('1001'), score: 93 },
        { staffId: idOf('2001'), score: 74 },
        { staffId: idOf('4001'), score: 88 },
      ],
    },
    context,
  )
  void recordMerit.within(
    {
      requestId,
      staffId: idOf('1001'),
      kind: 'reward',
      reason: '冒雨抢修，客户来信表扬',
      decidedBy: '生产安全部',
      decidedOn: addDays(today, -6),
      amount: fen(20_000),
      evidence: '客户表扬信，生产安全部通报第 18 号',
    },
    context,
  )
}
