/** What is chosen before a file is tried out: contents, source, sheet, headings, and which column is what. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { Plan } from '../../src-main/tariffs/api.ts'
import { importFields, unmapped, type ImportKind, type Inspect } from '../../src-main/imports/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import { api } from '../api.ts'
import { useRead } from '../composables/useCall.ts'

export type LookedAt = OutputOf<typeof Inspect>
type Category = Plan['category']

/** Rows of the file shown beside its headings. */
const exampleRows = 3

export interface FileColumn {
  readonly column: number
  readonly letter: string
  readonly heading: string
  /** What stands in it in the first rows, separated. */
  readonly examples: string
}

const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

export function useNewImport() {
  const kind = ref<ImportKind>('customers')
  /** Somebody chose the contents: no guess knows better. */
  let said = false
  const source = ref('')
  const path = ref('')
  const file = shallowRef<LookedAt | null>(null)
  const sheetName = ref('')
  const headingRow = ref(1)
  /** Column → field; '' for a column that is left out. */
  const fieldAt = ref<Record<number, string>>({})
  const plans = ref<Partial<Record<Category, string>>>({})
  const remembered = ref(false)
  const priceList = shallowRef<readonly Plan[]>([])
  const sources = shallowRef<readonly { source: string; kind: ImportKind }[]>([])

  const sheet = computed(() => file.value?.sheets.find(({ name }) => name === sheetName.value) ?? null)
  const headings = computed(() => {
    const rows = sheet.value?.rows ?? []
    const given = rows.find(({ row }) => row === headingRow.value)?.cells ?? []
    const width = Math.max(
      given.length,
      ...rows.filter(({ row }) => row > headingRow.value).map(({ cells }) => cells.length),
    )
    return Array.from({ length: Math.max(0, width) }, (_, i) => given[i] ?? '')
  })
  const columns = computed<FileColumn[]>(() => {
    const below = (sheet.value?.rows ?? []).filter(({ row }) => row > headingRow.value).slice(0, exampleRows)
    return headings.value.map((heading, column) => ({
      column,
      letter: letterOf(column),
      heading,
      examples: below
        .map(({ cells }) => cells[column] ?? '')
        .filter((text) => text !== '')
        .join('　·　'),
    }))
  })
  const mapping = computed(() =>
    Object.fromEntries(
      Object.entries(fieldAt.value).flatMap(([column, field]) => (field === '' ? [] : [[field, Number(column)]])),
    ),
  )
  const missing = computed(() => (file.value === null ? [] : unmapped(kind.value, mapping.value)))
  /** Categories whose price must be chosen because there are several. */
  const toChoose = computed(() => {
    if (kind.value !== 'customers') return []
    const categories = [...new Set(priceList.value.map(({ category }) => category))]
    return categories
      .map((category) => ({ category, plans: priceList.value.filter((plan) => plan.category === category) }))
      .filter(({ plans: of }) => of.length > 1)
  })

  const { run: readStart } = useRead(async () => {
    const [known, list] = await Promise.all([api.imports.sources({}), api.tariffs.plans({})])
    sources.value = known
    priceList.value = list.filter(({ state }) => state === 'in-force')
    if (source.value === '') source.value = known[0]?.source ?? ''
  })

  async function suggest(): Promise<void> {
    if (file.value === null) return
    const asked = { kind: kind.value, source: source.value, headings: headings.value }
    const found = await api.imports.suggestMapping(asked).catch(() => null)
    if (!found || asked.headings !== headings.value || asked.kind !== kind.value) return
    remembered.value = found.remembered
    fieldAt.value = Object.fromEntries(headings.value.map((_, column) => [column, '']))
    for (const [field, column] of Object.entries(found.mapping)) fieldAt.value[column] = field
    for (const { category, plans: of } of toChoose.value) {
      const before = found.plans[category]
      plans.value[category] = of.some(({ id }) => id === before)
        ? (before as string)
        : (plans.value[category] ?? of[0]?.id ?? '')
    }
  }
  watch([headings, kind, source], () => void suggest())

  /** A field stands in one column: given to another one, it leaves the first. */
  function choose(column: number, field: string): void {
    for (const [other, taken] of Object.entries(fieldAt.value)) {
      if (field !== '' && taken === field && Number(other) !== column) fieldAt.value[Number(other)] = ''
    }
    fieldAt.value[column] = field
  }

  function look(at: string, found: LookedAt): void {
    path.value = at
    file.value = found
    const best = found.sheets.find((one) => one.kind !== null) ?? found.sheets[0]
    if (best) chooseSheet(best.name)
    if (best?.kind && !said) kind.value = best.kind
  }
  function say(chosen: ImportKind): void {
    said = true
    kind.value = chosen
  }
  function chooseSheet(name: string): void {
    sheetName.value = name
    headingRow.value = file.value?.sheets.find((one) => one.name === name)?.headingRow ?? 1
  }

  return {
    kind,
    source,
    path,
    file,
    sheet,
    sheetName,
    headingRow,
    headings,
    columns,
    fieldAt,
    mapping,
    missing,
    plans,
    toChoose,
    remembered,
    sources,
    readStart,
    choose,
    chooseSheet,
    look,
    say,
  }
}

/** What a column may be, those that must be there first. */
export const fieldOptions = (kind: ImportKind) => [
  { value: '', label: '不导入' },
  ...importFields[kind]
    .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
    .map(({ key, label, required, note }) => ({
      value: key,
      label: required ? `${label}（必需）` : label,
      note: note ?? '',
    })),
]
