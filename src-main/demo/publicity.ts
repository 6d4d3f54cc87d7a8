/** What the demo hall has published, told people about safety, and drilled. */
import { examplePlans } from '../emergency/api.ts'
import { approvePlan, holdDrill, mendDefect, planDrill, savePlan } from '../emergency/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import type { CampaignKind } from '../publicity/api.ts'
import { exampleBoard, planCampaign, publish, recordCampaign, saveDraft } from '../publicity/service.ts'
import { staffByNo } from '../staff/service.ts'
import { as, done } from './acting.ts'

interface DemoCampaign {
  readonly kind: CampaignKind
  readonly title: string
  readonly place: string
  /** Days from today. */
  readonly day: number
  /** Persons reached; null while it has not been held. */
  readonly reached: number | null
}
const campaigns: readonly DemoCampaign[] = [
  { kind: 'into-school', title: '开学第一课：安全用气', place: '示范街小学', day: -80, reached: 420 },
  { kind: 'into-community', title: '阳光花园安全用气进社区', place: '阳光花园广场', day: -55, reached: 260 },
  { kind: 'pipeline', title: '管线沿线警示宣传', place: '滨河路施工沿线', day: -40, reached: 75 },
  { kind: 'home-visit', title: '老人家庭入户宣传', place: '向阳里', day: -25, reached: 48 },
  { kind: 'leaflet', title: '冬季用气安全彩页发放', place: '示范大街营业厅', day: -9, reached: 310 },
  { kind: 'into-village', title: '煤改气村庄安全宣传', place: '柳树村村委会', day: -4, reached: null },
  { kind: 'into-enterprise', title: '食堂用气安全进企业', place: '城东工业园', day: 6, reached: null },
  { kind: 'media', title: '广播安全用气专题', place: '市广播电台', day: 20, reached: null },
]

/** Board, campaigns, one approved plan and two drills. */
export function seedPublicity(context: Context): void {
  const manager = as(context, '3001')
  const requestId = () => newId(context.clock)
  const today = shanghaiDate(context.clock.now())
  const staffIds = [staffByNo(context, '1001'), staffByNo(context, '4001')].flatMap((one) => (one ? [one.id] : []))

  done(saveDraft, { requestId: requestId(), content: exampleBoard }, manager)
  done(publish, { requestId: requestId(), note: '演示：首次公示' }, manager)

  for (const { kind, title, place, day, reached } of campaigns) {
    const on = addDays(today, day)
    const plan = { kind, title, plannedOn: on, place, staffIds, targetReach: 200, content: '' }
    const { campaignId } = done(planCampaign, { requestId: requestId(), ...plan }, manager)
    if (reached === null) continue
    const summary = '讲解泄漏识别与避险，演示关阀和报警器试用，现场答疑。'
    const held = { doneOn: on, place, staffIds, reached, leaflets: Math.round(reached * 0.9), summary }
    done(recordCampaign, { requestId: requestId(), campaignId, ...held }, manager)
  }
  seedEmergency(context, manager, staffIds)
}

function seedEmergency(context: Context, manager: Context, staffIds: readonly string[]): void {
  const requestId = () => newId(context.clock)
  const today = shanghaiDate(context.clock.now())
  const shipped = examplePlans.leak
  if (!shipped) throw new Error('no plan is shipped for a leak')
  const content = { ...shipped, title: '燃气泄漏处置' }
  const { versionId } = done(savePlan, { requestId: requestId(), planId: null, kind: 'leak', content }, manager)
  done(approvePlan, { requestId: requestId(), versionId, note: '演示' }, as(context, '9001'))

  const place = '阳光花园 3 幢'
  const heldOn = addDays(today, -35)
  const first = done(
    planDrill,
    {
      requestId: requestId(),
      kind: 'leak',
      form: 'field',
      title: '户内泄漏应急演练',
      plannedOn: heldOn,
      place,
      scenario: '三楼住户软管脱落，楼道有燃气味，一名老人行动不便。',
    },
    manager,
  )
  const accountIds = statement<{ id: string }>(
    context.sqlite,
    'SELECT id FROM accounts ORDER BY account_no DESC LIMIT 2',
  )
    .all()
    .map(({ id }) => id)
  done(
    holdDrill,
    {
      requestId: requestId(),
      drillId: first.drillId,
      heldOn,
      place,
      staffIds: [...staffIds],
      accountIds,
      others: 12,
      result: 'fair',
      evaluation: '接报和出动及时；警戒范围偏小，疏散引导缺一人。',
      defects: [
        { what: '警戒带不足', responsible: '马丽娜', dueOn: addDays(heldOn, 15) },
        { what: '疏散引导员未指定', responsible: '陈建国', dueOn: addDays(today, 5) },
      ],
    },
    manager,
  )
  const [defect] = statement<{ id: string }>(context.sqlite, 'SELECT id FROM drill_defects ORDER BY due_on').all()
  const mended = { defectId: defect?.id ?? '', mendedOn: addDays(heldOn, 10), note: '已补充警戒带 4 盘' }
  done(mendDefect, { requestId: requestId(), ...mended }, manager)
  done(
    planDrill,
    {
      requestId: requestId(),
      kind: 'crowd',
      form: 'tabletop',
      title: '营业厅突发疾病处置推演',
      plannedOn: addDays(today, 9),
      place: '示范大街营业厅',
      scenario: '缴费高峰时一名客户晕倒，大厅拥挤。',
    },
    manager,
  )
}
