/** 台账 of the week: the check before opening, a patrol of a suspicious customer, the quarterly check of closing. */
import { kindOf, type RegisterKindId } from '../../../src-main/registers/api.ts'
import type { Evidence } from './evidence.ts'
import { choose, heading, pickAccount, press, shows, step } from './hands.ts'
import { whenever, type Judgement } from './judgement.ts'
import type { Stage } from './stage.ts'

async function begin(stage: Stage, kind: RegisterKindId): Promise<void> {
  const { desk } = stage
  await desk.go(`/registers/${kind}`)
  await press(desk.page, 'Ctrl+N', '新记一条')
  await heading(desk, `登记：${kindOf(kind).title}`)
}
async function answerAll(stage: Stage, bad: number | null): Promise<void> {
  const items = stage.desk.page.locator('.check')
  for (let i = 0; i < (await items.count()); i++) {
    await items
      .nth(i)
      .locator('label', { hasText: i === bad ? '不正常' : /^正常$/ })
      .click()
  }
}
const finish = async (stage: Stage, state: string, shot: string): Promise<void> => {
  await press(stage.desk.page, 'F12', '登记')
  await shows(stage.desk, state)
  await stage.desk.shot(shot)
}
const newest = (stage: Stage, kind: RegisterKindId): string =>
  stage.one<{ id: string }>('entry', 'SELECT id FROM register_entries WHERE kind = ? ORDER BY id DESC LIMIT 1', kind).id

/** By the clerk: one item is not in order, and is mended the same morning. */
export async function checkBeforeOpening(stage: Stage): Promise<void> {
  const desk = await stage.as('1001')
  await begin(stage, 'opening-check')
  await answerAll(stage, 4)
  await press(desk.page, 'Ctrl+Shift+N', '补充问题')
  await desk.fill('findings.0.what', '五元零钱只剩两张')
  await desk.fill('findings.0.responsible', '刘志强')
  await finish(stage, '1 个问题待整改', '营业前检查')
  await step(desk, 'Ctrl+Enter', '记整改', { note: '已从银行换回零钱 200 元' })
  await shows(desk, '待复核')
  stage.tell('台账：营业前检查发现零钱不足，当天换回')
}

export async function patrol(stage: Stage): Promise<void> {
  const { desk } = stage
  const { no } = stage.one<{ no: string }>(
    'account',
    `SELECT account_no AS no FROM accounts WHERE state = 'active' ORDER BY account_no DESC LIMIT 1`,
  )
  await begin(stage, 'suspicious')
  await pickAccount(desk, no)
  await desk.page.locator('[data-field="companionId"] input').focus()
  await desk.type('马丽娜')
  await desk.press('Enter')
  await choose(desk, '抄表发现')
  await desk.fill('values.found', '表前阀铅封完好，用气量下降因长期外出，属实')
  await choose(desk, '正常')
  await finish(stage, '待复核', '可疑客户巡查')
  stage.tell('台账：可疑客户巡查，两人上门')
}

/** By the manager, who looks at what the clerk wrote and writes the check of the quarter, which another one looks at. */
export async function checkClosing(stage: Stage): Promise<void> {
  const desk = await stage.as('3001')
  for (const kind of ['opening-check', 'suspicious'] as const) {
    await desk.go(`/registers/entry/${newest(stage, kind)}`)
    await shows(desk, '待复核')
    await step(desk, 'F12', '复核', { note: '到现场看过，属实' })
    await shows(desk, '已办结')
  }
  await begin(stage, 'closing-check')
  await answerAll(stage, null)
  await desk.fill('values.summary', '本周回访、验证、关闭由不同的人办理，逾期一件在案')
  await finish(stage, '待复核', '季度检查')
  await stage.as('9001')
  await desk.go(`/registers/entry/${newest(stage, 'closing-check')}`)
  await shows(desk, '待复核')
  await step(desk, 'F12', '复核', { note: '数字与报表一致' })
  await shows(desk, '已办结')
  await press(desk.page, 'Control+p', '打印台账记录单')
  await desk.keepPaper('台账记录单')
  stage.tell('台账：季度检查由管理员复核')
}

/** Every entry of the week that had to be looked at was looked at by somebody who had no part in it. */
export function registersKept({ query, since }: Evidence): Judgement {
  const entries = query<{
    kind: RegisterKindId
    state: string
    no: string
    by: string
    reviewer: string | null
    own: number
  }>(
    `SELECT e.kind, e.state, e.entry_no AS no, e.recorded_by AS "by",
       (SELECT s.actor_name FROM register_steps s WHERE s.entry_id = e.id AND s.kind = 'review' ORDER BY s.no DESC LIMIT 1) AS reviewer,
       EXISTS (SELECT 1 FROM register_steps s WHERE s.entry_id = e.id AND s.kind = 'review'
         AND s.actor_id IN (e.recorded_by_id, coalesce(e.companion_id, ''))) AS own
     FROM register_entries e WHERE e.recorded_at > @since`,
    { since },
  )
  const figures = query<{ n: number }>(
    `SELECT json_array_length(body, '$.figures') AS n FROM register_entries WHERE kind = 'closing-check' AND recorded_at > @since`,
    { since },
  )
  const wanted = ['opening-check', 'suspicious', 'closing-check'] as const
  return {
    record: entries
      .map(({ kind, no, by, reviewer }) => `${kindOf(kind).title} ${no} ${by} 记、${reviewer ?? '无人'} 复核`)
      .join('；'),
    problems: [
      ...wanted.filter((kind) => !entries.some((one) => one.kind === kind)).map((kind) => `没有${kindOf(kind).title}`),
      ...whenever(
        [entries.some(({ state }) => state !== 'closed'), '有台账没有办结'],
        [entries.some(({ own }) => own === 1), '有人复核了自己的台账'],
        [!figures.some(({ n }) => n > 1), '季度检查没有取定数字'],
      ),
    ],
  }
}
