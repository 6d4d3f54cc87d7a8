/** A person to be chosen from a list that is read anew while the form stands. */
export interface Choosable {
  readonly staffId: string
}

/**
 * Who stands in the field: whoever was chosen, as long as the list still has them; else who worked last, or the only one there
 * is. A kept form may name somebody who has left since, of whom the field could show nothing but an id.
 */
export function chosenWorker(workers: readonly Choosable[], chosen: string, last: string | null): string {
  if (workers.some(({ staffId }) => staffId === chosen)) return chosen
  const proposed = workers.find(({ staffId }) => staffId === last) ?? (workers.length === 1 ? workers[0] : undefined)
  return proposed?.staffId ?? ''
}
