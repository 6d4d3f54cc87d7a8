import { expect, test } from 'vitest'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { DrillCounts, Drills, Plans } from '../../src-main/emergency/api.ts'
import { BoardNow, CampaignYear } from '../../src-main/publicity/api.ts'
import { openTestHall } from '../support/hall.ts'

test('the demo hall has something to show: a published board, campaigns, an approved plan, a drill with a defect', async () => {
  const hall = await openTestHall({ empty: true })
  try {
    await seedDemoHall(hall.hall, undefined, { customers: 5, months: 2, every: 2, seed: 1 })
    expect((await hall.call(BoardNow, {})).board).toMatchObject({ versionNo: 1, publishedBy: '陈建国', example: false })
    expect((await hall.call(CampaignYear, { year: 2026 })).total).toMatchObject({ planned: 8, done: 5, overdue: 1 })
    const [leak] = await hall.call(Plans, {})
    expect(leak).toMatchObject({ title: '燃气泄漏处置', no: 1, approvedBy: '孙文博', example: false })
    expect(await hall.call(DrillCounts, {})).toMatchObject({ heldThisYear: 1, drillsSoon: 1, defectsOpen: 1 })
    expect((await hall.call(Drills, { year: 2026 })).rows.map(({ customerCount }) => customerCount)).toEqual([0, 2])
  } finally {
    await hall.close()
  }
})
