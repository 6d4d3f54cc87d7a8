/** The `today` of every room. */
import type { TodaySource } from './room-today.ts'

const found = import.meta.glob<TodaySource | readonly TodaySource[]>('../*/today.ts', { eager: true, import: 'today' })

export const sources: readonly TodaySource[] = Object.values(found)
  .flat()
  .filter((source): source is TodaySource => source !== undefined)
