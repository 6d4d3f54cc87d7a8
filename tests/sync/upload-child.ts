/** A hall of its own process that uploads all the time, to be killed while it does. */
import { post } from '../../src-main/ledger/service.ts'
import { fen } from '../../src-main/platform/money.ts'
import { UploadNow } from '../../src-main/sync/api.ts'
import { openTestHall } from '../support/hall.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('which folder?')
const hall = await openTestHall({ folder })
for (;;) {
  hall.transact((context) =>
    post(context, {
      kind: 'payment',
      memo: '测试收款',
      subject: 'payment:test',
      lines: [
        { account: 'cash-drawer', holder: 's', debit: fen(100) },
        { account: 'prepayment', holder: 'a', credit: fen(100) },
      ],
    }),
  )
  await hall.call(UploadNow, {}, 'administrator')
}
