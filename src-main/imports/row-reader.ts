/** One row of a file by its fields: text, numbers, money, dates and words, and everything that is wrong with them. Pure. */
import type { BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { parseCubicMetres, type Fen, type Litre } from '../platform/money.ts'
import {
  cellProblem,
  cellText,
  dateProblem,
  lostDigits,
  readAmount,
  readDate,
  readMonth,
  saysNothing,
  type Cell,
} from '../platform/sheets/cells.ts'
import { fieldOf, importFields, type Mapping } from './fields.ts'
import type { Problem } from './rows.ts'
import type { ImportKind, ProblemLevel } from './words.ts'
import { plainName, plainVolume } from './written.ts'

/** Reads one row's cells by field and gathers what is wrong with them, all of it. */
export class RowReader {
  readonly problems: Problem[] = []
  readonly #cells: readonly Cell[]
  readonly #mapping: Mapping
  readonly #kind: ImportKind
  /** A row is asked for the same text several times. */
  readonly #texts = new Map<string, string>()

  constructor(kind: ImportKind, mapping: Mapping, cells: readonly Cell[]) {
    this.#kind = kind
    this.#mapping = mapping
    this.#cells = cells
    for (const key of Object.keys(mapping)) {
      const problem = cellProblem(this.cell(key))
      if (problem !== null) this.bad(key, problem)
    }
    for (const { key, required } of importFields[kind])
      if (required && this.text(key) === '') this.bad(key, '必填，不能空着')
  }

  cell(key: string): Cell {
    const column = this.#mapping[key]
    return column === undefined ? null : (this.#cells[column] ?? null)
  }
  text(key: string): string {
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const found = cellText(this.cell(key))
    const text = saysNothing(found) ? '' : found
    this.#texts.set(key, text)
    return text
  }
  #say(level: ProblemLevel, field: string, reason: string): void {
    // A cell that is broken in itself says so once.
    if (this.problems.some((one) => one.field === field && one.level === 'bad')) return
    this.problems.push({ field, value: this.text(field).slice(0, 200), reason, level })
  }
  bad(field: string, reason: string): void {
    this.#say('bad', field, reason)
  }
  notice(field: string, reason: string): void {
    this.#say('notice', field, reason)
  }
  /** A person's or company's name. */
  name(key: string): string {
    return plainName(this.text(key))
  }
  /** A number that people know by its digits: 户号, 证件号, 电话, 表号. */
  digits(key: string): string {
    if (lostDigits(this.cell(key))) this.bad(key, '长号码被 Excel 当成数值，末几位已丢失；请把该列设为文本后重新填写')
    return this.text(key)
  }
  /** @param read throws an InvalidInput in Chinese */
  #parsed<T>(key: string, read: (text: string) => T): T | null {
    const text = this.text(key)
    if (text === '') return null
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      this.bad(key, error.message)
      return null
    }
  }
  yuan(key: string): Fen | null {
    const amount = this.signedYuan(key)
    if (amount !== null && amount < 0) this.bad(key, '金额不能为负数')
    return amount
  }
  /** With a sign, or in the brackets of a bookkeeper. */
  signedYuan = (key: string): Fen | null => this.#parsed(key, readAmount)
  cubicMetres = (key: string): Litre | null => this.#parsed(key, (text) => parseCubicMetres(plainVolume(text)))
  date(key: string): BusinessDate | null {
    const text = this.text(key)
    if (text === '') return null
    const date = readDate(text)
    if (date === null) this.bad(key, dateProblem(text))
    return date
  }
  month(key: string): BusinessDate | null {
    const text = this.text(key)
    if (text === '') return null
    const month = readMonth(text)
    if (month === null) this.bad(key, '月份无法识别，应写成 2026-09 或 2026年9月 的样子')
    return month
  }
  notAfter(key: string, date: BusinessDate | null, today: BusinessDate): void {
    if (date !== null && date > today) this.bad(key, `日期 ${date} 晚于今天，请核对`)
  }
  whole(key: string, from: number, to: number): number | null {
    const text = this.text(key)
      .normalize('NFKC')
      .replace(/[人位口个]$/, '')
    if (text === '') return null
    const value = /^\d{1,4}(\.0+)?$/.test(text) ? Number(text) : NaN
    if (value >= from && value <= to) return value
    this.bad(key, `${fieldOf(this.#kind, key)?.label ?? '数字'}应为 ${from} 至 ${to} 的整数`)
    return null
  }
  /** One of the words, by its name or one that means it; `other` where the cell is empty. */
  choice<T extends string>(key: string, choices: readonly (readonly [T, RegExp])[], other: T, names: string): T {
    const text = this.text(key)
    if (text === '') return other
    const found = choices.find(([, words]) => words.test(text))
    if (!found) this.bad(key, `没有这一种，应为${names}`)
    return found?.[0] ?? other
  }
  /** What a zod schema of the house says about a value, told at a field. */
  check(
    schema: { safeParse(value: unknown): { success: boolean; error?: { issues: readonly { message: string }[] } } },
    key: string,
    value: unknown,
  ): void {
    const parsed = schema.safeParse(value)
    if (!parsed.success) this.bad(key, parsed.error?.issues[0]?.message ?? '填写有误')
  }
  get good(): boolean {
    return this.problems.every(({ level }) => level !== 'bad')
  }
}
