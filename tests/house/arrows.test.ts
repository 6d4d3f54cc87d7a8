/** The arrows of the house hold: each forbidden import is planted in a small house and must be found there. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: NonNullable<IFlattenedRuleSet['forbidden']>
  options: ICruiseOptions & { enhancedResolveOptions: object }
}

type House = Record<string, string>

/** Every arrow the house allows, once. */
const sound: House = {
  'src-main/platform/money.ts': `export type Fen = number`,
  'src-main/platform/contract.ts': `import { z } from 'zod'\nimport type { Fen } from './money.ts'\nexport const fen = z.int()\nexport type Due = Fen`,
  'src-main/platform/database.ts': `import Database from 'better-sqlite3'\nexport const open = Database`,
  'src-main/app/window.ts': `import { BrowserWindow } from 'electron'\nimport type { Bill } from '../billing/api.ts'\nexport const open = (bill: Bill) => [BrowserWindow, bill]`,
  'src-main/tariffs/api.ts': `import { fen } from '../platform/contract.ts'\nexport const Price = fen`,
  'src-main/tariffs/tables.ts': `import { sqliteTable } from 'drizzle-orm/sqlite-core'\nexport const prices = sqliteTable`,
  'src-main/tariffs/rules.ts': `import type { Fen } from '../platform/money.ts'\nexport const twice = (fen: Fen) => fen * 2`,
  'src-main/tariffs/service.ts': `import { open } from '../platform/database.ts'\nimport { twice } from './rules.ts'\nimport { prices } from './tables.ts'\nexport const price = [open, twice, prices]`,
  'src-main/billing/api.ts': `import { z } from 'zod'\nimport { Price } from '../tariffs/api.ts'\nimport { state } from './states.ts'\nexport const Bill = z.array(Price)\nexport type Bill = typeof state`,
  'src-main/billing/states.ts': `export const state = 'open'`,
  'src-main/billing/tables.ts': `import { prices } from '../tariffs/tables.ts'\nexport const bills = prices`,
  'src-main/billing/rules.ts': `import { twice } from '../tariffs/rules.ts'\nexport const late = twice`,
  'src-main/billing/service.ts': `import { price } from '../tariffs/service.ts'\nimport { bills } from './tables.ts'\nimport { late } from './rules.ts'\nexport const bill = [price, bills, late]`,
  'src-main/backend.ts': `import { bill } from './billing/service.ts'\nexport const rooms = [bill]`,
  'src-main/main.ts': `import { app } from 'electron'\nimport { open } from './app/window.ts'\nexport const run = [app, open]`,
  'src-renderer/api.ts': `import { Bill } from '../src-main/billing/api.ts'\nexport const api = Bill`,
  'src-renderer/billing/BillPage.vue': `<script setup lang="ts">\nimport type { Fen } from '../../src-main/platform/money.ts'\nimport { api } from '../api.ts'\ndefineProps<{ fen: Fen }>()\nconst shown = api\n</script>\n<template>{{ shown }}</template>`,
}

