import {
  BarcodeFormat,
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  RGBLuminanceSource,
} from '@zxing/library'
import { expect, test } from 'vitest'
import { code128 } from '../../src-main/notices/barcode.ts'

/** What a scanner sees: the bars of the drawing on white, with the quiet zones around them. */
function scan(svg: string): string {
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number)
  const scale = 3
  const pixels = new Uint8ClampedArray(width * scale * height * scale).fill(255)
  for (const [, thickness, path] of svg.matchAll(/stroke-width="(\d+)" d="([^"]+)"/g)) {
    for (const [, x] of (path ?? '').matchAll(/M([\d.]+) [\d.]+L/g)) {
      const from = Math.round((Number(x) - Number(thickness) / 2) * scale)
      for (let bar = from; bar < from + Number(thickness) * scale; bar++)
        for (let y = 0; y < height * scale; y++) pixels[y * width * scale + bar] = 0
    }
  }
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(pixels, width * scale, height * scale)))
  const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.CODE_128]]])
  return new Code128Reader().decode(bitmap, hints).getText()
}

test('the bar code of a bill is the plain account number', () => {
  for (const accountNo of ['0010100000434', '001010000059', '9']) expect(scan(code128(accountNo))).toBe(accountNo)
})
