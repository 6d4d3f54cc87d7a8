/** Which printer a kind of paper goes to: receipts to the one with continuous paper, contracts to the laser. */

const key = (kind: string) => `printer.${kind}`

/** The printer used last for this kind, if it is still there, else the system's default; '' when there is none. */
export function printerFor(kind: string, known: readonly { name: string; isDefault: boolean }[]): string {
  const last = localStorage.getItem(key(kind))
  const found = known.find(({ name }) => name === last) ?? known.find(({ isDefault }) => isDefault) ?? known[0]
  return found?.name ?? ''
}

export const rememberPrinter = (kind: string, name: string): void => {
  if (name !== '') localStorage.setItem(key(kind), name)
}
