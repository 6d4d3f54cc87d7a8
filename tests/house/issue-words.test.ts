/**
 * What a form or a forged call is told of a value that does not fit: whatever call, whichever field, whatever was wrong, plain
 * Chinese without a word of the program. Held over every schema of the house, each value of a good input made wrong in turn.
 */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { remark, shortText } from '../../src-main/platform/contract.ts'
import { Dice, generate, type Known } from '../support/fuzz/generate.ts'
import { definitions } from '../support/fuzz/judge.ts'

const dice = new Dice(20_261_130)
const known: Known = {
  dice,
  named: () => [],
  anyId: () => dice.uuid(),
  now: () => Date.parse('2026-11-23T09:00:00+08:00'),
}

/** Names of types, patterns and codes: words of the program. What a person is to type may hold letters (https, PDF). */
const programs =
  /\b(?:string|number|int|bigint|boolean|undefined|null|nan|object|array|record|map|set|date|datetime|uuid|enum|regex|symbol|instanceof|key|value|expected|received|invalid|too|input|option)\b|[<>]=|\/\^/i

/** One of each that a broken or forged window may send; `undefined` stands for a field that is missing. */
const wrong: readonly unknown[] = [
  ...[undefined, null, '', 0, -1, 1.5, Number.NaN, 1e300, 'no-id', 'x'.repeat(60_000), '9999-99-99', '\u0000'],
  ...[[], {}, [null], { unheard: 1 }, Array.from({ length: 3_000 }, () => 'x'), true, new Date(0), 10n],
]

type Step = string | number
/** Every place in a value, the value itself first. */
function placesIn(value: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [path]
  const keys: readonly Step[] = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  return [path, ...keys.flatMap((key) => placesIn((value as Record<Step, unknown>)[key], [...path, key]))]
}
/** The places that hold fields, where one may stand that nobody knows. */
const isForm = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
const valueAt = (value: unknown, path: readonly Step[]): unknown =>
  path.reduce((part, step) => (part as Record<Step, unknown>)[step], value)
function changed(value: unknown, [step, ...rest]: readonly Step[], to: unknown): unknown {
  if (step === undefined) return to
  if (Array.isArray(value)) return value.map((one: unknown, i) => (i === step ? changed(one, rest, to) : one))
  const { [step]: one, ...others } = value as Record<Step, unknown>
  return rest.length === 0 && to === undefined ? others : { ...others, [step]: changed(one, rest, to) }
}

describe('what does not fit is said in plain Chinese', () => {
  test('whatever call, field and fault', { timeout: 120_000 }, () => {
    const said = new Map<string, string>()
    const kinds = new Set<string>()
    let made = 0
    for (const { name, input } of definitions) {
      // Several, so that each branch of a choice is met.
      const goods = Array.from({ length: 4 }, () => generate(input, known, { call: name, path: [] }))
      for (const good of goods)
        for (const place of placesIn(good))
          for (const spoilt of [
            ...wrong.map((to) => changed(good, place, to)),
            ...(isForm(valueAt(good, place)) ? [changed(good, [...place, 'unheardOf'], 1)] : []),
          ]) {
            made += 1
            for (const { code, message, path } of z.safeParse(input, spoilt).error?.issues ?? []) {
              kinds.add(code)
              if (!/\p{Script=Han}/u.test(message) || programs.test(message))
                said.set(message, `${name} ${path.join('.')}`)
            }
          }
    }
    expect(Object.fromEntries(said)).toEqual({})
    expect(made).toBeGreaterThan(20_000)
    expect([...kinds].toSorted()).toEqual(
      expect.arrayContaining([
        'invalid_format',
        'invalid_type',
        'invalid_value',
        'too_big',
        'too_small',
        'unrecognized_keys',
      ]),
    )
  })

  test('with the label of the field, where the schema or its name says one', () => {
    const form = z.strictObject({
      title: shortText('标题', 4),
      note: remark('备注', 4),
      means: z.enum(['cash', 'pos']),
      category: z.enum(['resident', 'industrial']),
      volume: z.int().min(1).max(9),
      digits: z.int().min(1).max(9),
      unnamed: z.array(z.string()).min(1).max(2),
    })
    const messages = (input: unknown) => z.safeParse(form, input).error?.issues.map(({ message }) => message) ?? []
    expect(messages({})).toEqual(
      ['请填写标题', '请填写备注', '请选择', '请选择客户类别', '请填写气量', '请填写表具位数', '请填写'], // prettier-ignore
    )
    expect(
      messages({
        ...{
          title: 'abcde',
          note: 'abcde',
          means: 'gold',
          category: 'palace',
          volume: 1.5,
          digits: '5',
          unnamed: [],
          x: 1,
        },
      }),
    ).toEqual(
      ['标题不能超过 4 个字', '备注不能超过 4 个字', '此项不在可选范围内，请重新选择', '客户类别不在可选范围内，请重新选择', '气量应为整数', '表具位数应为数字', '此项至少要有一项', '含有不认识的内容，请重新打开本页再试'], // prettier-ignore
    )
    expect(messages({ ...{ title: 'a', note: 3, means: 'cash', category: 'resident' }, volume: 0, digits: 10, unnamed: ['a', 'b', 'c'] })) // prettier-ignore
      .toEqual(['备注应为文字', '气量不能小于 1', '表具位数不能大于 9', '此项不能超过 2 项'])
  })
})
