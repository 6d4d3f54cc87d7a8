/** Opening the measured hall: the real backend with every room, without a window; the token of a call is the role. */
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import type { Clock } from '../../src-main/platform/clock.ts'
import type { Actor } from '../../src-main/platform/context.ts'
import { roles, type CallDefinition, type InputOf, type OutputOf, type Role } from '../../src-main/platform/contract.ts'
import { openHall, type Hall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { rooms } from '../../src-main/rooms.ts'
import { sessionOf } from '../../src-main/access/service.ts'

export const resources = fileURLToPath(new URL('../../resources', import.meta.url))
/** The measured hall is invented, so its key need not be secret. */
export const benchKey = '0123456789abcdef'.repeat(4)

export const openBench = (dataFolder: string, clock: Clock): Hall =>
  openHall({ dataFolder, resources, key: benchKey, clock, log: memoryLogger(), rooms, sessionOf })
