/** Paper sizes as they are called at a counter. */
import type { PaperSize } from '../../src-main/app/api.ts'

export const sizeNames: Record<PaperSize, string> = {
  A3: 'A3',
  A4: 'A4',
  A5: 'A5',
  '241-full': '241 mm 整页',
  '241-half': '241 mm 二等分',
  '241-third': '241 mm 三等分',
  '235x90': '235×90 mm',
}
