CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`requested_by` text NOT NULL,
	`approver_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`requested_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "approvals_other_person" CHECK("approvals"."approver_id" <> "approvals"."requested_by")
) STRICT;
--> statement-breakpoint
CREATE TABLE `credentials` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`must_change` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`locked_until` integer,
	`last_login_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "credentials_must_change" CHECK("credentials"."must_change" IN (0, 1)),
	CONSTRAINT "credentials_failures" CHECK("credentials"."failures" >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`locked_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_staff` ON `sessions` (`staff_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`state` text NOT NULL,
	`size` integer,
	`hash` text,
	`totals` text,
	`error` text,
	CONSTRAINT "backups_state" CHECK("backups"."state" IN ('running', 'proved', 'failed', 'removed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `backups_fileName_unique` ON `backups` (`file_name`);--> statement-breakpoint
CREATE INDEX `backups_started` ON `backups` (`started_at`);--> statement-breakpoint
CREATE TABLE `bill_lines` (
	`bill_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`version_id` text NOT NULL,
	`cycle_start` text NOT NULL,
	`tier` integer NOT NULL,
	`season` text,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`from_volume` integer NOT NULL,
	`to_volume` integer NOT NULL,
	`volume` integer NOT NULL,
	`price` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`bill_id`, `line_no`),
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `price_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `bill_run_problems` (
	`run_id` text NOT NULL,
	`reading_id` text NOT NULL,
	`account_id` text NOT NULL,
	`problem` text NOT NULL,
	PRIMARY KEY(`run_id`, `reading_id`),
	FOREIGN KEY (`run_id`) REFERENCES `bill_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reading_id`) REFERENCES `readings`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `bill_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` text NOT NULL,
	`finished_at` integer,
	`total` integer NOT NULL,
	`billed` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "bill_runs_state" CHECK("bill_runs"."state" IN ('running', 'cancelling', 'cancelled', 'finished'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bill_runs_one_live` ON `bill_runs` (1) WHERE "bill_runs"."state" IN ('running', 'cancelling');--> statement-breakpoint
CREATE TABLE `bill_settlements` (
	`id` text NOT NULL,
	`bill_id` text NOT NULL,
	`settled_on` text NOT NULL,
	`principal` integer NOT NULL,
	`late_fee` integer NOT NULL,
	`undone_on` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`bill_id`, `id`),
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bill_settlements_amounts" CHECK("bill_settlements"."principal" >= 0 AND "bill_settlements"."late_fee" >= 0)
) STRICT, WITHOUT ROWID;
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
	`entry_id` text,
	`cancel_reason` text,
	`cancelled_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reading_id`) REFERENCES `readings`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bills_amount" CHECK("bills"."amount" >= 0),
	CONSTRAINT "bills_settled" CHECK("bills"."settled" BETWEEN 0 AND "bills"."amount"),
	CONSTRAINT "bills_state" CHECK("bills"."state" IN ('open', 'settled', 'cancelled')),
	CONSTRAINT "bills_late_fee" CHECK("bills"."late_fee_settled" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_billNo_unique` ON `bills` (`bill_no`);--> statement-breakpoint
CREATE INDEX `bills_account` ON `bills` (`account_id`,`period_to`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `bills_reading` ON `bills` (`reading_id`) WHERE "bills"."cancelled_by" IS NULL;--> statement-breakpoint
CREATE INDEX `bills_open` ON `bills` (`account_id`,`due_on`) WHERE "bills"."state" = 'open';--> statement-breakpoint
CREATE INDEX `bills_overdue` ON `bills` (`due_on`,`id`) WHERE "bills"."state" = 'open';--> statement-breakpoint
CREATE INDEX `bills_state` ON `bills` (`state`,`issued_on`,`id`);--> statement-breakpoint
CREATE INDEX `bills_issued` ON `bills` (`issued_on`,`id`);--> statement-breakpoint
CREATE TABLE `tier_usage` (
	`account_id` text NOT NULL,
	`cycle_start` text NOT NULL,
	`volume` integer NOT NULL,
	PRIMARY KEY(`account_id`, `cycle_start`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tier_usage_volume" CHECK("tier_usage"."volume" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `allocations` (
	`payment_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`bill_id` text NOT NULL,
	`principal` integer NOT NULL,
	`late_fee` integer NOT NULL,
	PRIMARY KEY(`payment_id`, `line_no`),
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "allocations_amounts" CHECK("allocations"."principal" >= 0 AND "allocations"."late_fee" >= 0 AND "allocations"."principal" + "allocations"."late_fee" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cash_counts` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`shift_id` text,
	`purpose` text NOT NULL,
	`rows` text NOT NULL,
	`total` integer NOT NULL,
	`expected` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cash_counts_rows" CHECK(json_valid("cash_counts"."rows"))
) STRICT;
--> statement-breakpoint
CREATE INDEX `cash_counts_day` ON `cash_counts` (`business_date`,`at`);--> statement-breakpoint
CREATE TABLE `day_closes` (
	`date` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`number` text,
	`count_id` text,
	`over_short` integer DEFAULT 0 NOT NULL,
	`net` integer DEFAULT 0 NOT NULL,
	`started_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by_id` text,
	`closed_by_name` text,
	`report` text,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`count_id`) REFERENCES `cash_counts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "day_closes_state" CHECK(("day_closes"."state" = 'closed') = ("day_closes"."number" IS NOT NULL AND "day_closes"."closed_at" IS NOT NULL AND "day_closes"."report" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `day_closes_number_unique` ON `day_closes` (`number`);--> statement-breakpoint
CREATE TABLE `deposit_slips` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`date` text NOT NULL,
	`amount` integer NOT NULL,
	`rows` text NOT NULL,
	`exchanged` integer NOT NULL,
	`entry_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "deposit_slips_amount" CHECK("deposit_slips"."amount" > 0 AND "deposit_slips"."exchanged" BETWEEN 0 AND "deposit_slips"."amount")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `deposit_slips_number_unique` ON `deposit_slips` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `deposit_slips_date_unique` ON `deposit_slips` (`date`);--> statement-breakpoint
CREATE TABLE `differences` (
	`id` text PRIMARY KEY NOT NULL,
	`date` text NOT NULL,
	`means` text NOT NULL,
	`kind` text NOT NULL,
	`ours_key` text NOT NULL,
	`theirs_key` text NOT NULL,
	`reference` text NOT NULL,
	`at` integer NOT NULL,
	`ours` integer,
	`theirs` integer,
	`receipt_no` text,
	`state` text NOT NULL,
	`resolution` text,
	`note` text DEFAULT '' NOT NULL,
	`entry_id` text,
	`settled_at` integer,
	`settled_by` text,
	`cleared_on` text,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "differences_state" CHECK(("differences"."state" = 'settled') = ("differences"."resolution" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `differences_what` ON `differences` (`date`,`means`,`ours_key`,`theirs_key`);--> statement-breakpoint
CREATE INDEX `differences_carried` ON `differences` (`means`,`date`) WHERE "differences"."resolution" = 'next-day' AND "differences"."cleared_on" IS NULL;--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`shift_id` text NOT NULL,
	`kind` text NOT NULL,
	`account_id` text NOT NULL,
	`amount` integer NOT NULL,
	`to_prepayment` integer NOT NULL,
	`change` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`approver_name` text,
	`entry_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount" CHECK(("payments"."kind" = 'refund') = ("payments"."amount" < 0) AND "payments"."amount" <> 0),
	CONSTRAINT "payments_change" CHECK("payments"."change" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payments_day` ON `payments` (`business_date`,`id`);--> statement-breakpoint
CREATE INDEX `payments_account` ON `payments` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`receipt_no` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`state` text NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "receipts_state" CHECK(("receipts"."state" = 'voided') = ("receipts"."voided_at" IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `receipts_paymentId_unique` ON `receipts` (`payment_id`);--> statement-breakpoint
CREATE TABLE `reversals` (
	`id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`business_date` text NOT NULL,
	`shift_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`reason` text NOT NULL,
	`approver_id` text NOT NULL,
	`approver_name` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reversals_paymentId_unique` ON `reversals` (`payment_id`);--> statement-breakpoint
CREATE INDEX `reversals_day` ON `reversals` (`business_date`,`id`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`cashier_id` text NOT NULL,
	`cashier_name` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`opening_float` integer NOT NULL,
	`from_safe` integer NOT NULL,
	`handed_to_id` text,
	`handed_to_name` text,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "shifts_state" CHECK("shifts"."state" IN ('open', 'handed-over', 'closed')),
	CONSTRAINT "shifts_float" CHECK("shifts"."from_safe" BETWEEN 0 AND "shifts"."opening_float")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_one_open` ON `shifts` (`state`) WHERE "shifts"."state" = 'open';--> statement-breakpoint
CREATE INDEX `shifts_day` ON `shifts` (`business_date`,`opened_at`);--> statement-breakpoint
CREATE TABLE `statement_lines` (
	`statement_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`means` text NOT NULL,
	`at` integer NOT NULL,
	`reference` text NOT NULL,
	`merchant_reference` text NOT NULL,
	`amount` integer NOT NULL,
	`identity` text NOT NULL,
	PRIMARY KEY(`statement_id`, `line_no`),
	FOREIGN KEY (`statement_id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `statement_lines_identity` ON `statement_lines` (`identity`,`means`) WHERE "statement_lines"."identity" <> '';--> statement-breakpoint
CREATE TABLE `statements` (
	`id` text PRIMARY KEY NOT NULL,
	`date` text NOT NULL,
	`means` text NOT NULL,
	`file_name` text NOT NULL,
	`hash` text,
	`line_count` integer NOT NULL,
	`total` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`reconciled_with` integer,
	`matched` integer DEFAULT 0 NOT NULL,
	`imported_at` integer NOT NULL,
	`imported_by` text NOT NULL,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `statements_hash_unique` ON `statements` (`hash`);--> statement-breakpoint
CREATE INDEX `statements_day` ON `statements` (`date`,`means`);--> statement-breakpoint
CREATE TABLE `tenders` (
	`payment_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`means` text NOT NULL,
	`amount` integer NOT NULL,
	`received` integer,
	`reference` text NOT NULL,
	PRIMARY KEY(`payment_id`, `line_no`),
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tenders_reference` ON `tenders` (`reference`,`means`) WHERE "tenders"."reference" <> '';--> statement-breakpoint
CREATE TABLE `contract_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`audience` text NOT NULL,
	`version` integer NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contract_templates_version` ON `contract_templates` (`kind`,`audience`,`version`);--> statement-breakpoint
CREATE TABLE `contract_texts` (
	`contract_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`frozen_at` integer NOT NULL,
	`frozen_by` text NOT NULL,
	FOREIGN KEY (`contract_id`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `contracts` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_no` text NOT NULL,
	`kind` text NOT NULL,
	`template_id` text NOT NULL,
	`application_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`account_id` text,
	`fields` text NOT NULL,
	`state` text NOT NULL,
	`drafted_at` integer NOT NULL,
	`drafted_by` text NOT NULL,
	`signed_on` text,
	`signatory` text,
	`relation` text,
	`agent_id_number` text,
	`company_signatory` text,
	`signed_recorded_at` integer,
	`signed_recorded_by` text,
	`scan_attachment_id` text,
	`voided_at` integer,
	`voided_by` text,
	`void_reason` text,
	FOREIGN KEY (`template_id`) REFERENCES `contract_templates`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`scan_attachment_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contracts_state" CHECK("contracts"."state" IN ('draft', 'printed', 'signed', 'void')),
	CONSTRAINT "contracts_signed" CHECK("contracts"."state" <> 'signed' OR ("contracts"."signed_on" IS NOT NULL AND "contracts"."signatory" IS NOT NULL AND "contracts"."company_signatory" IS NOT NULL)),
	CONSTRAINT "contracts_fields" CHECK(json_valid("contracts"."fields"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_contractNo_unique` ON `contracts` (`contract_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_living` ON `contracts` (`application_id`,`kind`) WHERE "contracts"."state" <> 'void';--> statement-breakpoint
CREATE INDEX `contracts_signed_on` ON `contracts` (`signed_on`,`id`) WHERE "contracts"."signed_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contracts_customer` ON `contracts` (`customer_id`);--> statement-breakpoint
CREATE INDEX `contracts_account` ON `contracts` (`account_id`);--> statement-breakpoint
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
CREATE UNIQUE INDEX `accounts_one_active` ON `accounts` (`service_point_id`) WHERE "accounts"."state" = 'active';--> statement-breakpoint
CREATE INDEX `accounts_opened` ON `accounts` (`opened_on`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_closed` ON `accounts` (`closed_on`,`id`) WHERE "accounts"."closed_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_in_arrears` ON `accounts` (`arrears`,`id`) WHERE "accounts"."arrears" > 0;--> statement-breakpoint
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
CREATE INDEX `customer_events_customer` ON `customer_events` (`customer_id`,`at`);--> statement-breakpoint
CREATE INDEX `customer_events_account` ON `customer_events` (`account_id`,`at`);--> statement-breakpoint
CREATE INDEX `customer_events_person` ON `customer_events` (`customer_id`,`at`) WHERE "customer_events"."account_id" IS NULL;--> statement-breakpoint
CREATE TABLE `customer_index` (
	`row` integer PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text,
	`account_no` text NOT NULL,
	`name_key` text NOT NULL,
	`category` text NOT NULL,
	`standing` text NOT NULL,
	`special` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customer_index_accountId_unique` ON `customer_index` (`account_id`);--> statement-breakpoint
CREATE INDEX `customer_index_customer` ON `customer_index` (`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_index_account` ON `customer_index` (`account_no`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_name` ON `customer_index` (`name_key`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_category_account` ON `customer_index` (`category`,`account_no`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_category_name` ON `customer_index` (`category`,`name_key`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_standing_account` ON `customer_index` (`standing`,`account_no`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_standing_name` ON `customer_index` (`standing`,`name_key`,`row`);--> statement-breakpoint
CREATE INDEX `customer_index_special_account` ON `customer_index` (`account_no`,`row`) WHERE "customer_index"."special" = 1;--> statement-breakpoint
CREATE INDEX `customer_index_special_name` ON `customer_index` (`name_key`,`row`) WHERE "customer_index"."special" = 1;--> statement-breakpoint
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
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "service_points_gas_state" CHECK("service_points"."gas_state" IN ('not-ignited', 'supplied', 'suspended', 'deactivated', 'dismantled'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `service_points_place` ON `service_points` (`community`,`building`,`unit`,`room`);--> statement-breakpoint
CREATE INDEX `service_points_street` ON `service_points` (`street`);--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`application_no` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`category` text NOT NULL,
	`purpose` text NOT NULL,
	`appliances` text NOT NULL,
	`household_size` integer NOT NULL,
	`price_plan_id` text NOT NULL,
	`annual_volume` integer,
	`hourly_volume` integer,
	`state` text NOT NULL,
	`account_id` text,
	`meter_id` text,
	`holder_id` text NOT NULL,
	`holder_name` text NOT NULL,
	`applied_on` text NOT NULL,
	`ignited_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`price_plan_id`) REFERENCES `price_plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meter_id`) REFERENCES `meters`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "applications_state" CHECK("applications"."state" IN ('applied', 'unfit', 'surveyed', 'opened', 'metered', 'rejected', 'accepted', 'ignited', 'cancelled')),
	CONSTRAINT "applications_appliances" CHECK(json_valid("applications"."appliances"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `applications_applicationNo_unique` ON `applications` (`application_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `applications_in_progress` ON `applications` (`service_point_id`) WHERE "applications"."state" NOT IN ('ignited', 'cancelled');--> statement-breakpoint
CREATE INDEX `applications_waiting` ON `applications` (`created_at`,`id`) WHERE "applications"."state" NOT IN ('ignited', 'cancelled');--> statement-breakpoint
CREATE INDEX `applications_state_created` ON `applications` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `applications_place` ON `applications` (`service_point_id`,`state`);--> statement-breakpoint
CREATE INDEX `applications_applied` ON `applications` (`applied_on`,`id`);--> statement-breakpoint
CREATE INDEX `applications_ignited` ON `applications` (`ignited_at`,`id`) WHERE "applications"."ignited_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `applications_customer` ON `applications` (`customer_id`);--> statement-breakpoint
CREATE INDEX `applications_account` ON `applications` (`account_id`);--> statement-breakpoint
CREATE TABLE `installation_records` (
	`id` text PRIMARY KEY NOT NULL,
	`application_id` text NOT NULL,
	`no` integer NOT NULL,
	`kind` text NOT NULL,
	`passed` integer,
	`performed_on` text NOT NULL,
	`performed_by` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "installation_records_passed" CHECK("installation_records"."passed" IS NULL OR "installation_records"."passed" IN (0, 1)),
	CONSTRAINT "installation_records_body" CHECK(json_valid("installation_records"."body"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `installation_records_no` ON `installation_records` (`application_id`,`no`);--> statement-breakpoint
CREATE TABLE `business_days` (
	`date` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`counter` integer DEFAULT 0 NOT NULL,
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
CREATE INDEX `journal_entries_day` ON `journal_entries` (`business_date`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `journal_entries_reverses` ON `journal_entries` (`reverses`) WHERE "journal_entries"."reverses" IS NOT NULL;--> statement-breakpoint
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
CREATE INDEX `journal_lines_account` ON `journal_lines` (`account`,`holder`,`debit`,`credit`);--> statement-breakpoint
CREATE TABLE `ledger_day_totals` (
	`date` text NOT NULL,
	`account` text NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	PRIMARY KEY(`date`, `account`),
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
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
	`void_reason` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	FOREIGN KEY (`meter_id`) REFERENCES `meters`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "readings_consumption" CHECK("readings"."consumption" >= 0),
	CONSTRAINT "readings_state" CHECK("readings"."state" IN ('unbilled', 'billed', 'void')),
	CONSTRAINT "readings_order" CHECK("readings"."previous_on" <= "readings"."read_on")
) STRICT;
--> statement-breakpoint
CREATE INDEX `readings_account` ON `readings` (`account_id`,`read_on`,`id`);--> statement-breakpoint
CREATE INDEX `readings_meter` ON `readings` (`meter_id`,`read_on`,`id`);--> statement-breakpoint
CREATE INDEX `readings_unbilled` ON `readings` (`account_id`,`read_on`,`id`) WHERE "readings"."state" = 'unbilled';--> statement-breakpoint
CREATE TABLE `printings` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`paper_id` text NOT NULL,
	`number` text NOT NULL,
	`how` text NOT NULL,
	`copy_no` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	CONSTRAINT "printings_copy_no" CHECK("printings"."copy_no" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `printings_copy` ON `printings` (`kind`,`paper_id`,`copy_no`);--> statement-breakpoint
CREATE INDEX `printings_at` ON `printings` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `printings_kind` ON `printings` (`kind`,`at`,`id`);--> statement-breakpoint
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
CREATE INDEX `audit_log_call` ON `audit_log` (`call`,`seq`);--> statement-breakpoint
CREATE TABLE `device` (
	`only` integer PRIMARY KEY NOT NULL,
	`device_id` text NOT NULL,
	`stream_id` text NOT NULL,
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
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `serials` (
	`scope` text PRIMARY KEY NOT NULL,
	`next` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `report_positions` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `report_submissions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `report_results` (
	`id` text PRIMARY KEY NOT NULL,
	`report` text NOT NULL,
	`period_kind` text NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`content` text NOT NULL,
	`own` integer NOT NULL,
	`made_at` integer NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "report_results_own" CHECK("report_results"."own" IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `report_results_made` ON `report_results` (`made_at`);--> statement-breakpoint
CREATE TABLE `report_submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`report` text NOT NULL,
	`period_kind` text NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`version` integer NOT NULL,
	`replaces` text,
	`reason` text NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`submitted_by_id` text NOT NULL,
	`submitted_by` text NOT NULL,
	FOREIGN KEY (`replaces`) REFERENCES `report_submissions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_submissions_kind" CHECK("report_submissions"."period_kind" IN ('day', 'month', 'quarter', 'year')),
	CONSTRAINT "report_submissions_period" CHECK("report_submissions"."period_to" >= "report_submissions"."period_from"),
	CONSTRAINT "report_submissions_content" CHECK(json_valid("report_submissions"."content") AND length("report_submissions"."hash") = 64),
	CONSTRAINT "report_submissions_version" CHECK(("report_submissions"."version" = 1) = ("report_submissions"."replaces" IS NULL) AND ("report_submissions"."version" = 1) = ("report_submissions"."reason" = ''))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `report_submissions_number_unique` ON `report_submissions` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `report_submissions_one` ON `report_submissions` (`report`,`period_kind`,`period_from`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `report_submissions_replaces` ON `report_submissions` (`replaces`) WHERE "report_submissions"."replaces" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `report_submissions_at` ON `report_submissions` (`submitted_at`,`id`);--> statement-breakpoint
CREATE TABLE `certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`issued_on` text NOT NULL,
	`valid_to` text NOT NULL,
	`withdrawn_on` text,
	`withdrawn_for` text,
	`added_at` integer NOT NULL,
	`added_by` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "certificates_kind" CHECK("certificates"."kind" IN ('meter-reading', 'inspection', 'maintenance', 'emergency', 'callback')),
	CONSTRAINT "certificates_term" CHECK("certificates"."valid_to" >= "certificates"."issued_on")
) STRICT;
--> statement-breakpoint
CREATE INDEX `certificates_staff` ON `certificates` (`staff_id`,`kind`,`valid_to`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_number` ON `certificates` (`kind`,`number`) WHERE "certificates"."withdrawn_on" IS NULL;--> statement-breakpoint
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
CREATE TABLE `supply_holds` (
	`id` text PRIMARY KEY NOT NULL,
	`service_point_id` text NOT NULL,
	`cause` text NOT NULL,
	`subject` text NOT NULL,
	`note` text NOT NULL,
	`placed_at` integer NOT NULL,
	`placed_by` text NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	`lifted_note` text,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "supply_holds_cause" CHECK("supply_holds"."cause" IN ('planned', 'hazard', 'arrears', 'customer')),
	CONSTRAINT "supply_holds_lifted" CHECK(("supply_holds"."lifted_at" IS NULL) = ("supply_holds"."lifted_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `supply_holds_point` ON `supply_holds` (`service_point_id`,`placed_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `supply_holds_standing` ON `supply_holds` (`service_point_id`,`subject`) WHERE "supply_holds"."lifted_at" IS NULL;--> statement-breakpoint
CREATE INDEX `supply_holds_subject` ON `supply_holds` (`subject`);--> statement-breakpoint
CREATE TABLE `sync_state` (
	`only` integer PRIMARY KEY NOT NULL,
	`stream_id` text NOT NULL,
	`base_stream` text,
	`base_seq` integer,
	`acknowledged` integer NOT NULL,
	`last_attempt_at` integer,
	`last_success_at` integer,
	`last_error` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer,
	`requested_at` integer,
	`totals_from` text,
	CONSTRAINT "sync_state_only" CHECK("sync_state"."only" = 1),
	CONSTRAINT "sync_state_acknowledged" CHECK("sync_state"."acknowledged" >= 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`stream_id` text NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`bytes` integer NOT NULL,
	`outcome` text NOT NULL,
	`status` integer,
	`reason` text,
	`ledger` text,
	CONSTRAINT "uploads_outcome" CHECK("uploads"."outcome" IN ('acknowledged', 'resume', 'retry', 'mend', 'stopped'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `uploads_started` ON `uploads` (`started_at`);--> statement-breakpoint
CREATE TABLE `price_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`cycle_start` text NOT NULL,
	`state` text NOT NULL,
	`billed_through` text,
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
CREATE TABLE `workorder_leaders` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`name` text NOT NULL,
	`phone` text NOT NULL,
	`told_at` integer,
	`told_by` text,
	`answer` text,
	FOREIGN KEY (`order_id`) REFERENCES `workorders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "workorder_leaders_told" CHECK(("workorder_leaders"."told_at" IS NULL) = ("workorder_leaders"."told_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `workorder_leaders_order` ON `workorder_leaders` (`order_id`);--> statement-breakpoint
CREATE TABLE `workorder_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`no` integer NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`passed` integer,
	`note` text NOT NULL,
	`worker_id` text,
	`worker_name` text,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `workorders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worker_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `workorder_steps_order` ON `workorder_steps` (`order_id`,`no`);--> statement-breakpoint
CREATE TABLE `workorders` (
	`id` text PRIMARY KEY NOT NULL,
	`order_no` text NOT NULL,
	`kind` text NOT NULL,
	`symptom` text NOT NULL,
	`urgent` integer NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`caller_name` text NOT NULL,
	`caller_phone` text NOT NULL,
	`customer_id` text,
	`account_id` text,
	`place` text NOT NULL,
	`description` text NOT NULL,
	`advice` text NOT NULL,
	`not_advised` text NOT NULL,
	`received_by` text NOT NULL,
	`reported_at` integer NOT NULL,
	`round` integer NOT NULL,
	`round_from` integer NOT NULL,
	`handle_hours` integer NOT NULL,
	`repair_hours` integer NOT NULL,
	`handle_by` integer NOT NULL,
	`repair_by` integer NOT NULL,
	`due_at` integer NOT NULL,
	`paused_at` integer,
	`handled_at` integer,
	`repaired_at` integer,
	`assignee_id` text,
	`assignee_name` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "workorders_urgent" CHECK("workorders"."urgent" IN (0, 1)),
	CONSTRAINT "workorders_round" CHECK("workorders"."round" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `workorders_orderNo_unique` ON `workorders` (`order_no`);--> statement-breakpoint
CREATE INDEX `workorders_open` ON `workorders` (`due_at`,`id`) WHERE "workorders"."state" NOT IN ('answered', 'closed');--> statement-breakpoint
CREATE INDEX `workorders_state` ON `workorders` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `workorders_urgent` ON `workorders` (`due_at`,`id`) WHERE "workorders"."urgent" = 1 AND "workorders"."state" NOT IN ('answered', 'closed');--> statement-breakpoint
CREATE INDEX `workorders_account` ON `workorders` (`account_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `workorders_reported` ON `workorders` (`reported_at`,`id`);--> statement-breakpoint
CREATE VIRTUAL TABLE customer_search USING fts5(terms, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '-~^'");
--> statement-breakpoint
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
DROP TRIGGER IF EXISTS printings_refuse_update;
CREATE TRIGGER printings_refuse_update BEFORE UPDATE ON printings BEGIN SELECT RAISE(ABORT, 'printings is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_refuse_delete;
CREATE TRIGGER printings_refuse_delete BEFORE DELETE ON printings BEGIN SELECT RAISE(ABORT, 'printings is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_refuse_update;
CREATE TRIGGER cash_counts_refuse_update BEFORE UPDATE ON cash_counts BEGIN SELECT RAISE(ABORT, 'cash_counts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_refuse_delete;
CREATE TRIGGER cash_counts_refuse_delete BEFORE DELETE ON cash_counts BEGIN SELECT RAISE(ABORT, 'cash_counts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_refuse_update;
CREATE TRIGGER payments_refuse_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_refuse_delete;
CREATE TRIGGER payments_refuse_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tenders_refuse_update;
CREATE TRIGGER tenders_refuse_update BEFORE UPDATE ON tenders BEGIN SELECT RAISE(ABORT, 'tenders is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tenders_refuse_delete;
CREATE TRIGGER tenders_refuse_delete BEFORE DELETE ON tenders BEGIN SELECT RAISE(ABORT, 'tenders is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS allocations_refuse_update;
CREATE TRIGGER allocations_refuse_update BEFORE UPDATE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS allocations_refuse_delete;
CREATE TRIGGER allocations_refuse_delete BEFORE DELETE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_refuse_update;
CREATE TRIGGER reversals_refuse_update BEFORE UPDATE ON reversals BEGIN SELECT RAISE(ABORT, 'reversals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_refuse_delete;
CREATE TRIGGER reversals_refuse_delete BEFORE DELETE ON reversals BEGIN SELECT RAISE(ABORT, 'reversals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_refuse_update;
CREATE TRIGGER deposit_slips_refuse_update BEFORE UPDATE ON deposit_slips BEGIN SELECT RAISE(ABORT, 'deposit_slips is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_refuse_delete;
CREATE TRIGGER deposit_slips_refuse_delete BEFORE DELETE ON deposit_slips BEGIN SELECT RAISE(ABORT, 'deposit_slips is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS ledger_day_totals_refuse_update;
CREATE TRIGGER ledger_day_totals_refuse_update BEFORE UPDATE ON ledger_day_totals BEGIN SELECT RAISE(ABORT, 'ledger_day_totals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS ledger_day_totals_refuse_delete;
CREATE TRIGGER ledger_day_totals_refuse_delete BEFORE DELETE ON ledger_day_totals BEGIN SELECT RAISE(ABORT, 'ledger_day_totals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_templates_refuse_update;
CREATE TRIGGER contract_templates_refuse_update BEFORE UPDATE ON contract_templates BEGIN SELECT RAISE(ABORT, 'contract_templates is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_templates_refuse_delete;
CREATE TRIGGER contract_templates_refuse_delete BEFORE DELETE ON contract_templates BEGIN SELECT RAISE(ABORT, 'contract_templates is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_refuse_update;
CREATE TRIGGER contract_texts_refuse_update BEFORE UPDATE ON contract_texts BEGIN SELECT RAISE(ABORT, 'contract_texts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_refuse_delete;
CREATE TRIGGER contract_texts_refuse_delete BEFORE DELETE ON contract_texts BEGIN SELECT RAISE(ABORT, 'contract_texts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_refuse_update;
CREATE TRIGGER installation_records_refuse_update BEFORE UPDATE ON installation_records BEGIN SELECT RAISE(ABORT, 'installation_records is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_refuse_delete;
CREATE TRIGGER installation_records_refuse_delete BEFORE DELETE ON installation_records BEGIN SELECT RAISE(ABORT, 'installation_records is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_refuse_update;
CREATE TRIGGER workorder_steps_refuse_update BEFORE UPDATE ON workorder_steps BEGIN SELECT RAISE(ABORT, 'workorder_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_refuse_delete;
CREATE TRIGGER workorder_steps_refuse_delete BEFORE DELETE ON workorder_steps BEGIN SELECT RAISE(ABORT, 'workorder_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_refuse_update;
CREATE TRIGGER report_submissions_refuse_update BEFORE UPDATE ON report_submissions BEGIN SELECT RAISE(ABORT, 'report_submissions is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_refuse_delete;
CREATE TRIGGER report_submissions_refuse_delete BEFORE DELETE ON report_submissions BEGIN SELECT RAISE(ABORT, 'report_submissions is append-only'); END;
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
DROP TRIGGER IF EXISTS applications_begin;
CREATE TRIGGER applications_begin BEFORE INSERT ON applications WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'an application begins as applied'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_ignition_gate;
CREATE TRIGGER applications_ignition_gate BEFORE UPDATE ON applications WHEN NEW.state = 'ignited' AND NOT (
       NEW.account_id IS NOT NULL AND NEW.meter_id IS NOT NULL
       AND (SELECT count(DISTINCT kind) FROM contracts WHERE application_id = NEW.id AND state = 'signed') = 2
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'survey' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1 AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0)
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1 AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0)
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0) = 1)
     BEGIN SELECT RAISE(ABORT, 'ignition without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_ignition_gate;
CREATE TRIGGER service_points_ignition_gate BEFORE UPDATE ON service_points WHEN OLD.gas_state = 'not-ignited' AND NEW.gas_state <> 'not-ignited'
       AND NOT EXISTS (SELECT 1 FROM applications WHERE service_point_id = NEW.id AND state = 'ignited')
     BEGIN SELECT RAISE(ABORT, 'first gas without an ignited application'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_holds_gate;
CREATE TRIGGER service_points_holds_gate BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'supplied' AND OLD.gas_state <> 'supplied'
       AND EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.id AND lifted_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'gas is held off at this service point'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_lifted_once;
CREATE TRIGGER supply_holds_lifted_once BEFORE UPDATE ON supply_holds WHEN OLD.lifted_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a lifted hold never changes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_stay;
CREATE TRIGGER supply_holds_stay BEFORE DELETE ON supply_holds BEGIN SELECT RAISE(ABORT, 'supply_holds never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_versions_refuse_update;
CREATE TRIGGER price_versions_refuse_update BEFORE UPDATE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions never change'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_certificate_gate;
CREATE TRIGGER workorders_certificate_gate BEFORE UPDATE OF assignee_id ON workorders
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id AND NOT EXISTS (
       SELECT 1 FROM certificates c WHERE c.staff_id = NEW.assignee_id
         AND c.kind = CASE NEW.kind WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END
         AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.issued_on AND c.valid_to
         AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'work order without a certified assignee'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_begin;
CREATE TRIGGER workorders_begin BEFORE INSERT ON workorders
     WHEN NEW.assignee_id IS NOT NULL OR NEW.state NOT IN ('asked', 'answered', 'reported', 'issued')
     BEGIN SELECT RAISE(ABORT, 'a work order begins unassigned'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_close_gate;
CREATE TRIGGER workorders_close_gate BEFORE UPDATE ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = NEW.id AND round = NEW.round AND kind = 'call-back' AND passed = 1)
     BEGIN SELECT RAISE(ABORT, 'work order closed without callback'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_period_over;
CREATE TRIGGER report_submissions_period_over BEFORE INSERT ON report_submissions
     WHEN NEW.period_to > date(hall_now() / 1000, 'unixepoch', '+8 hours')
       OR (NEW.period_to = date(hall_now() / 1000, 'unixepoch', '+8 hours')
           AND NOT EXISTS (SELECT 1 FROM business_days WHERE date = NEW.period_to AND state = 'closed'))
       OR EXISTS (SELECT 1 FROM business_days WHERE state = 'open' AND date BETWEEN NEW.period_from AND NEW.period_to)
     BEGIN SELECT RAISE(ABORT, 'report of a period that is not over'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_version;
CREATE TRIGGER report_submissions_version BEFORE INSERT ON report_submissions
     WHEN NEW.version <> 1 + (SELECT count(*) FROM report_submissions
                              WHERE report = NEW.report AND period_kind = NEW.period_kind AND period_from = NEW.period_from)
       OR (NEW.version > 1 AND NOT EXISTS (
             SELECT 1 FROM report_submissions WHERE id = NEW.replaces AND report = NEW.report
               AND period_kind = NEW.period_kind AND period_from = NEW.period_from AND version = NEW.version - 1))
     BEGIN SELECT RAISE(ABORT, 'report version that does not follow the one before'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_insert;
CREATE TRIGGER workorders_outbox_insert AFTER INSERT ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', NEW.id, 'insert', json_object('id', NEW.id, 'order_no', NEW.order_no, 'kind', NEW.kind, 'symptom', NEW.symptom, 'urgent', NEW.urgent, 'state', NEW.state, 'channel', NEW.channel, 'caller_name', NEW.caller_name, 'caller_phone', NEW.caller_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'place', NEW.place, 'description', NEW.description, 'advice', NEW.advice, 'not_advised', NEW.not_advised, 'received_by', NEW.received_by, 'reported_at', NEW.reported_at, 'round', NEW.round, 'round_from', NEW.round_from, 'handle_hours', NEW.handle_hours, 'repair_hours', NEW.repair_hours, 'handle_by', NEW.handle_by, 'repair_by', NEW.repair_by, 'due_at', NEW.due_at, 'paused_at', NEW.paused_at, 'handled_at', NEW.handled_at, 'repaired_at', NEW.repaired_at, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_update;
CREATE TRIGGER workorders_outbox_update AFTER UPDATE ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', NEW.id, 'update', json_object('id', NEW.id, 'order_no', NEW.order_no, 'kind', NEW.kind, 'symptom', NEW.symptom, 'urgent', NEW.urgent, 'state', NEW.state, 'channel', NEW.channel, 'caller_name', NEW.caller_name, 'caller_phone', NEW.caller_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'place', NEW.place, 'description', NEW.description, 'advice', NEW.advice, 'not_advised', NEW.not_advised, 'received_by', NEW.received_by, 'reported_at', NEW.reported_at, 'round', NEW.round, 'round_from', NEW.round_from, 'handle_hours', NEW.handle_hours, 'repair_hours', NEW.repair_hours, 'handle_by', NEW.handle_by, 'repair_by', NEW.repair_by, 'due_at', NEW.due_at, 'paused_at', NEW.paused_at, 'handled_at', NEW.handled_at, 'repaired_at', NEW.repaired_at, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_delete;
CREATE TRIGGER workorders_outbox_delete AFTER DELETE ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', OLD.id, 'delete', json_object('id', OLD.id, 'order_no', OLD.order_no, 'kind', OLD.kind, 'symptom', OLD.symptom, 'urgent', OLD.urgent, 'state', OLD.state, 'channel', OLD.channel, 'caller_name', OLD.caller_name, 'caller_phone', OLD.caller_phone, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'place', OLD.place, 'description', OLD.description, 'advice', OLD.advice, 'not_advised', OLD.not_advised, 'received_by', OLD.received_by, 'reported_at', OLD.reported_at, 'round', OLD.round, 'round_from', OLD.round_from, 'handle_hours', OLD.handle_hours, 'repair_hours', OLD.repair_hours, 'handle_by', OLD.handle_by, 'repair_by', OLD.repair_by, 'due_at', OLD.due_at, 'paused_at', OLD.paused_at, 'handled_at', OLD.handled_at, 'repaired_at', OLD.repaired_at, 'assignee_id', OLD.assignee_id, 'assignee_name', OLD.assignee_name, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_outbox_insert;
CREATE TRIGGER workorder_steps_outbox_insert AFTER INSERT ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', NEW.id, 'insert', json_object('id', NEW.id, 'order_id', NEW.order_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_outbox_update;
CREATE TRIGGER workorder_steps_outbox_update AFTER UPDATE ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', NEW.id, 'update', json_object('id', NEW.id, 'order_id', NEW.order_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_outbox_delete;
CREATE TRIGGER workorder_steps_outbox_delete AFTER DELETE ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', OLD.id, 'delete', json_object('id', OLD.id, 'order_id', OLD.order_id, 'no', OLD.no, 'round', OLD.round, 'kind', OLD.kind, 'state', OLD.state, 'passed', OLD.passed, 'note', OLD.note, 'worker_id', OLD.worker_id, 'worker_name', OLD.worker_name, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
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
DROP TRIGGER IF EXISTS price_plans_outbox_insert;
CREATE TRIGGER price_plans_outbox_insert AFTER INSERT ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', NEW.id, 'insert', json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'category', NEW.category, 'cycle_start', NEW.cycle_start, 'state', NEW.state, 'billed_through', NEW.billed_through, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_plans_outbox_update;
CREATE TRIGGER price_plans_outbox_update AFTER UPDATE ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', NEW.id, 'update', json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'category', NEW.category, 'cycle_start', NEW.cycle_start, 'state', NEW.state, 'billed_through', NEW.billed_through, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_plans_outbox_delete;
CREATE TRIGGER price_plans_outbox_delete AFTER DELETE ON price_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'price_plans', OLD.id, 'delete', json_object('id', OLD.id, 'code', OLD.code, 'name', OLD.name, 'category', OLD.category, 'cycle_start', OLD.cycle_start, 'state', OLD.state, 'billed_through', OLD.billed_through, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_outbox_insert;
CREATE TRIGGER supply_holds_outbox_insert AFTER INSERT ON supply_holds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_holds', NEW.id, 'insert', json_object('id', NEW.id, 'service_point_id', NEW.service_point_id, 'cause', NEW.cause, 'subject', NEW.subject, 'note', NEW.note, 'placed_at', NEW.placed_at, 'placed_by', NEW.placed_by, 'lifted_at', NEW.lifted_at, 'lifted_by', NEW.lifted_by, 'lifted_note', NEW.lifted_note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_outbox_update;
CREATE TRIGGER supply_holds_outbox_update AFTER UPDATE ON supply_holds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_holds', NEW.id, 'update', json_object('id', NEW.id, 'service_point_id', NEW.service_point_id, 'cause', NEW.cause, 'subject', NEW.subject, 'note', NEW.note, 'placed_at', NEW.placed_at, 'placed_by', NEW.placed_by, 'lifted_at', NEW.lifted_at, 'lifted_by', NEW.lifted_by, 'lifted_note', NEW.lifted_note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_outbox_delete;
CREATE TRIGGER supply_holds_outbox_delete AFTER DELETE ON supply_holds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_holds', OLD.id, 'delete', json_object('id', OLD.id, 'service_point_id', OLD.service_point_id, 'cause', OLD.cause, 'subject', OLD.subject, 'note', OLD.note, 'placed_at', OLD.placed_at, 'placed_by', OLD.placed_by, 'lifted_at', OLD.lifted_at, 'lifted_by', OLD.lifted_by, 'lifted_note', OLD.lifted_note)); END;
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
DROP TRIGGER IF EXISTS certificates_outbox_insert;
CREATE TRIGGER certificates_outbox_insert AFTER INSERT ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', NEW.id, 'insert', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'number', NEW.number, 'issued_on', NEW.issued_on, 'valid_to', NEW.valid_to, 'withdrawn_on', NEW.withdrawn_on, 'withdrawn_for', NEW.withdrawn_for, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_outbox_update;
CREATE TRIGGER certificates_outbox_update AFTER UPDATE ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', NEW.id, 'update', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'number', NEW.number, 'issued_on', NEW.issued_on, 'valid_to', NEW.valid_to, 'withdrawn_on', NEW.withdrawn_on, 'withdrawn_for', NEW.withdrawn_for, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_outbox_delete;
CREATE TRIGGER certificates_outbox_delete AFTER DELETE ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', OLD.id, 'delete', json_object('id', OLD.id, 'staff_id', OLD.staff_id, 'kind', OLD.kind, 'number', OLD.number, 'issued_on', OLD.issued_on, 'valid_to', OLD.valid_to, 'withdrawn_on', OLD.withdrawn_on, 'withdrawn_for', OLD.withdrawn_for, 'added_at', OLD.added_at, 'added_by', OLD.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_insert;
CREATE TRIGGER workorder_leaders_outbox_insert AFTER INSERT ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', NEW.id, 'insert', json_object('id', NEW.id, 'order_id', NEW.order_id, 'name', NEW.name, 'phone', NEW.phone, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'answer', NEW.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_update;
CREATE TRIGGER workorder_leaders_outbox_update AFTER UPDATE ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', NEW.id, 'update', json_object('id', NEW.id, 'order_id', NEW.order_id, 'name', NEW.name, 'phone', NEW.phone, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'answer', NEW.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_delete;
CREATE TRIGGER workorder_leaders_outbox_delete AFTER DELETE ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', OLD.id, 'delete', json_object('id', OLD.id, 'order_id', OLD.order_id, 'name', OLD.name, 'phone', OLD.phone, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'answer', OLD.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_insert;
CREATE TRIGGER printings_outbox_insert AFTER INSERT ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'paper_id', NEW.paper_id, 'number', NEW.number, 'how', NEW.how, 'copy_no', NEW.copy_no, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_update;
CREATE TRIGGER printings_outbox_update AFTER UPDATE ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'paper_id', NEW.paper_id, 'number', NEW.number, 'how', NEW.how, 'copy_no', NEW.copy_no, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_delete;
CREATE TRIGGER printings_outbox_delete AFTER DELETE ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'paper_id', OLD.paper_id, 'number', OLD.number, 'how', OLD.how, 'copy_no', OLD.copy_no, 'at', OLD.at, 'by', OLD.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_insert;
CREATE TRIGGER readings_outbox_insert AFTER INSERT ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'insert', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'source', NEW.source, 'confirmed', NEW.confirmed, 'state', NEW.state, 'void_reason', NEW.void_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_update;
CREATE TRIGGER readings_outbox_update AFTER UPDATE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'update', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'source', NEW.source, 'confirmed', NEW.confirmed, 'state', NEW.state, 'void_reason', NEW.void_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_delete;
CREATE TRIGGER readings_outbox_delete AFTER DELETE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', OLD.id, 'delete', json_object('id', OLD.id, 'meter_id', OLD.meter_id, 'account_id', OLD.account_id, 'read_on', OLD.read_on, 'previous_on', OLD.previous_on, 'previous_index', OLD.previous_index, 'current_index', OLD.current_index, 'consumption', OLD.consumption, 'source', OLD.source, 'confirmed', OLD.confirmed, 'state', OLD.state, 'void_reason', OLD.void_reason, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
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
DROP TRIGGER IF EXISTS ledger_day_totals_outbox_insert;
CREATE TRIGGER ledger_day_totals_outbox_insert AFTER INSERT ON ledger_day_totals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'ledger_day_totals', NEW.date || '/' || NEW.account, 'insert', json_object('date', NEW.date, 'account', NEW.account, 'debit', NEW.debit, 'credit', NEW.credit)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS ledger_day_totals_outbox_update;
CREATE TRIGGER ledger_day_totals_outbox_update AFTER UPDATE ON ledger_day_totals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'ledger_day_totals', NEW.date || '/' || NEW.account, 'update', json_object('date', NEW.date, 'account', NEW.account, 'debit', NEW.debit, 'credit', NEW.credit)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS ledger_day_totals_outbox_delete;
CREATE TRIGGER ledger_day_totals_outbox_delete AFTER DELETE ON ledger_day_totals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'ledger_day_totals', OLD.date || '/' || OLD.account, 'delete', json_object('date', OLD.date, 'account', OLD.account, 'debit', OLD.debit, 'credit', OLD.credit)); END;
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
DROP TRIGGER IF EXISTS installation_records_outbox_insert;
CREATE TRIGGER installation_records_outbox_insert AFTER INSERT ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', NEW.id, 'insert', json_object('id', NEW.id, 'application_id', NEW.application_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'performed_by', NEW.performed_by, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_outbox_update;
CREATE TRIGGER installation_records_outbox_update AFTER UPDATE ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', NEW.id, 'update', json_object('id', NEW.id, 'application_id', NEW.application_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'performed_by', NEW.performed_by, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_outbox_delete;
CREATE TRIGGER installation_records_outbox_delete AFTER DELETE ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', OLD.id, 'delete', json_object('id', OLD.id, 'application_id', OLD.application_id, 'no', OLD.no, 'kind', OLD.kind, 'passed', OLD.passed, 'performed_on', OLD.performed_on, 'performed_by', OLD.performed_by, 'body', OLD.body, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_insert;
CREATE TRIGGER statement_lines_outbox_insert AFTER INSERT ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', NEW.statement_id || '/' || NEW.line_no, 'insert', json_object('statement_id', NEW.statement_id, 'line_no', NEW.line_no, 'means', NEW.means, 'at', NEW.at, 'reference', NEW.reference, 'merchant_reference', NEW.merchant_reference, 'amount', NEW.amount, 'identity', NEW.identity)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_update;
CREATE TRIGGER statement_lines_outbox_update AFTER UPDATE ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', NEW.statement_id || '/' || NEW.line_no, 'update', json_object('statement_id', NEW.statement_id, 'line_no', NEW.line_no, 'means', NEW.means, 'at', NEW.at, 'reference', NEW.reference, 'merchant_reference', NEW.merchant_reference, 'amount', NEW.amount, 'identity', NEW.identity)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_delete;
CREATE TRIGGER statement_lines_outbox_delete AFTER DELETE ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', OLD.statement_id || '/' || OLD.line_no, 'delete', json_object('statement_id', OLD.statement_id, 'line_no', OLD.line_no, 'means', OLD.means, 'at', OLD.at, 'reference', OLD.reference, 'merchant_reference', OLD.merchant_reference, 'amount', OLD.amount, 'identity', OLD.identity)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_insert;
CREATE TRIGGER business_days_outbox_insert AFTER INSERT ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', NEW.date, 'insert', json_object('date', NEW.date, 'state', NEW.state, 'counter', NEW.counter, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_update;
CREATE TRIGGER business_days_outbox_update AFTER UPDATE ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', NEW.date, 'update', json_object('date', NEW.date, 'state', NEW.state, 'counter', NEW.counter, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_outbox_delete;
CREATE TRIGGER business_days_outbox_delete AFTER DELETE ON business_days BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'business_days', OLD.date, 'delete', json_object('date', OLD.date, 'state', OLD.state, 'counter', OLD.counter, 'opened_at', OLD.opened_at, 'closed_at', OLD.closed_at, 'closed_by', OLD.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_templates_outbox_insert;
CREATE TRIGGER contract_templates_outbox_insert AFTER INSERT ON contract_templates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_templates', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'audience', NEW.audience, 'version', NEW.version, 'source', NEW.source, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_templates_outbox_update;
CREATE TRIGGER contract_templates_outbox_update AFTER UPDATE ON contract_templates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_templates', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'audience', NEW.audience, 'version', NEW.version, 'source', NEW.source, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_templates_outbox_delete;
CREATE TRIGGER contract_templates_outbox_delete AFTER DELETE ON contract_templates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_templates', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'audience', OLD.audience, 'version', OLD.version, 'source', OLD.source, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS differences_outbox_insert;
CREATE TRIGGER differences_outbox_insert AFTER INSERT ON differences BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'differences', NEW.id, 'insert', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'kind', NEW.kind, 'ours_key', NEW.ours_key, 'theirs_key', NEW.theirs_key, 'reference', NEW.reference, 'at', NEW.at, 'ours', NEW.ours, 'theirs', NEW.theirs, 'receipt_no', NEW.receipt_no, 'state', NEW.state, 'resolution', NEW.resolution, 'note', NEW.note, 'entry_id', NEW.entry_id, 'settled_at', NEW.settled_at, 'settled_by', NEW.settled_by, 'cleared_on', NEW.cleared_on)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS differences_outbox_update;
CREATE TRIGGER differences_outbox_update AFTER UPDATE ON differences BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'differences', NEW.id, 'update', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'kind', NEW.kind, 'ours_key', NEW.ours_key, 'theirs_key', NEW.theirs_key, 'reference', NEW.reference, 'at', NEW.at, 'ours', NEW.ours, 'theirs', NEW.theirs, 'receipt_no', NEW.receipt_no, 'state', NEW.state, 'resolution', NEW.resolution, 'note', NEW.note, 'entry_id', NEW.entry_id, 'settled_at', NEW.settled_at, 'settled_by', NEW.settled_by, 'cleared_on', NEW.cleared_on)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS differences_outbox_delete;
CREATE TRIGGER differences_outbox_delete AFTER DELETE ON differences BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'differences', OLD.id, 'delete', json_object('id', OLD.id, 'date', OLD.date, 'means', OLD.means, 'kind', OLD.kind, 'ours_key', OLD.ours_key, 'theirs_key', OLD.theirs_key, 'reference', OLD.reference, 'at', OLD.at, 'ours', OLD.ours, 'theirs', OLD.theirs, 'receipt_no', OLD.receipt_no, 'state', OLD.state, 'resolution', OLD.resolution, 'note', OLD.note, 'entry_id', OLD.entry_id, 'settled_at', OLD.settled_at, 'settled_by', OLD.settled_by, 'cleared_on', OLD.cleared_on)); END;
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
DROP TRIGGER IF EXISTS receipts_outbox_insert;
CREATE TRIGGER receipts_outbox_insert AFTER INSERT ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', NEW.receipt_no, 'insert', json_object('receipt_no', NEW.receipt_no, 'payment_id', NEW.payment_id, 'state', NEW.state, 'voided_at', NEW.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS receipts_outbox_update;
CREATE TRIGGER receipts_outbox_update AFTER UPDATE ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', NEW.receipt_no, 'update', json_object('receipt_no', NEW.receipt_no, 'payment_id', NEW.payment_id, 'state', NEW.state, 'voided_at', NEW.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS receipts_outbox_delete;
CREATE TRIGGER receipts_outbox_delete AFTER DELETE ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', OLD.receipt_no, 'delete', json_object('receipt_no', OLD.receipt_no, 'payment_id', OLD.payment_id, 'state', OLD.state, 'voided_at', OLD.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_outbox_insert;
CREATE TRIGGER contract_texts_outbox_insert AFTER INSERT ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', NEW.contract_id, 'insert', json_object('contract_id', NEW.contract_id, 'body', NEW.body, 'hash', NEW.hash, 'frozen_at', NEW.frozen_at, 'frozen_by', NEW.frozen_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_outbox_update;
CREATE TRIGGER contract_texts_outbox_update AFTER UPDATE ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', NEW.contract_id, 'update', json_object('contract_id', NEW.contract_id, 'body', NEW.body, 'hash', NEW.hash, 'frozen_at', NEW.frozen_at, 'frozen_by', NEW.frozen_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_outbox_delete;
CREATE TRIGGER contract_texts_outbox_delete AFTER DELETE ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', OLD.contract_id, 'delete', json_object('contract_id', OLD.contract_id, 'body', OLD.body, 'hash', OLD.hash, 'frozen_at', OLD.frozen_at, 'frozen_by', OLD.frozen_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_insert;
CREATE TRIGGER service_points_outbox_insert AFTER INSERT ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', NEW.id, 'insert', json_object('id', NEW.id, 'district', NEW.district, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'unit', NEW.unit, 'room', NEW.room, 'address', NEW.address, 'gas_state', NEW.gas_state, 'suspended_for', NEW.suspended_for, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_update;
CREATE TRIGGER service_points_outbox_update AFTER UPDATE ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', NEW.id, 'update', json_object('id', NEW.id, 'district', NEW.district, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'unit', NEW.unit, 'room', NEW.room, 'address', NEW.address, 'gas_state', NEW.gas_state, 'suspended_for', NEW.suspended_for, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_outbox_delete;
CREATE TRIGGER service_points_outbox_delete AFTER DELETE ON service_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_points', OLD.id, 'delete', json_object('id', OLD.id, 'district', OLD.district, 'street', OLD.street, 'community', OLD.community, 'building', OLD.building, 'unit', OLD.unit, 'room', OLD.room, 'address', OLD.address, 'gas_state', OLD.gas_state, 'suspended_for', OLD.suspended_for, 'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_insert;
CREATE TRIGGER bill_lines_outbox_insert AFTER INSERT ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', NEW.bill_id || '/' || NEW.line_no, 'insert', json_object('bill_id', NEW.bill_id, 'line_no', NEW.line_no, 'version_id', NEW.version_id, 'cycle_start', NEW.cycle_start, 'tier', NEW.tier, 'season', NEW.season, 'first_day', NEW.first_day, 'last_day', NEW.last_day, 'from_volume', NEW.from_volume, 'to_volume', NEW.to_volume, 'volume', NEW.volume, 'price', NEW.price, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_update;
CREATE TRIGGER bill_lines_outbox_update AFTER UPDATE ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', NEW.bill_id || '/' || NEW.line_no, 'update', json_object('bill_id', NEW.bill_id, 'line_no', NEW.line_no, 'version_id', NEW.version_id, 'cycle_start', NEW.cycle_start, 'tier', NEW.tier, 'season', NEW.season, 'first_day', NEW.first_day, 'last_day', NEW.last_day, 'from_volume', NEW.from_volume, 'to_volume', NEW.to_volume, 'volume', NEW.volume, 'price', NEW.price, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_lines_outbox_delete;
CREATE TRIGGER bill_lines_outbox_delete AFTER DELETE ON bill_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_lines', OLD.bill_id || '/' || OLD.line_no, 'delete', json_object('bill_id', OLD.bill_id, 'line_no', OLD.line_no, 'version_id', OLD.version_id, 'cycle_start', OLD.cycle_start, 'tier', OLD.tier, 'season', OLD.season, 'first_day', OLD.first_day, 'last_day', OLD.last_day, 'from_volume', OLD.from_volume, 'to_volume', OLD.to_volume, 'volume', OLD.volume, 'price', OLD.price, 'amount', OLD.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_outbox_insert;
CREATE TRIGGER report_submissions_outbox_insert AFTER INSERT ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', NEW.id, 'insert', json_object('id', NEW.id, 'number', NEW.number, 'report', NEW.report, 'period_kind', NEW.period_kind, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'version', NEW.version, 'replaces', NEW.replaces, 'reason', NEW.reason, 'content', NEW.content, 'hash', NEW.hash, 'submitted_at', NEW.submitted_at, 'submitted_by_id', NEW.submitted_by_id, 'submitted_by', NEW.submitted_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_outbox_update;
CREATE TRIGGER report_submissions_outbox_update AFTER UPDATE ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', NEW.id, 'update', json_object('id', NEW.id, 'number', NEW.number, 'report', NEW.report, 'period_kind', NEW.period_kind, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'version', NEW.version, 'replaces', NEW.replaces, 'reason', NEW.reason, 'content', NEW.content, 'hash', NEW.hash, 'submitted_at', NEW.submitted_at, 'submitted_by_id', NEW.submitted_by_id, 'submitted_by', NEW.submitted_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_outbox_delete;
CREATE TRIGGER report_submissions_outbox_delete AFTER DELETE ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', OLD.id, 'delete', json_object('id', OLD.id, 'number', OLD.number, 'report', OLD.report, 'period_kind', OLD.period_kind, 'period_from', OLD.period_from, 'period_to', OLD.period_to, 'version', OLD.version, 'replaces', OLD.replaces, 'reason', OLD.reason, 'content', OLD.content, 'hash', OLD.hash, 'submitted_at', OLD.submitted_at, 'submitted_by_id', OLD.submitted_by_id, 'submitted_by', OLD.submitted_by)); END;
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
DROP TRIGGER IF EXISTS customers_outbox_insert;
CREATE TRIGGER customers_outbox_insert AFTER INSERT ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', NEW.id, 'insert', json_object('id', NEW.id, 'category', NEW.category, 'name', NEW.name, 'id_kind', NEW.id_kind, 'id_number', NEW.id_number, 'phone', NEW.phone, 'phone_alt', NEW.phone_alt, 'special_care', NEW.special_care, 'note', NEW.note, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_outbox_update;
CREATE TRIGGER customers_outbox_update AFTER UPDATE ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', NEW.id, 'update', json_object('id', NEW.id, 'category', NEW.category, 'name', NEW.name, 'id_kind', NEW.id_kind, 'id_number', NEW.id_number, 'phone', NEW.phone, 'phone_alt', NEW.phone_alt, 'special_care', NEW.special_care, 'note', NEW.note, 'version', NEW.version, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_outbox_delete;
CREATE TRIGGER customers_outbox_delete AFTER DELETE ON customers BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customers', OLD.id, 'delete', json_object('id', OLD.id, 'category', OLD.category, 'name', OLD.name, 'id_kind', OLD.id_kind, 'id_number', OLD.id_number, 'phone', OLD.phone, 'phone_alt', OLD.phone_alt, 'special_care', OLD.special_care, 'note', OLD.note, 'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tenders_outbox_insert;
CREATE TRIGGER tenders_outbox_insert AFTER INSERT ON tenders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tenders', NEW.payment_id || '/' || NEW.line_no, 'insert', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'means', NEW.means, 'amount', NEW.amount, 'received', NEW.received, 'reference', NEW.reference)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tenders_outbox_update;
CREATE TRIGGER tenders_outbox_update AFTER UPDATE ON tenders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tenders', NEW.payment_id || '/' || NEW.line_no, 'update', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'means', NEW.means, 'amount', NEW.amount, 'received', NEW.received, 'reference', NEW.reference)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tenders_outbox_delete;
CREATE TRIGGER tenders_outbox_delete AFTER DELETE ON tenders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tenders', OLD.payment_id || '/' || OLD.line_no, 'delete', json_object('payment_id', OLD.payment_id, 'line_no', OLD.line_no, 'means', OLD.means, 'amount', OLD.amount, 'received', OLD.received, 'reference', OLD.reference)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS allocations_outbox_insert;
CREATE TRIGGER allocations_outbox_insert AFTER INSERT ON allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'allocations', NEW.payment_id || '/' || NEW.line_no, 'insert', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'bill_id', NEW.bill_id, 'principal', NEW.principal, 'late_fee', NEW.late_fee)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS allocations_outbox_update;
CREATE TRIGGER allocations_outbox_update AFTER UPDATE ON allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'allocations', NEW.payment_id || '/' || NEW.line_no, 'update', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'bill_id', NEW.bill_id, 'principal', NEW.principal, 'late_fee', NEW.late_fee)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS allocations_outbox_delete;
CREATE TRIGGER allocations_outbox_delete AFTER DELETE ON allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'allocations', OLD.payment_id || '/' || OLD.line_no, 'delete', json_object('payment_id', OLD.payment_id, 'line_no', OLD.line_no, 'bill_id', OLD.bill_id, 'principal', OLD.principal, 'late_fee', OLD.late_fee)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_insert;
CREATE TRIGGER bill_settlements_outbox_insert AFTER INSERT ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', NEW.bill_id || '/' || NEW.id, 'insert', json_object('id', NEW.id, 'bill_id', NEW.bill_id, 'settled_on', NEW.settled_on, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'undone_on', NEW.undone_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_update;
CREATE TRIGGER bill_settlements_outbox_update AFTER UPDATE ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', NEW.bill_id || '/' || NEW.id, 'update', json_object('id', NEW.id, 'bill_id', NEW.bill_id, 'settled_on', NEW.settled_on, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'undone_on', NEW.undone_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_delete;
CREATE TRIGGER bill_settlements_outbox_delete AFTER DELETE ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', OLD.bill_id || '/' || OLD.id, 'delete', json_object('id', OLD.id, 'bill_id', OLD.bill_id, 'settled_on', OLD.settled_on, 'principal', OLD.principal, 'late_fee', OLD.late_fee, 'undone_on', OLD.undone_on, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_insert;
CREATE TRIGGER tier_usage_outbox_insert AFTER INSERT ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', NEW.account_id || '/' || NEW.cycle_start, 'insert', json_object('account_id', NEW.account_id, 'cycle_start', NEW.cycle_start, 'volume', NEW.volume)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_update;
CREATE TRIGGER tier_usage_outbox_update AFTER UPDATE ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', NEW.account_id || '/' || NEW.cycle_start, 'update', json_object('account_id', NEW.account_id, 'cycle_start', NEW.cycle_start, 'volume', NEW.volume)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tier_usage_outbox_delete;
CREATE TRIGGER tier_usage_outbox_delete AFTER DELETE ON tier_usage BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tier_usage', OLD.account_id || '/' || OLD.cycle_start, 'delete', json_object('account_id', OLD.account_id, 'cycle_start', OLD.cycle_start, 'volume', OLD.volume)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_insert;
CREATE TRIGGER cash_counts_outbox_insert AFTER INSERT ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'purpose', NEW.purpose, 'rows', NEW.rows, 'total', NEW.total, 'expected', NEW.expected, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_update;
CREATE TRIGGER cash_counts_outbox_update AFTER UPDATE ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'purpose', NEW.purpose, 'rows', NEW.rows, 'total', NEW.total, 'expected', NEW.expected, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_delete;
CREATE TRIGGER cash_counts_outbox_delete AFTER DELETE ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'purpose', OLD.purpose, 'rows', OLD.rows, 'total', OLD.total, 'expected', OLD.expected, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_insert;
CREATE TRIGGER deposit_slips_outbox_insert AFTER INSERT ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', NEW.id, 'insert', json_object('id', NEW.id, 'number', NEW.number, 'date', NEW.date, 'amount', NEW.amount, 'rows', NEW.rows, 'exchanged', NEW.exchanged, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_update;
CREATE TRIGGER deposit_slips_outbox_update AFTER UPDATE ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', NEW.id, 'update', json_object('id', NEW.id, 'number', NEW.number, 'date', NEW.date, 'amount', NEW.amount, 'rows', NEW.rows, 'exchanged', NEW.exchanged, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_delete;
CREATE TRIGGER deposit_slips_outbox_delete AFTER DELETE ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', OLD.id, 'delete', json_object('id', OLD.id, 'number', OLD.number, 'date', OLD.date, 'amount', OLD.amount, 'rows', OLD.rows, 'exchanged', OLD.exchanged, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_insert;
CREATE TRIGGER statements_outbox_insert AFTER INSERT ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', NEW.id, 'insert', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'file_name', NEW.file_name, 'hash', NEW.hash, 'line_count', NEW.line_count, 'total', NEW.total, 'note', NEW.note, 'reconciled_with', NEW.reconciled_with, 'matched', NEW.matched, 'imported_at', NEW.imported_at, 'imported_by', NEW.imported_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_update;
CREATE TRIGGER statements_outbox_update AFTER UPDATE ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', NEW.id, 'update', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'file_name', NEW.file_name, 'hash', NEW.hash, 'line_count', NEW.line_count, 'total', NEW.total, 'note', NEW.note, 'reconciled_with', NEW.reconciled_with, 'matched', NEW.matched, 'imported_at', NEW.imported_at, 'imported_by', NEW.imported_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_delete;
CREATE TRIGGER statements_outbox_delete AFTER DELETE ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', OLD.id, 'delete', json_object('id', OLD.id, 'date', OLD.date, 'means', OLD.means, 'file_name', OLD.file_name, 'hash', OLD.hash, 'line_count', OLD.line_count, 'total', OLD.total, 'note', OLD.note, 'reconciled_with', OLD.reconciled_with, 'matched', OLD.matched, 'imported_at', OLD.imported_at, 'imported_by', OLD.imported_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_insert;
CREATE TRIGGER payments_outbox_insert AFTER INSERT ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'kind', NEW.kind, 'account_id', NEW.account_id, 'amount', NEW.amount, 'to_prepayment', NEW.to_prepayment, 'change', NEW.change, 'note', NEW.note, 'approver_name', NEW.approver_name, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_update;
CREATE TRIGGER payments_outbox_update AFTER UPDATE ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'kind', NEW.kind, 'account_id', NEW.account_id, 'amount', NEW.amount, 'to_prepayment', NEW.to_prepayment, 'change', NEW.change, 'note', NEW.note, 'approver_name', NEW.approver_name, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_delete;
CREATE TRIGGER payments_outbox_delete AFTER DELETE ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'kind', OLD.kind, 'account_id', OLD.account_id, 'amount', OLD.amount, 'to_prepayment', OLD.to_prepayment, 'change', OLD.change, 'note', OLD.note, 'approver_name', OLD.approver_name, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_insert;
CREATE TRIGGER contracts_outbox_insert AFTER INSERT ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', NEW.id, 'insert', json_object('id', NEW.id, 'contract_no', NEW.contract_no, 'kind', NEW.kind, 'template_id', NEW.template_id, 'application_id', NEW.application_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'fields', NEW.fields, 'state', NEW.state, 'drafted_at', NEW.drafted_at, 'drafted_by', NEW.drafted_by, 'signed_on', NEW.signed_on, 'signatory', NEW.signatory, 'relation', NEW.relation, 'agent_id_number', NEW.agent_id_number, 'company_signatory', NEW.company_signatory, 'signed_recorded_at', NEW.signed_recorded_at, 'signed_recorded_by', NEW.signed_recorded_by, 'scan_attachment_id', NEW.scan_attachment_id, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_update;
CREATE TRIGGER contracts_outbox_update AFTER UPDATE ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', NEW.id, 'update', json_object('id', NEW.id, 'contract_no', NEW.contract_no, 'kind', NEW.kind, 'template_id', NEW.template_id, 'application_id', NEW.application_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'fields', NEW.fields, 'state', NEW.state, 'drafted_at', NEW.drafted_at, 'drafted_by', NEW.drafted_by, 'signed_on', NEW.signed_on, 'signatory', NEW.signatory, 'relation', NEW.relation, 'agent_id_number', NEW.agent_id_number, 'company_signatory', NEW.company_signatory, 'signed_recorded_at', NEW.signed_recorded_at, 'signed_recorded_by', NEW.signed_recorded_by, 'scan_attachment_id', NEW.scan_attachment_id, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_delete;
CREATE TRIGGER contracts_outbox_delete AFTER DELETE ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', OLD.id, 'delete', json_object('id', OLD.id, 'contract_no', OLD.contract_no, 'kind', OLD.kind, 'template_id', OLD.template_id, 'application_id', OLD.application_id, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'account_id', OLD.account_id, 'fields', OLD.fields, 'state', OLD.state, 'drafted_at', OLD.drafted_at, 'drafted_by', OLD.drafted_by, 'signed_on', OLD.signed_on, 'signatory', OLD.signatory, 'relation', OLD.relation, 'agent_id_number', OLD.agent_id_number, 'company_signatory', OLD.company_signatory, 'signed_recorded_at', OLD.signed_recorded_at, 'signed_recorded_by', OLD.signed_recorded_by, 'scan_attachment_id', OLD.scan_attachment_id, 'voided_at', OLD.voided_at, 'voided_by', OLD.voided_by, 'void_reason', OLD.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_outbox_insert;
CREATE TRIGGER applications_outbox_insert AFTER INSERT ON applications BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'applications', NEW.id, 'insert', json_object('id', NEW.id, 'application_no', NEW.application_no, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'category', NEW.category, 'purpose', NEW.purpose, 'appliances', NEW.appliances, 'household_size', NEW.household_size, 'price_plan_id', NEW.price_plan_id, 'annual_volume', NEW.annual_volume, 'hourly_volume', NEW.hourly_volume, 'state', NEW.state, 'account_id', NEW.account_id, 'meter_id', NEW.meter_id, 'holder_id', NEW.holder_id, 'holder_name', NEW.holder_name, 'applied_on', NEW.applied_on, 'ignited_at', NEW.ignited_at, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_outbox_update;
CREATE TRIGGER applications_outbox_update AFTER UPDATE ON applications BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'applications', NEW.id, 'update', json_object('id', NEW.id, 'application_no', NEW.application_no, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'category', NEW.category, 'purpose', NEW.purpose, 'appliances', NEW.appliances, 'household_size', NEW.household_size, 'price_plan_id', NEW.price_plan_id, 'annual_volume', NEW.annual_volume, 'hourly_volume', NEW.hourly_volume, 'state', NEW.state, 'account_id', NEW.account_id, 'meter_id', NEW.meter_id, 'holder_id', NEW.holder_id, 'holder_name', NEW.holder_name, 'applied_on', NEW.applied_on, 'ignited_at', NEW.ignited_at, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_outbox_delete;
CREATE TRIGGER applications_outbox_delete AFTER DELETE ON applications BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'applications', OLD.id, 'delete', json_object('id', OLD.id, 'application_no', OLD.application_no, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'category', OLD.category, 'purpose', OLD.purpose, 'appliances', OLD.appliances, 'household_size', OLD.household_size, 'price_plan_id', OLD.price_plan_id, 'annual_volume', OLD.annual_volume, 'hourly_volume', OLD.hourly_volume, 'state', OLD.state, 'account_id', OLD.account_id, 'meter_id', OLD.meter_id, 'holder_id', OLD.holder_id, 'holder_name', OLD.holder_name, 'applied_on', OLD.applied_on, 'ignited_at', OLD.ignited_at, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_outbox_insert;
CREATE TRIGGER reversals_outbox_insert AFTER INSERT ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', NEW.id, 'insert', json_object('id', NEW.id, 'payment_id', NEW.payment_id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'entry_id', NEW.entry_id, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_outbox_update;
CREATE TRIGGER reversals_outbox_update AFTER UPDATE ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', NEW.id, 'update', json_object('id', NEW.id, 'payment_id', NEW.payment_id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'entry_id', NEW.entry_id, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_outbox_delete;
CREATE TRIGGER reversals_outbox_delete AFTER DELETE ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', OLD.id, 'delete', json_object('id', OLD.id, 'payment_id', OLD.payment_id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'entry_id', OLD.entry_id, 'reason', OLD.reason, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_insert;
CREATE TRIGGER shifts_outbox_insert AFTER INSERT ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'cashier_id', NEW.cashier_id, 'cashier_name', NEW.cashier_name, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'opening_float', NEW.opening_float, 'from_safe', NEW.from_safe, 'handed_to_id', NEW.handed_to_id, 'handed_to_name', NEW.handed_to_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_update;
CREATE TRIGGER shifts_outbox_update AFTER UPDATE ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'cashier_id', NEW.cashier_id, 'cashier_name', NEW.cashier_name, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'opening_float', NEW.opening_float, 'from_safe', NEW.from_safe, 'handed_to_id', NEW.handed_to_id, 'handed_to_name', NEW.handed_to_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_delete;
CREATE TRIGGER shifts_outbox_delete AFTER DELETE ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'cashier_id', OLD.cashier_id, 'cashier_name', OLD.cashier_name, 'state', OLD.state, 'opened_at', OLD.opened_at, 'closed_at', OLD.closed_at, 'opening_float', OLD.opening_float, 'from_safe', OLD.from_safe, 'handed_to_id', OLD.handed_to_id, 'handed_to_name', OLD.handed_to_name)); END;
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
DROP TRIGGER IF EXISTS bills_outbox_insert;
CREATE TRIGGER bills_outbox_insert AFTER INSERT ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', NEW.id, 'insert', json_object('id', NEW.id, 'bill_no', NEW.bill_no, 'account_id', NEW.account_id, 'reading_id', NEW.reading_id, 'issued_on', NEW.issued_on, 'due_on', NEW.due_on, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'consumption', NEW.consumption, 'amount', NEW.amount, 'settled', NEW.settled, 'late_fee_settled', NEW.late_fee_settled, 'state', NEW.state, 'entry_id', NEW.entry_id, 'cancel_reason', NEW.cancel_reason, 'cancelled_by', NEW.cancelled_by, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_outbox_update;
CREATE TRIGGER bills_outbox_update AFTER UPDATE ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', NEW.id, 'update', json_object('id', NEW.id, 'bill_no', NEW.bill_no, 'account_id', NEW.account_id, 'reading_id', NEW.reading_id, 'issued_on', NEW.issued_on, 'due_on', NEW.due_on, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'consumption', NEW.consumption, 'amount', NEW.amount, 'settled', NEW.settled, 'late_fee_settled', NEW.late_fee_settled, 'state', NEW.state, 'entry_id', NEW.entry_id, 'cancel_reason', NEW.cancel_reason, 'cancelled_by', NEW.cancelled_by, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_outbox_delete;
CREATE TRIGGER bills_outbox_delete AFTER DELETE ON bills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bills', OLD.id, 'delete', json_object('id', OLD.id, 'bill_no', OLD.bill_no, 'account_id', OLD.account_id, 'reading_id', OLD.reading_id, 'issued_on', OLD.issued_on, 'due_on', OLD.due_on, 'period_from', OLD.period_from, 'period_to', OLD.period_to, 'consumption', OLD.consumption, 'amount', OLD.amount, 'settled', OLD.settled, 'late_fee_settled', OLD.late_fee_settled, 'state', OLD.state, 'entry_id', OLD.entry_id, 'cancel_reason', OLD.cancel_reason, 'cancelled_by', OLD.cancelled_by, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_closes_outbox_insert;
CREATE TRIGGER day_closes_outbox_insert AFTER INSERT ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', NEW.date, 'insert', json_object('date', NEW.date, 'state', NEW.state, 'number', NEW.number, 'count_id', NEW.count_id, 'over_short', NEW.over_short, 'net', NEW.net, 'started_at', NEW.started_at, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id, 'closed_by_name', NEW.closed_by_name, 'report', NEW.report)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_closes_outbox_update;
CREATE TRIGGER day_closes_outbox_update AFTER UPDATE ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', NEW.date, 'update', json_object('date', NEW.date, 'state', NEW.state, 'number', NEW.number, 'count_id', NEW.count_id, 'over_short', NEW.over_short, 'net', NEW.net, 'started_at', NEW.started_at, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id, 'closed_by_name', NEW.closed_by_name, 'report', NEW.report)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_closes_outbox_delete;
CREATE TRIGGER day_closes_outbox_delete AFTER DELETE ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', OLD.date, 'delete', json_object('date', OLD.date, 'state', OLD.state, 'number', OLD.number, 'count_id', OLD.count_id, 'over_short', OLD.over_short, 'net', OLD.net, 'started_at', OLD.started_at, 'closed_at', OLD.closed_at, 'closed_by_id', OLD.closed_by_id, 'closed_by_name', OLD.closed_by_name, 'report', OLD.report)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_insert;
CREATE TRIGGER customer_events_outbox_insert AFTER INSERT ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', NEW.id, 'insert', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'at', NEW.at, 'actor_name', NEW.actor_name, 'kind', NEW.kind, 'title', NEW.title, 'detail', NEW.detail, 'amount', NEW.amount, 'subject', NEW.subject)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_update;
CREATE TRIGGER customer_events_outbox_update AFTER UPDATE ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', NEW.id, 'update', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'at', NEW.at, 'actor_name', NEW.actor_name, 'kind', NEW.kind, 'title', NEW.title, 'detail', NEW.detail, 'amount', NEW.amount, 'subject', NEW.subject)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_outbox_delete;
CREATE TRIGGER customer_events_outbox_delete AFTER DELETE ON customer_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'customer_events', OLD.id, 'delete', json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'at', OLD.at, 'actor_name', OLD.actor_name, 'kind', OLD.kind, 'title', OLD.title, 'detail', OLD.detail, 'amount', OLD.amount, 'subject', OLD.subject)); END;
