import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attempt,
  isIdle,
  lockedUntil,
  noAttempts,
  passwordDueDays,
  seenEveryMs,
  type Attempts,
} from '../../src-main/access/rules.ts'
import { passwordProblem } from '../../src-main/access/password-rules.ts'

describe('the lock-out', () => {
  const policies = fc.record({
    maxFailures: fc.integer({ min: 3, max: 20 }),
    lockOutMs: fc.integer({ min: 60_000, max: 86_400_000 }),
  })
  const tries = fc.array(
    fc.record({
      correct: fc.boolean(),
      wait: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 90_000_000 })),
    }),
    { maxLength: 80 },
  )

  test('whatever is tried in whatever order: never more than the allowed failures in a row are compared', () => {
    fc.assert(
      fc.property(policies, tries, (policy, sequence) => {
        let state: Attempts = noAttempts
        let now = 1_000
        let compared = 0
        for (const { correct, wait } of sequence) {
          now += wait
          const lockedBefore = lockedUntil(state, now)
          const { result, after } = attempt(state, correct, now, policy)
          if (lockedBefore !== null) {
            // Nothing opens a lock-out but time, and trying on does not prolong it.
            expect(result).toBe('locked-out')
            expect(after).toEqual(state)
          } else {
            expect(result === 'accepted').toBe(correct)
            if (state.lockedUntil !== null) compared = 0
            compared = correct ? 0 : compared + 1
            expect(compared).toBeLessThanOrEqual(policy.maxFailures)
            expect(result === 'locked-out').toBe(compared === policy.maxFailures)
            if (result === 'locked-out') expect(after.lockedUntil).toBe(now + policy.lockOutMs)
          }
          expect(after.failures).toBeLessThanOrEqual(policy.maxFailures)
          state = after
        }
      }),
    )
  })

  test('always ends: after its time the right password opens at once', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 0, max: 100 }), (policy, extra) => {
        let state: Attempts = noAttempts
        for (let i = 0; i < policy.maxFailures; i++) state = attempt(state, false, 1_000, policy).after
        expect(attempt(state, true, 999 + policy.lockOutMs, policy).result).toBe('locked-out')
        expect(attempt(state, true, 1_000 + policy.lockOutMs + extra, policy)).toEqual({
          result: 'accepted',
          after: noAttempts,
        })
      }),
    )
  })
})

