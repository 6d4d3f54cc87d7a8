/**
 * Where callbacks come from. A room whose work is called back is one entry here, and nothing else of this room's code
 * changes; its gates below the services join those in `build/migrations/gates/followups.ts`.
 *
 * Of every source: what it finished, who had a part in it, whom to ring about it. A source either *closes on its
 * callback* (`closing`: every item waits for one, and the call moves the source's own state machine), or a sample of what
 * it finished is drawn, and `mend` opens something for a dissatisfied customer.
 * The SQL is the source's own; this room only pages, counts and joins it with its calls.
 */
import type { Context } from '../platform/context.ts'
import * as complaints from '../complaints/service.ts'
import * as inspections from '../inspections/service.ts'
import * as installations from '../installations/service.ts'
import * as supply from '../supply/service.ts'
import { Take } from '../workorders/api.ts'
import * as workorders from '../workorders/service.ts'
import type { CallResult, Service } from './words.ts'

/** Whom to ring about a record, and what was done. */
export interface Brief {
  readonly service: Service
  /** What is reopened is called back anew: calls count within their round. 1 where nothing is reopened. */
  readonly round: number
  readonly number: string
  readonly customerName: string
  readonly phone: string
  readonly place: string
  readonly customerId: string | null
  readonly accountId: string | null
  readonly what: string
  /** Whose work it is about. */
  readonly personName: string | null
  /** Since when the callback waits, epoch ms. */
  readonly since: number
}

/** What a dissatisfied customer led to: `entity:id`, and its number. */
export interface Reopened {
  readonly subject: string
  readonly number: string
}

interface Closing {
  /** A SELECT of what waits for its callback now: id, service, round, since, number, customerName, personName; `@viewer`. */
  readonly waitingSql: string
  /** @throws the source's own gates, when the operator may not conclude it now */
  readonly check: (context: Context, id: string) => void
  /** Moves the source on; a dissatisfied customer reopens it. @throws the source's own gates */
  readonly conclude: (context: Context, id: string, call: { result: CallResult; note: string }) => void
}

interface Source {
  /** `entity` of the records, as in `entity:id`. */
  readonly name: string
  readonly services: readonly Service[]
  /**
   * A SELECT of everything ever finished, one row for each round of a record: eventId, service, id (of the record),
   * round, at, number, customerName, personName, reopened (1 when a later round exists). It ends in its WHERE; this
   * room adds conditions on `at`, which an index must serve. `@viewer` is who looks: what they must not see is left out.
   * `@asOf` (epoch ms): what was taken back by then is left out, so that a draw can be drawn again.
   */
  readonly finishedSql: string
  /** True where `@viewer` must not see the record; only for sources that conceal anything. @param id SQL of its id */
  readonly concealedSql?: (id: string) => string
  /** Page of a record. */
  readonly pathOf: (context: Context, id: string) => string
  /** The same in SQL, for lists that are made by one query. @param id SQL of its id */
  readonly pathSql: (id: string) => string
  /** Staff who must not ring about it: whoever worked on it, investigated or inspected it, or is complained of. */
  readonly involved: (context: Context, id: string) => ReadonlySet<string>
  /** @throws the source's NotFound, also when the operator must not see it */
  readonly brief: (context: Context, id: string) => Brief
}
export type ClosingSource = Source & { readonly closing: Closing }
export type SampledSource = Source & {
  readonly closing: null
  readonly mend: (context: Context, brief: Brief, note: string) => Reopened
}
export type CallbackSource = ClosingSource | SampledSource

const workorderSource: ClosingSource = {
  name: 'workorder',
  services: ['repair', 'alarm'],
  finishedSql: workorders.finishedSql,
  pathOf: (_, id) => `/workorders/${id}`,
  pathSql: (id) => `'/workorders/' || ${id}`,
  involved: workorders.workersOf,
  brief: workorders.callbackBrief,
  closing: {
    waitingSql: workorders.waitingCallbacksSql,
    check: workorders.checkCallback,
    conclude: (context, id, call) => void workorders.recordCallback(context, id, call),
  },
}

const complaintSource: ClosingSource = {
  name: 'complaint',
  services: ['complaint'],
  finishedSql: complaints.finishedSql,
  concealedSql: complaints.concealedSql,
  pathOf: (_, id) => `/complaints/${id}`,
  pathSql: (id) => `'/complaints/' || ${id}`,
  involved: complaints.involvedIn,
  brief: complaints.callbackBrief,
  closing: {
    waitingSql: complaints.waitingCallbacksSql,
    check: complaints.checkCallback,
    conclude: (context, id, call) => void complaints.recordCallback(context, id, call),
  },
}

