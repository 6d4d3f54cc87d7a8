/** What the rows of one file say of each other: what only one may have, and who is the same person. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { sharedMark } from './rules.ts'
import type { ImportRecord } from './store.ts'
import type { ImportKind } from './words.ts'

interface Unique {
  readonly key: 'account_key' | 'meter_key' | 'place_key'
  readonly field: string
  readonly words: string
  /** 一户多表: the same account again is another meter of it, which the row names. */
  readonly severalMeters?: true
  /** What to do about it. */
  readonly hint?: string
  /** SQL of what is shown of the row, where its key is made for comparing and not for reading. */
  readonly shown?: string
}
const told = (path: string): string => `coalesce(json_extract(s.parsed, '$.${path}'), '')`
const worded = (path: string, word: string): string =>
  `CASE WHEN ${told(path)} = '' THEN '' WHEN ${told(path)} GLOB '*[0-9A-Z]' THEN ${told(path)} || '${word}' ELSE ${told(path)} END`
const address = [
  ...['district', 'street', 'community'].map((part) => told(`place.${part}`)),
  worded('place.building', '号楼'),
  worded('place.unit', '单元'),
  worded('place.room', '室'),
].join(' || ')
/** What no two rows of a file may share, by kind. */
const uniques: Readonly<Record<ImportKind, readonly Unique[]>> = {
  customers: [
    { key: 'account_key', field: 'accountNo', words: '户号', hint: '；一户多表的第二块表请用“表具”文件导入' },
    { key: 'meter_key', field: 'meterNo', words: '表号' },
    { key: 'place_key', field: 'address', words: '用气地址', shown: address },
  ],
  meters: [
    { key: 'account_key', field: 'accountNo', words: '户号', severalMeters: true },
    { key: 'meter_key', field: 'meterNo', words: '表号' },
  ],
  readings: [
    { key: 'account_key', field: 'accountNo', words: '户号', severalMeters: true },
    { key: 'meter_key', field: 'meterNo', words: '表号' },
  ],
  balances: [
    {
      key: 'account_key',
      field: 'month',
      words: '户号和欠费月份',
      shown: `${told('accountNo')} || ' ' || substr(${told('month')}, 1, 7)`,
    },
    { key: 'meter_key', field: 'prepayment', words: '户号的预存' },
  ],
  staff: [
    { key: 'account_key', field: 'staffNo', words: '工号' },
    { key: 'meter_key', field: 'certificateNo', words: '证号', shown: told('certificate.number') },
  ],
  history: [],
  care: [
    { key: 'account_key', field: 'accountNo', words: '户号' },
    { key: 'place_key', field: 'idNumber', words: '证件号码' },
  ],
}

const isShared = `s.place_key LIKE '${sharedMark}%'`
/** Another meter of the account; what the account has used in the cycle is told once, in one of the rows. */
const isFurther = `d.unnamed = 0 AND d.used <= 1`
function levelOf({ key, severalMeters }: Unique): string {
  if (severalMeters) return `CASE WHEN ${isFurther} THEN 'notice' ELSE 'bad' END`
  return key === 'place_key' ? `CASE WHEN ${isShared} THEN 'notice' ELSE 'bad' END` : `'bad'`
}
function adviceOf({ key, severalMeters, hint }: Unique): string {
  if (hint !== undefined) return `|| '${hint}'`
  if (severalMeters)
    return `|| CASE WHEN ${isFurther} THEN '，按一户多表导入、合并计档，请核对' WHEN d.unnamed > 0 THEN '，一户多表的须填表号'
      ELSE '，一户的累计气量只填在一行' END`
  return key === 'place_key' ? `|| CASE WHEN ${isShared} THEN '，按同院多户导入，请核对' ELSE '' END` : ''
}

/** Problems between rows are numbered from here, so that they are told apart from a row's own when they are sought again. */
const firstNo = 1_001

/** The searches one after the other, each a short transaction of its own; from the first on they can be done again. */
export function* duplicateSearches({ sqlite }: Context, { id, kind }: ImportRecord): Generator<() => void> {
  yield () => statement(sqlite, `DELETE FROM import_problems WHERE import_id = ? AND no >= ${firstNo}`).run(id)
  for (const [i, unique] of uniques[kind].entries()) {
    const { key, field, words, shown = `s.${key}` } = unique
    yield () =>
      statement(
        sqlite,
        `INSERT INTO import_problems (import_id, row_no, no, level, field, value, reason)
         SELECT s.import_id, s.row_no, ${firstNo + i}, ${levelOf(unique)}, '${field}', ${shown},
           '与第 ' || CASE s.row_no WHEN d.first THEN d.last ELSE d.first END || ' 行的${words}重复' ${adviceOf(unique)}
         FROM (SELECT ${key} AS k, min(row_no) AS first, max(row_no) AS last, sum(meter_key IS NULL) AS unnamed,
                 sum(json_extract(parsed, '$.used') IS NOT NULL) AS used FROM import_staged
               WHERE import_id = @id AND ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > 1) d
         JOIN import_staged s ON s.import_id = @id AND s.${key} = d.k`,
      ).run({ id })
  }
  if (kind === 'customers')
    yield () => findSameIdentity(sqlite, id, 'idNumber', '证件号码', '是同一客户，户号归在一人名下')
  if (kind === 'staff') {
    yield () => findSameIdentity(sqlite, id, 'staffNo', '工号', '是同一人，上岗证记在其名下')
    yield () => findSameName(sqlite, id)
  }
}

/** Of two members of the staff who are called the same nobody could say who did what. */
function findSameName(sqlite: Context['sqlite'], id: string): void {
  statement(
    sqlite,
    `INSERT INTO import_problems (import_id, row_no, no, level, field, value, reason)
     SELECT s.import_id, s.row_no, ${firstNo + 101}, 'bad', 'name', s.name,
       '与第 ' || CASE s.row_no WHEN d.first THEN d.last ELSE d.first END || ' 行同名而工号不同：是同一人的只留一个工号，不是同一人的姓名后加注区分'
     FROM (SELECT name, min(row_no) AS first, max(row_no) AS last FROM import_staged WHERE import_id = @id
           GROUP BY name HAVING count(DISTINCT identity_key) > 1) d
     JOIN import_staged s ON s.import_id = @id AND s.name = d.name`,
  ).run({ id })
}

/** One identity is one person: the same name joins the rows, another name is a mistake in one of them. */
function findSameIdentity(sqlite: Context['sqlite'], id: string, field: string, same: string, joined: string): void {
  statement(
    sqlite,
    `INSERT INTO import_problems (import_id, row_no, no, level, field, value, reason)
     SELECT s.import_id, s.row_no, ${firstNo + 100}, CASE WHEN d.names > 1 THEN 'bad' ELSE 'notice' END, @field,
       s.identity_key, CASE WHEN d.names > 1
         THEN '与第 ' || CASE s.row_no WHEN d.first THEN d.last ELSE d.first END || ' 行的' || @same || '相同而姓名不同，请核对'
         ELSE '与第 ' || d.first || ' 行' || @joined END
     FROM (SELECT identity_key AS k, min(row_no) AS first, max(row_no) AS last, count(DISTINCT name) AS names
           FROM import_staged WHERE import_id = @id AND identity_key IS NOT NULL GROUP BY identity_key
           HAVING count(*) > 1) d
     JOIN import_staged s ON s.import_id = @id AND s.identity_key = d.k
     WHERE d.names > 1 OR s.row_no > d.first`,
  ).run({ id, field, same, joined })
}