describe('a password', () => {
  const around = { staffNo: 'Emp01', others: ['001', 'zhangxiaoyan', 'zxy', 'shilitingyi', 'slt'] }
  const guessed = '此密码太容易被猜到，请换一个'
  const oneClass = '密码须有字母、数字、符号中的两种，或不少于 12 位'
  test.each([
    ['Gas-202', '密码至少 8 位'],
    ['x'.repeat(65), '密码不能超过 64 位'],
    ['EMP01-xkcdq', '密码中不能有工号'],
    ['12345678', oneClass],
    // One word and a year or two figures: whatever the word, it is tried first.
    ...[
      'Karamay88',
      'Clerk2026',
      'wechat2026',
      'weixin@88',
      'alipay2026',
      '2026Clerk',
      'Huawei12#$',
      '88karamay!',
      'Karamay881234',
      '1234abcdxx88',
    ].map((weak): [string, string] => [weak, guessed]),
    // The figures again with Shift held down.
    ['1!2@3#4$', guessed],
    ['q1!w2@e3#', guessed],
    ['qwertyui', oneClass],
    ['tianranqi', oneClass],
    ['Hjkuzrtwe'.toLowerCase(), oneClass],
    ['88888888aa', guessed],
    ['Password', guessed],
    ['P@ssw0rd', guessed],
    ['P@ssw0rd2026', guessed],
    ['Admin@123', guessed],
    ['Aa123456', guessed],
    ['abc123456', guessed],
    ['Abcd1234!', guessed],
    ['1234qwer', guessed],
    ['1qaz2wsx', guessed],
    ['qazwsx123', guessed],
    ['a1b2c3d4', guessed],
    ['abab1212', guessed],
    ['woaini1314', guessed],
    ['iloveyou1', guessed],
    ['ranqi2026', guessed],
    ['RanQi@123', guessed],
    ['Guitai-2026', guessed],
    ['yingyeting1', guessed],
    ['Welcome2026!', guessed],
    ['１ｑａｚ２ｗｓｘ', guessed],
    ['5tgb6yhn', guessed],
    ['3edc4rfv!', guessed],
    ['#EDC$RFV', guessed],
    ['5tgbNHY^', guessed],
    ['zse4XDR%', guessed],
    ['147258369q', guessed],
    ['123456123456', guessed],
    ['aaaaaaaaaaaaaaaa', guessed],
    ['xk-19900101-q', '密码中不能有日期'],
    ['Wang900101', '密码中不能有日期'],
    ['zhou-1990-1-2', '密码中不能有日期'],
    ['lu 90.5.17 x', '密码中不能有日期'],
    ['xk 199 0000 0001', '密码中不能有电话号码'],
    ['xk19900000001', '密码中不能有电话号码'],
    ['a0990-6881234', '密码中不能有电话号码'],
    ['Zhangxiaoyan-8', '密码中不能有姓名、营业厅或公司的名称、编号'],
    ['Zhang-Xiao.Yan8', '密码中不能有姓名、营业厅或公司的名称、编号'],
    ['Zh@ngxi@oy@n8', '密码中不能有姓名、营业厅或公司的名称、编号'],
    ['nayoaixgnahz8', '密码中不能有姓名、营业厅或公司的名称、编号'],
    ['10pmE-xkcdq', '密码中不能有工号'],
    ['hall-001-xq', '密码中不能有姓名、营业厅或公司的名称、编号'],
  ])('%s is refused: %s', (password, why) => {
    expect(passwordProblem(password, around)).toBe(why)
  })

  test.each(['Kanban-Qiu-73', '南门 2026 晾衣绳', 'zhi-fu-3-ge', 'lang er qiang yi dian', 'Chu-Shi-26', 'mq7#Rt2v'])(
    '%s is accepted',
    (password) => {
      expect(passwordProblem(password, around)).toBeNull()
    },
  )

  // One word, name, town or saying with a year, a run or a sign behind it: what a list of a thousand words opens.
  test.each([
    'Kanban-2026',
    '天然气 2026 门市',
    'Winter2026!',
    'November2026',
    'Sunday123!',
    'system123!',
    'manager123',
    'changeme1',
    'temp1234!',
    'hellokitty1',
    'samsung123',
    'shanghai2026',
    'guangzhou123',
    'zhangsan123',
    'wangwu123',
    'taiyang123',
    'jiayou2026!',
    'caonima123',
    'dongnanxibei1',
    'wanshiruyi8',
    'gongxifacai888',
    'woshishui1',
    'laobanniang1',
    'shoufeiyuan1',
    'huawei@123',
    'zhifubao1',
    'Ranqi-yyt-01',
    'qq112233',
    '1122334455a',
    '24680qwe',
    'zxcvbnm,./1',
    'q1a2z3w4',
  ])('%s is refused as easily guessed', (password) => {
    expect(passwordProblem(password, { staffNo: '5555' })).toBe(guessed)
  })

  // What is said to everybody, however long: five telling syllables and more are needed, and then it is taken.
  test.each([
    'woaibeijing1',
    'woshinilaoda8',
    'woshinilaoda88',
    'wobuzhidaoa1',
    'jintiantianqihao1',
    'nishiwodexiaopingguo1',
    'mingtianhuigenghao1',
    'woshidashuaige1',
    'womendoushihaohaizi',
    'buyaogaosutaren1',
    'lianhuahe26',
  ])('%s is refused as what everybody says', (password) => {
    expect(passwordProblem(password, { staffNo: '5555' })).toBe(guessed)
  })
  test.each([
    'maotoubiaobaiyunshan',
    'qiaomaikoudaitinglou7',
    'wodemaotoubiaochikuihua',
    'lang er qiang yi dian',
    'qing-tai-lao-shu-8',
    'qingtai8362',
    'blue horse under table',
  ])('%s is long enough to be taken', (password) => {
    expect(passwordProblem(password, { staffNo: '5555' })).toBeNull()
  })

  const sounds = ['wo', 'shi', 'ni', 'ba', 'zhao', 'qiu', 'gei', 'lian', 'ting', 'mao', 'kou', 'dian', 'xue', 'tou']
  const digits = fc.integer({ min: 0, max: 99 }).map(String)

  test('that is a short sentence of pinyin with digits for words in it is refused, wherever they stand', () => {
    const sentence = fc
      .tuple(
        fc.uniqueArray(fc.constantFrom(...sounds), { minLength: 3, maxLength: 4 }),
        fc.constantFrom('8', '4', '9', '66', '88', '2', '90'),
        fc.nat(),
        fc.constantFrom('', '1', '!', '88'),
        fc.constantFrom('', '', '-', '_'),
      )
      .map(([words, digit, at, end, sign]) => {
        const cut = 1 + (at % (words.length - 1))
        return `${words.slice(0, cut).join('')}${digit}${sign}${words.slice(cut).join('')}${sign === '' ? end : ''}`
      })
      .filter((text) => text.length >= 8)
    fc.assert(
      fc.property(sentence, (text) => {
        expect(passwordProblem(text, { staffNo: '5555' }), text).toBe(guessed)
      }),
      {
        examples: [
          ['woshini8ba'],
          ['WoShiNi8Ba'],
          ['woshini-8ba'],
          ['ni4shuiya'],
          ['wo1ding2ai3ni'],
          ['woshini8bahaha'],
        ],
      },
    )
  })

  test('of six different syllables is taken with digits in it, and so is one of letters that say nothing', () => {
    const long = fc.tuple(
      fc.uniqueArray(fc.constantFrom(...sounds), { minLength: 6, maxLength: 6 }),
      fc.array(digits, { minLength: 6, maxLength: 6 }),
    )
    const free = (text: string) => passwordProblem(text, { staffNo: '5555' })
    fc.assert(
      fc.property(long, ([words, between]) => {
        const text = words.map((word, i) => `${word}${i % 2 ? (between[i] ?? '') : ''}`).join('')
        fc.pre(!/wode|woai|woshi/.test(text) && !/\d{6}|19\d\d|20\d\d/.test(text))
        expect(free(text), text).toBeNull()
      }),
    )
    // Letters and digits by turns, as a generator of passwords makes them; no vowel, so no sentence.
    const letter = fc.constantFrom(...'bcdfghjkmnpqrstvwxz')
    const drawn = fc.uniqueArray(fc.tuple(letter, fc.constantFrom(...'235679')), {
      minLength: 5,
      maxLength: 6,
      selector: ([one]) => one,
    })
    fc.assert(
      fc.property(drawn, (pairs) => {
        const text = pairs.map(([one, digit]) => `${one}${digit}`).join('')
        fc.pre(new Set(text.replace(/\D/g, '')).size >= 4)
        expect(free(text), text).toBeNull()
      }),
    )
  })

  test('is due for a change after the days set, and never when the reminder is off', () => {
    const day = 86_400_000
    expect(passwordDueDays(0, 30 * day - 1, 30)).toBeNull()
    expect(passwordDueDays(0, 30 * day, 30)).toBe(30)
    expect(passwordDueDays(0, 300 * day, 0)).toBeNull()
  })
})

test('somebody who works on is never locked out for being idle, however seldom the last use is written down', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (minutes, gaps) => {
        let now = 0
        let written = 0
        for (const gap of gaps) {
          now += gap * minutes * 60_000
          expect(isIdle(written, now, minutes)).toBe(false)
          if (now - written >= seenEveryMs) written = now
        }
        expect(isIdle(written, now + minutes * 60_000 + seenEveryMs + 1, minutes)).toBe(true)
      },
    ),
  )
})
