/** 考核表 on paper. */
import type { Context } from '../platform/context.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { cardStateNames, periodName, scopeNames, thresholdWords } from './rules.ts'
import { cardShown, itemsShown } from './store.ts'

const points = (hundredths: number | null): string => (hundredths === null ? '—' : (hundredths / 100).toFixed(2))

/** '95.00 %'; '' for what people judge, '无数据' where there was nothing to judge. */
function shareText(numerator: number | null, denominator: number | null): string {
  if (numerator === null || denominator === null) return ''
  return denominator === 0
    ? '无数据'
    : `${((numerator / denominator) * 100).toFixed(2)} %（${numerator}/${denominator}）`
}

/** What the paper of a scorecard shows. @throws CardNotFound */
export function scorecardPaper(context: Context, scorecardId: string) {
  const card = cardShown(context, scorecardId)
  return {
    cardNo: card.cardNo,
    subject: card.scope === 'hall' ? context.device.hallName : scopeNames.dispatch,
    period: periodName({ from: card.fromDate as BusinessDate, to: card.toDate as BusinessDate }),
    from: card.fromDate as BusinessDate,
    to: card.toDate as BusinessDate,
    state: cardStateNames[card.state],
    total: points(card.total),
    grade: card.grade,
    comment: card.comment,
    thresholds: thresholdWords(card.thresholds),
    grades: card.grades,
    computedAt: card.computedAt,
    createdBy: card.createdBy,
    reviewedBy: card.reviewedBy ?? '',
    reviewedAt: card.reviewedAt,
    signedBy: card.signedBy ?? '',
    signedAt: card.signedAt,
    items: itemsShown(context, card).map(({ no, label, figure, weight, numerator, denominator, score, note }) => ({
      no,
      label,
      manual: figure === null,
      weight,
      shareText: shareText(numerator, denominator),
      score: points(score),
      note,
    })),
  }
}
