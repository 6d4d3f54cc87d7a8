/** Every read of the house with inputs that its schema takes, for promises that hold of all of them. */
import { z } from 'zod'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import { isUseCase, type AnyUseCase } from '../../src-main/platform/use-case.ts'
import { rooms } from '../../src-main/rooms.ts'
import type { TestHall } from './hall.ts'
import { tablesOf } from './written.ts'

export type Definition = AnyUseCase['definition']
export const reads: Definition[] = rooms
  .flatMap((room) => Object.values(room))
  .filter(isUseCase)
  .map(({ definition }) => definition)
  .filter(({ kind }) => kind === 'read')
  .sort((a, b) => (a.name < b.name ? -1 : 1))

export interface Shape {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  minimum?: number
  minItems?: number
  default?: unknown
}
export const shapeOf = (definition: Definition): Shape =>
  z.toJSONSchema(definition.input, { io: 'input', unrepresentable: 'any' }) as Shape

/** Every choice of every field, one after the other; an id stands wherever an id is asked for, also where it may be left out. */
export function inputs(shape: Shape, id: string): unknown[] {
  if (shape.const !== undefined) return [shape.const]
  if (shape.enum) return shape.enum
  if (shape.anyOf) return shape.anyOf.flatMap((one) => inputs(one, id))
  if (shape.properties) {
    const of = Object.entries(shape.properties).map(([key, one]) => [key, inputs(one, id)] as const)
    const most = Math.max(1, ...of.map(([, values]) => values.length))
    const whole = Array.from({ length: most }, (_, i) =>
      Object.fromEntries(
        of.flatMap(([key, values]) => (values.length === 0 ? [] : [[key, values[i % values.length]]])),
      ),
    )
    // Where one of several ids is asked for, each of them alone.
    const optional = of.filter(([, values]) => values.includes(id) && values.includes(null)).map(([key]) => key)
    const alone = optional.map((key) => ({
      ...whole[0],
      ...Object.fromEntries(optional.map((other) => [other, other === key ? id : null])),
    }))
    return optional.length > 1 ? [...whole, ...alone] : whole
  }
  if (shape.default !== undefined) return [shape.default]
  if (shape.type === 'null') return [null]
  // The name of a source of callbacks.
  if (shape.pattern?.startsWith('^[a-z-]{')) return ['complaint', 'workorder', 'hazard', 'sample']
  if (shape.type === 'string') return [shape.format === 'uuid' ? id : shape.format === 'date' ? '2026-11-23' : '1']
  if (shape.type === 'integer' || shape.type === 'number') return [Math.max(shape.minimum ?? 1, 1)]
  if (shape.type === 'array') return [(shape.minItems ?? 0) > 0 ? inputs(shape.items ?? {}, id).slice(0, 1) : []]
  if (shape.type === 'boolean') return [true, false]
  return []
}

export const mayCall = ({ allow }: Definition): Role[] =>
  typeof allow === 'string' ? [...roles] : roles.filter((role) => allow.includes(role))
export const takesId = (definition: Definition): boolean => JSON.stringify(shapeOf(definition)).includes('uuid')

/** The ids of the last rows of each table. */
export function idsIn(hall: TestHall, ofEach: number): string[] {
  const { sqlite } = hall.hall.environment
  const found = tablesOf(hall)
    .filter(
      (table) => sqlite.prepare(`SELECT 1 FROM pragma_table_info('${table}') WHERE name = 'id'`).get() !== undefined,
    )
    .flatMap((table) => sqlite.prepare(`SELECT id FROM "${table}" ORDER BY id DESC LIMIT ${ofEach}`).pluck().all())
  return [...new Set(found.filter((id): id is string => z.uuid().safeParse(id).success))]
}
