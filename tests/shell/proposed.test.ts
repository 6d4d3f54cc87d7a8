import { expect, test } from 'vitest'
import { proposing } from '../../src-renderer/composables/proposed.ts'

test('a field follows what it was proposed from until somebody writes it', () => {
  let name = ''
  const propose = proposing({ get: () => name, set: (value) => (name = value) })
  propose('张三')
  propose('李四')
  expect(name).toBe('李四')
  name = '王五（李四的女儿）'
  propose('赵六')
  expect(name).toBe('王五（李四的女儿）')
  name = ''
  propose('赵六')
  expect(name).toBe('赵六')
})

test('a form that is taken up again goes on following', () => {
  let name = '张三'
  proposing({ get: () => name, set: (value) => (name = value) }, '张三')('李四')
  expect(name).toBe('李四')
})
