import { describe, expect, test, vi } from 'vitest'
import { keyWords, parseChapter, plain } from '../../src-renderer/manual/chapter.ts'
import { makeRenderer } from '../../src-renderer/manual/render.ts'
import { stepsFor, tourSteps } from '../../src-renderer/tour/tour.ts'
import { roles } from '../../src-main/platform/roles.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { railFor, roomRoutes } = await import('../../src-renderer/shell/routes.ts')
const { chapterOf, searchManual } = await import('../../src-renderer/manual/manual.ts')

const render = makeRenderer({
  keyOf: (path) => (path === '/collection' ? 'F4' : null),
  picture: (name) => (name === 'there.webp' ? './assets/there.webp' : null),
})

describe('a chapter', () => {
  test('has its head, its roles and its sections', () => {
    const chapter = parseChapter(
      'x',
      '---\ntitle: 收费\nroles: cashier\npages: /a /b\norder: 3\n---\n先\n\n## 开班\n点钱\n',
    )
    expect(chapter).toMatchObject({ id: 'x', title: '收费', roles: ['cashier'], pages: ['/a', '/b'], order: 3 })
    expect(chapter.sections.map(({ heading }) => heading)).toEqual(['收费', '开班'])
    expect(() => parseChapter('x', '没有头')).toThrow(/no title/)
  })
  test('is searched as it is read: no marks of links and tables', () => {
    expect(plain('时限（[第二十条](<regulation:20(1)>)）见[收费](/collection)。')).toBe('时限（第二十条）见收费。')
    expect(plain('| 看到什么 | 怎么办 |\n| -------- | :-----: |\n| 漏气 | 先报警 |')).toBe(
      '看到什么 怎么办 漏气 先报警',
    )
  })

  test.each([
    ['F12 确认收款', { combo: 'F12', label: '确认收款' }],
    ['Shift+F10 投诉', { combo: 'Shift+F10', label: '投诉' }],
    ['Alt+← 返回上一页', { combo: 'Alt+←', label: '返回上一页' }],
    ['Esc', { combo: 'Esc', label: '' }],
    ['SELECT 1', null],
  ])('reads the key in %j', (code, key) => {
    expect(keyWords(code)).toEqual(key)
  })
})

describe('what is rendered', () => {
  test('shows keys as keys and a page with its own key', () => {
    const html = render('[收费](/collection)，`F12 确认收款`，见[日结](manual:day-close)')
    expect(html).toContain('<a href="#/collection">收费</a>（<kbd>F4</kbd>）')
    expect(html).toContain('<kbd>F12</kbd> 确认收款')
    expect(html).toContain('href="#/manual?chapter=day-close"')
  })
  test('leaves out a picture that has not been made', () => {
    expect(render('![图](there.webp)')).toContain('src="./assets/there.webp"')
    expect(render('![图](gone.webp)')).not.toContain('<img')
  })
  test('is never code', () => {
    expect(render('<img src=x onerror=alert(1)><script>alert(1)</script>')).not.toMatch(/<(img|script)/)
    expect(render('[x](javascript:alert(1))')).not.toContain('href')
  })
})

describe('the search', () => {
  test('finds headings before texts, by words and by pinyin initials', () => {
    expect(searchManual('冲正')[0]?.chapter.id).toBe('payments')
    expect(searchManual('rj').map(({ chapter }) => chapter.id)).toContain('day-close')
    expect(searchManual('对账 商户')[0]?.chapter.id).toBe('day-close')
    expect(searchManual('没有这个词')).toEqual([])
    expect(searchManual('  ')).toEqual([])
  })
  test('knows the chapter of a page, also of one below it', () => {
    expect(chapterOf('/collection/:accountId')?.id).toBe('collection')
    expect(chapterOf('/reports/anything')?.id).toBe('reports')
    expect(chapterOf('/nowhere')?.id).toBe('start')
  })
})

test.each(roles)('the first-day tour of %s is short and ends with the help', (role) => {
  const steps = stepsFor([role])
  expect(steps.length).toBeGreaterThanOrEqual(4)
  expect(steps.length).toBeLessThanOrEqual(8)
  expect(steps.at(-1)).toBe(tourSteps.at(-1))
  const rail = railFor(roomRoutes, [role]).map(({ path }) => path)
  for (const { room, title } of steps) if (room !== undefined) expect(rail, title).toContain(room)
})
