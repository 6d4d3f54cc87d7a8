/** Combos in the program's own words ('Ctrl+P', 'Ctrl+Down'), the driver's ('Control+p', 'Control+ArrowDown'), and on buttons. */

const arrows: Readonly<Record<string, string>> = { Left: '←', Right: '→', Up: '↑', Down: '↓' }

/** 'Ctrl+Shift+P', or already 'Control+p', as the driver wants it. */
export const hardware = (combo: string): string =>
  combo
    .split('+')
    .map((part) => (part === 'Ctrl' ? 'Control' : part in arrows ? `Arrow${part}` : part))
    .join('+')

/** 'Control+s' or 'Ctrl+S' as it is printed on buttons: 'Ctrl+S'. */
export const printed = (combo: string): string =>
  combo
    .split('+')
    .map((part) => {
      if (part === 'Control') return 'Ctrl'
      if (part === 'Escape') return 'Esc'
      const arrow = arrows[part.replace('Arrow', '')]
      return arrow ?? (part.length === 1 ? part.toUpperCase() : part)
    })
    .join('+')
