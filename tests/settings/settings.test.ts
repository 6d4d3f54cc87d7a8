import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { catalog, secretSettings, type SettingKey } from '../../src-main/platform/settings-catalog.ts'
import { Change, List, settingGroups } from '../../src-main/settings/api.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())
const all = () => hall.call(List, {}, 'administrator')
const one = async (key: SettingKey) => (await all()).find((setting) => setting.key === key)
const change = (key: SettingKey, value: string | number | boolean) => hall.call(Change, { key, value }, 'administrator')

describe('a setting', () => {
  test('of every kind is listed with Chinese label, group and how it is entered', async () => {
    const listed = await all()
    expect(listed.map(({ key }) => key)).toEqual(Object.keys(catalog))
    for (const { key, label, room, kind, value, defaultValue, choices, isSet } of listed) {
      expect(label, key).toMatch(/\p{Script=Han}/u)
      expect(settingGroups[room], key).toBeDefined()
      if (kind === 'choice') for (const choice of choices) expect(choice.label, key).toMatch(/\p{Script=Han}/u)
      if (kind !== 'secret' && !isSet) expect(value, key).toEqual(defaultValue)
    }
    expect(await one('access.lockMinutes')).toMatchObject({ kind: 'integer', min: 1, max: 120, unit: '分钟' })
    expect(await one('sync.atDayClose')).toMatchObject({ kind: 'boolean' })
    expect(await one('billing.priceChange')).toMatchObject({ kind: 'choice' })
    expect(await one('sync.url')).toMatchObject({ kind: 'text' })
  })

  test('once changed holds at once, after a restart, and says who changed it when', async () => {
    await change('access.lockMinutes', 3)
    expect(hall.hall.environment.settings.get('access.lockMinutes')).toBe(3)
    await hall.restart()
    expect(await one('access.lockMinutes')).toMatchObject({
      value: 3,
      isSet: true,
      changedAt: hall.clock.now(),
      changedBy: '吴管理',
    })
  })

  test.each([
    ['nobody', '首次设置'],
    ['system', '系统'],
  ])('that %s wrote is said in words of the screen', async (by, words) => {
    hall.hall.environment.sqlite.prepare(`UPDATE settings SET updated_by = ? WHERE key = 'company.address'`).run(by)
    expect((await one('company.address'))?.changedBy).toBe(words)
  })

  test.each([
    ['access.lockMinutes', 0, '应为 1 至 120 的整数'],
    ['access.lockMinutes', 121, '应为 1 至 120 的整数'],
    ['access.lockMinutes', '10', '应为 1 至 120 的整数'],
    ['backup.time', '25:00', '没有 25:00 这个时刻，请核对时间'],
    ['company.complaintPhone', '我们的电话', '应为 5 至 20 位数字，可以带短横'],
    ['company.creditCode', '91330000123456789X', '统一社会信用代码校验不符，请对照营业执照核对'],
    ['sync.url', 'ftp://example.com', '地址应以 https:// 开头，不带用户名、密码和参数'],
    ['sync.url', 'http://hq.example.com', '地址应以 https:// 开头，不带用户名、密码和参数'],
    ['sync.url', 'http://127.0.0.1.example.com', '地址应以 https:// 开头，不带用户名、密码和参数'],
    ['sync.url', 'https://someone:word@hq.example.com', '地址应以 https:// 开头，不带用户名、密码和参数'],
    ['billing.priceChange', 'whenever', '请从列出的项目中选择'],
    ['sync.atDayClose', 1, '应为是或否'],
    ['appraisal.hallPerYear', 5, '应能整除 12 个月'],
    ['appraisal.hallPerYear', 3, '应为 4 至 12 的整数'],
    ['appraisal.hallItems', '甲 60；乙 30', '应写成“按时处理率 15；按时修复率 15；……”，名称不重复，分值合计 100'],
  ] as const)('%s refuses %j in Chinese and keeps what it was', async (key, value, message) => {
    await expect(change(key, value)).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'value', message: `${catalog[key].label}：${message}` },
    })
    expect(await one(key)).toMatchObject({ isSet: false })
  })

  test.each([
    'http://localhost.',
    'http://localhost.example.com',
    'http://127.0.0.1@hq.example.com',
    'http://[::ffff:127.0.0.1]',
    'http://[::1].example.com',
    'http://0.0.0.0',
    'HTTP://HQ.EXAMPLE.COM',
    'http:hq.example.com',
    'http:\\\\127.0.0.1\\..\\hq.example.com',
    'https:hq.example.com',
    'https://@hq.example.com',
    'https://:@hq.example.com',
    'https://hq.example.com?to=x',
    'https://hq.example.com#x',
    'https://hq.exam\nple.com',
    'https://hq.example.com\\x',
    'ws://127.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('of the address of headquarters takes no %j', async (value) => {
    await expect(change('sync.url', value)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    expect(await one('sync.url')).toMatchObject({ isSet: false })
  })

  test.each([
    ['https://hq.example.com', 'https://hq.example.com'],
    [' HTTPS://HQ.example.com:8443/upload/ ', 'HTTPS://HQ.example.com:8443/upload/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://LOCALHOST:8080', 'http://LOCALHOST:8080'],
    ['', ''],
  ])('of the address of headquarters takes %j', async (value, kept) => {
    await change('sync.url', value)
    expect(await one('sync.url')).toMatchObject({ value: kept })
  })

  test.each(['sync.url', 'sync.token', 'access.lockMinutes', 'backup.time'] as const)(
    '%s is the administrator’s alone: where data goes, who gets in, what is kept',
    async (key) => {
      const asManager = hall.call(Change, { key, value: catalog[key].default }, 'hall-manager')
      await expect(asManager).rejects.toMatchObject({ failure: { code: 'NotAllowed' } })
      expect(await one(key)).toMatchObject({ isSet: false, administratorOnly: true })
    },
  )

  test('that names another headquarters forgets the token, so that nobody else is handed it; the same address keeps it', async () => {
    await change('sync.url', 'https://hq.example.com')
    await change('sync.token', 'very-secret-token')
    await change('sync.url', 'https://hq.example.com')
    expect(await one('sync.token')).toMatchObject({ isSet: true })
    await change('sync.url', 'http://127.0.0.1:8080')
    expect(await one('sync.token')).toMatchObject({ isSet: false })
    expect(hall.hall.environment.settings.get('sync.token')).toBe('')
  })

  test('that is unknown is refused', async () => {
    await expect(change('no.such' as SettingKey, 1)).rejects.toMatchObject({ failure: { message: '没有这项设置' } })
  })

  test('that is secret is kept, but shown to nobody and written into no log', async () => {
    await change('sync.token', 'very-secret-token')
    expect(hall.hall.environment.settings.get('sync.token')).toBe('very-secret-token')
    for (const key of secretSettings) expect(await one(key)).toMatchObject({ value: null, defaultValue: '' })
    const rows = hall.hall.environment.sqlite.prepare('SELECT * FROM audit_log').all()
    expect(JSON.stringify([rows, await all()])).not.toContain('very-secret-token')
  })
})
