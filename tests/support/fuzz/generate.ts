/**
 * Inputs made from the schemas of the calls. A field is filled with what the hall knows under its name (ids and numbers of
 * the tables, values answered before), else with something its schema takes; what comes out is mostly taken, never always.
 */
import { z } from 'zod'
import { Random } from '../../../src-main/demo/random.ts'

export class Dice extends Random {
  any<T>(values: readonly T[]): T | undefined {
    return values.length === 0 ? undefined : values[this.between(0, values.length - 1)]
  }
  uuid(): string {
    const hex = (n: number) => Array.from({ length: n }, () => this.between(0, 15).toString(16)).join('')
    return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
  }
}

/** What the generator asks of the hall it makes inputs for. */
export interface Known {
  readonly dice: Dice
  /** Values known under the name of a field, for the room of the call. */
  named(field: string, room: string): readonly unknown[]
  /** Any id of any table: another person's, another room's. */
  anyId(): string
  /** Epoch ms. */
  now(): number
}

interface Place {
  readonly call: string
  readonly path: readonly string[]
}
const roomOf = ({ call }: Place): string => call.slice(0, call.indexOf('.'))
/** The name a value is known by: of an array of `billIds` or `rows[].billId` the last that is a name. */
const fieldOf = ({ path }: Place): string => (path.at(-1) ?? '').replace(/Ids$/, 'Id')
const at = (place: Place, key: string): Place => ({ ...place, path: [...place.path, key] })

type Def = z.core.$ZodTypeDef & Record<string, unknown>
const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as never

const dayMs = 86_400_000
const dateOf = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10)

const texts = [
  '客户要求',
  '已按规程办理',
  '现场看过',
  '王师傅',
  '和平小区',
  '3',
  '2',
  '示例路 8 号',
  'A-1',
  'G2.5',
  '核对',
  '正常',
]
/** Something for every pattern of the house: codes, numbers of papers, phones, places. */
const shaped = ['', '1', '01', '001', '12345678', 'A-100', '2026-11', '2026-11-23', '09:30', '23:00',
  '01-01', 'complaint', 'workorder', 'sample', 'hazard', 'https://example.invalid/hall', 'ABCDEFGHJKLMNPQ12', '6222 0000 0000 0001',
  'Kanban-Qiu-73', 'xlsx', 'paper', 'x'] // prettier-ignore
const amounts = [0, 1, 50, 100, 1_000, 5_000, 7_245, 10_000, 20_000, 100_000, 1_000_000, -100, -5_000]

const takes = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(schema, value).success

/** The first of some draws that the schema takes. */
function drawn(schema: z.core.$ZodType, draw: () => unknown, tries: number): { value: unknown } | null {
  for (let i = 0; i < tries; i += 1) {
    const value = draw()
    if (value !== undefined && takes(schema, value)) return { value }
  }
  return null
}

/** Those of the usual values that a leaf takes: asked once for each schema. */
const fitting = new WeakMap<z.core.$ZodType, unknown[]>()
function fits(schema: z.core.$ZodType): unknown[] {
  let found = fitting.get(schema)
  if (!found) {
    const bytes = new Uint8Array(Buffer.from('交易时间,交易金额,流水号\n2026-11-23 10:00:00,93.00,4200001\n'))
    const all: unknown[] = [...texts, ...shaped, ...amounts, true, bytes, {}]
    fitting.set(schema, (found = all.filter((value) => takes(schema, value))))
  }
  return found
}

export function generate(schema: z.core.$ZodType, known: Known, place: Place): unknown {
  const { dice } = known
  const def = defOf(schema)
  const inner = (key = 'innerType') => generate(def[key] as z.core.$ZodType, known, place)
  switch (def.type) {
    case 'object':
      return object(def['shape'] as Record<string, z.core.$ZodType>, known, place)
    case 'optional':
      return dice.chance(35) ? undefined : inner()
    case 'default':
    case 'prefault':
      return dice.chance(45) ? undefined : inner()
    case 'nullable':
      return dice.chance(30) ? null : inner()
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return inner()
    case 'pipe':
      return inner('in')
    case 'lazy':
      return generate((def['getter'] as () => z.core.$ZodType)(), known, place)
    case 'union':
      return generate(dice.any(def['options'] as z.core.$ZodType[]) as z.core.$ZodType, known, place)
    case 'literal':
      return dice.any(def['values'] as unknown[])
    case 'enum':
      return dice.any(Object.values(def['entries'] as Record<string, unknown>))
    case 'boolean':
      return dice.chance(60)
    case 'null':
      return null
    case 'array':
      return array(schema, def['element'] as z.core.$ZodType, known, place)
    case 'record':
      return Object.fromEntries(
        Array.from({ length: dice.between(1, 3) }, (_, i) => [
          generate(def['keyType'] as z.core.$ZodType, known, at(place, 'key')) ?? String(i),
          generate(def['valueType'] as z.core.$ZodType, known, at(place, 'value')),
        ]),
      )
    case 'unknown':
    case 'any':
      return dice.any([null, 1, '值', { a: [1, 2] }])
    default:
      return leaf(schema, known, place)
  }
}

