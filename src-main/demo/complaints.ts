/** Complaints of the demo hall: some of them closed in earlier months, three in hand, so that board and analysis show something. */
import { assign, close, investigate, reply, take } from '../complaints/service.ts'
import { Assign, Close, Investigate, Reply, Take, type ComplaintClass } from '../complaints/api.ts'
import { Call } from '../followups/api.ts'
import { call, scriptFor } from '../followups/service.ts'
import type { Actor, Context } from '../platform/context.ts'
import { addMonths, shanghaiDate, startOfDay } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { statement } from '../platform/database.ts'
import { actorOf } from './acting.ts'

interface Told {
  readonly class: ComplaintClass
  readonly content: string
  readonly found: string
  readonly answered: string
}
const told = {
  attitude: {
    class: 'attitude',
    content: '到窗口问账单，工作人员说得很急，没有解释清楚就叫下一位。',
    found: '调看录像，当时排队较长，解释确实过短。',
    answered: '已致歉，并逐项说明账单；窗口高峰时增开一席。',
  },
  bill: {
    class: 'bill',
    content: '这一期气费比上期多出一倍，家里人口没有变化。',
    found: '核对抄表照片，读数无误；本期跨入第二档。',
    answered: '已说明阶梯分档和本期用量，客户认可。',
  },
  late: {
    class: 'repair-late',
    content: '约好上午上门修灶，等到下午三点才来，也没有打电话。',
    found: '当天上午有抢修，维修员没有改约。',
    answered: '已致歉；今后改约须提前一小时电话告知。',
  },
  reading: {
    class: 'reading',
    content: '抄表员没有进门，账单上却有读数，怀疑是估的。',
    found: '为远传表，读数由系统采集，抄表员未入户属实。',
    answered: '已说明远传表不入户抄表，并带客户核对表上读数。',
  },
  supply: {
    class: 'supply',
    content: '停气通知贴得太晚，早上做不了饭。',
    found: '通知提前 48 小时张贴，楼道改造时被撕掉。',
    answered: '已致歉；以后同时发短信通知。',
  },
} as const satisfies Record<string, Told>

/** Months before this one, day of the month, hours until the answer, satisfied at once or not. */
const past: readonly { readonly months: number; readonly day: number; readonly hours: number; readonly what: Told }[] =
  [
    { months: 12, day: 6, hours: 30, what: told.bill },
    { months: 12, day: 17, hours: 52, what: told.late },
    { months: 1, day: 4, hours: 20, what: told.attitude },
    { months: 1, day: 11, hours: 41, what: told.bill },
    { months: 1, day: 19, hours: 60, what: told.reading },
    { months: 1, day: 25, hours: 26, what: told.bill },
    { months: 0, day: 2, hours: 18, what: told.supply },
    { months: 0, day: 5, hours: 33, what: told.attitude },
  ]

const hourMs = 3_600_000

/** Must run inside a transaction, after customers and staff are there. */
export function seedComplaints(context: Context): void {
  const staff = (staffNo: string) => actorOf(context, staffNo)
  const people = { clerk: staff('1001'), manager: staff('3001'), dispatcher: staff('4001') }
  certify(context, people.manager.id)
  const accounts = statement<{ accountId: string; name: string; phone: string }>(
    context.sqlite,
    `SELECT a.id AS accountId, c.name, c.phone FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE c.category = 'resident' ORDER BY a.id LIMIT 40`,
  ).all()
  const now = context.clock.now()
  let next = 0
  const one = (what: Told, at: number, until: 'received' | 'assigned' | 'replied' | 'closed', hours: number) => {
    // The last of the past ones is the third again: somebody who complains twice.
    const who = next === past.length - 1 ? 2 : next
    next++
    const account = accounts[(who * 3) % Math.max(accounts.length, 1)]
    if (!account) return
    const by = (actor: Actor, instant: number): Context => ({
      ...context,
      actor,
      // Read when asked, as the original's.
      device: context.device,
      clock: { now: () => instant },
      audit: () => undefined,
    })
    const id = () => newId(context.clock)
    const taken = take.within(
      Take.input.parse({
        requestId: id(),
        class: what.class,
        channel: 'phone',
        complainantName: account.name.slice(0, 30),
        complainantPhone: account.phone,
        accountId: account.accountId,
        content: what.content,
      }),
      by(people.clerk, at),
    )
    const on = () => ({ requestId: id(), complaintId: taken.complaintId })
    if (until === 'received') return
    const { dispatcher, manager } = people
    assign.within(Assign.input.parse({ ...on(), staffId: dispatcher.id }), by(manager, at + hourMs))
    investigate.within(Investigate.input.parse({ ...on(), note: what.found }), by(dispatcher, at + 2 * hourMs))
    if (until === 'assigned') return
    const answered = at + hours * hourMs
    reply.within(Reply.input.parse({ ...on(), channel: 'phone', note: what.answered }), by(dispatcher, answered))
    if (until === 'replied') return
    const answers = scriptFor(context, 'complaint').map((question) => ({ question, answer: 'yes' }))
    const calling = { requestId: id(), of: 'complaint', id: taken.complaintId, result: 'satisfied', answers }
    call.within(Call.input.parse(calling), by(manager, answered + 20 * hourMs))
    close.within(Close.input.parse({ ...on(), note: '归档' }), by(manager, answered + 21 * hourMs))
  }
  const month = shanghaiDate(now)
  for (const { months, day, hours, what } of past) {
    const first = addMonths(month, -months).slice(0, 8)
    const at = startOfDay(`${first}${String(day).padStart(2, '0')}` as typeof month) + 10 * hourMs
    // In the first days of a month there is no earlier day in it.
    if (at + (hours + 22) * hourMs < now) one(what, at, 'closed', hours)
  }
  one(told.late, now - 30 * hourMs, 'assigned', 0)
  one(told.reading, now - 26 * hourMs, 'replied', 20)
  one(told.attitude, now - 2 * hourMs, 'received', 0)
}

/** 回访证 of the demo hall's manager, good for a year and a half before and after. */
function certify({ sqlite, clock }: Context, staffId: string): void {
  const today = shanghaiDate(clock.now())
  statement(
    sqlite,
    `INSERT INTO certificates (id, staff_id, kind, number, issued_on, valid_to, good_from, approver_id, added_at, added_by_id, added_by)
     VALUES (@id, @staffId, 'callback', 'HF-0001', @from, @to, @from, (SELECT id FROM staff WHERE staff_no = '9001'), @now, 'system', '系统')`,
  ).run({ id: newId(clock), staffId, from: addMonths(today, -18), to: addMonths(today, 18), now: clock.now() })
}
