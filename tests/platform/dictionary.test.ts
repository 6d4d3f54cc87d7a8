import { describe, expect, test } from 'vitest'
import { sqlWords, words } from '../../src-main/platform/dictionary.ts'

const fruit = words({ apple: '苹果', pear: '梨' })

describe('a dictionary', () => {
  test('says values, names, choices and schema from one list, in its order', () => {
    expect(fruit.values).toEqual(['apple', 'pear'])
    expect(fruit.names.pear).toBe('梨')
    expect(fruit.options).toEqual([
      { value: 'apple', label: '苹果' },
      { value: 'pear', label: '梨' },
    ])
    expect(fruit.schema().parse('pear')).toBe('pear')
    expect(fruit.schema('请选择水果').safeParse('').error?.issues[0]?.message).toBe('请选择水果')
  })

  test('gives SQL only words that need no quoting', () => {
    expect(sqlWords(fruit.values)).toBe("('apple', 'pear')")
    expect(() => sqlWords(["o'clock"])).toThrow()
    expect(() => sqlWords([])).toThrow()
  })
})
