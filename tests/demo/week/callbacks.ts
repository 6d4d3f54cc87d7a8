/** 回访: whoever did not do the work rings, asks the script, writes down how it went (clauses 18(4), 19(5), 20(2), 21). */
import { clear, dialog, heading, press } from './hands.ts'
import type { Stage } from './stage.ts'

/** One call with its script, good in all. @param of kind of record: workorder, hazard, complaint, sample */
export async function callBack(stage: Stage, of: string, id: string, picture = ''): Promise<void> {
  const { desk } = stage
  const before = stage.one<{ n: number }>('calls', 'SELECT count(*) AS n FROM followup_calls').n
  await desk.go(`/followups/${of}/${id}`)
  await heading(desk, /回访$/)
  await desk.page.waitForFunction(() => document.activeElement?.closest('[data-field="answer-0"]') !== null)
  await desk.press('Ctrl+G', 'Ctrl+1')
  await press(desk.page, 'F12', '记录')
  if (picture !== '') await desk.shot(picture)
  await stage.until('callback', 'SELECT count(*) AS n FROM followup_calls', before + 1)
  // The page goes back by itself; whoever went elsewhere before that would be taken back as well.
  await desk.page.waitForFunction((itself) => location.hash !== itself, `#/followups/${of}/${id}`)
  if (of === 'sample') return
  const { number } = stage.one<{ number: string }>(
    'call',
    'SELECT number FROM followup_calls ORDER BY at DESC, id DESC LIMIT 1',
  )
  stage.tell(`回访 ${number}：满意`)
}

/** A sample of what a service finished from … to, by a kept seed; then every call of it by whom it was given to. */
export async function drawSample(
  stage: Stage,
  service: string,
  label: string,
  from: string,
  to: string,
): Promise<void> {
  const desk = await stage.as('3001')
  await desk.go('/followups/ratios')
  await heading(desk, '回访检查')
  await press(desk.page, 'Ctrl+N', '抽取样本')
  const form = dialog(desk, '抽取回访样本')
  await form.locator('label', { hasText: label }).click()
  for (const [i, date] of [from, to].entries()) {
    const field = form.locator('.date-field input').nth(i)
    await field.fill(date)
    await field.press('Enter')
  }
  await form.getByText('这个期间办完').waitFor()
  await form.locator('.key-button:enabled', { hasText: '抽取' }).waitFor()
  await desk.shot(`抽取样本-${label}`)
  await desk.press('F12')
  await stage.until(
    'draw',
    'SELECT count(*) AS n FROM followup_draws WHERE service = ? AND from_date = ?',
    1,
    service,
    from,
  )
  await clear(desk)
  const drawn = stage.query<{ id: string; staffNo: string }>(
    `SELECT s.id, m.staff_no AS staffNo FROM followup_samples s JOIN staff m ON m.id = s.assignee_id
     WHERE s.service = ? AND s.state = 'due' ORDER BY m.staff_no, s.drawn_at, s.id`,
    service,
  )
  let at = '3001'
  for (const { id, staffNo } of drawn) {
    if (staffNo !== at) await stage.as(staffNo)
    at = staffNo
    await callBack(stage, 'sample', id)
  }
  if (at !== '3001') await stage.as('3001')
  await desk.go('/followups/ratios')
  await desk.page.locator('table').first().waitFor()
  await desk.shot(`回访检查-${label}`)
  stage.tell(`${label}：抽取 ${drawn.length} 件，已全部回访`)
}
