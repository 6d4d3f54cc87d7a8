/** A meter that is put in, as its form is filled; `missing` says what the form still lacks. */
import type { MeterKind } from '../../src-main/metering/api.ts'
import { litre, type Litre } from '../../src-main/platform/money.ts'

export interface NewMeter {
  meterNo: string
  kind: MeterKind
  model: string
  digits: number | undefined
  initialIndex: Litre | null
}

export const blankMeter = (): NewMeter => ({ meterNo: '', kind: 'iot', model: '', digits: 6, initialIndex: litre(0) })

export function missingOf({ meterNo, model, digits, initialIndex }: NewMeter): string | null {
  if (meterNo.trim() === '' || model.trim() === '') return '请填写新表表号和型号'
  return initialIndex === null || digits === undefined ? '请填写新表底数和位数' : null
}
