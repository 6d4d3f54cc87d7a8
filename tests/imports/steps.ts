/** An import by its calls, as the screen makes them. */
import {
  Begin,
  Check,
  Commit,
  Detail,
  Inspect,
  SuggestMapping,
  Undo,
  undoTerms,
  type ImportKind,
  type ImportView,
} from '../../src-main/imports/api.ts'
import type { InputOf, Role } from '../../src-main/platform/contract.ts'
import { seedPlans } from '../../src-main/tariffs/service.ts'
import { approvalOf } from '../support/approval.ts'
import type { TestHall } from '../support/hall.ts'

export const requestId = (): string => crypto.randomUUID()

/** Price plans of the example hall; two of them are for residents. @returns ids by code */
export const plansIn = (hall: TestHall): ReadonlyMap<string, string> => hall.transact(seedPlans)

export interface Wanted {
  readonly kind: ImportKind
  readonly source?: string
  readonly sheet?: string
  readonly headingRow?: number
  readonly mapping?: Readonly<Record<string, number>>
  readonly plans?: InputOf<typeof Begin>['plans']
  readonly as?: Role
}

/** Looks at a file and puts it on record, its columns mapped by their headings. */
export async function begin(hall: TestHall, path: string, wanted: Wanted): Promise<string> {
  const { kind, source = '旧收费系统', as = 'administrator' } = wanted
  const file = await hall.call(Inspect, { path }, as)
  const sheet = file.sheets.find(({ name }) => wanted.sheet === undefined || name === wanted.sheet)
  if (!sheet) throw new Error(`no sheet ${wanted.sheet}`)
  const headingRow = wanted.headingRow ?? sheet.headingRow ?? 1
  const headings = sheet.rows.find(({ row }) => row === headingRow)?.cells ?? []
  const { mapping } = await hall.call(SuggestMapping, { kind, source, headings }, as)
  const { importId } = await hall.call(
    Begin,
    {
      requestId: requestId(),
      path,
      hash: file.hash,
      size: file.size,
      kind,
      source,
      sheet: sheet.name,
      headingRow,
      headings,
      mapping: wanted.mapping ?? mapping,
      plans: wanted.plans ?? {},
    },
    as,
  )
  return importId
}

/** 试导入. */
export async function tryOut(hall: TestHall, path: string, wanted: Wanted): Promise<ImportView> {
  const importId = await begin(hall, path, wanted)
  return hall.call(Check, { importId }, wanted.as ?? 'administrator')
}

/** 试导入 and 正式导入. */
export async function importFile(hall: TestHall, path: string, wanted: Wanted): Promise<ImportView> {
  const { importId } = await tryOut(hall, path, wanted)
  return hall.call(Commit, { requestId: requestId(), importId, pauseAgreed: true }, 'administrator')
}

/** 撤销导入 by the administrator, agreed to by the hall manager. */
export async function undoApproved(hall: TestHall, importId: string, reason = '选错了文件') {
  const { view } = await hall.call(Detail, { importId }, 'administrator')
  const terms = undoTerms(view, reason)
  const approvalId = await approvalOf(hall, { purpose: 'import-undo', terms }, 'administrator')
  return hall.call(
    Undo,
    { requestId: crypto.randomUUID(), importId, reason, pauseAgreed: true, approvalId },
    'administrator',
  )
}
