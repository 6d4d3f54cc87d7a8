/** What hands do on every page of the week: press the key a button shows, fill a dialog, confirm it. */
import { press } from '../../e2e/support/cashier.ts'
import type { Desk } from '../desk.ts'

export { press }

export const dialog = (desk: Desk, title: string) => desk.page.locator('.el-dialog:visible', { hasText: title }).last()

/** What lay over the page is gone, and its keys are heard again. */
export async function clear(desk: Desk): Promise<void> {
  await desk.page.locator('.el-overlay:visible').first().waitFor({ state: 'hidden' })
}

export async function heading(desk: Desk, text: string | RegExp): Promise<void> {
  await desk.page.getByRole('heading', { name: text }).first().waitFor()
}

/** The page shows this word as the state of its record: only now its keys are those of the next step. */
export async function shows(desk: Desk, word: string): Promise<void> {
  await clear(desk)
  await desk.page.locator('.page-header').getByText(word, { exact: true }).first().waitFor()
}

/** Whoever drew the eye of the keyboard: a checkbox takes the focus with a field that is not drawn. */
export async function focusIn(desk: Desk, selector: string): Promise<void> {
  await desk.page.locator(`${selector}:focus, ${selector} :focus`).first().waitFor({ state: 'attached' })
}

/** A step in its dialog: its key, its words, F12. */
export async function step(
  desk: Desk,
  key: string,
  title: string,
  fields: Readonly<Record<string, string>> = {},
  more: (form: ReturnType<typeof dialog>) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await press(desk.page, key, title)
  const form = dialog(desk, title)
  await form.waitFor()
  for (const [name, text] of Object.entries(fields)) {
    await form
      .locator(`[data-field="${name}"]:is(input, textarea), [data-field="${name}"] :is(input, textarea)`)
      .last()
      .fill(text)
  }
  await more(form)
  await form.locator('.key-button:enabled', { hasText: 'F12' }).waitFor()
  await desk.press('F12')
  await clear(desk)
}

/** A question of the program answered with its first button. */
export async function agree(desk: Desk): Promise<void> {
  await desk.page.locator('.reason-prompt:visible').waitFor()
  await desk.press('Enter')
  await desk.page.locator('.reason-prompt:visible').waitFor({ state: 'hidden' })
}

/** Answers the one question before what cannot be taken back. */
export async function agreeFinally(desk: Desk, act: string): Promise<void> {
  await press(desk.page, 'Ctrl+Enter', `确认${act}`)
  await desk.page.locator('.final-question:visible').waitFor({ state: 'hidden' })
}

export async function choose(desk: Desk, label: string): Promise<void> {
  await desk.page.locator('label:visible', { hasText: label }).first().click()
}

/** What stands in the way of an action, as the button itself says. */
export async function obstacleOf(desk: Desk, label: string): Promise<string> {
  const button = desk.page.locator('.key-button.has-obstacle:visible', { hasText: label }).first()
  await button.waitFor()
  return (await button.getAttribute('title')) ?? ''
}

/** Finds an account in the picker of a form. */
export async function pickAccount(desk: Desk, accountNo: string): Promise<void> {
  await desk.page.locator('main .picker input').first().fill(accountNo)
  await desk.page.locator('main').getByRole('option').first().waitFor()
  await desk.press('Enter')
}
