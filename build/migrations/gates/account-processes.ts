import { transitions } from '../../../src-main/supply/account-rules.ts'
import { certified, isManager } from './certified.ts'
import { setting, testFresh } from './settings.ts'
import { emptyTightness } from './tightness.ts'
import { wayOfKindTrigger } from './process.ts'
import { trigger } from './trigger.ts'

const lastRecord = (what: string, kind: string) =>
  `coalesce((SELECT ${what} FROM account_process_records WHERE process_id = NEW.id AND kind = '${kind}' ORDER BY no DESC LIMIT 1), 0)`

/** The work was done, and the last test or check of that kind was passed after it (clause 17(2)). */
const provedAfter = (work: string, proof: 'tightness' | 'safety-check') =>
  `${lastRecord('no', work)} > 0 AND ${lastRecord('passed', proof)} = 1
       AND ${lastRecord('no', proof)} > ${lastRecord('no', work)}`

/** Nothing owed and no reading waiting for its bill, whatever the balances on the account's row say. */
const settled = (accountId: string) => `
  (SELECT arrears FROM accounts WHERE id = ${accountId}) = 0
  AND NOT EXISTS (SELECT 1 FROM bills WHERE account_id = ${accountId} AND state = 'open')
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = ${accountId} AND state = 'unbilled')`
/** Nothing waits for its bill, and no more is owed than a manager agreed may stay; `p` is the process that ends. */
const keptDebt = (p: string, accountId: string) => `
  (${p}.debt_principal IS NOT NULL AND ${p}.debt_approver_id IS NOT NULL
  AND (SELECT arrears FROM accounts WHERE id = ${accountId}) <= ${p}.debt_principal
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = ${accountId} AND state = 'unbilled'))`
/** A manager, not among who did it, agreed to this very process. */
const agreed = (purpose: string, approver: string) => `${isManager(approver)} AND EXISTS (SELECT 1 FROM approvals a
  WHERE a.purpose = '${purpose}' AND a.subject = 'account-process:' || NEW.id AND a.approver_id = ${approver} AND a.used_at IS NOT NULL`
const emptied = (accountId: string) => `(SELECT prepayment FROM accounts WHERE id = ${accountId}) = 0`

/** What was done last to the gas at a place. */
const lastDone = (servicePointId: string) =>
  `(SELECT kind FROM account_processes WHERE service_point_id = ${servicePointId} AND state = 'done'
     AND kind IN ('deactivation', 'reactivation', 'dismantling') ORDER BY ended_at DESC, id DESC LIMIT 1)`

const localTime = `strftime('%H:%M', hall_now() / 1000, 'unixepoch', '+8 hours')`
const quiet = `CASE WHEN ${setting('supply.quietFrom', '22:00')} <= ${setting('supply.quietTo', '06:00')}
  THEN ${localTime} >= ${setting('supply.quietFrom', '22:00')} AND ${localTime} < ${setting('supply.quietTo', '06:00')}
  ELSE ${localTime} >= ${setting('supply.quietFrom', '22:00')} OR ${localTime} < ${setting('supply.quietTo', '06:00')} END`

const ways = Object.entries(transitions).flatMap(([kind, actions]) =>
  Object.values(actions).flatMap((moves) =>
    Object.entries(moves)
      .filter(([from, to]) => from !== to)
      .map(([from, to]) => `${kind}>${from}>${to}`),
  ),
)

