/** The entry sheet of a building: what stands in each line, and the visits it becomes. */
import type { InputOf, OutputOf } from '../../src-main/platform/contract.ts'
import type { AwaitingBuilding, ResumeBuilding, ResumptionOutcome } from '../../src-main/supply/api.ts'
import { readKilopascals, readPascals, showKilopascals } from '../installations/pressure.ts'

type Sheet = OutputOf<typeof AwaitingBuilding>
export type Household = Sheet['rows'][number]

export interface Line {
  readonly household: Household
  /** '' until somebody was there. */
  outcome: ResumptionOutcome | ''
  pressure: string
  minutes: string
  drop: string
  note: string
  /** Why it was not taken when it was sent. */
  refused: string
}

/** What each kind of customer asks for stands in the line already; the drop is what is read on site. */
export function linesOf(sheet: Sheet): Line[] {
  return sheet.rows.map((household) => {
    const demand = household.resident ? sheet.demand.resident : sheet.demand.other
    return {
      household,
      outcome: '',
      pressure: showKilopascals(demand.pressurePa),
      minutes: String(demand.minutes),
      drop: '0',
      note: '',
      refused: '',
    }
  })
}

/** What was entered for one household, as it is kept with the form. */
export interface KeptLine extends Pick<Line, 'outcome' | 'pressure' | 'minutes' | 'drop' | 'note'> {
  servicePointId: string
}

/** The lines somebody has entered something in. */
export const keptOf = (lines: readonly Line[], proposed: readonly Line[]): KeptLine[] =>
  lines.flatMap(({ household: { servicePointId }, outcome, pressure, minutes, drop, note }, i) => {
    const was = proposed[i]
    const touched =
      outcome !== '' ||
      note !== '' ||
      (was && [pressure, minutes, drop].join('/') !== [was.pressure, was.minutes, was.drop].join('/'))
    return touched ? [{ servicePointId, outcome, pressure, minutes, drop, note }] : []
  })

/** The lines with what was kept of them; a household that has gas again meanwhile is on no sheet any more. */
export const withKept = (lines: readonly Line[], kept: readonly KeptLine[]): Line[] =>
  lines.map((line) => {
    const found = kept.find(({ servicePointId }) => servicePointId === line.household.servicePointId)
    if (!found) return line
    const { servicePointId: _, ...entered } = found
    return { ...line, ...entered }
  })

/** Why a line cannot be sent as it stands; '' when it can. */
export function problemOf({ outcome, pressure, minutes, drop, note }: Line): string {
  if (outcome === 'failed' && note.trim() === '') return '请写明不合格的情况'
  if (outcome !== 'resumed') return ''
  const read = [readKilopascals(pressure), readPascals(minutes), readPascals(drop)]
  return read.includes(null) ? '请填写压力、时间和压降' : ''
}

/** The visits of the lines somebody was at. */
export function visitsOf(lines: readonly Line[], sheet: Sheet): InputOf<typeof ResumeBuilding>['rows'] {
  type Row = InputOf<typeof ResumeBuilding>['rows'][number]
  return lines.flatMap(({ household, outcome, pressure, minutes, drop, note }): Row[] => {
    if (outcome === '') return []
    const { servicePointId } = household
    if (outcome === 'nobody-home') return [{ servicePointId, outcome, note }]
    const [pressurePa, held, dropPa] = [readKilopascals(pressure), readPascals(minutes), readPascals(drop)]
    const tightness =
      pressurePa === null || held === null || dropPa === null ? null : { pressurePa, minutes: held, dropPa }
    const asked = household.resident ? sheet.checklist.resident : sheet.checklist.other
    const checks = outcome === 'resumed' ? asked.map(({ item }) => ({ item, ok: true, note: '' })) : null
    return [{ servicePointId, outcome, tightness, checks, note }]
  })
}