function object(shape: Record<string, z.core.$ZodType>, known: Known, place: Place): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(shape)) {
    const value = generate(one, known, at(place, key))
    if (value !== undefined) made[key] = value
  }
  return made
}

function array(schema: z.core.$ZodType, element: z.core.$ZodType, known: Known, place: Place): unknown[] {
  const { minimum = 0, maximum = 3 } = schema._zod.bag as { minimum?: number; maximum?: number }
  const def = defOf(element)
  // Of a choice each at most once: what is ticked.
  const most = def.type === 'enum' ? Object.keys(def['entries'] as object).length : minimum + 2
  const length = Math.min(
    known.dice.between(Math.max(minimum, known.dice.chance(80) ? 1 : 0), Math.max(most, 1)),
    maximum,
  )
  const made = Array.from({ length }, () => generate(element, known, place))
  return [...new Map(made.map((value) => [JSON.stringify(value), value])).values()]
}

function leaf(schema: z.core.$ZodType, known: Known, place: Place): unknown {
  const { dice } = known
  const { format } = defOf(schema) as { format?: string }
  const field = fieldOf(place)
  const named = known.named(field, roomOf(place))
  if (format === 'uuid') {
    if (field === 'requestId' || field === 'runId') return dice.uuid()
    // An approval counts once: one that is there is used up already.
    if (field === 'approvalId' && dice.chance(85)) return dice.uuid()
    return dice.chance(4) ? known.anyId() : (dice.any(named) ?? (dice.chance(80) ? known.anyId() : dice.uuid()))
  }
  // What stands in the hall under this name, mostly; else something of the right form.
  const harvested = dice.chance(65) ? drawn(schema, () => dice.any(named), 3) : null
  if (harvested) return harvested.value
  if (format === 'date') {
    const days = dice.any([0, 0, 0, 0, -1, -1, 1, 2, 8, 31, -7, -30, -200, 60, 400]) ?? 0
    return dateOf(known.now() + days * dayMs)
  }
  const number = drawn(schema, () => numberFor(schema, field, known), 4)
  if (number) return number.value
  const fitted = fits(schema)
  const strings = fitted.filter((value) => texts.includes(value as string))
  return dice.any(strings.length > 0 && dice.chance(80) ? strings : fitted)
}

function numberFor(schema: z.core.$ZodType, field: string, known: Known): number | undefined {
  const { dice } = known
  const { type } = defOf(schema)
  if (type !== 'number' && type !== 'int' && type !== 'custom') return undefined
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema._zod.bag as { minimum?: number; maximum?: number }
  if (field === 'year') return 2026 - dice.between(0, 1)
  if (/(?:At|at|By|On|From|To|from|to|since|until)$/.test(field) && maximum > 1e12 && type !== 'custom')
    return known.now() + (dice.any([0, -1, -2, -24, 1, 25, 49, 50, 73]) ?? 0) * 3_600_000
  if (type === 'custom') return dice.chance(50) ? dice.any(amounts) : dice.between(1, 60) * 1_000
  const from = Math.max(Number(minimum), -10)
  return dice.chance(30)
    ? from
    : dice.between(from, Math.min(Number(maximum), from + (dice.any([3, 12, 100, 5_000]) ?? 3)))
}

/** A good input made wrong: what a broken or hostile window would send. */
export function spoil(input: unknown, known: Known): unknown {
  const { dice } = known
  const wrong: readonly unknown[] = [null, '', 0, -1, 1.5, Number.MAX_SAFE_INTEGER, 'x'.repeat(50_000), '\u0000', '😀'.repeat(300), [], {},
    true, "' OR 1=1 --", '<img src=x onerror=alert(1)>', '../../etc/passwd', ['a'], { toString: 'x' }, known.anyId(), '9999-99-99', Number.NaN] // prettier-ignore
  if (typeof input !== 'object' || input === null || dice.chance(5)) return dice.any(wrong)
  const keys = Object.keys(input)
  const key = dice.any(keys)
  if (key === undefined || dice.chance(10))
    return { ...input, [dice.any(['__proto__x', 'constructor', 'id', 'extra']) ?? '']: 1 }
  if (dice.chance(12)) return Object.fromEntries(Object.entries(input).filter(([one]) => one !== key))
  const value = (input as Record<string, unknown>)[key]
  const deeper = typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && dice.chance(60)
  const changed = deeper ? spoil(value, known) : dice.any(wrong)
  if (Array.isArray(input)) return input.map((one: unknown, i) => (String(i) === key ? changed : one))
  return { ...input, [key]: changed }
}
