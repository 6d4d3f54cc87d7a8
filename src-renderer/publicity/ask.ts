/** One line somebody has to give before something is done. */
import { ElMessageBox } from 'element-plus'

/** @returns what was typed, trimmed; null when the person turned back */
export async function askFor(
  text: string,
  { title, done, max = 100 }: { readonly title: string; readonly done: string; readonly max?: number },
): Promise<string | null> {
  const asked = await ElMessageBox.prompt(text, title, {
    confirmButtonText: done,
    cancelButtonText: '返回',
    inputValidator: (typed: string | null) => {
      const given = (typed ?? '').trim()
      if (given === '') return '请填写'
      return given.length <= max || `不能超过 ${max} 个字`
    },
  }).catch(() => null)
  return asked === null ? null : ((asked as { value: string | null }).value ?? '').trim()
}
