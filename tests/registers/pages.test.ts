import { expect, test } from 'vitest'
import { isRegister, registerKind } from '../../src-main/registers/api.ts'

test('an address that names no register is none, whatever JavaScript knows by that name', () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'nothing', '']) {
    expect(isRegister(name), name).toBe(false)
  }
  for (const kind of registerKind.values) expect(isRegister(kind)).toBe(true)
})
