// npm run bench: how fast it is, against the least work that could be done.
import { runProgram } from './script.mjs'
import { entry } from './setup.mjs'

await entry(() => runProgram('bench', 'tests/bench/index.mts', process.argv.slice(2)))
