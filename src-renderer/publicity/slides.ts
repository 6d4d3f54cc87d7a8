/** The notice board cut into slides that can be read from five metres: few lines, large letters. Pure. */
import type { Board, BoardFee, BoardPrice, Service } from '../../src-main/publicity/api.ts'

/** Lines of a slide below its title; at this number a letter is at least a twenty-fifth of the screen's height. */
export const linesPerSlide = 9
const servicesPerSlide = 3
const feesPerSlide = 8
const tipsPerSlide = 6

export type Slide =
  | { readonly kind: 'prices'; readonly title: string; readonly prices: readonly BoardPrice[] }
  | { readonly kind: 'fees'; readonly title: string; readonly fees: readonly BoardFee[] }
  | { readonly kind: 'gas'; readonly title: string }
  | { readonly kind: 'services'; readonly title: string; readonly services: readonly Service[] }
  | { readonly kind: 'hours'; readonly title: string }
  | { readonly kind: 'tips'; readonly title: string; readonly tips: readonly string[] }

/** Lines a price takes: its head, its tiers, its notes, and what comes next. */
export const linesOf = ({ rows, notes, next }: BoardPrice): number =>
  1 + rows.length + notes.length + (next === null ? 0 : 1)

/** In order, as many on a slide as fit; one that is too long for any stands alone. */
function packed<T>(things: readonly T[], size: (thing: T) => number, room: number): T[][] {
  const pages: T[][] = []
  let left = 0
  for (const thing of things) {
    const page = pages.at(-1)
    if (page && size(thing) <= left) {
      page.push(thing)
      left -= size(thing)
    } else {
      pages.push([thing])
      left = room - size(thing)
    }
  }
  return pages
}

/** '气价', '气价（二）' where there are more slides than one. */
const numbered = (title: string, i: number, of: number): string =>
  of === 1 ? title : `${title}（${'一二三四五六七八九十'.charAt(i) || i + 1}）`

const one = () => 1

export function slidesOf({ prices, fees, gasKind, content }: Board): Slide[] {
  const pricePages = packed(prices, linesOf, linesPerSlide)
  const feePages = packed(fees, one, feesPerSlide)
  const servicePages = packed(content.services, one, servicesPerSlide)
  const tipPages = packed(content.tips, one, tipsPerSlide)
  return [
    ...pricePages.map((page, i): Slide => ({
      kind: 'prices',
      title: numbered('气价', i, pricePages.length),
      prices: page,
    })),
    ...feePages.map((page, i): Slide => ({
      kind: 'fees',
      title: numbered('收费项目', i, feePages.length),
      fees: page,
    })),
    { kind: 'gas', title: `燃气种类：${gasKind}` },
    ...servicePages.map((page, i): Slide => ({
      kind: 'services',
      title: numbered('服务项目、流程和时限', i, servicePages.length),
      services: page,
    })),
    { kind: 'hours', title: '营业时间和电话' },
    ...tipPages.map((page, i): Slide => ({
      kind: 'tips',
      title: numbered('安全用气', i, tipPages.length),
      tips: page,
    })),
  ]
}
