/** Once for a whole run of window tests: the demo hall of which each test gets a copy. */
import { rmSync } from 'node:fs'
import { makeDemoHall, preparedVariable } from './demo-hall.ts'

export default async function prepare(): Promise<() => void> {
  // This process runs on Node and needs the driver that is shipped, not the one for the window.
  const windowDriver = process.env['HALL_SQLITE_DRIVER']
  delete process.env['HALL_SQLITE_DRIVER']
  const folder = await makeDemoHall()
  if (windowDriver !== undefined) process.env['HALL_SQLITE_DRIVER'] = windowDriver
  process.env[preparedVariable] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
