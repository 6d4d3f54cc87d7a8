/** 欠费催缴: from the notice to the suspension and back, and the days that must pass between (domain.md §3). Pure. */
import { addDays, shanghaiDate, startOfDay } from '../platform/dates.ts'
import { dunningActionNames, dunningStateNames, type DunningAction, type DunningState } from './words.ts'

/** Where each action may start, and where it leads. */
export const dunningTransitions: Readonly<
  Record<DunningAction, { readonly from: readonly DunningState[]; readonly to: (from: DunningState) => DunningState }>
> = {
  deliver: { from: ['issued'], to: () => 'delivered' },
  announce: { from: ['delivered'], to: () => 'announced' },
  suspend: { from: ['announced'], to: () => 'suspended' },
  // Whoever pays before gas is cut is done; whoever pays after waits for gas.
  pay: {
    from: ['issued', 'delivered', 'announced', 'suspended'],
    to: (from) => (from === 'suspended' ? 'paid' : 'settled'),
  },
  // The payment was reversed before gas flowed again.
  'owe-again': { from: ['paid'], to: () => 'suspended' },
  resume: { from: ['suspended', 'paid'], to: () => 'resumed' },
  // The account ends, settled: whoever comes after is not answerable for it.
  end: { from: ['suspended', 'paid'], to: () => 'settled' },
  cancel: { from: ['issued', 'delivered', 'announced'], to: () => 'cancelled' },
}

/** States in which an account may not be dunned once more. */
export const livingDunningStates: readonly DunningState[] = ['issued', 'delivered', 'announced', 'suspended', 'paid']

/**
 * The first instant after a term of days that began on the day of `at`: 催缴之日起 30 日. The day a term begins is not
 * counted, and its last day counts to midnight (民法典 201, 203). Epoch ms.
 */
export const afterDays = (at: number, days: number): number => startOfDay(addDays(shanghaiDate(at), days + 1))

export interface DunningFacts {
  readonly state: DunningState
  /** Fen of overdue principal and late fee. */
  readonly owed: number
  /** When the days of the present step are over; null while no days run. */
  readonly nextAt: number | null
  readonly now: number
  readonly specialCare: boolean
  /** The manager's written reason for a special-care customer. */
  readonly specialReason: string
  readonly supplied: boolean
}

export type DunningObstacleCode =
  'WrongState' | 'NothingOwed' | 'StillWaiting' | 'SpecialCare' | 'NotSupplied' | 'StillOwes'
export interface DunningObstacle {
  readonly code: DunningObstacleCode
  readonly text: string
}

const wrongState = (action: DunningAction, state: DunningState): DunningObstacle[] =>
  dunningTransitions[action].from.includes(state)
    ? []
    : [
        {
          code: 'WrongState',
          text: `这张催缴单现在是“${dunningStateNames[state]}”，不能办理${dunningActionNames[action]}`,
        },
      ]

/** Everything that stands in the way of an action on a dunning. `showTime` writes an instant for people. */
export function obstaclesToDunning(
  action: DunningAction,
  facts: DunningFacts,
  showTime: (instant: number) => string,
): DunningObstacle[] {
  const wrong = wrongState(action, facts.state)
  if (wrong.length > 0) return wrong
  const found: DunningObstacle[] = []
  const pressing = action === 'announce' || action === 'suspend'
  if (pressing || action === 'owe-again') {
    if (facts.owed <= 0) found.push({ code: 'NothingOwed', text: '这一户的逾期欠费已经缴清' })
  }
  if (pressing && facts.nextAt !== null && facts.now < facts.nextAt) {
    const what = action === 'announce' ? '催缴期限未满' : '书面通知的期限未满'
    found.push({ code: 'StillWaiting', text: `${what}，${showTime(facts.nextAt)} 之后才能办理` })
  }
  if (action === 'suspend' && facts.specialCare && facts.specialReason.trim() === '') {
    found.push({ code: 'SpecialCare', text: '特殊客户不因欠费停气；确须停气的，由主任写明理由（第十条）' })
  }
  if (action === 'suspend' && !facts.supplied) {
    found.push({ code: 'NotSupplied', text: '这一户现在没有供气，不办理欠费停气' })
  }
  if ((action === 'pay' || action === 'resume' || action === 'end') && facts.owed > 0) {
    found.push({ code: 'StillOwes', text: '逾期欠费尚未缴清' })
  }
  return found
}
