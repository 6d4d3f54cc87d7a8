/**
 * A day on which everything is done once, so that no call stays behind its gates: what comes by itself from the schemas is
 * left to them, here are the steps that need others before them. Scenes are apart, so that one that fails says which.
 */
import { agreement } from './agreement.ts'
import { Guide } from './guide.ts'
import type { Round } from './run.ts'
import { gasScenes } from './tour-gas.ts'
import { moneyScenes } from './tour-money.ts'
import { officeScenes } from './tour-office.ts'
import { workScenes } from './tour-work.ts'
import { Broken, definitions } from './judge.ts'

const corners = 5

/** Makes every call succeed once. @returns what could not be done. @throws Broken */
export async function tour(round: Round): Promise<string[]> {
  const guide = new Guide(round)
  const failed: string[] = []
  agreement.given = true
  for (const [name, scene] of Object.entries({ ...moneyScenes, ...gasScenes, ...workScenes, ...officeScenes })) {
    round.pool.refocus()
    try {
      await scene(guide)
    } catch (error) {
      if (error instanceof Broken) throw error
      failed.push(`${name}: ${(error as Error).message}`)
    }
  }
  for (const { name } of definitions) {
    if (round.tallyOf(name).ok > 0) continue
    let refused = ''
    // What is left to the draw is drawn from another corner of the hall before it is given up.
    for (let i = 0; i < corners && round.tallyOf(name).ok === 0; i += 1) {
      round.pool.refocus()
      await guide.ok(name).catch((error: unknown) => {
        if (error instanceof Broken) throw error
        refused = (error as Error).message
      })
    }
    if (round.tallyOf(name).ok === 0) failed.push(refused)
  }
  return failed
}
