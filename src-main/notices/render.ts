/**
 * Templates to HTML. Everything that comes from data is escaped; a paper loads nothing and runs one script, ours, which cuts
 * it into pages: so it is the same in the preview, on the printer and in the PDF.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { code128 } from './barcode.ts'
import type { PageLayout } from './page.ts'
import { showHeat, showPressure, showShare } from '../publicity/api.ts'
import { planCategoryNames, type PlanCategory } from '../tariffs/api.ts'
import { lineName } from '../tariffs/service.ts'
import { faceName, resolutionNames, type Resolution } from '../cashier/api.ts'
import { amountInCapitals } from '../platform/capitals.ts'
import { numberGroups } from '../platform/check-digit.ts'
import { formatChineseDate, formatInstant, type BusinessDate } from '../platform/dates.ts'
import {
  formatCubicMetres,
  formatUnitPrice,
  formatYuan,
  type Fen,
  type Litre,
  type UnitPrice,
} from '../platform/money.ts'

export interface Letterhead {
  readonly company: string
  readonly hall: string
  readonly servicePhone: string
  readonly emergencyPhone: string
  /** Address, tax number, bank and account; none on papers that need none. */
  readonly details: readonly string[]
}

export interface RenderInput {
  /** Path under resources/templates without its ending. */
  readonly template: string
  readonly title: string
  readonly number: string
  readonly letterhead: Letterhead
  /** 补打 mark, or empty. */
  readonly mark: string
  readonly layout: PageLayout
  /** Set across each page: 演示, 草稿, 作废; '' for none. */
  readonly watermark: string
  /** Each page is initialled by both sides and sealed over its edge. */
  readonly initials?: boolean
  readonly data: object
  /** For a paper of many sheets: number and data of each; without it the paper is one sheet of `data`. */
  readonly sheets?: readonly PaperSheet[]
}

/** One document of a paper: it counts its own pages. */
export interface PaperSheet {
  readonly number: string
  /** Whose copy it is (供气方联). */
  readonly part?: string
  readonly data: object
}

export class PaperRenderer {
  readonly #folder: string
  readonly #engine = Handlebars.create()
  /** Cuts a paper into pages; the policy of the page names it by its hash. */
  readonly #script: string
  readonly #scriptHash: string
  readonly #templates = new Map<string, Handlebars.TemplateDelegate>()

  /** @param resources folder that holds `templates` */
  constructor(resources: string) {
    this.#folder = join(resources, 'templates')
    this.#engine.registerHelper(helpers)
    this.#script = readFileSync(join(this.#folder, 'paginate.js'), 'utf8')
    this.#scriptHash = `sha256-${createHash('sha256').update(this.#script).digest('base64')}`
  }

  render({ template, data, sheets = [{ number: '', data }], ...frame }: RenderInput): string {
    const fill = this.#template(template)
    return this.#template('layout')({
      initials: false,
      ...frame,
      script: this.#script,
      scriptHash: this.#scriptHash,
      sheets: sheets.map(({ number, part = '', data: own }) => ({
        number: number || frame.number,
        part,
        content: fill(own),
      })),
    })
  }

  #template(name: string): Handlebars.TemplateDelegate {
    let found = this.#templates.get(name)
    if (!found) {
      const source = readFileSync(join(this.#folder, `${name}.hbs`), 'utf8')
      for (const [bare, word = ''] of source.matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
        // {{share}} of the data would be the helper of that name, called with nothing: NaN on the paper.
        if (word in helpers) throw new Error(`${name}.hbs: ${bare} is the name of a helper`)
      }
      // A name the data does not have is a fault of the program; a paper with a hole in it must not be printed.
      found = this.#engine.compile(source, { strict: true })
      this.#templates.set(name, found)
    }
    return found
  }
}

/** The words of a template: {{yuan amount}}, {{capitals amount}} … Amounts in fen, volumes in litres. */
const helpers = {
  yuan: (amount: Fen) => formatYuan(amount),
  faceName,
  capitals: (amount: Fen) => amountInCapitals(amount),
  /** A dash for a debt of the old system, of which the volume is not known. */
  m3: (volume: Litre | null) => (volume === null ? '—' : formatCubicMetres(volume)),
  /** What a meter shows; a dash where nothing was read. */
  index: (volume: Litre | null) => (volume === null ? '—' : formatCubicMetres(volume)),
  unitPrice: (price: UnitPrice) => formatUnitPrice(price),
  date: (date: BusinessDate) => formatChineseDate(date),
  time: (instant: number) => formatInstant(instant),
  /** A number in the groups it is read in, as on the screens. */
  grouped: (text: string) => numberGroups(text).join(' '),
  /** A bar code of a number, to be scanned at the desk: the plain digits. */
  barcode: (text: string) => new Handlebars.SafeString(code128(text)),
  /** Whether a place for a signature is one for a seal. */
  isSeal: (text: string) => text.includes('章'),
  share: (share: number) => showShare(share),
  heat: (kilojoules: number) => showHeat(kilojoules),
  pressure: (pascals: number) => showPressure(pascals),
  categoryName: (category: PlanCategory) => planCategoryNames[category],
  /** Joined by an arrow: 受理 → 勘查. */
  chain: (steps: readonly string[]) => steps.join(' → '),
  /** From 1, as people count. */
  ordinal: (index: number) => index + 1,
  tierName: (tier: number) => (tier === 0 ? '统一价' : lineName({ tier, season: null })),
  resolutionName: (resolution: Resolution | null) => (resolution === null ? '待处理' : resolutionNames[resolution]),
}
