/** What people write on a scorecard, and the call it becomes. Points are typed with a decimal, kept as hundredths. */
import { totalOf, type CardDetail } from '../../src-main/appraisal/api.ts'

export interface CardForm {
  /** By the number of the item. Points. */
  items: Record<string, { score: number | null; note: string }>
  comment: string
}

export const formOf = ({ items, comment }: CardDetail): CardForm => ({
  items: Object.fromEntries(
    items.map(({ no, score, note }) => [no, { score: score === null ? null : score / 100, note }]),
  ),
  comment,
})

/** Hundredths of a point of an item as it is written now; a figure keeps its own. */
function scoreOf({ no, figure, score }: CardDetail['items'][number], form: CardForm): number | null {
  if (figure !== null) return score
  const typed = form.items[no]?.score ?? null
  return typed === null ? null : Math.round(typed * 100)
}

/** The total as it will be once this is saved. */
export const totalNow = (card: CardDetail, form: CardForm): number | null =>
  totalOf(card.items.map((item) => ({ weight: item.weight, score: scoreOf(item, form) })))

export const fillInput = (card: CardDetail, form: CardForm, requestId: string) => ({
  requestId,
  scorecardId: card.id,
  items: card.items.map((item) => ({
    no: item.no,
    score: item.figure === null ? scoreOf(item, form) : null,
    note: form.items[item.no]?.note ?? '',
  })),
  comment: form.comment,
})

/** Whether something is written that is not saved yet. */
export const isDirty = (card: CardDetail, form: CardForm): boolean =>
  form.comment.trim() !== card.comment ||
  card.items.some(
    (item) => scoreOf(item, form) !== item.score || (form.items[item.no]?.note ?? '').trim() !== item.note,
  )
