/** The small demo hall that window tests begin with. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sessionOf } from '../../../src-main/access/service.ts'
import { seedDemoHall } from '../../../src-main/demo/seed.ts'
import { startedClock } from '../../../src-main/platform/clock.ts'
import { openHall } from '../../../src-main/platform/hall.ts'
import { createKey } from '../../../src-main/platform/keys.ts'
import { memoryLogger } from '../../../src-main/platform/logging.ts'
import { rooms } from '../../../src-main/rooms.ts'

/** The window's day begins at nine in the morning, whenever the tests run. */
export const demoMorning = '2026-11-23T09:00:00+08:00'

/** The full demo hall has two thousand customers. */
const customers = 120

/** Where the hall of this run of tests lies; named by the first process, read by those it starts. */
export const preparedVariable = 'HALL_E2E_PREPARED'

/** Makes the hall in a temporary folder and returns it. The caller removes it. */
export async function makeDemoHall(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hall-demo-'))
  const hall = openHall({
    dataFolder: folder,
    resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
    key: createKey(folder, { kind: 'file' }),
    create: true,
    clock: startedClock(Date.parse(demoMorning) - 3_600_000),
    log: memoryLogger(),
    rooms,
    sessionOf,
  })
  await seedDemoHall(hall, undefined, { customers, months: 24, every: 2, seed: 7 })
  await hall.close()
  return folder
}
