/**
 * A field that follows another one until somebody writes it: what the form wrote by itself gives way to the next proposal,
 * what a person wrote stays.
 * @param last what was proposed before, where a form is taken up again
 * @returns proposes a value
 */
export function proposing(
  field: { readonly get: () => string; readonly set: (value: string) => void },
  last = '',
): (value: string) => void {
  let proposed = last
  return (value) => {
    if (field.get() !== '' && field.get() !== proposed) return
    proposed = value
    field.set(value)
  }
}
