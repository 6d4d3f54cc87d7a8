/** What headquarters answers when it is asked after a break. Pure. */
import { z } from 'zod'
import { Witness } from '../machine/api.ts'
import { judge, type Answer, type Verdict } from './rules.ts'

const DeviceState = Witness.extend({ serials: z.record(z.string(), z.int().min(1)) })

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
