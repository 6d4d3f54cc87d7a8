/** 公示牌: what hangs out now, put together from the published version, the price list and the settings. */
import { companyPhones, phonesForPaper, type CompanyPhones } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate, startOfDay, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Job } from '../platform/scheduler.ts'
import { useCase } from '../platform/use-case.ts'
import { listOn } from '../fees/service.ts'
import { planCategories } from '../tariffs/api.ts'
import { plansFor } from '../tariffs/service.ts'
import {
  BoardContent,
  BoardNow,
  DiscardDraft,
  Display,
  Draft,
  Publish,
  SaveDraft,
  VersionBoard,
  Versions,
  type Board,
  type BoardVersionRow,
  type FillInValues,
} from './api.ts'
import { exampleBoard } from './examples.ts'
import { boardIssues, exampleIssues, filled, pricesOn, type BoardIssue } from './rules.ts'

export const BoardNotFound = domainError('BoardNotFound', '没有找到这一版公示内容，请刷新后再试')
export const NoDraft = domainError('NoDraft', '没有待发布的草稿，请先编辑公示内容')
export const BoardIncomplete = domainError('BoardIncomplete', '公示内容还不完整，请按提示补齐')

interface VersionRecord {
  readonly id: string
  readonly no: number | null
  readonly content: string
  readonly savedAt: number
  readonly savedBy: string
  readonly publishedAt: number | null
  readonly publishedBy: string | null
}
const columns = `id, no, content, saved_at AS savedAt, saved_by AS savedBy, published_at AS publishedAt,
  published_by AS publishedBy`

const latest = ({ sqlite }: Context): VersionRecord | undefined =>
  statement<VersionRecord>(
    sqlite,
    `SELECT ${columns} FROM board_versions WHERE no IS NOT NULL ORDER BY no DESC LIMIT 1`,
  ).get()

const draftOf = ({ sqlite }: Context): VersionRecord | undefined =>
  statement<VersionRecord>(sqlite, `SELECT ${columns} FROM board_versions WHERE state = 'draft'`).get()

const contentOf = ({ content }: VersionRecord): BoardContent => BoardContent.parse(JSON.parse(content))

/** A number not given yet is named, so that no sentence ends in nothing. */
const phoneWords = ({ service, emergency, complaint }: CompanyPhones) => ({
  抢险电话: emergency || '（抢险电话未设置）',
  服务电话: service || '（服务电话未设置）',
  投诉电话: complaint || '（投诉电话未设置）',
})

/** What stands for the words in 【】, also for other rooms whose papers name phones and deadlines. */
export const fillInValues = ({ settings }: Context): FillInValues => ({
  ...phoneWords(companyPhones(settings)),
  处理时限: `${settings.get('workorders.handleHours')} 小时`,
  修复时限: `${settings.get('workorders.repairHours')} 小时`,
  停气通知时限: `${settings.get('supply.noticeHours')} 小时`,
})

function filledIn(content: BoardContent, values: FillInValues): BoardContent {
  const fill = (text: string) => filled(text, values)
  return {
    gas: { ...content.gas, pressures: content.gas.pressures.map((one) => ({ ...one, use: fill(one.use) })) },
    services: content.services.map(({ name, steps, timeLimit, papers }) => ({
      name: fill(name),
      steps: steps.map(fill),
      timeLimit: fill(timeLimit),
      papers: fill(papers),
    })),
    hours: content.hours.map(fill),
    tips: content.tips.map(fill),
  }
}

/** Content as it would hang out on a day. Prices are never part of it: they are read from the tariffs. */
function boardOf(
  context: Context,
  content: BoardContent,
  on: BusinessDate,
  version: Pick<VersionRecord, 'no' | 'publishedAt' | 'publishedBy'> | null,
  example: boolean,
): Board {
  const { device, settings, clock } = context
  return {
    company: device.companyName,
    hall: device.hallName,
    on,
    now: clock.now(),
    versionNo: version?.no ?? null,
    publishedAt: version?.publishedAt ?? null,
    publishedBy: version?.publishedBy ?? null,
    example,
    gasKind: settings.get('contracts.gasKind'),
    content: filledIn(content, fillInValues(context)),
    prices: pricesOn(
      planCategories.flatMap((category) => plansFor(context, category)),
      on,
    ).map((price) => ({ ...price, rows: [...price.rows], notes: [...price.notes] })),
    fees: listOn(context, on),
    phones: companyPhones(settings),
    slideSeconds: settings.get('publicity.slideSeconds'),
  }
}

const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())

/** What stands in the way of publishing here; a real hall hangs out nothing of the shipped example. */
function issuesOf(context: Context, content: BoardContent): BoardIssue[] {
  const issues = boardIssues(content, today(context))
  return context.device.demo ? issues : [...issues, ...exampleIssues(content)]
}
const problemsOf = (context: Context, content: BoardContent): string[] =>
  issuesOf(context, content).map(({ text }) => text)

/**
 * What a hall's first draft begins with: the example's texts, which say that they are one. Its gas analysis,
 * pressures and business hours say nothing of the kind, so a real hall begins without them.
 */
