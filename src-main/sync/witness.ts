/** What headquarters answers when it is asked after a break. Pure. */
import { z } from 'zod'
import { Witness } from '../machine/api.ts'
import { serialWidth } from '../platform/numbers.ts'
import { judge, type Answer, type Verdict } from './rules.ts'

/** Series of numbers at most: some thirty kinds, of each till its own. */
const maxKinds = 3_500
/** What no hall can have reached is a fault of headquarters: taken over, it would leave no number to give for ever. */
const Serials = z
  .record(
    z.string().regex(/^[a-z][a-z-]{0,39}(\/\d{2})?$/),
    z
      .int()
      .min(1)
      .max(10 ** serialWidth),
  )
  .refine((serials) => Object.keys(serials).length <= maxKinds)
const DeviceState = Witness.extend({ serials: Serials })

type Known = {
  readonly kind: 'known'
  readonly serials: Readonly<Record<string, number>>
  readonly witness: Witness
}

const nothing: Known = { kind: 'known', serials: {}, witness: { rows: 0, lastAt: null, days: [] } }

/** A device that headquarters has never heard of has no numbers there; every other failure is one of the way. */
export function judgeState(answer: Answer): Known | Extract<Verdict, { kind: 'retry' | 'mend' | 'stopped' }> {
  if (answer.kind === 'answer' && answer.status === 404) return nothing
  if (answer.kind === 'answer' && answer.status === 200) {
    try {
      const { serials, ...witness } = DeviceState.parse(JSON.parse(answer.text))
      return { kind: 'known', serials, witness }
    } catch {
      return { kind: 'retry', reason: '总部的应答无法识别，请核对接收地址；稍后自动重试' }
    }
  }
  const verdict = judge(answer, { from: 1, to: 1, newest: 1 })
  if (verdict.kind === 'retry' || verdict.kind === 'mend' || verdict.kind === 'stopped') return verdict
  return { kind: 'retry', reason: '总部的应答无法识别，请核对接收地址；稍后自动重试' }
}
