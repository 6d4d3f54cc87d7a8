/** 对账: takes in channel statements, or what is said of one that does not come. */
import { openDayOrNull } from '../ledger/service.ts'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { sum, type Fen } from '../platform/money.ts'
import { readSheets } from '../platform/sheets/reader.ts'
import { inTransaction, task, useCase } from '../platform/use-case.ts'
import {
  AwaitedStatements,
  DeclareNoStatement,
  DeferStatements,
  ImportStatement,
  MapStatement,
  maxStatementLines,
  RemoveStatement,
  type ChannelMeans,
} from './api.ts'
import { channelState, closeState } from './close-state.ts'
import { closingDay } from './closing-day.ts'
import {
  DifferenceSettled,
  StatementDuplicate,
  StatementHasCome,
  StatementNotFound,
  StatementOtherDay,
} from './errors.ts'
import { expectedMovements } from './movements.ts'
import { forgetReconciliation, noteDone, statementDay } from './statement-day.ts'
import { fingerprint, isComplete, type StatementMapping } from './statement-columns.ts'
import { readStatement, statementSheet } from './statement-file.ts'
import type { KnownFile } from './statement-headings.ts'
import type { FileLine } from './statement-line.ts'

/** Rows of a file beyond its lines: titles and totals. */
const moreRows = 1_000

interface Kept {
  readonly date: BusinessDate
  readonly means: ChannelMeans
  readonly kind: 'file' | 'none' | 'deferred'
  readonly fileName?: string
  readonly hash?: string
  readonly requestId?: string
  readonly lines?: readonly FileLine[]
  readonly note?: string
}

const totalOf = (lines: readonly FileLine[]): Fen => sum(lines.map(({ amount }) => amount))

