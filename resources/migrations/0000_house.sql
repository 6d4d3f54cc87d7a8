CREATE TABLE `bill_lines` (
	`bill_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`version_id` text NOT NULL,
	`cycle_start` text NOT NULL,
	`tier` integer NOT NULL,
	`from_volume` integer NOT NULL,
	`to_volume` integer NOT NULL,
	`volume` integer NOT NULL,
	`price` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`bill_id`, `line_no`),
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `bills` (
	`id` text PRIMARY KEY NOT NULL,
	`bill_no` text NOT NULL,
	`account_id` text NOT NULL,
	`reading_id` text,
	`issued_on` text NOT NULL,
	`due_on` text NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`consumption` integer NOT NULL,
	`amount` integer NOT NULL,
	`settled` integer DEFAULT 0 NOT NULL,
	`late_fee_settled` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reading_id`) REFERENCES `readings`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bills_amount" CHECK("bills"."amount" >= 0),
	CONSTRAINT "bills_settled" CHECK("bills"."settled" BETWEEN 0 AND "bills"."amount")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_billNo_unique` ON `bills` (`bill_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `bills_readingId_unique` ON `bills` (`reading_id`);--> statement-breakpoint
CREATE INDEX `bills_account` ON `bills` (`account_id`,`period_to`);--> statement-breakpoint
CREATE INDEX `bills_open` ON `bills` (`account_id`,`due_on`) WHERE "bills"."state" = 'open';--> statement-breakpoint
CREATE INDEX `bills_issued` ON `bills` (`issued_on`);--> statement-breakpoint
CREATE TABLE `tier_usage` (
	`account_id` text NOT NULL,
	`cycle_start` text NOT NULL,
	`volume` integer NOT NULL,
	PRIMARY KEY(`account_id`, `cycle_start`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tier_usage_volume" CHECK("tier_usage"."volume" >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_no` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`price_plan_id` text NOT NULL,
	`household_size` integer DEFAULT 1 NOT NULL,
	`state` text NOT NULL,
	`opened_on` text NOT NULL,
	`closed_on` text,
	`prepayment` integer DEFAULT 0 NOT NULL,
	`arrears` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "accounts_state" CHECK("accounts"."state" IN ('active', 'transferred', 'closed')),
	CONSTRAINT "accounts_prepayment" CHECK("accounts"."prepayment" >= 0),
	CONSTRAINT "accounts_arrears" CHECK("accounts"."arrears" >= 0),
	CONSTRAINT "accounts_household" CHECK("accounts"."household_size" BETWEEN 1 AND 50)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_accountNo_unique` ON `accounts` (`account_no`);--> statement-breakpoint
CREATE INDEX `accounts_customer` ON `accounts` (`customer_id`);--> statement-breakpoint
CREATE INDEX `accounts_service_point` ON `accounts` (`service_point_id`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`size` integer NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachments_customer` ON `attachments` (`customer_id`,`added_at`);--> statement-breakpoint
CREATE TABLE `customer_events` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text,
	`at` integer NOT NULL,
	`actor_name` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`amount` integer,
	`subject` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_events_customer` ON `customer_events` (`customer_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `customer_events_account` ON `customer_events` (`account_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`category` text NOT NULL,
	`name` text NOT NULL,
	`id_kind` text NOT NULL,
	`id_number` text,
	`phone` text NOT NULL,
	`phone_alt` text,
	`special_care` text,
	`note` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "customers_category" CHECK("customers"."category" IN ('resident', 'industrial', 'commercial', 'public'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `customers_id_number` ON `customers` (`id_number`);--> statement-breakpoint
CREATE INDEX `customers_phone` ON `customers` (`phone`);--> statement-breakpoint
CREATE TABLE `service_points` (
	`id` text PRIMARY KEY NOT NULL,
	`district` text NOT NULL,
	`street` text NOT NULL,
	`community` text NOT NULL,
	`building` text NOT NULL,
	`unit` text NOT NULL,
	`room` text NOT NULL,
	`address` text NOT NULL,
	`gas_state` text NOT NULL,
	`suspended_for` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "service_points_gas_state" CHECK("service_points"."gas_state" IN ('not-ignited', 'supplied', 'suspended', 'deactivated', 'dismantled'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `service_points_place` ON `service_points` (`community`,`building`,`unit`,`room`);--> statement-breakpoint
CREATE INDEX `service_points_street` ON `service_points` (`street`);--> statement-breakpoint
CREATE TABLE `business_days` (
	`date` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	CONSTRAINT "business_days_state" CHECK("business_days"."state" IN ('open', 'closed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `business_days_one_open` ON `business_days` (`state`) WHERE "business_days"."state" = 'open';--> statement-breakpoint
CREATE TABLE `journal_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`memo` text NOT NULL,
	`subject` text NOT NULL,
	`actor_id` text NOT NULL,
	`shift_id` text,
	`reverses` text,
	`reason` text,
	`approved_by` text,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_entries_reverses_unique` ON `journal_entries` (`reverses`);--> statement-breakpoint
CREATE INDEX `journal_entries_day` ON `journal_entries` (`business_date`,`kind`);--> statement-breakpoint
CREATE INDEX `journal_entries_subject` ON `journal_entries` (`subject`);--> statement-breakpoint
CREATE INDEX `journal_entries_shift` ON `journal_entries` (`shift_id`);--> statement-breakpoint
CREATE TABLE `journal_lines` (
	`entry_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`account` text NOT NULL,
	`holder` text NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	PRIMARY KEY(`entry_id`, `line_no`),
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "journal_lines_one_side" CHECK(("journal_lines"."debit" > 0 AND "journal_lines"."credit" = 0) OR ("journal_lines"."debit" = 0 AND "journal_lines"."credit" > 0))
) STRICT;
--> statement-breakpoint
CREATE INDEX `journal_lines_account` ON `journal_lines` (`account`,`holder`);--> statement-breakpoint
CREATE TABLE `meters` (
	`id` text PRIMARY KEY NOT NULL,
	`meter_no` text NOT NULL,
	`kind` text NOT NULL,
	`model` text NOT NULL,
	`digits` integer NOT NULL,
	`service_point_id` text NOT NULL,
	`state` text NOT NULL,
	`initial_index` integer NOT NULL,
	`installed_on` text NOT NULL,
	`removed_on` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meters_digits" CHECK("meters"."digits" BETWEEN 4 AND 9)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `meters_meterNo_unique` ON `meters` (`meter_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `meters_in_use` ON `meters` (`service_point_id`) WHERE "meters"."state" = 'in-use';--> statement-breakpoint
CREATE INDEX `meters_service_point` ON `meters` (`service_point_id`);--> statement-breakpoint
CREATE TABLE `readings` (
	`id` text PRIMARY KEY NOT NULL,
	`meter_id` text NOT NULL,
	`account_id` text NOT NULL,
	`read_on` text NOT NULL,
	`previous_on` text NOT NULL,
	`previous_index` integer NOT NULL,
	`current_index` integer NOT NULL,
	`consumption` integer NOT NULL,
	`source` text NOT NULL,
	`confirmed` text DEFAULT '[]' NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	FOREIGN KEY (`meter_id`) REFERENCES `meters`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "readings_consumption" CHECK("readings"."consumption" >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `readings_account` ON `readings` (`account_id`,`read_on`);--> statement-breakpoint
CREATE INDEX `readings_meter` ON `readings` (`meter_id`,`read_on`);--> statement-breakpoint
CREATE INDEX `readings_unbilled` ON `readings` (`id`) WHERE "readings"."state" = 'unbilled';--> statement-breakpoint
CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`call` text NOT NULL,
	`subject` text,
	`detail` text NOT NULL,
	`input_hash` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor_id`,`seq`);--> statement-breakpoint
CREATE TABLE `device` (
	`only` integer PRIMARY KEY NOT NULL,
	`device_id` text NOT NULL,
	`company_name` text NOT NULL,
	`hall_code` text NOT NULL,
	`hall_name` text NOT NULL,
	`pc_code` text NOT NULL,
	`demo` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "device_only" CHECK("device"."only" = 1),
	CONSTRAINT "device_hall_code" CHECK(length("device"."hall_code") = 3),
	CONSTRAINT "device_pc_code" CHECK(length("device"."pc_code") = 2)
) STRICT;
--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`next_run_at` integer NOT NULL,
	`last_run_at` integer,
	`last_success_at` integer,
	`last_error` text,
	`failures` integer DEFAULT 0 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`change_id` text NOT NULL,
	`at` integer NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`op` text NOT NULL,
	`data` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `requests` (
	`request_id` text PRIMARY KEY NOT NULL,
	`call` text NOT NULL,
	`actor_id` text NOT NULL,
	`input_hash` text NOT NULL,
	`output` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `serials` (
	`scope` text PRIMARY KEY NOT NULL,
	`next` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_no` text NOT NULL,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "staff_state" CHECK("staff"."state" IN ('active', 'left'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_staffNo_unique` ON `staff` (`staff_no`);--> statement-breakpoint
CREATE TABLE `price_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`cycle_start` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `price_plans_code_unique` ON `price_plans` (`code`);--> statement-breakpoint
CREATE TABLE `price_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`body` text NOT NULL,
	`document` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `price_plans`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "price_versions_body" CHECK(json_valid("price_versions"."body"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `price_versions_effective` ON `price_versions` (`plan_id`,`effective_from`);--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_log_refuse_update;
CREATE TRIGGER audit_log_refuse_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_log_refuse_delete;
CREATE TRIGGER audit_log_refuse_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_refuse_update;
CREATE TRIGGER journal_entries_refuse_update BEFORE UPDATE ON journal_entries BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_refuse_delete;
CREATE TRIGGER journal_entries_refuse_delete BEFORE DELETE ON journal_entries BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_refuse_update;
CREATE TRIGGER journal_lines_refuse_update BEFORE UPDATE ON journal_lines BEGIN SELECT RAISE(ABORT, 'journal_lines is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_refuse_delete;
CREATE TRIGGER journal_lines_refuse_delete BEFORE DELETE ON journal_lines BEGIN SELECT RAISE(ABORT, 'journal_lines is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_refuse_update;
CREATE TRIGGER bill_lines_refuse_update BEFORE UPDATE ON bill_lines BEGIN SELECT RAISE(ABORT, 'bill_lines is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_refuse_delete;
CREATE TRIGGER bill_lines_refuse_delete BEFORE DELETE ON bill_lines BEGIN SELECT RAISE(ABORT, 'bill_lines is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_refuse_update;
CREATE TRIGGER customer_events_refuse_update BEFORE UPDATE ON customer_events BEGIN SELECT RAISE(ABORT, 'customer_events is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_refuse_delete;
CREATE TRIGGER customer_events_refuse_delete BEFORE DELETE ON customer_events BEGIN SELECT RAISE(ABORT, 'customer_events is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_sealed;
CREATE TRIGGER journal_lines_sealed BEFORE INSERT ON journal_lines WHEN EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id)
     BEGIN SELECT RAISE(ABORT, 'journal entry is sealed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_balanced;
CREATE TRIGGER journal_entries_balanced BEFORE INSERT ON journal_entries BEGIN
     SELECT CASE WHEN (SELECT coalesce(sum(debit), 0) FROM journal_lines WHERE entry_id = NEW.id) = 0
       OR (SELECT sum(debit) - sum(credit) FROM journal_lines WHERE entry_id = NEW.id) <> 0
       THEN RAISE(ABORT, 'journal entry does not balance') END;
     SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM business_days WHERE date = NEW.business_date AND state = 'open')
       THEN RAISE(ABORT, 'business day is closed') END;
     END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_stay_closed;
CREATE TRIGGER business_days_stay_closed BEFORE UPDATE ON business_days WHEN OLD.state = 'closed'
     BEGIN SELECT RAISE(ABORT, 'business day is closed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_insert;
CREATE TRIGGER staff_outbox_insert AFTER INSERT ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', NEW.id, 'insert', json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'roles', NEW.roles, 'state', NEW.state, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_update;
CREATE TRIGGER staff_outbox_update AFTER UPDATE ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', NEW.id, 'update', json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'roles', NEW.roles, 'state', NEW.state, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_delete;
CREATE TRIGGER staff_outbox_delete AFTER DELETE ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', OLD.id, 'delete', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'roles', OLD.roles, 'state', OLD.state, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_plans_outbox_insert;
CREATE TRIGGER price_plans_outbox_insert AFTER INSERT ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', NEW.id, 'insert', json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'category', NEW.category, 'cycle_start', NEW.cycle_start, 'state', NEW.state, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_plans_outbox_update;
CREATE TRIGGER price_plans_outbox_update AFTER UPDATE ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', NEW.id, 'update', json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'category', NEW.category, 'cycle_start', NEW.cycle_start, 'state', NEW.state, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_plans_outbox_delete;
CREATE TRIGGER price_plans_outbox_delete AFTER DELETE ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', OLD.id, 'delete', json_object('id', OLD.id, 'code', OLD.code, 'name', OLD.name, 'category', OLD.category, 'cycle_start', OLD.cycle_start, 'state', OLD.state, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_insert;
CREATE TRIGGER readings_outbox_insert AFTER INSERT ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'insert', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'source', NEW.source, 'confirmed', NEW.confirmed, 'state', NEW.state, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_update;
CREATE TRIGGER readings_outbox_update AFTER UPDATE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'update', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'source', NEW.source, 'confirmed', NEW.confirmed, 'state', NEW.state, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_delete;
CREATE TRIGGER readings_outbox_delete AFTER DELETE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', OLD.id, 'delete', json_object('id', OLD.id, 'meter_id', OLD.meter_id, 'account_id', OLD.account_id, 'read_on', OLD.read_on, 'previous_on', OLD.previous_on, 'previous_index', OLD.previous_index, 'current_index', OLD.current_index, 'consumption', OLD.consumption, 'source', OLD.source, 'confirmed', OLD.confirmed, 'state', OLD.state, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_insert;
CREATE TRIGGER meters_outbox_insert AFTER INSERT ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', NEW.id, 'insert', json_object('id', NEW.id, 'meter_no', NEW.meter_no, 'kind', NEW.kind, 'model', NEW.model, 'digits', NEW.digits, 'service_point_id', NEW.service_point_id, 'state', NEW.state, 'initial_index', NEW.initial_index, 'installed_on', NEW.installed_on, 'removed_on', NEW.removed_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_update;
CREATE TRIGGER meters_outbox_update AFTER UPDATE ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', NEW.id, 'update', json_object('id', NEW.id, 'meter_no', NEW.meter_no, 'kind', NEW.kind, 'model', NEW.model, 'digits', NEW.digits, 'service_point_id', NEW.service_point_id, 'state', NEW.state, 'initial_index', NEW.initial_index, 'installed_on', NEW.installed_on, 'removed_on', NEW.removed_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_delete;
CREATE TRIGGER meters_outbox_delete AFTER DELETE ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', OLD.id, 'delete', json_object('id', OLD.id, 'meter_no', OLD.meter_no, 'kind', OLD.kind, 'model', OLD.model, 'digits', OLD.digits, 'service_point_id', OLD.service_point_id, 'state', OLD.state, 'initial_index', OLD.initial_index, 'installed_on', OLD.installed_on, 'removed_on', OLD.removed_on, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_outbox_insert;
CREATE TRIGGER journal_entries_outbox_insert AFTER INSERT ON journal_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_entries', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'at', NEW.at, 'kind', NEW.kind, 'memo', NEW.memo, 'subject', NEW.subject, 'actor_id', NEW.actor_id, 'shift_id', NEW.shift_id, 'reverses', NEW.reverses, 'reason', NEW.reason, 'approved_by', NEW.approved_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_outbox_update;
CREATE TRIGGER journal_entries_outbox_update AFTER UPDATE ON journal_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_entries', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'at', NEW.at, 'kind', NEW.kind, 'memo', NEW.memo, 'subject', NEW.subject, 'actor_id', NEW.actor_id, 'shift_id', NEW.shift_id, 'reverses', NEW.reverses, 'reason', NEW.reason, 'approved_by', NEW.approved_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_entries_outbox_delete;
CREATE TRIGGER journal_entries_outbox_delete AFTER DELETE ON journal_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_entries', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'at', OLD.at, 'kind', OLD.kind, 'memo', OLD.memo, 'subject', OLD.subject, 'actor_id', OLD.actor_id, 'shift_id', OLD.shift_id, 'reverses', OLD.reverses, 'reason', OLD.reason, 'approved_by', OLD.approved_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_insert;
CREATE TRIGGER business_days_outbox_insert AFTER INSERT ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', NEW.date, 'insert', json_object('date', NEW.date, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_update;
CREATE TRIGGER business_days_outbox_update AFTER UPDATE ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', NEW.date, 'update', json_object('date', NEW.date, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_delete;
CREATE TRIGGER business_days_outbox_delete AFTER DELETE ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', OLD.date, 'delete', json_object('date', OLD.date, 'state', OLD.state, 'opened_at', OLD.opened_at, 'closed_at', OLD.closed_at, 'closed_by', OLD.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_versions_outbox_insert;
CREATE TRIGGER price_versions_outbox_insert AFTER INSERT ON price_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_versions', NEW.id, 'insert', json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'effective_from', NEW.effective_from, 'body', NEW.body, 'document', NEW.document, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_versions_outbox_update;
CREATE TRIGGER price_versions_outbox_update AFTER UPDATE ON price_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_versions', NEW.id, 'update', json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'effective_from', NEW.effective_from, 'body', NEW.body, 'document', NEW.document, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_versions_outbox_delete;
CREATE TRIGGER price_versions_outbox_delete AFTER DELETE ON price_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_versions', OLD.id, 'delete', json_object('id', OLD.id, 'plan_id', OLD.plan_id, 'effective_from', OLD.effective_from, 'body', OLD.body, 'document', OLD.document, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_insert;
CREATE TRIGGER service_points_outbox_insert AFTER INSERT ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', NEW.id, 'insert', json_object('id', NEW.id, 'district', NEW.district, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'unit', NEW.unit, 'room', NEW.room, 'address', NEW.address, 'gas_state', NEW.gas_state, 'suspended_for', NEW.suspended_for, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_update;
CREATE TRIGGER service_points_outbox_update AFTER UPDATE ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', NEW.id, 'update', json_object('id', NEW.id, 'district', NEW.district, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'unit', NEW.unit, 'room', NEW.room, 'address', NEW.address, 'gas_state', NEW.gas_state, 'suspended_for', NEW.suspended_for, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_delete;
CREATE TRIGGER service_points_outbox_delete AFTER DELETE ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', OLD.id, 'delete', json_object('id', OLD.id, 'district', OLD.district, 'street', OLD.street, 'community', OLD.community, 'building', OLD.building, 'unit', OLD.unit, 'room', OLD.room, 'address', OLD.address, 'gas_state', OLD.gas_state, 'suspended_for', OLD.suspended_for, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_outbox_insert;
CREATE TRIGGER journal_lines_outbox_insert AFTER INSERT ON journal_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_lines', NEW.entry_id || '/' || NEW.line_no, 'insert', json_object('entry_id', NEW.entry_id, 'line_no', NEW.line_no, 'account', NEW.account, 'holder', NEW.holder, 'debit', NEW.debit, 'credit', NEW.credit)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_outbox_update;
CREATE TRIGGER journal_lines_outbox_update AFTER UPDATE ON journal_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_lines', NEW.entry_id || '/' || NEW.line_no, 'update', json_object('entry_id', NEW.entry_id, 'line_no', NEW.line_no, 'account', NEW.account, 'holder', NEW.holder, 'debit', NEW.debit, 'credit', NEW.credit)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS journal_lines_outbox_delete;
CREATE TRIGGER journal_lines_outbox_delete AFTER DELETE ON journal_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'journal_lines', OLD.entry_id || '/' || OLD.line_no, 'delete', json_object('entry_id', OLD.entry_id, 'line_no', OLD.line_no, 'account', OLD.account, 'holder', OLD.holder, 'debit', OLD.debit, 'credit', OLD.credit)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_insert;
CREATE TRIGGER customer_events_outbox_insert AFTER INSERT ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', NEW.id, 'insert', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'at', NEW.at, 'actor_name', NEW.actor_name, 'kind', NEW.kind, 'title', NEW.title, 'detail', NEW.detail, 'amount', NEW.amount, 'subject', NEW.subject)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_update;
CREATE TRIGGER customer_events_outbox_update AFTER UPDATE ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', NEW.id, 'update', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'at', NEW.at, 'actor_name', NEW.actor_name, 'kind', NEW.kind, 'title', NEW.title, 'detail', NEW.detail, 'amount', NEW.amount, 'subject', NEW.subject)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_delete;
CREATE TRIGGER customer_events_outbox_delete AFTER DELETE ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', OLD.id, 'delete', json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'at', OLD.at, 'actor_name', OLD.actor_name, 'kind', OLD.kind, 'title', OLD.title, 'detail', OLD.detail, 'amount', OLD.amount, 'subject', OLD.subject)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_outbox_insert;
CREATE TRIGGER customers_outbox_insert AFTER INSERT ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', NEW.id, 'insert', json_object('id', NEW.id, 'category', NEW.category, 'name', NEW.name, 'id_kind', NEW.id_kind, 'id_number', NEW.id_number, 'phone', NEW.phone, 'phone_alt', NEW.phone_alt, 'special_care', NEW.special_care, 'note', NEW.note, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_outbox_update;
CREATE TRIGGER customers_outbox_update AFTER UPDATE ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', NEW.id, 'update', json_object('id', NEW.id, 'category', NEW.category, 'name', NEW.name, 'id_kind', NEW.id_kind, 'id_number', NEW.id_number, 'phone', NEW.phone, 'phone_alt', NEW.phone_alt, 'special_care', NEW.special_care, 'note', NEW.note, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_outbox_delete;
CREATE TRIGGER customers_outbox_delete AFTER DELETE ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', OLD.id, 'delete', json_object('id', OLD.id, 'category', OLD.category, 'name', OLD.name, 'id_kind', OLD.id_kind, 'id_number', OLD.id_number, 'phone', OLD.phone, 'phone_alt', OLD.phone_alt, 'special_care', OLD.special_care, 'note', OLD.note, 'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS attachments_outbox_insert;
CREATE TRIGGER attachments_outbox_insert AFTER INSERT ON attachments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'attachments', NEW.id, 'insert', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'kind', NEW.kind, 'name', NEW.name, 'hash', NEW.hash, 'size', NEW.size, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS attachments_outbox_update;
CREATE TRIGGER attachments_outbox_update AFTER UPDATE ON attachments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'attachments', NEW.id, 'update', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'kind', NEW.kind, 'name', NEW.name, 'hash', NEW.hash, 'size', NEW.size, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS attachments_outbox_delete;
CREATE TRIGGER attachments_outbox_delete AFTER DELETE ON attachments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'attachments', OLD.id, 'delete', json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'kind', OLD.kind, 'name', OLD.name, 'hash', OLD.hash, 'size', OLD.size, 'added_at', OLD.added_at, 'added_by', OLD.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_outbox_insert;
CREATE TRIGGER accounts_outbox_insert AFTER INSERT ON accounts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'accounts', NEW.id, 'insert', json_object('id', NEW.id, 'account_no', NEW.account_no, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'price_plan_id', NEW.price_plan_id, 'household_size', NEW.household_size, 'state', NEW.state, 'opened_on', NEW.opened_on, 'closed_on', NEW.closed_on, 'prepayment', NEW.prepayment, 'arrears', NEW.arrears, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_outbox_update;
CREATE TRIGGER accounts_outbox_update AFTER UPDATE ON accounts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'accounts', NEW.id, 'update', json_object('id', NEW.id, 'account_no', NEW.account_no, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'price_plan_id', NEW.price_plan_id, 'household_size', NEW.household_size, 'state', NEW.state, 'opened_on', NEW.opened_on, 'closed_on', NEW.closed_on, 'prepayment', NEW.prepayment, 'arrears', NEW.arrears, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_outbox_delete;
CREATE TRIGGER accounts_outbox_delete AFTER DELETE ON accounts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'accounts', OLD.id, 'delete', json_object('id', OLD.id, 'account_no', OLD.account_no, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'price_plan_id', OLD.price_plan_id, 'household_size', OLD.household_size, 'state', OLD.state, 'opened_on', OLD.opened_on, 'closed_on', OLD.closed_on, 'prepayment', OLD.prepayment, 'arrears', OLD.arrears, 'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_insert;
CREATE TRIGGER bill_lines_outbox_insert AFTER INSERT ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', NEW.bill_id || '/' || NEW.line_no, 'insert', json_object('bill_id', NEW.bill_id, 'line_no', NEW.line_no, 'version_id', NEW.version_id, 'cycle_start', NEW.cycle_start, 'tier', NEW.tier, 'from_volume', NEW.from_volume, 'to_volume', NEW.to_volume, 'volume', NEW.volume, 'price', NEW.price, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_update;
CREATE TRIGGER bill_lines_outbox_update AFTER UPDATE ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', NEW.bill_id || '/' || NEW.line_no, 'update', json_object('bill_id', NEW.bill_id, 'line_no', NEW.line_no, 'version_id', NEW.version_id, 'cycle_start', NEW.cycle_start, 'tier', NEW.tier, 'from_volume', NEW.from_volume, 'to_volume', NEW.to_volume, 'volume', NEW.volume, 'price', NEW.price, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_delete;
CREATE TRIGGER bill_lines_outbox_delete AFTER DELETE ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', OLD.bill_id || '/' || OLD.line_no, 'delete', json_object('bill_id', OLD.bill_id, 'line_no', OLD.line_no, 'version_id', OLD.version_id, 'cycle_start', OLD.cycle_start, 'tier', OLD.tier, 'from_volume', OLD.from_volume, 'to_volume', OLD.to_volume, 'volume', OLD.volume, 'price', OLD.price, 'amount', OLD.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_outbox_insert;
CREATE TRIGGER bills_outbox_insert AFTER INSERT ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', NEW.id, 'insert', json_object('id', NEW.id, 'bill_no', NEW.bill_no, 'account_id', NEW.account_id, 'reading_id', NEW.reading_id, 'issued_on', NEW.issued_on, 'due_on', NEW.due_on, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'consumption', NEW.consumption, 'amount', NEW.amount, 'settled', NEW.settled, 'late_fee_settled', NEW.late_fee_settled, 'state', NEW.state, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_outbox_update;
CREATE TRIGGER bills_outbox_update AFTER UPDATE ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', NEW.id, 'update', json_object('id', NEW.id, 'bill_no', NEW.bill_no, 'account_id', NEW.account_id, 'reading_id', NEW.reading_id, 'issued_on', NEW.issued_on, 'due_on', NEW.due_on, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'consumption', NEW.consumption, 'amount', NEW.amount, 'settled', NEW.settled, 'late_fee_settled', NEW.late_fee_settled, 'state', NEW.state, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_outbox_delete;
CREATE TRIGGER bills_outbox_delete AFTER DELETE ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', OLD.id, 'delete', json_object('id', OLD.id, 'bill_no', OLD.bill_no, 'account_id', OLD.account_id, 'reading_id', OLD.reading_id, 'issued_on', OLD.issued_on, 'due_on', OLD.due_on, 'period_from', OLD.period_from, 'period_to', OLD.period_to, 'consumption', OLD.consumption, 'amount', OLD.amount, 'settled', OLD.settled, 'late_fee_settled', OLD.late_fee_settled, 'state', OLD.state, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_insert;
CREATE TRIGGER tier_usage_outbox_insert AFTER INSERT ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', NEW.account_id || '/' || NEW.cycle_start, 'insert', json_object('account_id', NEW.account_id, 'cycle_start', NEW.cycle_start, 'volume', NEW.volume)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_update;
CREATE TRIGGER tier_usage_outbox_update AFTER UPDATE ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', NEW.account_id || '/' || NEW.cycle_start, 'update', json_object('account_id', NEW.account_id, 'cycle_start', NEW.cycle_start, 'volume', NEW.volume)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_delete;
CREATE TRIGGER tier_usage_outbox_delete AFTER DELETE ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', OLD.account_id || '/' || OLD.cycle_start, 'delete', json_object('account_id', OLD.account_id, 'cycle_start', OLD.cycle_start, 'volume', OLD.volume)); END;
