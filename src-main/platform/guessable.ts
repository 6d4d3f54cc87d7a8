/** What is guessed first, of passwords and of the start passphrase alike; the same on both floors. */

/** Full-width letters of an input method and the same letters typed plainly are one secret. */
export const normalised = (secret: string): string => secret.normalize('NFKC')

/** Different characters or syllables that must remain once everything easily guessed is taken out. */
const leastRemaining = 4
/** The same where nothing but syllables of pinyin remains: names, towns and sayings have up to four, and stand in every list. */
const leastSyllables = 5

/** What people choose first, also as a part; lower case. */
const commonWords =
  `password passwd passwort pass word admin administrator root user test guest login welcome master hello letmein secret
   iloveyou woaini woaiwojia dragon monkey football princess sunshine shadow superman michael killer
   ranqi tianranqi ranqigongsi yingyeting yingyetin shoufei guitai zhuren kefu gongsi mima wode nihao zhongguo china
   beijing kunlun huarun xinao gas company office abc qwe asd zxc qaz wsx edc aaa 1q2w3e4r q1w2e3r4 1qaz 2wsx zaq1
   tianran yingye yyt ranqigs woai aini gongxifacai wanshiruyi yifanfengshun
   hall counter system manager service customer staff user temp temporary initial default change changeme start begin
   demo sample example server computer windows oracle internet network security access open super hello kitty love lover
   dear light fuck shit 618 baby happy lucky freedom whatever trustno flower summer winter spring autumn monday tuesday wednesday thursday friday
   saturday sunday january february march april august september october november december money tiger eagle apple orange
   banana coffee cheese cookie hunter ranger batman jordan jennifer jessica charlie thomas george liverpool chelsea arsenal
   samsung nokia google baidu tencent alibaba pokemon starwars matrix phoenix diamond
   燃气 天然气 公司 有限 营业厅 营业 启动 口令 密码 我爱你 我爱 中国 请输入 管理员
   5201314 1314520 520 1314 147258 159357 741852 963852 789456 110 119 120 10086 95598 956100`.split(/\s+/)

const rows = [
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  '1234567890-=',
  '13579',
  '02468',
  'abcdefghijklmnopqrstuvwxyz',
  '!@#$%^&*()',
  '一二三四五六七八九十',
]
/** Walks down the columns of the keyboard, with and without Shift and leaning the other way, and of its number pad. */
const columns = `1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 8ik, 9ol. 0p;/ !qaz @wsx #edc $rfv %tgb ^yhn &ujm *ik< (ol> )p:?
   3wa 4esz 5rdx 6tfc 7ygv 8uhb 9ijn 0okm #wa $esz %rdx ^tfc &ygv *uhb (ijn )okm
   147 258 369 159 357 741 789 456`.split(/\s+/)
const lines = [...rows, ...columns].flatMap((row) => [row, [...row].toReversed().join('')])

/** Letters people write as digits and signs, read back. */
const asLetters: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
  '!': 'i',
}
const unmask = (text: string): string => [...text].map((c) => asLetters[c] ?? c).join('')

/** The row of figures with Shift held down, read as the figures: `1!2@3#` is `112233`. */
const shifted = ')!@#$%^&*('
const unshift = (text: string): string =>
  [...text].map((c) => (shifted.includes(c) ? String(shifted.indexOf(c)) : c)).join('')

const backwards = (text: string): string => [...text].toReversed().join('')

/** Letters from which on a word is known again when it is written backwards. */
const leastBackwards = 4

/** Whether a secret, in lower case, holds a word: as it is, without what parts it, with signs for letters, or backwards. */
export function holdsWord(text: string, word: string): boolean {
  const joined = text.replace(/[\s._\-]+/g, '')
  const sought = word.length < leastBackwards ? [word] : [word, backwards(word)]
  return [text, joined, unmask(joined)].some((read) => sought.some((one) => read.includes(one)))
}

/** Longest stretch from `at` that runs along a keyboard row, the alphabet or the digits, either way; 0 when under 3. */
function run(text: string, at: number): number {
  let length = 0
  while (at + length < text.length && lines.some((line) => line.includes(text.slice(at, at + length + 1)))) length++
  return length >= 3 ? length : 0
}

/** Length of a repeated part of 1 to 4 characters from `at`: `aaa`, `abab`, `123123`; 0 when there is none. */
function repeat(text: string, at: number): number {
  for (const size of [1, 2, 3, 4]) {
    const part = text.slice(at, at + size)
    let times = 1
    while (part.length === size && text.startsWith(part, at + times * size)) times++
    if (times >= (size === 1 ? 3 : 2)) return times * size
  }
  return 0
}

/** Length of doubled characters from `at`: `1122`, `aabbcc`; 0 when there are fewer than two. */
const doubles = (text: string, at: number): number => {
  const found = /^(?:(.)\1){2,}/u.exec(text.slice(at))?.[0].length ?? 0
  return found - (found % 2)
}

const syllable =
  /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|i?ao|u?ang|u?ai|i?an|u?an|eng|ing|ia|ie|iu|ua|uo|ui|ue|ve|ou|ei|er|en|in|un|a|o|e|i|u|v)$/
const longestSyllable = 6

/** The fewest syllables of pinyin that letters can be read as; null when they cannot. */
function syllables(letters: string): readonly string[] | null {
  const best: (readonly string[] | null)[] = [[]]
  for (let end = 1; end <= letters.length; end++) {
    best[end] = null
    for (let from = Math.max(0, end - longestSyllable); from < end; from++) {
      const before = best[from]
      const part = letters.slice(from, end)
      if (!before || !syllable.test(part)) continue
      if ((best[end]?.length ?? Infinity) > before.length + 1) best[end] = [...before, part]
    }
  }
  return best[letters.length] ?? null
}

