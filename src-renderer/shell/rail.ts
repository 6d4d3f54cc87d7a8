/** The rail by kinds of work: one group stands open, the others are a word and a key each, so that nothing is cut off. */
import { ref } from 'vue'
import type { Role } from '../../src-main/platform/contract.ts'
import { groupKeys } from './keys.ts'
import { railFor, type RailRoute, type RoomRoute } from './routes.ts'

export type GroupName = keyof typeof groupKeys

const titles: Readonly<Record<GroupName, string>> = {
  counter: '柜台',
  field: '现场',
  service: '服务',
  management: '管理',
  system: '系统',
}

/** Where a room of the rail belongs; a room that is not named here goes by the place its `order` gives it. */
const groupOf: Readonly<Record<string, GroupName>> = {
  '/': 'counter',
  '/customers': 'counter',
  '/collection': 'counter',
  '/payments': 'counter',
  '/day-close': 'counter',
  '/bills': 'counter',
  '/papers': 'counter',
  '/openings': 'field',
  '/readings': 'field',
  '/inspections': 'field',
  '/hazards': 'field',
  '/supply': 'field',
  '/workorders': 'service',
  '/complaints': 'service',
  '/followups': 'service',
  '/publicity': 'service',
  '/emergency': 'service',
  '/registers': 'management',
  '/prices': 'management',
  '/fees': 'management',
  '/reports': 'management',
  '/appraisal': 'management',
  '/staff': 'management',
}
const byOrder = (order: number): GroupName =>
  order < 36 ? 'counter' : order < 60 ? 'service' : order < 80 ? 'management' : 'system'

/** Headings and rooms that stand in the rail at once, at most: they fit 512 px, a screen of 768 px at 150 %. */
export const maxShown = 12

/** A room the tour points at: its group stands open while it does. Null while it points at none. */
export const shownRoom = ref<string | null>(null)

export interface RailGroup {
  readonly name: GroupName
  readonly title: string
  readonly key: (typeof groupKeys)[GroupName]
  readonly rooms: readonly RailRoute[]
}

/** The groups of somebody with these roles, without the empty ones. */
export function railGroupsFor(routes: readonly RoomRoute[], roles: readonly Role[]): RailGroup[] {
  const rooms = railFor(routes, roles)
  return (Object.keys(titles) as GroupName[])
    .map((name) => ({
      name,
      title: titles[name],
      key: groupKeys[name],
      rooms: rooms.filter(({ path, rail }) => (groupOf[path] ?? byOrder(rail.order)) === name),
    }))
    .filter(({ rooms: inIt }) => inIt.length > 0)
}

/** The room a page belongs to: the longest path that its own continues; null for a page outside the rail. */
export function roomOf(groups: readonly RailGroup[], path: string): RailRoute | null {
  return (
    groups
      .flatMap(({ rooms }) => rooms)
      .filter((room) => room.path === path || (room.path !== '/' && path.startsWith(`${room.path}/`)))
      .toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
  )
}
