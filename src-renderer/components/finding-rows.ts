/** Findings as they are written down: of a register, of a drill. */
import { addDays, shanghaiDate } from '../../src-main/platform/dates.ts'
import { screenNow } from '../shell/clock.ts'

export interface FindingRow {
  what: string
  responsible: string
  dueOn: string
}

/** One to be filled in, due in so many days when nobody says otherwise. */
export const emptyFinding = (days: number): FindingRow => ({
  what: '',
  responsible: '',
  dueOn: addDays(shanghaiDate(screenNow()), days),
})

/** A line nobody wrote on is none. */
export const said = ({ what, responsible }: FindingRow): boolean => `${what}${responsible}`.trim() !== ''
