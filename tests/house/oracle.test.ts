/**
 * The house-wide promise: nobody finds out a masked number by searching. Every read that takes free text is asked for
 * every part of a customer's ID and phone; none of its answers may tell the part from any other digits.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOne, type Opened } from '../customers/support.ts'
import { reads, shapeOf, type Shape } from '../support/every-read.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedNationalId } from '../support/invented.ts'

/** Where free text stands in an input: dotted paths of strings that are no id, date, choice or page mark. */
function freeTexts(shape: Shape, path: string[] = []): string[][] {
  if (shape.anyOf) return shape.anyOf.flatMap((one) => freeTexts(one, path))
  if (shape.properties) return Object.entries(shape.properties).flatMap(([key, one]) => freeTexts(one, [...path, key]))
  const isText = shape.type === 'string' && !shape.format && !shape.enum && shape.const === undefined && !shape.pattern
  return isText && path.at(-1) !== 'after' ? [path] : []
}

/** Something a schema takes, so that a search behind other fields is reached too. */
function sample(shape: Shape, id: string): unknown {
  if (shape.default !== undefined) return shape.default
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return sample(shape.anyOf.find(({ type }) => type === 'null') ?? shape.anyOf[0] ?? {}, id)
  if (shape.properties)
    return Object.fromEntries((shape.required ?? []).map((key) => [key, sample(shape.properties?.[key] ?? {}, id)]))
  if (shape.type === 'null') return null
  if (shape.type === 'string') return shape.format === 'uuid' ? id : shape.format === 'date' ? '2026-11-23' : '1'
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(shape.minimum ?? 1, 1)
  if (shape.type === 'array') return (shape.minItems ?? 0) > 0 ? [sample(shape.items ?? {}, id)] : []
  if (shape.type === 'boolean') return false
  return undefined
}

function put(input: unknown, [key, ...rest]: string[], text: string): unknown {
  if (key === undefined) return text
  const object = (input ?? {}) as Record<string, unknown>
  return { ...object, [key]: put(object[key], rest, text) }
}

const searches = reads.flatMap((definition) =>
  freeTexts(shapeOf(definition)).map((path) => ({ definition, path, title: `${definition.name} ${path.join('.')}` })),
)

/**
 * Every free text a read takes. A new one is written down here by whoever has thought about what it can find; `searches`
 * are those that find a customer.
 */
const finding = [
  'billing.bills search',
  'billing.sums search',
  'cashier.paymentSums search',
  'cashier.payments search',
  'customers.list filter.search',
  'customers.search text',
  'customers.sums filter.search',
  'complaints.list search',
  'inspections.hazards search',
  'installations.list search',
  'supply.awaiting search',
  'supply.debtors filter.search',
  'supply.processes search',
  'workorders.list search',
]

let hall: TestHall
let target: Opened
/** Digits that stand nowhere else: not in account, meter, address, date. */
const phone = '19876543987'
const phoneAlt = '18765439876'
const idNumber = inventedNationalId(7_391)

beforeAll(async () => {
  hall = await openTestHall()
  target = openOne(hall, 1, {
    profile: { name: '欧阳独一', phone, phoneAlt, idNumber },
    place: { street: '人民路', building: 'A', unit: 'B', room: 'C' },
    meterNo: 'JXQQ',
  })
})
afterAll(() => hall.close())

test('every read with free text that finds customers is known to this test', () => {
  const known = searches.map(({ title }) => title)
  for (const title of finding) expect(known).toContain(title)
})

/** What may be found: of any of them, as one may stand inside another. */
const told = new Set([phone, phoneAlt, idNumber].flatMap((one) => [one, one.slice(-4)]).concat(idNumber.slice(-6)))
const parts = (secret: string): string[] => {
  const all = Array.from({ length: secret.length }, (_, from) =>
    Array.from({ length: secret.length - from }, (__, n) => secret.slice(from, from + n + 1)),
  ).flat()
  return [...new Set(all)].filter((part) => !told.has(part))
}

/**
 * Asks as whoever may search there. Nobody is in a hurry: the limit on how often one may try is another test's.
 * @param after how long after the question before (ms); what is compared is asked at one moment
 */
