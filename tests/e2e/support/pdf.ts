/** Reads a PDF back as another program would: text and size of each page. */
import { readFileSync } from 'node:fs'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface PdfPage {
  /** Without white space: where a line breaks says nothing about what stands there. */
  readonly text: string
  /** Millimetres, rounded, from the page's media box. */
  readonly width: number
  readonly height: number
  /** What stands where, top to bottom: words without white space, and mm from the top and the left edge of the page. */
  readonly lines: readonly { readonly text: string; readonly top: number; readonly left: number }[]
}

/**
 * A font may share the glyph of a character with its radical, and the PDF then names the radical: 户 comes back as ⼾.
 * The old ones are told by NFKC, the simplified ones by this list.
 */
const radicals: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'⺟母⺠民⻁虎⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙戶户',
  ].reduce<[string, string][]>(
    (pairs, character, i, all) => (i % 2 === 0 ? [...pairs, [character, all[i + 1] ?? '']] : pairs),
    [],
  ),
)
const plain = (text: string): string =>
  [...text.normalize('NFKC')].map((character) => radicals[character] ?? character).join('')

const pointsPerMillimetre = 72 / 25.4

export async function readPdf(path: string): Promise<PdfPage[]> {
  const loading = getDocument({
    data: new Uint8Array(readFileSync(path)),
    useSystemFonts: true,
    verbosity: 0,
  })
  const document = await loading.promise
  try {
    const pages: PdfPage[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view
      const { items } = await page.getTextContent()
      pages.push({
        text: plain(items.map((item) => ('str' in item ? item.str : '')).join('')).replaceAll(/\s/g, ''),
        width: Math.round((right - left) / pointsPerMillimetre),
        height: Math.round((top - bottom) / pointsPerMillimetre),
        lines: items
          .flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
          .map(({ str, transform }) => ({
            text: plain(str).replaceAll(/\s/g, ''),
            top: (top - (transform[5] as number)) / pointsPerMillimetre,
            left: ((transform[4] as number) - left) / pointsPerMillimetre,
          }))
          .toSorted((a, b) => a.top - b.top || a.left - b.left),
      })
    }
    return pages
  } finally {
    await loading.destroy()
  }
}
