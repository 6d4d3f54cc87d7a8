/** What stands in the log files after calls full of personal data, and how the files are kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Login } from '../../src-main/access/api.ts'
import { CreateCustomer, SearchCustomers } from '../../src-main/customers/api.ts'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { call, type Role } from '../../src-main/platform/contract.ts'
import { openHall } from '../../src-main/platform/hall.ts'
import { fileLogger, memoryLogger, redact, type Logger } from '../../src-main/platform/logging.ts'
import { useCase } from '../../src-main/platform/use-case.ts'
import { rooms } from '../../src-main/rooms.ts'
import { z } from 'zod'
import { creation } from '../customers/support.ts'
import { actorOf, mondayMorning, testKey } from '../support/hall.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'logs-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const logFiles = (): string[] => readdirSync(folder).filter((name) => name.endsWith('hall.log'))
const logged = (): string =>
  logFiles()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')

async function until(met: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !met(); i++) await new Promise((resolve) => setTimeout(resolve, 25))
  expect(met()).toBe(true)
}

describe('the log', () => {
  /** A fault that carries its input in its message, as a careless library might. */
  const Careless = call({
    name: 'probe.careless',
    kind: 'read',
    allow: 'anyone',
    input: z.strictObject({ text: z.string() }),
    output: z.object({}),
  })
  const careless = useCase(Careless, ({ text }) => {
    throw new Error(`cannot handle ${text}`)
  })

  test('holds no name, ID number, phone, address or password, whatever was called and however it failed', async () => {
    const lines: string[] = []
    const log = memoryLogger(lines)
    const hall = openHall({
      dataFolder: join(folder, 'data'),
      resources: 'resources',
      key: testKey,
      clock: new ManualClock(mondayMorning),
      log,
      rooms: [...rooms, { careless }],
      sessionOf: (_, token) => ({ actor: actorOf(token as Role), locked: false }),
    })
    const name = '欧阳晓溪'
    const idNumber = inventedNationalId(77)
    const phone = inventedMobile(77)
    const ask = (called: string, input: unknown) => hall.handle({ id: 1, call: called, input, session: 'clerk' })
    const profile = { name, idNumber, phone }
    expect(await ask(CreateCustomer.name, creation(77, profile))).toMatchObject({ ok: true })
    expect(await ask(CreateCustomer.name, creation(77, profile))).toMatchObject({ ok: false })
    expect(await ask(CreateCustomer.name, creation(77, { ...profile, idNumber: `${idNumber}9` }))).toMatchObject({
      ok: false,
      error: { code: 'InvalidInput' },
    })
    expect(await ask(CreateCustomer.name, { [idNumber]: phone })).toMatchObject({ ok: false })
    await ask(SearchCustomers.name, { text: phone })
    await ask(SearchCustomers.name, { text: name })
    await ask(Login.name, { staffNo: '1001', password: 'Geheim-2026' })
    expect(await ask('probe.careless', { text: `${idNumber}, ${phone}` })).toMatchObject({
      ok: false,
      error: { code: 'Internal' },
    })
    await hall.close()
    const text = lines.join('')
    expect(text).toContain('probe.careless')
    for (const personal of [name, idNumber, phone, 'Geheim-2026', '13800', '人民路'])
      expect(text, personal).not.toContain(personal)
  })

  test('masks what looks like an ID number or a mobile phone, and leaves account numbers and amounts alone', () => {
    expect(redact(`id ${inventedNationalId(3)} tel ${inventedMobile(3)}`)).toBe('id *** tel ***')
    // A landline, an old ID, what an input method wrote wide, and what stands behind a line break in the text of a fault.
    expect(redact('tel 0990-6881234 id 110105491231002 ２ １３８０００００００１')).toBe('tel *** id *** ２ ***')
    const lines: string[] = []
    memoryLogger(lines).error('uncaught', {
      error: `SyntaxError: not JSON\n${inventedMobile(3)}\t${inventedNationalId(3)}`,
    })
    memoryLogger(lines).warn('probe', { phone: Number(inventedMobile(3)) })
    expect(lines.join('')).not.toMatch(/\d{11}/)
    expect(redact('"11010519491231002X"')).toBe('"***"')
    const business = '户号 00101000012347 收据 SJ00101000000018 金额 1234567 分 1795395600000 ms'
    expect(redact(business)).toBe(business)
  })

  test('is written as one JSON object a line, with the time of the given clock', async () => {
    const log = fileLogger(folder, () => mondayMorning)
    log.info('started')
    log.warn('slow-call', { call: 'cashier.collect', ms: 55 })
    log.close()
    await until(() => logged().split('\n').length === 3)
    const rows = logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(rows).toEqual([
      { at: '2026-11-23T01:00:00.000Z', level: 'info', event: 'started' },
      { at: '2026-11-23T01:00:00.000Z', level: 'warn', event: 'slow-call', call: 'cashier.collect', ms: 55 },
    ])
  })

  test('begins a new file after 10 MB and keeps the old one', async () => {
    const log: Logger = fileLogger(folder, () => mondayMorning)
    const ballast = 'x'.repeat(100_000)
    for (let i = 0; i < 110; i++) log.info('ballast', { i, ballast })
    await until(() => logFiles().length > 1)
    log.info('after')
    log.close()
    await until(() => logged().includes('"after"'))
    const written = logged()
    for (let i = 0; i < 110; i++) expect(written.includes(`"i":${i},`), `line ${i}`).toBe(true)
  })

  test('that cannot be written does not stop the counter', async () => {
    const log = fileLogger('/proc/nowhere', () => mondayMorning)
    expect(() => log.error('fault')).not.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 100))
    log.close()
  })
})

test('a log whose file, or whole folder, was taken away begins anew', async () => {
  const inner = join(folder, 'logs')
  const log = fileLogger(inner, () => mondayMorning, 10)
  const there = (text: string) => () => {
    log.info(text)
    try {
      return readFileSync(join(inner, 'hall.log'), 'utf8').includes(text)
    } catch {
      return false
    }
  }
  await until(there('first'))
  rmSync(join(inner, 'hall.log'))
  await until(there('second'))
  rmSync(inner, { recursive: true })
  await until(there('third'))
  log.close()
})
