/** The protocol as it is written down: what the hall sends and the receiver answers is checked against the document. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown }
const path = new URL('../../resources/headquarters.openapi.yaml', import.meta.url)

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0]
interface OpenApi {
  readonly paths: Readonly<Record<string, Record<string, Operation>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}
interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/** References of the document are rewritten to where a stand-alone JSON schema keeps them. */
const text = readFileSync(path, 'utf8').replaceAll('#/components/schemas/', '#/$defs/')
const document = yaml.load(text) as OpenApi
const $defs = document.components.schemas

const schemaOf = (schema: JsonSchema): z.ZodType => z.fromJSONSchema({ ...(schema as object), $defs } as JsonSchema)
export const named = (name: string): z.ZodType => schemaOf({ $ref: `#/$defs/${name}` } as JsonSchema)

const [route, methods] = Object.entries(document.paths)[0] as [string, Record<string, Operation>]
const operation = methods['post'] as Operation

/** The address of the one operation; parameters as named groups. */
export const routePattern = new RegExp(`^${route.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

export const batchSchema = named('Batch')

const parameters = operation.parameters.map(({ name, in: place, schema }) => ({
  name,
  place,
  schema: schemaOf(schema),
}))

/** What is wrong with the address or headers of a request; empty when they follow the document. */
export function wrongParameters(
  inPath: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string[] {
  return parameters
    .filter(({ name, place, schema }) => {
      const value = place === 'path' ? inPath[name] : headers[name.toLowerCase()]
      return !schema.safeParse(value).success
    })
    .map(({ name }) => name)
}

const answersOf = ({ responses }: Operation) =>
  new Map(
    Object.entries(responses).map(([status, { content }]) => {
      const body = content?.['application/json'] as { schema: JsonSchema } | undefined
      return [Number(status), body ? schemaOf(body.schema) : null]
    }),
  )
const answers = answersOf(operation)

/** Whether the document knows an answer of this status and shape. */
export function answerFollows(status: number, body: unknown, known = answers): boolean {
  if (!known.has(status)) return false
  return known.get(status)?.safeParse(body).success ?? true
}

/** The question after a break: its address and its answers. */
const [stateRoute, stateMethods] = Object.entries(document.paths)[1] as [string, Record<string, Operation>]
export const statePattern = new RegExp(
  `^${stateRoute.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/?]+)')}\\?after=(?<after>[0-9]+)&since=(?<since>[0-9-]{10})$`,
)
export const stateAnswers = answersOf(stateMethods['get'] as Operation)
