/** How scorecards and their periods are shown. Scores in hundredths of a point. */
import { cardStateNames, type CardState, type PeriodRow } from '../../src-main/appraisal/api.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export const showPoints = (hundredths: number | null): string =>
  hundredths === null ? '—' : (hundredths / 100).toFixed(2)

/** '95.00 %'; '无数据' where there was nothing to judge. */
export const showShare = (numerator: number, denominator: number): string =>
  denominator === 0 ? '无数据' : `${((numerator / denominator) * 100).toFixed(2)} %`

export const cardTags: Readonly<Record<CardState, Tag>> = { draft: 'todo', reviewed: 'todo', signed: 'ok' }

/** How a period stands: done, how many days are left, or how late it is. */
export function dueWords({ due, daysLeft, card }: PeriodRow): { readonly state: Tag; readonly text: string } {
  const at = card ? `${cardStateNames[card.state]}，` : ''
  switch (due) {
    case 'done':
      return { state: 'ok', text: '已签批' }
    case 'overdue':
      return { state: 'late', text: `${at}逾期 ${-daysLeft} 天` }
    case 'due':
      return { state: 'todo', text: `${at}剩 ${daysLeft} 天` }
    case 'running':
      return { state: 'plain', text: card ? '评分中，期未满' : '考核期中' }
    case 'ahead':
      return { state: 'plain', text: '未到' }
    case 'before':
      return { state: 'plain', text: card ? cardStateNames[card.state] : '启用前，不要求' }
  }
}