function keepStatement({ sqlite, clock, actor }: Context, kept: Kept): string {
  const id = newId(clock)
  const { lines = [] } = kept
  const of = (standing: FileLine['standing']) => lines.filter((line) => line.standing === standing)
  const [money, elsewhere] = [of('money'), of('elsewhere')]
  statement(
    sqlite,
    `INSERT INTO statements (id, date, means, kind, file_name, hash, request_id, line_count, total, elsewhere_count,
       elsewhere_total, note, imported_at, imported_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    kept.date,
    kept.means,
    kept.kind,
    kept.fileName ?? '',
    kept.hash ?? null,
    kept.requestId ?? null,
    money.length,
    totalOf(money),
    elsewhere.length,
    totalOf(elsewhere),
    kept.note ?? '',
    clock.now(),
    actor.name,
  )
  const insert = statement(
    sqlite,
    `INSERT INTO statement_lines (statement_id, line_no, means, at, reference, merchant_reference, amount, identity, standing, word)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  // Lines of other halls are counted, not kept: a bill of the whole company has thousands of them.
  for (const line of lines.filter(({ standing }) => standing !== 'elsewhere')) {
    const { lineNo, at, reference, merchantReference, amount, identity, standing, word } = line
    insert.run(id, lineNo, kept.means, at, reference, merchantReference, amount, identity, standing, word)
  }
  return id
}

function refuseKnownLines({ sqlite }: Context, means: ChannelMeans, lines: readonly FileLine[]): void {
  const known = statement<{ date: string }>(
    sqlite,
    `SELECT s.date FROM statement_lines l JOIN statements s ON s.id = l.statement_id
     WHERE l.identity = ? AND l.means = ? AND l.identity <> ''`,
  )
  for (const { identity, lineNo, standing } of lines) {
    const before = identity === '' || standing !== 'money' ? undefined : known.get(identity, means)
    if (before) {
      throw new StatementDuplicate(
        `第 ${lineNo} 行的交易已在 ${before.date} 的对账单里，请核对文件；改用这份的，先撤回原来那份`,
        {
          field: 'bytes',
        },
      )
    }
  }
}

/** A line under another hall's terminal that bears one of our numbers is ours: the terminal was keyed in wrongly. */
function oursAfterAll(
  context: Context,
  date: BusinessDate,
  means: ChannelMeans,
  lines: readonly FileLine[],
): FileLine[] {
  const ours = new Set(expectedMovements(context, date, means).flatMap(({ reference }) => reference || []))
  return lines.map((line) =>
    line.standing === 'elsewhere' && (ours.has(line.reference) || ours.has(line.merchantReference))
      ? { ...line, standing: 'money', word: '' }
      : line,
  )
}

function knownFiles({ sqlite }: Pick<Context, 'sqlite'>): Map<string, KnownFile> {
  const rows = statement<{ headings: string; columns: string; inWords: string; outWords: string }>(
    sqlite,
    'SELECT headings, columns, in_words AS inWords, out_words AS outWords FROM statement_mappings',
  ).all()
  return new Map(
    rows.map(({ headings, columns, inWords, outWords }) => [
      headings,
      {
        mapping: JSON.parse(columns) as StatementMapping,
        inWords: JSON.parse(inWords) as string[],
        outWords: JSON.parse(outWords) as string[],
      },
    ]),
  )
}

const listOf = (text: string): string[] =>
  text
    .split(/[;；,，、\n]/)
    .map((part) => part.normalize('NFKC').trim())
    .filter((part) => part !== '')

/** @throws StatementOtherDay naming the line */
function refuseOtherDays(context: Context, date: BusinessDate, lines: readonly FileLine[]): void {
  const now = shanghaiDate(context.clock.now())
  const foreign = lines.find(
    ({ at, standing }) => standing !== 'elsewhere' && (shanghaiDate(at) < date || shanghaiDate(at) > now),
  )
  const open = openDayOrNull(context)
  // The bill of a day that has closed is asked for; the one of the day that is open now would match nothing of it.
  const later = date !== open && lines.length > 0 && lines.every(({ at }) => shanghaiDate(at) > date)
  const wrong = foreign ?? (later ? lines[0] : undefined)
  if (wrong) {
    throw new StatementOtherDay(
      `第 ${wrong.lineNo} 行是 ${shanghaiDate(wrong.at)} 的交易，要对账的营业日是 ${date}，请核对文件`,
      { field: 'bytes' },
    )
  }
}

export const importStatement = task(ImportStatement, async (input, context) => {
  const { requestId, means, fileName, bytes } = input
  const { sqlite, environment, actor, settings } = context
  const again = statement<{ date: BusinessDate }>(sqlite, 'SELECT date FROM statements WHERE request_id = ?').get(
    requestId,
  )
  if (again) return closeState(context, again.date)
  const { file, sheets } = await readSheets({ name: fileName, bytes }, maxStatementLines + moreRows)
  const hash = sha256(`${means}\n${file.hash}`)
  const known = knownFiles(context)
  const read = readStatement(statementSheet(sheets, known), {
    known,
    terminals: listOf(settings.get('cashier.terminals')),
    means,
  })
  return inTransaction(environment, ImportStatement.name, actor, (change) => {
    const date = statementDay(change, input.date, means)
    const twice = statement(sqlite, 'SELECT 1 FROM statements WHERE hash = ?').get(hash)
    if (twice) throw new StatementDuplicate(undefined, { field: 'bytes' })
    const lines = oursAfterAll(change, date, means, read)
    refuseOtherDays(change, date, lines)
    refuseKnownLines(change, means, lines)
    forgetReconciliation(change, date, means)
    const statementId = keepStatement(change, { date, means, kind: 'file', fileName, hash, requestId, lines })
    noteDone(change, date, means)
    change.audit({ subject: `statement:${statementId}`, detail: { date, means, fileName, lines: lines.length } })
    return closeState(change, date)
  })
})

export const mapStatement = useCase(
  MapStatement,
  ({ headings, columns, inWords, outWords }, { sqlite, clock, actor, audit }) => {
    const mapping = columns as unknown as StatementMapping
    if (!isComplete(mapping)) throw new InvalidInput('须指明时间和金额（或收入、支出）各是哪一列', { field: 'columns' })
    const both = inWords.find((word) => outWords.includes(word))
    if (both !== undefined) throw new InvalidInput(`“${both}”不能既是收入又是支出`, { field: 'outWords' })
    const name = fingerprint(headings)
    statement(
      sqlite,
      `INSERT INTO statement_mappings (headings, columns, in_words, out_words, saved_at, saved_by) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (headings) DO UPDATE SET columns = excluded.columns, in_words = excluded.in_words,
       out_words = excluded.out_words, saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
    ).run(name, JSON.stringify(columns), JSON.stringify(inWords), JSON.stringify(outWords), clock.now(), actor.name)
    audit({ subject: 'statement-mapping', detail: { headings: name.slice(0, 200), columns, inWords, outWords } })
    return {}
  },
)

/** What was said about a channel's day before is taken back by what is said now. */
const forgetDeclarations = ({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): void =>
  void statement(sqlite, `DELETE FROM statements WHERE date = ? AND means = ? AND kind <> 'file'`).run(date, means)

export const declareNoStatement = useCase(DeclareNoStatement, ({ date: asked, means, note }, context) => {
  const date = statementDay(context, asked, means)
  const file = statement(context.sqlite, `SELECT 1 FROM statements WHERE date = ? AND means = ? AND kind = 'file'`)
  if (file.get(date, means)) throw new StatementHasCome()
  forgetDeclarations(context, date, means)
  const statementId = keepStatement(context, { date, means, kind: 'none', note })
  context.audit({ subject: `statement:${statementId}`, detail: { date, means, note } })
  return closeState(context, date)
})

export const deferStatements = useCase(DeferStatements, ({ means: all }, context) => {
  const date = closingDay(context)
  for (const means of new Set(all)) {
    forgetDeclarations(context, date, means)
    keepStatement(context, { date, means, kind: 'deferred' })
  }
  context.audit({ subject: `day:${date}`, detail: { deferred: all } })
  return closeState(context, date)
})

export const awaitedStatements = useCase(AwaitedStatements, (_, context) => ({
  rows: statement<{ date: BusinessDate; means: ChannelMeans }>(
    context.sqlite,
    `SELECT s.date, s.means FROM statements s JOIN day_closes d ON d.date = s.date AND d.state = 'closed'
     WHERE s.kind = 'deferred' AND s.done_at IS NULL ORDER BY s.date, s.means LIMIT 200`,
  )
    .all()
    .map(({ date, means }) => {
      const { name, ourCount, ourTotal, imported, reconciled, openDifferences } = channelState(
        context,
        date,
        means,
        true,
      )
      return { date, means, name, ourCount, ourTotal, arrived: imported.length > 0, reconciled, openDifferences }
    }),
}))

export const removeStatement = useCase(RemoveStatement, ({ statementId }, context) => {
  const { sqlite } = context
  const row = statement<{ date: BusinessDate; means: ChannelMeans; fileName: string }>(
    sqlite,
    'SELECT date, means, file_name AS fileName FROM statements WHERE id = ?',
  ).get(statementId)
  if (!row) throw new StatementNotFound()
  const date = statementDay(context, row.date, row.means)
  const lasting = date !== openDayOrNull(context) && row.fileName === ''
  if (lasting) throw new StatementNotFound('该营业日已日结，次日到的说明不能撤回')
  const settled = statement(
    sqlite,
    `SELECT 1 FROM differences WHERE date = ? AND means = ? AND state = 'settled' AND theirs_key LIKE ? || '/%'`,
  ).get(date, row.means, statementId)
  if (settled) throw new DifferenceSettled('这份对账单的差异已经处理，不能移除')
  forgetReconciliation(context, date, row.means)
  statement(sqlite, `DELETE FROM differences WHERE date = ? AND means = ? AND state = 'open'`).run(date, row.means)
  statement(sqlite, 'DELETE FROM statement_lines WHERE statement_id = ?').run(statementId)
  statement(sqlite, 'DELETE FROM statements WHERE id = ?').run(statementId)
  noteDone(context, date, row.means)
  context.audit({ subject: `statement:${statementId}`, detail: { ...row, removed: true } })
  return closeState(context, date)
})