/** The gates of an account's life after ignition once more, below every service (clauses 10(8), 14(1), 15, 17(2)). */
export const accountProcessTriggers: string[] = [
  wayOfKindTrigger('account_processes', 'such a process', [...new Set(ways)].sort()),
  trigger(
    'account_processes_begin',
    `BEFORE INSERT ON account_processes WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'a process begins as applied'); END`,
  ),
  trigger(
    'account_processes_end_once',
    `BEFORE UPDATE ON account_processes WHEN OLD.state IN ('done', 'cancelled')
     BEGIN SELECT RAISE(ABORT, 'a process that has ended never changes'); END`,
  ),
  trigger(
    'account_processes_stay',
    `BEFORE DELETE ON account_processes BEGIN SELECT RAISE(ABORT, 'account_processes never go'); END`,
  ),
  trigger(
    'account_processes_settled_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind NOT IN ('exchange', 'addition', 'detachment') AND NOT (
       (${settled('NEW.account_id')} OR ${keptDebt('NEW', 'NEW.account_id')})
       AND (NEW.prepayment_choice = 'keep' OR ${emptied('NEW.account_id')}))
     BEGIN SELECT RAISE(ABORT, 'process ends unsettled'); END`,
  ),
  trigger(
    'account_processes_reactivation_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'reactivation' AND NOT (
       ${lastRecord('passed', 'tightness')} = 1 AND ${lastRecord('passed', 'safety-check')} = 1
       AND ${testFresh(lastRecord('performed_on', 'tightness'))} AND ${testFresh(lastRecord('performed_on', 'safety-check'))}
       AND NOT EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND lifted_at IS NULL))
     BEGIN SELECT RAISE(ABORT, 'reactivation without its evidence'); END`,
  ),
  trigger(
    'account_processes_dismantling_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'dismantling' AND NOT (
       ${provedAfter('removal', 'tightness')})
     BEGIN SELECT RAISE(ABORT, 'dismantling without its evidence'); END`,
  ),
  // Work on a meter has gas again only when it was found tight after it was done, and where gas flows the place was looked over (clause 17(2)).
  ...(
    [
      ['addition', 'addition'],
      ['detachment', 'removal'],
      ['exchange', 'exchange'],
    ] as const
  ).map(([kind, work]) =>
    trigger(
      `account_processes_${kind}_gate`,
      `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = '${kind}' AND NOT (
       ${provedAfter(work, 'tightness')}
       AND ((SELECT gas_state FROM service_points WHERE id = NEW.service_point_id) <> 'supplied'
         OR ${provedAfter(work, 'safety-check')}))
     BEGIN SELECT RAISE(ABORT, '${kind} of a meter without its evidence'); END`,
    ),
  ),
  trigger(
    'account_processes_transfer_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'transfer' AND NOT (
       (SELECT count(DISTINCT kind) FROM contracts
        WHERE application_id = NEW.id AND customer_id = NEW.new_customer_id AND state = 'signed') = 2
       AND (SELECT state FROM accounts WHERE id = NEW.account_id) = 'transferred'
       AND (SELECT customer_id FROM accounts WHERE id = NEW.new_account_id AND state = 'active') = NEW.new_customer_id)
     BEGIN SELECT RAISE(ABORT, 'transfer without both contracts'); END`,
  ),
  // Somebody's account goes to another without them only by a manager's approval and with its proofs on file.
  trigger(
    'account_processes_absence_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.absence IS NOT NULL AND NOT (
       NEW.absence_approver_id IS NOT NULL AND (
         NEW.absence = 'deceased'
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.customer_id AND kind = 'death')
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind IN ('inheritance', 'property'))
         OR NEW.absence = 'unreachable'
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind = 'declaration')
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind = 'property')))
     BEGIN SELECT RAISE(ABORT, 'transfer without its holder, approval or proof'); END`,
  ),
  trigger(
    'account_processes_absence_approval_gate',
    `BEFORE UPDATE OF absence_approver_id ON account_processes WHEN NEW.absence_approver_id IS NOT NULL
       AND NEW.absence_approver_id IS NOT OLD.absence_approver_id AND NOT ${isManager('NEW.absence_approver_id')}
     BEGIN SELECT RAISE(ABORT, 'absence approved by nobody who may'); END`,
  ),
  trigger(
    'account_processes_debt_gate',
    `BEFORE UPDATE OF debt_principal, debt_approver_id ON account_processes WHEN NEW.debt_principal IS NOT NULL AND NOT (
       ${agreed('debt-stays', 'NEW.debt_approver_id')} AND json_extract(a.terms, '$.principal') = NEW.debt_principal))
     BEGIN SELECT RAISE(ABORT, 'debt stays without the approval of a manager'); END`,
  ),
  trigger(
    'account_processes_ground_gate',
    `BEFORE UPDATE OF ground_approver_id ON account_processes WHEN NEW.ground_approver_id IS NOT NULL AND NOT (
       ${agreed('closing-unremoved', 'NEW.ground_approver_id')})
       AND NOT EXISTS (SELECT 1 FROM account_process_records r WHERE r.process_id = NEW.id AND r.kind = 'place-seen'
         AND r.worker_id = NEW.ground_approver_id))
     BEGIN SELECT RAISE(ABORT, 'closing without dismantling, approved by nobody who may'); END`,
  ),
  trigger(
    'account_processes_ground_stays',
    `BEFORE UPDATE OF ground ON account_processes WHEN NEW.ground IS NOT OLD.ground
     BEGIN SELECT RAISE(ABORT, 'why a place is not dismantled is said at the beginning'); END`,
  ),
  // 销户 ends a place that was dismantled or never lit; another only where it was seen to have no gas, proved, and approved.
  trigger(
    'account_processes_closing_gate',
    `BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'closing' AND NOT (
       EXISTS (SELECT 1 FROM service_points WHERE id = NEW.service_point_id AND gas_state IN ('not-ignited', 'dismantled'))
       OR EXISTS (SELECT 1 FROM accounts WHERE service_point_id = NEW.service_point_id AND state = 'active' AND id <> NEW.account_id)
       OR NEW.ground IS NOT NULL AND NEW.ground_approver_id IS NOT NULL AND ${lastRecord('no', 'place-seen')} > 0
         AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.customer_id AND added_at >= NEW.created_at
           AND kind IN ('declaration', 'inheritance', 'property', 'other')))
     BEGIN SELECT RAISE(ABORT, 'closing of a place that still may have gas'); END`,
  ),
  trigger(
    'account_processes_certificate_gate',
    `BEFORE INSERT ON account_process_records
     WHEN (NEW.kind IN ('tightness', 'safety-check', 'removal', 'exchange', 'addition', 'place-seen') OR (NEW.kind = 'finished' AND
       (SELECT kind FROM account_processes WHERE id = NEW.process_id) IN ('deactivation', 'reactivation')))
       AND NOT ${certified('NEW.worker_id', `'maintenance'`, 'NEW.performed_on')}
     BEGIN SELECT RAISE(ABORT, 'work on site without a certified worker'); END`,
  ),
  trigger('account_process_records_tightness_gate', `BEFORE INSERT ON account_process_records ${emptyTightness}`),
  trigger(
    'accounts_end_gate',
    `BEFORE UPDATE OF state ON accounts WHEN NEW.state <> OLD.state AND NOT (
       OLD.state = 'active' AND ${emptied('NEW.id')} AND (${settled('NEW.id')}
         OR NEW.state = 'closed' AND EXISTS (SELECT 1 FROM account_processes p WHERE p.account_id = NEW.id
           AND p.kind IN ('dismantling', 'closing') AND p.state <> 'cancelled' AND ${keptDebt('p', 'NEW.id')})))
     BEGIN SELECT RAISE(ABORT, 'an account ends settled, and once'); END`,
  ),
  trigger(
    'service_points_deactivation_gate',
    `BEFORE UPDATE OF gas_state ON service_points
     WHEN NEW.gas_state = 'deactivated' AND OLD.gas_state NOT IN ('deactivated', 'not-ignited') AND ${lastDone('NEW.id')} IS NOT 'deactivation'
     BEGIN SELECT RAISE(ABORT, 'deactivated without its process'); END`,
  ),
  trigger(
    'service_points_reactivation_gate',
    `BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'deactivated' AND NEW.gas_state <> 'deactivated'
       AND NEW.gas_state <> 'dismantled' AND NOT (NEW.gas_state = 'supplied' AND ${lastDone('NEW.id')} IS 'reactivation'
         AND NOT (${quiet} AND EXISTS (
           SELECT 1 FROM accounts a JOIN price_plans t ON t.id = a.price_plan_id
           WHERE a.service_point_id = NEW.id AND a.state = 'active' AND t.category = 'resident')))
     BEGIN SELECT RAISE(ABORT, 'gas resumed after deactivation without its gate'); END`,
  ),
  trigger(
    'service_points_dismantling_gate',
    `BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'dismantled' AND OLD.gas_state NOT IN ('dismantled', 'not-ignited')
       AND NOT (OLD.gas_state IN ('deactivated', 'suspended') AND ${lastDone('NEW.id')} IS 'dismantling')
       AND NOT EXISTS (SELECT 1 FROM account_processes WHERE service_point_id = NEW.id AND kind = 'closing'
         AND state = 'done' AND ground IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'dismantled without its process'); END`,
  ),
  trigger(
    'service_points_dismantled_for_good',
    `BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'dismantled' AND NEW.gas_state <> 'dismantled'
     BEGIN SELECT RAISE(ABORT, 'a dismantled service point never gets gas again'); END`,
  ),
  // 一户多表: a reading is on one bill that counts, and it is the household's own.
  trigger(
    'bill_further_readings_gate',
    `BEFORE INSERT ON bill_further_readings WHEN NOT EXISTS (
       SELECT 1 FROM bills b JOIN readings r ON r.account_id = b.account_id
       WHERE b.id = NEW.bill_id AND r.id = NEW.reading_id AND r.id <> b.reading_id)
       OR EXISTS (SELECT 1 FROM bills WHERE reading_id = NEW.reading_id AND cancelled_by IS NULL)
     BEGIN SELECT RAISE(ABORT, 'a reading is on one bill of its account'); END`,
  ),
  trigger(
    'bills_reading_gate',
    `BEFORE INSERT ON bills WHEN NEW.reading_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM bill_further_readings WHERE reading_id = NEW.reading_id AND cancelled = 0)
     BEGIN SELECT RAISE(ABORT, 'a reading is on one bill of its account'); END`,
  ),
  trigger(
    'readings_account_gate',
    `BEFORE INSERT ON readings WHEN NEW.source <> 'import'
       AND (SELECT state FROM accounts WHERE id = NEW.account_id) <> 'active'
     BEGIN SELECT RAISE(ABORT, 'reading of an account that has ended'); END`,
  ),
]