/** [what the house forbids, the rule that finds it, where it is planted, what is written there] */
const planted: [string, string, string, string][] = [
  [
    'a screen imports a service',
    'renderer-imports-only-apis',
    'src-renderer/bad/service.ts',
    `import '../../src-main/billing/service.ts'`,
  ],
  [
    'a screen imports tables',
    'renderer-imports-only-apis',
    'src-renderer/bad/tables.ts',
    `import '../../src-main/billing/tables.ts'`,
  ],
  [
    'a screen imports rules',
    'renderer-imports-only-apis',
    'src-renderer/bad/rules.ts',
    `import '../../src-main/billing/rules.ts'`,
  ],
  [
    'a screen imports the database',
    'renderer-imports-only-apis',
    'src-renderer/bad/database.ts',
    `import '../../src-main/platform/database.ts'`,
  ],
  [
    'a Vue page imports a service, if only a type',
    'renderer-imports-only-apis',
    'src-renderer/bad/Page.vue',
    `<script setup lang="ts">\nimport type { bill } from '../../src-main/billing/service.ts'\ndefineProps<{ a: typeof bill }>()\n</script>\n<template><p /></template>`,
  ],
  ['a screen imports Node', 'pure-files-know-no-node', 'src-renderer/bad/node.ts', `import 'node:fs'`],
  ['a screen imports Electron', 'only-the-shell-knows-electron', 'src-renderer/bad/electron.ts', `import 'electron'`],
  [
    'the Node side imports a screen',
    'main-never-imports-renderer',
    'src-main/r1/service.ts',
    `import '../../src-renderer/api.ts'`,
  ],
  ['an api imports its service', 'api-is-pure', 'src-main/r2/api.ts', `import '../billing/service.ts'`],
  ['an api reaches tables by a detour', 'api-is-pure', 'src-main/r3/api.ts', `import './detour.ts'`],
  ['an api imports drizzle', 'api-imports-no-machinery', 'src-main/r4/api.ts', `import 'drizzle-orm'`],
  ['a second api file imports Node', 'pure-files-know-no-node', 'src-main/r5/close-api.ts', `import 'node:crypto'`],
  ['rules open the database', 'rules-are-pure', 'src-main/r6/rules.ts', `import '../platform/database.ts'`],
  ['rules read their own tables', 'rules-are-pure', 'src-main/r7/rules.ts', `import '../billing/tables.ts'`],
  ['rules import the driver', 'rules-import-no-machinery', 'src-main/r8/rules.ts', `import 'better-sqlite3'`],
  ['rules read files', 'pure-files-know-no-node', 'src-main/r9/rules.ts', `import 'node:fs'`],
  [
    'rules lean on a helper of another room',
    'rules-meet-other-rooms-in-rules',
    'src-main/r10/rules.ts',
    `import '../billing/states.ts'`,
  ],
  [
    'a service imports rules of another room',
    'rooms-meet-at-the-door',
    'src-main/r11/service.ts',
    `import '../billing/rules.ts'`,
  ],
  [
    'a service imports tables of another room',
    'rooms-meet-at-the-door',
    'src-main/r12/service.ts',
    `import '../billing/tables.ts'`,
  ],
  [
    'a helper imports a helper of another room',
    'rooms-meet-at-the-door',
    'src-main/r13/helper.ts',
    `import '../billing/states.ts'`,
  ],
  ['a service imports Electron', 'only-the-shell-knows-electron', 'src-main/r14/service.ts', `import 'electron'`],
  [
    'tables import a service',
    'tables-meet-other-rooms-in-tables',
    'src-main/r15/tables.ts',
    `import '../billing/service.ts'`,
  ],
  ['the platform imports a room', 'platform-knows-no-room', 'src-main/platform/clock.ts', `import '../r16/rules.ts'`],
  ['the shell imports a service', 'app-knows-no-business', 'src-main/app/desktop.ts', `import '../billing/service.ts'`],
  ['a room imports the backend', 'nobody-imports-the-assemblers', 'src-main/r17/service.ts', `import '../backend.ts'`],
  [
    'the product imports a test',
    'product-never-imports-tests',
    'src-main/r18/service.ts',
    `import '../../tests/support/hall.ts'`,
  ],
  ['two files import each other', 'no-cycles', 'src-main/r19/helper.ts', `import './service.ts'`],
  [
    'two rooms import each other by different files',
    'no-cycles-between-rooms',
    'src-main/r20/service.ts',
    `import '../r21/api.ts'`,
  ],
  [
    'a service reads the declarations of settings',
    'only-the-catalog-collects-settings',
    'src-main/r23/service.ts',
    `import '../r24/settings.ts'`,
  ],
  ['settings lean on a service', 'settings-are-declarations', 'src-main/r25/settings.ts', `import './helper.ts'`],
  ['what is imported does not exist', 'what-is-imported-exists', 'src-main/r22/service.ts', `import './nowhere.ts'`],
]

/** What the planted imports point at, itself allowed. */
const grounds: House = {
  'src-main/r3/detour.ts': `import './tables.ts'`,
  'src-main/r3/tables.ts': `export {}`,
  'src-main/r16/rules.ts': `export {}`,
  'src-main/r24/settings.ts': `import '../platform/contract.ts'`,
  'src-main/r25/helper.ts': `export {}`,
  'tests/support/hall.ts': `export {}`,
  'src-main/r19/service.ts': `import './helper.ts'`,
  'src-main/r20/api.ts': `export {}`,
  'src-main/r21/api.ts': `export {}`,
  'src-main/r21/service.ts': `import '../r20/api.ts'`,
}

const places: string[] = []

function build(house: House): string {
  const place = mkdtempSync(join(tmpdir(), 'house-'))
  places.push(place)
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
  for (const [name, text] of Object.entries(house)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), text)
  }
  return place
}

/** Every violation as "rule: from". */
async function violations(house: House): Promise<string[]> {
  const { enhancedResolveOptions, ...options } = config.options
  const { output } = await cruise(
    ['src-main', 'src-renderer'],
    { ...options, baseDir: build(house), validate: true, ruleSet: { forbidden: config.forbidden } },
    enhancedResolveOptions,
  )
  return (output as ICruiseResult).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
}

afterAll(() => places.forEach((place) => rmSync(place, { recursive: true, force: true })))

test('a house that keeps to the arrows passes', async () => {
  expect(await violations(sound)).toEqual([])
})

describe('a house is stopped when', () => {
  let found: string[] = []
  beforeAll(async () => {
    const wrongs = Object.fromEntries(planted.map(([, , where, text]) => [where, text]))
    found = await violations({ ...sound, ...grounds, ...wrongs })
  })

  test.each(planted)('%s', (_what, rule, where) => {
    const place = rule === 'no-cycles-between-rooms' ? dirname(where) : where
    expect(found).toContain(`${rule}: ${place}`)
  })

  test('and nothing that is right is blamed', () => {
    const guilty = new Set([
      ...planted.map(([, , where]) => where),
      ...planted.map(([, , where]) => dirname(where)),
      'src-main/r21',
    ])
    expect(found.filter((line) => !guilty.has(line.split(': ')[1] ?? ''))).toEqual([])
  })

  test('every rule has a planted violation', () => {
    const rules = config.forbidden.map(({ name }) => name).sort()
    expect([...new Set(planted.map(([, rule]) => rule))].sort()).toEqual(rules)
  })
})
