/** The notice board as it is typed: percent, megajoules, one line each; and back into what is kept. Pure. */
import type { BoardContent } from '../../src-main/publicity/api.ts'
import { isBusinessDate } from '../../src-main/platform/dates.ts'

export interface BoardForm {
  /** Percent by volume. */
  parts: { name: string; percent: number | null }[]
  /** MJ/m³. */
  grossHeat: number | null
  netHeat: number | null
  /** kPa. */
  pressures: { use: string; kilopascals: number | null }[]
  analysedOn: string
  analysedBy: string
  services: { name: string; steps: string; timeLimit: string; papers: string }[]
  /** One a line. */
  hours: string
  tips: string
}

/** Null, which a kept form keeps. */
const positive = (value: number): number | null => (value === 0 ? null : value)

export const toForm = ({ gas, services, hours, tips }: BoardContent): BoardForm => ({
  parts: gas.composition.map(({ name, share }) => ({ name, percent: positive(share / 100) })),
  grossHeat: positive(gas.grossHeat / 1_000),
  netHeat: positive(gas.netHeat / 1_000),
  pressures: gas.pressures.map(({ use, pascals }) => ({ use, kilopascals: positive(pascals / 1_000) })),
  analysedOn: gas.analysedOn ?? '',
  analysedBy: gas.analysedBy,
  services: services.map(({ steps, ...service }) => ({ ...service, steps: steps.join(' ') })),
  hours: hours.join('\n'),
  tips: tips.join('\n'),
})

const words = (text: string): string[] => text.split(/[\s→、]+/).filter((word) => word !== '')
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
const whole = (value: number | null, size: number): number => Math.round((value ?? 0) * size)

/** Rows in which nothing was typed are left out. */
export const fromForm = (form: BoardForm): BoardContent => ({
  gas: {
    composition: form.parts
      .filter(({ name, percent }) => name.trim() !== '' || percent !== null)
      .map(({ name, percent }) => ({ name: name.trim(), share: whole(percent, 100) })),
    grossHeat: whole(form.grossHeat, 1_000),
    netHeat: whole(form.netHeat, 1_000),
    pressures: form.pressures
      .filter(({ use, kilopascals }) => use.trim() !== '' || kilopascals !== null)
      .map(({ use, kilopascals }) => ({ use: use.trim(), pascals: whole(kilopascals, 1_000) })),
    analysedOn: isBusinessDate(form.analysedOn) ? form.analysedOn : null,
    analysedBy: form.analysedBy.trim(),
  },
  services: form.services
    .filter(({ name, steps, timeLimit, papers }) => `${name}${steps}${timeLimit}${papers}`.trim() !== '')
    .map(({ name, steps, timeLimit, papers }) => ({
      name: name.trim(),
      steps: words(steps),
      timeLimit: timeLimit.trim(),
      papers: papers.trim(),
    })),
  hours: lines(form.hours),
  tips: lines(form.tips),
})
