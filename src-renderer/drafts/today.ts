import { roles } from '../../src-main/platform/roles.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { askFinal } from '../components/final-question.ts'
import type { TodaySource } from '../home/room-today.ts'
import { dropDraft, flushDrafts } from './keeper.ts'

async function discard(key: string, title: string): Promise<void> {
  const sure = await askFinal({
    act: '丢弃没填完的表单',
    warning: '里面填写的内容将不能找回。',
    facts: [['表单', title]],
  })
  if (!sure) return
  dropDraft(key)
  await flushDrafts()
}

/** Forms of the operator that are not finished. */
export const today: TodaySource = {
  roles,
  todos: async (api) => {
    await flushDrafts()
    const drafts = await api.drafts.mine({})
    return drafts.map(({ key, title, path, updatedAt }) => ({
      title: `没填完：${title}`,
      note: `${formatInstant(updatedAt)} 填到一半`,
      dueAt: null,
      to: path,
      drop: () => discard(key, title),
    }))
  },
}
