/** The last step of a day close, 日结, after a day of a bill run and many payments, beside the same step of a day of nothing. */
import { CloseDay, CloseShift, CountCash, OpenShift } from '../../src-main/cashier/api.ts'
import { Run } from '../../src-main/billing/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { systemClock } from '../../src-main/platform/clock.ts'
import { systemActor } from '../../src-main/platform/context.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { fen } from '../../src-main/platform/money.ts'
import { takeReadings } from './bill-run.mts'
import { openDesk, type Desk } from './hall.mts'
import { Series, timedAsync, type Figure } from './measure.mts'
import { debtors, payOf } from './payment.mts'

const payments = 2_000
const targetMs = 150
const draw = 5
const dayMs = 86_400_000
const float = fen(10_000)
/** Long after the days of the other figures. */
const laterDays = 30

const pieces = (cash: number) => [
  { face: float, pieces: Math.floor(cash / float) },
  { face: fen(1), pieces: cash % float },
]

/** A day: a shift, what happens in it, the count, the close. @returns how long the last step took */
async function day({ hall, call }: Desk, happens: () => Promise<number>) {
  const requestId = () => newId(systemClock)
  await call(OpenShift, { requestId: requestId(), rows: [{ face: float, pieces: 1 }] }, 'cashier')
  const cash = float + (await happens())
  await call(CloseShift, { requestId: requestId() }, 'cashier')
  await call(CountCash, { requestId: requestId(), rows: pieces(cash) }, 'cashier')
  const date = shanghaiDate(hall.environment.clock.now())
  return timedAsync(() => call(CloseDay, { requestId: requestId(), date }, 'cashier'))
}

export async function closeFigure(folder: string, tell: (text: string) => void): Promise<Figure> {
  const quiet = await onDay(folder, laterDays, (desk) => day(desk, async () => 0))
  const ours = new Series()
  let entries = 0
  const busy = (desk: Desk) =>
    day(desk, async () => {
      const { hall, call } = desk
      const taken = hall.transact('bench.readings', systemActor, takeReadings)
      tell(`billing ${taken} readings, then ${payments} payments`)
      await call(Run, {}, 'hall-manager')
      let cash = 0
      for (const accountId of debtors(hall.environment.sqlite, new Random(draw), payments)) {
        const pay = await payOf(desk, accountId)
        await pay()
        cash += pay.total
      }
      entries = taken + payments
      return cash
    })
  ours.add(await onDay(folder, laterDays + 1, busy))
  return {
    name: 'day close',
    what: `cashier.closeDay, the step that proves the balances and locks the day, after ${entries} entries; raw: the same step of a day without any`,
    samples: ours.ms,
    cpu: ours.cpu,
    baseline: [quiet.ms],
    ratio: Math.max(...ours.ms) / quiet.ms,
    target: `≤ ${targetMs} ms`,
    met: Math.max(...ours.ms) <= targetMs,
  }
}

/** The hall so many days later, with new logins. */
async function onDay<T>(folder: string, days: number, work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(folder, undefined, () => days * dayMs)
  try {
    return await work(desk)
  } finally {
    await desk.hall.close()
  }
}
