/** Where each point of 开业准备 is done. */
import type { ChecklistItem, ChecklistRow } from '../../src-main/golive/api.ts'

const places: Readonly<Record<ChecklistItem, string>> = {
  phones: '/settings?group=company&key=company.servicePhone',
  prices: '/prices',
  staff: '/staff',
  printers: '/golive/printers',
  headquarters: '/sync',
  wordings: '/golive/wordings',
  customers: '/imports',
  window: '/imports/window',
  board: '/publicity/edit',
  backup: '/backup',
}

export const placeOf = ({ item, onlyCertificates }: ChecklistRow): string =>
  onlyCertificates ? '/staff/certificates' : places[item]
