/** Evidence of the registers: one for each, as its declaration has it. */
import { entryStateNames, registerKind, registers, type RegisterKind } from '../../registers/api.ts'
import { named } from '../columns.ts'
import type { Evidence } from './evidence.ts'

const openFinding = (more = '') =>
  `EXISTS (SELECT 1 FROM register_findings f WHERE f.entry_id = t.id AND f.mended_on IS NULL${more})`

/** Waiting for its second person; without what its kind wants. */
function missingOf({ fields, pictured }: RegisterKind): string {
  // As the body has an empty field; within what somebody wrote the quotes are escaped.
  const empty = fields.flatMap(({ label, wanted }) =>
    wanted ? [`instr(t.body, '"label":"${label}","value":""') > 0`] : [],
  )
  const bare = `NOT EXISTS (SELECT 1 FROM pictures p WHERE p.subject = 'register-entry:' || t.id)`
  return [`t.state = 'done'`, ...empty, ...(pictured ? [bare] : [])].join(' OR ')
}
const isIncomplete = ({ fields, pictured }: RegisterKind) => pictured === true || fields.some(({ wanted }) => wanted)

/** In Asia/Shanghai. A check of Monday that was written down on Friday is shown as that. */
const writtenOn = `date(t.recorded_at / 1000, 'unixepoch', '+8 hours')`

const evidenceOf = (id: string, kind: RegisterKind): Evidence => ({
  id: `register-${id}`,
  clauses: kind.clauses,
  what: `台账：${kind.title}`,
  rows: 'register_entries t INDEXED BY register_entries_kind_date',
  where: `t.kind = '${id}' AND t.state <> 'void'`,
  by: 'date',
  at: 't.on_date',
  overdue: `t.state = 'open' AND ${openFinding(' AND f.due_on < @today')}`,
  missing: `(${missingOf(kind)})`,
  lack: isIncomplete(kind) ? '资料不全或没有复核' : '没有复核',
  number: 't.entry_no',
  who: `t.recorded_by || CASE WHEN t.companion_name IS NULL THEN '' ELSE '、' || t.companion_name END`,
  checked: `coalesce((SELECT s.actor_name FROM register_steps s WHERE s.entry_id = t.id AND s.kind = 'review' ORDER BY s.no DESC LIMIT 1), '')`,
  about: `t.title || '　' || ${named('t.state', entryStateNames)}
    || CASE WHEN ${writtenOn} > t.on_date THEN '（' || ${writtenOn} || ' 补记）' ELSE '' END`,
  link: `'/registers/entry/' || t.id`,
})

export const registerEvidence: readonly Evidence[] = registerKind.values.map((id) => evidenceOf(id, registers[id]))