function firstContent({ device }: Context): BoardContent {
  if (device.demo) return exampleBoard
  const { gas } = exampleBoard
  const composition = gas.composition.map(({ name }) => ({ name, share: 0 }))
  const pressures = gas.pressures.map(({ use }) => ({ use, pascals: 0 }))
  return {
    ...exampleBoard,
    gas: { ...gas, composition, pressures, grossHeat: 0, netHeat: 0, analysedOn: null },
    hours: [],
  }
}

/** The board of this moment: the last published content, the shipped example before that; prices of today. */
export function boardNow(context: Context): Board {
  const version = latest(context)
  const content = version ? contentOf(version) : exampleBoard
  return boardOf(context, content, today(context), version ?? null, version === undefined)
}

/** The draft as it would hang out today. @throws NoDraft */
export function draftBoard(context: Context): Board {
  const draft = draftOf(context)
  if (!draft) throw new NoDraft()
  return boardOf(context, contentOf(draft), today(context), null, false)
}

export const display = useCase(Display, (_, context) => boardNow(context))

export const board = useCase(BoardNow, (_, context) => {
  const draft = draftOf(context)
  return {
    board: boardNow(context),
    draft: draft
      ? {
          savedAt: draft.savedAt,
          savedBy: draft.savedBy,
          problems: problemsOf(context, contentOf(draft)),
        }
      : null,
  }
})

export const draft = useCase(Draft, (_, context) => {
  const saved = draftOf(context)
  const published = latest(context)
  const content = saved ? contentOf(saved) : published ? contentOf(published) : firstContent(context)
  return {
    content,
    board: boardOf(context, content, today(context), null, false),
    issues: issuesOf(context, content),
    saved: saved ? { at: saved.savedAt, by: saved.savedBy } : null,
  }
})

export const saveDraft = useCase(SaveDraft, ({ content }, context) => {
  const { sqlite, clock, actor } = context
  const text = JSON.stringify(content)
  const updated = statement(
    sqlite,
    `UPDATE board_versions SET content = ?, saved_at = ?, saved_by = ? WHERE state = 'draft'`,
  ).run(text, clock.now(), actor.name)
  if (updated.changes === 0) {
    statement(
      sqlite,
      `INSERT INTO board_versions (id, state, content, note, saved_at, saved_by) VALUES (?, 'draft', ?, '', ?, ?)`,
    ).run(newId(clock), text, clock.now(), actor.name)
  }
  context.audit({ subject: 'board:draft' })
  context.emit({ event: 'changed', data: { room: 'publicity' } })
  return { problems: problemsOf(context, content) }
})

/** @throws NoDraft */
export const discardDraft = useCase(DiscardDraft, (_, context) => {
  const gone = draftOf(context)
  if (!gone) throw new NoDraft()
  statement(context.sqlite, `DELETE FROM board_versions WHERE state = 'draft'`).run()
  context.audit({ subject: 'board:draft', detail: { content: contentOf(gone), savedBy: gone.savedBy } })
  context.emit({ event: 'changed', data: { room: 'publicity' } })
  return {}
})

/** @throws NoDraft · BoardIncomplete · PhonesMissing */
export const publish = useCase(Publish, ({ note }, context) => {
  const { sqlite, clock, actor } = context
  const ready = draftOf(context)
  if (!ready) throw new NoDraft()
  const problems = problemsOf(context, contentOf(ready))
  if (problems.length > 0) throw new BoardIncomplete(problems.join('；'), { details: problems })
  phonesForPaper(context.settings)
  const versionNo = (latest(context)?.no ?? 0) + 1
  statement(
    sqlite,
    `UPDATE board_versions SET state = 'published', no = ?, note = ?, published_at = ?, published_by = ? WHERE id = ?`,
  ).run(versionNo, note, clock.now(), actor.name, ready.id)
  context.audit({ subject: `board:${versionNo}`, detail: { versionNo, note } })
  context.emit({ event: 'changed', data: { room: 'publicity' } })
  return { versionNo }
})

export const versionsSql = `SELECT id, no, note, published_at AS publishedAt, published_by AS publishedBy
  FROM board_versions WHERE no < @before ORDER BY no DESC LIMIT @limit`

export const versions = useCase(Versions, ({ page: { after, size } }, { sqlite }) => {
  if (after !== null && !/^\d{1,9}$/.test(after)) {
    throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  }
  const rows = statement<BoardVersionRow>(sqlite, versionsSql).all({
    before: after === null ? Number.MAX_SAFE_INTEGER : Number(after),
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  return { rows: kept, next: rows.length > size ? String(kept.at(-1)?.no) : null }
})

/** @throws BoardNotFound */
export const version = useCase(VersionBoard, ({ versionId }, context) => {
  const row = statement<VersionRecord>(
    context.sqlite,
    `SELECT ${columns} FROM board_versions WHERE id = ? AND no IS NOT NULL`,
  ).get(versionId)
  if (!row || row.publishedAt === null) throw new BoardNotFound()
  return boardOf(context, contentOf(row), shanghaiDate(row.publishedAt), row, false)
})

/** At midnight the prices may be others: everything that shows the board reads it again. */
export const dayTurn: Job = {
  job: 'publicity.dayTurn',
  nextRun: (_, now) => startOfDay(addDays(shanghaiDate(now), 1)),
  run: async ({ emit }) => emit({ event: 'changed', data: { room: 'publicity' } }),
}
