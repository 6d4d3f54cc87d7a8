/**
 * 合同范本: the wordings shipped in `resources/templates/contracts`. A wording is entered into the database when it is
 * first used, so that a contract keeps the wording it was drafted with after the program was updated.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, max } from 'drizzle-orm'
import Handlebars from 'handlebars'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { contractKindNames, type ContractKind } from './api.ts'
import type { Audience, ContractFields } from './rules.ts'
import { contractTemplates } from './tables.ts'

export type ContractTemplate = typeof contractTemplates.$inferSelect

const readTemplate = (context: Context, name: string): string =>
  readFileSync(join(context.paths.resources, 'templates', 'contracts', `${name}.hbs`), 'utf8')

/** A wording is kept whole: its shared parts (`{{> parties}}`) are copied in, so that nothing outside can change it. */
const shippedSource = (context: Context, kind: ContractKind, audience: Audience): string =>
  readTemplate(context, `${kind}-${audience}`).replace(/^\{\{> (\w+)\}\}\n/gm, (_, part: string) =>
    readTemplate(context, `_${part}`),
  )

/** The wording this program ships, as it would be entered. */
export function shippedTemplate(context: Context, kind: ContractKind, audience: Audience) {
  const source = shippedSource(context, kind, audience)
  return { id: `${kind}-${audience}-${sha256(source).slice(0, 16)}`, kind, source }
}

/** The wording in force for new contracts; entered as the next version when it was never used before. */
export function templateInForce(context: Context, kind: ContractKind, audience: Audience): ContractTemplate {
  const { db, clock, actor } = context
  const { id, source } = shippedTemplate(context, kind, audience)
  const known = db.select().from(contractTemplates).where(eq(contractTemplates.id, id)).get()
  if (known) return known
  const last = db
    .select({ version: max(contractTemplates.version) })
    .from(contractTemplates)
    .where(and(eq(contractTemplates.kind, kind), eq(contractTemplates.audience, audience)))
    .get()
  const added = {
    id,
    kind,
    audience,
    version: (last?.version ?? 0) + 1,
    source,
    createdAt: clock.now(),
    createdBy: actor.id,
  }
  db.insert(contractTemplates).values(added).run()
  return added
}

/** A wording that some contract was drafted with; contracts refer to it by foreign key, so it is always there. */
export function templateById({ db }: Context, templateId: string): ContractTemplate {
  const row = db.select().from(contractTemplates).where(eq(contractTemplates.id, templateId)).get()
  if (!row) throw new Error(`contract template ${templateId} is missing`)
  return row
}

/** Fills a wording. @returns HTML of the whole contract. @throws Error when the wording names a field that is not there */
export function fillTemplate(
  template: Pick<ContractTemplate, 'source' | 'kind'>,
  contractNo: string,
  fields: ContractFields,
): string {
  const fill = Handlebars.create().compile(template.source, { strict: true, knownHelpersOnly: true })
  return fill({ ...fields, contractNo, title: contractKindNames[template.kind] })
}
