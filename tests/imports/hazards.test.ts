/** 停气（隐患） of an old system stays off here until an inspector finds the installation in order (clause 19(3)). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UndoObstacles } from '../../src-main/imports/api.ts'
import { holdsOn } from '../../src-main/supply/service.ts'
import { refusal } from '../customers/support.ts'
import {
  employ,
  gasOf,
  generate,
  openInspectionHall,
  record,
  resumeGas,
  taskOf,
  type InspectionHall,
} from '../inspections/support.ts'
import { inventedNationalId } from '../support/invented.ts'
import { resume } from '../supply/support.ts'
import { openFolder, type Folder } from './files.ts'
import { importFile, plansIn, undoApproved } from './steps.ts'

let set: InspectionHall
let folder: Folder
beforeEach(async () => {
  set = await openInspectionHall()
  folder = openFolder()
})
afterEach(async () => {
  folder.remove()
  await set.hall.close()
})

async function bring() {
  const rows = [
    ['户号', '姓名', '身份证号', '电话', '小区', '楼栋', '单元', '房号', '供气状态', '停气原因'],
    ['K-001', '王某甲', inventedNationalId(1), '13900000001', '幸福里', '1', '2', '301', '停气', '隐患'],
  ]
  const { importId } = await importFile(set.hall, folder.text('客户.csv', rows), {
    kind: 'customers',
    plans: { resident: plansIn(set.hall).get('example-city-345') ?? '' },
  })
  const [point] = set.hall.transact(({ sqlite }) =>
    sqlite
      .prepare<[], { servicePointId: string; accountId: string }>(
        'SELECT service_point_id AS servicePointId, id AS accountId FROM accounts',
      )
      .all(),
  )
  if (!point) throw new Error('nothing was imported')
  return { importId, ...point }
}
const held = (servicePointId: string) => set.hall.transact((context) => holdsOn(context, servicePointId))
const undo = (importId: string) => undoApproved(set.hall, importId)

test('gas stays off with test and check in hand, until the visit of a certified inspector finds it in order', async () => {
  const { servicePointId, accountId } = await bring()
  expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
  const tester = await employ(set.hall, {
    staffNo: '5009',
    name: '周检修',
    roles: ['clerk'],
    certificates: ['maintenance'],
  })
  const refused = await refusal(resume(set.hall, servicePointId, tester))
  expect(refused.code).toBe('GateNotPassed')
  expect(refused.message).toContain('安检合格后方可恢复')

  await generate(set.hall)
  await record(set.hall, taskOf(set.hall, accountId).id, set.wang)
  expect(held(servicePointId)).toEqual([])
  expect(gasOf(set.hall, servicePointId)?.state).toBe('suspended')
  await resumeGas(set.hall, servicePointId)
  expect(gasOf(set.hall, servicePointId)?.state).toBe('supplied')
})

test('what nobody has answered yet goes with the import that brought it; nothing else takes it away', async () => {
  const { importId, servicePointId } = await bring()
  expect(() => set.hall.transact(({ sqlite }) => sqlite.exec('DELETE FROM supply_holds'))).toThrow('never go')
  expect(await set.hall.call(UndoObstacles, { importId }, 'administrator')).toEqual({ obstacles: [], more: false })
  expect(await undo(importId)).toMatchObject({ state: 'undone' })
  expect(held(servicePointId)).toEqual([])
})
