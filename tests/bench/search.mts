/** Search as you type: every key of what clerks type, from the first letter on. */
import { SearchCustomers } from '../../src-main/customers/api.ts'
import { searchSql } from '../../src-main/customers/search.ts'
import { matchExpression, matchSteps, parseQuery, readings } from '../../src-main/customers/search-words.ts'
import { Random } from '../../src-main/demo/random.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import { openDesk, type Desk } from './hall.mts'
import { p99, Series, timed, timedAsync, type Figure } from './measure.mts'

/** Customers whose particulars are typed. */
const customers = 40
/** Rows the search field of the top bar asks for. */
const limit = 10
const targetMs = 30

interface Told {
  name: string
  phone: string
  community: string
  building: string
  unit: string
  room: string
  accountNo: string
  meterNo: string
}

/** Everything typed on the way to a text: its first character, its first two … */
const keyByKey = (text: string): string[] => [...text].map((_, i, all) => all.slice(0, i + 1).join(''))

function typedFor(told: Told): string[] {
  const [units = []] = readings(told.name, true)
  const initials = units.map(({ reading }) => reading.charAt(0)).join('')
  const pinyin = units.map(({ reading }) => reading).join('')
  const [places = []] = readings(told.community, false)
  const place = [told.building, told.unit, told.room].filter((part) => part !== '').join('-')
  return [
    told.name,
    initials,
    pinyin,
    told.phone.slice(-4),
    told.phone,
    `${told.community}${place}`,
    `${places.map(({ reading }) => reading.charAt(0)).join('')} ${place}`,
    told.accountNo,
    told.meterNo,
  ].flatMap(keyByKey)
}

/** Numbers by which customers are drawn; the same for every run. */
const draw = 20_261_123

/** What is typed for one customer after the other, drawn from the hall; first each letter and digit alone. */
function everythingTyped(sqlite: Sqlite): string[][] {
  const random = new Random(draw)
  const last = sqlite.prepare<[], { row: number }>('SELECT max(row) AS row FROM customer_index').get()?.row ?? 0
  const told = sqlite.prepare<[number], Told>(
    `SELECT c.name, c.phone, p.community, p.building, p.unit, p.room, a.account_no AS accountNo, m.meter_no AS meterNo
     FROM customer_index i JOIN customers c ON c.id = i.customer_id JOIN accounts a ON a.id = i.account_id
     JOIN service_points p ON p.id = a.service_point_id JOIN meters m ON m.service_point_id = p.id WHERE i.row = ?`,
  )
  const drawn = Array.from({ length: customers }, () => told.get(random.between(1, last)))
  const alone = [...'abcdefghijklmnopqrstuvwxyz0123456789']
  return [alone, ...drawn.map((one) => (one ? typedFor(one) : []))]
}

/** Between two customers, so that the whole numbers a clerk may try come back as they do in a hall (ms). */
const betweenMs = 5 * 60_000

export async function searchFigure(folder: string): Promise<Figure> {
  let served = 0
  const desk = await openDesk(folder, undefined, () => served * betweenMs)
  try {
    return await search(desk, () => served++)
  } finally {
    await desk.hall.close()
  }
}

async function search({ hall, call }: Desk, next: () => void): Promise<Figure> {
  const { sqlite } = hall.environment
  const match = sqlite.prepare<[string, number], { row: number }>(searchSql.text)
  const rowOf = sqlite.prepare<[number], unknown>(searchSql.row)
  const loosest = matchSteps.at(-1) ?? { fromStart: false, exact: false }
  const ours = new Series()
  const baseline: number[] = []
  for (const typed of everythingTyped(sqlite)) {
    for (const text of typed) {
      ours.add(await timedAsync(() => call(SearchCustomers, { text, limit }, 'clerk')))
      const expression = matchExpression(parseQuery(text), loosest)
      if (expression === null) continue
      baseline.push(timed(() => match.all(expression, limit).map(({ row }) => rowOf.get(row))).ms)
    }
    next()
  }
  return {
    name: 'search as you type',
    what: `customers.search with ${limit} rows, each key of ${customers} customers' particulars and each letter and digit alone; raw: one MATCH of the same words in the same index and its rows`,
    samples: ours.ms,
    cpu: ours.cpu,
    baseline,
    ratio: p99(ours.ms) / p99(baseline),
    target: `p99 ≤ ${targetMs} ms`,
    met: p99(ours.ms) <= targetMs,
  }
}
