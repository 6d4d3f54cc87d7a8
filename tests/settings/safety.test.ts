/** Settings the regulation has something to say on: the text is their floor, and in a hall at work two persons change them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { catalog, type SettingKey } from '../../src-main/platform/settings-catalog.ts'
import { Change, List } from '../../src-main/settings/api.ts'
import { household, openInspectionHall, type InspectionHall } from '../inspections/support.ts'
import { approvalOf, changeSetting } from '../support/approval.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

describe('in a hall that is being set up', () => {
  let hall: TestHall
  beforeEach(async () => void (hall = await openTestHall()))
  afterEach(() => hall.close())
  const change = (key: SettingKey, value: string | number) => hall.call(Change, { key, value }, 'administrator')

  test.each([
    ['supply.noticeHours', 23, 24],
    ['supply.resumeHours', 25, 24],
    ['supply.quietFrom', '22:30', '21:30'],
    ['supply.quietFrom', '01:00', '22:00'],
    ['supply.quietTo', '05:30', '06:30'],
    ['supply.quietTo', '23:00', '06:00'],
    ['installations.tightnessPa', 4_999, 5_000],
    ['installations.tightnessMinutesResident', 14, 15],
    ['installations.tightnessMinutesOther', 29, 30],
    ['installations.testDays', 8, 7],
    ['followups.ratioRepair', 99, 100],
    ['followups.ratioAlarm', 99, 100],
    ['followups.ratioComplaint', 99, 100],
    ['followups.ratioHazard', 99, 100],
    ['workorders.handleHours', 7, 6],
    ['workorders.repairHours', 25, 24],
    ['complaints.replyHours', 49, 48],
    ['inspections.residentPerYear', 1, 2],
    ['inspections.nonResidentPerQuarter', 0, 1],
    ['appraisal.hallPerYear', 3, 4],
    ['appraisal.dispatchPerYear', 1, 2],
    ['company.emergencyPhone', '000', '0999-8880119'],
    ['company.emergencyPhone', '00000', '956100'],
    ['workorders.leaders', '不知道', '张主任 0999-8880001；值班领导 0999-8880002'],
    ['workorders.leaders', '张主任 0999-8880001；值班领导', '张主任 09998880001'],
    ['workorders.leadersOfLeak', '值班领导', '值班领导 0999-8880001'],
  ] as const)('%s: %j is looser than the text and refused, %j holds', async (key, loose, good) => {
    const before = hall.hall.environment.settings.get(key)
    await expect(change(key, loose)).rejects.toMatchObject({ failure: { code: 'InvalidInput', field: 'value' } })
    expect(hall.hall.environment.settings.get(key)).toBe(before)
    await change(key, good)
    await hall.restart()
    expect(hall.hall.environment.settings.get(key)).toBe(good)
  })

  test('a tightness test always has a pressure that can be seen to fall', async () => {
    await expect(change('installations.tightnessDropPa', 5_000)).rejects.toMatchObject({
      failure: { message: '严密性试验允许压降（示例）：允许压降应小于试验压力' },
    })
    await change('installations.tightnessPa', 6_000)
    await change('installations.tightnessDropPa', 5_500)
    await expect(change('installations.tightnessPa', 5_500)).rejects.toMatchObject({ failure: { field: 'value' } })
  })

  test('every default holds against its own schema, and one person sets it', async () => {
    for (const key of Object.keys(catalog) as SettingKey[])
      expect(catalog[key].schema.safeParse(catalog[key].default).success, key).toBe(true)
    expect((await hall.call(List, {}, 'administrator')).filter((one) => one.needsSecondPerson)).toEqual([])
  })
})

describe('in a hall with gas on', () => {
  let set: InspectionHall
  beforeEach(async () => {
    set = await openInspectionHall()
    household(set.hall, 1)
  })
  afterEach(() => set.hall.close())
  const key = 'supply.noticeHours'
  const terms = (hours: number) => ({ key, setting: catalog[key].label, value: `${hours} 小时` })
  const approved = (hours: number) =>
    approvalOf(set.hall, { purpose: 'safety-setting', terms: terms(hours) }, 'administrator')
  const change = (value: number, approvalId: string | null) =>
    set.hall.call(Change, { key, value, approvalId }, 'administrator')
  const now = () => set.hall.hall.environment.settings.get(key)

  test('two persons change a setting of safety: the second agrees to this value, once', async () => {
    await expect(change(72, null)).rejects.toMatchObject({ failure: { code: 'SecondPersonNeeded' } })
    const approvalId = await approved(72)
    await expect(change(24, approvalId)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    expect(now()).toBe(48)
    await change(72, approvalId)
    expect(now()).toBe(72)
    await expect(change(72, approvalId)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
  })

  test('who agreed stands in the audit log beside the value before and after', async () => {
    await change(96, await approved(96))
    const detail = set.hall.hall.environment.sqlite
      .prepare(`SELECT detail FROM audit_log WHERE call = 'settings.change' ORDER BY seq DESC LIMIT 1`)
      .pluck()
      .get()
    expect(JSON.parse(String(detail))).toMatchObject({ before: 48, after: 96, approver: '李主任' })
  })

  test('other settings stay one person’s work', async () => {
    await set.hall.call(Change, { key: 'billing.dueDays', value: 20 }, 'hall-manager')
    await changeSetting(set.hall, 'workorders.handleHours', 4)
    expect(set.hall.hall.environment.settings.get('workorders.handleHours')).toBe(4)
  })
})
