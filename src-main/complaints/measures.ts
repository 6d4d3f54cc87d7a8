/** 48 h of clause 20(1): the one definition that scorecard and report share. SQL over `complaints c`, `@now` epoch ms. */
import { hourMs } from './rules.ts'

/** As `timeliness` in rules.ts has it: the first answer against the time of the intake; who comes back was answered all the same. */
const by = `(c.taken_at + c.reply_hours * ${hourMs})`

export const complaintMeasures = {
  replyDue: `(c.first_replied_at IS NOT NULL OR ${by} < @now)`,
  repliedInTime: `(c.first_replied_at IS NOT NULL AND c.first_replied_at <= ${by})`,
  open: `(c.state <> 'closed')`,
} as const
