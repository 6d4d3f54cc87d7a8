import { isManager } from './certified.ts'
import { trigger } from './trigger.ts'

/**
 * 用气性质 (clauses 6(9), 10(6)) below every service: it changes by an act on record alone, with a paper of this customer,
 * a reason and a hall manager who did not ask for it; and the price of an account changes with it alone.
 */
export const classTriggers: string[] = [
  trigger(
    'class_changes_gate',
    `BEFORE INSERT ON class_changes WHEN trim(NEW.reason) = '' OR NEW.approver_id = NEW.actor_id
       OR NOT ${isManager('NEW.approver_id')}
       OR NOT EXISTS (SELECT 1 FROM attachments f WHERE f.id = NEW.attachment_id AND f.customer_id = NEW.customer_id)
       OR NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = NEW.customer_id AND c.category = NEW.from_class
         AND c.version = NEW.version)
     BEGIN SELECT RAISE(ABORT, 'a class changed without paper, reason and approver'); END`,
  ),
  trigger(
    'customers_class_gate',
    `BEFORE UPDATE OF category ON customers WHEN NEW.category <> OLD.category AND (NEW.version <> OLD.version + 1
       OR NOT EXISTS (SELECT 1 FROM class_changes g WHERE g.customer_id = OLD.id AND g.version = OLD.version
         AND g.from_class = OLD.category AND g.to_class = NEW.category))
     BEGIN SELECT RAISE(ABORT, 'a class changed without paper, reason and approver'); END`,
  ),
  trigger(
    'class_change_plans_gate',
    `BEFORE INSERT ON class_change_plans WHEN NOT EXISTS (
       SELECT 1 FROM class_changes g JOIN accounts a ON a.customer_id = g.customer_id
         JOIN price_plans l ON l.id = NEW.to_plan_id AND l.category = g.to_class
       WHERE g.id = NEW.change_id AND a.id = NEW.account_id AND a.version = NEW.version
         AND a.price_plan_id = NEW.from_plan_id)
     BEGIN SELECT RAISE(ABORT, 'a price that is not of the new class'); END`,
  ),
  trigger(
    'accounts_price_plan_gate',
    `BEFORE UPDATE OF price_plan_id ON accounts WHEN NEW.price_plan_id <> OLD.price_plan_id AND (
       NEW.version <> OLD.version + 1 OR NOT EXISTS (SELECT 1 FROM class_change_plans p WHERE p.account_id = OLD.id
         AND p.version = OLD.version AND p.from_plan_id = OLD.price_plan_id AND p.to_plan_id = NEW.price_plan_id))
     BEGIN SELECT RAISE(ABORT, 'a price of an account changed without its class'); END`,
  ),
]