/** 隐患: 不满意 is 没有整改好, and leads back to the mending; a grave one keeps gas off again. */
const hazardSource: ClosingSource = {
  name: 'hazard',
  services: ['hazard'],
  finishedSql: inspections.hazardsFinishedSql,
  pathOf: (_, id) => `/hazards/${id}`,
  pathSql: (id) => `'/hazards/' || ${id}`,
  involved: inspections.hazardInspectors,
  brief: inspections.hazardBrief,
  closing: {
    waitingSql: inspections.waitingCallbacksSql,
    check: inspections.checkCallback,
    conclude: (context, id, call) => void inspections.recordCallback(context, id, call),
  },
}

/** 安检合格 and 恢复供气 have no page of their own: they stand in the customer's file. */
const inspectionSource: SampledSource = {
  name: 'inspection',
  services: ['inspection'],
  finishedSql: inspections.inspectionsFinishedSql,
  pathOf: (context, id) => `/customers/${inspections.visitAccount(context, id)}?tab=inspections`,
  pathSql: (id) =>
    `'/customers/' || (SELECT v.account_id FROM inspection_visits v WHERE v.id = ${id}) || '?tab=inspections'`,
  involved: inspections.inspectorOf,
  brief: inspections.inspectionBrief,
  closing: null,
  mend: openOrder,
}
const resumptionSource: SampledSource = {
  name: 'resumption',
  services: ['resumption'],
  finishedSql: supply.finishedSql,
  pathOf: (context, id) => `/customers/${supply.resumptionAccount(context, id)}?tab=supply`,
  pathSql: (id) =>
    `'/customers/' || (SELECT r.account_id FROM supply_resumptions r WHERE r.id = ${id}) || '?tab=supply'`,
  involved: supply.testerOf,
  brief: supply.callbackBrief,
  closing: null,
  mend: openOrder,
}

/** 通气 is not undone by a dissatisfied customer: a work order is opened that looks after it. */
const installationSource: SampledSource = {
  name: 'installation',
  services: ['ignition'],
  finishedSql: installations.finishedSql,
  pathOf: (_, id) => `/opening/${id}`,
  pathSql: (id) => `'/opening/' || ${id}`,
  involved: installations.involvedIn,
  brief: installations.callbackBrief,
  closing: null,
  mend: openOrder,
}

/** Opens a work order for a customer whom a callback found dissatisfied, for sources that cannot be reopened. */
export function openOrder(context: Context, brief: Brief, note: string): Reopened {
  const { orderId, orderNo } = workorders.take.within(
    Take.input.parse({
      // Answers no window: the call around it has a request id of its own.
      requestId: '00000000-0000-4000-8000-000000000000',
      kind: 'repair',
      symptom: 'other',
      channel: 'other',
      callerName: brief.customerName.slice(0, 30),
      callerPhone: brief.phone,
      accountId: brief.accountId,
      place: brief.place.slice(0, 100),
      description: `回访不满意（${brief.number}）：${note}`,
      advised: false,
      notAdvised: '回访转办',
    }),
    context,
  )
  return { subject: `workorder:${orderId}`, number: orderNo }
}

export const sources: readonly CallbackSource[] = [
  workorderSource,
  complaintSource,
  hazardSource,
  inspectionSource,
  resumptionSource,
  installationSource,
]

/** What stands finished now, where nothing has to be drawn again later: far past every instant. */
export const finishedNowSql = ({ finishedSql }: Pick<CallbackSource, 'finishedSql'>): string =>
  finishedSql.replaceAll('@asOf', '8640000000000000')

export const sourceNamed = (name: string): CallbackSource | undefined => sources.find((source) => source.name === name)
export const sourceOf = (service: Service): CallbackSource | undefined =>
  sources.find((source) => source.services.includes(service))
export const isClosing = (source: CallbackSource): source is ClosingSource => source.closing !== null

/** Page of a subject `entity:id`; '' when no source knows it. */
export function pathOfSubject(context: Context, subject: string): string {
  const at = subject.indexOf(':')
  return sourceNamed(subject.slice(0, at))?.pathOf(context, subject.slice(at + 1)) ?? ''
}
