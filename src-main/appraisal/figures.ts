/**
 * Every figure a scorecard may judge. A room exports its own from its service as `Figure`s; one line here makes them
 * known, and the settings give them their weight by their label.
 */
import { cashFigures } from '../cashier/service.ts'
import { complaintFigures } from '../complaints/service.ts'
import { callbackFigures } from '../followups/service.ts'
import { inspectionFigures } from '../inspections/service.ts'
import { dayFigures } from '../ledger/service.ts'
import type { Figure } from '../platform/figures.ts'
import { registerFigures } from '../registers/service.ts'
import { staffFigures } from '../staff/service.ts'
import { uploadFigures } from '../sync/service.ts'
import { orderFigures } from '../workorders/service.ts'
import { cardFigures } from './dispatch-result.ts'

export const figures: readonly Figure[] = [
  ...orderFigures,
  ...complaintFigures,
  ...inspectionFigures,
  ...callbackFigures,
  ...dayFigures,
  ...cashFigures,
  ...uploadFigures,
  ...registerFigures,
  ...staffFigures,
  ...cardFigures,
]

/** The figure an item of a card was taken from; null for what people judge, and for one that is no more. */
export const figureNamed = (name: string | null): Figure | null =>
  figures.find((figure) => figure.name === name) ?? null

/** The figure a setting names, or null for what people judge. */
export const figureByLabel = (label: string): Figure | null => figures.find((figure) => figure.label === label) ?? null
