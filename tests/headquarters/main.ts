/** Headquarters by hand: `node tests/headquarters/main.ts --port 8400 --file received.db --token secret`. */
import { parseArgs } from 'node:util'
import { startReceiver } from './receiver.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8400' },
    file: { type: 'string', default: ':memory:' },
    token: { type: 'string', default: 'demo' },
  },
})
const receiver = await startReceiver({ file: values.file, token: values.token, port: Number(values.port) })
console.log(`listening on ${receiver.url}, token ${values.token}, Ctrl+C ends`)
process.once('SIGINT', () => {
  for (const { date, account, debit, credit } of receiver.totals()) console.log(date, account, debit, credit)
  console.log(`gaps: ${receiver.gaps().length}, violations: ${receiver.violations().length}`)
  void receiver.close()
})
