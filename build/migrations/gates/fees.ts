import { trigger } from './trigger.ts'

/** The name of nothing that may be charged for (cases.md M8), below every service; the finer law stands in fees/rules.ts. */
const forbiddenName = (name: string): string =>
  `(${['%表前%', '%红线外%', '%到期%表%', '%超期%表%', '%换表费%'].map((like) => `${name} LIKE '${like}'`).join(' OR ')}
       OR ((${name} LIKE '%燃气表%' OR ${name} LIKE '%表具%')
         AND NOT (${['%移%', '%迁%', '%拆装%', '%检定%', '%校验%', '%表后%'].map((like) => `${name} LIKE '${like}'`).join(' OR ')})))`

/**
 * 收费 below every service: only by an item in force, at the price, the place and to the kind of customer its version of the
 * day says, with a document behind it; and once charged, nothing of it changes but what is paid, or that it was withdrawn.
 */
export const feeTriggers: string[] = [
  trigger(
    'fee_versions_refuse_update',
    `BEFORE UPDATE ON fee_versions BEGIN SELECT RAISE(ABORT, 'fee_versions never change'); END`,
  ),
  trigger(
    'fee_items_gate',
    `BEFORE INSERT ON fee_items WHEN ${forbiddenName('NEW.name')}
     BEGIN SELECT RAISE(ABORT, 'a fee that nobody may charge'); END`,
  ),
  trigger(
    'fee_items_kept',
    `BEFORE UPDATE ON fee_items WHEN NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.unit <> OLD.unit
       OR NEW.account <> OLD.account BEGIN SELECT RAISE(ABORT, 'a fee item never becomes another'); END`,
  ),
  trigger(
    'fee_charges_gate',
    `BEFORE INSERT ON fee_charges WHEN NEW.paid <> 0 OR NEW.state <> 'open' OR NOT EXISTS (
       SELECT 1 FROM fee_items i JOIN fee_versions v ON v.item_id = i.id
         JOIN accounts a ON a.id = NEW.account_id JOIN customers c ON c.id = a.customer_id
       WHERE i.id = NEW.item_id AND v.id = NEW.version_id AND i.state = 'in-force' AND i.kind = NEW.kind
         AND i.name = NEW.name AND v.effective_from = (SELECT max(w.effective_from) FROM fee_versions w
           WHERE w.item_id = i.id AND w.effective_from <= NEW.business_date)
         AND NEW.unit_price BETWEEN v.price AND v.max_price
         AND EXISTS (SELECT 1 FROM json_each(v.places) p WHERE p.value = NEW.place)
         AND EXISTS (SELECT 1 FROM json_each(v.buyers) b
           WHERE b.value = CASE c.category WHEN 'resident' THEN 'resident' ELSE 'non-resident' END))
     BEGIN SELECT RAISE(ABORT, 'charged by no price in force'); END`,
  ),
  trigger(
    'fee_charges_kept',
    `BEFORE UPDATE ON fee_charges WHEN OLD.state = 'withdrawn' OR NEW.amount <> OLD.amount OR NEW.quantity <> OLD.quantity
       OR NEW.unit_price <> OLD.unit_price OR NEW.account_id <> OLD.account_id OR NEW.item_id <> OLD.item_id
       OR NEW.version_id <> OLD.version_id OR NEW.entry_id <> OLD.entry_id OR NEW.kind <> OLD.kind OR NEW.tax <> OLD.tax
     BEGIN SELECT RAISE(ABORT, 'a charge never becomes another'); END`,
  ),
  trigger('fee_charges_stay', `BEFORE DELETE ON fee_charges BEGIN SELECT RAISE(ABORT, 'fee_charges stay'); END`),
]
