/** 启动口令: what wraps the key of a whole hall can be guessed at for years by whoever took the file, so it is long. */
import { guessable, holdsDate, holdsPhone, normalised } from './guessable.ts'

/** Characters, as a person counts them. */
export const minPassphraseLength = 12

export const isLongEnough = (passphrase: string): boolean => [...normalised(passphrase)].length >= minPassphraseLength

/** Why a new passphrase may not be used, in the words the person reads; null when it may. One in use still opens. */
export function passphraseFault(passphrase: string): string | null {
  if (!isLongEnough(passphrase)) return `口令至少 ${minPassphraseLength} 位`
  if (passphrase.trim() !== passphrase) return '口令首尾不能是空格'
  const lower = normalised(passphrase).toLowerCase()
  if (holdsPhone(lower)) return '口令中不能有电话号码'
  if (holdsDate(lower)) return '口令中不能有日期'
  return guessable(lower) ? '此口令太容易被猜到，请换一个' : null
}
