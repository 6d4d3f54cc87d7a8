/** Bar codes on papers: Code 128, which every hand scanner of a counter reads, as SVG so that a needle printer gets lines. */
import { code128 as drawCode128, drawingSVG } from 'bwip-js/generic'

/** @param text plain ASCII, as it is to be typed by the scanner · @returns an `<svg>` element */
export const code128 = (text: string): string =>
  drawCode128({ bcid: 'code128', text, height: 10, paddingwidth: 4, includetext: false }, drawingSVG())
