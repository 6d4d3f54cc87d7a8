import { expect, test } from 'vitest'
import { Id } from '../../src-main/platform/contract.ts'
import { newId } from '../../src-main/platform/ids.ts'

test('keys made in one millisecond sort in the order they were made, and never repeat', () => {
  const clock = { now: () => 1_800_000_000_000 }
  const ids = Array.from({ length: 5_000 }, () => newId(clock))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(newId({ now: () => 1_800_000_000_001 }) > (ids.at(-1) as string)).toBe(true)
})

test('a choice nobody has made is asked for, and not called a wrong number', () => {
  const said = (input: string) => Id.safeParse(input).error?.issues[0]?.message
  expect([said(''), said('x')]).toEqual(['请选择', '编号格式不正确'])
})
