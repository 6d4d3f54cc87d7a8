import { pile, type TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager'],
  todos: async (api) => {
    const [{ soon, overdue, nextOn }, { board, draft }] = await Promise.all([
      api.publicity.campaignCounts({}),
      api.publicity.board({}),
    ])
    const to = '/publicity/campaigns'
    const hanging = {
      title: '公示牌还没有发布',
      note: '现在公示的是示例内容',
      dueAt: null,
      late: true,
      to: '/publicity',
    }
    const waiting = { title: '公示牌草稿待发布', note: draft?.savedBy ?? '', dueAt: null, to: '/publicity/edit' }
    return [
      ...(board.versionNo === null ? [hanging] : []),
      ...(draft === null ? [] : [waiting]),
      ...pile(overdue, '项', '安全宣传未登记', '计划日期已过', to, true),
      ...pile(soon, '项', '安全宣传', `最近一项 ${nextOn ?? ''}`, to),
    ]
  },
}
