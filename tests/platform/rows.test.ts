import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { staff } from '../../src-main/staff/tables.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { insertRow, rowById, updateRow } from '../../src-main/platform/rows.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

test('a row is written, read and changed as drizzle reads it', () =>
  hall.transact(({ db, sqlite, clock }) => {
    const given = db.select().from(staff).limit(1).get() ?? expect.fail('nobody on the staff')
    const row = { ...given, id: newId(clock), staffNo: '7007', name: '周师傅' }
    insertRow(sqlite, staff, row)
    const read = () => db.select().from(staff).where(eq(staff.id, row.id)).get()
    expect(read()).toEqual(row)
    expect(rowById(sqlite, staff, row.id)).toEqual(row)
    updateRow(sqlite, staff, row.id, { name: '周工' })
    expect(read()).toEqual({ ...row, name: '周工' })
    expect(db.select().from(staff).where(eq(staff.id, given.id)).get()).toEqual(given)
    expect(rowById(sqlite, staff, 'nobody')).toBeUndefined()
  }))