/** What remains of a password once words, runs, repeats and years are taken out: characters, or the syllables they make. */
function remaining(text: string): readonly string[] {
  const stretches = ['']
  for (let at = 0; at < text.length;) {
    const word = Math.max(0, ...commonWords.map((w) => (text.startsWith(w, at) ? w.length : 0)))
    const year = /^(?:19|20)\d\d/.test(text.slice(at)) ? 4 : 0
    const taken = Math.max(word, year, run(text, at), repeat(text, at), doubles(text, at))
    if (taken === 0) stretches[stretches.length - 1] += text[at] ?? ''
    else stretches.push('')
    at += Math.max(1, taken)
  }
  return stretches
    .flatMap((stretch) => stretch.split(/([a-z]+)/))
    .flatMap((part) => (/^[a-z]/.test(part) ? (syllables(part) ?? [...part]) : [...part]))
}

/** Whether too little remains; one figure or sign that everybody puts at the end is nothing. */
function tooLittle(text: string): boolean {
  const units = remaining(text)
  const counted = /^[^a-z]$/.test(units.at(-1) ?? '') ? units.slice(0, -1) : units
  const least = counted.every((one) => syllable.test(one)) ? leastSyllables : leastRemaining
  return new Set(counted).size < least
}

/** A digit or two written into pinyin, at the most with one sign at one side; what stands apart on both sides is no word of it. */
const spokenDigit = /[a-z]\d{1,2}[^a-z\d]?[a-z]|[a-z][^a-z\d]?\d{1,2}[a-z]/
/** Digits and signs that tell as much as one syllable of a sentence. */
const othersPerSyllable = 4

/** `woshini8ba`: a short sentence of pinyin with digits said as words in it. They tell little beside its syllables. */
function spokenSentence(text: string): boolean {
  if (!spokenDigit.test(text) || /\p{Script=Han}/u.test(text)) return false
  const parts = text.split(/[^a-z]+/)
  const read = parts.map(syllables)
  if (read.includes(null)) return false
  // Whichever tells less: said one by one, where haha is nothing, or with the words out that everybody chooses.
  const said = read.flatMap((words) => (words ?? []).filter((one, i, all) => one !== all[i - 1] && one !== all[i + 1]))
  const words = Math.min(new Set(said).size, new Set(parts.flatMap(remaining)).size)
  const others = new Set(remaining(text.replace(/[a-z]+/g, '')))
  return words + Math.floor(others.size / othersPerSyllable) < leastSyllables
}

/** Syllables of every second sentence people say: they tell nothing. */
const everyday = new Set('wo ni ta men shi de le bu zai you ai hao da lao yao zhe na dou'.split(' '))

/** `woshinilaoda8`: unbroken pinyin with two figures or signs behind it at the most. What parts the words of it makes it longer. */
function plainSentence(text: string): boolean {
  const [, letters = ''] = /^([a-z]+)[^a-z]{0,2}$/.exec(text) ?? []
  const said = syllables(letters) ?? []
  return said.length > 0 && new Set(said.filter((one) => !everyday.has(one))).size < leastSyllables
}

/** Different figures and signs beside one short word from which on they are worth something. */
const leastBeside = 3

/**
 * `Clerk2026`, `weixin@88`, `Karamay881234`: one short word with a year, two figures or an easy row before or behind it. No
 * list holds every word; whoever guesses has them all.
 */
function wordAndYear(text: string): boolean {
  const [, before = '', behind = ''] = /^([^a-z]*)[a-z]{2,7}([^a-z]*)$/.exec(text) ?? []
  const beside = before + behind
  if (beside === '') return false
  const plain = /^[^a-z\d]{0,2}(?:(?:19|20)\d\d|\d{1,2})[^a-z\d]{0,2}$/
  return plain.test(beside) || new Set([...remaining(before), ...remaining(behind)]).size < leastBeside
}

/** `a1b2c3d4`: two easy rows laid into each other are still easy. */
const interleaved = (text: string): boolean =>
  remaining(text.replace(/\D/g, '')).length <= 1 && remaining(text.replace(/[^a-z]/g, '')).length <= 1

/** Whether nothing is left of a secret, in lower case, once what everybody tries first is taken out. */
export const guessable = (text: string): boolean =>
  [text, unmask(text), unshift(text)].some(tooLittle) ||
  spokenSentence(text) ||
  plainSentence(text) ||
  wordAndYear(text) ||
  (/^[a-z\d]+$/.test(unshift(text)) && interleaved(unshift(text)))

/** A calendar date written with 6 or 8 digits, with or without separators. */
const date = /(?:(?:19|20)\d\d|\d\d)[-./年]?(?:0[1-9]|1[0-2])[-./月]?(?:0[1-9]|[12]\d|3[01])/
/** One written with separators, where months and days have as many digits as they need. */
const looseDate = /(?:19|20)?\d\d([-./_ 年])(?:1[0-2]|0?[1-9])[-./_ 月](?:3[01]|[12]\d|0?[1-9])/
const phone = /1[3-9]\d{9}|0\d{2,3}-?\d{7,8}/
/** Marks by which people group the digits of a phone. */
const groupMarks = /(?<=\d)[-\s.]+(?=\d)/g

export const holdsDate = (text: string): boolean => date.test(text) || looseDate.test(text)
export const holdsPhone = (text: string): boolean => phone.test(text) || phone.test(text.replace(groupMarks, ''))
