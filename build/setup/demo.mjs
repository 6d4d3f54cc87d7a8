// npm run demo: one hall's day through the real window.
import { runProgram } from './script.mjs'
import { entry } from './setup.mjs'

await entry(() => runProgram('demo', 'tests/demo/day.mts', process.argv.slice(2)))