function asker({ definition, path }: (typeof searches)[number]): (text: string, after?: number) => Promise<string> {
  const as = definition.allow === 'anyone' || definition.allow === 'signed-in' ? 'clerk' : (definition.allow[0] ?? null)
  const empty = sample(shapeOf(definition), target.accountId)
  return async (text, after = 60_000) => {
    hall.clock.advance(after)
    const reply = await hall.hall.handle({ id: 1, call: definition.name, input: put(empty, path, text), session: as })
    return reply.ok ? JSON.stringify(reply.output) : reply.error.code
  }
}
const names = () => [target.accountId, target.customerId, target.accountNo, '欧阳独一']
// Digits that are part of nothing: the answer for whoever knows nothing.
const nothing = (length: number) => '2'.repeat(length)

test.each(searches)('$title tells nothing of a part of an ID or a phone', async (search) => {
  const ask = asker(search)
  for (const secret of [phone, phoneAlt, idNumber]) {
    for (const part of parts(secret)) {
      if (target.accountNo.includes(part)) continue
      const answer = await ask(part)
      for (const name of names()) expect(answer, `${part} of ${secret}`).not.toContain(name)
      // Nor by being refused, counted or added up in another way.
      if (part.length >= 5) expect(answer, `${part} of ${secret}`).toBe(await ask(nothing(part.length), 0))
    }
  }
})

/** What somebody writes who knows how searches are made. */
const writings: Record<string, (digits: string) => string> = {
  'full-width': (digits) => [...digits].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''),
  'parted by spaces': (digits) => [...digits].join(' '),
  'parted by lines': (digits) => `${digits.slice(0, 3)}-${digits.slice(3)}`,
  'with what is invisible inside': (digits) => [...digits].join('\u200b'),
  'with a star': (digits) => `${digits}*`,
  'between per cents': (digits) => `%${digits}%`,
  'with places left open': (digits) => `_${digits}_`,
  'as a phrase': (digits) => `"${digits}"`,
  'as an expression': (digits) => `${digits}* OR 9999*`,
  'with the marks of the index': (digits) => `~~${digits} ~${digits} ^${digits}`,
  'after a country': (digits) => `+86${digits}`,
  'beside the name': (digits) => `欧阳 ${digits}`,
  'beside the address': (digits) => `人民路 ${digits}`,
  'beside a tail': (digits) => `${phone.slice(-4)} ${digits}`,
  'beside the account': (digits) => `${target.accountNo} ${digits}`,
}
test.each(searches)('$title tells nothing of a part in whatever writing', async (search) => {
  const ask = asker(search)
  for (const secret of [phone, idNumber]) {
    const some = [
      secret.slice(0, 3),
      secret.slice(0, 7),
      secret.slice(2, 8),
      secret.slice(-5),
      secret.slice(-7),
      secret.slice(0, -1),
    ]
    for (const [how, write] of Object.entries(writings)) {
      for (const part of some.filter((one) => !target.accountNo.includes(one))) {
        const answer = await ask(write(part))
        expect(answer, `${write(part)} (${how})`).toBe(await ask(write(nothing(part.length)), 0))
      }
    }
  }
})

test('and they do find by the whole number and by its tail, so that the attack above was one', async () => {
  for (const title of finding) {
    const search = searches.find((one) => one.title === title)
    if (!search) throw new Error(title)
    const { definition, path } = search
    const as = Array.isArray(definition.allow) ? (definition.allow[0] ?? null) : 'clerk'
    for (const text of [phone, phone.slice(-4), idNumber, idNumber.slice(-6), phoneAlt.slice(-4)]) {
      hall.clock.advance(60_000)
      const input = put(sample(shapeOf(definition), target.accountId), path, text)
      const reply = await hall.hall.handle({ id: 1, call: definition.name, input, session: as })
      expect(reply, `${title} ${text}`).toMatchObject({ ok: true })
      if (title.startsWith('customers.') && reply.ok)
        expect(JSON.stringify(reply.output), `${title} ${text}`).toMatch(/欧阳独一|"count":1/)
    }
  }
})
