/** What the screen of the till asks while the customer stands there: its rules, what was done last, whose code was scanned. */
import { accountByCode } from '../customers/service.ts'
import { fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { FindByCode, Till } from './api.ts'
import { lastOfShift } from './lists.ts'
import { meansWithReference } from './payments.ts'
import { openShiftOf } from './shifts.ts'

export const till = useCase(Till, (_, context) => {
  const { settings, actor } = context
  const shift = openShiftOf(context, actor.id)
  return {
    rounding: settings.get('cashier.cashRounding'),
    maxChange: fen(settings.get('cashier.maxChangeFen')),
    smallPartPercent: settings.get('cashier.smallPartPercent'),
    requireReference: meansWithReference(context),
    coversDebts: settings.get('cashier.prepaymentCoversDebts'),
    last: shift === null ? null : lastOfShift(context, shift.shiftId),
  }
})

export const findByCode = useCase(FindByCode, ({ code }, context) => ({ accountId: accountByCode(context, code) }))
