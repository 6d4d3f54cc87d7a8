import { afterEach, beforeEach, expect, test } from 'vitest'
import { servicePointById, setGasState } from '../../src-main/customers/service.ts'
import { holdsOn, liftHold, placeHold } from '../../src-main/supply/service.ts'
import { openOne } from '../customers/support.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

const pointOf = (id: string) => hall.transact((context) => servicePointById(context, id))
const hold = (servicePointId: string, cause: 'hazard' | 'arrears' | 'planned', subject: string) =>
  hall.transact((context) => placeHold(context, { servicePointId, cause, subject, note: '试验' }))

test('a hold cuts gas at once, and no way leads back to gas while one of several stands (clause 19(3))', () => {
  const { servicePointId } = openOne(hall, 1, { supplied: true })
  hold(servicePointId, 'arrears', 'dunning:1')
  expect(pointOf(servicePointId)).toMatchObject({ gasState: 'suspended', suspendedFor: 'arrears' })
  hold(servicePointId, 'hazard', 'hazard:1')
  hold(servicePointId, 'hazard', 'hazard:1')
  expect(pointOf(servicePointId)).toMatchObject({ gasState: 'suspended', suspendedFor: 'hazard' })
  expect(hall.transact((context) => holdsOn(context, servicePointId)).map(({ subject }) => subject)).toEqual([
    'dunning:1',
    'hazard:1',
  ])

  expect(hall.transact((context) => liftHold(context, 'hazard:1', '复查合格'))).toEqual([servicePointId])
  expect(pointOf(servicePointId)).toMatchObject({ gasState: 'suspended', suspendedFor: 'arrears' })
  const resume = () => hall.transact((context) => setGasState(context, servicePointId, 'supplied', null))
  expect(resume).toThrow(/gas is held off|without its record/)

  hall.transact((context) => liftHold(context, 'dunning:1', '已缴清'))
  expect(pointOf(servicePointId).gasState).toBe('suspended')
  // Even then only with a test and check on record: see resumption.test.ts.
  expect(resume).toThrow('resumption without its record')
})

test('the same reason may come back after it was lifted; what was lifted stays on record', () => {
  const { servicePointId } = openOne(hall, 1, { supplied: true })
  hold(servicePointId, 'hazard', 'hazard:1')
  hall.transact((context) => liftHold(context, 'hazard:1', '复查合格'))
  hold(servicePointId, 'hazard', 'hazard:1')
  const lifted = hall.transact(({ sqlite }) =>
    sqlite.prepare('SELECT count(*) FROM supply_holds WHERE lifted_at IS NOT NULL').pluck().get(),
  )
  expect(lifted).toBe(1)
  expect(() => hall.transact(({ sqlite }) => sqlite.exec('DELETE FROM supply_holds'))).toThrow('never go')
  expect(() =>
    hall.transact(({ sqlite }) => sqlite.exec('UPDATE supply_holds SET lifted_at = NULL, lifted_by = NULL')),
  ).toThrow('never changes')
})
