import { trigger } from './trigger.ts'

type Row = 'OLD' | 'NEW'

/** What is counted of all customers: by which table's rows, and which columns decide. */
const counts: readonly { what: string; table: string; of: string; counts: (row: Row) => string }[] = [
  { what: 'total', table: 'customer_index', of: 'row', counts: () => '1' },
  { what: 'special', table: 'customer_index', of: 'special', counts: (row) => `(${row}.special = 1)` },
  { what: 'active', table: 'accounts', of: 'state', counts: (row) => `(${row}.state = 'active')` },
  {
    what: 'arrears',
    table: 'accounts',
    of: 'arrears, prepayment',
    counts: (row) => `(${row}.arrears > 0 AND ${row}.arrears > ${row}.prepayment)`,
  },
]

/** What is none any more leaves no row, so that an import taken back leaves nothing behind. */
const less = (what: string) =>
  `UPDATE customer_counts SET n = n - 1 WHERE what = '${what}'; DELETE FROM customer_counts WHERE what = '${what}' AND n = 0;`
const more = (what: string) =>
  `INSERT INTO customer_counts (what, n) VALUES ('${what}', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1;`

/** Keeps `customer_counts` in step with the customers and their debts. */
export const customerTriggers: string[] = counts.flatMap(({ what, table, of, counts }) => [
  trigger(`${table}_${what}_insert`, `AFTER INSERT ON ${table} WHEN ${counts('NEW')} BEGIN ${more(what)} END`),
  trigger(`${table}_${what}_delete`, `AFTER DELETE ON ${table} WHEN ${counts('OLD')} BEGIN ${less(what)} END`),
  trigger(
    `${table}_${what}_more`,
    `AFTER UPDATE OF ${of} ON ${table} WHEN ${counts('NEW')} AND NOT ${counts('OLD')} BEGIN ${more(what)} END`,
  ),
  trigger(
    `${table}_${what}_less`,
    `AFTER UPDATE OF ${of} ON ${table} WHEN ${counts('OLD')} AND NOT ${counts('NEW')} BEGIN ${less(what)} END`,
  ),
])
