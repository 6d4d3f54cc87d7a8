/** Where a paper stands on its sheet: size, margins, slips to be cut apart. Pure; lengths in mm. */
import { paperSizes, type PaperSize, type SheetSize } from '../app/api.ts'
import type { PageSetup } from './api.ts'

export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

export interface PageLayout {
  /** What the printer is given. */
  readonly sheet: SheetSize
  /** The page as it is seen, on its side when landscape. */
  readonly width: number
  readonly height: number
  /** One paper's place on the page before it is scaled; the whole page where it stands alone. */
  readonly leaf: { readonly width: number; readonly height: number; readonly scale: number }
  readonly perPage: 1 | 2 | 4
  readonly margins: Margins
  /** Classes of the page: how dense it is set. */
  readonly classes: string
}

const micrometresPerMillimetre = 1000

const laser: Margins = { top: 8, right: 11, bottom: 7, left: 11 }
/** Beside the holes of continuous paper (12.7 mm each side) and above the perforation. */
const continuous: Margins = { top: 4, right: 15, bottom: 3.5, left: 15 }
const defaultMargins: Partial<Record<PaperSize, Margins>> = {
  '241-full': continuous,
  '241-half': continuous,
  '241-third': continuous,
  '235x90': { top: 3.5, right: 12, bottom: 3, left: 12 },
}
/** A sheet as low as this is cut stock of a needle printer. */
const lowSheet = 150

/** On a paper as narrow as this the words above a column go on in a second line. */
const narrowLeaf = 130

/** Four slips are laid out as large as two and made smaller together, so that nothing is set anew: A5 on A6. */
const quarter = Math.SQRT1_2

/** @param size what the hall's settings say · @param setup what this PC's printer wants, null for nothing of its own */
export function layoutOf(size: PaperSize, landscape: boolean, setup: PageSetup): PageLayout {
  const free = setup?.paper !== null && typeof setup?.paper === 'object' ? setup.paper : null
  const named = typeof setup?.paper === 'string' ? setup.paper : size
  const upright =
    free === null
      ? {
          width: paperSizes[named].width / micrometresPerMillimetre,
          height: paperSizes[named].height / micrometresPerMillimetre,
        }
      : free
  const { width, height } = landscape ? { width: upright.height, height: upright.width } : upright
  const margins =
    setup?.margins ?? (free === null ? defaultMargins[named] : free.height < lowSheet ? continuous : null) ?? laser
  const perPage = setup?.perPage ?? 1
  const leaf = {
    1: { width, height, scale: 1 },
    2: { width, height: height / 2, scale: 1 },
    4: { width: width / 2 / quarter, height: height / 2 / quarter, scale: quarter },
  }[perPage]
  return {
    sheet: {
      width: Math.round(upright.width * micrometresPerMillimetre),
      height: Math.round(upright.height * micrometresPerMillimetre),
      landscape,
    },
    width,
    height,
    leaf,
    perPage,
    margins,
    classes: [
      free === null ? `size-${named}` : '',
      leaf.width > 250 && leaf.height > 380 ? 'large' : '',
      leaf.height < 160 || leaf.width < 160 ? 'dense' : '',
      leaf.height < 110 ? 'tight' : '',
      leaf.width < narrowLeaf ? 'narrow' : '',
    ]
      .filter((name) => name !== '')
      .join(' '),
  }
}
