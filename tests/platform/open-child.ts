/** Opens the hall in a folder as another user of the PC and says how it went: `opened` or the name of the error. */
import { openHall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { DomainError } from '../../src-main/platform/errors.ts'

const [dataFolder = '', key = ''] = process.argv.slice(2)

function attempt(): string {
  try {
    const hall = openHall({
      dataFolder,
      resources: 'resources',
      key,
      clock: { now: () => Date.now() },
      log: memoryLogger(),
      rooms: [],
      sessionOf: () => null,
    })
    void hall.close()
    return 'opened'
  } catch (error) {
    return error instanceof DomainError ? error.code : `unnamed: ${String(error)}`
  }
}

process.send?.(attempt(), () => process.disconnect())
