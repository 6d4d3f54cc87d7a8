/**
 * 合同文本的审定: the wordings shipped are examples until the company has read and accepted them. What was accepted is a
 * wording by its hash; another wording in a newer program has to be accepted anew.
 */
import { companyPhones } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { AcceptWording, ReadWording, Wordings, type ContractKind } from './api.ts'
import { companyFields, inspectionsAYear } from './company-fields.ts'
import { blank, orBlank, type Audience, type ContractFields } from './rules.ts'
import { fillTemplate, shippedTemplate, templateInForce } from './templates.ts'

export const WordingChanged = domainError('WordingChanged', '文本已随程序更新，请重新阅读后再审定')

const shipped: readonly { readonly kind: ContractKind; readonly audience: Audience }[] = [
  { kind: 'supply', audience: 'resident' },
  { kind: 'supply', audience: 'non-resident' },
  { kind: 'safety', audience: 'resident' },
  { kind: 'safety', audience: 'non-resident' },
]

interface Acceptance {
  readonly acceptedAt: number
  readonly acceptedBy: string
}

const acceptanceOf = ({ sqlite }: Context, templateId: string): Acceptance | undefined =>
  statement<Acceptance>(
    sqlite,
    `SELECT accepted_at AS acceptedAt, accepted_by_name AS acceptedBy FROM contract_acceptances WHERE template_id = ?`,
  ).get(templateId)

/** Whether the company stands behind this wording; what a demo hall prints is marked as a whole. */
export const isAccepted = (context: Context, templateId: string): boolean =>
  context.device.demo || acceptanceOf(context, templateId) !== undefined

/** How many of the wordings in force are accepted. */
export function wordingsAccepted(context: Context): { readonly accepted: number; readonly all: number } {
  const ids = shipped.map(({ kind, audience }) => shippedTemplate(context, kind, audience).id)
  return { accepted: ids.filter((id) => acceptanceOf(context, id) !== undefined).length, all: ids.length }
}

export const wordings = useCase(Wordings, (_, context) =>
  shipped.map(({ kind, audience }) => {
    const { id } = shippedTemplate(context, kind, audience)
    const acceptance = acceptanceOf(context, id)
    return {
      kind,
      audience,
      templateId: id,
      acceptedAt: acceptance?.acceptedAt ?? null,
      acceptedBy: acceptance?.acceptedBy ?? null,
    }
  }),
)

/** What only an application can say. */
const blankFields = [
  'applicationNo',
  'customerName',
  'idLabel',
  'idNumber',
  'phone',
  'address',
  'category',
  'purpose',
  'householdSize',
  'annualVolume',
  'hourlyVolume',
  'planName',
  'priceDocument',
  'tierCycle',
] as const satisfies readonly (keyof ContractFields)[]

/** The company's own part as it will be printed, the customer's left open. */
function openFields(context: Context, audience: Audience): ContractFields {
  const phones = companyPhones(context.settings)
  return {
    ...(Object.fromEntries(blankFields.map((name) => [name, blank])) as Record<(typeof blankFields)[number], string>),
    ...companyFields(context),
    servicePhone: orBlank(phones.service),
    emergencyPhone: orBlank(phones.emergency),
    inspectionsAYear: inspectionsAYear(context, audience === 'resident'),
    appliances: [blank],
    priceLines: [blank],
  }
}

/** The whole text, filled with what the settings say of the company. */
export const readWording = useCase(ReadWording, ({ kind, audience }, context) => {
  const template = shippedTemplate(context, kind, audience)
  return { templateId: template.id, html: fillTemplate(template, blank, openFields(context, audience)) }
})

/** 审定. @throws WordingChanged when another text is in force than the one that was read */
export const acceptWording = useCase(AcceptWording, ({ kind, audience, templateId }, context) => {
  const template = templateInForce(context, kind, audience)
  if (template.id !== templateId) throw new WordingChanged()
  const { sqlite, clock, actor } = context
  statement(
    sqlite,
    `INSERT INTO contract_acceptances (template_id, accepted_at, accepted_by, accepted_by_name) VALUES (?, ?, ?, ?)
     ON CONFLICT (template_id) DO NOTHING`,
  ).run(template.id, clock.now(), actor.id, actor.name)
  context.audit({ subject: `contract-template:${template.id}`, detail: { kind, audience, version: template.version } })
  context.emit({ event: 'changed', data: { room: 'contracts' } })
  return {}
})
