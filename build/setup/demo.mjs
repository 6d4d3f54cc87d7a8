// npm run demo: one hall's day through the real window; -- --week: a week of it; -- --golive: a new hall from nothing.
import { runProgram } from './script.mjs'
import { entry } from './setup.mjs'
import { SetUpError } from './steps.mjs'

const plays = new Map([
  ['', 'tests/demo/day.mts'],
  ['--week', 'tests/demo/week.mts'],
  ['--golive', 'tests/demo/golive.mts'],
])
const words = process.argv.slice(2)

await entry(() => {
  const program = plays.get(words.join(' '))
  if (program === undefined) {
    throw new SetUpError(
      `npm run demo does not know "${words.join(' ')}". It plays a day; a week with: npm run demo -- --week; a new hall from an empty folder with: npm run demo -- --golive`,
    )
  }
  return runProgram('demo', program, [])
})
