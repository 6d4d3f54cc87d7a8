CREATE TABLE `approval_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`terms` text NOT NULL,
	`summary` text NOT NULL,
	`requested_by` text NOT NULL,
	`session_id` text NOT NULL,
	`till` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text DEFAULT '' NOT NULL,
	`approval_id` text,
	FOREIGN KEY (`requested_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approval_id`) REFERENCES `approvals`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "approval_requests_decided" CHECK(("approval_requests"."state" IN ('agreed', 'refused')) = ("approval_requests"."decided_by" IS NOT NULL) AND ("approval_requests"."state" = 'agreed') = ("approval_requests"."approval_id" IS NOT NULL)
        AND ("approval_requests"."state" = 'open') = ("approval_requests"."decided_at" IS NULL) AND ("approval_requests"."state" = 'refused') = ("approval_requests"."reason" <> '')),
	CONSTRAINT "approval_requests_other_person" CHECK("approval_requests"."decided_by" IS NULL OR "approval_requests"."decided_by" <> "approval_requests"."requested_by")
) STRICT;
--> statement-breakpoint
CREATE INDEX `approval_requests_open` ON `approval_requests` (`state`,`expires_at`);--> statement-breakpoint
CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`terms` text NOT NULL,
	`terms_hash` text NOT NULL,
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
CREATE INDEX `approvals_subject` ON `approvals` (`subject`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`must_change` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL,
	`reset_by` text,
	`reset_at` integer,
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
	`till` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`locked_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_staff` ON `sessions` (`staff_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `scorecard_items` (
	`scorecard_id` text NOT NULL,
	`no` integer NOT NULL,
	`label` text NOT NULL,
	`figure` text,
	`about` text NOT NULL,
	`weight` integer NOT NULL,
	`numerator` integer,
	`denominator` integer,
	`score` integer,
	`note` text NOT NULL,
	`records` text NOT NULL,
	`sights` text NOT NULL,
	PRIMARY KEY(`scorecard_id`, `no`),
	FOREIGN KEY (`scorecard_id`) REFERENCES `scorecards`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "scorecard_items_weight" CHECK("scorecard_items"."weight" BETWEEN 1 AND 100),
	CONSTRAINT "scorecard_items_score" CHECK("scorecard_items"."score" IS NULL OR "scorecard_items"."score" BETWEEN 0 AND "scorecard_items"."weight" * 100),
	CONSTRAINT "scorecard_items_figure" CHECK(("scorecard_items"."figure" IS NULL) = ("scorecard_items"."denominator" IS NULL)),
	CONSTRAINT "scorecard_items_share" CHECK("scorecard_items"."numerator" IS NULL OR "scorecard_items"."numerator" BETWEEN 0 AND "scorecard_items"."denominator"),
	CONSTRAINT "scorecard_items_records" CHECK(json_valid("scorecard_items"."records") AND json_valid("scorecard_items"."sights"))
) STRICT;
--> statement-breakpoint
CREATE TABLE `scorecard_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`scorecard_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`scorecard_id`) REFERENCES `scorecards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `scorecard_steps_card` ON `scorecard_steps` (`scorecard_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `scorecards` (
	`id` text PRIMARY KEY NOT NULL,
	`card_no` text NOT NULL,
	`scope` text NOT NULL,
	`year` integer NOT NULL,
	`period` integer NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`state` text NOT NULL,
	`thresholds` text NOT NULL,
	`grades` text NOT NULL,
	`total` integer,
	`grade` text NOT NULL,
	`comment` text NOT NULL,
	`computed_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL,
	`created_by` text NOT NULL,
	`reviewed_at` integer,
	`reviewed_by_id` text,
	`reviewed_by` text,
	`signed_at` integer,
	`signed_by_id` text,
	`signed_by` text,
	CONSTRAINT "scorecards_scope" CHECK("scorecards"."scope" IN ('hall', 'dispatch')),
	CONSTRAINT "scorecards_period" CHECK("scorecards"."period" BETWEEN 1 AND 12 AND "scorecards"."to_date" >= "scorecards"."from_date"),
	CONSTRAINT "scorecards_total" CHECK("scorecards"."total" IS NULL OR "scorecards"."total" BETWEEN 0 AND 10000),
	CONSTRAINT "scorecards_reviewed" CHECK(("scorecards"."state" = 'draft') = ("scorecards"."reviewed_by_id" IS NULL)),
	CONSTRAINT "scorecards_signed" CHECK(("scorecards"."state" = 'signed') = ("scorecards"."signed_by_id" IS NOT NULL) AND ("scorecards"."signed_by_id" IS NULL OR "scorecards"."signed_by_id" <> "scorecards"."reviewed_by_id"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `scorecards_cardNo_unique` ON `scorecards` (`card_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `scorecards_period_of` ON `scorecards` (`year`,`scope`,`from_date`);--> statement-breakpoint
CREATE INDEX `scorecards_signed_on` ON `scorecards` (`scope`,`to_date`);--> statement-breakpoint
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
CREATE TABLE `file_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`damaged` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `file_checks_at` ON `file_checks` (`at`);--> statement-breakpoint
CREATE TABLE `bill_adjustments` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`bill_id` text NOT NULL,
	`account_id` text NOT NULL,
	`charge_bill_id` text,
	`issued_on` text NOT NULL,
	`volume` integer NOT NULL,
	`amount` integer NOT NULL,
	`late_fee` integer DEFAULT 0 NOT NULL,
	`lines` text NOT NULL,
	`reason` text NOT NULL,
	`approver_id` text NOT NULL,
	`approver_name` text NOT NULL,
	`entry_id` text,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`charge_bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bill_adjustments_sign" CHECK("bill_adjustments"."volume" <> 0 AND ("bill_adjustments"."amount" = 0 OR ("bill_adjustments"."amount" > 0) = ("bill_adjustments"."volume" > 0))),
	CONSTRAINT "bill_adjustments_late_fee" CHECK("bill_adjustments"."late_fee" = 0 OR ("bill_adjustments"."late_fee" > 0 AND "bill_adjustments"."amount" < 0)),
	CONSTRAINT "bill_adjustments_two" CHECK("bill_adjustments"."approver_id" <> "bill_adjustments"."actor_id")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bill_adjustments_number_unique` ON `bill_adjustments` (`number`);--> statement-breakpoint
CREATE INDEX `bill_adjustments_bill` ON `bill_adjustments` (`bill_id`);--> statement-breakpoint
CREATE INDEX `bill_adjustments_charge` ON `bill_adjustments` (`charge_bill_id`) WHERE "bill_adjustments"."charge_bill_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `bill_adjustments_day` ON `bill_adjustments` (`issued_on`,`id`);--> statement-breakpoint
CREATE TABLE `bill_further_readings` (
	`bill_id` text NOT NULL,
	`reading_id` text NOT NULL,
	`cancelled` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`bill_id`, `reading_id`),
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reading_id`) REFERENCES `readings`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bill_further_readings_cancelled" CHECK("bill_further_readings"."cancelled" IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bill_further_readings_reading` ON `bill_further_readings` (`reading_id`) WHERE "bill_further_readings"."cancelled" = 0;--> statement-breakpoint
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
	`part` integer DEFAULT 0 NOT NULL,
	`settled_on` text NOT NULL,
	`late_until` text NOT NULL,
	`by_offset` integer DEFAULT 0 NOT NULL,
	`principal` integer NOT NULL,
	`late_fee` integer NOT NULL,
	`undone_on` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`bill_id`, `id`, `part`),
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bill_settlements_amounts" CHECK("bill_settlements"."principal" >= 0 AND "bill_settlements"."late_fee" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bill_several` (
	`account_id` text NOT NULL,
	`issued_on` text NOT NULL,
	`bill_id` text NOT NULL,
	`bills` integer NOT NULL,
	`since` text NOT NULL,
	`until` text NOT NULL,
	`estimates` integer NOT NULL,
	`consumption` integer NOT NULL,
	`one_period` integer NOT NULL,
	`reviewed_at` integer,
	`reviewed_by` text,
	`note` text,
	PRIMARY KEY(`account_id`, `issued_on`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bill_several_more" CHECK("bill_several"."consumption" > "bill_several"."one_period" AND "bill_several"."since" < "bill_several"."until"),
	CONSTRAINT "bill_several_reviewed" CHECK(("bill_several"."reviewed_at" IS NULL) = ("bill_several"."note" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `bill_several_day` ON `bill_several` (`issued_on`,`account_id`);--> statement-breakpoint
CREATE INDEX `bill_several_open` ON `bill_several` (`issued_on`,`account_id`) WHERE "bill_several"."reviewed_at" IS NULL;--> statement-breakpoint
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
	`till` text NOT NULL,
	`purpose` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
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
CREATE TABLE `charge_allocations` (
	`payment_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`charge_id` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`payment_id`, `line_no`),
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`charge_id`) REFERENCES `fee_charges`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "charge_allocations_amount" CHECK("charge_allocations"."amount" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `charge_allocations_charge` ON `charge_allocations` (`charge_id`);--> statement-breakpoint
CREATE TABLE `day_closes` (
	`date` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`number` text,
	`over_short` integer DEFAULT 0 NOT NULL,
	`net` integer DEFAULT 0 NOT NULL,
	`started_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by_id` text,
	`closed_by_name` text,
	`report` text,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "day_closes_state" CHECK(("day_closes"."state" = 'closed') = ("day_closes"."number" IS NOT NULL AND "day_closes"."closed_at" IS NOT NULL AND "day_closes"."report" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `day_closes_number_unique` ON `day_closes` (`number`);--> statement-breakpoint
CREATE TABLE `day_counts` (
	`date` text NOT NULL,
	`till` text NOT NULL,
	`count_id` text NOT NULL,
	PRIMARY KEY(`date`, `till`),
	FOREIGN KEY (`date`) REFERENCES `day_closes`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`count_id`) REFERENCES `cash_counts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `deposit_slips` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`date` text NOT NULL,
	`amount` integer NOT NULL,
	`rows` text NOT NULL,
	`exchanged` integer NOT NULL,
	`till` text NOT NULL,
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
CREATE INDEX `differences_cleared` ON `differences` (`cleared_on`) WHERE "differences"."resolution" = 'next-day' AND "differences"."cleared_on" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`shift_id` text,
	`kind` text NOT NULL,
	`account_id` text NOT NULL,
	`amount` integer NOT NULL,
	`to_prepayment` integer NOT NULL,
	`change` integer NOT NULL,
	`rounding` integer DEFAULT 0 NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`approver_name` text,
	`source_id` text,
	`entry_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount" CHECK(("payments"."kind" = 'refund') = ("payments"."amount" < 0) AND "payments"."amount" <> 0),
	CONSTRAINT "payments_shift" CHECK("payments"."kind" = 'offset' OR "payments"."shift_id" IS NOT NULL),
	CONSTRAINT "payments_source" CHECK("payments"."source_id" IS NULL OR "payments"."kind" = 'offset'),
	CONSTRAINT "payments_change" CHECK("payments"."change" >= 0),
	CONSTRAINT "payments_rounding" CHECK("payments"."rounding" BETWEEN -9 AND 9 AND ("payments"."rounding" = 0 OR "payments"."kind" = 'collection'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payments_day` ON `payments` (`business_date`,`id`);--> statement-breakpoint
CREATE INDEX `payments_account` ON `payments` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`receipt_no` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`till` text NOT NULL,
	`state` text NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "receipts_state" CHECK(("receipts"."state" = 'voided') = ("receipts"."voided_at" IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `receipts_paymentId_unique` ON `receipts` (`payment_id`);--> statement-breakpoint
CREATE TABLE `reversals` (
	`id` text PRIMARY KEY NOT NULL,
	`reversal_no` text NOT NULL,
	`payment_id` text NOT NULL,
	`business_date` text NOT NULL,
	`shift_id` text,
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
CREATE UNIQUE INDEX `reversals_reversalNo_unique` ON `reversals` (`reversal_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `reversals_paymentId_unique` ON `reversals` (`payment_id`);--> statement-breakpoint
CREATE INDEX `reversals_day` ON `reversals` (`business_date`,`id`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`business_date` text NOT NULL,
	`till` text NOT NULL,
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
CREATE UNIQUE INDEX `shifts_one_open` ON `shifts` (`till`) WHERE "shifts"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_one_of_cashier` ON `shifts` (`cashier_id`) WHERE "shifts"."state" = 'open';--> statement-breakpoint
CREATE INDEX `shifts_day` ON `shifts` (`business_date`,`opened_at`);--> statement-breakpoint
CREATE INDEX `shifts_till` ON `shifts` (`till`,`opened_at`);--> statement-breakpoint
CREATE TABLE `statement_lines` (
	`statement_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`means` text NOT NULL,
	`at` integer NOT NULL,
	`reference` text NOT NULL,
	`merchant_reference` text NOT NULL,
	`amount` integer NOT NULL,
	`identity` text NOT NULL,
	`standing` text DEFAULT 'money' NOT NULL,
	`word` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`statement_id`, `line_no`),
	FOREIGN KEY (`statement_id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `statement_lines_identity` ON `statement_lines` (`identity`,`means`) WHERE "statement_lines"."identity" <> '';--> statement-breakpoint
CREATE TABLE `statement_mappings` (
	`headings` text PRIMARY KEY NOT NULL,
	`columns` text NOT NULL,
	`in_words` text NOT NULL,
	`out_words` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `statements` (
	`id` text PRIMARY KEY NOT NULL,
	`date` text NOT NULL,
	`means` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`hash` text,
	`request_id` text,
	`line_count` integer NOT NULL,
	`elsewhere_count` integer DEFAULT 0 NOT NULL,
	`elsewhere_total` integer DEFAULT 0 NOT NULL,
	`total` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`reconciled_with` integer,
	`matched` integer DEFAULT 0 NOT NULL,
	`imported_at` integer NOT NULL,
	`imported_by` text NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "statements_kind" CHECK(("statements"."kind" = 'file') = ("statements"."hash" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `statements_hash_unique` ON `statements` (`hash`);--> statement-breakpoint
CREATE INDEX `statements_day` ON `statements` (`date`,`means`);--> statement-breakpoint
CREATE INDEX `statements_awaited` ON `statements` (`date`,`means`) WHERE "statements"."kind" = 'deferred' AND "statements"."done_at" IS NULL;--> statement-breakpoint
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
CREATE TABLE `class_change_plans` (
	`change_id` text NOT NULL,
	`account_id` text NOT NULL,
	`version` integer NOT NULL,
	`from_plan_id` text NOT NULL,
	`to_plan_id` text NOT NULL,
	PRIMARY KEY(`change_id`, `account_id`),
	FOREIGN KEY (`change_id`) REFERENCES `class_changes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `class_change_plans_account` ON `class_change_plans` (`account_id`,`version`);--> statement-breakpoint
CREATE TABLE `class_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`version` integer NOT NULL,
	`from_class` text NOT NULL,
	`to_class` text NOT NULL,
	`attachment_id` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`approver_id` text NOT NULL,
	`approver_name` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`attachment_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "class_changes_from" CHECK("class_changes"."from_class" IN ('resident', 'industrial', 'commercial', 'public')),
	CONSTRAINT "class_changes_to" CHECK("class_changes"."to_class" IN ('resident', 'industrial', 'commercial', 'public')),
	CONSTRAINT "class_changes_differ" CHECK("class_changes"."from_class" <> "class_changes"."to_class")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `class_changes_customer` ON `class_changes` (`customer_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `class_changes_paper` ON `class_changes` (`attachment_id`);--> statement-breakpoint
CREATE INDEX `class_changes_at` ON `class_changes` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `complaint_parties` (
	`id` text PRIMARY KEY NOT NULL,
	`complaint_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`staff_name` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "complaint_parties_reason" CHECK("complaint_parties"."reason" IN ('named', 'workorder', 'payment'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `complaint_parties_once` ON `complaint_parties` (`complaint_id`,`staff_id`);--> statement-breakpoint
CREATE TABLE `complaint_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`complaint_id` text NOT NULL,
	`no` integer NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`passed` integer,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`person_id` text,
	`person_name` text,
	`reply_channel` text,
	`done_at` integer,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "complaint_steps_kind" CHECK("complaint_steps"."kind" IN ('take', 'assign', 'investigate', 'classify', 'name', 'reply', 'call-back', 'close', 'reopen')),
	CONSTRAINT "complaint_steps_state" CHECK("complaint_steps"."state" IN ('received', 'assigned', 'replied', 'called-back', 'closed')),
	CONSTRAINT "complaint_steps_channel" CHECK("complaint_steps"."reply_channel" IN ('phone', 'visit', 'counter', 'letter', 'online')),
	CONSTRAINT "complaint_steps_reply" CHECK(("complaint_steps"."kind" = 'reply') = ("complaint_steps"."reply_channel" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `complaint_steps_order` ON `complaint_steps` (`complaint_id`,`no`);--> statement-breakpoint
CREATE INDEX `complaint_steps_replied` ON `complaint_steps` (`at`,`id`) WHERE "complaint_steps"."kind" = 'reply';--> statement-breakpoint
CREATE TABLE `complaints` (
	`id` text PRIMARY KEY NOT NULL,
	`complaint_no` text NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`complainant_name` text NOT NULL,
	`complainant_phone` text NOT NULL,
	`customer_id` text,
	`account_id` text,
	`class` text NOT NULL,
	`content` text NOT NULL,
	`subject_kind` text,
	`subject_id` text,
	`subject_no` text NOT NULL,
	`hall_name` text NOT NULL,
	`taken_by` text NOT NULL,
	`taken_at` integer NOT NULL,
	`entered_at` integer NOT NULL,
	`round` integer NOT NULL,
	`round_from` integer NOT NULL,
	`reply_hours` integer NOT NULL,
	`reply_by` integer NOT NULL,
	`due_at` integer NOT NULL,
	`replied_at` integer,
	`first_replied_at` integer,
	`replied_late` integer DEFAULT 0 NOT NULL,
	`satisfaction` text,
	`investigator_id` text,
	`investigator_name` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`investigator_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "complaints_state" CHECK("complaints"."state" IN ('received', 'assigned', 'replied', 'called-back', 'closed')),
	CONSTRAINT "complaints_channel" CHECK("complaints"."channel" IN ('phone', 'visit', 'letter', 'online', 'referred', 'other')),
	CONSTRAINT "complaints_class" CHECK("complaints"."class" IN ('attitude', 'reading', 'bill', 'collection', 'repair-late', 'repair-quality', 'inspection', 'supply', 'installation', 'other')),
	CONSTRAINT "complaints_subject_kind" CHECK("complaints"."subject_kind" IN ('workorder', 'bill', 'payment')),
	CONSTRAINT "complaints_satisfaction" CHECK("complaints"."satisfaction" IN ('satisfied', 'dissatisfied', 'unreachable')),
	CONSTRAINT "complaints_entered" CHECK("complaints"."taken_at" <= "complaints"."entered_at"),
	CONSTRAINT "complaints_round" CHECK("complaints"."round" >= 1),
	CONSTRAINT "complaints_reply_hours" CHECK("complaints"."reply_hours" BETWEEN 1 AND 48),
	CONSTRAINT "complaints_subject" CHECK(("complaints"."subject_kind" IS NULL) = ("complaints"."subject_id" IS NULL)),
	CONSTRAINT "complaints_investigator" CHECK(("complaints"."investigator_id" IS NULL) = ("complaints"."investigator_name" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `complaints_complaintNo_unique` ON `complaints` (`complaint_no`);--> statement-breakpoint
CREATE INDEX `complaints_open` ON `complaints` (`due_at`,`id`) WHERE "complaints"."state" NOT IN ('closed');--> statement-breakpoint
CREATE INDEX `complaints_state` ON `complaints` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `complaints_account` ON `complaints` (`account_id`,`taken_at`);--> statement-breakpoint
CREATE INDEX `complaints_phone` ON `complaints` (`complainant_phone`,`taken_at`);--> statement-breakpoint
CREATE INDEX `complaints_taken` ON `complaints` (`taken_at`,`id`);--> statement-breakpoint
CREATE TABLE `contract_acceptances` (
	`template_id` text PRIMARY KEY NOT NULL,
	`accepted_at` integer NOT NULL,
	`accepted_by` text NOT NULL,
	`accepted_by_name` text NOT NULL,
	FOREIGN KEY (`template_id`) REFERENCES `contract_templates`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `contract_extensions` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`valid_until` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`contract_id`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contract_extensions_until` ON `contract_extensions` (`contract_id`,`valid_until`);--> statement-breakpoint
CREATE INDEX `contract_extensions_at` ON `contract_extensions` (`at`);--> statement-breakpoint
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
	`different_reason` text DEFAULT '' NOT NULL,
	`different_approver_id` text,
	`paper_no` text,
	`paper_reason` text DEFAULT '' NOT NULL,
	`paper_approver_id` text,
	`signed_recorded_at` integer,
	`signed_recorded_by` text,
	`scan_attachment_id` text,
	`valid_until` text,
	`renew_by` text,
	`ended_on` text,
	`end_reason` text,
	`voided_at` integer,
	`voided_by` text,
	`void_reason` text,
	FOREIGN KEY (`template_id`) REFERENCES `contract_templates`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`different_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`paper_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`scan_attachment_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contracts_state" CHECK("contracts"."state" IN ('draft', 'printed', 'signed', 'void')),
	CONSTRAINT "contracts_signed" CHECK("contracts"."state" <> 'signed' OR ("contracts"."signed_on" IS NOT NULL AND "contracts"."signatory" IS NOT NULL AND "contracts"."company_signatory" IS NOT NULL)),
	CONSTRAINT "contracts_paper" CHECK(("contracts"."paper_no" IS NULL) = ("contracts"."paper_approver_id" IS NULL) AND ("contracts"."paper_no" IS NULL OR (trim("contracts"."paper_no") <> '' AND trim("contracts"."paper_reason") <> ''))),
	CONSTRAINT "contracts_ended" CHECK("contracts"."ended_on" IS NULL OR ("contracts"."state" = 'signed' AND "contracts"."end_reason" IS NOT NULL)),
	CONSTRAINT "contracts_term" CHECK(("contracts"."valid_until" IS NULL) = ("contracts"."signed_on" IS NULL)),
	CONSTRAINT "contracts_fields" CHECK(json_valid("contracts"."fields"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_contractNo_unique` ON `contracts` (`contract_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_living` ON `contracts` (`application_id`,`kind`) WHERE "contracts"."state" <> 'void';--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_paper_no` ON `contracts` (`paper_no`,`kind`) WHERE "contracts"."paper_no" IS NOT NULL AND "contracts"."state" <> 'void';--> statement-breakpoint
CREATE INDEX `contracts_signed_on` ON `contracts` (`signed_on`,`id`) WHERE "contracts"."signed_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contracts_renew_by` ON `contracts` (`renew_by`,`account_id`) WHERE "contracts"."renew_by" IS NOT NULL AND "contracts"."ended_on" IS NULL AND "contracts"."account_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contracts_application` ON `contracts` (`application_id`);--> statement-breakpoint
CREATE INDEX `contracts_customer` ON `contracts` (`customer_id`);--> statement-breakpoint
CREATE INDEX `contracts_account` ON `contracts` (`account_id`);--> statement-breakpoint
CREATE TABLE `account_aliases` (
	`source` text NOT NULL,
	`alias` text NOT NULL,
	`account_id` text NOT NULL,
	`shown` text NOT NULL,
	`short` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`source`, `alias`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_aliases_alias` ON `account_aliases` (`alias`);--> statement-breakpoint
CREATE INDEX `account_aliases_account` ON `account_aliases` (`account_id`);--> statement-breakpoint
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
CREATE INDEX `accounts_price_plan` ON `accounts` (`price_plan_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_one_active` ON `accounts` (`service_point_id`) WHERE "accounts"."state" = 'active';--> statement-breakpoint
CREATE INDEX `accounts_opened` ON `accounts` (`opened_on`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_closed` ON `accounts` (`closed_on`,`id`) WHERE "accounts"."closed_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_in_arrears` ON `accounts` (`arrears`,`id`,`prepayment`) WHERE "accounts"."arrears" > 0;--> statement-breakpoint
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
CREATE TABLE `customer_counts` (
	`what` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL,
	CONSTRAINT "customer_counts_n" CHECK("customer_counts"."n" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
	`special` integer NOT NULL,
	`street` text DEFAULT '' NOT NULL,
	`community` text DEFAULT '' NOT NULL,
	`building` text DEFAULT '' NOT NULL
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
CREATE INDEX `customer_index_street` ON `customer_index` (`street`,`community`,`building`,`standing`,`special`);--> statement-breakpoint
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
CREATE TABLE `hidden_events` (
	`subject` text NOT NULL,
	`staff_id` text NOT NULL,
	PRIMARY KEY(`subject`, `staff_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `recent_customers` (
	`staff_id` text NOT NULL,
	`subject` text NOT NULL,
	`turn` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `subject`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `recent_customers_turn` ON `recent_customers` (`staff_id`,`turn`);--> statement-breakpoint
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
CREATE INDEX `service_points_street` ON `service_points` (`street`,`community`,`building`,`unit`,`room`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`staff_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`path` text NOT NULL,
	`body` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `key`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "drafts_body" CHECK(json_valid("drafts"."body"))
) STRICT;
--> statement-breakpoint
CREATE INDEX `drafts_mine` ON `drafts` (`staff_id`,`updated_at`);--> statement-breakpoint
CREATE INDEX `drafts_updated` ON `drafts` (`updated_at`);--> statement-breakpoint
CREATE TABLE `drill_defects` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_id` text NOT NULL,
	`what` text NOT NULL,
	`responsible` text NOT NULL,
	`due_on` text NOT NULL,
	`mended_on` text,
	`mended_by` text,
	`mended_note` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`drill_id`) REFERENCES `drills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "drill_defects_mended" CHECK(("drill_defects"."mended_on" IS NULL) = ("drill_defects"."mended_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `drill_defects_drill` ON `drill_defects` (`drill_id`);--> statement-breakpoint
CREATE INDEX `drill_defects_open` ON `drill_defects` (`due_on`) WHERE "drill_defects"."mended_on" IS NULL;--> statement-breakpoint
CREATE TABLE `drill_participants` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_id` text NOT NULL,
	`staff_id` text,
	`customer_id` text,
	`account_id` text,
	`name` text NOT NULL,
	`place` text NOT NULL,
	FOREIGN KEY (`drill_id`) REFERENCES `drills`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "drill_participants_who" CHECK(("drill_participants"."staff_id" IS NULL) <> ("drill_participants"."customer_id" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `drill_participants_drill` ON `drill_participants` (`drill_id`);--> statement-breakpoint
CREATE INDEX `drill_participants_staff` ON `drill_participants` (`staff_id`);--> statement-breakpoint
CREATE INDEX `drill_participants_customer` ON `drill_participants` (`customer_id`);--> statement-breakpoint
CREATE TABLE `drills` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_no` text NOT NULL,
	`kind` text NOT NULL,
	`form` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`planned_on` text NOT NULL,
	`held_on` text,
	`on_date` text NOT NULL,
	`place` text NOT NULL,
	`scenario` text NOT NULL,
	`result` text,
	`evaluation` text NOT NULL,
	`others` integer NOT NULL,
	`cancel_reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`held_by` text,
	`closed_at` integer,
	`closed_by` text,
	CONSTRAINT "drills_held" CHECK(("drills"."state" IN ('held', 'closed')) = ("drills"."held_on" IS NOT NULL)),
	CONSTRAINT "drills_result" CHECK(("drills"."held_on" IS NULL) = ("drills"."result" IS NULL)),
	CONSTRAINT "drills_on_date" CHECK("drills"."on_date" = coalesce("drills"."held_on", "drills"."planned_on")),
	CONSTRAINT "drills_others" CHECK("drills"."others" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `drills_drillNo_unique` ON `drills` (`drill_no`);--> statement-breakpoint
CREATE INDEX `drills_date` ON `drills` (`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `drills_state` ON `drills` (`state`,`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `drills_held_on` ON `drills` (`held_on`);--> statement-breakpoint
CREATE TABLE `emergency_plan_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`no` integer,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`writers` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`approved_at` integer,
	`approved_by_id` text,
	`approved_by` text,
	`note` text NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `emergency_plans`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "emergency_plan_versions_content" CHECK(json_valid("emergency_plan_versions"."content") AND json_valid("emergency_plan_versions"."writers")),
	CONSTRAINT "emergency_plan_versions_approved" CHECK(("emergency_plan_versions"."state" = 'approved') = ("emergency_plan_versions"."approved_at" IS NOT NULL)),
	CONSTRAINT "emergency_plan_versions_no" CHECK(("emergency_plan_versions"."no" IS NULL) = ("emergency_plan_versions"."approved_at" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `emergency_plan_versions_plan` ON `emergency_plan_versions` (`plan_id`,`no`);--> statement-breakpoint
CREATE UNIQUE INDEX `emergency_plan_versions_draft` ON `emergency_plan_versions` (`plan_id`) WHERE "emergency_plan_versions"."state" = 'draft';--> statement-breakpoint
CREATE TABLE `emergency_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	`retired_by` text,
	`retired_reason` text,
	CONSTRAINT "emergency_plans_retired" CHECK(("emergency_plans"."retired_at" IS NULL) = ("emergency_plans"."retired_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE TABLE `fee_charges` (
	`id` text PRIMARY KEY NOT NULL,
	`charge_no` text NOT NULL,
	`account_id` text NOT NULL,
	`item_id` text NOT NULL,
	`version_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`unit` text NOT NULL,
	`place` text NOT NULL,
	`ground` text,
	`quantity` integer NOT NULL,
	`unit_price` integer NOT NULL,
	`amount` integer NOT NULL,
	`tax` integer NOT NULL,
	`consent` text NOT NULL,
	`note` text NOT NULL,
	`paid` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`business_date` text NOT NULL,
	`entry_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` text,
	`withdraw_reason` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `fee_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `fee_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`business_date`) REFERENCES `business_days`(`date`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `journal_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "fee_charges_kind" CHECK("fee_charges"."kind" IN ('service', 'goods', 'insurance')),
	CONSTRAINT "fee_charges_place" CHECK("fee_charges"."place" IN ('counter', 'opening', 'transfer', 'exchange', 'repair')),
	CONSTRAINT "fee_charges_state" CHECK("fee_charges"."state" IN ('open', 'settled', 'withdrawn')),
	CONSTRAINT "fee_charges_quantity" CHECK("fee_charges"."quantity" > 0 AND "fee_charges"."unit_price" > 0 AND "fee_charges"."amount" > 0),
	CONSTRAINT "fee_charges_tax" CHECK("fee_charges"."tax" BETWEEN 0 AND "fee_charges"."amount"),
	CONSTRAINT "fee_charges_paid" CHECK("fee_charges"."paid" BETWEEN 0 AND "fee_charges"."amount"),
	CONSTRAINT "fee_charges_settled" CHECK(("fee_charges"."state" = 'settled') = ("fee_charges"."paid" = "fee_charges"."amount")),
	CONSTRAINT "fee_charges_withdrawn" CHECK(("fee_charges"."state" = 'withdrawn') = ("fee_charges"."withdrawn_at" IS NOT NULL) AND ("fee_charges"."state" <> 'withdrawn' OR ("fee_charges"."paid" = 0 AND trim("fee_charges"."withdraw_reason") <> ''))),
	CONSTRAINT "fee_charges_ground" CHECK(CASE "fee_charges"."place" WHEN 'exchange' THEN coalesce("fee_charges"."ground", '') IN ('wish', 'damaged')
        WHEN 'repair' THEN coalesce("fee_charges"."ground", '') = 'after-meter' ELSE "fee_charges"."ground" IS NULL END),
	CONSTRAINT "fee_charges_sold" CHECK("fee_charges"."kind" = 'service' OR ("fee_charges"."place" = 'counter' AND trim("fee_charges"."consent") <> ''))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_charges_chargeNo_unique` ON `fee_charges` (`charge_no`);--> statement-breakpoint
CREATE INDEX `fee_charges_account` ON `fee_charges` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `fee_charges_open` ON `fee_charges` (`account_id`,`id`) WHERE "fee_charges"."state" = 'open';--> statement-breakpoint
CREATE INDEX `fee_charges_day` ON `fee_charges` (`business_date`,`id`);--> statement-breakpoint
CREATE TABLE `fee_items` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`unit` text NOT NULL,
	`account` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	CONSTRAINT "fee_items_kind" CHECK("fee_items"."kind" IN ('service', 'goods', 'insurance')),
	CONSTRAINT "fee_items_account" CHECK("fee_items"."account" IN ('fee-revenue', 'installation-revenue', 'goods-revenue', 'agency-payable')),
	CONSTRAINT "fee_items_state" CHECK("fee_items"."state" IN ('in-force', 'stopped')),
	CONSTRAINT "fee_items_own" CHECK(("fee_items"."kind" = 'insurance') = ("fee_items"."account" = 'agency-payable') AND ("fee_items"."kind" = 'goods') = ("fee_items"."account" = 'goods-revenue'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_items_name_unique` ON `fee_items` (`name`);--> statement-breakpoint
CREATE TABLE `fee_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`effective_from` text NOT NULL,
	`price` integer NOT NULL,
	`max_price` integer NOT NULL,
	`tax_rate` integer NOT NULL,
	`document` text NOT NULL,
	`places` text NOT NULL,
	`buyers` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`approver_name` text,
	FOREIGN KEY (`item_id`) REFERENCES `fee_items`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "fee_versions_price" CHECK("fee_versions"."price" > 0 AND "fee_versions"."max_price" >= "fee_versions"."price"),
	CONSTRAINT "fee_versions_tax" CHECK("fee_versions"."tax_rate" BETWEEN 0 AND 10000),
	CONSTRAINT "fee_versions_document" CHECK(trim("fee_versions"."document") <> ''),
	CONSTRAINT "fee_versions_lists" CHECK(json_array_length("fee_versions"."places") > 0 AND json_array_length("fee_versions"."buyers") > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_versions_effective` ON `fee_versions` (`item_id`,`effective_from`);--> statement-breakpoint
CREATE TABLE `followup_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`source` text NOT NULL,
	`subject_id` text NOT NULL,
	`round` integer NOT NULL,
	`sample_id` text,
	`number` text NOT NULL,
	`customer_id` text,
	`account_id` text,
	`customer_name` text NOT NULL,
	`person_name` text,
	`result` text NOT NULL,
	`answers` text NOT NULL,
	`note` text NOT NULL,
	`reopened_as` text,
	`reopened_no` text,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`sample_id`) REFERENCES `followup_samples`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "followup_calls_answers" CHECK(json_valid("followup_calls"."answers")),
	CONSTRAINT "followup_calls_reopened" CHECK(("followup_calls"."result" = 'dissatisfied') = ("followup_calls"."reopened_as" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `followup_calls_subject` ON `followup_calls` (`subject_id`,`round`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `followup_calls_concluded` ON `followup_calls` (`subject_id`,`round`,`service`) WHERE "followup_calls"."result" <> 'unreached';--> statement-breakpoint
CREATE INDEX `followup_calls_at` ON `followup_calls` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `followup_calls_result` ON `followup_calls` (`result`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `followup_draws` (
	`id` text PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`seed` text NOT NULL,
	`percent` integer NOT NULL,
	`population` integer NOT NULL,
	`size` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	CONSTRAINT "followup_draws_period" CHECK("followup_draws"."to_date" >= "followup_draws"."from_date"),
	CONSTRAINT "followup_draws_percent" CHECK("followup_draws"."percent" BETWEEN 1 AND 100),
	CONSTRAINT "followup_draws_size" CHECK("followup_draws"."size" BETWEEN 0 AND "followup_draws"."population")
) STRICT;
--> statement-breakpoint
CREATE INDEX `followup_draws_service` ON `followup_draws` (`service`,`from_date`);--> statement-breakpoint
CREATE INDEX `followup_draws_at` ON `followup_draws` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `followup_samples` (
	`id` text PRIMARY KEY NOT NULL,
	`draw_id` text NOT NULL,
	`service` text NOT NULL,
	`source` text NOT NULL,
	`event_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`number` text NOT NULL,
	`customer_name` text NOT NULL,
	`person_name` text,
	`finished_at` integer NOT NULL,
	`involved` text NOT NULL,
	`assignee_id` text,
	`assignee_name` text,
	`state` text NOT NULL,
	`drawn_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`draw_id`) REFERENCES `followup_draws`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "followup_samples_involved" CHECK(json_valid("followup_samples"."involved")),
	CONSTRAINT "followup_samples_assignee" CHECK(("followup_samples"."assignee_id" IS NULL) = ("followup_samples"."assignee_name" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `followup_samples_eventId_unique` ON `followup_samples` (`event_id`);--> statement-breakpoint
CREATE INDEX `followup_samples_due` ON `followup_samples` (`drawn_at`,`id`) WHERE "followup_samples"."state" = 'due';--> statement-breakpoint
CREATE INDEX `followup_samples_draw` ON `followup_samples` (`draw_id`);--> statement-breakpoint
CREATE TABLE `golive_points` (
	`item` text PRIMARY KEY NOT NULL,
	`choice` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	CONSTRAINT "golive_points_choice" CHECK("golive_points"."choice" IN ('done', 'not-needed'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_mappings` (
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`headings` text NOT NULL,
	`plans` text NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`source`, `kind`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_mappings_used` ON `import_mappings` (`used_at`);--> statement-breakpoint
CREATE TABLE `import_places` (
	`source` text NOT NULL,
	`written` text NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	PRIMARY KEY(`source`, `kind`, `written`),
	CONSTRAINT "import_places_kind" CHECK(("import_places"."kind" = 'whole') = ("import_places"."place" <> ''))
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_problems` (
	`import_id` text NOT NULL,
	`row_no` integer NOT NULL,
	`no` integer NOT NULL,
	`level` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`import_id`, `row_no`, `no`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_problems_level" CHECK("import_problems"."level" IN ('bad', 'notice'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_problems_level` ON `import_problems` (`import_id`,`level`,`row_no`,`no`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`import_id` text NOT NULL,
	`row_no` integer NOT NULL,
	`customer_id` text,
	`account_id` text,
	`made_customer` integer DEFAULT 0 NOT NULL,
	`made_account` integer DEFAULT 0 NOT NULL,
	`service_point_id` text,
	`meter_id` text,
	`reading_id` text,
	`bill_id` text,
	`event_id` text,
	`staff_id` text,
	`certificate_id` text,
	`cycle_start` text,
	`prepayment` integer DEFAULT 0 NOT NULL,
	`arrears` integer DEFAULT 0 NOT NULL,
	`care` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`import_id`, `row_no`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_rows_account` ON `import_rows` (`account_id`);--> statement-breakpoint
CREATE INDEX `import_rows_customer` ON `import_rows` (`customer_id`);--> statement-breakpoint
CREATE TABLE `import_staged` (
	`import_id` text NOT NULL,
	`row_no` integer NOT NULL,
	`cells` text NOT NULL,
	`parsed` text,
	`account_key` text,
	`meter_key` text,
	`place_key` text,
	`identity_key` text,
	`name` text,
	`supplied` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`import_id`, `row_no`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_staged_account` ON `import_staged` (`import_id`,`account_key`,`row_no`);--> statement-breakpoint
CREATE INDEX `import_staged_meter` ON `import_staged` (`import_id`,`meter_key`,`row_no`);--> statement-breakpoint
CREATE INDEX `import_staged_place` ON `import_staged` (`import_id`,`place_key`,`row_no`);--> statement-breakpoint
CREATE INDEX `import_staged_identity` ON `import_staged` (`import_id`,`identity_key`,`name`,`row_no`);--> statement-breakpoint
CREATE TABLE `import_window_acts` (
	`no` integer PRIMARY KEY NOT NULL,
	`act` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`approver_id` text,
	`approver_name` text,
	FOREIGN KEY (`by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_window_acts_act" CHECK("import_window_acts"."act" IN ('closed', 'opened')),
	CONSTRAINT "import_window_acts_turn" CHECK(("import_window_acts"."act" = 'closed') = ("import_window_acts"."no" % 2 = 1)),
	CONSTRAINT "import_window_acts_two" CHECK(("import_window_acts"."act" = 'opened') = ("import_window_acts"."approver_id" IS NOT NULL AND "import_window_acts"."reason" <> ''))
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_work` (
	`import_id` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`checked_through` integer DEFAULT 0 NOT NULL,
	`indexed_through` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`import_no` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`file_name` text NOT NULL,
	`hash` text NOT NULL,
	`size` integer NOT NULL,
	`sheet` text NOT NULL,
	`heading_row` integer NOT NULL,
	`headings` text NOT NULL,
	`mapping` text NOT NULL,
	`plans` text NOT NULL,
	`state` text NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`good` integer DEFAULT 0 NOT NULL,
	`bad` integer DEFAULT 0 NOT NULL,
	`notices` integer DEFAULT 0 NOT NULL,
	`skipped` integer DEFAULT 0 NOT NULL,
	`left_out` integer DEFAULT 0 NOT NULL,
	`supplied` integer DEFAULT 0 NOT NULL,
	`supplied_approval_id` text,
	`supplied_approver_name` text,
	`supplied_reason` text,
	`brought` text,
	`entry_id` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`committed_at` integer,
	`committed_by` text,
	`committed_by_name` text,
	`undone_at` integer,
	`undone_by_name` text,
	`undo_reason` text,
	CONSTRAINT "imports_state" CHECK("imports"."state" IN ('reading', 'checking', 'checked', 'indexing', 'done', 'undoing', 'undone', 'discarded')),
	CONSTRAINT "imports_counts" CHECK("imports"."good" + "imports"."bad" <= "imports"."rows")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_importNo_unique` ON `imports` (`import_no`);--> statement-breakpoint
CREATE INDEX `imports_created` ON `imports` (`created_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `imports_one_open` ON `imports` (1) WHERE "imports"."state" IN ('reading', 'checking', 'checked');--> statement-breakpoint
CREATE UNIQUE INDEX `imports_file_once` ON `imports` (`hash`,`sheet`,`kind`) WHERE "imports"."state" IN ('indexing', 'done', 'undoing');--> statement-breakpoint
CREATE INDEX `imports_unfinished` ON `imports` (`state`) WHERE "imports"."state" IN ('reading', 'checking', 'checked', 'indexing');--> statement-breakpoint
CREATE TABLE `hazard_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`hazard_id` text NOT NULL,
	`no` integer NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`passed` integer,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`worker_id` text,
	`worker_name` text,
	`attachment_id` text,
	`done_on` text,
	FOREIGN KEY (`hazard_id`) REFERENCES `hazards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worker_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`attachment_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hazard_steps_kind" CHECK("hazard_steps"."kind" IN ('find', 'regrade', 'withdraw', 'deliver', 'measure', 'stay', 'report', 'photo', 'mend', 'reinspect', 'call-back', 'close')),
	CONSTRAINT "hazard_steps_state" CHECK("hazard_steps"."state" IN ('open', 'mended', 'passed', 'called-back', 'closed', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `hazard_steps_hazard` ON `hazard_steps` (`hazard_id`,`no`);--> statement-breakpoint
CREATE INDEX `hazard_steps_finished` ON `hazard_steps` (`at`,`id`) WHERE "hazard_steps"."kind" = 'reinspect' AND "hazard_steps"."state" = 'passed';--> statement-breakpoint
CREATE TABLE `hazards` (
	`id` text PRIMARY KEY NOT NULL,
	`hazard_no` text NOT NULL,
	`visit_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`account_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`resident` integer NOT NULL,
	`item` text NOT NULL,
	`grade` text NOT NULL,
	`text` text NOT NULL,
	`mender` text NOT NULL,
	`deadline` text NOT NULL,
	`first_deadline` text NOT NULL,
	`state` text NOT NULL,
	`round` integer NOT NULL,
	`found_on` text NOT NULL,
	`finder_id` text NOT NULL,
	`finder_name` text NOT NULL,
	`measures` text NOT NULL,
	`lowered_reason` text DEFAULT '' NOT NULL,
	`lowered_by_id` text,
	`lowered_by` text DEFAULT '' NOT NULL,
	`support_called_at` integer,
	`support_arrived_at` integer,
	`released_at` integer,
	`reported_to` text NOT NULL,
	`mended_on` text,
	`passed_on` text,
	`passed_at` integer,
	`closed_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `inspection_visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`notice_id`) REFERENCES `rectification_notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finder_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lowered_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hazards_grade" CHECK("hazards"."grade" IN ('general', 'serious', 'critical')),
	CONSTRAINT "hazards_mender" CHECK("hazards"."mender" IN ('customer', 'company', 'third-party')),
	CONSTRAINT "hazards_state" CHECK("hazards"."state" IN ('open', 'mended', 'passed', 'called-back', 'closed', 'withdrawn')),
	CONSTRAINT "hazards_round" CHECK("hazards"."round" >= 1),
	CONSTRAINT "hazards_passed" CHECK(("hazards"."passed_on" IS NOT NULL) = ("hazards"."state" IN ('passed', 'called-back', 'closed'))),
	CONSTRAINT "hazards_passed_at" CHECK(("hazards"."passed_at" IS NULL) = ("hazards"."passed_on" IS NULL)),
	CONSTRAINT "hazards_closed" CHECK(("hazards"."closed_at" IS NOT NULL) = ("hazards"."state" = 'closed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `hazards_hazardNo_unique` ON `hazards` (`hazard_no`);--> statement-breakpoint
CREATE INDEX `hazards_account` ON `hazards` (`account_id`,`found_on`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_visit` ON `hazards` (`visit_id`);--> statement-breakpoint
CREATE INDEX `hazards_notice` ON `hazards` (`notice_id`);--> statement-breakpoint
CREATE INDEX `hazards_unmended` ON `hazards` (`deadline`,`id`) WHERE "hazards"."passed_on" IS NULL AND "hazards"."state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX `hazards_grave` ON `hazards` (`deadline`,`id`) WHERE "hazards"."grade" <> 'general' AND "hazards"."passed_on" IS NULL AND "hazards"."state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX `hazards_state` ON `hazards` (`state`,`deadline`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_found` ON `hazards` (`found_on`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_aging` ON `hazards` (`found_on`,`id`) WHERE "hazards"."passed_on" IS NULL AND "hazards"."state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX `hazards_passed` ON `hazards` (`passed_on`,`id`) WHERE "hazards"."passed_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `hazards_callback` ON `hazards` (`passed_at`,`id`) WHERE "hazards"."state" = 'passed';--> statement-breakpoint
CREATE INDEX `hazards_closed` ON `hazards` (`closed_at`,`id`) WHERE "hazards"."closed_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `inspection_loads` (
	`by` text NOT NULL,
	`day` text NOT NULL,
	`open` integer NOT NULL,
	PRIMARY KEY(`by`, `day`),
	CONSTRAINT "inspection_loads_by" CHECK("inspection_loads"."by" IN ('period', 'visit', 'refused', 'absent', 'unassigned')),
	CONSTRAINT "inspection_loads_open" CHECK("inspection_loads"."open" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inspection_rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`round_no` text NOT NULL,
	`resident` integer NOT NULL,
	`week_on` text NOT NULL,
	`community` text NOT NULL,
	`building` text NOT NULL,
	`part` integer NOT NULL,
	`assignee_id` text,
	`assignee_name` text,
	`assigned_at` integer,
	`assigned_by` text,
	`own_items` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`assignee_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_rounds_resident" CHECK("inspection_rounds"."resident" IN (0, 1)),
	CONSTRAINT "inspection_rounds_assigned" CHECK(("inspection_rounds"."assignee_id" IS NULL) = ("inspection_rounds"."assigned_at" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inspection_rounds_roundNo_unique` ON `inspection_rounds` (`round_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `inspection_rounds_place` ON `inspection_rounds` (`week_on`,`community`,`building`,`resident`,`part`);--> statement-breakpoint
CREATE INDEX `inspection_rounds_walk` ON `inspection_rounds` (`week_on`,`community`,`building`,`id`);--> statement-breakpoint
CREATE INDEX `inspection_rounds_unassigned` ON `inspection_rounds` (`week_on`,`id`) WHERE "inspection_rounds"."assignee_id" IS NULL;--> statement-breakpoint
CREATE INDEX `inspection_rounds_assignee` ON `inspection_rounds` (`assignee_id`) WHERE "inspection_rounds"."assignee_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `inspection_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`year` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` text NOT NULL,
	`finished_at` integer,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`added` integer DEFAULT 0 NOT NULL,
	`dropped` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "inspection_runs_state" CHECK("inspection_runs"."state" IN ('running', 'cancelling', 'cancelled', 'finished'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inspection_runs_one_live` ON `inspection_runs` (1) WHERE "inspection_runs"."state" IN ('running', 'cancelling');--> statement-breakpoint
CREATE TABLE `inspection_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`account_id` text NOT NULL,
	`year` integer NOT NULL,
	`slot` integer NOT NULL,
	`extra` integer DEFAULT 0 NOT NULL,
	`cause` text,
	`cause_note` text DEFAULT '' NOT NULL,
	`requested_by` text DEFAULT '' NOT NULL,
	`resident` integer NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`visit_on` text NOT NULL,
	`state` text NOT NULL,
	`absences` integer NOT NULL,
	`done_on` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `inspection_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_tasks_state" CHECK("inspection_tasks"."state" IN ('planned', 'passed', 'hazard', 'refused', 'dropped')),
	CONSTRAINT "inspection_tasks_done" CHECK(("inspection_tasks"."done_on" IS NOT NULL) = ("inspection_tasks"."state" IN ('passed', 'hazard'))),
	CONSTRAINT "inspection_tasks_extra" CHECK("inspection_tasks"."extra" IN (0, 1) AND "inspection_tasks"."extra" = ("inspection_tasks"."slot" > 100)),
	CONSTRAINT "inspection_tasks_cause" CHECK("inspection_tasks"."extra" = 0 OR "inspection_tasks"."cause" IS NOT NULL),
	CONSTRAINT "inspection_tasks_absences" CHECK("inspection_tasks"."absences" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inspection_tasks_slot` ON `inspection_tasks` (`account_id`,`year`,`resident`,`slot`);--> statement-breakpoint
CREATE INDEX `inspection_tasks_round` ON `inspection_tasks` (`round_id`,`state`);--> statement-breakpoint
CREATE INDEX `inspection_tasks_open` ON `inspection_tasks` (`period_to`,`id`) WHERE "inspection_tasks"."state" IN ('planned', 'refused');--> statement-breakpoint
CREATE INDEX `inspection_tasks_visit` ON `inspection_tasks` (`visit_on`,`id`) WHERE "inspection_tasks"."state" IN ('planned', 'refused');--> statement-breakpoint
CREATE INDEX `inspection_tasks_arranged` ON `inspection_tasks` (CASE WHEN "visit_on" < "period_to" THEN "visit_on" ELSE "period_to" END,`id`);--> statement-breakpoint
CREATE INDEX `inspection_tasks_refused` ON `inspection_tasks` (`period_to`,`id`) WHERE "inspection_tasks"."state" = 'refused';--> statement-breakpoint
CREATE INDEX `inspection_tasks_absent` ON `inspection_tasks` (`period_to`,`id`) WHERE "inspection_tasks"."state" = 'planned' AND "inspection_tasks"."absences" >= 3;--> statement-breakpoint
CREATE INDEX `inspection_tasks_done` ON `inspection_tasks` (`done_on`,`id`) WHERE "inspection_tasks"."done_on" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `inspection_tasks_period` ON `inspection_tasks` (`year`,`resident`,`period_from`,`period_to`,`state`,`done_on`,`absences`,`extra`);--> statement-breakpoint
CREATE TABLE `inspection_visits` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_no` text NOT NULL,
	`task_id` text NOT NULL,
	`account_id` text NOT NULL,
	`visited_on` text NOT NULL,
	`arrived_at` integer NOT NULL,
	`outcome` text NOT NULL,
	`inspector_id` text NOT NULL,
	`inspector_name` text NOT NULL,
	`signatory` text NOT NULL,
	`unsigned_reason` text DEFAULT '' NOT NULL,
	`unsigned_witness` text DEFAULT '' NOT NULL,
	`unsigned_photo_id` text,
	`proof_drawn` integer DEFAULT 0 NOT NULL,
	`proof_id` text,
	`note` text NOT NULL,
	`checks` text NOT NULL,
	`round_id` text NOT NULL,
	`state_before` text NOT NULL,
	`absences_before` integer NOT NULL,
	`visit_on_before` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	`voided_at` integer,
	`voided_by` text,
	`void_reason` text,
	FOREIGN KEY (`task_id`) REFERENCES `inspection_tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inspector_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unsigned_photo_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proof_id`) REFERENCES `attachments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `inspection_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_visits_outcome" CHECK("inspection_visits"."outcome" IN ('passed', 'hazard', 'absent', 'refused')),
	CONSTRAINT "inspection_visits_drawn" CHECK("inspection_visits"."proof_drawn" IN (0, 1)),
	CONSTRAINT "inspection_visits_voided" CHECK(("inspection_visits"."voided_at" IS NULL) = ("inspection_visits"."void_reason" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inspection_visits_visitNo_unique` ON `inspection_visits` (`visit_no`);--> statement-breakpoint
CREATE INDEX `inspection_visits_account` ON `inspection_visits` (`account_id`,`visited_on`,`id`);--> statement-breakpoint
CREATE INDEX `inspection_visits_task` ON `inspection_visits` (`task_id`,`id`);--> statement-breakpoint
CREATE INDEX `inspection_visits_round` ON `inspection_visits` (`round_id`);--> statement-breakpoint
CREATE INDEX `inspection_visits_day` ON `inspection_visits` (`visited_on`,`id`,`outcome`,`voided_at`);--> statement-breakpoint
CREATE INDEX `inspection_visits_finished` ON `inspection_visits` (`entered_at`,`id`) WHERE "inspection_visits"."outcome" = 'passed';--> statement-breakpoint
CREATE INDEX `inspection_visits_outcome` ON `inspection_visits` (`outcome`,`visited_on`,`id`);--> statement-breakpoint
CREATE INDEX `inspection_visits_unsigned` ON `inspection_visits` (`visited_on`,`id`) WHERE "inspection_visits"."unsigned_reason" <> '';--> statement-breakpoint
CREATE TABLE `rectification_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`notice_no` text NOT NULL,
	`visit_id` text NOT NULL,
	`issued_on` text NOT NULL,
	`delivered_on` text,
	`delivered_by` text,
	`received_by` text,
	`receipt` text,
	FOREIGN KEY (`visit_id`) REFERENCES `inspection_visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rectification_notices_delivered" CHECK(("rectification_notices"."delivered_on" IS NULL) = ("rectification_notices"."receipt" IS NULL)),
	CONSTRAINT "rectification_notices_receipt" CHECK("rectification_notices"."receipt" IN ('signed', 'refused', 'posted'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rectification_notices_noticeNo_unique` ON `rectification_notices` (`notice_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `rectification_notices_visitId_unique` ON `rectification_notices` (`visit_id`);--> statement-breakpoint
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
	`worker_id` text,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worker_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "installation_records_passed" CHECK("installation_records"."passed" IS NULL OR "installation_records"."passed" IN (0, 1)),
	CONSTRAINT "installation_records_body" CHECK(json_valid("installation_records"."body"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `installation_records_no` ON `installation_records` (`application_id`,`no`);--> statement-breakpoint
CREATE INDEX `installation_records_ignited` ON `installation_records` (`at`,`id`) WHERE "installation_records"."kind" = 'ignition';--> statement-breakpoint
CREATE TABLE `balance_gaps` (
	`account_id` text PRIMARY KEY NOT NULL,
	`arrears` integer NOT NULL,
	`prepayment` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
CREATE TABLE `ledger_turnover` (
	`date` text NOT NULL,
	`account` text NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	PRIMARY KEY(`date`, `account`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `meters` (
	`id` text PRIMARY KEY NOT NULL,
	`meter_no` text NOT NULL,
	`kind` text NOT NULL,
	`model` text NOT NULL,
	`digits` integer NOT NULL,
	`service_point_id` text NOT NULL,
	`position` integer DEFAULT 1 NOT NULL,
	`state` text NOT NULL,
	`initial_index` integer NOT NULL,
	`installed_on` text NOT NULL,
	`removed_on` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meters_digits" CHECK("meters"."digits" BETWEEN 4 AND 9),
	CONSTRAINT "meters_position" CHECK("meters"."position" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `meters_meterNo_unique` ON `meters` (`meter_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `meters_in_use` ON `meters` (`service_point_id`,`position`) WHERE "meters"."state" = 'in-use';--> statement-breakpoint
CREATE INDEX `meters_service_point` ON `meters` (`service_point_id`);--> statement-breakpoint
CREATE TABLE `odd_uses` (
	`reading_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`read_on` text NOT NULL,
	`kind` text NOT NULL,
	`consumption` integer NOT NULL,
	`usual` integer,
	`decided_at` integer,
	`decided_by` text,
	`note` text,
	`patrol_id` text,
	FOREIGN KEY (`reading_id`) REFERENCES `readings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "odd_uses_kind" CHECK("odd_uses"."kind" IN ('none', 'fall', 'rise')),
	CONSTRAINT "odd_uses_decided" CHECK(("odd_uses"."decided_at" IS NULL) = ("odd_uses"."decided_by" IS NULL) AND ("odd_uses"."decided_at" IS NULL) = ("odd_uses"."note" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `odd_uses_open` ON `odd_uses` (`read_on`,`reading_id`) WHERE "odd_uses"."decided_at" IS NULL;--> statement-breakpoint
CREATE INDEX `odd_uses_day` ON `odd_uses` (`read_on`,`reading_id`);--> statement-breakpoint
CREATE INDEX `odd_uses_account` ON `odd_uses` (`account_id`);--> statement-breakpoint
CREATE TABLE `readings` (
	`id` text PRIMARY KEY NOT NULL,
	`meter_id` text NOT NULL,
	`account_id` text NOT NULL,
	`read_on` text NOT NULL,
	`previous_on` text NOT NULL,
	`previous_index` integer NOT NULL,
	`current_index` integer NOT NULL,
	`consumption` integer NOT NULL,
	`make_up` integer DEFAULT 0 NOT NULL,
	`source` text NOT NULL,
	`reader_id` text,
	`confirmed` text DEFAULT '[]' NOT NULL,
	`state` text NOT NULL,
	`void_reason` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	FOREIGN KEY (`meter_id`) REFERENCES `meters`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reader_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "readings_consumption" CHECK("readings"."consumption" >= 0),
	CONSTRAINT "readings_make_up" CHECK("readings"."make_up" BETWEEN 0 AND "readings"."consumption"),
	CONSTRAINT "readings_state" CHECK("readings"."state" IN ('unbilled', 'billed', 'void')),
	CONSTRAINT "readings_order" CHECK("readings"."previous_on" <= "readings"."read_on")
) STRICT;
--> statement-breakpoint
CREATE INDEX `readings_account` ON `readings` (`account_id`,`read_on`,`id`);--> statement-breakpoint
CREATE INDEX `readings_entered` ON `readings` (`created_by`,`id`) WHERE "readings"."reader_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `readings_meter` ON `readings` (`meter_id`,`read_on`,`id`);--> statement-breakpoint
CREATE INDEX `readings_unbilled` ON `readings` (`account_id`,`read_on`,`id`) WHERE "readings"."state" = 'unbilled';--> statement-breakpoint
CREATE TABLE `printing_outcomes` (
	`id` text PRIMARY KEY NOT NULL,
	`printing_id` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`printing_id`) REFERENCES `printings`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `printing_outcomes_printing` ON `printing_outcomes` (`printing_id`,`id`);--> statement-breakpoint
CREATE TABLE `printings` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`paper_id` text NOT NULL,
	`number` text NOT NULL,
	`how` text NOT NULL,
	`copy_no` integer NOT NULL,
	`reprint` integer NOT NULL,
	`copies` integer NOT NULL,
	`printer` text NOT NULL,
	`till` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`by` text NOT NULL,
	CONSTRAINT "printings_copy_no" CHECK("printings"."copy_no" >= 1),
	CONSTRAINT "printings_reprint" CHECK("printings"."reprint" >= 0 AND "printings"."copies" BETWEEN 1 AND 20)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `printings_copy` ON `printings` (`kind`,`paper_id`,`copy_no`);--> statement-breakpoint
CREATE INDEX `printings_at` ON `printings` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `printings_kind` ON `printings` (`kind`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `audit_breaks` (
	`seq` integer PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `audit_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`occasion` text NOT NULL,
	`rows` integer NOT NULL,
	`broken` integer,
	`head` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`call` text NOT NULL,
	`subject` text,
	`till` text,
	`detail` text NOT NULL,
	`input_hash` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_call` ON `audit_log` (`call`,`seq`);--> statement-breakpoint
CREATE TABLE `breaks` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` text NOT NULL,
	`by_name` text NOT NULL,
	`reason` text NOT NULL,
	`file_name` text,
	`replaced` text,
	`audit_seq` integer NOT NULL,
	`audit_at` integer,
	`mark_seq` integer,
	`mark_hash` text,
	`mark_at` integer,
	`mark_outbox` integer,
	`mark_acknowledged` integer,
	`numbers` text NOT NULL,
	`days` text,
	`headquarters` text,
	`resolved_at` integer,
	`resolved_by` text,
	`resolve_reason` text,
	CONSTRAINT "breaks_kind" CHECK("breaks"."kind" IN ('restored', 'lost', 'forked', 'resent'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `breaks_mark` ON `breaks` (`mark_seq`);--> statement-breakpoint
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
CREATE TABLE `board_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`no` integer,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`note` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`published_at` integer,
	`published_by` text,
	CONSTRAINT "board_versions_content" CHECK(json_valid("board_versions"."content")),
	CONSTRAINT "board_versions_published" CHECK(("board_versions"."state" = 'published') = ("board_versions"."published_at" IS NOT NULL)),
	CONSTRAINT "board_versions_no" CHECK(("board_versions"."no" IS NULL) = ("board_versions"."published_at" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `board_versions_no_unique` ON `board_versions` (`no`);--> statement-breakpoint
CREATE UNIQUE INDEX `board_versions_draft` ON `board_versions` (`state`) WHERE "board_versions"."state" = 'draft';--> statement-breakpoint
CREATE TABLE `campaign_staff` (
	`campaign_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `staff_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_no` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`place` text NOT NULL,
	`planned_on` text,
	`done_on` text,
	`on_date` text NOT NULL,
	`target_reach` integer NOT NULL,
	`reached` integer NOT NULL,
	`leaflets` integer NOT NULL,
	`content` text NOT NULL,
	`summary` text NOT NULL,
	`cancel_reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`recorded_at` integer,
	`recorded_by` text,
	CONSTRAINT "campaigns_done" CHECK(("campaigns"."state" = 'done') = ("campaigns"."done_on" IS NOT NULL)),
	CONSTRAINT "campaigns_on_date" CHECK("campaigns"."on_date" = coalesce("campaigns"."done_on", "campaigns"."planned_on")),
	CONSTRAINT "campaigns_counts" CHECK("campaigns"."target_reach" >= 0 AND "campaigns"."reached" >= 0 AND "campaigns"."leaflets" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_campaignNo_unique` ON `campaigns` (`campaign_no`);--> statement-breakpoint
CREATE INDEX `campaigns_date` ON `campaigns` (`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_state` ON `campaigns` (`state`,`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_planned` ON `campaigns` (`planned_on`);--> statement-breakpoint
CREATE INDEX `campaigns_done_on` ON `campaigns` (`done_on`);--> statement-breakpoint
CREATE TABLE `pictures` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`size` integer NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `pictures_subject` ON `pictures` (`subject`,`added_at`);--> statement-breakpoint
CREATE TABLE `register_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`entry_no` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`round` integer NOT NULL,
	`on_date` text NOT NULL,
	`body` text NOT NULL,
	`title` text NOT NULL,
	`ends_on` text,
	`customer_id` text,
	`account_id` text,
	`staff_id` text,
	`staff_name` text,
	`companion_id` text,
	`companion_name` text,
	`reviewed` integer NOT NULL,
	`recorded_by_id` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`companion_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "register_entries_kind" CHECK("register_entries"."kind" IN ('opening-check', 'window-check', 'rating', 'suspicious', 'pipe-data', 'improvement', 'closing-check', 'centre-check', 'plan-reading', 'open-facility', 'sign-check', 'five-talks', 'accident', 'authority-report', 'duty', 'rule', 'instruction', 'target', 'payroll', 'confidentiality', 'archive', 'destruction')),
	CONSTRAINT "register_entries_state" CHECK("register_entries"."state" IN ('open', 'done', 'closed', 'void')),
	CONSTRAINT "register_entries_body" CHECK(json_valid("register_entries"."body")),
	CONSTRAINT "register_entries_reviewed" CHECK("register_entries"."reviewed" IN (0, 1)),
	CONSTRAINT "register_entries_companion" CHECK("register_entries"."companion_id" IS NULL OR "register_entries"."companion_id" <> "register_entries"."recorded_by_id"),
	CONSTRAINT "register_entries_account" CHECK(("register_entries"."account_id" IS NULL) = ("register_entries"."customer_id" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `register_entries_entryNo_unique` ON `register_entries` (`entry_no`);--> statement-breakpoint
CREATE INDEX `register_entries_kind_date` ON `register_entries` (`kind`,`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `register_entries_date` ON `register_entries` (`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `register_entries_state` ON `register_entries` (`kind`,`state`,`on_date`,`id`);--> statement-breakpoint
CREATE INDEX `register_entries_ends` ON `register_entries` (`ends_on`) WHERE "register_entries"."ends_on" IS NOT NULL AND "register_entries"."state" <> 'void';--> statement-breakpoint
CREATE INDEX `register_entries_account` ON `register_entries` (`account_id`);--> statement-breakpoint
CREATE TABLE `register_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`entry_id` text NOT NULL,
	`no` integer NOT NULL,
	`what` text NOT NULL,
	`responsible` text NOT NULL,
	`due_on` text NOT NULL,
	`mended_on` text,
	`mended_by_id` text,
	`mended_by` text,
	`mended_note` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `register_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mended_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "register_findings_mended" CHECK(("register_findings"."mended_on" IS NULL) = ("register_findings"."mended_by_id" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `register_findings_entry` ON `register_findings` (`entry_id`,`no`);--> statement-breakpoint
CREATE INDEX `register_findings_open` ON `register_findings` (`due_on`) WHERE "register_findings"."mended_on" IS NULL;--> statement-breakpoint
CREATE TABLE `register_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`entry_id` text NOT NULL,
	`no` integer NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`passed` integer,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `register_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "register_steps_kind" CHECK("register_steps"."kind" IN ('record', 'mend', 'review', 'void')),
	CONSTRAINT "register_steps_state" CHECK("register_steps"."state" IN ('open', 'done', 'closed', 'void'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `register_steps_order` ON `register_steps` (`entry_id`,`no`);--> statement-breakpoint
CREATE TABLE `service_times` (
	`id` text PRIMARY KEY NOT NULL,
	`business` text NOT NULL,
	`seconds` integer NOT NULL,
	`limit_seconds` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`actor_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "service_times_business" CHECK("service_times"."business" IN ('payment', 'opening', 'account', 'order', 'complaint')),
	CONSTRAINT "service_times_seconds" CHECK("service_times"."seconds" BETWEEN 1 AND 7200 AND "service_times"."limit_seconds" > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `service_times_at` ON `service_times` (`at`,`id`);--> statement-breakpoint
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
	`whole` text,
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
	`sights` text NOT NULL,
	`hash` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`submitted_by_id` text NOT NULL,
	`submitted_by` text NOT NULL,
	FOREIGN KEY (`replaces`) REFERENCES `report_submissions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_submissions_kind" CHECK("report_submissions"."period_kind" IN ('day', 'week', 'month', 'quarter', 'year')),
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
	`good_from` text NOT NULL,
	`approver_id` text,
	`exam_id` text,
	`copy_hash` text,
	`copy_name` text,
	`withdrawn_on` text,
	`withdrawn_for` text,
	`added_at` integer NOT NULL,
	`added_by_id` text NOT NULL,
	`added_by` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`exam_id`) REFERENCES `exams`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "certificates_kind" CHECK("certificates"."kind" IN ('meter-reading', 'inspection', 'maintenance', 'emergency', 'callback')),
	CONSTRAINT "certificates_term" CHECK("certificates"."valid_to" >= "certificates"."issued_on" AND "certificates"."good_from" >= "certificates"."issued_on"),
	CONSTRAINT "certificates_copy" CHECK(("certificates"."copy_hash" IS NULL) = ("certificates"."copy_name" IS NULL)),
	CONSTRAINT "certificates_proof" CHECK("certificates"."exam_id" IS NULL OR "certificates"."copy_hash" IS NULL)
) STRICT;
--> statement-breakpoint
CREATE INDEX `certificates_exam` ON `certificates` (`exam_id`) WHERE "certificates"."exam_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `certificates_staff` ON `certificates` (`staff_id`,`kind`,`valid_to`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_number` ON `certificates` (`kind`,`number`) WHERE "certificates"."withdrawn_on" IS NULL;--> statement-breakpoint
CREATE TABLE `deputies` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`reason` text NOT NULL,
	`appointed_at` integer NOT NULL,
	`appointed_by_id` text NOT NULL,
	`appointed_by` text NOT NULL,
	`approver_id` text NOT NULL,
	`approver_name` text NOT NULL,
	`ended_at` integer,
	`ended_by_id` text,
	`ended_by` text,
	`end_reason` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointed_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "deputies_days" CHECK("deputies"."from_on" <= "deputies"."to_on"),
	CONSTRAINT "deputies_others" CHECK("deputies"."staff_id" <> "deputies"."appointed_by_id" AND "deputies"."approver_id" NOT IN ("deputies"."staff_id", "deputies"."appointed_by_id")),
	CONSTRAINT "deputies_ended" CHECK(("deputies"."ended_at" IS NULL) = ("deputies"."ended_by_id" IS NULL) AND ("deputies"."ended_at" IS NULL OR trim("deputies"."end_reason") <> ''))
) STRICT;
--> statement-breakpoint
CREATE INDEX `deputies_staff` ON `deputies` (`staff_id`,`to_on`);--> statement-breakpoint
CREATE INDEX `deputies_at` ON `deputies` (`appointed_at`,`id`);--> statement-breakpoint
CREATE TABLE `exams` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`certificate_kind` text,
	`held_on` text NOT NULL,
	`score` integer NOT NULL,
	`out_of` integer NOT NULL,
	`pass_mark` integer NOT NULL,
	`passed` integer NOT NULL,
	`retake_of` text,
	`note` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by_id` text NOT NULL,
	`recorded_by` text NOT NULL,
	`voided_at` integer,
	`voided_by` text,
	`voided_for` text,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`retake_of`) REFERENCES `exams`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exams_certificate_kind" CHECK("exams"."certificate_kind" IN ('meter-reading', 'inspection', 'maintenance', 'emergency', 'callback')),
	CONSTRAINT "exams_kind" CHECK(("exams"."kind" = 'retake') = ("exams"."retake_of" IS NOT NULL)),
	CONSTRAINT "exams_score" CHECK("exams"."score" BETWEEN 0 AND "exams"."out_of" AND "exams"."pass_mark" BETWEEN 1 AND "exams"."out_of"),
	CONSTRAINT "exams_passed" CHECK("exams"."passed" = ("exams"."score" >= "exams"."pass_mark")),
	CONSTRAINT "exams_other_person" CHECK("exams"."recorded_by_id" <> "exams"."staff_id"),
	CONSTRAINT "exams_voided" CHECK(("exams"."voided_at" IS NULL) = ("exams"."voided_by" IS NULL) AND ("exams"."voided_at" IS NULL) = ("exams"."voided_for" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `exams_staff` ON `exams` (`staff_id`,`held_on`,`id`);--> statement-breakpoint
CREATE INDEX `exams_held` ON `exams` (`held_on`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `exams_retake` ON `exams` (`retake_of`) WHERE "exams"."retake_of" IS NOT NULL AND "exams"."voided_at" IS NULL;--> statement-breakpoint
CREATE TABLE `merit_approvals` (
	`merit_id` text PRIMARY KEY NOT NULL,
	`approved` integer NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`approver_id` text NOT NULL,
	`approver_name` text NOT NULL,
	FOREIGN KEY (`merit_id`) REFERENCES `merits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "merit_approvals_approved" CHECK("merit_approvals"."approved" IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE TABLE `merits` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_on` text NOT NULL,
	`amount` integer,
	`evidence` text NOT NULL,
	`revokes` text,
	`recorded_at` integer NOT NULL,
	`recorded_by_id` text NOT NULL,
	`recorded_by` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revokes`) REFERENCES `merits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "merits_kind" CHECK("merits"."kind" IN ('reward', 'penalty')),
	CONSTRAINT "merits_amount" CHECK("merits"."amount" IS NULL OR "merits"."amount" > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `merits_at` ON `merits` (`recorded_at`,`id`);--> statement-breakpoint
CREATE INDEX `merits_staff` ON `merits` (`staff_id`,`recorded_at`,`id`);--> statement-breakpoint
CREATE INDEX `merits_revokes` ON `merits` (`revokes`) WHERE "merits"."revokes" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_no` text NOT NULL,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`state` text NOT NULL,
	`relieved_by` text,
	`relieved_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "staff_state" CHECK("staff"."state" IN ('active', 'left'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_staffNo_unique` ON `staff` (`staff_no`);--> statement-breakpoint
CREATE TABLE `training_people` (
	`training_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`result` text NOT NULL,
	PRIMARY KEY(`training_id`, `staff_id`),
	FOREIGN KEY (`training_id`) REFERENCES `trainings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "training_people_result" CHECK("training_people"."result" IN ('passed', 'failed', 'absent'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `training_people_staff` ON `training_people` (`staff_id`,`training_id`);--> statement-breakpoint
CREATE TABLE `trainings` (
	`id` text PRIMARY KEY NOT NULL,
	`course` text NOT NULL,
	`kind` text NOT NULL,
	`held_on` text NOT NULL,
	`minutes` integer NOT NULL,
	`trainer` text NOT NULL,
	`materials` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by` text NOT NULL,
	`voided_at` integer,
	`voided_by` text,
	`voided_for` text,
	CONSTRAINT "trainings_kind" CHECK("trainings"."kind" IN ('entry', 'duty', 'safety', 'service', 'regulation', 'other')),
	CONSTRAINT "trainings_minutes" CHECK("trainings"."minutes" > 0),
	CONSTRAINT "trainings_voided" CHECK(("trainings"."voided_at" IS NULL) = ("trainings"."voided_by" IS NULL) AND ("trainings"."voided_at" IS NULL) = ("trainings"."voided_for" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `trainings_held` ON `trainings` (`held_on`,`id`);--> statement-breakpoint
CREATE TABLE `account_process_records` (
	`id` text PRIMARY KEY NOT NULL,
	`process_id` text NOT NULL,
	`no` integer NOT NULL,
	`kind` text NOT NULL,
	`passed` integer,
	`performed_on` text NOT NULL,
	`worker_id` text,
	`worker_name` text,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`process_id`) REFERENCES `account_processes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worker_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_process_records_passed" CHECK("account_process_records"."passed" IS NULL OR "account_process_records"."passed" IN (0, 1)),
	CONSTRAINT "account_process_records_body" CHECK(json_valid("account_process_records"."body"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_process_records_no` ON `account_process_records` (`process_id`,`no`);--> statement-breakpoint
CREATE TABLE `account_processes` (
	`id` text PRIMARY KEY NOT NULL,
	`process_no` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`applicant` text NOT NULL,
	`applicant_phone` text NOT NULL,
	`reason` text NOT NULL,
	`prepayment_choice` text NOT NULL,
	`new_customer_id` text,
	`terms` text,
	`absence` text,
	`absence_note` text DEFAULT '' NOT NULL,
	`absence_approver_id` text,
	`absence_approver` text,
	`new_account_id` text,
	`ground` text,
	`ground_approver_id` text,
	`ground_approver` text,
	`debt_principal` integer,
	`debt_reason` text DEFAULT '' NOT NULL,
	`debt_approver_id` text,
	`debt_approver` text,
	`holder_id` text NOT NULL,
	`holder_name` text NOT NULL,
	`started_on` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`new_customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`absence_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`new_account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ground_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`debt_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_processes_state" CHECK("account_processes"."state" IN ('applied', 'read', 'removed', 'exchanged', 'added', 'done', 'cancelled')),
	CONSTRAINT "account_processes_absence" CHECK("account_processes"."absence" IS NULL OR "account_processes"."kind" = 'transfer'),
	CONSTRAINT "account_processes_absence_approved" CHECK("account_processes"."absence_approver_id" IS NULL OR "account_processes"."absence" IS NOT NULL),
	CONSTRAINT "account_processes_ground" CHECK("account_processes"."ground" IS NULL OR "account_processes"."kind" = 'closing'),
	CONSTRAINT "account_processes_ground_approved" CHECK("account_processes"."ground_approver_id" IS NULL OR "account_processes"."ground" IS NOT NULL),
	CONSTRAINT "account_processes_debt" CHECK(("account_processes"."debt_principal" IS NULL) = ("account_processes"."debt_approver_id" IS NULL) AND ("account_processes"."debt_principal" IS NULL OR "account_processes"."debt_principal" >= 0
        AND trim("account_processes"."debt_reason") <> '' AND "account_processes"."kind" IN ('deactivation', 'reactivation', 'dismantling', 'closing'))),
	CONSTRAINT "account_processes_ended" CHECK(("account_processes"."ended_at" IS NOT NULL) = ("account_processes"."state" IN ('done', 'cancelled'))),
	CONSTRAINT "account_processes_terms" CHECK("account_processes"."terms" IS NULL OR json_valid("account_processes"."terms"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_processes_processNo_unique` ON `account_processes` (`process_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_processes_in_hand` ON `account_processes` (`service_point_id`) WHERE "account_processes"."state" NOT IN ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX `account_processes_waiting` ON `account_processes` (`created_at`,`id`) WHERE "account_processes"."state" NOT IN ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX `account_processes_waiting_kind` ON `account_processes` (`kind`,`created_at`,`id`) WHERE "account_processes"."state" NOT IN ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX `account_processes_state` ON `account_processes` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `account_processes_account` ON `account_processes` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `account_processes_new_account` ON `account_processes` (`new_account_id`);--> statement-breakpoint
CREATE INDEX `account_processes_place` ON `account_processes` (`service_point_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `carried_matters` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`service_point_id` text,
	`account_no` text NOT NULL,
	`customer_name` text NOT NULL,
	`address` text NOT NULL,
	`cause` text,
	`what` text NOT NULL,
	`since_at` integer NOT NULL,
	`held` integer NOT NULL,
	`source_file` text NOT NULL,
	`carried_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by_id` text,
	`settled_by_name` text,
	`outcome` text,
	`settled_note` text,
	`entered_as` text,
	`approver_id` text,
	`approver_name` text,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "carried_matters_kind" CHECK("carried_matters"."kind" IN ('hold', 'state', 'hazard', 'order', 'unread')),
	CONSTRAINT "carried_matters_held" CHECK("carried_matters"."held" = 0 OR ("carried_matters"."held" = 1 AND "carried_matters"."service_point_id" IS NOT NULL AND "carried_matters"."cause" IS NOT NULL)),
	CONSTRAINT "carried_matters_settled" CHECK(("carried_matters"."settled_at" IS NULL) = ("carried_matters"."outcome" IS NULL) AND ("carried_matters"."outcome" IS NULL OR ("carried_matters"."settled_by_id" IS NOT NULL AND "carried_matters"."settled_note" <> '')))
) STRICT;
--> statement-breakpoint
CREATE INDEX `carried_matters_carried` ON `carried_matters` (`carried_at`,`id`);--> statement-breakpoint
CREATE INDEX `carried_matters_open` ON `carried_matters` (`service_point_id`) WHERE "carried_matters"."settled_at" IS NULL;--> statement-breakpoint
CREATE TABLE `dunning_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text NOT NULL,
	`count` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `dunning_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	`result` text NOT NULL,
	`owed` integer NOT NULL,
	`promised_on` text,
	`note` text DEFAULT '' NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dunning_calls_result" CHECK("dunning_calls"."result" IN ('told', 'promised', 'refused', 'unreached')),
	CONSTRAINT "dunning_calls_owed" CHECK("dunning_calls"."owed" > 0),
	CONSTRAINT "dunning_calls_promised" CHECK(("dunning_calls"."promised_on" IS NOT NULL) = ("dunning_calls"."result" = 'promised'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `dunning_calls_account` ON `dunning_calls` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `dunnings` (
	`id` text PRIMARY KEY NOT NULL,
	`dunning_no` text NOT NULL,
	`batch_id` text NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_point_id` text NOT NULL,
	`state` text NOT NULL,
	`principal` integer NOT NULL,
	`late_fee` integer NOT NULL,
	`oldest_due_on` text NOT NULL,
	`living` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text NOT NULL,
	`dunning_days` integer NOT NULL,
	`notice_days` integer NOT NULL,
	`delivered_at` integer,
	`delivered_way` text,
	`delivered_by` text DEFAULT '' NOT NULL,
	`delivered_note` text DEFAULT '' NOT NULL,
	`announced_at` integer,
	`announced_way` text,
	`announced_by` text DEFAULT '' NOT NULL,
	`announced_note` text DEFAULT '' NOT NULL,
	`next_at` integer NOT NULL,
	`suspended_at` integer,
	`approver_id` text,
	`approver_name` text,
	`special` integer DEFAULT 0 NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`paid_at` integer,
	`closed_at` integer,
	`close_reason` text DEFAULT '' NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `dunning_batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dunnings_living" CHECK("dunnings"."living" IN (0, 1)),
	CONSTRAINT "dunnings_special" CHECK("dunnings"."special" IN (0, 1)),
	CONSTRAINT "dunnings_delivered" CHECK(("dunnings"."delivered_at" IS NULL) = ("dunnings"."delivered_way" IS NULL)),
	CONSTRAINT "dunnings_announced" CHECK(("dunnings"."announced_at" IS NULL) = ("dunnings"."announced_way" IS NULL)),
	CONSTRAINT "dunnings_approved" CHECK(("dunnings"."approver_id" IS NULL) = ("dunnings"."approver_name" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dunnings_dunningNo_unique` ON `dunnings` (`dunning_no`);--> statement-breakpoint
CREATE INDEX `dunnings_state` ON `dunnings` (`state`,`next_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `dunnings_one_living` ON `dunnings` (`account_id`) WHERE "dunnings"."living" = 1;--> statement-breakpoint
CREATE INDEX `dunnings_account` ON `dunnings` (`account_id`,`issued_at`);--> statement-breakpoint
CREATE INDEX `dunnings_batch` ON `dunnings` (`batch_id`);--> statement-breakpoint
CREATE TABLE `interruption_buildings` (
	`id` text PRIMARY KEY NOT NULL,
	`interruption_id` text NOT NULL,
	`street` text NOT NULL,
	`community` text NOT NULL,
	`building` text NOT NULL,
	`customers` integer NOT NULL,
	`posted_at` integer,
	`posted_place` text DEFAULT '' NOT NULL,
	`posted_by` text DEFAULT '' NOT NULL,
	`recorded_by` text,
	`photo_hash` text,
	`photo_name` text,
	`taken_back_at` integer,
	`taken_back_place` text DEFAULT '' NOT NULL,
	`taken_back_by` text DEFAULT '' NOT NULL,
	`taken_back_recorded_by` text,
	`taken_back_photo_hash` text,
	`taken_back_photo_name` text,
	FOREIGN KEY (`interruption_id`) REFERENCES `interruptions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "interruption_buildings_taken_back" CHECK(("interruption_buildings"."taken_back_at" IS NULL) = ("interruption_buildings"."taken_back_recorded_by" IS NULL) AND ("interruption_buildings"."taken_back_at" IS NULL OR "interruption_buildings"."posted_at" IS NOT NULL)),
	CONSTRAINT "interruption_buildings_posted" CHECK(("interruption_buildings"."posted_at" IS NULL) = ("interruption_buildings"."recorded_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `interruption_buildings_standing` ON `interruption_buildings` (`interruption_id`) WHERE "interruption_buildings"."posted_at" IS NOT NULL AND "interruption_buildings"."taken_back_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `interruption_buildings_place` ON `interruption_buildings` (`interruption_id`,`community`,`building`,`street`);--> statement-breakpoint
CREATE INDEX `interruption_buildings_unposted` ON `interruption_buildings` (`interruption_id`) WHERE "interruption_buildings"."posted_at" IS NULL;--> statement-breakpoint
CREATE TABLE `interruption_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`care_id` text NOT NULL,
	`about_cancel` integer DEFAULT 0 NOT NULL,
	`result` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`care_id`) REFERENCES `interruption_care`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `interruption_calls_care` ON `interruption_calls` (`care_id`,`at`);--> statement-breakpoint
CREATE TABLE `interruption_care` (
	`id` text PRIMARY KEY NOT NULL,
	`interruption_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`result` text,
	`unreached` integer DEFAULT 0 NOT NULL,
	`override_reason` text,
	`overridden_by` text,
	`cancel_result` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`interruption_id`) REFERENCES `interruptions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "interruption_care_override" CHECK(("interruption_care"."override_reason" IS NULL) = ("interruption_care"."overridden_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `interruption_care_believing` ON `interruption_care` (`interruption_id`) WHERE "interruption_care"."result" = 'told' AND "interruption_care"."cancel_result" IS NOT 'told';--> statement-breakpoint
CREATE UNIQUE INDEX `interruption_care_account` ON `interruption_care` (`interruption_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `interruption_care_open` ON `interruption_care` (`interruption_id`) WHERE "interruption_care"."result" IS NOT 'told' AND "interruption_care"."override_reason" IS NULL;--> statement-breakpoint
CREATE TABLE `interruptions` (
	`id` text PRIMARY KEY NOT NULL,
	`interruption_no` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`scope_kind` text NOT NULL,
	`street` text NOT NULL,
	`community` text NOT NULL,
	`building` text NOT NULL,
	`account_ids` text NOT NULL,
	`range` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`resume_by` integer NOT NULL,
	`notice_hours` integer NOT NULL,
	`affected` integer NOT NULL,
	`issued_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`noticed_at` integer,
	`interrupted_at` integer,
	`ended_at` integer,
	`cancelled_at` integer,
	`cancel_reason` text DEFAULT '' NOT NULL,
	`cancelled_by` text DEFAULT '' NOT NULL,
	`replaced_by` text,
	`delayed_to` integer,
	`delay_reason` text DEFAULT '' NOT NULL,
	`delayed_by` text DEFAULT '' NOT NULL,
	`delayed_at` integer,
	`ground_order_id` text,
	`ground_order_no` text DEFAULT '' NOT NULL,
	`ground_reason` text DEFAULT '' NOT NULL,
	`ground_approver_id` text,
	`ground_approver` text DEFAULT '' NOT NULL,
	`unfinished` integer DEFAULT 0 NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`ground_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "interruptions_times" CHECK("interruptions"."from_at" < "interruptions"."to_at" AND "interruptions"."to_at" <= "interruptions"."resume_by"),
	CONSTRAINT "interruptions_delayed" CHECK(("interruptions"."delayed_to" IS NULL) = ("interruptions"."delayed_at" IS NULL)),
	CONSTRAINT "interruptions_unfinished" CHECK("interruptions"."unfinished" IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `interruptions_interruptionNo_unique` ON `interruptions` (`interruption_no`);--> statement-breakpoint
CREATE INDEX `interruptions_state` ON `interruptions` (`state`,`from_at`,`id`);--> statement-breakpoint
CREATE INDEX `interruptions_from` ON `interruptions` (`from_at`,`id`);--> statement-breakpoint
CREATE INDEX `interruptions_living` ON `interruptions` (`from_at`,`id`) WHERE "interruptions"."state" IN ('draft', 'noticed', 'interrupted');--> statement-breakpoint
CREATE UNIQUE INDEX `interruptions_replaced` ON `interruptions` (`replaced_by`) WHERE "interruptions"."replaced_by" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `interruptions_unfinished` ON `interruptions` (`id`) WHERE "interruptions"."unfinished" = 1;--> statement-breakpoint
CREATE TABLE `supply_awaiting` (
	`service_point_id` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`due_at` integer NOT NULL,
	`cause` text NOT NULL,
	`subject` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`last_outcome` text,
	`last_note` text DEFAULT '' NOT NULL,
	`last_at` integer,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `supply_awaiting_due` ON `supply_awaiting` (`due_at`,`service_point_id`);--> statement-breakpoint
CREATE INDEX `supply_awaiting_subject` ON `supply_awaiting` (`subject`);--> statement-breakpoint
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
	CONSTRAINT "supply_holds_cause" CHECK("supply_holds"."cause" IN ('planned', 'emergency', 'hazard', 'repair', 'arrears', 'customer')),
	CONSTRAINT "supply_holds_lifted" CHECK(("supply_holds"."lifted_at" IS NULL) = ("supply_holds"."lifted_by" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `supply_holds_point` ON `supply_holds` (`service_point_id`,`placed_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `supply_holds_standing` ON `supply_holds` (`service_point_id`,`subject`) WHERE "supply_holds"."lifted_at" IS NULL;--> statement-breakpoint
CREATE INDEX `supply_holds_subject` ON `supply_holds` (`subject`);--> statement-breakpoint
CREATE INDEX `supply_holds_subject_standing` ON `supply_holds` (`subject`,`service_point_id`) WHERE "supply_holds"."lifted_at" IS NULL;--> statement-breakpoint
CREATE TABLE `supply_resumptions` (
	`id` text PRIMARY KEY NOT NULL,
	`service_point_id` text NOT NULL,
	`account_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`outcome` text NOT NULL,
	`notice_no` text,
	`point_version` integer NOT NULL,
	`cause` text NOT NULL,
	`subject` text NOT NULL,
	`pressure_pa` integer,
	`minutes` integer,
	`drop_pa` integer,
	`tester_id` text,
	`tester_name` text,
	`checks` text,
	`safe` integer NOT NULL,
	`note` text NOT NULL,
	`night_consent` text NOT NULL,
	`night_reason` text NOT NULL,
	`night_approver_id` text,
	`night_approver` text,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	FOREIGN KEY (`service_point_id`) REFERENCES `service_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tester_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`night_approver_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "supply_resumptions_number" CHECK(("supply_resumptions"."outcome" = 'resumed') = ("supply_resumptions"."notice_no" IS NOT NULL)),
	CONSTRAINT "supply_resumptions_safe" CHECK("supply_resumptions"."safe" IN (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `supply_resumptions_noticeNo_unique` ON `supply_resumptions` (`notice_no`);--> statement-breakpoint
CREATE INDEX `supply_resumptions_finished` ON `supply_resumptions` (`at`,`id`) WHERE "supply_resumptions"."outcome" = 'resumed';--> statement-breakpoint
CREATE INDEX `supply_resumptions_point` ON `supply_resumptions` (`service_point_id`,`at`);--> statement-breakpoint
CREATE INDEX `supply_resumptions_subject` ON `supply_resumptions` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `sync_state` (
	`only` integer PRIMARY KEY NOT NULL,
	`stream_id` text NOT NULL,
	`base_stream` text,
	`base_seq` integer,
	`acknowledged` integer NOT NULL,
	`chain` text NOT NULL,
	`snapshot` integer DEFAULT 0 NOT NULL,
	`snapshot_at` text,
	`obstacle` text,
	`agreed` integer,
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
CREATE TABLE `tills` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`fingerprint` text,
	`state` text NOT NULL,
	`joined_at` integer NOT NULL,
	`joined_by_id` text,
	`joined_by` text NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by_id` text,
	`withdrawn_by` text,
	`withdraw_reason` text,
	CONSTRAINT "tills_code" CHECK("tills"."code" GLOB '[0-9][0-9]'),
	CONSTRAINT "tills_state" CHECK("tills"."state" IN ('paired', 'withdrawn')),
	CONSTRAINT "tills_fingerprint" CHECK("tills"."fingerprint" IS NULL OR length("tills"."fingerprint") = 64),
	CONSTRAINT "tills_withdrawal" CHECK(("tills"."state" = 'withdrawn') = ("tills"."withdrawn_at" IS NOT NULL AND "tills"."withdrawn_by_id" IS NOT NULL
        AND "tills"."withdrawn_by" IS NOT NULL AND "tills"."withdraw_reason" IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tills_fingerprint_once` ON `tills` (`fingerprint`);--> statement-breakpoint
CREATE TABLE `workorder_leaders` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`name` text NOT NULL,
	`phone` text NOT NULL,
	`tell_by` integer NOT NULL,
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
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`worker_id` text,
	`worker_name` text,
	`paused_until` integer,
	FOREIGN KEY (`order_id`) REFERENCES `workorders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worker_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "workorder_steps_kind" CHECK("workorder_steps"."kind" IN ('report', 'tell-leader', 'answer', 'issue', 'assign', 'accept', 'arrive', 'handle', 'repair', 'pause', 'resume', 'refer', 'confirm', 'verify', 'call-back', 'close', 'reopen')),
	CONSTRAINT "workorder_steps_state" CHECK("workorder_steps"."state" IN ('asked', 'answered', 'reported', 'issued', 'assigned', 'accepted', 'on-site', 'handled', 'repaired', 'verified', 'referring', 'referred', 'called-back', 'closed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `workorder_steps_order` ON `workorder_steps` (`order_id`,`no`);--> statement-breakpoint
CREATE INDEX `workorder_steps_finished` ON `workorder_steps` (`at`,`id`) WHERE "workorder_steps"."kind" IN ('verify', 'confirm') AND "workorder_steps"."state" IN ('verified', 'referred');--> statement-breakpoint
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
	`entered_at` integer NOT NULL,
	`round` integer NOT NULL,
	`round_from` integer NOT NULL,
	`handle_hours` integer NOT NULL,
	`repair_hours` integer NOT NULL,
	`handle_by` integer NOT NULL,
	`repair_by` integer NOT NULL,
	`due_at` integer NOT NULL,
	`paused_at` integer,
	`paused_until` integer,
	`handled_at` integer,
	`repaired_at` integer,
	`handled_late` integer DEFAULT 0 NOT NULL,
	`repaired_late` integer DEFAULT 0 NOT NULL,
	`dispatch_by` integer,
	`arrive_by` integer,
	`tell_by` integer,
	`dispatched_at` integer,
	`arrived_at` integer,
	`dispatched_late` integer DEFAULT 0 NOT NULL,
	`arrived_late` integer DEFAULT 0 NOT NULL,
	`gas` text,
	`assignee_id` text,
	`assignee_name` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "workorders_kind" CHECK("workorders"."kind" IN ('consultation', 'repair', 'alarm', 'emergency')),
	CONSTRAINT "workorders_symptom" CHECK("workorders"."symptom" IN ('leak', 'explosion', 'poisoning', 'pipe-damage', 'no-gas', 'low-pressure', 'flame', 'meter', 'valve', 'hose', 'question', 'other')),
	CONSTRAINT "workorders_state" CHECK("workorders"."state" IN ('asked', 'answered', 'reported', 'issued', 'assigned', 'accepted', 'on-site', 'handled', 'repaired', 'verified', 'referring', 'referred', 'called-back', 'closed')),
	CONSTRAINT "workorders_channel" CHECK("workorders"."channel" IN ('phone', 'visit', 'inspection', 'other')),
	CONSTRAINT "workorders_gas" CHECK("workorders"."gas" IN ('on', 'off')),
	CONSTRAINT "workorders_entered" CHECK("workorders"."reported_at" <= "workorders"."entered_at"),
	CONSTRAINT "workorders_paused" CHECK(("workorders"."paused_at" IS NULL) = ("workorders"."paused_until" IS NULL)),
	CONSTRAINT "workorders_urgent" CHECK("workorders"."urgent" IN (0, 1)),
	CONSTRAINT "workorders_round" CHECK("workorders"."round" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `workorders_orderNo_unique` ON `workorders` (`order_no`);--> statement-breakpoint
CREATE INDEX `workorders_open` ON `workorders` (`due_at`,`id`,`state`,`urgent`,`assignee_id`,`paused_at`) WHERE "workorders"."state" NOT IN ('answered', 'closed');--> statement-breakpoint
CREATE INDEX `workorders_state` ON `workorders` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `workorders_urgent` ON `workorders` (`due_at`,`id`) WHERE "workorders"."urgent" = 1 AND "workorders"."state" NOT IN ('answered', 'closed');--> statement-breakpoint
CREATE INDEX `workorders_paused` ON `workorders` (`due_at`,`id`) WHERE "workorders"."paused_at" IS NOT NULL AND "workorders"."state" NOT IN ('answered', 'closed');--> statement-breakpoint
CREATE INDEX `workorders_callback` ON `workorders` (`due_at`,`id`) WHERE "workorders"."state" IN ('verified', 'referred');--> statement-breakpoint
CREATE INDEX `workorders_account` ON `workorders` (`account_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `workorders_reported` ON `workorders` (`reported_at`,`id`);--> statement-breakpoint
CREATE INDEX `workorders_assignee` ON `workorders` (`assignee_id`,`reported_at`,`id`);--> statement-breakpoint
CREATE VIRTUAL TABLE customer_search USING fts5(terms, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '-~^'");
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_log_refuse_update;
CREATE TRIGGER audit_log_refuse_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_log_refuse_delete;
CREATE TRIGGER audit_log_refuse_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_breaks_refuse_update;
CREATE TRIGGER audit_breaks_refuse_update BEFORE UPDATE ON audit_breaks BEGIN SELECT RAISE(ABORT, 'audit_breaks is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_breaks_refuse_delete;
CREATE TRIGGER audit_breaks_refuse_delete BEFORE DELETE ON audit_breaks BEGIN SELECT RAISE(ABORT, 'audit_breaks is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_checks_refuse_update;
CREATE TRIGGER audit_checks_refuse_update BEFORE UPDATE ON audit_checks BEGIN SELECT RAISE(ABORT, 'audit_checks is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_checks_refuse_delete;
CREATE TRIGGER audit_checks_refuse_delete BEFORE DELETE ON audit_checks BEGIN SELECT RAISE(ABORT, 'audit_checks is append-only'); END;
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
DROP TRIGGER IF EXISTS class_changes_refuse_update;
CREATE TRIGGER class_changes_refuse_update BEFORE UPDATE ON class_changes BEGIN SELECT RAISE(ABORT, 'class_changes is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_changes_refuse_delete;
CREATE TRIGGER class_changes_refuse_delete BEFORE DELETE ON class_changes BEGIN SELECT RAISE(ABORT, 'class_changes is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS import_window_acts_refuse_update;
CREATE TRIGGER import_window_acts_refuse_update BEFORE UPDATE ON import_window_acts BEGIN SELECT RAISE(ABORT, 'import_window_acts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS import_window_acts_refuse_delete;
CREATE TRIGGER import_window_acts_refuse_delete BEFORE DELETE ON import_window_acts BEGIN SELECT RAISE(ABORT, 'import_window_acts is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_refuse_update;
CREATE TRIGGER class_change_plans_refuse_update BEFORE UPDATE ON class_change_plans BEGIN SELECT RAISE(ABORT, 'class_change_plans is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_refuse_delete;
CREATE TRIGGER class_change_plans_refuse_delete BEFORE DELETE ON class_change_plans BEGIN SELECT RAISE(ABORT, 'class_change_plans is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_refuse_update;
CREATE TRIGGER printings_refuse_update BEFORE UPDATE ON printings BEGIN SELECT RAISE(ABORT, 'printings is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_refuse_delete;
CREATE TRIGGER printings_refuse_delete BEFORE DELETE ON printings BEGIN SELECT RAISE(ABORT, 'printings is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printing_outcomes_refuse_update;
CREATE TRIGGER printing_outcomes_refuse_update BEFORE UPDATE ON printing_outcomes BEGIN SELECT RAISE(ABORT, 'printing_outcomes is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printing_outcomes_refuse_delete;
CREATE TRIGGER printing_outcomes_refuse_delete BEFORE DELETE ON printing_outcomes BEGIN SELECT RAISE(ABORT, 'printing_outcomes is append-only'); END;
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
DROP TRIGGER IF EXISTS bill_adjustments_refuse_update;
CREATE TRIGGER bill_adjustments_refuse_update BEFORE UPDATE ON bill_adjustments BEGIN SELECT RAISE(ABORT, 'bill_adjustments is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_adjustments_refuse_delete;
CREATE TRIGGER bill_adjustments_refuse_delete BEFORE DELETE ON bill_adjustments BEGIN SELECT RAISE(ABORT, 'bill_adjustments is append-only'); END;
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
DROP TRIGGER IF EXISTS charge_allocations_refuse_update;
CREATE TRIGGER charge_allocations_refuse_update BEFORE UPDATE ON charge_allocations BEGIN SELECT RAISE(ABORT, 'charge_allocations is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS charge_allocations_refuse_delete;
CREATE TRIGGER charge_allocations_refuse_delete BEFORE DELETE ON charge_allocations BEGIN SELECT RAISE(ABORT, 'charge_allocations is append-only'); END;
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
DROP TRIGGER IF EXISTS contract_acceptances_refuse_update;
CREATE TRIGGER contract_acceptances_refuse_update BEFORE UPDATE ON contract_acceptances BEGIN SELECT RAISE(ABORT, 'contract_acceptances is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_acceptances_refuse_delete;
CREATE TRIGGER contract_acceptances_refuse_delete BEFORE DELETE ON contract_acceptances BEGIN SELECT RAISE(ABORT, 'contract_acceptances is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_extensions_refuse_update;
CREATE TRIGGER contract_extensions_refuse_update BEFORE UPDATE ON contract_extensions BEGIN SELECT RAISE(ABORT, 'contract_extensions is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_extensions_refuse_delete;
CREATE TRIGGER contract_extensions_refuse_delete BEFORE DELETE ON contract_extensions BEGIN SELECT RAISE(ABORT, 'contract_extensions is append-only'); END;
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
DROP TRIGGER IF EXISTS training_people_refuse_update;
CREATE TRIGGER training_people_refuse_update BEFORE UPDATE ON training_people BEGIN SELECT RAISE(ABORT, 'training_people is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS training_people_refuse_delete;
CREATE TRIGGER training_people_refuse_delete BEFORE DELETE ON training_people BEGIN SELECT RAISE(ABORT, 'training_people is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_refuse_update;
CREATE TRIGGER merits_refuse_update BEFORE UPDATE ON merits BEGIN SELECT RAISE(ABORT, 'merits is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_refuse_delete;
CREATE TRIGGER merits_refuse_delete BEFORE DELETE ON merits BEGIN SELECT RAISE(ABORT, 'merits is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merit_approvals_refuse_update;
CREATE TRIGGER merit_approvals_refuse_update BEFORE UPDATE ON merit_approvals BEGIN SELECT RAISE(ABORT, 'merit_approvals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merit_approvals_refuse_delete;
CREATE TRIGGER merit_approvals_refuse_delete BEFORE DELETE ON merit_approvals BEGIN SELECT RAISE(ABORT, 'merit_approvals is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_steps_refuse_update;
CREATE TRIGGER scorecard_steps_refuse_update BEFORE UPDATE ON scorecard_steps BEGIN SELECT RAISE(ABORT, 'scorecard_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_steps_refuse_delete;
CREATE TRIGGER scorecard_steps_refuse_delete BEFORE DELETE ON scorecard_steps BEGIN SELECT RAISE(ABORT, 'scorecard_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_refuse_update;
CREATE TRIGGER complaint_parties_refuse_update BEFORE UPDATE ON complaint_parties BEGIN SELECT RAISE(ABORT, 'complaint_parties is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_refuse_delete;
CREATE TRIGGER complaint_parties_refuse_delete BEFORE DELETE ON complaint_parties BEGIN SELECT RAISE(ABORT, 'complaint_parties is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_refuse_update;
CREATE TRIGGER complaint_steps_refuse_update BEFORE UPDATE ON complaint_steps BEGIN SELECT RAISE(ABORT, 'complaint_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_refuse_delete;
CREATE TRIGGER complaint_steps_refuse_delete BEFORE DELETE ON complaint_steps BEGIN SELECT RAISE(ABORT, 'complaint_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_refuse_update;
CREATE TRIGGER followup_draws_refuse_update BEFORE UPDATE ON followup_draws BEGIN SELECT RAISE(ABORT, 'followup_draws is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_refuse_delete;
CREATE TRIGGER followup_draws_refuse_delete BEFORE DELETE ON followup_draws BEGIN SELECT RAISE(ABORT, 'followup_draws is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_refuse_update;
CREATE TRIGGER followup_calls_refuse_update BEFORE UPDATE ON followup_calls BEGIN SELECT RAISE(ABORT, 'followup_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_refuse_delete;
CREATE TRIGGER followup_calls_refuse_delete BEFORE DELETE ON followup_calls BEGIN SELECT RAISE(ABORT, 'followup_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_refuse_update;
CREATE TRIGGER hazard_steps_refuse_update BEFORE UPDATE ON hazard_steps BEGIN SELECT RAISE(ABORT, 'hazard_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_refuse_delete;
CREATE TRIGGER hazard_steps_refuse_delete BEFORE DELETE ON hazard_steps BEGIN SELECT RAISE(ABORT, 'hazard_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_calls_refuse_update;
CREATE TRIGGER interruption_calls_refuse_update BEFORE UPDATE ON interruption_calls BEGIN SELECT RAISE(ABORT, 'interruption_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_calls_refuse_delete;
CREATE TRIGGER interruption_calls_refuse_delete BEFORE DELETE ON interruption_calls BEGIN SELECT RAISE(ABORT, 'interruption_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_refuse_update;
CREATE TRIGGER supply_resumptions_refuse_update BEFORE UPDATE ON supply_resumptions BEGIN SELECT RAISE(ABORT, 'supply_resumptions is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_refuse_delete;
CREATE TRIGGER supply_resumptions_refuse_delete BEFORE DELETE ON supply_resumptions BEGIN SELECT RAISE(ABORT, 'supply_resumptions is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_batches_refuse_update;
CREATE TRIGGER dunning_batches_refuse_update BEFORE UPDATE ON dunning_batches BEGIN SELECT RAISE(ABORT, 'dunning_batches is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_batches_refuse_delete;
CREATE TRIGGER dunning_batches_refuse_delete BEFORE DELETE ON dunning_batches BEGIN SELECT RAISE(ABORT, 'dunning_batches is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_calls_refuse_update;
CREATE TRIGGER dunning_calls_refuse_update BEFORE UPDATE ON dunning_calls BEGIN SELECT RAISE(ABORT, 'dunning_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_calls_refuse_delete;
CREATE TRIGGER dunning_calls_refuse_delete BEFORE DELETE ON dunning_calls BEGIN SELECT RAISE(ABORT, 'dunning_calls is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_refuse_update;
CREATE TRIGGER account_process_records_refuse_update BEFORE UPDATE ON account_process_records BEGIN SELECT RAISE(ABORT, 'account_process_records is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_refuse_delete;
CREATE TRIGGER account_process_records_refuse_delete BEFORE DELETE ON account_process_records BEGIN SELECT RAISE(ABORT, 'account_process_records is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_refuse_update;
CREATE TRIGGER register_steps_refuse_update BEFORE UPDATE ON register_steps BEGIN SELECT RAISE(ABORT, 'register_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_refuse_delete;
CREATE TRIGGER register_steps_refuse_delete BEFORE DELETE ON register_steps BEGIN SELECT RAISE(ABORT, 'register_steps is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_times_refuse_update;
CREATE TRIGGER service_times_refuse_update BEFORE UPDATE ON service_times BEGIN SELECT RAISE(ABORT, 'service_times is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_times_refuse_delete;
CREATE TRIGGER service_times_refuse_delete BEFORE DELETE ON service_times BEGIN SELECT RAISE(ABORT, 'service_times is append-only'); END;
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
DROP TRIGGER IF EXISTS journal_entries_kept;
CREATE TRIGGER journal_entries_kept AFTER INSERT ON journal_entries BEGIN
     INSERT INTO ledger_turnover (date, account, debit, credit)
       SELECT NEW.business_date, account, sum(debit), sum(credit) FROM journal_lines WHERE entry_id = NEW.id GROUP BY account
       ON CONFLICT (date, account) DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit;
     INSERT INTO balance_gaps (account_id, arrears, prepayment) SELECT holder, sum(CASE account WHEN 'receivable' THEN debit - credit ELSE 0 END),
         sum(CASE account WHEN 'prepayment' THEN credit - debit ELSE 0 END)
       FROM journal_lines WHERE entry_id = NEW.id AND account IN ('receivable', 'prepayment') GROUP BY holder
       ON CONFLICT (account_id) DO UPDATE SET arrears = arrears + excluded.arrears, prepayment = prepayment + excluded.prepayment;
     DELETE FROM balance_gaps WHERE account_id IN (SELECT holder FROM journal_lines WHERE entry_id = NEW.id) AND arrears = 0 AND prepayment = 0;
     END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_balances_moved;
CREATE TRIGGER accounts_balances_moved AFTER UPDATE OF arrears, prepayment ON accounts
     WHEN OLD.arrears <> NEW.arrears OR OLD.prepayment <> NEW.prepayment BEGIN
     INSERT INTO balance_gaps (account_id, arrears, prepayment) VALUES (NEW.id, OLD.arrears - NEW.arrears, OLD.prepayment - NEW.prepayment)
       ON CONFLICT (account_id) DO UPDATE SET arrears = arrears + excluded.arrears, prepayment = prepayment + excluded.prepayment;
     DELETE FROM balance_gaps WHERE account_id = NEW.id AND arrears = 0 AND prepayment = 0;
     END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_balances_begun;
CREATE TRIGGER accounts_balances_begun AFTER INSERT ON accounts WHEN NEW.arrears <> 0 OR NEW.prepayment <> 0 BEGIN
     INSERT INTO balance_gaps (account_id, arrears, prepayment) VALUES (NEW.id, -NEW.arrears, -NEW.prepayment)
       ON CONFLICT (account_id) DO UPDATE SET arrears = arrears + excluded.arrears, prepayment = prepayment + excluded.prepayment;
     DELETE FROM balance_gaps WHERE account_id = NEW.id AND arrears = 0 AND prepayment = 0;
     END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_balances_ended;
CREATE TRIGGER accounts_balances_ended AFTER DELETE ON accounts WHEN OLD.arrears <> 0 OR OLD.prepayment <> 0 BEGIN
     INSERT INTO balance_gaps (account_id, arrears, prepayment) VALUES (OLD.id, OLD.arrears, OLD.prepayment)
       ON CONFLICT (account_id) DO UPDATE SET arrears = arrears + excluded.arrears, prepayment = prepayment + excluded.prepayment;
     DELETE FROM balance_gaps WHERE account_id = OLD.id AND arrears = 0 AND prepayment = 0;
     END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS business_days_stay_closed;
CREATE TRIGGER business_days_stay_closed BEFORE UPDATE ON business_days WHEN OLD.state = 'closed'
     BEGIN SELECT RAISE(ABORT, 'business day is closed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_begin;
CREATE TRIGGER contracts_begin BEFORE INSERT ON contracts WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a contract begins as a draft'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_signed_gate;
CREATE TRIGGER contracts_signed_gate BEFORE UPDATE OF state ON contracts WHEN NEW.state = 'signed' AND OLD.state <> 'signed' AND (CASE
       WHEN NEW.paper_no IS NULL THEN OLD.state = 'printed' AND EXISTS (SELECT 1 FROM contract_texts WHERE contract_id = NEW.id)
       ELSE OLD.state IN ('draft', 'printed') AND NEW.valid_until >= date(hall_now() / 1000, 'unixepoch', '+8 hours') AND EXISTS (SELECT 1 FROM attachments f
           WHERE f.id = NEW.scan_attachment_id AND f.customer_id = NEW.customer_id AND f.kind = NEW.kind || '-contract')
         AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.paper_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.paper_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND NEW.paper_approver_id IS NOT NEW.signed_recorded_by
  AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'paper-contract' AND a.subject = 'contract:' || NEW.id
    AND a.approver_id = NEW.paper_approver_id AND a.used_at IS NOT NULL
    AND json_extract(a.terms, '$.paperNo') = NEW.paper_no AND json_extract(a.terms, '$.signedOn') = NEW.signed_on
    AND json_extract(a.terms, '$.validUntil') = NEW.valid_until) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'signed on no paper of ours, and on none that was read by another'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_paper_stays;
CREATE TRIGGER contracts_paper_stays BEFORE UPDATE OF paper_no, paper_approver_id, signed_on ON contracts WHEN OLD.state = 'signed' AND (NEW.paper_no IS NOT OLD.paper_no
       OR NEW.paper_approver_id IS NOT OLD.paper_approver_id OR NEW.signed_on IS NOT OLD.signed_on)
     BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was signed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_term_gate;
CREATE TRIGGER contracts_term_gate BEFORE UPDATE OF valid_until ON contracts WHEN OLD.valid_until IS NOT NULL AND NEW.valid_until IS NOT OLD.valid_until
       AND NOT EXISTS (SELECT 1 FROM contract_extensions
         WHERE contract_id = NEW.id AND valid_until = NEW.valid_until)
     BEGIN SELECT RAISE(ABORT, 'a term that goes on without a record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_total_insert;
CREATE TRIGGER customer_index_total_insert AFTER INSERT ON customer_index WHEN 1 BEGIN INSERT INTO customer_counts (what, n) VALUES ('total', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_total_delete;
CREATE TRIGGER customer_index_total_delete AFTER DELETE ON customer_index WHEN 1 BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'total'; DELETE FROM customer_counts WHERE what = 'total' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_total_more;
CREATE TRIGGER customer_index_total_more AFTER UPDATE OF row ON customer_index WHEN 1 AND NOT 1 BEGIN INSERT INTO customer_counts (what, n) VALUES ('total', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_total_less;
CREATE TRIGGER customer_index_total_less AFTER UPDATE OF row ON customer_index WHEN 1 AND NOT 1 BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'total'; DELETE FROM customer_counts WHERE what = 'total' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_special_insert;
CREATE TRIGGER customer_index_special_insert AFTER INSERT ON customer_index WHEN (NEW.special = 1) BEGIN INSERT INTO customer_counts (what, n) VALUES ('special', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_special_delete;
CREATE TRIGGER customer_index_special_delete AFTER DELETE ON customer_index WHEN (OLD.special = 1) BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'special'; DELETE FROM customer_counts WHERE what = 'special' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_special_more;
CREATE TRIGGER customer_index_special_more AFTER UPDATE OF special ON customer_index WHEN (NEW.special = 1) AND NOT (OLD.special = 1) BEGIN INSERT INTO customer_counts (what, n) VALUES ('special', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_index_special_less;
CREATE TRIGGER customer_index_special_less AFTER UPDATE OF special ON customer_index WHEN (OLD.special = 1) AND NOT (NEW.special = 1) BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'special'; DELETE FROM customer_counts WHERE what = 'special' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_active_insert;
CREATE TRIGGER accounts_active_insert AFTER INSERT ON accounts WHEN (NEW.state = 'active') BEGIN INSERT INTO customer_counts (what, n) VALUES ('active', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_active_delete;
CREATE TRIGGER accounts_active_delete AFTER DELETE ON accounts WHEN (OLD.state = 'active') BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'active'; DELETE FROM customer_counts WHERE what = 'active' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_active_more;
CREATE TRIGGER accounts_active_more AFTER UPDATE OF state ON accounts WHEN (NEW.state = 'active') AND NOT (OLD.state = 'active') BEGIN INSERT INTO customer_counts (what, n) VALUES ('active', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_active_less;
CREATE TRIGGER accounts_active_less AFTER UPDATE OF state ON accounts WHEN (OLD.state = 'active') AND NOT (NEW.state = 'active') BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'active'; DELETE FROM customer_counts WHERE what = 'active' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_arrears_insert;
CREATE TRIGGER accounts_arrears_insert AFTER INSERT ON accounts WHEN (NEW.arrears > 0 AND NEW.arrears > NEW.prepayment) BEGIN INSERT INTO customer_counts (what, n) VALUES ('arrears', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_arrears_delete;
CREATE TRIGGER accounts_arrears_delete AFTER DELETE ON accounts WHEN (OLD.arrears > 0 AND OLD.arrears > OLD.prepayment) BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'arrears'; DELETE FROM customer_counts WHERE what = 'arrears' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_arrears_more;
CREATE TRIGGER accounts_arrears_more AFTER UPDATE OF arrears, prepayment ON accounts WHEN (NEW.arrears > 0 AND NEW.arrears > NEW.prepayment) AND NOT (OLD.arrears > 0 AND OLD.arrears > OLD.prepayment) BEGIN INSERT INTO customer_counts (what, n) VALUES ('arrears', 1) ON CONFLICT (what) DO UPDATE SET n = n + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_arrears_less;
CREATE TRIGGER accounts_arrears_less AFTER UPDATE OF arrears, prepayment ON accounts WHEN (OLD.arrears > 0 AND OLD.arrears > OLD.prepayment) AND NOT (NEW.arrears > 0 AND NEW.arrears > NEW.prepayment) BEGIN UPDATE customer_counts SET n = n - 1 WHERE what = 'arrears'; DELETE FROM customer_counts WHERE what = 'arrears' AND n = 0; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_way;
CREATE TRIGGER applications_way BEFORE UPDATE OF state ON applications
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('applied>cancelled', 'unfit>cancelled', 'unfit>applied', 'surveyed>cancelled', 'surveyed>applied', 'applied>surveyed', 'applied>unfit', 'unfit>surveyed', 'surveyed>unfit', 'opened>cancelled', 'metered>cancelled', 'rejected>cancelled', 'accepted>cancelled', 'surveyed>opened', 'opened>metered', 'metered>accepted', 'metered>rejected', 'rejected>accepted', 'accepted>rejected', 'accepted>ignited')
     BEGIN SELECT RAISE(ABORT, 'no such step of an application'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_begin;
CREATE TRIGGER applications_begin BEFORE INSERT ON applications WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'an application begins as applied'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_signature_gate;
CREATE TRIGGER contracts_signature_gate BEFORE UPDATE OF state ON contracts WHEN NEW.state = 'signed' AND OLD.state <> 'signed' AND NEW.relation = 'self'
       AND NEW.paper_no IS NULL AND NEW.signatory <> (SELECT name FROM customers WHERE id = NEW.customer_id) AND (
         trim(NEW.different_reason) <> '' AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.different_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.different_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
         AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'contract-signature' AND a.subject = 'contract:' || NEW.id
           AND a.approver_id = NEW.different_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'signed in another name without approval'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_ignition_gate;
CREATE TRIGGER applications_ignition_gate BEFORE UPDATE ON applications WHEN NEW.state = 'ignited' AND NOT (
       NEW.account_id IS NOT NULL AND NEW.meter_id IS NOT NULL
       AND (SELECT count(DISTINCT kind) FROM contracts WHERE application_id = NEW.id AND state = 'signed') = 2
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'survey' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1 AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0)
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1 AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0)
       AND coalesce((SELECT passed FROM installation_records WHERE application_id = NEW.id AND kind = 'acceptance' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'ignition' ORDER BY no DESC LIMIT 1), 0) > 0)
     BEGIN SELECT RAISE(ABORT, 'ignition without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS applications_fresh_test_gate;
CREATE TRIGGER applications_fresh_test_gate BEFORE UPDATE OF state ON applications WHEN NEW.state = 'ignited' AND OLD.state <> 'ignited'
       AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT no FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > 0 AND NOT (
       julianday(date(hall_now() / 1000, 'unixepoch', '+8 hours')) - julianday(coalesce((SELECT performed_on FROM installation_records WHERE application_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0)) BETWEEN 0 AND CAST(coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'installations.testDays'), '0') AS INTEGER) AND julianday(date(hall_now() / 1000, 'unixepoch', '+8 hours')) - julianday(coalesce((SELECT performed_on FROM installation_records WHERE application_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0)) BETWEEN 0 AND CAST(coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'installations.testDays'), '0') AS INTEGER))
     BEGIN SELECT RAISE(ABORT, 'ignition on a test of another day'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_certificate_gate;
CREATE TRIGGER installation_records_certificate_gate BEFORE INSERT ON installation_records WHEN NEW.kind IN ('survey', 'meter', 'acceptance', 'tightness', 'safety-check', 'ignition')
       AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.worker_id AND s.state = 'active' AND c.kind = 'maintenance' AND NEW.performed_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.performed_on))
     BEGIN SELECT RAISE(ABORT, 'work on site without a certified worker'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_own_work;
CREATE TRIGGER installation_records_own_work BEFORE INSERT ON installation_records WHEN NEW.kind = 'acceptance' AND NEW.worker_id IS (
       SELECT r.worker_id FROM installation_records r WHERE r.application_id = NEW.application_id AND r.kind = 'meter'
       ORDER BY r.no DESC LIMIT 1)
     BEGIN SELECT RAISE(ABORT, 'own work accepted'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_tightness_gate;
CREATE TRIGGER installation_records_tightness_gate BEFORE INSERT ON installation_records WHEN NEW.kind = 'tightness' AND NEW.passed = 1
       AND (json_extract(NEW.body, '$.minutes') > 0 AND json_extract(NEW.body, '$.dropPa') BETWEEN 0 AND json_extract(NEW.body, '$.pressurePa') - 1) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a tightness test that tests nothing'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_ignition_gate;
CREATE TRIGGER service_points_ignition_gate BEFORE UPDATE ON service_points WHEN OLD.gas_state = 'not-ignited' AND NEW.gas_state <> 'not-ignited'
       AND NOT EXISTS (SELECT 1 FROM applications WHERE service_point_id = NEW.id AND state = 'ignited')
     BEGIN SELECT RAISE(ABORT, 'first gas without an ignited application'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_load_insert;
CREATE TRIGGER inspection_tasks_load_insert AFTER INSERT ON inspection_tasks WHEN (NEW.state IN ('planned', 'refused')) BEGIN INSERT INTO inspection_loads (by, day, open) SELECT 'period', NEW.period_to, 1 WHERE (NEW.state IN ('planned', 'refused'))
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'visit', NEW.visit_on, 1 WHERE (NEW.state IN ('planned', 'refused'))
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'refused', '', 1 WHERE (NEW.state = 'refused')
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'absent', '', 1 WHERE (NEW.state = 'planned' AND NEW.absences >= 3)
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'unassigned', r.week_on, 1 FROM inspection_rounds r WHERE r.id = NEW.round_id AND r.assignee_id IS NULL AND (NEW.state IN ('planned', 'refused'))
      AND NOT EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = NEW.round_id AND t.state IN ('planned', 'refused') AND t.id <> NEW.id)
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_load_update;
CREATE TRIGGER inspection_tasks_load_update AFTER UPDATE OF state, period_to, visit_on, absences ON inspection_tasks WHEN ((OLD.state IN ('planned', 'refused')) OR (NEW.state IN ('planned', 'refused')))
       AND (OLD.state <> NEW.state OR OLD.period_to <> NEW.period_to OR OLD.visit_on <> NEW.visit_on OR OLD.absences <> NEW.absences)
     BEGIN UPDATE inspection_loads SET open = open - 1 WHERE by = 'period' AND day = OLD.period_to AND (OLD.state IN ('planned', 'refused')); UPDATE inspection_loads SET open = open - 1 WHERE by = 'visit' AND day = OLD.visit_on AND (OLD.state IN ('planned', 'refused')); UPDATE inspection_loads SET open = open - 1 WHERE by = 'refused' AND day = '' AND (OLD.state = 'refused'); UPDATE inspection_loads SET open = open - 1 WHERE by = 'absent' AND day = '' AND (OLD.state = 'planned' AND OLD.absences >= 3); INSERT INTO inspection_loads (by, day, open) SELECT 'period', NEW.period_to, 1 WHERE (NEW.state IN ('planned', 'refused'))
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'visit', NEW.visit_on, 1 WHERE (NEW.state IN ('planned', 'refused'))
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'refused', '', 1 WHERE (NEW.state = 'refused')
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; INSERT INTO inspection_loads (by, day, open) SELECT 'absent', '', 1 WHERE (NEW.state = 'planned' AND NEW.absences >= 3)
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_round_update;
CREATE TRIGGER inspection_tasks_round_update AFTER UPDATE OF state, round_id ON inspection_tasks
     WHEN (OLD.state IN ('planned', 'refused')) <> (NEW.state IN ('planned', 'refused')) OR ((NEW.state IN ('planned', 'refused')) AND OLD.round_id <> NEW.round_id)
     BEGIN UPDATE inspection_loads SET open = open - 1 WHERE by = 'unassigned' AND day IN (SELECT r.week_on FROM inspection_rounds r WHERE r.id = OLD.round_id AND r.assignee_id IS NULL AND (OLD.state IN ('planned', 'refused'))
      AND NOT EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = OLD.round_id AND t.state IN ('planned', 'refused') AND t.id <> OLD.id)); INSERT INTO inspection_loads (by, day, open) SELECT 'unassigned', r.week_on, 1 FROM inspection_rounds r WHERE r.id = NEW.round_id AND r.assignee_id IS NULL AND (NEW.state IN ('planned', 'refused'))
      AND NOT EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = NEW.round_id AND t.state IN ('planned', 'refused') AND t.id <> NEW.id)
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_load_delete;
CREATE TRIGGER inspection_tasks_load_delete AFTER DELETE ON inspection_tasks WHEN (OLD.state IN ('planned', 'refused')) BEGIN UPDATE inspection_loads SET open = open - 1 WHERE by = 'period' AND day = OLD.period_to AND (OLD.state IN ('planned', 'refused')); UPDATE inspection_loads SET open = open - 1 WHERE by = 'visit' AND day = OLD.visit_on AND (OLD.state IN ('planned', 'refused')); UPDATE inspection_loads SET open = open - 1 WHERE by = 'refused' AND day = '' AND (OLD.state = 'refused'); UPDATE inspection_loads SET open = open - 1 WHERE by = 'absent' AND day = '' AND (OLD.state = 'planned' AND OLD.absences >= 3); UPDATE inspection_loads SET open = open - 1 WHERE by = 'unassigned' AND day IN (SELECT r.week_on FROM inspection_rounds r WHERE r.id = OLD.round_id AND r.assignee_id IS NULL AND (OLD.state IN ('planned', 'refused'))
      AND NOT EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = OLD.round_id AND t.state IN ('planned', 'refused') AND t.id <> OLD.id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_load_update;
CREATE TRIGGER inspection_rounds_load_update AFTER UPDATE OF assignee_id, week_on ON inspection_rounds
     WHEN EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = NEW.id AND t.state IN ('planned', 'refused') ) AND ((OLD.assignee_id IS NULL) <> (NEW.assignee_id IS NULL) OR OLD.week_on <> NEW.week_on) BEGIN
     UPDATE inspection_loads SET open = open - 1 WHERE by = 'unassigned' AND day = OLD.week_on AND OLD.assignee_id IS NULL;
     INSERT INTO inspection_loads (by, day, open) SELECT 'unassigned', NEW.week_on, 1 WHERE NEW.assignee_id IS NULL
       ON CONFLICT (by, day) DO UPDATE SET open = open + 1; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_begin;
CREATE TRIGGER inspection_rounds_begin BEFORE INSERT ON inspection_rounds WHEN NEW.assignee_id IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a round begins unassigned'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_certificate_gate;
CREATE TRIGGER inspection_rounds_certificate_gate BEFORE UPDATE OF assignee_id ON inspection_rounds
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id
       AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.assignee_id AND s.state = 'active' AND c.kind = 'inspection' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'round without a certified inspector'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_certificate_gate;
CREATE TRIGGER inspection_visits_certificate_gate BEFORE INSERT ON inspection_visits WHEN NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.inspector_id AND s.state = 'active' AND c.kind = 'inspection' AND NEW.visited_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.visited_on))
     BEGIN SELECT RAISE(ABORT, 'visit without a certified inspector'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_checks_gate;
CREATE TRIGGER inspection_visits_checks_gate BEFORE INSERT ON inspection_visits WHEN CASE WHEN NEW.outcome IN ('passed', 'hazard') THEN
       (SELECT group_concat(item) FROM (SELECT c.value ->> 'item' AS item FROM json_each(NEW.checks) c
         WHERE c.value ->> 'item' NOT GLOB 'own:*' ORDER BY 1))
         IS NOT (SELECT CASE resident WHEN 1 THEN 'altered,appliance,flue,hose,leak,meter,pipes,place,self-closing,single-source,valves,ventilation' ELSE 'alarm,altered,appliance,cut-off,exhaust,flue,gas-room,hose,leak,meter,operators,pipes,place,single-source,valves,ventilation' END
           FROM inspection_tasks WHERE id = NEW.task_id)
       OR EXISTS (SELECT 1 FROM json_each(NEW.checks) c
         WHERE coalesce(c.value ->> 'answer', '') NOT IN ('good', 'bad', 'none')
           OR NEW.outcome = 'passed' AND c.value ->> 'answer' = 'bad'
           OR c.value ->> 'answer' = 'none' AND (trim(coalesce(c.value ->> 'note', '')) = ''
             OR c.value ->> 'item' IN ('leak', 'pipes', 'altered', 'place', 'meter', 'valves', 'ventilation')))
       ELSE NEW.checks <> '[]' END
     BEGIN SELECT RAISE(ABORT, 'a visit without an answer for each item'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_signed_gate;
CREATE TRIGGER inspection_visits_signed_gate BEFORE INSERT ON inspection_visits WHEN CASE WHEN NEW.outcome IN ('passed', 'hazard') THEN
       (trim(NEW.signatory) <> '') = (trim(NEW.unsigned_reason) <> '') OR NEW.signatory = NEW.inspector_name AND NOT EXISTS (
         SELECT 1 FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = NEW.account_id AND c.name = NEW.inspector_name)
       OR NEW.unsigned_reason <> '' AND (NEW.unsigned_witness = NEW.inspector_name
         OR trim(NEW.unsigned_witness) = '' AND NEW.unsigned_photo_id IS NULL)
       ELSE NEW.unsigned_reason <> '' END
     BEGIN SELECT RAISE(ABORT, 'a visit without a signature or its refusal'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_arrived_gate;
CREATE TRIGGER inspection_visits_arrived_gate BEFORE INSERT ON inspection_visits WHEN date(NEW.arrived_at / 1000, 'unixepoch', '+8 hours') <> NEW.visited_on
       OR NEW.arrived_at > hall_now()
       OR NEW.proof_drawn = 1 AND NEW.proof_id IS NULL AND NEW.outcome IN ('passed', 'hazard')
     BEGIN SELECT RAISE(ABORT, 'a visit without its arrival or proof'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_gap_gate;
CREATE TRIGGER inspection_tasks_gap_gate BEFORE UPDATE OF done_on ON inspection_tasks WHEN NEW.done_on IS NOT NULL AND NEW.extra = 0 AND EXISTS (
       SELECT 1 FROM inspection_tasks o WHERE o.account_id = NEW.account_id AND o.id <> NEW.id AND o.extra = 0
         AND o.done_on IS NOT NULL AND abs(julianday(o.done_on) - julianday(NEW.done_on)) <
           min(CASE NEW.resident WHEN 1 THEN 30 ELSE 15 END,
             CAST((julianday(NEW.period_to) - julianday(NEW.period_from) + 1) / 2 AS INTEGER)))
     BEGIN SELECT RAISE(ABORT, 'an inspection too near to that of another period'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_period_stays;
CREATE TRIGGER inspection_tasks_period_stays BEFORE UPDATE ON inspection_tasks WHEN OLD.state <> 'dropped' AND (NEW.period_from <> OLD.period_from
       OR NEW.period_to <> OLD.period_to OR NEW.year <> OLD.year OR NEW.resident <> OLD.resident)
     BEGIN SELECT RAISE(ABORT, 'an inspection stays in its period'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_stay;
CREATE TRIGGER inspection_visits_stay BEFORE UPDATE ON inspection_visits WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
       OR NEW.outcome <> OLD.outcome OR NEW.visited_on <> OLD.visited_on OR NEW.inspector_id <> OLD.inspector_id
       OR NEW.task_id <> OLD.task_id OR NEW.checks <> OLD.checks OR NEW.signatory <> OLD.signatory
       OR NEW.unsigned_reason <> OLD.unsigned_reason OR NEW.unsigned_witness <> OLD.unsigned_witness
       OR NEW.unsigned_photo_id IS NOT OLD.unsigned_photo_id OR NEW.arrived_at <> OLD.arrived_at
       OR NEW.proof_drawn <> OLD.proof_drawn OR NEW.proof_id IS NOT OLD.proof_id
     BEGIN SELECT RAISE(ABORT, 'a visit is only ever voided, once'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_keep;
CREATE TRIGGER inspection_visits_keep BEFORE DELETE ON inspection_visits BEGIN SELECT RAISE(ABORT, 'inspection_visits never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_done_gate;
CREATE TRIGGER inspection_tasks_done_gate BEFORE UPDATE OF state ON inspection_tasks WHEN NEW.state IN ('passed', 'hazard') AND NOT EXISTS (
       SELECT 1 FROM inspection_visits v WHERE v.task_id = NEW.id AND v.outcome = NEW.state AND v.voided_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an inspection is done by a visit'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_extra_stays;
CREATE TRIGGER inspection_tasks_extra_stays BEFORE UPDATE ON inspection_tasks WHEN NEW.extra <> OLD.extra OR NEW.account_id <> OLD.account_id
     BEGIN SELECT RAISE(ABORT, 'an inspection stays of the plan or beyond it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_way;
CREATE TRIGGER hazards_way BEFORE UPDATE OF state ON hazards
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('called-back>closed', 'mended>open', 'mended>passed', 'mended>withdrawn', 'open>mended', 'open>passed', 'open>withdrawn', 'passed>called-back', 'passed>open')
     BEGIN SELECT RAISE(ABORT, 'no such step of a hazard'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_begin;
CREATE TRIGGER hazards_begin BEFORE INSERT ON hazards WHEN NEW.state <> 'open' OR (NEW.grade <> 'general' AND NOT EXISTS (
       SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND subject = 'hazard:' || NEW.id
         AND lifted_at IS NULL))
     BEGIN SELECT RAISE(ABORT, 'a grave hazard without its suspension'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_grade_gate;
CREATE TRIGGER hazards_grade_gate BEFORE UPDATE OF grade ON hazards WHEN NEW.grade <> 'general' AND NOT EXISTS (
       SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND subject = 'hazard:' || NEW.id
         AND lifted_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'a grave hazard without its suspension'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_no_smaller;
CREATE TRIGGER hazards_no_smaller BEFORE UPDATE OF grade ON hazards WHEN NEW.grade = 'general' AND OLD.grade <> 'general' AND (
       trim(NEW.lowered_reason) <> '' AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'hazard-lower' AND a.subject = 'hazard:' || NEW.id AND a.used_at >= OLD.updated_at AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = a.approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = a.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
     AND a.approver_id <> NEW.finder_id AND NOT EXISTS (
       SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND (s.worker_id = a.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = a.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id))))
       AND NEW.lowered_by_id = (SELECT a.approver_id FROM approvals a WHERE a.purpose = 'hazard-lower' AND a.subject = 'hazard:' || NEW.id AND a.used_at >= OLD.updated_at
         ORDER BY a.used_at DESC LIMIT 1)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'what cut the supply is not made small'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_withdraw_gate;
CREATE TRIGGER hazards_withdraw_gate BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'
       AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'hazard-misfiled' AND a.subject = 'hazard:' || NEW.id AND a.used_at >= OLD.updated_at AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = a.approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = a.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
     AND a.approver_id <> NEW.finder_id AND NOT EXISTS (
       SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND (s.worker_id = a.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = a.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id))))
     BEGIN SELECT RAISE(ABORT, 'a hazard taken back by one person'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_pass_gate;
CREATE TRIGGER hazards_pass_gate BEFORE UPDATE ON hazards WHEN NEW.state IN ('passed', 'called-back', 'closed')
       AND (NOT EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND s.round = NEW.round AND s.kind = 'reinspect' AND s.state = 'passed')
         OR (NEW.state IN ('called-back', 'closed') AND NOT EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND s.round = NEW.round AND s.kind = 'call-back' AND s.state = 'called-back'
           AND s.actor_id NOT IN (SELECT worker_id FROM hazard_steps WHERE hazard_id = NEW.id AND worker_id IS NOT NULL))))
     BEGIN SELECT RAISE(ABORT, 'a hazard without re-inspection and callback'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_found_stays;
CREATE TRIGGER hazards_found_stays BEFORE UPDATE ON hazards
     WHEN NEW.found_on <> OLD.found_on OR NEW.first_deadline <> OLD.first_deadline OR NEW.finder_id <> OLD.finder_id
       OR NEW.visit_id <> OLD.visit_id OR NEW.item <> OLD.item OR NEW.mender <> OLD.mender
       OR (NEW.lowered_reason <> OLD.lowered_reason OR NEW.lowered_by_id IS NOT OLD.lowered_by_id
         OR NEW.lowered_by <> OLD.lowered_by) AND NOT (NEW.grade = 'general' AND OLD.grade <> 'general')
     BEGIN SELECT RAISE(ABORT, 'what was found stays, with its day and first deadline'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_judged_by_others;
CREATE TRIGGER hazard_steps_judged_by_others BEFORE INSERT ON hazard_steps WHEN NEW.kind IN ('call-back', 'close') AND EXISTS (
       SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND (s.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id)))
     BEGIN SELECT RAISE(ABORT, 'hazard judged by whoever inspected it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_least_grade_1;
CREATE TRIGGER hazards_least_grade_1 BEFORE INSERT ON hazards WHEN (NEW.item = 'leak' AND NEW.grade IN ('general') OR NEW.item = 'place' AND NEW.grade IN ('general') OR NEW.item = 'flue' AND NEW.grade IN ('general') OR NEW.grade IN ('general') AND (instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '漏气') > 0 OR instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '泄漏') > 0 OR instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '泄露') > 0)) AND NOT (
       trim(NEW.lowered_reason) <> '' AND NEW.lowered_by_id IS NOT NEW.finder_id AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.lowered_by_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.lowered_by_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)))
     BEGIN SELECT RAISE(ABORT, 'a hazard graded below the least of its item'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_least_grade_2;
CREATE TRIGGER hazards_least_grade_2 BEFORE UPDATE OF grade ON hazards WHEN (NEW.item = 'leak' AND NEW.grade IN ('general') OR NEW.item = 'place' AND NEW.grade IN ('general') OR NEW.item = 'flue' AND NEW.grade IN ('general') OR NEW.grade IN ('general') AND (instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '漏气') > 0 OR instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '泄漏') > 0 OR instr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.text, '没有漏气', ''), '未见漏气', ''), '未发现漏气', ''), '无漏气', ''), '不漏气', ''), '未漏气', ''), '没漏气', ''), '漏气报警', ''), '漏气检测', ''), '漏气保护', ''), '没有泄漏', ''), '未见泄漏', ''), '未发现泄漏', ''), '无泄漏', ''), '不泄漏', ''), '未泄漏', ''), '没泄漏', ''), '泄漏报警', ''), '泄漏检测', ''), '泄漏保护', ''), '没有泄露', ''), '未见泄露', ''), '未发现泄露', ''), '无泄露', ''), '不泄露', ''), '未泄露', ''), '没泄露', ''), '泄露报警', ''), '泄露检测', ''), '泄露保护', ''), '泄露') > 0)) AND NOT (
       trim(NEW.lowered_reason) <> '' AND NEW.lowered_by_id IS NOT NEW.finder_id AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.lowered_by_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.lowered_by_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)))
     BEGIN SELECT RAISE(ABORT, 'a hazard graded below the least of its item'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_made_safe;
CREATE TRIGGER hazards_made_safe BEFORE INSERT ON hazards WHEN NEW.mender = 'company' AND NEW.grade = 'general' AND trim(NEW.measures) = ''
     BEGIN SELECT RAISE(ABORT, 'a hazard of the company without measures'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_close_gate;
CREATE TRIGGER hazards_close_gate BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       NOT EXISTS (SELECT 1 FROM rectification_notices WHERE id = NEW.notice_id AND delivered_on IS NOT NULL)
       OR NEW.released_at IS NULL AND (NEW.support_called_at IS NOT NULL
         OR NEW.mender = 'company' AND NEW.grade = 'general' AND NEW.passed_on <> NEW.found_on))
     BEGIN SELECT RAISE(ABORT, 'a hazard closed before its notice and its stay'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_watched_gate;
CREATE TRIGGER hazards_watched_gate BEFORE UPDATE OF passed_on ON hazards WHEN NEW.passed_on IS NOT NULL AND NEW.passed_on <> NEW.found_on
       AND NEW.mender = 'company' AND NEW.grade = 'general' AND NEW.support_called_at IS NULL
     BEGIN SELECT RAISE(ABORT, 'a watched hazard without its stay'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_release_gate;
CREATE TRIGGER hazards_release_gate BEFORE UPDATE OF released_at ON hazards WHEN NEW.released_at IS NOT NULL AND NEW.released_at IS NOT OLD.released_at
       AND NEW.mender = 'company' AND NEW.grade = 'general' AND (NEW.passed_on IS NULL
         OR date(NEW.released_at / 1000, 'unixepoch', '+8 hours') < NEW.passed_on)
     BEGIN SELECT RAISE(ABORT, 'left before it was found good'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_told_gate;
CREATE TRIGGER hazards_told_gate BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NEW.grade <> 'general'
       AND NEW.reported_to = '' AND NOT EXISTS (
         SELECT 1 FROM hazard_steps WHERE hazard_id = NEW.id AND kind = 'close' AND trim(note) <> '')
     BEGIN SELECT RAISE(ABORT, 'a grave hazard nobody was told of'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_mended_by;
CREATE TRIGGER hazard_steps_mended_by BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'mend'
       AND (SELECT mender FROM hazards WHERE id = NEW.hazard_id) = 'company'
       AND (NEW.worker_id IS NULL OR NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.worker_id AND s.state = 'active' AND c.kind = 'maintenance' AND NEW.done_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.done_on)))
     BEGIN SELECT RAISE(ABORT, 'a hazard mended without a certificate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_own_mending;
CREATE TRIGGER hazard_steps_own_mending BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'reinspect' AND (
       EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND s.round = NEW.round AND s.kind = 'mend'
         AND (s.worker_id = NEW.worker_id OR (s.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id))))
       OR NEW.state = 'passed' AND (SELECT mender FROM hazards WHERE id = NEW.hazard_id) = 'company'
         AND NOT EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND s.round = NEW.round
           AND s.kind = 'mend'))
     BEGIN SELECT RAISE(ABORT, 'a mending judged by nobody else'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_keep;
CREATE TRIGGER hazards_keep BEFORE DELETE ON hazards BEGIN SELECT RAISE(ABORT, 'hazards never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_certificate_gate;
CREATE TRIGGER hazard_steps_certificate_gate BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'reinspect' AND (NEW.worker_id IS NULL
       OR NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.worker_id AND s.state = 'active' AND c.kind = 'inspection' AND NEW.done_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.done_on)))
       OR NEW.kind = 'call-back' AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.actor_id AND s.state = 'active' AND c.kind = 'callback' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'hazard judged without a certificate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_hazard_gate;
CREATE TRIGGER supply_holds_hazard_gate BEFORE UPDATE OF lifted_at ON supply_holds WHEN NEW.lifted_at IS NOT NULL AND NEW.subject LIKE 'hazard:%'
       AND EXISTS (SELECT 1 FROM hazards WHERE id = substr(NEW.subject, 8) AND state IN ('open', 'mended') AND grade <> 'general')
     BEGIN SELECT RAISE(ABORT, 'gas stays off until the hazard is re-inspected'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_changes_gate;
CREATE TRIGGER class_changes_gate BEFORE INSERT ON class_changes WHEN trim(NEW.reason) = '' OR NEW.approver_id = NEW.actor_id
       OR NOT (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
       OR NOT EXISTS (SELECT 1 FROM attachments f WHERE f.id = NEW.attachment_id AND f.customer_id = NEW.customer_id)
       OR NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = NEW.customer_id AND c.category = NEW.from_class
         AND c.version = NEW.version)
     BEGIN SELECT RAISE(ABORT, 'a class changed without paper, reason and approver'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customers_class_gate;
CREATE TRIGGER customers_class_gate BEFORE UPDATE OF category ON customers WHEN NEW.category <> OLD.category AND (NEW.version <> OLD.version + 1
       OR NOT EXISTS (SELECT 1 FROM class_changes g WHERE g.customer_id = OLD.id AND g.version = OLD.version
         AND g.from_class = OLD.category AND g.to_class = NEW.category))
     BEGIN SELECT RAISE(ABORT, 'a class changed without paper, reason and approver'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_gate;
CREATE TRIGGER class_change_plans_gate BEFORE INSERT ON class_change_plans WHEN NOT EXISTS (
       SELECT 1 FROM class_changes g JOIN accounts a ON a.customer_id = g.customer_id
         JOIN price_plans l ON l.id = NEW.to_plan_id AND l.category = g.to_class
       WHERE g.id = NEW.change_id AND a.id = NEW.account_id AND a.version = NEW.version
         AND a.price_plan_id = NEW.from_plan_id)
     BEGIN SELECT RAISE(ABORT, 'a price that is not of the new class'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_price_plan_gate;
CREATE TRIGGER accounts_price_plan_gate BEFORE UPDATE OF price_plan_id ON accounts WHEN NEW.price_plan_id <> OLD.price_plan_id AND (
       NEW.version <> OLD.version + 1 OR NOT EXISTS (SELECT 1 FROM class_change_plans p WHERE p.account_id = OLD.id
         AND p.version = OLD.version AND p.from_plan_id = OLD.price_plan_id AND p.to_plan_id = NEW.price_plan_id))
     BEGIN SELECT RAISE(ABORT, 'a price of an account changed without its class'); END;
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
CREATE TRIGGER supply_holds_stay BEFORE DELETE ON supply_holds WHEN OLD.subject <> 'taken-over:' || OLD.service_point_id OR OLD.lifted_at IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM imports i JOIN import_rows r ON r.import_id = i.id
         WHERE i.state = 'undoing' AND r.service_point_id = OLD.service_point_id)
     BEGIN SELECT RAISE(ABORT, 'supply_holds never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_carried_gate;
CREATE TRIGGER service_points_carried_gate BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'supplied' AND OLD.gas_state <> 'supplied'
       AND (EXISTS (SELECT 1 FROM carried_matters m WHERE m.settled_at IS NULL AND m.service_point_id = NEW.id)
         OR OLD.gas_state <> 'not-ignited' AND EXISTS (SELECT 1 FROM carried_matters m
           WHERE m.settled_at IS NULL AND m.service_point_id IS NULL AND m.kind = 'unread'))
     BEGIN SELECT RAISE(ABORT, 'what was off before the restore is not answered'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_begin;
CREATE TRIGGER carried_matters_begin BEFORE INSERT ON carried_matters WHEN NEW.settled_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a carried matter begins unanswered'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_settle_gate;
CREATE TRIGGER carried_matters_settle_gate BEFORE UPDATE ON carried_matters WHEN OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL
       OR NEW.kind IS NOT OLD.kind OR NEW.service_point_id IS NOT OLD.service_point_id OR NEW.account_no IS NOT OLD.account_no OR NEW.customer_name IS NOT OLD.customer_name OR NEW.address IS NOT OLD.address OR NEW.cause IS NOT OLD.cause OR NEW.what IS NOT OLD.what OR NEW.since_at IS NOT OLD.since_at OR NEW.held IS NOT OLD.held OR NEW.source_file IS NOT OLD.source_file OR NEW.carried_at IS NOT OLD.carried_at
       OR (CASE NEW.outcome
         WHEN 'lifted' THEN NEW.kind <> 'unread' AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND NEW.approver_id IS NOT NEW.settled_by_id AND EXISTS (SELECT 1 FROM approvals a
     WHERE a.purpose = 'carried-lift' AND a.subject = 'carried:' || NEW.id AND a.approver_id = NEW.approver_id AND a.used_at IS NOT NULL)
         WHEN 'listed' THEN NEW.kind = 'unread' AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND NEW.approver_id IS NOT NEW.settled_by_id AND EXISTS (SELECT 1 FROM approvals a
     WHERE a.purpose = 'carried-list' AND a.subject = 'carried:' || NEW.id AND a.approver_id = NEW.approver_id AND a.used_at IS NOT NULL)
         WHEN 're-entered' THEN NEW.kind <> 'unread' AND CASE NEW.held
           WHEN 1 THEN EXISTS (SELECT 1 FROM supply_holds h WHERE h.service_point_id = NEW.service_point_id
             AND h.subject = NEW.entered_as AND h.lifted_at IS NULL)
           ELSE EXISTS (SELECT 1 FROM hazards z WHERE 'hazard:' || z.id = NEW.entered_as AND z.state NOT IN ('closed', 'withdrawn')
               AND (NEW.service_point_id IS NULL OR z.service_point_id = NEW.service_point_id))
             OR EXISTS (SELECT 1 FROM workorders w LEFT JOIN accounts a ON a.id = w.account_id
               WHERE 'workorder:' || w.id = NEW.entered_as AND w.kind IN ('repair', 'alarm', 'emergency')
                 AND w.state NOT IN ('answered', 'closed')
                 AND (NEW.service_point_id IS NULL OR a.service_point_id = NEW.service_point_id)) END
         ELSE 0 END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a carried matter is answered by what stands in its place, or by two'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_stay;
CREATE TRIGGER carried_matters_stay BEFORE DELETE ON carried_matters BEGIN SELECT RAISE(ABORT, 'carried_matters never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_carried_gate;
CREATE TRIGGER supply_holds_carried_gate BEFORE UPDATE OF lifted_at ON supply_holds WHEN OLD.subject GLOB 'carried:*' AND NEW.lifted_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM carried_matters m WHERE 'carried:' || m.id = OLD.subject AND m.settled_at IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'what was off before the restore is not answered'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_resumption_gate;
CREATE TRIGGER service_points_resumption_gate BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'suspended' AND NEW.gas_state = 'supplied'
       AND (NEW.version <= OLD.version OR NOT EXISTS (
         SELECT 1 FROM supply_resumptions
         WHERE service_point_id = NEW.id AND point_version = OLD.version AND outcome = 'resumed'))
     BEGIN SELECT RAISE(ABORT, 'resumption without its record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_never_unlit;
CREATE TRIGGER service_points_never_unlit BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state <> 'not-ignited' AND NEW.gas_state = 'not-ignited'
     BEGIN SELECT RAISE(ABORT, 'where gas was once is not waiting for its first'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_gate;
CREATE TRIGGER supply_resumptions_gate BEFORE INSERT ON supply_resumptions WHEN NEW.outcome = 'resumed' AND (
       NEW.safe = 1 AND NEW.checks IS NOT NULL
       AND NEW.minutes > 0 AND NEW.drop_pa BETWEEN 0 AND NEW.pressure_pa - 1
       AND (EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.tester_id AND s.state = 'active' AND c.kind = 'maintenance' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
         OR coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.resumeCertificates'), 'maintenance') = 'maintenance-emergency'
           AND EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.tester_id AND s.state = 'active' AND c.kind = 'emergency' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours'))))
       AND NOT EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND lifted_at IS NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'resumption without test, check or certificate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_night_gate;
CREATE TRIGGER supply_resumptions_night_gate BEFORE INSERT ON supply_resumptions WHEN NEW.night_approver_id IS NOT NULL AND (
       NEW.outcome = 'resumed' AND trim(NEW.night_consent) <> '' AND trim(NEW.night_reason) <> ''
       AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.night_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.night_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
       AND NEW.night_approver_id IS NOT NEW.tester_id AND NEW.night_approver_id <> NEW.actor_id
       AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'night-resumption'
         AND a.subject = 'service_point:' || NEW.service_point_id
         AND a.approver_id = NEW.night_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'gas back at night without consent and approval'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_wait_no_more;
CREATE TRIGGER service_points_wait_no_more AFTER UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'suspended' AND NEW.gas_state <> 'suspended'
     BEGIN DELETE FROM supply_awaiting WHERE service_point_id = NEW.id; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_way;
CREATE TRIGGER interruptions_way BEFORE UPDATE OF state ON interruptions
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('draft>cancelled', 'draft>interrupted', 'draft>noticed', 'interrupted>resumed', 'noticed>cancelled', 'noticed>interrupted')
     BEGIN SELECT RAISE(ABORT, 'no such step of an interruption'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_begin;
CREATE TRIGGER interruptions_begin BEFORE INSERT ON interruptions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'an interruption begins as a draft'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_start_gate;
CREATE TRIGGER interruptions_start_gate BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'interrupted' AND OLD.state <> 'interrupted' AND NEW.kind = 'planned' AND (
       OLD.state <> 'noticed' OR hall_now() < NEW.from_at
       OR hall_now() > NEW.to_at AND NOT ((trim(NEW.ground_reason) <> '' AND coalesce((EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.ground_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.ground_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)), 0)
  AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'interruption-start' AND a.subject = 'interruption:' || NEW.id
    AND a.approver_id = NEW.ground_approver_id AND a.used_at >= OLD.updated_at))
         AND date(NEW.to_at / 1000, 'unixepoch', '+8 hours') = date(hall_now() / 1000, 'unixepoch', '+8 hours'))
       OR EXISTS (SELECT 1 FROM interruption_buildings WHERE interruption_id = NEW.id AND posted_at IS NULL)
         AND NOT (trim(NEW.ground_reason) <> '' AND coalesce((EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.ground_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.ground_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)), 0)
  AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'interruption-start' AND a.subject = 'interruption:' || NEW.id
    AND a.approver_id = NEW.ground_approver_id AND a.used_at >= OLD.updated_at))
       OR EXISTS (SELECT 1 FROM interruption_care
         WHERE interruption_id = NEW.id AND result IS NOT 'told' AND override_reason IS NULL))
     BEGIN SELECT RAISE(ABORT, 'interruption before everybody was told'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_ground_gate;
CREATE TRIGGER interruptions_ground_gate BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'interrupted' AND OLD.state <> 'interrupted' AND NEW.kind = 'emergency' AND (
       EXISTS (SELECT 1 FROM workorders w WHERE w.id = NEW.ground_order_id AND w.urgent = 1 AND w.state IN ('reported', 'issued', 'assigned', 'accepted', 'on-site', 'handled'))
       OR trim(NEW.ground_reason) <> '' AND EXISTS (SELECT 1 FROM approvals a
         WHERE a.purpose = 'emergency-interruption' AND a.subject = 'interruption:' || NEW.id
           AND a.approver_id = NEW.ground_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'an emergency without a hazard on record or the approval of another'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_ground_stays;
CREATE TRIGGER interruptions_ground_stays BEFORE UPDATE ON interruptions WHEN OLD.state IN ('interrupted', 'resumed') AND (NEW.kind <> OLD.kind
       OR NEW.ground_order_id IS NOT OLD.ground_order_id OR NEW.ground_approver_id IS NOT OLD.ground_approver_id
       OR NEW.ground_reason <> OLD.ground_reason)
     BEGIN SELECT RAISE(ABORT, 'what an interruption began on stays'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_notice_gate;
CREATE TRIGGER interruptions_notice_gate BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'noticed' AND OLD.state <> 'noticed' AND NEW.kind = 'planned'
       AND NEW.from_at - hall_now() < NEW.notice_hours * 3600000
     BEGIN SELECT RAISE(ABORT, 'interruption with too short a notice'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_cancel_gate;
CREATE TRIGGER interruptions_cancel_gate BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND (
       OLD.state IN ('draft', 'noticed') AND trim(NEW.cancel_reason) <> '' AND NEW.cancelled_at IS NOT NULL) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'cancelled without a reason, or after gas was cut'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_cancelled_for_good;
CREATE TRIGGER interruptions_cancelled_for_good BEFORE UPDATE OF state ON interruptions WHEN OLD.state = 'cancelled' AND NEW.state <> 'cancelled'
     BEGIN SELECT RAISE(ABORT, 'a cancelled interruption never begins'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_buildings_taken_back_gate;
CREATE TRIGGER interruption_buildings_taken_back_gate BEFORE UPDATE OF taken_back_at ON interruption_buildings WHEN NEW.taken_back_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM interruptions WHERE id = NEW.interruption_id AND state = 'cancelled' AND noticed_at IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'only an announced interruption that was cancelled is taken back'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_way;
CREATE TRIGGER dunnings_way BEFORE UPDATE OF state ON dunnings
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('announced>cancelled', 'announced>settled', 'announced>suspended', 'delivered>announced', 'delivered>cancelled', 'delivered>settled', 'issued>cancelled', 'issued>delivered', 'issued>settled', 'paid>resumed', 'paid>settled', 'paid>suspended', 'suspended>paid', 'suspended>resumed', 'suspended>settled')
     BEGIN SELECT RAISE(ABORT, 'no such step of a dunning'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_begin;
CREATE TRIGGER dunnings_begin BEFORE INSERT ON dunnings WHEN NEW.state <> 'issued'
     BEGIN SELECT RAISE(ABORT, 'a dunning begins as issued'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_suspension_gate;
CREATE TRIGGER dunnings_suspension_gate BEFORE UPDATE OF state ON dunnings WHEN NEW.state = 'suspended' AND OLD.state <> 'suspended' AND (
       OLD.state IN ('announced', 'paid') AND NEW.approver_id IS NOT NULL
       AND NEW.delivered_at IS NOT NULL AND NEW.announced_at IS NOT NULL
       AND (NEW.special = 0 OR trim(NEW.reason) <> '')) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'arrears suspension without notice or approval'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_certificate_gate;
CREATE TRIGGER readings_certificate_gate BEFORE INSERT ON readings WHEN NOT CASE
       WHEN NEW.source = 'import' AND NEW.reader_id IS NULL THEN NOT EXISTS (SELECT 1 FROM business_days WHERE counter = 1)
       WHEN NEW.source = 'correction' THEN NEW.consumption = 0 AND NEW.reader_id IS NULL AND EXISTS (
         SELECT 1 FROM readings r WHERE r.meter_id = NEW.meter_id AND r.read_on = NEW.read_on AND r.state = 'billed')
       ELSE EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.reader_id AND s.state = 'active' AND c.kind = 'meter-reading' AND NEW.read_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.read_on)) END
     BEGIN SELECT RAISE(ABORT, 'reading without a certified reader'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_stand;
CREATE TRIGGER readings_stand BEFORE UPDATE OF reader_id, source, read_on, meter_id, account_id, previous_on, previous_index, current_index,
       consumption, make_up ON readings
     BEGIN SELECT RAISE(ABORT, 'a reading is voided, not rewritten'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS price_versions_refuse_update;
CREATE TRIGGER price_versions_refuse_update BEFORE UPDATE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions never change'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_way;
CREATE TRIGGER workorders_way BEFORE UPDATE OF state ON workorders
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('accepted>assigned', 'accepted>on-site', 'accepted>referring', 'asked>answered', 'assigned>accepted', 'assigned>referring', 'called-back>closed', 'called-back>issued', 'closed>issued', 'handled>assigned', 'handled>referring', 'handled>repaired', 'issued>assigned', 'issued>referring', 'on-site>assigned', 'on-site>handled', 'on-site>referring', 'referred>called-back', 'referred>issued', 'referring>issued', 'referring>referred', 'repaired>handled', 'repaired>verified', 'reported>issued', 'verified>called-back', 'verified>issued')
     BEGIN SELECT RAISE(ABORT, 'no such step of a work order'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_stay;
CREATE TRIGGER workorders_stay BEFORE DELETE ON workorders BEGIN SELECT RAISE(ABORT, 'a work order stays on record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_intake_stays;
CREATE TRIGGER workorders_intake_stays BEFORE UPDATE ON workorders
     WHEN NEW.reported_at <> OLD.reported_at OR NEW.entered_at <> OLD.entered_at OR NEW.handle_hours <> OLD.handle_hours OR NEW.repair_hours <> OLD.repair_hours
       OR NEW.kind <> OLD.kind OR NEW.order_no <> OLD.order_no OR NEW.urgent < OLD.urgent
       OR NEW.tell_by IS NOT OLD.tell_by OR NEW.dispatched_late < OLD.dispatched_late OR NEW.arrived_late < OLD.arrived_late
       OR NEW.handled_late < OLD.handled_late OR NEW.repaired_late < OLD.repaired_late
     BEGIN SELECT RAISE(ABORT, 'what was taken in stays, with its time and hours'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_deadline_gate;
CREATE TRIGGER workorders_deadline_gate BEFORE UPDATE OF round, round_from, handle_by, repair_by, dispatch_by, arrive_by ON workorders
     WHEN (NEW.round <> OLD.round OR NEW.round_from <> OLD.round_from
         OR NEW.dispatch_by IS NOT OLD.dispatch_by OR NEW.arrive_by IS NOT OLD.arrive_by OR NEW.handle_by <> OLD.handle_by OR NEW.repair_by <> OLD.repair_by)
       AND NOT (NEW.round = OLD.round + 1 AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('reopen', 'call-back'))
       AND NOT (NEW.round = OLD.round AND NEW.round_from = OLD.round_from
         AND OLD.paused_at IS NOT NULL AND NEW.paused_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('resume'))
     BEGIN SELECT RAISE(ABORT, 'a deadline moves with a step alone'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_dispatched_at_gate;
CREATE TRIGGER workorders_dispatched_at_gate BEFORE UPDATE OF dispatched_at ON workorders WHEN NEW.dispatched_at IS NOT OLD.dispatched_at AND (CASE WHEN NEW.dispatched_at IS NULL
         THEN NEW.round > OLD.round
         ELSE OLD.dispatched_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('accept') AND NEW.dispatched_at = (SELECT at FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_arrived_at_gate;
CREATE TRIGGER workorders_arrived_at_gate BEFORE UPDATE OF arrived_at ON workorders WHEN NEW.arrived_at IS NOT OLD.arrived_at AND (CASE WHEN NEW.arrived_at IS NULL
         THEN NEW.round > OLD.round
         ELSE OLD.arrived_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('arrive') AND NEW.arrived_at = (SELECT at FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_handled_at_gate;
CREATE TRIGGER workorders_handled_at_gate BEFORE UPDATE OF handled_at ON workorders WHEN NEW.handled_at IS NOT OLD.handled_at AND (CASE WHEN NEW.handled_at IS NULL
         THEN NEW.round > OLD.round
         ELSE OLD.handled_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('handle') AND NEW.handled_at = (SELECT at FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_repaired_at_gate;
CREATE TRIGGER workorders_repaired_at_gate BEFORE UPDATE OF repaired_at ON workorders WHEN NEW.repaired_at IS NOT OLD.repaired_at AND (CASE WHEN NEW.repaired_at IS NULL
         THEN NEW.round > OLD.round OR (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('verify')
         ELSE OLD.repaired_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('repair') AND NEW.repaired_at = (SELECT at FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_paused_at_gate;
CREATE TRIGGER workorders_paused_at_gate BEFORE UPDATE OF paused_at ON workorders WHEN NEW.paused_at IS NOT OLD.paused_at AND (CASE WHEN NEW.paused_at IS NULL
         THEN NEW.round > OLD.round OR (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('resume')
         ELSE OLD.paused_at IS NULL AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('pause') AND NEW.paused_at = (SELECT at FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_paused_until_gate;
CREATE TRIGGER workorders_paused_until_gate BEFORE UPDATE OF paused_until ON workorders WHEN NEW.paused_until IS NOT OLD.paused_until AND NEW.paused_until IS NOT NULL
       AND (OLD.paused_until IS NULL AND NEW.paused_until = (SELECT paused_until FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_told_once;
CREATE TRIGGER workorder_leaders_told_once BEFORE UPDATE ON workorder_leaders WHEN OLD.told_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a leader is told once'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_stay;
CREATE TRIGGER workorder_leaders_stay BEFORE DELETE ON workorder_leaders BEGIN SELECT RAISE(ABORT, 'a leader is told once, and stays listed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_judged_by_others;
CREATE TRIGGER workorder_steps_judged_by_others BEFORE INSERT ON workorder_steps WHEN NEW.kind IN ('verify', 'confirm', 'call-back', 'close') AND EXISTS (
       SELECT 1 FROM workorder_steps s
       WHERE s.order_id = NEW.order_id AND s.kind = 'accept' AND (s.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id)))
     BEGIN SELECT RAISE(ABORT, 'work judged by whoever did it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_paused_by_others;
CREATE TRIGGER workorder_steps_paused_by_others BEFORE INSERT ON workorder_steps WHEN NEW.kind = 'pause' AND EXISTS (
       SELECT 1 FROM workorders o WHERE o.id = NEW.order_id AND (o.assignee_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = o.assignee_id)))
     BEGIN SELECT RAISE(ABORT, 'a clock stopped by whoever it runs for'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_certificate_gate;
CREATE TRIGGER workorders_certificate_gate BEFORE UPDATE OF assignee_id ON workorders
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id
       AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.assignee_id AND s.state = 'active' AND c.kind = CASE NEW.kind WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'work order without a certified assignee'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_certificate_gate;
CREATE TRIGGER workorder_steps_certificate_gate BEFORE INSERT ON workorder_steps
     WHEN NEW.kind IN ('accept', 'arrive', 'handle', 'repair')
       AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.worker_id AND s.state = 'active' AND c.kind = CASE (SELECT kind FROM workorders WHERE id = NEW.order_id) WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
       OR NEW.kind = 'call-back' AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.actor_id AND s.state = 'active' AND c.kind = 'callback' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'work order step without a certificate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_referral_gate;
CREATE TRIGGER workorder_steps_referral_gate BEFORE INSERT ON workorder_steps WHEN NEW.kind = 'confirm' AND EXISTS (
       SELECT 1 FROM (SELECT actor_id FROM workorder_steps WHERE order_id = NEW.order_id AND kind = 'refer'
         ORDER BY no DESC LIMIT 1) s WHERE (s.actor_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.actor_id)))
     BEGIN SELECT RAISE(ABORT, 'a referral confirmed by whoever wanted it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_referral_gate;
CREATE TRIGGER workorders_referral_gate BEFORE UPDATE OF state ON workorders WHEN NEW.state = 'referred' AND OLD.state = 'referring' AND (SELECT kind FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('confirm') IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a referral nobody confirmed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_gas_gate;
CREATE TRIGGER workorders_gas_gate BEFORE UPDATE OF state, gas ON workorders WHEN
       NEW.state = 'handled' AND OLD.state = 'on-site' AND NEW.urgent = 1 AND NEW.gas IS NULL
       OR NEW.gas = 'off' AND OLD.gas IS NOT 'off' AND NEW.account_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM supply_holds WHERE subject = 'workorder:' || NEW.id AND lifted_at IS NULL)
       OR NEW.gas = 'off' AND OLD.gas IS NOT 'off' AND NEW.account_id IS NULL AND NOT EXISTS (
         SELECT 1 FROM interruptions WHERE kind = 'emergency' AND state = 'interrupted')
       OR OLD.gas = 'off' AND NEW.gas IS NOT 'off' AND NEW.round = OLD.round
     BEGIN SELECT RAISE(ABORT, 'gas off on site, and not held off on record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_gas_back_gate;
CREATE TRIGGER workorders_gas_back_gate BEFORE UPDATE OF state ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       EXISTS (SELECT 1 FROM supply_holds h WHERE h.subject = 'workorder:' || NEW.id AND (h.lifted_at IS NULL OR (SELECT p.gas_state FROM service_points p WHERE p.id = h.service_point_id) = 'suspended' AND NOT EXISTS (SELECT 1 FROM supply_holds s WHERE s.service_point_id = h.service_point_id AND s.lifted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM supply_resumptions r
  WHERE r.service_point_id = h.service_point_id AND r.outcome = 'resumed' AND r.at >= h.placed_at)))
       OR EXISTS (SELECT 1 FROM interruptions WHERE ground_order_id = NEW.id AND state = 'interrupted'))
     BEGIN SELECT RAISE(ABORT, 'closed while gas is off without test and check'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_holds_of_orders_gate;
CREATE TRIGGER supply_holds_of_orders_gate BEFORE UPDATE OF lifted_at ON supply_holds
     WHEN NEW.lifted_at IS NOT NULL AND OLD.subject LIKE 'workorder:%' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = substr(OLD.subject, 11) AND at >= OLD.placed_at
         AND (kind = 'repair' OR kind = 'confirm' AND state = 'referred'))
     BEGIN SELECT RAISE(ABORT, 'gas back before the repair'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_begin;
CREATE TRIGGER workorders_begin BEFORE INSERT ON workorders
     WHEN NEW.assignee_id IS NOT NULL OR NEW.state NOT IN ('asked', 'answered', 'reported', 'issued')
     BEGIN SELECT RAISE(ABORT, 'a work order begins unassigned'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_close_gate;
CREATE TRIGGER workorders_close_gate BEFORE UPDATE ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = NEW.id AND round = NEW.round AND kind = 'call-back' AND state = 'called-back')
     BEGIN SELECT RAISE(ABORT, 'work order closed without callback'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS approvals_used_once;
CREATE TRIGGER approvals_used_once BEFORE UPDATE ON approvals WHEN OLD.used_at IS NOT NULL OR NEW.used_at IS NULL
       OR NEW.id IS NOT OLD.id OR NEW.purpose IS NOT OLD.purpose OR NEW.subject IS NOT OLD.subject OR NEW.terms IS NOT OLD.terms OR NEW.terms_hash IS NOT OLD.terms_hash OR NEW.requested_by IS NOT OLD.requested_by OR NEW.approver_id IS NOT OLD.approver_id OR NEW.created_at IS NOT OLD.created_at OR NEW.expires_at IS NOT OLD.expires_at
     BEGIN SELECT RAISE(ABORT, 'an approval is only ever used'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS approval_requests_end_once;
CREATE TRIGGER approval_requests_end_once BEFORE UPDATE ON approval_requests WHEN NOT (OLD.state = 'open' OR OLD.state = 'agreed' AND NEW.state = 'withdrawn')
       OR NEW.id IS NOT OLD.id OR NEW.purpose IS NOT OLD.purpose OR NEW.terms IS NOT OLD.terms OR NEW.summary IS NOT OLD.summary OR NEW.requested_by IS NOT OLD.requested_by OR NEW.session_id IS NOT OLD.session_id OR NEW.till IS NOT OLD.till OR NEW.created_at IS NOT OLD.created_at OR NEW.expires_at IS NOT OLD.expires_at
     BEGIN SELECT RAISE(ABORT, 'a request for an approval ends once, as it was asked'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS approvals_stay;
CREATE TRIGGER approvals_stay BEFORE DELETE ON approvals BEGIN SELECT RAISE(ABORT, 'approvals never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_withdrawn_only;
CREATE TRIGGER certificates_withdrawn_only BEFORE UPDATE ON certificates WHEN OLD.withdrawn_on IS NOT NULL OR NEW.staff_id IS NOT OLD.staff_id
       OR NEW.kind IS NOT OLD.kind OR NEW.number IS NOT OLD.number OR NEW.issued_on IS NOT OLD.issued_on
       OR NEW.valid_to IS NOT OLD.valid_to OR NEW.good_from IS NOT OLD.good_from
       OR NEW.approver_id IS NOT OLD.approver_id OR NEW.exam_id IS NOT OLD.exam_id OR NEW.copy_hash IS NOT OLD.copy_hash
       OR NEW.copy_name IS NOT OLD.copy_name OR NEW.added_by_id IS NOT OLD.added_by_id OR NEW.added_at IS NOT OLD.added_at
     BEGIN SELECT RAISE(ABORT, 'a certificate is only ever withdrawn'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_stay;
CREATE TRIGGER certificates_stay BEFORE DELETE ON certificates WHEN NOT EXISTS (SELECT 1 FROM import_rows r JOIN imports i ON i.id = r.import_id
       WHERE r.certificate_id = OLD.id AND i.state = 'undoing')
     BEGIN SELECT RAISE(ABORT, 'certificates never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_proof;
CREATE TRIGGER certificates_proof BEFORE INSERT ON certificates WHEN NOT (NEW.copy_hash IS NOT NULL
       OR EXISTS (SELECT 1 FROM exams e WHERE e.id = NEW.exam_id AND e.staff_id = NEW.staff_id AND e.passed = 1
         AND e.certificate_kind = NEW.kind AND e.voided_at IS NULL AND julianday(NEW.issued_on) - julianday(e.held_on)
           BETWEEN 0 AND CAST(coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'staff.examProvesDays'), '365') AS INTEGER))
       OR (NEW.exam_id IS NULL AND NOT EXISTS (SELECT 1 FROM business_days WHERE counter = 1)))
     BEGIN SELECT RAISE(ABORT, 'a certificate without a passed exam or a copy'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_backdated;
CREATE TRIGGER certificates_backdated BEFORE INSERT ON certificates WHEN NEW.good_from < date(hall_now() / 1000, 'unixepoch', '+8 hours') AND NOT (NEW.approver_id <> NEW.added_by_id
       AND NEW.approver_id <> NEW.staff_id AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))) IS TRUE
     BEGIN SELECT RAISE(ABORT, 'a certificate backdated by one person'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_prove;
CREATE TRIGGER exams_prove BEFORE UPDATE OF voided_at ON exams WHEN NEW.voided_at IS NOT NULL AND EXISTS (
       SELECT 1 FROM certificates c WHERE c.exam_id = NEW.id AND c.withdrawn_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an exam that a certificate stands on'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS trainings_voided_once;
CREATE TRIGGER trainings_voided_once BEFORE UPDATE ON trainings WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
       OR NEW.id IS NOT OLD.id OR NEW.course IS NOT OLD.course OR NEW.kind IS NOT OLD.kind OR NEW.held_on IS NOT OLD.held_on OR NEW.minutes IS NOT OLD.minutes OR NEW.trainer IS NOT OLD.trainer OR NEW.materials IS NOT OLD.materials OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.recorded_by IS NOT OLD.recorded_by
     BEGIN SELECT RAISE(ABORT, 'trainings are only ever voided'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS trainings_stay;
CREATE TRIGGER trainings_stay BEFORE DELETE ON trainings BEGIN SELECT RAISE(ABORT, 'trainings never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_voided_once;
CREATE TRIGGER exams_voided_once BEFORE UPDATE ON exams WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
       OR NEW.id IS NOT OLD.id OR NEW.staff_id IS NOT OLD.staff_id OR NEW.subject IS NOT OLD.subject OR NEW.certificate_kind IS NOT OLD.certificate_kind OR NEW.kind IS NOT OLD.kind OR NEW.held_on IS NOT OLD.held_on OR NEW.score IS NOT OLD.score OR NEW.out_of IS NOT OLD.out_of OR NEW.pass_mark IS NOT OLD.pass_mark OR NEW.passed IS NOT OLD.passed OR NEW.retake_of IS NOT OLD.retake_of OR NEW.note IS NOT OLD.note OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.recorded_by_id IS NOT OLD.recorded_by_id OR NEW.recorded_by IS NOT OLD.recorded_by
     BEGIN SELECT RAISE(ABORT, 'exams are only ever voided'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_stay;
CREATE TRIGGER exams_stay BEFORE DELETE ON exams BEGIN SELECT RAISE(ABORT, 'exams never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_retake_gate;
CREATE TRIGGER exams_retake_gate BEFORE INSERT ON exams WHEN NEW.retake_of IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM exams e WHERE e.id = NEW.retake_of AND e.staff_id = NEW.staff_id AND e.passed = 0
         AND e.voided_at IS NULL AND e.held_on <= NEW.held_on)
     BEGIN SELECT RAISE(ABORT, 'a retake without its failed exam'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_not_ahead;
CREATE TRIGGER exams_not_ahead BEFORE INSERT ON exams WHEN NEW.held_on > date(hall_now() / 1000, 'unixepoch', '+8 hours') BEGIN SELECT RAISE(ABORT, 'an exam ahead of its day'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merit_approvals_gate;
CREATE TRIGGER merit_approvals_gate BEFORE INSERT ON merit_approvals WHEN NOT EXISTS (
       SELECT 1 FROM merits m JOIN staff s ON s.id = NEW.approver_id
       WHERE m.id = NEW.merit_id AND NOT (m.staff_id = NEW.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = m.staff_id))
         AND NOT (m.recorded_by_id = NEW.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = m.recorded_by_id)) AND s.state = 'active'
         AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)))
     BEGIN SELECT RAISE(ABORT, 'a reward or penalty approved by somebody who may not'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_revoke_gate;
CREATE TRIGGER merits_revoke_gate BEFORE INSERT ON merits WHEN NEW.revokes IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM merits m JOIN merit_approvals a ON a.merit_id = m.id
       WHERE m.id = NEW.revokes AND m.staff_id = NEW.staff_id AND m.kind = NEW.kind AND m.revokes IS NULL
         AND a.approved = 1)
     BEGIN SELECT RAISE(ABORT, 'a counter record of something that does not hold'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_gate;
CREATE TRIGGER deputies_gate BEFORE INSERT ON deputies WHEN NOT (NEW.ended_at IS NULL AND NEW.from_on >= date(hall_now() / 1000, 'unixepoch', '+8 hours')
       AND EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
         WHERE staff.id = NEW.appointed_by_id AND staff.state = 'active' AND r.value = 'administrator')
       AND (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND NOT (NEW.staff_id = NEW.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = NEW.staff_id))
       AND NOT (NEW.appointed_by_id = NEW.approver_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.approver_id AND hall_now() - k.reset_at < 86400000 AND g.value = NEW.appointed_by_id))
       AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'deputy' AND a.subject = 'staff:' || NEW.staff_id
         AND a.approver_id = NEW.approver_id AND a.used_at IS NOT NULL
         AND json_extract(a.terms, '$.fromOn') = NEW.from_on AND json_extract(a.terms, '$.toOn') = NEW.to_on))
     BEGIN SELECT RAISE(ABORT, 'a deputy nobody else agreed to'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_only_end;
CREATE TRIGGER deputies_only_end BEFORE UPDATE ON deputies WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.staff_id <> OLD.staff_id
       OR NEW.from_on <> OLD.from_on OR NEW.to_on <> OLD.to_on OR NEW.approver_id <> OLD.approver_id
     BEGIN SELECT RAISE(ABORT, 'an appointment only ever ends'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_stay;
CREATE TRIGGER deputies_stay BEFORE DELETE ON deputies BEGIN SELECT RAISE(ABORT, 'deputies never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_leave_no_drafts;
CREATE TRIGGER staff_leave_no_drafts AFTER UPDATE OF state ON staff WHEN NEW.state = 'left' BEGIN DELETE FROM drafts WHERE staff_id = NEW.id; END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_begin;
CREATE TRIGGER scorecards_begin BEFORE INSERT ON scorecards WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a scorecard begins as a draft'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_signed_stay;
CREATE TRIGGER scorecards_signed_stay BEFORE UPDATE ON scorecards WHEN OLD.state = 'signed'
     BEGIN SELECT RAISE(ABORT, 'a signed scorecard never changes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_way;
CREATE TRIGGER scorecards_way BEFORE UPDATE OF state ON scorecards
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('draft>reviewed', 'reviewed>draft', 'reviewed>signed')
     BEGIN SELECT RAISE(ABORT, 'a scorecard goes from draft over review to signature'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_reviewed_keep;
CREATE TRIGGER scorecards_reviewed_keep BEFORE UPDATE ON scorecards WHEN OLD.state = 'reviewed' AND NEW.state <> 'draft' AND (
       NEW.total IS NOT OLD.total OR NEW.grade IS NOT OLD.grade OR NEW.comment IS NOT OLD.comment
       OR NEW.thresholds IS NOT OLD.thresholds OR NEW.computed_at IS NOT OLD.computed_at
       OR NEW.reviewed_by_id IS NOT OLD.reviewed_by_id)
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_period_stays;
CREATE TRIGGER scorecards_period_stays BEFORE UPDATE ON scorecards WHEN NEW.scope IS NOT OLD.scope OR NEW.from_date IS NOT OLD.from_date
       OR NEW.to_date IS NOT OLD.to_date OR NEW.card_no IS NOT OLD.card_no
     BEGIN SELECT RAISE(ABORT, 'a scorecard stays that of its period'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_review_gate;
CREATE TRIGGER scorecards_review_gate BEFORE UPDATE ON scorecards WHEN NEW.state = 'reviewed' AND OLD.state = 'draft' AND (
       date(hall_now() / 1000, 'unixepoch', '+8 hours') <= NEW.to_date OR NEW.total IS NULL
       OR EXISTS (SELECT 1 FROM scorecard_items WHERE scorecard_id = NEW.id AND figure IS NULL AND (score IS NULL OR note = '')))
     BEGIN SELECT RAISE(ABORT, 'a scorecard reviewed before everything is judged'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_stay;
CREATE TRIGGER scorecards_stay BEFORE DELETE ON scorecards BEGIN SELECT RAISE(ABORT, 'scorecards never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_signed_by_another;
CREATE TRIGGER scorecards_signed_by_another BEFORE UPDATE ON scorecards WHEN NEW.state = 'signed' AND OLD.state <> 'signed'
       AND (OLD.reviewed_by_id = NEW.signed_by_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.signed_by_id AND hall_now() - k.reset_at < 86400000 AND g.value = OLD.reviewed_by_id))
     BEGIN SELECT RAISE(ABORT, 'a scorecard signed by whoever reviewed it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_frozen_insert;
CREATE TRIGGER scorecard_items_frozen_insert BEFORE INSERT ON scorecard_items
     WHEN (SELECT state FROM scorecards WHERE id = NEW.scorecard_id) IS NOT 'draft'
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_frozen_update;
CREATE TRIGGER scorecard_items_frozen_update BEFORE UPDATE ON scorecard_items
     WHEN (SELECT state FROM scorecards WHERE id = OLD.scorecard_id) IS NOT 'draft'
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_frozen_delete;
CREATE TRIGGER scorecard_items_frozen_delete BEFORE DELETE ON scorecard_items
     WHEN (SELECT state FROM scorecards WHERE id = OLD.scorecard_id) IS NOT 'draft'
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_begin;
CREATE TRIGGER complaints_begin BEFORE INSERT ON complaints WHEN NEW.state <> 'received' OR NEW.investigator_id IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a complaint begins without investigator'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_stay;
CREATE TRIGGER complaints_stay BEFORE DELETE ON complaints BEGIN SELECT RAISE(ABORT, 'a complaint stays on record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_way;
CREATE TRIGGER complaints_way BEFORE UPDATE OF state ON complaints
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('assigned>received', 'assigned>replied', 'called-back>closed', 'called-back>received', 'closed>received', 'received>assigned', 'replied>called-back', 'replied>received')
     BEGIN SELECT RAISE(ABORT, 'no such step of a complaint'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_intake_time;
CREATE TRIGGER complaints_intake_time BEFORE UPDATE OF taken_at, entered_at, reply_hours, replied_late ON complaints
     WHEN OLD.taken_at <> NEW.taken_at OR OLD.entered_at <> NEW.entered_at OR OLD.reply_hours <> NEW.reply_hours OR OLD.replied_late > NEW.replied_late
     BEGIN SELECT RAISE(ABORT, 'the time of the intake stays'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_deadline_gate;
CREATE TRIGGER complaints_deadline_gate BEFORE UPDATE OF round, round_from, reply_by ON complaints
     WHEN (NEW.round <> OLD.round OR NEW.round_from <> OLD.round_from OR NEW.reply_by <> OLD.reply_by)
       AND NOT (NEW.round = OLD.round + 1 AND (SELECT kind FROM complaint_steps WHERE complaint_id = NEW.id ORDER BY no DESC LIMIT 1) IN ('reopen', 'call-back'))
     BEGIN SELECT RAISE(ABORT, 'a deadline moves with a step alone'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_replied_gate;
CREATE TRIGGER complaints_replied_gate BEFORE UPDATE OF replied_at, first_replied_at ON complaints
     WHEN NEW.first_replied_at IS NOT OLD.first_replied_at AND (OLD.first_replied_at IS NULL AND NEW.first_replied_at IS NEW.replied_at) IS NOT 1
       OR NEW.replied_at IS NOT OLD.replied_at AND (CASE WHEN NEW.replied_at IS NULL THEN NEW.round > OLD.round
         ELSE (SELECT kind FROM complaint_steps WHERE complaint_id = NEW.id ORDER BY no DESC LIMIT 1) = 'reply' AND NEW.replied_at = (SELECT done_at FROM complaint_steps WHERE complaint_id = NEW.id ORDER BY no DESC LIMIT 1) END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_investigator;
CREATE TRIGGER complaints_investigator BEFORE UPDATE OF investigator_id ON complaints
     WHEN NEW.investigator_id IS NOT NULL AND EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = NEW.id AND (p.staff_id = NEW.investigator_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.investigator_id AND hall_now() - k.reset_at < 86400000 AND g.value = p.staff_id)))
     BEGIN SELECT RAISE(ABORT, 'complaint investigated by whom it is about'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_investigator;
CREATE TRIGGER complaint_parties_investigator BEFORE INSERT ON complaint_parties WHEN EXISTS (
       SELECT 1 FROM complaints c WHERE c.id = NEW.complaint_id AND c.investigator_id = NEW.staff_id)
     BEGIN SELECT RAISE(ABORT, 'complaint investigated by whom it is about'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_by_others;
CREATE TRIGGER complaint_steps_by_others BEFORE INSERT ON complaint_steps WHEN EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = NEW.complaint_id AND (p.staff_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = p.staff_id)))
     BEGIN SELECT RAISE(ABORT, 'complaint touched by whom it is about'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_judged_by_others;
CREATE TRIGGER complaint_steps_judged_by_others BEFORE INSERT ON complaint_steps WHEN NEW.kind IN ('call-back', 'close') AND EXISTS (
       SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.complaint_id
         AND ((s.kind IN ('investigate', 'reply') AND (s.actor_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.actor_id)))
           OR (s.kind = 'assign' AND (s.person_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.person_id)))))
     BEGIN SELECT RAISE(ABORT, 'complaint judged by whoever handled it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_reply_gate;
CREATE TRIGGER complaints_reply_gate BEFORE UPDATE OF state ON complaints WHEN NEW.state = 'replied' AND OLD.state <> 'replied'
       AND NOT (EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.id AND s.round = NEW.round AND s.kind = 'investigate') AND EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.id AND s.round = NEW.round AND s.kind = 'reply'))
     BEGIN SELECT RAISE(ABORT, 'complaint answered without investigation'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_backdated_gate;
CREATE TRIGGER complaint_steps_backdated_gate BEFORE INSERT ON complaint_steps WHEN NEW.kind = 'reply' AND NEW.at - NEW.done_at > 24 * 3600000 AND NOT EXISTS (
       SELECT 1 FROM approvals a WHERE a.purpose = 'late-reply' AND a.subject = 'complaint:' || NEW.complaint_id
         AND a.used_at IS NOT NULL AND a.approver_id <> NEW.actor_id)
     BEGIN SELECT RAISE(ABORT, 'an answer dated back by one person'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_close_gate;
CREATE TRIGGER complaints_close_gate BEFORE UPDATE OF state ON complaints WHEN NEW.state IN ('called-back', 'closed') AND OLD.state <> NEW.state
       AND NOT EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.id AND s.round = NEW.round AND s.kind = 'call-back' AND s.state = 'called-back')
     BEGIN SELECT RAISE(ABORT, 'complaint closed without callback'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_certificate;
CREATE TRIGGER followup_calls_certificate BEFORE INSERT ON followup_calls WHEN NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.actor_id AND s.state = 'active' AND c.kind = 'callback' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'callback without certificate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_own_work;
CREATE TRIGGER followup_calls_own_work BEFORE INSERT ON followup_calls WHEN
       EXISTS (SELECT 1 FROM workorder_steps s WHERE s.order_id = NEW.subject_id AND (s.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id))
         AND s.kind IN ('accept', 'arrive', 'handle', 'repair'))
       OR EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.subject_id AND (s.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.worker_id)))
       OR EXISTS (SELECT 1 FROM installation_records r WHERE r.application_id = NEW.subject_id
         AND ((r.worker_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = r.worker_id)) OR (r.actor_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = r.actor_id))))
       OR EXISTS (SELECT 1 FROM inspection_visits v WHERE v.id = NEW.subject_id AND (v.inspector_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = v.inspector_id)))
       OR EXISTS (SELECT 1 FROM supply_resumptions r WHERE r.id = NEW.subject_id AND (r.tester_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = r.tester_id)))
       OR EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = NEW.subject_id AND (p.staff_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = p.staff_id)))
       OR EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.subject_id
         AND s.kind IN ('investigate', 'reply') AND (s.actor_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = s.actor_id)))
       OR EXISTS (SELECT 1 FROM followup_samples m, json_each(m.involved) i
         WHERE m.id = NEW.sample_id AND (i.value = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = i.value)))
     BEGIN SELECT RAISE(ABORT, 'callback about own work'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_tries;
CREATE TRIGGER followup_calls_tries BEFORE INSERT ON followup_calls WHEN NEW.result = 'unreachable'
       AND (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.subject_id AND f.round = NEW.round AND f.service = NEW.service AND f.result = 'unreached') < 2
     BEGIN SELECT RAISE(ABORT, 'given up before three tries'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_callback;
CREATE TRIGGER workorder_steps_callback BEFORE INSERT ON workorder_steps WHEN NEW.kind = 'call-back' AND (
       (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.order_id AND f.round = NEW.round AND 1) <=
         (SELECT count(*) FROM workorder_steps s WHERE s.order_id = NEW.order_id AND s.round = NEW.round AND s.kind = 'call-back')
       OR (NEW.state = 'called-back' AND (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.order_id AND f.round = NEW.round AND f.result IN ('satisfied', 'unreachable')) = 0))
     BEGIN SELECT RAISE(ABORT, 'callback step without its call'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_callback;
CREATE TRIGGER complaint_steps_callback BEFORE INSERT ON complaint_steps WHEN NEW.kind = 'call-back' AND (
       (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.complaint_id AND f.round = NEW.round AND 1) <=
         (SELECT count(*) FROM complaint_steps s WHERE s.complaint_id = NEW.complaint_id AND s.round = NEW.round AND s.kind = 'call-back')
       OR (NEW.state = 'called-back' AND (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.complaint_id AND f.round = NEW.round AND f.result IN ('satisfied', 'unreachable')) = 0))
     BEGIN SELECT RAISE(ABORT, 'callback step without its call'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_callback;
CREATE TRIGGER hazard_steps_callback BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'call-back' AND (
       (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.hazard_id AND f.round = NEW.round AND 1) <=
         (SELECT count(*) FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND s.round = NEW.round AND s.kind = 'call-back')
       OR (NEW.state = 'called-back' AND (SELECT count(*) FROM followup_calls f WHERE f.subject_id = NEW.hazard_id AND f.round = NEW.round AND f.result IN ('satisfied', 'unreachable')) = 0))
     BEGIN SELECT RAISE(ABORT, 'callback step without its call'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_once;
CREATE TRIGGER followup_draws_once BEFORE INSERT ON followup_draws WHEN EXISTS (SELECT 1 FROM followup_draws d
       WHERE d.service = NEW.service AND d.from_date <= NEW.to_date AND d.to_date >= NEW.from_date)
     BEGIN SELECT RAISE(ABORT, 'drawn twice'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_assignee_insert;
CREATE TRIGGER followup_samples_assignee_insert BEFORE INSERT ON followup_samples WHEN NEW.assignee_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.assignee_id AND s.state = 'active' AND c.kind = 'callback' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
         OR EXISTS (SELECT 1 FROM json_each(NEW.involved) i WHERE i.value = NEW.assignee_id))
       BEGIN SELECT RAISE(ABORT, 'drawn item given to somebody who may not ring'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_assignee_update;
CREATE TRIGGER followup_samples_assignee_update BEFORE UPDATE OF assignee_id ON followup_samples WHEN NEW.assignee_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.assignee_id AND s.state = 'active' AND c.kind = 'callback' AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
         OR EXISTS (SELECT 1 FROM json_each(NEW.involved) i WHERE i.value = NEW.assignee_id))
       BEGIN SELECT RAISE(ABORT, 'drawn item given to somebody who may not ring'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_begin;
CREATE TRIGGER followup_samples_begin BEFORE INSERT ON followup_samples WHEN NEW.state <> 'due'
     BEGIN SELECT RAISE(ABORT, 'a drawn item begins uncalled'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_state;
CREATE TRIGGER followup_samples_state BEFORE UPDATE OF state ON followup_samples WHEN OLD.state <> NEW.state AND (OLD.state <> 'due' OR NOT EXISTS (
       SELECT 1 FROM followup_calls f WHERE f.sample_id = NEW.id AND f.result = NEW.state))
     BEGIN SELECT RAISE(ABORT, 'drawn item concluded without its call'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_stay;
CREATE TRIGGER followup_samples_stay BEFORE DELETE ON followup_samples BEGIN SELECT RAISE(ABORT, 'a drawn item stays on record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_versions_refuse_update;
CREATE TRIGGER fee_versions_refuse_update BEFORE UPDATE ON fee_versions BEGIN SELECT RAISE(ABORT, 'fee_versions never change'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_items_gate;
CREATE TRIGGER fee_items_gate BEFORE INSERT ON fee_items WHEN (NEW.name LIKE '%表前%' OR NEW.name LIKE '%红线外%' OR NEW.name LIKE '%到期%表%' OR NEW.name LIKE '%超期%表%' OR NEW.name LIKE '%换表费%'
       OR ((NEW.name LIKE '%燃气表%' OR NEW.name LIKE '%表具%')
         AND NOT (NEW.name LIKE '%移%' OR NEW.name LIKE '%迁%' OR NEW.name LIKE '%拆装%' OR NEW.name LIKE '%检定%' OR NEW.name LIKE '%校验%' OR NEW.name LIKE '%表后%')))
     BEGIN SELECT RAISE(ABORT, 'a fee that nobody may charge'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_items_kept;
CREATE TRIGGER fee_items_kept BEFORE UPDATE ON fee_items WHEN NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.unit <> OLD.unit
       OR NEW.account <> OLD.account BEGIN SELECT RAISE(ABORT, 'a fee item never becomes another'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_gate;
CREATE TRIGGER fee_charges_gate BEFORE INSERT ON fee_charges WHEN NEW.paid <> 0 OR NEW.state <> 'open' OR NOT EXISTS (
       SELECT 1 FROM fee_items i JOIN fee_versions v ON v.item_id = i.id
         JOIN accounts a ON a.id = NEW.account_id JOIN customers c ON c.id = a.customer_id
       WHERE i.id = NEW.item_id AND v.id = NEW.version_id AND i.state = 'in-force' AND i.kind = NEW.kind
         AND i.name = NEW.name AND v.effective_from = (SELECT max(w.effective_from) FROM fee_versions w
           WHERE w.item_id = i.id AND w.effective_from <= NEW.business_date)
         AND NEW.unit_price BETWEEN v.price AND v.max_price
         AND EXISTS (SELECT 1 FROM json_each(v.places) p WHERE p.value = NEW.place)
         AND EXISTS (SELECT 1 FROM json_each(v.buyers) b
           WHERE b.value = CASE c.category WHEN 'resident' THEN 'resident' ELSE 'non-resident' END))
     BEGIN SELECT RAISE(ABORT, 'charged by no price in force'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_kept;
CREATE TRIGGER fee_charges_kept BEFORE UPDATE ON fee_charges WHEN OLD.state = 'withdrawn' OR NEW.amount <> OLD.amount OR NEW.quantity <> OLD.quantity
       OR NEW.unit_price <> OLD.unit_price OR NEW.account_id <> OLD.account_id OR NEW.item_id <> OLD.item_id
       OR NEW.version_id <> OLD.version_id OR NEW.entry_id <> OLD.entry_id OR NEW.kind <> OLD.kind OR NEW.tax <> OLD.tax
     BEGIN SELECT RAISE(ABORT, 'a charge never becomes another'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_stay;
CREATE TRIGGER fee_charges_stay BEFORE DELETE ON fee_charges BEGIN SELECT RAISE(ABORT, 'fee_charges stay'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_way;
CREATE TRIGGER account_processes_way BEFORE UPDATE OF state ON account_processes
     WHEN OLD.state <> NEW.state AND OLD.kind || '>' || OLD.state || '>' || NEW.state NOT IN ('addition>added>done', 'addition>applied>added', 'addition>applied>cancelled', 'closing>applied>cancelled', 'closing>applied>done', 'deactivation>applied>cancelled', 'deactivation>applied>read', 'deactivation>read>cancelled', 'deactivation>read>done', 'detachment>applied>cancelled', 'detachment>applied>removed', 'detachment>removed>done', 'dismantling>applied>cancelled', 'dismantling>applied>read', 'dismantling>applied>removed', 'dismantling>read>cancelled', 'dismantling>read>removed', 'dismantling>removed>done', 'exchange>applied>cancelled', 'exchange>applied>exchanged', 'exchange>exchanged>done', 'reactivation>applied>cancelled', 'reactivation>applied>done', 'transfer>applied>cancelled', 'transfer>applied>read', 'transfer>read>cancelled', 'transfer>read>done')
     BEGIN SELECT RAISE(ABORT, 'no such step of such a process'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_begin;
CREATE TRIGGER account_processes_begin BEFORE INSERT ON account_processes WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'a process begins as applied'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_end_once;
CREATE TRIGGER account_processes_end_once BEFORE UPDATE ON account_processes WHEN OLD.state IN ('done', 'cancelled')
     BEGIN SELECT RAISE(ABORT, 'a process that has ended never changes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_stay;
CREATE TRIGGER account_processes_stay BEFORE DELETE ON account_processes BEGIN SELECT RAISE(ABORT, 'account_processes never go'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_settled_gate;
CREATE TRIGGER account_processes_settled_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind NOT IN ('exchange', 'addition', 'detachment') AND NOT (
       (
  (SELECT arrears FROM accounts WHERE id = NEW.account_id) = 0
  AND NOT EXISTS (SELECT 1 FROM bills WHERE account_id = NEW.account_id AND state = 'open')
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = NEW.account_id AND state = 'unbilled') OR 
  (NEW.debt_principal IS NOT NULL AND NEW.debt_approver_id IS NOT NULL
  AND (SELECT arrears FROM accounts WHERE id = NEW.account_id) <= NEW.debt_principal
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = NEW.account_id AND state = 'unbilled')))
       AND (NEW.prepayment_choice = 'keep' OR (SELECT prepayment FROM accounts WHERE id = NEW.account_id) = 0))
     BEGIN SELECT RAISE(ABORT, 'process ends unsettled'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_reactivation_gate;
CREATE TRIGGER account_processes_reactivation_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'reactivation' AND NOT (
       coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1
       AND julianday(date(hall_now() / 1000, 'unixepoch', '+8 hours')) - julianday(coalesce((SELECT performed_on FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0)) BETWEEN 0 AND CAST(coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'installations.testDays'), '0') AS INTEGER) AND julianday(date(hall_now() / 1000, 'unixepoch', '+8 hours')) - julianday(coalesce((SELECT performed_on FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0)) BETWEEN 0 AND CAST(coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'installations.testDays'), '0') AS INTEGER)
       AND NOT EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND lifted_at IS NULL))
     BEGIN SELECT RAISE(ABORT, 'reactivation without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_dismantling_gate;
CREATE TRIGGER account_processes_dismantling_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'dismantling' AND NOT (
       coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0))
     BEGIN SELECT RAISE(ABORT, 'dismantling without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_addition_gate;
CREATE TRIGGER account_processes_addition_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'addition' AND NOT (
       coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'addition' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'addition' ORDER BY no DESC LIMIT 1), 0)
       AND ((SELECT gas_state FROM service_points WHERE id = NEW.service_point_id) <> 'supplied'
         OR coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'addition' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'addition' ORDER BY no DESC LIMIT 1), 0)))
     BEGIN SELECT RAISE(ABORT, 'addition of a meter without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_detachment_gate;
CREATE TRIGGER account_processes_detachment_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'detachment' AND NOT (
       coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0)
       AND ((SELECT gas_state FROM service_points WHERE id = NEW.service_point_id) <> 'supplied'
         OR coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'removal' ORDER BY no DESC LIMIT 1), 0)))
     BEGIN SELECT RAISE(ABORT, 'detachment of a meter without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_exchange_gate;
CREATE TRIGGER account_processes_exchange_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'exchange' AND NOT (
       coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'exchange' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'tightness' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'exchange' ORDER BY no DESC LIMIT 1), 0)
       AND ((SELECT gas_state FROM service_points WHERE id = NEW.service_point_id) <> 'supplied'
         OR coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'exchange' ORDER BY no DESC LIMIT 1), 0) > 0 AND coalesce((SELECT passed FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) = 1
       AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'safety-check' ORDER BY no DESC LIMIT 1), 0) > coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'exchange' ORDER BY no DESC LIMIT 1), 0)))
     BEGIN SELECT RAISE(ABORT, 'exchange of a meter without its evidence'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_transfer_gate;
CREATE TRIGGER account_processes_transfer_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'transfer' AND NOT (
       (SELECT count(DISTINCT kind) FROM contracts
        WHERE application_id = NEW.id AND customer_id = NEW.new_customer_id AND state = 'signed') = 2
       AND (SELECT state FROM accounts WHERE id = NEW.account_id) = 'transferred'
       AND (SELECT customer_id FROM accounts WHERE id = NEW.new_account_id AND state = 'active') = NEW.new_customer_id)
     BEGIN SELECT RAISE(ABORT, 'transfer without both contracts'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_absence_gate;
CREATE TRIGGER account_processes_absence_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.absence IS NOT NULL AND NOT (
       NEW.absence_approver_id IS NOT NULL AND (
         NEW.absence = 'deceased'
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.customer_id AND kind = 'death')
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind IN ('inheritance', 'property'))
         OR NEW.absence = 'unreachable'
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind = 'declaration')
           AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.new_customer_id AND kind = 'property')))
     BEGIN SELECT RAISE(ABORT, 'transfer without its holder, approval or proof'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_absence_approval_gate;
CREATE TRIGGER account_processes_absence_approval_gate BEFORE UPDATE OF absence_approver_id ON account_processes WHEN NEW.absence_approver_id IS NOT NULL
       AND NEW.absence_approver_id IS NOT OLD.absence_approver_id AND NOT (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.absence_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.absence_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
     BEGIN SELECT RAISE(ABORT, 'absence approved by nobody who may'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_debt_gate;
CREATE TRIGGER account_processes_debt_gate BEFORE UPDATE OF debt_principal, debt_approver_id ON account_processes WHEN NEW.debt_principal IS NOT NULL AND NOT (
       (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.debt_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.debt_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND EXISTS (SELECT 1 FROM approvals a
  WHERE a.purpose = 'debt-stays' AND a.subject = 'account-process:' || NEW.id AND a.approver_id = NEW.debt_approver_id AND a.used_at IS NOT NULL AND json_extract(a.terms, '$.principal') = NEW.debt_principal))
     BEGIN SELECT RAISE(ABORT, 'debt stays without the approval of a manager'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_ground_gate;
CREATE TRIGGER account_processes_ground_gate BEFORE UPDATE OF ground_approver_id ON account_processes WHEN NEW.ground_approver_id IS NOT NULL AND NOT (
       (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.ground_approver_id AND staff.state <> 'left' AND r.value = 'hall-manager') OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.ground_approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) AND EXISTS (SELECT 1 FROM approvals a
  WHERE a.purpose = 'closing-unremoved' AND a.subject = 'account-process:' || NEW.id AND a.approver_id = NEW.ground_approver_id AND a.used_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM account_process_records r WHERE r.process_id = NEW.id AND r.kind = 'place-seen'
         AND r.worker_id = NEW.ground_approver_id))
     BEGIN SELECT RAISE(ABORT, 'closing without dismantling, approved by nobody who may'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_ground_stays;
CREATE TRIGGER account_processes_ground_stays BEFORE UPDATE OF ground ON account_processes WHEN NEW.ground IS NOT OLD.ground
     BEGIN SELECT RAISE(ABORT, 'why a place is not dismantled is said at the beginning'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_closing_gate;
CREATE TRIGGER account_processes_closing_gate BEFORE UPDATE ON account_processes WHEN NEW.state = 'done' AND NEW.kind = 'closing' AND NOT (
       EXISTS (SELECT 1 FROM service_points WHERE id = NEW.service_point_id AND gas_state IN ('not-ignited', 'dismantled'))
       OR EXISTS (SELECT 1 FROM accounts WHERE service_point_id = NEW.service_point_id AND state = 'active' AND id <> NEW.account_id)
       OR NEW.ground IS NOT NULL AND NEW.ground_approver_id IS NOT NULL AND coalesce((SELECT no FROM account_process_records WHERE process_id = NEW.id AND kind = 'place-seen' ORDER BY no DESC LIMIT 1), 0) > 0
         AND EXISTS (SELECT 1 FROM attachments WHERE customer_id = NEW.customer_id AND added_at >= NEW.created_at
           AND kind IN ('declaration', 'inheritance', 'property', 'other')))
     BEGIN SELECT RAISE(ABORT, 'closing of a place that still may have gas'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_certificate_gate;
CREATE TRIGGER account_processes_certificate_gate BEFORE INSERT ON account_process_records
     WHEN (NEW.kind IN ('tightness', 'safety-check', 'removal', 'exchange', 'addition', 'place-seen') OR (NEW.kind = 'finished' AND
       (SELECT kind FROM account_processes WHERE id = NEW.process_id) IN ('deactivation', 'reactivation')))
       AND NOT EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = NEW.worker_id AND s.state = 'active' AND c.kind = 'maintenance' AND NEW.performed_on BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.performed_on))
     BEGIN SELECT RAISE(ABORT, 'work on site without a certified worker'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_tightness_gate;
CREATE TRIGGER account_process_records_tightness_gate BEFORE INSERT ON account_process_records WHEN NEW.kind = 'tightness' AND NEW.passed = 1
       AND (json_extract(NEW.body, '$.minutes') > 0 AND json_extract(NEW.body, '$.dropPa') BETWEEN 0 AND json_extract(NEW.body, '$.pressurePa') - 1) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a tightness test that tests nothing'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_end_gate;
CREATE TRIGGER accounts_end_gate BEFORE UPDATE OF state ON accounts WHEN NEW.state <> OLD.state AND NOT (
       OLD.state = 'active' AND (SELECT prepayment FROM accounts WHERE id = NEW.id) = 0 AND (
  (SELECT arrears FROM accounts WHERE id = NEW.id) = 0
  AND NOT EXISTS (SELECT 1 FROM bills WHERE account_id = NEW.id AND state = 'open')
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = NEW.id AND state = 'unbilled')
         OR NEW.state = 'closed' AND EXISTS (SELECT 1 FROM account_processes p WHERE p.account_id = NEW.id
           AND p.kind IN ('dismantling', 'closing') AND p.state <> 'cancelled' AND 
  (p.debt_principal IS NOT NULL AND p.debt_approver_id IS NOT NULL
  AND (SELECT arrears FROM accounts WHERE id = NEW.id) <= p.debt_principal
  AND NOT EXISTS (SELECT 1 FROM readings WHERE account_id = NEW.id AND state = 'unbilled')))))
     BEGIN SELECT RAISE(ABORT, 'an account ends settled, and once'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_deactivation_gate;
CREATE TRIGGER service_points_deactivation_gate BEFORE UPDATE OF gas_state ON service_points
     WHEN NEW.gas_state = 'deactivated' AND OLD.gas_state NOT IN ('deactivated', 'not-ignited') AND (SELECT kind FROM account_processes WHERE service_point_id = NEW.id AND state = 'done'
     AND kind IN ('deactivation', 'reactivation', 'dismantling') ORDER BY ended_at DESC, id DESC LIMIT 1) IS NOT 'deactivation'
     BEGIN SELECT RAISE(ABORT, 'deactivated without its process'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_reactivation_gate;
CREATE TRIGGER service_points_reactivation_gate BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'deactivated' AND NEW.gas_state <> 'deactivated'
       AND NEW.gas_state <> 'dismantled' AND NOT (NEW.gas_state = 'supplied' AND (SELECT kind FROM account_processes WHERE service_point_id = NEW.id AND state = 'done'
     AND kind IN ('deactivation', 'reactivation', 'dismantling') ORDER BY ended_at DESC, id DESC LIMIT 1) IS 'reactivation'
         AND NOT (CASE WHEN coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietFrom'), '22:00') <= coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietTo'), '06:00')
  THEN strftime('%H:%M', hall_now() / 1000, 'unixepoch', '+8 hours') >= coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietFrom'), '22:00') AND strftime('%H:%M', hall_now() / 1000, 'unixepoch', '+8 hours') < coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietTo'), '06:00')
  ELSE strftime('%H:%M', hall_now() / 1000, 'unixepoch', '+8 hours') >= coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietFrom'), '22:00') OR strftime('%H:%M', hall_now() / 1000, 'unixepoch', '+8 hours') < coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'supply.quietTo'), '06:00') END AND EXISTS (
           SELECT 1 FROM accounts a JOIN price_plans t ON t.id = a.price_plan_id
           WHERE a.service_point_id = NEW.id AND a.state = 'active' AND t.category = 'resident')))
     BEGIN SELECT RAISE(ABORT, 'gas resumed after deactivation without its gate'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_dismantling_gate;
CREATE TRIGGER service_points_dismantling_gate BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'dismantled' AND OLD.gas_state NOT IN ('dismantled', 'not-ignited')
       AND NOT (OLD.gas_state IN ('deactivated', 'suspended') AND (SELECT kind FROM account_processes WHERE service_point_id = NEW.id AND state = 'done'
     AND kind IN ('deactivation', 'reactivation', 'dismantling') ORDER BY ended_at DESC, id DESC LIMIT 1) IS 'dismantling')
       AND NOT EXISTS (SELECT 1 FROM account_processes WHERE service_point_id = NEW.id AND kind = 'closing'
         AND state = 'done' AND ground IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'dismantled without its process'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_dismantled_for_good;
CREATE TRIGGER service_points_dismantled_for_good BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'dismantled' AND NEW.gas_state <> 'dismantled'
     BEGIN SELECT RAISE(ABORT, 'a dismantled service point never gets gas again'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_further_readings_gate;
CREATE TRIGGER bill_further_readings_gate BEFORE INSERT ON bill_further_readings WHEN NOT EXISTS (
       SELECT 1 FROM bills b JOIN readings r ON r.account_id = b.account_id
       WHERE b.id = NEW.bill_id AND r.id = NEW.reading_id AND r.id <> b.reading_id)
       OR EXISTS (SELECT 1 FROM bills WHERE reading_id = NEW.reading_id AND cancelled_by IS NULL)
     BEGIN SELECT RAISE(ABORT, 'a reading is on one bill of its account'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bills_reading_gate;
CREATE TRIGGER bills_reading_gate BEFORE INSERT ON bills WHEN NEW.reading_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM bill_further_readings WHERE reading_id = NEW.reading_id AND cancelled = 0)
     BEGIN SELECT RAISE(ABORT, 'a reading is on one bill of its account'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_account_gate;
CREATE TRIGGER readings_account_gate BEFORE INSERT ON readings WHEN NEW.source <> 'import'
       AND (SELECT state FROM accounts WHERE id = NEW.account_id) <> 'active'
     BEGIN SELECT RAISE(ABORT, 'reading of an account that has ended'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_begin;
CREATE TRIGGER imports_begin BEFORE INSERT ON imports WHEN NEW.state <> 'reading' BEGIN SELECT RAISE(ABORT, 'an import begins with reading'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_moves;
CREATE TRIGGER imports_moves BEFORE UPDATE OF state ON imports WHEN NEW.state <> OLD.state AND NOT (
       (OLD.state = 'reading' AND NEW.state IN ('checking', 'discarded'))
       OR (OLD.state = 'checking' AND NEW.state IN ('checked', 'discarded'))
       OR (OLD.state = 'checked' AND NEW.state IN ('checking', 'indexing', 'discarded'))
       OR (OLD.state = 'indexing' AND NEW.state = 'done')
       OR (OLD.state = 'done' AND NEW.state = 'undoing')
       OR (OLD.state = 'undoing' AND NEW.state = 'undone'))
     BEGIN SELECT RAISE(ABORT, 'no such step of an import'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_commit_gate;
CREATE TRIGGER imports_commit_gate BEFORE UPDATE OF state ON imports WHEN NEW.state = 'indexing' AND (
       NEW.bad <> NEW.left_out
       OR EXISTS (SELECT 1 FROM import_problems p JOIN import_rows r ON r.import_id = p.import_id AND r.row_no = p.row_no
                  WHERE p.import_id = NEW.id AND p.level = 'bad')
       OR (SELECT count(*) FROM import_rows WHERE import_id = NEW.id) <> NEW.rows - NEW.left_out - NEW.skipped)
     BEGIN SELECT RAISE(ABORT, 'an import is committed whole and without mistakes, but for rows left out by decision'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_supplied_gate;
CREATE TRIGGER imports_supplied_gate BEFORE UPDATE OF state ON imports WHEN NEW.state = 'indexing' AND OLD.state <> 'indexing' AND NOT (SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1) IS NOT 'closed'
       AND (SELECT count(*) FROM import_rows r JOIN service_points p ON p.id = r.service_point_id
            WHERE r.import_id = NEW.id AND p.gas_state <> 'not-ignited')
         > CASE WHEN EXISTS (SELECT 1 FROM approvals a WHERE a.id = NEW.supplied_approval_id AND a.purpose = 'import-supplied'
     AND a.subject = 'import:' || NEW.id AND a.used_at IS NOT NULL AND trim(coalesce(NEW.supplied_reason, '')) <> '') THEN NEW.supplied ELSE 0 END
     BEGIN SELECT RAISE(ABORT, 'customers taken over as supplied after moving in'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_points_taken_over_gate;
CREATE TRIGGER service_points_taken_over_gate BEFORE INSERT ON service_points WHEN NEW.gas_state <> 'not-ignited' AND NOT ((SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1) IS NOT 'closed' OR EXISTS (SELECT 1 FROM imports i WHERE i.state = 'checked' AND EXISTS (SELECT 1 FROM approvals a WHERE a.id = i.supplied_approval_id AND a.purpose = 'import-supplied'
     AND a.subject = 'import:' || i.id AND a.used_at IS NOT NULL AND trim(coalesce(i.supplied_reason, '')) <> '')))
     BEGIN SELECT RAISE(ABORT, 'a place taken over as supplied after moving in'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS accounts_taken_over_gate;
CREATE TRIGGER accounts_taken_over_gate BEFORE INSERT ON accounts WHEN EXISTS (SELECT 1 FROM service_points p WHERE p.id = NEW.service_point_id
         AND p.gas_state <> 'not-ignited')
       AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.service_point_id = NEW.service_point_id) AND NOT ((SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1) IS NOT 'closed' OR EXISTS (SELECT 1 FROM imports i WHERE i.state = 'checked' AND EXISTS (SELECT 1 FROM approvals a WHERE a.id = i.supplied_approval_id AND a.purpose = 'import-supplied'
     AND a.subject = 'import:' || i.id AND a.used_at IS NOT NULL AND trim(coalesce(i.supplied_reason, '')) <> '')))
     BEGIN SELECT RAISE(ABORT, 'an account taken over as supplied after moving in'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS import_window_acts_gate;
CREATE TRIGGER import_window_acts_gate BEFORE INSERT ON import_window_acts WHEN NEW.no <> coalesce((SELECT max(no) FROM import_window_acts), 0) + 1
       OR NEW.act = 'closed' AND NOT (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.by AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.by AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on))
       OR NEW.act = 'opened' AND (NEW.approver_id = NEW.by OR NOT (EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = NEW.approver_id AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = NEW.approver_id AND n.state = 'active'
     AND d.ended_at IS NULL AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN d.from_on AND d.to_on)) OR NOT EXISTS (
         SELECT 1 FROM approvals a WHERE a.purpose = 'import-window' AND a.subject = 'import-window:' || NEW.no
           AND a.approver_id = NEW.approver_id AND a.requested_by = NEW.by AND a.used_at IS NOT NULL))
     BEGIN SELECT RAISE(ABORT, 'moving in is closed by whoever may agree and opened again by two'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_stay;
CREATE TRIGGER imports_stay BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'imports stay on record'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS customer_events_refuse_delete;
CREATE TRIGGER customer_events_refuse_delete BEFORE DELETE ON customer_events WHEN NOT EXISTS (
       SELECT 1 FROM imports WHERE OLD.subject = 'import:' || id AND state = 'undoing')
     BEGIN SELECT RAISE(ABORT, 'customer_events is append-only'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_keep;
CREATE TRIGGER board_versions_keep BEFORE UPDATE ON board_versions WHEN OLD.state = 'published'
     BEGIN SELECT RAISE(ABORT, 'a published board never changes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_stay;
CREATE TRIGGER board_versions_stay BEFORE DELETE ON board_versions WHEN OLD.state = 'published'
     BEGIN SELECT RAISE(ABORT, 'a published board never goes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_begin;
CREATE TRIGGER board_versions_begin BEFORE INSERT ON board_versions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a board begins as a draft'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_way;
CREATE TRIGGER campaigns_way BEFORE UPDATE OF state ON campaigns
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('planned>cancelled', 'planned>done')
     BEGIN SELECT RAISE(ABORT, 'a campaign that is over does not go on'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_done_gate;
CREATE TRIGGER campaigns_done_gate BEFORE UPDATE ON campaigns WHEN NEW.state = 'done' AND (NEW.summary = ''
       OR NEW.done_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')
       OR NOT EXISTS (SELECT 1 FROM campaign_staff WHERE campaign_id = NEW.id))
     BEGIN SELECT RAISE(ABORT, 'a campaign is done with its day, staff and summary'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_begin;
CREATE TRIGGER campaigns_begin BEFORE INSERT ON campaigns WHEN NEW.state <> 'planned'
     BEGIN SELECT RAISE(ABORT, 'a campaign begins as planned'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_stay;
CREATE TRIGGER campaigns_stay BEFORE DELETE ON campaigns BEGIN SELECT RAISE(ABORT, 'campaigns are cancelled, not deleted'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_begin;
CREATE TRIGGER emergency_plan_versions_begin BEFORE INSERT ON emergency_plan_versions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a plan begins as a draft'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_approval;
CREATE TRIGGER emergency_plan_versions_approval BEFORE UPDATE ON emergency_plan_versions WHEN NEW.state = 'approved' AND (OLD.state = 'approved'
       OR NEW.approved_by_id IS NULL
       OR EXISTS (SELECT 1 FROM json_each(NEW.writers) w WHERE (w.value = NEW.approved_by_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.approved_by_id AND hall_now() - k.reset_at < 86400000 AND g.value = w.value)))
       OR NEW.content <> OLD.content OR NEW.writers <> OLD.writers)
     BEGIN SELECT RAISE(ABORT, 'a plan is approved once, as it was written, by somebody else'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_keep;
CREATE TRIGGER emergency_plan_versions_keep BEFORE UPDATE ON emergency_plan_versions WHEN OLD.state = 'approved'
     BEGIN SELECT RAISE(ABORT, 'an approved plan never changes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_stay;
CREATE TRIGGER emergency_plan_versions_stay BEFORE DELETE ON emergency_plan_versions WHEN OLD.state = 'approved'
     BEGIN SELECT RAISE(ABORT, 'an approved plan never goes'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_begin;
CREATE TRIGGER drills_begin BEFORE INSERT ON drills WHEN NEW.state <> 'planned'
     BEGIN SELECT RAISE(ABORT, 'a drill begins as planned'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_way;
CREATE TRIGGER drills_way BEFORE UPDATE OF state ON drills
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('held>closed', 'planned>cancelled', 'planned>held')
     BEGIN SELECT RAISE(ABORT, 'a drill goes from planned to held to closed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_hold_gate;
CREATE TRIGGER drills_hold_gate BEFORE UPDATE ON drills WHEN NEW.state = 'held' AND OLD.state = 'planned' AND (NEW.evaluation = ''
       OR NEW.held_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')
       OR NOT EXISTS (SELECT 1 FROM drill_participants WHERE drill_id = NEW.id AND staff_id IS NOT NULL))
     BEGIN SELECT RAISE(ABORT, 'a drill is held with its day, staff and evaluation'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_close_gate;
CREATE TRIGGER drills_close_gate BEFORE UPDATE ON drills WHEN NEW.state = 'closed' AND EXISTS (
       SELECT 1 FROM drill_defects WHERE drill_id = NEW.id AND mended_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'drill closed with an open defect'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_defects_keep;
CREATE TRIGGER drill_defects_keep BEFORE UPDATE ON drill_defects WHEN OLD.mended_on IS NOT NULL
       OR NEW.what <> OLD.what OR NEW.due_on <> OLD.due_on OR NEW.drill_id <> OLD.drill_id
     BEGIN SELECT RAISE(ABORT, 'a defect is mended once and its deadline stays'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_defects_stay;
CREATE TRIGGER drill_defects_stay BEFORE DELETE ON drill_defects BEGIN SELECT RAISE(ABORT, 'defects stay'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_stay;
CREATE TRIGGER drills_stay BEFORE DELETE ON drills BEGIN SELECT RAISE(ABORT, 'drills are cancelled, not deleted'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_way;
CREATE TRIGGER register_entries_way BEFORE UPDATE OF state ON register_entries
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('closed>void', 'done>closed', 'done>open', 'done>void', 'open>done', 'open>void')
     BEGIN SELECT RAISE(ABORT, 'no such step of an entry'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_begin;
CREATE TRIGGER register_entries_begin BEFORE INSERT ON register_entries WHEN NEW.state = 'void' OR (NEW.state = 'closed' AND NEW.reviewed = 1)
     BEGIN SELECT RAISE(ABORT, 'an entry begins before its review'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_asked;
CREATE TRIGGER register_entries_asked BEFORE INSERT ON register_entries WHEN
       (NEW.reviewed = 0 AND (NEW.kind IN ('window-check', 'suspicious', 'improvement', 'closing-check', 'centre-check', 'plan-reading', 'accident', 'instruction', 'target', 'archive', 'destruction') OR (NEW.staff_id = NEW.recorded_by_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.recorded_by_id AND hall_now() - k.reset_at < 86400000 AND g.value = NEW.staff_id))))
       OR (NEW.companion_id IS NULL AND NEW.kind IN ('suspicious', 'destruction'))
       OR (NEW.account_id IS NULL AND NEW.kind IN ('suspicious'))
       OR (NEW.staff_id IS NULL AND NEW.kind IN ('rating', 'plan-reading', 'confidentiality'))
     BEGIN SELECT RAISE(ABORT, 'an entry begins as its kind asks'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_keep;
CREATE TRIGGER register_entries_keep BEFORE UPDATE ON register_entries WHEN NEW.kind <> OLD.kind OR NEW.entry_no <> OLD.entry_no OR NEW.on_date <> OLD.on_date
       OR NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.ends_on IS NOT OLD.ends_on OR NEW.account_id IS NOT OLD.account_id
       OR NEW.staff_id IS NOT OLD.staff_id OR NEW.companion_id IS NOT OLD.companion_id OR NEW.reviewed < OLD.reviewed
       OR NEW.customer_id IS NOT OLD.customer_id OR NEW.staff_name IS NOT OLD.staff_name
       OR NEW.companion_name IS NOT OLD.companion_name OR NEW.recorded_by <> OLD.recorded_by
       OR NEW.recorded_by_id <> OLD.recorded_by_id OR NEW.recorded_at <> OLD.recorded_at
     BEGIN SELECT RAISE(ABORT, 'what was written down stays'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_close_gate;
CREATE TRIGGER register_entries_close_gate BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       EXISTS (SELECT 1 FROM register_findings f WHERE f.entry_id = NEW.id AND f.mended_on IS NULL)
       OR NOT EXISTS (SELECT 1 FROM register_steps s WHERE s.entry_id = NEW.id AND s.kind = 'review' AND s.passed = 1))
     BEGIN SELECT RAISE(ABORT, 'an entry closed without its review'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_done_gate;
CREATE TRIGGER register_entries_done_gate BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'done' AND OLD.state <> 'done' AND EXISTS (
       SELECT 1 FROM register_findings f WHERE f.entry_id = NEW.id AND f.mended_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an entry with an open finding'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_void_gate;
CREATE TRIGGER register_entries_void_gate BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'void' AND OLD.state <> 'void' AND NOT EXISTS (
       SELECT 1 FROM register_steps s WHERE s.entry_id = NEW.id AND s.kind = 'void')
     BEGIN SELECT RAISE(ABORT, 'an entry struck out without its step'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_stay;
CREATE TRIGGER register_entries_stay BEFORE DELETE ON register_entries BEGIN SELECT RAISE(ABORT, 'an entry is struck out, not deleted'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_review_gate;
CREATE TRIGGER register_steps_review_gate BEFORE INSERT ON register_steps WHEN NEW.kind IN ('review', 'void') AND (EXISTS (SELECT 1 FROM register_entries e WHERE e.id = NEW.entry_id AND ((e.recorded_by_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = e.recorded_by_id)) OR (e.companion_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = e.companion_id)) OR (e.staff_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = e.staff_id))))
   OR EXISTS (SELECT 1 FROM register_findings f WHERE f.entry_id = NEW.entry_id AND (f.mended_by_id = NEW.actor_id OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = NEW.actor_id AND hall_now() - k.reset_at < 86400000 AND g.value = f.mended_by_id))))
     BEGIN SELECT RAISE(ABORT, 'an entry judged by whoever had part in it'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_findings_begin;
CREATE TRIGGER register_findings_begin BEFORE INSERT ON register_findings WHEN NEW.mended_on IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM register_entries e WHERE e.id = NEW.entry_id AND e.state IN ('open', 'done'))
     BEGIN SELECT RAISE(ABORT, 'a finding begins open, in an entry that is not closed'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_findings_keep;
CREATE TRIGGER register_findings_keep BEFORE UPDATE ON register_findings WHEN OLD.mended_on IS NOT NULL OR NEW.what <> OLD.what OR NEW.due_on <> OLD.due_on
       OR NEW.responsible <> OLD.responsible OR NEW.entry_id <> OLD.entry_id OR NEW.no <> OLD.no
     BEGIN SELECT RAISE(ABORT, 'a finding is mended once and its deadline stays'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_findings_stay;
CREATE TRIGGER register_findings_stay BEFORE DELETE ON register_findings BEGIN SELECT RAISE(ABORT, 'findings stay'); END;
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
DROP TRIGGER IF EXISTS tills_begin;
CREATE TRIGGER tills_begin BEFORE INSERT ON tills WHEN NEW.state <> 'paired' OR (NEW.joined_by_id IS NULL AND EXISTS (SELECT 1 FROM tills))
     BEGIN SELECT RAISE(ABORT, 'a till begins as paired, and all but the first by somebody'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tills_way;
CREATE TRIGGER tills_way BEFORE UPDATE ON tills WHEN OLD.state = 'withdrawn' OR NEW.state <> 'withdrawn' OR OLD.fingerprint IS NULL
       OR NEW.code <> OLD.code OR NEW.name <> OLD.name OR NEW.fingerprint IS NOT OLD.fingerprint
       OR NEW.joined_at <> OLD.joined_at OR NEW.joined_by_id IS NOT OLD.joined_by_id OR NEW.joined_by <> OLD.joined_by
     BEGIN SELECT RAISE(ABORT, 'a till is only withdrawn, once, and the first never'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tills_stay;
CREATE TRIGGER tills_stay BEFORE DELETE ON tills BEGIN SELECT RAISE(ABORT, 'the code of a till is never given again'); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_insert;
CREATE TRIGGER workorders_outbox_insert AFTER INSERT ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', NEW.id, 'insert', json_object('id', NEW.id, 'order_no', NEW.order_no, 'kind', NEW.kind, 'symptom', NEW.symptom, 'urgent', NEW.urgent, 'state', NEW.state, 'channel', NEW.channel, 'caller_name', NEW.caller_name, 'caller_phone', NEW.caller_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'place', NEW.place, 'description', NEW.description, 'advice', NEW.advice, 'not_advised', NEW.not_advised, 'received_by', NEW.received_by, 'reported_at', NEW.reported_at, 'entered_at', NEW.entered_at, 'round', NEW.round, 'round_from', NEW.round_from, 'handle_hours', NEW.handle_hours, 'repair_hours', NEW.repair_hours, 'handle_by', NEW.handle_by, 'repair_by', NEW.repair_by, 'due_at', NEW.due_at, 'paused_at', NEW.paused_at, 'paused_until', NEW.paused_until, 'handled_at', NEW.handled_at, 'repaired_at', NEW.repaired_at, 'handled_late', NEW.handled_late, 'repaired_late', NEW.repaired_late, 'dispatch_by', NEW.dispatch_by, 'arrive_by', NEW.arrive_by, 'tell_by', NEW.tell_by, 'dispatched_at', NEW.dispatched_at, 'arrived_at', NEW.arrived_at, 'dispatched_late', NEW.dispatched_late, 'arrived_late', NEW.arrived_late, 'gas', NEW.gas, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_update;
CREATE TRIGGER workorders_outbox_update AFTER UPDATE ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', NEW.id, 'update', json_object('id', NEW.id, 'order_no', NEW.order_no, 'kind', NEW.kind, 'symptom', NEW.symptom, 'urgent', NEW.urgent, 'state', NEW.state, 'channel', NEW.channel, 'caller_name', NEW.caller_name, 'caller_phone', NEW.caller_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'place', NEW.place, 'description', NEW.description, 'advice', NEW.advice, 'not_advised', NEW.not_advised, 'received_by', NEW.received_by, 'reported_at', NEW.reported_at, 'entered_at', NEW.entered_at, 'round', NEW.round, 'round_from', NEW.round_from, 'handle_hours', NEW.handle_hours, 'repair_hours', NEW.repair_hours, 'handle_by', NEW.handle_by, 'repair_by', NEW.repair_by, 'due_at', NEW.due_at, 'paused_at', NEW.paused_at, 'paused_until', NEW.paused_until, 'handled_at', NEW.handled_at, 'repaired_at', NEW.repaired_at, 'handled_late', NEW.handled_late, 'repaired_late', NEW.repaired_late, 'dispatch_by', NEW.dispatch_by, 'arrive_by', NEW.arrive_by, 'tell_by', NEW.tell_by, 'dispatched_at', NEW.dispatched_at, 'arrived_at', NEW.arrived_at, 'dispatched_late', NEW.dispatched_late, 'arrived_late', NEW.arrived_late, 'gas', NEW.gas, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorders_outbox_delete;
CREATE TRIGGER workorders_outbox_delete AFTER DELETE ON workorders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorders', OLD.id, 'delete', json_object('id', OLD.id, 'order_no', OLD.order_no, 'kind', OLD.kind, 'symptom', OLD.symptom, 'urgent', OLD.urgent, 'state', OLD.state, 'channel', OLD.channel, 'caller_name', OLD.caller_name, 'caller_phone', OLD.caller_phone, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'place', OLD.place, 'description', OLD.description, 'advice', OLD.advice, 'not_advised', OLD.not_advised, 'received_by', OLD.received_by, 'reported_at', OLD.reported_at, 'entered_at', OLD.entered_at, 'round', OLD.round, 'round_from', OLD.round_from, 'handle_hours', OLD.handle_hours, 'repair_hours', OLD.repair_hours, 'handle_by', OLD.handle_by, 'repair_by', OLD.repair_by, 'due_at', OLD.due_at, 'paused_at', OLD.paused_at, 'paused_until', OLD.paused_until, 'handled_at', OLD.handled_at, 'repaired_at', OLD.repaired_at, 'handled_late', OLD.handled_late, 'repaired_late', OLD.repaired_late, 'dispatch_by', OLD.dispatch_by, 'arrive_by', OLD.arrive_by, 'tell_by', OLD.tell_by, 'dispatched_at', OLD.dispatched_at, 'arrived_at', OLD.arrived_at, 'dispatched_late', OLD.dispatched_late, 'arrived_late', OLD.arrived_late, 'gas', OLD.gas, 'assignee_id', OLD.assignee_id, 'assignee_name', OLD.assignee_name, 'updated_at', OLD.updated_at)); END;
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
DROP TRIGGER IF EXISTS dunning_batches_outbox_insert;
CREATE TRIGGER dunning_batches_outbox_insert AFTER INSERT ON dunning_batches BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_batches', NEW.id, 'insert', json_object('id', NEW.id, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'count', NEW.count)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_batches_outbox_update;
CREATE TRIGGER dunning_batches_outbox_update AFTER UPDATE ON dunning_batches BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_batches', NEW.id, 'update', json_object('id', NEW.id, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'count', NEW.count)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_batches_outbox_delete;
CREATE TRIGGER dunning_batches_outbox_delete AFTER DELETE ON dunning_batches BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_batches', OLD.id, 'delete', json_object('id', OLD.id, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'count', OLD.count)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_outbox_insert;
CREATE TRIGGER carried_matters_outbox_insert AFTER INSERT ON carried_matters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'carried_matters', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'service_point_id', NEW.service_point_id, 'account_no', NEW.account_no, 'customer_name', NEW.customer_name, 'address', NEW.address, 'cause', NEW.cause, 'what', NEW.what, 'since_at', NEW.since_at, 'held', NEW.held, 'source_file', NEW.source_file, 'carried_at', NEW.carried_at, 'settled_at', NEW.settled_at, 'settled_by_id', NEW.settled_by_id, 'settled_by_name', NEW.settled_by_name, 'outcome', NEW.outcome, 'settled_note', NEW.settled_note, 'entered_as', NEW.entered_as, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_outbox_update;
CREATE TRIGGER carried_matters_outbox_update AFTER UPDATE ON carried_matters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'carried_matters', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'service_point_id', NEW.service_point_id, 'account_no', NEW.account_no, 'customer_name', NEW.customer_name, 'address', NEW.address, 'cause', NEW.cause, 'what', NEW.what, 'since_at', NEW.since_at, 'held', NEW.held, 'source_file', NEW.source_file, 'carried_at', NEW.carried_at, 'settled_at', NEW.settled_at, 'settled_by_id', NEW.settled_by_id, 'settled_by_name', NEW.settled_by_name, 'outcome', NEW.outcome, 'settled_note', NEW.settled_note, 'entered_as', NEW.entered_as, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS carried_matters_outbox_delete;
CREATE TRIGGER carried_matters_outbox_delete AFTER DELETE ON carried_matters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'carried_matters', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'service_point_id', OLD.service_point_id, 'account_no', OLD.account_no, 'customer_name', OLD.customer_name, 'address', OLD.address, 'cause', OLD.cause, 'what', OLD.what, 'since_at', OLD.since_at, 'held', OLD.held, 'source_file', OLD.source_file, 'carried_at', OLD.carried_at, 'settled_at', OLD.settled_at, 'settled_by_id', OLD.settled_by_id, 'settled_by_name', OLD.settled_by_name, 'outcome', OLD.outcome, 'settled_note', OLD.settled_note, 'entered_as', OLD.entered_as, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_insert;
CREATE TRIGGER staff_outbox_insert AFTER INSERT ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', NEW.id, 'insert', json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'roles', NEW.roles, 'state', NEW.state, 'relieved_by', NEW.relieved_by, 'relieved_at', NEW.relieved_at, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_update;
CREATE TRIGGER staff_outbox_update AFTER UPDATE ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', NEW.id, 'update', json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'roles', NEW.roles, 'state', NEW.state, 'relieved_by', NEW.relieved_by, 'relieved_at', NEW.relieved_at, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS staff_outbox_delete;
CREATE TRIGGER staff_outbox_delete AFTER DELETE ON staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'staff', OLD.id, 'delete', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'roles', OLD.roles, 'state', OLD.state, 'relieved_by', OLD.relieved_by, 'relieved_at', OLD.relieved_at, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_outbox_insert;
CREATE TRIGGER merits_outbox_insert AFTER INSERT ON merits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merits', NEW.id, 'insert', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'reason', NEW.reason, 'decided_by', NEW.decided_by, 'decided_on', NEW.decided_on, 'amount', NEW.amount, 'evidence', NEW.evidence, 'revokes', NEW.revokes, 'recorded_at', NEW.recorded_at, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_outbox_update;
CREATE TRIGGER merits_outbox_update AFTER UPDATE ON merits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merits', NEW.id, 'update', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'reason', NEW.reason, 'decided_by', NEW.decided_by, 'decided_on', NEW.decided_on, 'amount', NEW.amount, 'evidence', NEW.evidence, 'revokes', NEW.revokes, 'recorded_at', NEW.recorded_at, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merits_outbox_delete;
CREATE TRIGGER merits_outbox_delete AFTER DELETE ON merits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merits', OLD.id, 'delete', json_object('id', OLD.id, 'staff_id', OLD.staff_id, 'kind', OLD.kind, 'reason', OLD.reason, 'decided_by', OLD.decided_by, 'decided_on', OLD.decided_on, 'amount', OLD.amount, 'evidence', OLD.evidence, 'revokes', OLD.revokes, 'recorded_at', OLD.recorded_at, 'recorded_by_id', OLD.recorded_by_id, 'recorded_by', OLD.recorded_by)); END;
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
DROP TRIGGER IF EXISTS register_findings_outbox_insert;
CREATE TRIGGER register_findings_outbox_insert AFTER INSERT ON register_findings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_findings', NEW.id, 'insert', json_object('id', NEW.id, 'entry_id', NEW.entry_id, 'no', NEW.no, 'what', NEW.what, 'responsible', NEW.responsible, 'due_on', NEW.due_on, 'mended_on', NEW.mended_on, 'mended_by_id', NEW.mended_by_id, 'mended_by', NEW.mended_by, 'mended_note', NEW.mended_note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_findings_outbox_update;
CREATE TRIGGER register_findings_outbox_update AFTER UPDATE ON register_findings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_findings', NEW.id, 'update', json_object('id', NEW.id, 'entry_id', NEW.entry_id, 'no', NEW.no, 'what', NEW.what, 'responsible', NEW.responsible, 'due_on', NEW.due_on, 'mended_on', NEW.mended_on, 'mended_by_id', NEW.mended_by_id, 'mended_by', NEW.mended_by, 'mended_note', NEW.mended_note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_findings_outbox_delete;
CREATE TRIGGER register_findings_outbox_delete AFTER DELETE ON register_findings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_findings', OLD.id, 'delete', json_object('id', OLD.id, 'entry_id', OLD.entry_id, 'no', OLD.no, 'what', OLD.what, 'responsible', OLD.responsible, 'due_on', OLD.due_on, 'mended_on', OLD.mended_on, 'mended_by_id', OLD.mended_by_id, 'mended_by', OLD.mended_by, 'mended_note', OLD.mended_note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS pictures_outbox_insert;
CREATE TRIGGER pictures_outbox_insert AFTER INSERT ON pictures BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'pictures', NEW.id, 'insert', json_object('id', NEW.id, 'subject', NEW.subject, 'name', NEW.name, 'hash', NEW.hash, 'size', NEW.size, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS pictures_outbox_update;
CREATE TRIGGER pictures_outbox_update AFTER UPDATE ON pictures BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'pictures', NEW.id, 'update', json_object('id', NEW.id, 'subject', NEW.subject, 'name', NEW.name, 'hash', NEW.hash, 'size', NEW.size, 'added_at', NEW.added_at, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS pictures_outbox_delete;
CREATE TRIGGER pictures_outbox_delete AFTER DELETE ON pictures BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'pictures', OLD.id, 'delete', json_object('id', OLD.id, 'subject', OLD.subject, 'name', OLD.name, 'hash', OLD.hash, 'size', OLD.size, 'added_at', OLD.added_at, 'added_by', OLD.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_outbox_insert;
CREATE TRIGGER deputies_outbox_insert AFTER INSERT ON deputies BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deputies', NEW.id, 'insert', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'from_on', NEW.from_on, 'to_on', NEW.to_on, 'reason', NEW.reason, 'appointed_at', NEW.appointed_at, 'appointed_by_id', NEW.appointed_by_id, 'appointed_by', NEW.appointed_by, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'ended_at', NEW.ended_at, 'ended_by_id', NEW.ended_by_id, 'ended_by', NEW.ended_by, 'end_reason', NEW.end_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_outbox_update;
CREATE TRIGGER deputies_outbox_update AFTER UPDATE ON deputies BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deputies', NEW.id, 'update', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'from_on', NEW.from_on, 'to_on', NEW.to_on, 'reason', NEW.reason, 'appointed_at', NEW.appointed_at, 'appointed_by_id', NEW.appointed_by_id, 'appointed_by', NEW.appointed_by, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'ended_at', NEW.ended_at, 'ended_by_id', NEW.ended_by_id, 'ended_by', NEW.ended_by, 'end_reason', NEW.end_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deputies_outbox_delete;
CREATE TRIGGER deputies_outbox_delete AFTER DELETE ON deputies BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deputies', OLD.id, 'delete', json_object('id', OLD.id, 'staff_id', OLD.staff_id, 'from_on', OLD.from_on, 'to_on', OLD.to_on, 'reason', OLD.reason, 'appointed_at', OLD.appointed_at, 'appointed_by_id', OLD.appointed_by_id, 'appointed_by', OLD.appointed_by, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name, 'ended_at', OLD.ended_at, 'ended_by_id', OLD.ended_by_id, 'ended_by', OLD.ended_by, 'end_reason', OLD.end_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_outbox_insert;
CREATE TRIGGER register_steps_outbox_insert AFTER INSERT ON register_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_steps', NEW.id, 'insert', json_object('id', NEW.id, 'entry_id', NEW.entry_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_outbox_update;
CREATE TRIGGER register_steps_outbox_update AFTER UPDATE ON register_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_steps', NEW.id, 'update', json_object('id', NEW.id, 'entry_id', NEW.entry_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_steps_outbox_delete;
CREATE TRIGGER register_steps_outbox_delete AFTER DELETE ON register_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_steps', OLD.id, 'delete', json_object('id', OLD.id, 'entry_id', OLD.entry_id, 'no', OLD.no, 'round', OLD.round, 'kind', OLD.kind, 'state', OLD.state, 'passed', OLD.passed, 'note', OLD.note, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_outbox_insert;
CREATE TRIGGER campaigns_outbox_insert AFTER INSERT ON campaigns BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaigns', NEW.id, 'insert', json_object('id', NEW.id, 'campaign_no', NEW.campaign_no, 'kind', NEW.kind, 'title', NEW.title, 'state', NEW.state, 'place', NEW.place, 'planned_on', NEW.planned_on, 'done_on', NEW.done_on, 'on_date', NEW.on_date, 'target_reach', NEW.target_reach, 'reached', NEW.reached, 'leaflets', NEW.leaflets, 'content', NEW.content, 'summary', NEW.summary, 'cancel_reason', NEW.cancel_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_outbox_update;
CREATE TRIGGER campaigns_outbox_update AFTER UPDATE ON campaigns BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaigns', NEW.id, 'update', json_object('id', NEW.id, 'campaign_no', NEW.campaign_no, 'kind', NEW.kind, 'title', NEW.title, 'state', NEW.state, 'place', NEW.place, 'planned_on', NEW.planned_on, 'done_on', NEW.done_on, 'on_date', NEW.on_date, 'target_reach', NEW.target_reach, 'reached', NEW.reached, 'leaflets', NEW.leaflets, 'content', NEW.content, 'summary', NEW.summary, 'cancel_reason', NEW.cancel_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaigns_outbox_delete;
CREATE TRIGGER campaigns_outbox_delete AFTER DELETE ON campaigns BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaigns', OLD.id, 'delete', json_object('id', OLD.id, 'campaign_no', OLD.campaign_no, 'kind', OLD.kind, 'title', OLD.title, 'state', OLD.state, 'place', OLD.place, 'planned_on', OLD.planned_on, 'done_on', OLD.done_on, 'on_date', OLD.on_date, 'target_reach', OLD.target_reach, 'reached', OLD.reached, 'leaflets', OLD.leaflets, 'content', OLD.content, 'summary', OLD.summary, 'cancel_reason', OLD.cancel_reason, 'created_at', OLD.created_at, 'created_by', OLD.created_by, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_insert;
CREATE TRIGGER readings_outbox_insert AFTER INSERT ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'insert', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'make_up', NEW.make_up, 'source', NEW.source, 'reader_id', NEW.reader_id, 'confirmed', NEW.confirmed, 'state', NEW.state, 'void_reason', NEW.void_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_update;
CREATE TRIGGER readings_outbox_update AFTER UPDATE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', NEW.id, 'update', json_object('id', NEW.id, 'meter_id', NEW.meter_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'previous_on', NEW.previous_on, 'previous_index', NEW.previous_index, 'current_index', NEW.current_index, 'consumption', NEW.consumption, 'make_up', NEW.make_up, 'source', NEW.source, 'reader_id', NEW.reader_id, 'confirmed', NEW.confirmed, 'state', NEW.state, 'void_reason', NEW.void_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS readings_outbox_delete;
CREATE TRIGGER readings_outbox_delete AFTER DELETE ON readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'readings', OLD.id, 'delete', json_object('id', OLD.id, 'meter_id', OLD.meter_id, 'account_id', OLD.account_id, 'read_on', OLD.read_on, 'previous_on', OLD.previous_on, 'previous_index', OLD.previous_index, 'current_index', OLD.current_index, 'consumption', OLD.consumption, 'make_up', OLD.make_up, 'source', OLD.source, 'reader_id', OLD.reader_id, 'confirmed', OLD.confirmed, 'state', OLD.state, 'void_reason', OLD.void_reason, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
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
DROP TRIGGER IF EXISTS installation_records_outbox_insert;
CREATE TRIGGER installation_records_outbox_insert AFTER INSERT ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', NEW.id, 'insert', json_object('id', NEW.id, 'application_id', NEW.application_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'performed_by', NEW.performed_by, 'worker_id', NEW.worker_id, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_outbox_update;
CREATE TRIGGER installation_records_outbox_update AFTER UPDATE ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', NEW.id, 'update', json_object('id', NEW.id, 'application_id', NEW.application_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'performed_by', NEW.performed_by, 'worker_id', NEW.worker_id, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS installation_records_outbox_delete;
CREATE TRIGGER installation_records_outbox_delete AFTER DELETE ON installation_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'installation_records', OLD.id, 'delete', json_object('id', OLD.id, 'application_id', OLD.application_id, 'no', OLD.no, 'kind', OLD.kind, 'passed', OLD.passed, 'performed_on', OLD.performed_on, 'performed_by', OLD.performed_by, 'worker_id', OLD.worker_id, 'body', OLD.body, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_buildings_outbox_insert;
CREATE TRIGGER interruption_buildings_outbox_insert AFTER INSERT ON interruption_buildings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_buildings', NEW.id, 'insert', json_object('id', NEW.id, 'interruption_id', NEW.interruption_id, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'customers', NEW.customers, 'posted_at', NEW.posted_at, 'posted_place', NEW.posted_place, 'posted_by', NEW.posted_by, 'recorded_by', NEW.recorded_by, 'photo_hash', NEW.photo_hash, 'photo_name', NEW.photo_name, 'taken_back_at', NEW.taken_back_at, 'taken_back_place', NEW.taken_back_place, 'taken_back_by', NEW.taken_back_by, 'taken_back_recorded_by', NEW.taken_back_recorded_by, 'taken_back_photo_hash', NEW.taken_back_photo_hash, 'taken_back_photo_name', NEW.taken_back_photo_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_buildings_outbox_update;
CREATE TRIGGER interruption_buildings_outbox_update AFTER UPDATE ON interruption_buildings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_buildings', NEW.id, 'update', json_object('id', NEW.id, 'interruption_id', NEW.interruption_id, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'customers', NEW.customers, 'posted_at', NEW.posted_at, 'posted_place', NEW.posted_place, 'posted_by', NEW.posted_by, 'recorded_by', NEW.recorded_by, 'photo_hash', NEW.photo_hash, 'photo_name', NEW.photo_name, 'taken_back_at', NEW.taken_back_at, 'taken_back_place', NEW.taken_back_place, 'taken_back_by', NEW.taken_back_by, 'taken_back_recorded_by', NEW.taken_back_recorded_by, 'taken_back_photo_hash', NEW.taken_back_photo_hash, 'taken_back_photo_name', NEW.taken_back_photo_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_buildings_outbox_delete;
CREATE TRIGGER interruption_buildings_outbox_delete AFTER DELETE ON interruption_buildings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_buildings', OLD.id, 'delete', json_object('id', OLD.id, 'interruption_id', OLD.interruption_id, 'street', OLD.street, 'community', OLD.community, 'building', OLD.building, 'customers', OLD.customers, 'posted_at', OLD.posted_at, 'posted_place', OLD.posted_place, 'posted_by', OLD.posted_by, 'recorded_by', OLD.recorded_by, 'photo_hash', OLD.photo_hash, 'photo_name', OLD.photo_name, 'taken_back_at', OLD.taken_back_at, 'taken_back_place', OLD.taken_back_place, 'taken_back_by', OLD.taken_back_by, 'taken_back_recorded_by', OLD.taken_back_recorded_by, 'taken_back_photo_hash', OLD.taken_back_photo_hash, 'taken_back_photo_name', OLD.taken_back_photo_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_outbox_insert;
CREATE TRIGGER account_processes_outbox_insert AFTER INSERT ON account_processes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_processes', NEW.id, 'insert', json_object('id', NEW.id, 'process_no', NEW.process_no, 'kind', NEW.kind, 'state', NEW.state, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'applicant', NEW.applicant, 'applicant_phone', NEW.applicant_phone, 'reason', NEW.reason, 'prepayment_choice', NEW.prepayment_choice, 'new_customer_id', NEW.new_customer_id, 'terms', NEW.terms, 'absence', NEW.absence, 'absence_note', NEW.absence_note, 'absence_approver_id', NEW.absence_approver_id, 'absence_approver', NEW.absence_approver, 'new_account_id', NEW.new_account_id, 'ground', NEW.ground, 'ground_approver_id', NEW.ground_approver_id, 'ground_approver', NEW.ground_approver, 'debt_principal', NEW.debt_principal, 'debt_reason', NEW.debt_reason, 'debt_approver_id', NEW.debt_approver_id, 'debt_approver', NEW.debt_approver, 'holder_id', NEW.holder_id, 'holder_name', NEW.holder_name, 'started_on', NEW.started_on, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at, 'ended_at', NEW.ended_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_outbox_update;
CREATE TRIGGER account_processes_outbox_update AFTER UPDATE ON account_processes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_processes', NEW.id, 'update', json_object('id', NEW.id, 'process_no', NEW.process_no, 'kind', NEW.kind, 'state', NEW.state, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'applicant', NEW.applicant, 'applicant_phone', NEW.applicant_phone, 'reason', NEW.reason, 'prepayment_choice', NEW.prepayment_choice, 'new_customer_id', NEW.new_customer_id, 'terms', NEW.terms, 'absence', NEW.absence, 'absence_note', NEW.absence_note, 'absence_approver_id', NEW.absence_approver_id, 'absence_approver', NEW.absence_approver, 'new_account_id', NEW.new_account_id, 'ground', NEW.ground, 'ground_approver_id', NEW.ground_approver_id, 'ground_approver', NEW.ground_approver, 'debt_principal', NEW.debt_principal, 'debt_reason', NEW.debt_reason, 'debt_approver_id', NEW.debt_approver_id, 'debt_approver', NEW.debt_approver, 'holder_id', NEW.holder_id, 'holder_name', NEW.holder_name, 'started_on', NEW.started_on, 'created_at', NEW.created_at, 'updated_at', NEW.updated_at, 'ended_at', NEW.ended_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_processes_outbox_delete;
CREATE TRIGGER account_processes_outbox_delete AFTER DELETE ON account_processes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_processes', OLD.id, 'delete', json_object('id', OLD.id, 'process_no', OLD.process_no, 'kind', OLD.kind, 'state', OLD.state, 'account_id', OLD.account_id, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'applicant', OLD.applicant, 'applicant_phone', OLD.applicant_phone, 'reason', OLD.reason, 'prepayment_choice', OLD.prepayment_choice, 'new_customer_id', OLD.new_customer_id, 'terms', OLD.terms, 'absence', OLD.absence, 'absence_note', OLD.absence_note, 'absence_approver_id', OLD.absence_approver_id, 'absence_approver', OLD.absence_approver, 'new_account_id', OLD.new_account_id, 'ground', OLD.ground, 'ground_approver_id', OLD.ground_approver_id, 'ground_approver', OLD.ground_approver, 'debt_principal', OLD.debt_principal, 'debt_reason', OLD.debt_reason, 'debt_approver_id', OLD.debt_approver_id, 'debt_approver', OLD.debt_approver, 'holder_id', OLD.holder_id, 'holder_name', OLD.holder_name, 'started_on', OLD.started_on, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at, 'ended_at', OLD.ended_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_outbox_insert;
CREATE TRIGGER hazard_steps_outbox_insert AFTER INSERT ON hazard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazard_steps', NEW.id, 'insert', json_object('id', NEW.id, 'hazard_id', NEW.hazard_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'attachment_id', NEW.attachment_id, 'done_on', NEW.done_on)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_outbox_update;
CREATE TRIGGER hazard_steps_outbox_update AFTER UPDATE ON hazard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazard_steps', NEW.id, 'update', json_object('id', NEW.id, 'hazard_id', NEW.hazard_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'attachment_id', NEW.attachment_id, 'done_on', NEW.done_on)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazard_steps_outbox_delete;
CREATE TRIGGER hazard_steps_outbox_delete AFTER DELETE ON hazard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazard_steps', OLD.id, 'delete', json_object('id', OLD.id, 'hazard_id', OLD.hazard_id, 'no', OLD.no, 'round', OLD.round, 'kind', OLD.kind, 'state', OLD.state, 'passed', OLD.passed, 'note', OLD.note, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name, 'worker_id', OLD.worker_id, 'worker_name', OLD.worker_name, 'attachment_id', OLD.attachment_id, 'done_on', OLD.done_on)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_outbox_insert;
CREATE TRIGGER followup_draws_outbox_insert AFTER INSERT ON followup_draws BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_draws', NEW.id, 'insert', json_object('id', NEW.id, 'service', NEW.service, 'from_date', NEW.from_date, 'to_date', NEW.to_date, 'seed', NEW.seed, 'percent', NEW.percent, 'population', NEW.population, 'size', NEW.size, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_outbox_update;
CREATE TRIGGER followup_draws_outbox_update AFTER UPDATE ON followup_draws BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_draws', NEW.id, 'update', json_object('id', NEW.id, 'service', NEW.service, 'from_date', NEW.from_date, 'to_date', NEW.to_date, 'seed', NEW.seed, 'percent', NEW.percent, 'population', NEW.population, 'size', NEW.size, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_draws_outbox_delete;
CREATE TRIGGER followup_draws_outbox_delete AFTER DELETE ON followup_draws BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_draws', OLD.id, 'delete', json_object('id', OLD.id, 'service', OLD.service, 'from_date', OLD.from_date, 'to_date', OLD.to_date, 'seed', OLD.seed, 'percent', OLD.percent, 'population', OLD.population, 'size', OLD.size, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_outbox_insert;
CREATE TRIGGER interruptions_outbox_insert AFTER INSERT ON interruptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruptions', NEW.id, 'insert', json_object('id', NEW.id, 'interruption_no', NEW.interruption_no, 'kind', NEW.kind, 'state', NEW.state, 'reason', NEW.reason, 'scope_kind', NEW.scope_kind, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'account_ids', NEW.account_ids, 'range', NEW.range, 'from_at', NEW.from_at, 'to_at', NEW.to_at, 'resume_by', NEW.resume_by, 'notice_hours', NEW.notice_hours, 'affected', NEW.affected, 'issued_by', NEW.issued_by, 'created_at', NEW.created_at, 'noticed_at', NEW.noticed_at, 'interrupted_at', NEW.interrupted_at, 'ended_at', NEW.ended_at, 'cancelled_at', NEW.cancelled_at, 'cancel_reason', NEW.cancel_reason, 'cancelled_by', NEW.cancelled_by, 'replaced_by', NEW.replaced_by, 'delayed_to', NEW.delayed_to, 'delay_reason', NEW.delay_reason, 'delayed_by', NEW.delayed_by, 'delayed_at', NEW.delayed_at, 'ground_order_id', NEW.ground_order_id, 'ground_order_no', NEW.ground_order_no, 'ground_reason', NEW.ground_reason, 'ground_approver_id', NEW.ground_approver_id, 'ground_approver', NEW.ground_approver, 'unfinished', NEW.unfinished, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_outbox_update;
CREATE TRIGGER interruptions_outbox_update AFTER UPDATE ON interruptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruptions', NEW.id, 'update', json_object('id', NEW.id, 'interruption_no', NEW.interruption_no, 'kind', NEW.kind, 'state', NEW.state, 'reason', NEW.reason, 'scope_kind', NEW.scope_kind, 'street', NEW.street, 'community', NEW.community, 'building', NEW.building, 'account_ids', NEW.account_ids, 'range', NEW.range, 'from_at', NEW.from_at, 'to_at', NEW.to_at, 'resume_by', NEW.resume_by, 'notice_hours', NEW.notice_hours, 'affected', NEW.affected, 'issued_by', NEW.issued_by, 'created_at', NEW.created_at, 'noticed_at', NEW.noticed_at, 'interrupted_at', NEW.interrupted_at, 'ended_at', NEW.ended_at, 'cancelled_at', NEW.cancelled_at, 'cancel_reason', NEW.cancel_reason, 'cancelled_by', NEW.cancelled_by, 'replaced_by', NEW.replaced_by, 'delayed_to', NEW.delayed_to, 'delay_reason', NEW.delay_reason, 'delayed_by', NEW.delayed_by, 'delayed_at', NEW.delayed_at, 'ground_order_id', NEW.ground_order_id, 'ground_order_no', NEW.ground_order_no, 'ground_reason', NEW.ground_reason, 'ground_approver_id', NEW.ground_approver_id, 'ground_approver', NEW.ground_approver, 'unfinished', NEW.unfinished, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruptions_outbox_delete;
CREATE TRIGGER interruptions_outbox_delete AFTER DELETE ON interruptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruptions', OLD.id, 'delete', json_object('id', OLD.id, 'interruption_no', OLD.interruption_no, 'kind', OLD.kind, 'state', OLD.state, 'reason', OLD.reason, 'scope_kind', OLD.scope_kind, 'street', OLD.street, 'community', OLD.community, 'building', OLD.building, 'account_ids', OLD.account_ids, 'range', OLD.range, 'from_at', OLD.from_at, 'to_at', OLD.to_at, 'resume_by', OLD.resume_by, 'notice_hours', OLD.notice_hours, 'affected', OLD.affected, 'issued_by', OLD.issued_by, 'created_at', OLD.created_at, 'noticed_at', OLD.noticed_at, 'interrupted_at', OLD.interrupted_at, 'ended_at', OLD.ended_at, 'cancelled_at', OLD.cancelled_at, 'cancel_reason', OLD.cancel_reason, 'cancelled_by', OLD.cancelled_by, 'replaced_by', OLD.replaced_by, 'delayed_to', OLD.delayed_to, 'delay_reason', OLD.delay_reason, 'delayed_by', OLD.delayed_by, 'delayed_at', OLD.delayed_at, 'ground_order_id', OLD.ground_order_id, 'ground_order_no', OLD.ground_order_no, 'ground_reason', OLD.ground_reason, 'ground_approver_id', OLD.ground_approver_id, 'ground_approver', OLD.ground_approver, 'unfinished', OLD.unfinished, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_outbox_insert;
CREATE TRIGGER certificates_outbox_insert AFTER INSERT ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', NEW.id, 'insert', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'number', NEW.number, 'issued_on', NEW.issued_on, 'valid_to', NEW.valid_to, 'good_from', NEW.good_from, 'approver_id', NEW.approver_id, 'exam_id', NEW.exam_id, 'copy_hash', NEW.copy_hash, 'copy_name', NEW.copy_name, 'withdrawn_on', NEW.withdrawn_on, 'withdrawn_for', NEW.withdrawn_for, 'added_at', NEW.added_at, 'added_by_id', NEW.added_by_id, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_outbox_update;
CREATE TRIGGER certificates_outbox_update AFTER UPDATE ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', NEW.id, 'update', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'kind', NEW.kind, 'number', NEW.number, 'issued_on', NEW.issued_on, 'valid_to', NEW.valid_to, 'good_from', NEW.good_from, 'approver_id', NEW.approver_id, 'exam_id', NEW.exam_id, 'copy_hash', NEW.copy_hash, 'copy_name', NEW.copy_name, 'withdrawn_on', NEW.withdrawn_on, 'withdrawn_for', NEW.withdrawn_for, 'added_at', NEW.added_at, 'added_by_id', NEW.added_by_id, 'added_by', NEW.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS certificates_outbox_delete;
CREATE TRIGGER certificates_outbox_delete AFTER DELETE ON certificates BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'certificates', OLD.id, 'delete', json_object('id', OLD.id, 'staff_id', OLD.staff_id, 'kind', OLD.kind, 'number', OLD.number, 'issued_on', OLD.issued_on, 'valid_to', OLD.valid_to, 'good_from', OLD.good_from, 'approver_id', OLD.approver_id, 'exam_id', OLD.exam_id, 'copy_hash', OLD.copy_hash, 'copy_name', OLD.copy_name, 'withdrawn_on', OLD.withdrawn_on, 'withdrawn_for', OLD.withdrawn_for, 'added_at', OLD.added_at, 'added_by_id', OLD.added_by_id, 'added_by', OLD.added_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_outbox_insert;
CREATE TRIGGER followup_calls_outbox_insert AFTER INSERT ON followup_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_calls', NEW.id, 'insert', json_object('id', NEW.id, 'service', NEW.service, 'source', NEW.source, 'subject_id', NEW.subject_id, 'round', NEW.round, 'sample_id', NEW.sample_id, 'number', NEW.number, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'customer_name', NEW.customer_name, 'person_name', NEW.person_name, 'result', NEW.result, 'answers', NEW.answers, 'note', NEW.note, 'reopened_as', NEW.reopened_as, 'reopened_no', NEW.reopened_no, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_outbox_update;
CREATE TRIGGER followup_calls_outbox_update AFTER UPDATE ON followup_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_calls', NEW.id, 'update', json_object('id', NEW.id, 'service', NEW.service, 'source', NEW.source, 'subject_id', NEW.subject_id, 'round', NEW.round, 'sample_id', NEW.sample_id, 'number', NEW.number, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'customer_name', NEW.customer_name, 'person_name', NEW.person_name, 'result', NEW.result, 'answers', NEW.answers, 'note', NEW.note, 'reopened_as', NEW.reopened_as, 'reopened_no', NEW.reopened_no, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_calls_outbox_delete;
CREATE TRIGGER followup_calls_outbox_delete AFTER DELETE ON followup_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_calls', OLD.id, 'delete', json_object('id', OLD.id, 'service', OLD.service, 'source', OLD.source, 'subject_id', OLD.subject_id, 'round', OLD.round, 'sample_id', OLD.sample_id, 'number', OLD.number, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'customer_name', OLD.customer_name, 'person_name', OLD.person_name, 'result', OLD.result, 'answers', OLD.answers, 'note', OLD.note, 'reopened_as', OLD.reopened_as, 'reopened_no', OLD.reopened_no, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_items_outbox_insert;
CREATE TRIGGER fee_items_outbox_insert AFTER INSERT ON fee_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_items', NEW.id, 'insert', json_object('id', NEW.id, 'name', NEW.name, 'kind', NEW.kind, 'unit', NEW.unit, 'account', NEW.account, 'state', NEW.state, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_items_outbox_update;
CREATE TRIGGER fee_items_outbox_update AFTER UPDATE ON fee_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_items', NEW.id, 'update', json_object('id', NEW.id, 'name', NEW.name, 'kind', NEW.kind, 'unit', NEW.unit, 'account', NEW.account, 'state', NEW.state, 'created_at', NEW.created_at, 'created_by', NEW.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_items_outbox_delete;
CREATE TRIGGER fee_items_outbox_delete AFTER DELETE ON fee_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_items', OLD.id, 'delete', json_object('id', OLD.id, 'name', OLD.name, 'kind', OLD.kind, 'unit', OLD.unit, 'account', OLD.account, 'state', OLD.state, 'created_at', OLD.created_at, 'created_by', OLD.created_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_outbox_insert;
CREATE TRIGGER supply_resumptions_outbox_insert AFTER INSERT ON supply_resumptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_resumptions', NEW.id, 'insert', json_object('id', NEW.id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'outcome', NEW.outcome, 'notice_no', NEW.notice_no, 'point_version', NEW.point_version, 'cause', NEW.cause, 'subject', NEW.subject, 'pressure_pa', NEW.pressure_pa, 'minutes', NEW.minutes, 'drop_pa', NEW.drop_pa, 'tester_id', NEW.tester_id, 'tester_name', NEW.tester_name, 'checks', NEW.checks, 'safe', NEW.safe, 'note', NEW.note, 'night_consent', NEW.night_consent, 'night_reason', NEW.night_reason, 'night_approver_id', NEW.night_approver_id, 'night_approver', NEW.night_approver, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_outbox_update;
CREATE TRIGGER supply_resumptions_outbox_update AFTER UPDATE ON supply_resumptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_resumptions', NEW.id, 'update', json_object('id', NEW.id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'outcome', NEW.outcome, 'notice_no', NEW.notice_no, 'point_version', NEW.point_version, 'cause', NEW.cause, 'subject', NEW.subject, 'pressure_pa', NEW.pressure_pa, 'minutes', NEW.minutes, 'drop_pa', NEW.drop_pa, 'tester_id', NEW.tester_id, 'tester_name', NEW.tester_name, 'checks', NEW.checks, 'safe', NEW.safe, 'note', NEW.note, 'night_consent', NEW.night_consent, 'night_reason', NEW.night_reason, 'night_approver_id', NEW.night_approver_id, 'night_approver', NEW.night_approver, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_resumptions_outbox_delete;
CREATE TRIGGER supply_resumptions_outbox_delete AFTER DELETE ON supply_resumptions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_resumptions', OLD.id, 'delete', json_object('id', OLD.id, 'service_point_id', OLD.service_point_id, 'account_id', OLD.account_id, 'customer_id', OLD.customer_id, 'outcome', OLD.outcome, 'notice_no', OLD.notice_no, 'point_version', OLD.point_version, 'cause', OLD.cause, 'subject', OLD.subject, 'pressure_pa', OLD.pressure_pa, 'minutes', OLD.minutes, 'drop_pa', OLD.drop_pa, 'tester_id', OLD.tester_id, 'tester_name', OLD.tester_name, 'checks', OLD.checks, 'safe', OLD.safe, 'note', OLD.note, 'night_consent', OLD.night_consent, 'night_reason', OLD.night_reason, 'night_approver_id', OLD.night_approver_id, 'night_approver', OLD.night_approver, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_outbox_insert;
CREATE TRIGGER account_process_records_outbox_insert AFTER INSERT ON account_process_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_process_records', NEW.id, 'insert', json_object('id', NEW.id, 'process_id', NEW.process_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_outbox_update;
CREATE TRIGGER account_process_records_outbox_update AFTER UPDATE ON account_process_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_process_records', NEW.id, 'update', json_object('id', NEW.id, 'process_id', NEW.process_id, 'no', NEW.no, 'kind', NEW.kind, 'passed', NEW.passed, 'performed_on', NEW.performed_on, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'body', NEW.body, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_process_records_outbox_delete;
CREATE TRIGGER account_process_records_outbox_delete AFTER DELETE ON account_process_records BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_process_records', OLD.id, 'delete', json_object('id', OLD.id, 'process_id', OLD.process_id, 'no', OLD.no, 'kind', OLD.kind, 'passed', OLD.passed, 'performed_on', OLD.performed_on, 'worker_id', OLD.worker_id, 'worker_name', OLD.worker_name, 'body', OLD.body, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_outbox_insert;
CREATE TRIGGER followup_samples_outbox_insert AFTER INSERT ON followup_samples BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_samples', NEW.id, 'insert', json_object('id', NEW.id, 'draw_id', NEW.draw_id, 'service', NEW.service, 'source', NEW.source, 'event_id', NEW.event_id, 'subject_id', NEW.subject_id, 'number', NEW.number, 'customer_name', NEW.customer_name, 'person_name', NEW.person_name, 'finished_at', NEW.finished_at, 'involved', NEW.involved, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'state', NEW.state, 'drawn_at', NEW.drawn_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_outbox_update;
CREATE TRIGGER followup_samples_outbox_update AFTER UPDATE ON followup_samples BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_samples', NEW.id, 'update', json_object('id', NEW.id, 'draw_id', NEW.draw_id, 'service', NEW.service, 'source', NEW.source, 'event_id', NEW.event_id, 'subject_id', NEW.subject_id, 'number', NEW.number, 'customer_name', NEW.customer_name, 'person_name', NEW.person_name, 'finished_at', NEW.finished_at, 'involved', NEW.involved, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'state', NEW.state, 'drawn_at', NEW.drawn_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS followup_samples_outbox_delete;
CREATE TRIGGER followup_samples_outbox_delete AFTER DELETE ON followup_samples BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'followup_samples', OLD.id, 'delete', json_object('id', OLD.id, 'draw_id', OLD.draw_id, 'service', OLD.service, 'source', OLD.source, 'event_id', OLD.event_id, 'subject_id', OLD.subject_id, 'number', OLD.number, 'customer_name', OLD.customer_name, 'person_name', OLD.person_name, 'finished_at', OLD.finished_at, 'involved', OLD.involved, 'assignee_id', OLD.assignee_id, 'assignee_name', OLD.assignee_name, 'state', OLD.state, 'drawn_at', OLD.drawn_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_outbox_insert;
CREATE TRIGGER fee_charges_outbox_insert AFTER INSERT ON fee_charges BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_charges', NEW.id, 'insert', json_object('id', NEW.id, 'charge_no', NEW.charge_no, 'account_id', NEW.account_id, 'item_id', NEW.item_id, 'version_id', NEW.version_id, 'name', NEW.name, 'kind', NEW.kind, 'unit', NEW.unit, 'place', NEW.place, 'ground', NEW.ground, 'quantity', NEW.quantity, 'unit_price', NEW.unit_price, 'amount', NEW.amount, 'tax', NEW.tax, 'consent', NEW.consent, 'note', NEW.note, 'paid', NEW.paid, 'state', NEW.state, 'business_date', NEW.business_date, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by', NEW.withdrawn_by, 'withdraw_reason', NEW.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_outbox_update;
CREATE TRIGGER fee_charges_outbox_update AFTER UPDATE ON fee_charges BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_charges', NEW.id, 'update', json_object('id', NEW.id, 'charge_no', NEW.charge_no, 'account_id', NEW.account_id, 'item_id', NEW.item_id, 'version_id', NEW.version_id, 'name', NEW.name, 'kind', NEW.kind, 'unit', NEW.unit, 'place', NEW.place, 'ground', NEW.ground, 'quantity', NEW.quantity, 'unit_price', NEW.unit_price, 'amount', NEW.amount, 'tax', NEW.tax, 'consent', NEW.consent, 'note', NEW.note, 'paid', NEW.paid, 'state', NEW.state, 'business_date', NEW.business_date, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by', NEW.withdrawn_by, 'withdraw_reason', NEW.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_charges_outbox_delete;
CREATE TRIGGER fee_charges_outbox_delete AFTER DELETE ON fee_charges BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_charges', OLD.id, 'delete', json_object('id', OLD.id, 'charge_no', OLD.charge_no, 'account_id', OLD.account_id, 'item_id', OLD.item_id, 'version_id', OLD.version_id, 'name', OLD.name, 'kind', OLD.kind, 'unit', OLD.unit, 'place', OLD.place, 'ground', OLD.ground, 'quantity', OLD.quantity, 'unit_price', OLD.unit_price, 'amount', OLD.amount, 'tax', OLD.tax, 'consent', OLD.consent, 'note', OLD.note, 'paid', OLD.paid, 'state', OLD.state, 'business_date', OLD.business_date, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_by', OLD.withdrawn_by, 'withdraw_reason', OLD.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plans_outbox_insert;
CREATE TRIGGER emergency_plans_outbox_insert AFTER INSERT ON emergency_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plans', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'created_at', NEW.created_at, 'retired_at', NEW.retired_at, 'retired_by', NEW.retired_by, 'retired_reason', NEW.retired_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plans_outbox_update;
CREATE TRIGGER emergency_plans_outbox_update AFTER UPDATE ON emergency_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plans', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'created_at', NEW.created_at, 'retired_at', NEW.retired_at, 'retired_by', NEW.retired_by, 'retired_reason', NEW.retired_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plans_outbox_delete;
CREATE TRIGGER emergency_plans_outbox_delete AFTER DELETE ON emergency_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plans', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'created_at', OLD.created_at, 'retired_at', OLD.retired_at, 'retired_by', OLD.retired_by, 'retired_reason', OLD.retired_reason)); END;
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
DROP TRIGGER IF EXISTS hidden_events_outbox_insert;
CREATE TRIGGER hidden_events_outbox_insert AFTER INSERT ON hidden_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hidden_events', NEW.subject || '/' || NEW.staff_id, 'insert', json_object('subject', NEW.subject, 'staff_id', NEW.staff_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hidden_events_outbox_update;
CREATE TRIGGER hidden_events_outbox_update AFTER UPDATE ON hidden_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hidden_events', NEW.subject || '/' || NEW.staff_id, 'update', json_object('subject', NEW.subject, 'staff_id', NEW.staff_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hidden_events_outbox_delete;
CREATE TRIGGER hidden_events_outbox_delete AFTER DELETE ON hidden_events BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hidden_events', OLD.subject || '/' || OLD.staff_id, 'delete', json_object('subject', OLD.subject, 'staff_id', OLD.staff_id)); END;
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
DROP TRIGGER IF EXISTS contract_texts_outbox_insert;
CREATE TRIGGER contract_texts_outbox_insert AFTER INSERT ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', NEW.contract_id, 'insert', json_object('contract_id', NEW.contract_id, 'body', NEW.body, 'hash', NEW.hash, 'frozen_at', NEW.frozen_at, 'frozen_by', NEW.frozen_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_outbox_update;
CREATE TRIGGER contract_texts_outbox_update AFTER UPDATE ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', NEW.contract_id, 'update', json_object('contract_id', NEW.contract_id, 'body', NEW.body, 'hash', NEW.hash, 'frozen_at', NEW.frozen_at, 'frozen_by', NEW.frozen_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_texts_outbox_delete;
CREATE TRIGGER contract_texts_outbox_delete AFTER DELETE ON contract_texts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_texts', OLD.contract_id, 'delete', json_object('contract_id', OLD.contract_id, 'body', OLD.body, 'hash', OLD.hash, 'frozen_at', OLD.frozen_at, 'frozen_by', OLD.frozen_by)); END;
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
DROP TRIGGER IF EXISTS import_window_acts_outbox_insert;
CREATE TRIGGER import_window_acts_outbox_insert AFTER INSERT ON import_window_acts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'import_window_acts', NEW.no, 'insert', json_object('no', NEW.no, 'act', NEW.act, 'at', NEW.at, 'by', NEW.by, 'by_name', NEW.by_name, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS import_window_acts_outbox_update;
CREATE TRIGGER import_window_acts_outbox_update AFTER UPDATE ON import_window_acts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'import_window_acts', NEW.no, 'update', json_object('no', NEW.no, 'act', NEW.act, 'at', NEW.at, 'by', NEW.by, 'by_name', NEW.by_name, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS import_window_acts_outbox_delete;
CREATE TRIGGER import_window_acts_outbox_delete AFTER DELETE ON import_window_acts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'import_window_acts', OLD.no, 'delete', json_object('no', OLD.no, 'act', OLD.act, 'at', OLD.at, 'by', OLD.by, 'by_name', OLD.by_name, 'reason', OLD.reason, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name)); END;
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
DROP TRIGGER IF EXISTS workorder_steps_outbox_insert;
CREATE TRIGGER workorder_steps_outbox_insert AFTER INSERT ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', NEW.id, 'insert', json_object('id', NEW.id, 'order_id', NEW.order_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'paused_until', NEW.paused_until)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_outbox_update;
CREATE TRIGGER workorder_steps_outbox_update AFTER UPDATE ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', NEW.id, 'update', json_object('id', NEW.id, 'order_id', NEW.order_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'worker_id', NEW.worker_id, 'worker_name', NEW.worker_name, 'paused_until', NEW.paused_until)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_steps_outbox_delete;
CREATE TRIGGER workorder_steps_outbox_delete AFTER DELETE ON workorder_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_steps', OLD.id, 'delete', json_object('id', OLD.id, 'order_id', OLD.order_id, 'no', OLD.no, 'round', OLD.round, 'kind', OLD.kind, 'state', OLD.state, 'passed', OLD.passed, 'note', OLD.note, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name, 'worker_id', OLD.worker_id, 'worker_name', OLD.worker_name, 'paused_until', OLD.paused_until)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_outbox_insert;
CREATE TRIGGER inspection_visits_outbox_insert AFTER INSERT ON inspection_visits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_visits', NEW.id, 'insert', json_object('id', NEW.id, 'visit_no', NEW.visit_no, 'task_id', NEW.task_id, 'account_id', NEW.account_id, 'visited_on', NEW.visited_on, 'arrived_at', NEW.arrived_at, 'outcome', NEW.outcome, 'inspector_id', NEW.inspector_id, 'inspector_name', NEW.inspector_name, 'signatory', NEW.signatory, 'unsigned_reason', NEW.unsigned_reason, 'unsigned_witness', NEW.unsigned_witness, 'unsigned_photo_id', NEW.unsigned_photo_id, 'proof_drawn', NEW.proof_drawn, 'proof_id', NEW.proof_id, 'note', NEW.note, 'checks', NEW.checks, 'round_id', NEW.round_id, 'state_before', NEW.state_before, 'absences_before', NEW.absences_before, 'visit_on_before', NEW.visit_on_before, 'entered_at', NEW.entered_at, 'entered_by', NEW.entered_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_outbox_update;
CREATE TRIGGER inspection_visits_outbox_update AFTER UPDATE ON inspection_visits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_visits', NEW.id, 'update', json_object('id', NEW.id, 'visit_no', NEW.visit_no, 'task_id', NEW.task_id, 'account_id', NEW.account_id, 'visited_on', NEW.visited_on, 'arrived_at', NEW.arrived_at, 'outcome', NEW.outcome, 'inspector_id', NEW.inspector_id, 'inspector_name', NEW.inspector_name, 'signatory', NEW.signatory, 'unsigned_reason', NEW.unsigned_reason, 'unsigned_witness', NEW.unsigned_witness, 'unsigned_photo_id', NEW.unsigned_photo_id, 'proof_drawn', NEW.proof_drawn, 'proof_id', NEW.proof_id, 'note', NEW.note, 'checks', NEW.checks, 'round_id', NEW.round_id, 'state_before', NEW.state_before, 'absences_before', NEW.absences_before, 'visit_on_before', NEW.visit_on_before, 'entered_at', NEW.entered_at, 'entered_by', NEW.entered_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_visits_outbox_delete;
CREATE TRIGGER inspection_visits_outbox_delete AFTER DELETE ON inspection_visits BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_visits', OLD.id, 'delete', json_object('id', OLD.id, 'visit_no', OLD.visit_no, 'task_id', OLD.task_id, 'account_id', OLD.account_id, 'visited_on', OLD.visited_on, 'arrived_at', OLD.arrived_at, 'outcome', OLD.outcome, 'inspector_id', OLD.inspector_id, 'inspector_name', OLD.inspector_name, 'signatory', OLD.signatory, 'unsigned_reason', OLD.unsigned_reason, 'unsigned_witness', OLD.unsigned_witness, 'unsigned_photo_id', OLD.unsigned_photo_id, 'proof_drawn', OLD.proof_drawn, 'proof_id', OLD.proof_id, 'note', OLD.note, 'checks', OLD.checks, 'round_id', OLD.round_id, 'state_before', OLD.state_before, 'absences_before', OLD.absences_before, 'visit_on_before', OLD.visit_on_before, 'entered_at', OLD.entered_at, 'entered_by', OLD.entered_by, 'voided_at', OLD.voided_at, 'voided_by', OLD.voided_by, 'void_reason', OLD.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_outbox_insert;
CREATE TRIGGER hazards_outbox_insert AFTER INSERT ON hazards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazards', NEW.id, 'insert', json_object('id', NEW.id, 'hazard_no', NEW.hazard_no, 'visit_id', NEW.visit_id, 'notice_id', NEW.notice_id, 'account_id', NEW.account_id, 'service_point_id', NEW.service_point_id, 'resident', NEW.resident, 'item', NEW.item, 'grade', NEW.grade, 'text', NEW.text, 'mender', NEW.mender, 'deadline', NEW.deadline, 'first_deadline', NEW.first_deadline, 'state', NEW.state, 'round', NEW.round, 'found_on', NEW.found_on, 'finder_id', NEW.finder_id, 'finder_name', NEW.finder_name, 'measures', NEW.measures, 'lowered_reason', NEW.lowered_reason, 'lowered_by_id', NEW.lowered_by_id, 'lowered_by', NEW.lowered_by, 'support_called_at', NEW.support_called_at, 'support_arrived_at', NEW.support_arrived_at, 'released_at', NEW.released_at, 'reported_to', NEW.reported_to, 'mended_on', NEW.mended_on, 'passed_on', NEW.passed_on, 'passed_at', NEW.passed_at, 'closed_at', NEW.closed_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_outbox_update;
CREATE TRIGGER hazards_outbox_update AFTER UPDATE ON hazards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazards', NEW.id, 'update', json_object('id', NEW.id, 'hazard_no', NEW.hazard_no, 'visit_id', NEW.visit_id, 'notice_id', NEW.notice_id, 'account_id', NEW.account_id, 'service_point_id', NEW.service_point_id, 'resident', NEW.resident, 'item', NEW.item, 'grade', NEW.grade, 'text', NEW.text, 'mender', NEW.mender, 'deadline', NEW.deadline, 'first_deadline', NEW.first_deadline, 'state', NEW.state, 'round', NEW.round, 'found_on', NEW.found_on, 'finder_id', NEW.finder_id, 'finder_name', NEW.finder_name, 'measures', NEW.measures, 'lowered_reason', NEW.lowered_reason, 'lowered_by_id', NEW.lowered_by_id, 'lowered_by', NEW.lowered_by, 'support_called_at', NEW.support_called_at, 'support_arrived_at', NEW.support_arrived_at, 'released_at', NEW.released_at, 'reported_to', NEW.reported_to, 'mended_on', NEW.mended_on, 'passed_on', NEW.passed_on, 'passed_at', NEW.passed_at, 'closed_at', NEW.closed_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS hazards_outbox_delete;
CREATE TRIGGER hazards_outbox_delete AFTER DELETE ON hazards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'hazards', OLD.id, 'delete', json_object('id', OLD.id, 'hazard_no', OLD.hazard_no, 'visit_id', OLD.visit_id, 'notice_id', OLD.notice_id, 'account_id', OLD.account_id, 'service_point_id', OLD.service_point_id, 'resident', OLD.resident, 'item', OLD.item, 'grade', OLD.grade, 'text', OLD.text, 'mender', OLD.mender, 'deadline', OLD.deadline, 'first_deadline', OLD.first_deadline, 'state', OLD.state, 'round', OLD.round, 'found_on', OLD.found_on, 'finder_id', OLD.finder_id, 'finder_name', OLD.finder_name, 'measures', OLD.measures, 'lowered_reason', OLD.lowered_reason, 'lowered_by_id', OLD.lowered_by_id, 'lowered_by', OLD.lowered_by, 'support_called_at', OLD.support_called_at, 'support_arrived_at', OLD.support_arrived_at, 'released_at', OLD.released_at, 'reported_to', OLD.reported_to, 'mended_on', OLD.mended_on, 'passed_on', OLD.passed_on, 'passed_at', OLD.passed_at, 'closed_at', OLD.closed_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_extensions_outbox_insert;
CREATE TRIGGER contract_extensions_outbox_insert AFTER INSERT ON contract_extensions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_extensions', NEW.id, 'insert', json_object('id', NEW.id, 'contract_id', NEW.contract_id, 'valid_until', NEW.valid_until, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_extensions_outbox_update;
CREATE TRIGGER contract_extensions_outbox_update AFTER UPDATE ON contract_extensions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_extensions', NEW.id, 'update', json_object('id', NEW.id, 'contract_id', NEW.contract_id, 'valid_until', NEW.valid_until, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_extensions_outbox_delete;
CREATE TRIGGER contract_extensions_outbox_delete AFTER DELETE ON contract_extensions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_extensions', OLD.id, 'delete', json_object('id', OLD.id, 'contract_id', OLD.contract_id, 'valid_until', OLD.valid_until, 'note', OLD.note, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_outbox_insert;
CREATE TRIGGER register_entries_outbox_insert AFTER INSERT ON register_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_entries', NEW.id, 'insert', json_object('id', NEW.id, 'entry_no', NEW.entry_no, 'kind', NEW.kind, 'state', NEW.state, 'round', NEW.round, 'on_date', NEW.on_date, 'body', NEW.body, 'title', NEW.title, 'ends_on', NEW.ends_on, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'staff_id', NEW.staff_id, 'staff_name', NEW.staff_name, 'companion_id', NEW.companion_id, 'companion_name', NEW.companion_name, 'reviewed', NEW.reviewed, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by, 'recorded_at', NEW.recorded_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_outbox_update;
CREATE TRIGGER register_entries_outbox_update AFTER UPDATE ON register_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_entries', NEW.id, 'update', json_object('id', NEW.id, 'entry_no', NEW.entry_no, 'kind', NEW.kind, 'state', NEW.state, 'round', NEW.round, 'on_date', NEW.on_date, 'body', NEW.body, 'title', NEW.title, 'ends_on', NEW.ends_on, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'staff_id', NEW.staff_id, 'staff_name', NEW.staff_name, 'companion_id', NEW.companion_id, 'companion_name', NEW.companion_name, 'reviewed', NEW.reviewed, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by, 'recorded_at', NEW.recorded_at, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS register_entries_outbox_delete;
CREATE TRIGGER register_entries_outbox_delete AFTER DELETE ON register_entries BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'register_entries', OLD.id, 'delete', json_object('id', OLD.id, 'entry_no', OLD.entry_no, 'kind', OLD.kind, 'state', OLD.state, 'round', OLD.round, 'on_date', OLD.on_date, 'body', OLD.body, 'title', OLD.title, 'ends_on', OLD.ends_on, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'staff_id', OLD.staff_id, 'staff_name', OLD.staff_name, 'companion_id', OLD.companion_id, 'companion_name', OLD.companion_name, 'reviewed', OLD.reviewed, 'recorded_by_id', OLD.recorded_by_id, 'recorded_by', OLD.recorded_by, 'recorded_at', OLD.recorded_at, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_outbox_insert;
CREATE TRIGGER imports_outbox_insert AFTER INSERT ON imports BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'imports', NEW.id, 'insert', json_object('id', NEW.id, 'import_no', NEW.import_no, 'kind', NEW.kind, 'source', NEW.source, 'file_name', NEW.file_name, 'hash', NEW.hash, 'size', NEW.size, 'sheet', NEW.sheet, 'heading_row', NEW.heading_row, 'headings', NEW.headings, 'mapping', NEW.mapping, 'plans', NEW.plans, 'state', NEW.state, 'rows', NEW.rows, 'good', NEW.good, 'bad', NEW.bad, 'notices', NEW.notices, 'skipped', NEW.skipped, 'left_out', NEW.left_out, 'supplied', NEW.supplied, 'supplied_approval_id', NEW.supplied_approval_id, 'supplied_approver_name', NEW.supplied_approver_name, 'supplied_reason', NEW.supplied_reason, 'brought', NEW.brought, 'entry_id', NEW.entry_id, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'created_by_name', NEW.created_by_name, 'committed_at', NEW.committed_at, 'committed_by', NEW.committed_by, 'committed_by_name', NEW.committed_by_name, 'undone_at', NEW.undone_at, 'undone_by_name', NEW.undone_by_name, 'undo_reason', NEW.undo_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_outbox_update;
CREATE TRIGGER imports_outbox_update AFTER UPDATE ON imports BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'imports', NEW.id, 'update', json_object('id', NEW.id, 'import_no', NEW.import_no, 'kind', NEW.kind, 'source', NEW.source, 'file_name', NEW.file_name, 'hash', NEW.hash, 'size', NEW.size, 'sheet', NEW.sheet, 'heading_row', NEW.heading_row, 'headings', NEW.headings, 'mapping', NEW.mapping, 'plans', NEW.plans, 'state', NEW.state, 'rows', NEW.rows, 'good', NEW.good, 'bad', NEW.bad, 'notices', NEW.notices, 'skipped', NEW.skipped, 'left_out', NEW.left_out, 'supplied', NEW.supplied, 'supplied_approval_id', NEW.supplied_approval_id, 'supplied_approver_name', NEW.supplied_approver_name, 'supplied_reason', NEW.supplied_reason, 'brought', NEW.brought, 'entry_id', NEW.entry_id, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'created_by_name', NEW.created_by_name, 'committed_at', NEW.committed_at, 'committed_by', NEW.committed_by, 'committed_by_name', NEW.committed_by_name, 'undone_at', NEW.undone_at, 'undone_by_name', NEW.undone_by_name, 'undo_reason', NEW.undo_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS imports_outbox_delete;
CREATE TRIGGER imports_outbox_delete AFTER DELETE ON imports BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'imports', OLD.id, 'delete', json_object('id', OLD.id, 'import_no', OLD.import_no, 'kind', OLD.kind, 'source', OLD.source, 'file_name', OLD.file_name, 'hash', OLD.hash, 'size', OLD.size, 'sheet', OLD.sheet, 'heading_row', OLD.heading_row, 'headings', OLD.headings, 'mapping', OLD.mapping, 'plans', OLD.plans, 'state', OLD.state, 'rows', OLD.rows, 'good', OLD.good, 'bad', OLD.bad, 'notices', OLD.notices, 'skipped', OLD.skipped, 'left_out', OLD.left_out, 'supplied', OLD.supplied, 'supplied_approval_id', OLD.supplied_approval_id, 'supplied_approver_name', OLD.supplied_approver_name, 'supplied_reason', OLD.supplied_reason, 'brought', OLD.brought, 'entry_id', OLD.entry_id, 'created_at', OLD.created_at, 'created_by', OLD.created_by, 'created_by_name', OLD.created_by_name, 'committed_at', OLD.committed_at, 'committed_by', OLD.committed_by, 'committed_by_name', OLD.committed_by_name, 'undone_at', OLD.undone_at, 'undone_by_name', OLD.undone_by_name, 'undo_reason', OLD.undo_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_outbox_insert;
CREATE TRIGGER complaint_parties_outbox_insert AFTER INSERT ON complaint_parties BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_parties', NEW.id, 'insert', json_object('id', NEW.id, 'complaint_id', NEW.complaint_id, 'staff_id', NEW.staff_id, 'staff_name', NEW.staff_name, 'reason', NEW.reason, 'at', NEW.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_outbox_update;
CREATE TRIGGER complaint_parties_outbox_update AFTER UPDATE ON complaint_parties BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_parties', NEW.id, 'update', json_object('id', NEW.id, 'complaint_id', NEW.complaint_id, 'staff_id', NEW.staff_id, 'staff_name', NEW.staff_name, 'reason', NEW.reason, 'at', NEW.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_parties_outbox_delete;
CREATE TRIGGER complaint_parties_outbox_delete AFTER DELETE ON complaint_parties BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_parties', OLD.id, 'delete', json_object('id', OLD.id, 'complaint_id', OLD.complaint_id, 'staff_id', OLD.staff_id, 'staff_name', OLD.staff_name, 'reason', OLD.reason, 'at', OLD.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_insert;
CREATE TRIGGER printings_outbox_insert AFTER INSERT ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'paper_id', NEW.paper_id, 'number', NEW.number, 'how', NEW.how, 'copy_no', NEW.copy_no, 'reprint', NEW.reprint, 'copies', NEW.copies, 'printer', NEW.printer, 'till', NEW.till, 'at', NEW.at, 'actor_id', NEW.actor_id, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_update;
CREATE TRIGGER printings_outbox_update AFTER UPDATE ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'paper_id', NEW.paper_id, 'number', NEW.number, 'how', NEW.how, 'copy_no', NEW.copy_no, 'reprint', NEW.reprint, 'copies', NEW.copies, 'printer', NEW.printer, 'till', NEW.till, 'at', NEW.at, 'actor_id', NEW.actor_id, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printings_outbox_delete;
CREATE TRIGGER printings_outbox_delete AFTER DELETE ON printings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printings', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'paper_id', OLD.paper_id, 'number', OLD.number, 'how', OLD.how, 'copy_no', OLD.copy_no, 'reprint', OLD.reprint, 'copies', OLD.copies, 'printer', OLD.printer, 'till', OLD.till, 'at', OLD.at, 'actor_id', OLD.actor_id, 'by', OLD.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_aliases_outbox_insert;
CREATE TRIGGER account_aliases_outbox_insert AFTER INSERT ON account_aliases BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_aliases', NEW.source || '/' || NEW.alias, 'insert', json_object('source', NEW.source, 'alias', NEW.alias, 'account_id', NEW.account_id, 'shown', NEW.shown, 'short', NEW.short)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_aliases_outbox_update;
CREATE TRIGGER account_aliases_outbox_update AFTER UPDATE ON account_aliases BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_aliases', NEW.source || '/' || NEW.alias, 'update', json_object('source', NEW.source, 'alias', NEW.alias, 'account_id', NEW.account_id, 'shown', NEW.shown, 'short', NEW.short)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS account_aliases_outbox_delete;
CREATE TRIGGER account_aliases_outbox_delete AFTER DELETE ON account_aliases BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'account_aliases', OLD.source || '/' || OLD.alias, 'delete', json_object('source', OLD.source, 'alias', OLD.alias, 'account_id', OLD.account_id, 'shown', OLD.shown, 'short', OLD.short)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_changes_outbox_insert;
CREATE TRIGGER class_changes_outbox_insert AFTER INSERT ON class_changes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_changes', NEW.id, 'insert', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'version', NEW.version, 'from_class', NEW.from_class, 'to_class', NEW.to_class, 'attachment_id', NEW.attachment_id, 'reason', NEW.reason, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_changes_outbox_update;
CREATE TRIGGER class_changes_outbox_update AFTER UPDATE ON class_changes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_changes', NEW.id, 'update', json_object('id', NEW.id, 'customer_id', NEW.customer_id, 'version', NEW.version, 'from_class', NEW.from_class, 'to_class', NEW.to_class, 'attachment_id', NEW.attachment_id, 'reason', NEW.reason, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_changes_outbox_delete;
CREATE TRIGGER class_changes_outbox_delete AFTER DELETE ON class_changes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_changes', OLD.id, 'delete', json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'version', OLD.version, 'from_class', OLD.from_class, 'to_class', OLD.to_class, 'attachment_id', OLD.attachment_id, 'reason', OLD.reason, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name)); END;
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
DROP TRIGGER IF EXISTS complaint_steps_outbox_insert;
CREATE TRIGGER complaint_steps_outbox_insert AFTER INSERT ON complaint_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_steps', NEW.id, 'insert', json_object('id', NEW.id, 'complaint_id', NEW.complaint_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'person_id', NEW.person_id, 'person_name', NEW.person_name, 'reply_channel', NEW.reply_channel, 'done_at', NEW.done_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_outbox_update;
CREATE TRIGGER complaint_steps_outbox_update AFTER UPDATE ON complaint_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_steps', NEW.id, 'update', json_object('id', NEW.id, 'complaint_id', NEW.complaint_id, 'no', NEW.no, 'round', NEW.round, 'kind', NEW.kind, 'state', NEW.state, 'passed', NEW.passed, 'note', NEW.note, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name, 'person_id', NEW.person_id, 'person_name', NEW.person_name, 'reply_channel', NEW.reply_channel, 'done_at', NEW.done_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaint_steps_outbox_delete;
CREATE TRIGGER complaint_steps_outbox_delete AFTER DELETE ON complaint_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaint_steps', OLD.id, 'delete', json_object('id', OLD.id, 'complaint_id', OLD.complaint_id, 'no', OLD.no, 'round', OLD.round, 'kind', OLD.kind, 'state', OLD.state, 'passed', OLD.passed, 'note', OLD.note, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name, 'person_id', OLD.person_id, 'person_name', OLD.person_name, 'reply_channel', OLD.reply_channel, 'done_at', OLD.done_at)); END;
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
DROP TRIGGER IF EXISTS merit_approvals_outbox_insert;
CREATE TRIGGER merit_approvals_outbox_insert AFTER INSERT ON merit_approvals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merit_approvals', NEW.merit_id, 'insert', json_object('merit_id', NEW.merit_id, 'approved', NEW.approved, 'note', NEW.note, 'at', NEW.at, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merit_approvals_outbox_update;
CREATE TRIGGER merit_approvals_outbox_update AFTER UPDATE ON merit_approvals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merit_approvals', NEW.merit_id, 'update', json_object('merit_id', NEW.merit_id, 'approved', NEW.approved, 'note', NEW.note, 'at', NEW.at, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS merit_approvals_outbox_delete;
CREATE TRIGGER merit_approvals_outbox_delete AFTER DELETE ON merit_approvals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'merit_approvals', OLD.merit_id, 'delete', json_object('merit_id', OLD.merit_id, 'approved', OLD.approved, 'note', OLD.note, 'at', OLD.at, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_participants_outbox_insert;
CREATE TRIGGER drill_participants_outbox_insert AFTER INSERT ON drill_participants BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_participants', NEW.id, 'insert', json_object('id', NEW.id, 'drill_id', NEW.drill_id, 'staff_id', NEW.staff_id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'name', NEW.name, 'place', NEW.place)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_participants_outbox_update;
CREATE TRIGGER drill_participants_outbox_update AFTER UPDATE ON drill_participants BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_participants', NEW.id, 'update', json_object('id', NEW.id, 'drill_id', NEW.drill_id, 'staff_id', NEW.staff_id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'name', NEW.name, 'place', NEW.place)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_participants_outbox_delete;
CREATE TRIGGER drill_participants_outbox_delete AFTER DELETE ON drill_participants BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_participants', OLD.id, 'delete', json_object('id', OLD.id, 'drill_id', OLD.drill_id, 'staff_id', OLD.staff_id, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'name', OLD.name, 'place', OLD.place)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_outbox_insert;
CREATE TRIGGER class_change_plans_outbox_insert AFTER INSERT ON class_change_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_change_plans', NEW.change_id || '/' || NEW.account_id, 'insert', json_object('change_id', NEW.change_id, 'account_id', NEW.account_id, 'version', NEW.version, 'from_plan_id', NEW.from_plan_id, 'to_plan_id', NEW.to_plan_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_outbox_update;
CREATE TRIGGER class_change_plans_outbox_update AFTER UPDATE ON class_change_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_change_plans', NEW.change_id || '/' || NEW.account_id, 'update', json_object('change_id', NEW.change_id, 'account_id', NEW.account_id, 'version', NEW.version, 'from_plan_id', NEW.from_plan_id, 'to_plan_id', NEW.to_plan_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS class_change_plans_outbox_delete;
CREATE TRIGGER class_change_plans_outbox_delete AFTER DELETE ON class_change_plans BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'class_change_plans', OLD.change_id || '/' || OLD.account_id, 'delete', json_object('change_id', OLD.change_id, 'account_id', OLD.account_id, 'version', OLD.version, 'from_plan_id', OLD.from_plan_id, 'to_plan_id', OLD.to_plan_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_insert;
CREATE TRIGGER statements_outbox_insert AFTER INSERT ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', NEW.id, 'insert', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'kind', NEW.kind, 'file_name', NEW.file_name, 'hash', NEW.hash, 'request_id', NEW.request_id, 'line_count', NEW.line_count, 'elsewhere_count', NEW.elsewhere_count, 'elsewhere_total', NEW.elsewhere_total, 'total', NEW.total, 'note', NEW.note, 'reconciled_with', NEW.reconciled_with, 'matched', NEW.matched, 'imported_at', NEW.imported_at, 'imported_by', NEW.imported_by, 'done_at', NEW.done_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_update;
CREATE TRIGGER statements_outbox_update AFTER UPDATE ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', NEW.id, 'update', json_object('id', NEW.id, 'date', NEW.date, 'means', NEW.means, 'kind', NEW.kind, 'file_name', NEW.file_name, 'hash', NEW.hash, 'request_id', NEW.request_id, 'line_count', NEW.line_count, 'elsewhere_count', NEW.elsewhere_count, 'elsewhere_total', NEW.elsewhere_total, 'total', NEW.total, 'note', NEW.note, 'reconciled_with', NEW.reconciled_with, 'matched', NEW.matched, 'imported_at', NEW.imported_at, 'imported_by', NEW.imported_by, 'done_at', NEW.done_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statements_outbox_delete;
CREATE TRIGGER statements_outbox_delete AFTER DELETE ON statements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statements', OLD.id, 'delete', json_object('id', OLD.id, 'date', OLD.date, 'means', OLD.means, 'kind', OLD.kind, 'file_name', OLD.file_name, 'hash', OLD.hash, 'request_id', OLD.request_id, 'line_count', OLD.line_count, 'elsewhere_count', OLD.elsewhere_count, 'elsewhere_total', OLD.elsewhere_total, 'total', OLD.total, 'note', OLD.note, 'reconciled_with', OLD.reconciled_with, 'matched', OLD.matched, 'imported_at', OLD.imported_at, 'imported_by', OLD.imported_by, 'done_at', OLD.done_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaign_staff_outbox_insert;
CREATE TRIGGER campaign_staff_outbox_insert AFTER INSERT ON campaign_staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaign_staff', NEW.campaign_id || '/' || NEW.staff_id, 'insert', json_object('campaign_id', NEW.campaign_id, 'staff_id', NEW.staff_id, 'name', NEW.name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaign_staff_outbox_update;
CREATE TRIGGER campaign_staff_outbox_update AFTER UPDATE ON campaign_staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaign_staff', NEW.campaign_id || '/' || NEW.staff_id, 'update', json_object('campaign_id', NEW.campaign_id, 'staff_id', NEW.staff_id, 'name', NEW.name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS campaign_staff_outbox_delete;
CREATE TRIGGER campaign_staff_outbox_delete AFTER DELETE ON campaign_staff BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'campaign_staff', OLD.campaign_id || '/' || OLD.staff_id, 'delete', json_object('campaign_id', OLD.campaign_id, 'staff_id', OLD.staff_id, 'name', OLD.name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_insert;
CREATE TRIGGER statement_lines_outbox_insert AFTER INSERT ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', NEW.statement_id || '/' || NEW.line_no, 'insert', json_object('statement_id', NEW.statement_id, 'line_no', NEW.line_no, 'means', NEW.means, 'at', NEW.at, 'reference', NEW.reference, 'merchant_reference', NEW.merchant_reference, 'amount', NEW.amount, 'identity', NEW.identity, 'standing', NEW.standing, 'word', NEW.word)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_update;
CREATE TRIGGER statement_lines_outbox_update AFTER UPDATE ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', NEW.statement_id || '/' || NEW.line_no, 'update', json_object('statement_id', NEW.statement_id, 'line_no', NEW.line_no, 'means', NEW.means, 'at', NEW.at, 'reference', NEW.reference, 'merchant_reference', NEW.merchant_reference, 'amount', NEW.amount, 'identity', NEW.identity, 'standing', NEW.standing, 'word', NEW.word)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS statement_lines_outbox_delete;
CREATE TRIGGER statement_lines_outbox_delete AFTER DELETE ON statement_lines BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'statement_lines', OLD.statement_id || '/' || OLD.line_no, 'delete', json_object('statement_id', OLD.statement_id, 'line_no', OLD.line_no, 'means', OLD.means, 'at', OLD.at, 'reference', OLD.reference, 'merchant_reference', OLD.merchant_reference, 'amount', OLD.amount, 'identity', OLD.identity, 'standing', OLD.standing, 'word', OLD.word)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tills_outbox_insert;
CREATE TRIGGER tills_outbox_insert AFTER INSERT ON tills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tills', NEW.code, 'insert', json_object('code', NEW.code, 'name', NEW.name, 'fingerprint', NEW.fingerprint, 'state', NEW.state, 'joined_at', NEW.joined_at, 'joined_by_id', NEW.joined_by_id, 'joined_by', NEW.joined_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by_id', NEW.withdrawn_by_id, 'withdrawn_by', NEW.withdrawn_by, 'withdraw_reason', NEW.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tills_outbox_update;
CREATE TRIGGER tills_outbox_update AFTER UPDATE ON tills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tills', NEW.code, 'update', json_object('code', NEW.code, 'name', NEW.name, 'fingerprint', NEW.fingerprint, 'state', NEW.state, 'joined_at', NEW.joined_at, 'joined_by_id', NEW.joined_by_id, 'joined_by', NEW.joined_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by_id', NEW.withdrawn_by_id, 'withdrawn_by', NEW.withdrawn_by, 'withdraw_reason', NEW.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS tills_outbox_delete;
CREATE TRIGGER tills_outbox_delete AFTER DELETE ON tills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'tills', OLD.code, 'delete', json_object('code', OLD.code, 'name', OLD.name, 'fingerprint', OLD.fingerprint, 'state', OLD.state, 'joined_at', OLD.joined_at, 'joined_by_id', OLD.joined_by_id, 'joined_by', OLD.joined_by, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_by_id', OLD.withdrawn_by_id, 'withdrawn_by', OLD.withdrawn_by, 'withdraw_reason', OLD.withdraw_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS breaks_outbox_insert;
CREATE TRIGGER breaks_outbox_insert AFTER INSERT ON breaks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'breaks', NEW.id, 'insert', json_object('id', NEW.id, 'kind', NEW.kind, 'at', NEW.at, 'by_id', NEW.by_id, 'by_name', NEW.by_name, 'reason', NEW.reason, 'file_name', NEW.file_name, 'replaced', NEW.replaced, 'audit_seq', NEW.audit_seq, 'audit_at', NEW.audit_at, 'mark_seq', NEW.mark_seq, 'mark_hash', NEW.mark_hash, 'mark_at', NEW.mark_at, 'mark_outbox', NEW.mark_outbox, 'mark_acknowledged', NEW.mark_acknowledged, 'numbers', NEW.numbers, 'days', NEW.days, 'headquarters', NEW.headquarters, 'resolved_at', NEW.resolved_at, 'resolved_by', NEW.resolved_by, 'resolve_reason', NEW.resolve_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS breaks_outbox_update;
CREATE TRIGGER breaks_outbox_update AFTER UPDATE ON breaks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'breaks', NEW.id, 'update', json_object('id', NEW.id, 'kind', NEW.kind, 'at', NEW.at, 'by_id', NEW.by_id, 'by_name', NEW.by_name, 'reason', NEW.reason, 'file_name', NEW.file_name, 'replaced', NEW.replaced, 'audit_seq', NEW.audit_seq, 'audit_at', NEW.audit_at, 'mark_seq', NEW.mark_seq, 'mark_hash', NEW.mark_hash, 'mark_at', NEW.mark_at, 'mark_outbox', NEW.mark_outbox, 'mark_acknowledged', NEW.mark_acknowledged, 'numbers', NEW.numbers, 'days', NEW.days, 'headquarters', NEW.headquarters, 'resolved_at', NEW.resolved_at, 'resolved_by', NEW.resolved_by, 'resolve_reason', NEW.resolve_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS breaks_outbox_delete;
CREATE TRIGGER breaks_outbox_delete AFTER DELETE ON breaks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'breaks', OLD.id, 'delete', json_object('id', OLD.id, 'kind', OLD.kind, 'at', OLD.at, 'by_id', OLD.by_id, 'by_name', OLD.by_name, 'reason', OLD.reason, 'file_name', OLD.file_name, 'replaced', OLD.replaced, 'audit_seq', OLD.audit_seq, 'audit_at', OLD.audit_at, 'mark_seq', OLD.mark_seq, 'mark_hash', OLD.mark_hash, 'mark_at', OLD.mark_at, 'mark_outbox', OLD.mark_outbox, 'mark_acknowledged', OLD.mark_acknowledged, 'numbers', OLD.numbers, 'days', OLD.days, 'headquarters', OLD.headquarters, 'resolved_at', OLD.resolved_at, 'resolved_by', OLD.resolved_by, 'resolve_reason', OLD.resolve_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS trainings_outbox_insert;
CREATE TRIGGER trainings_outbox_insert AFTER INSERT ON trainings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'trainings', NEW.id, 'insert', json_object('id', NEW.id, 'course', NEW.course, 'kind', NEW.kind, 'held_on', NEW.held_on, 'minutes', NEW.minutes, 'trainer', NEW.trainer, 'materials', NEW.materials, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'voided_for', NEW.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS trainings_outbox_update;
CREATE TRIGGER trainings_outbox_update AFTER UPDATE ON trainings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'trainings', NEW.id, 'update', json_object('id', NEW.id, 'course', NEW.course, 'kind', NEW.kind, 'held_on', NEW.held_on, 'minutes', NEW.minutes, 'trainer', NEW.trainer, 'materials', NEW.materials, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'voided_for', NEW.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS trainings_outbox_delete;
CREATE TRIGGER trainings_outbox_delete AFTER DELETE ON trainings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'trainings', OLD.id, 'delete', json_object('id', OLD.id, 'course', OLD.course, 'kind', OLD.kind, 'held_on', OLD.held_on, 'minutes', OLD.minutes, 'trainer', OLD.trainer, 'materials', OLD.materials, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by, 'voided_at', OLD.voided_at, 'voided_by', OLD.voided_by, 'voided_for', OLD.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS receipts_outbox_insert;
CREATE TRIGGER receipts_outbox_insert AFTER INSERT ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', NEW.receipt_no, 'insert', json_object('receipt_no', NEW.receipt_no, 'payment_id', NEW.payment_id, 'till', NEW.till, 'state', NEW.state, 'voided_at', NEW.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS receipts_outbox_update;
CREATE TRIGGER receipts_outbox_update AFTER UPDATE ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', NEW.receipt_no, 'update', json_object('receipt_no', NEW.receipt_no, 'payment_id', NEW.payment_id, 'till', NEW.till, 'state', NEW.state, 'voided_at', NEW.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS receipts_outbox_delete;
CREATE TRIGGER receipts_outbox_delete AFTER DELETE ON receipts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'receipts', OLD.receipt_no, 'delete', json_object('receipt_no', OLD.receipt_no, 'payment_id', OLD.payment_id, 'till', OLD.till, 'state', OLD.state, 'voided_at', OLD.voided_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_awaiting_outbox_insert;
CREATE TRIGGER supply_awaiting_outbox_insert AFTER INSERT ON supply_awaiting BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_awaiting', NEW.service_point_id, 'insert', json_object('service_point_id', NEW.service_point_id, 'since', NEW.since, 'due_at', NEW.due_at, 'cause', NEW.cause, 'subject', NEW.subject, 'tries', NEW.tries, 'last_outcome', NEW.last_outcome, 'last_note', NEW.last_note, 'last_at', NEW.last_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_awaiting_outbox_update;
CREATE TRIGGER supply_awaiting_outbox_update AFTER UPDATE ON supply_awaiting BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_awaiting', NEW.service_point_id, 'update', json_object('service_point_id', NEW.service_point_id, 'since', NEW.since, 'due_at', NEW.due_at, 'cause', NEW.cause, 'subject', NEW.subject, 'tries', NEW.tries, 'last_outcome', NEW.last_outcome, 'last_note', NEW.last_note, 'last_at', NEW.last_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS supply_awaiting_outbox_delete;
CREATE TRIGGER supply_awaiting_outbox_delete AFTER DELETE ON supply_awaiting BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'supply_awaiting', OLD.service_point_id, 'delete', json_object('service_point_id', OLD.service_point_id, 'since', OLD.since, 'due_at', OLD.due_at, 'cause', OLD.cause, 'subject', OLD.subject, 'tries', OLD.tries, 'last_outcome', OLD.last_outcome, 'last_note', OLD.last_note, 'last_at', OLD.last_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_insert;
CREATE TRIGGER meters_outbox_insert AFTER INSERT ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', NEW.id, 'insert', json_object('id', NEW.id, 'meter_no', NEW.meter_no, 'kind', NEW.kind, 'model', NEW.model, 'digits', NEW.digits, 'service_point_id', NEW.service_point_id, 'position', NEW.position, 'state', NEW.state, 'initial_index', NEW.initial_index, 'installed_on', NEW.installed_on, 'removed_on', NEW.removed_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_update;
CREATE TRIGGER meters_outbox_update AFTER UPDATE ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', NEW.id, 'update', json_object('id', NEW.id, 'meter_no', NEW.meter_no, 'kind', NEW.kind, 'model', NEW.model, 'digits', NEW.digits, 'service_point_id', NEW.service_point_id, 'position', NEW.position, 'state', NEW.state, 'initial_index', NEW.initial_index, 'installed_on', NEW.installed_on, 'removed_on', NEW.removed_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS meters_outbox_delete;
CREATE TRIGGER meters_outbox_delete AFTER DELETE ON meters BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'meters', OLD.id, 'delete', json_object('id', OLD.id, 'meter_no', OLD.meter_no, 'kind', OLD.kind, 'model', OLD.model, 'digits', OLD.digits, 'service_point_id', OLD.service_point_id, 'position', OLD.position, 'state', OLD.state, 'initial_index', OLD.initial_index, 'installed_on', OLD.installed_on, 'removed_on', OLD.removed_on, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS training_people_outbox_insert;
CREATE TRIGGER training_people_outbox_insert AFTER INSERT ON training_people BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'training_people', NEW.training_id || '/' || NEW.staff_id, 'insert', json_object('training_id', NEW.training_id, 'staff_id', NEW.staff_id, 'result', NEW.result)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS training_people_outbox_update;
CREATE TRIGGER training_people_outbox_update AFTER UPDATE ON training_people BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'training_people', NEW.training_id || '/' || NEW.staff_id, 'update', json_object('training_id', NEW.training_id, 'staff_id', NEW.staff_id, 'result', NEW.result)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS training_people_outbox_delete;
CREATE TRIGGER training_people_outbox_delete AFTER DELETE ON training_people BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'training_people', OLD.training_id || '/' || OLD.staff_id, 'delete', json_object('training_id', OLD.training_id, 'staff_id', OLD.staff_id, 'result', OLD.result)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_outbox_insert;
CREATE TRIGGER board_versions_outbox_insert AFTER INSERT ON board_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'board_versions', NEW.id, 'insert', json_object('id', NEW.id, 'no', NEW.no, 'state', NEW.state, 'content', NEW.content, 'note', NEW.note, 'saved_at', NEW.saved_at, 'saved_by', NEW.saved_by, 'published_at', NEW.published_at, 'published_by', NEW.published_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_outbox_update;
CREATE TRIGGER board_versions_outbox_update AFTER UPDATE ON board_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'board_versions', NEW.id, 'update', json_object('id', NEW.id, 'no', NEW.no, 'state', NEW.state, 'content', NEW.content, 'note', NEW.note, 'saved_at', NEW.saved_at, 'saved_by', NEW.saved_by, 'published_at', NEW.published_at, 'published_by', NEW.published_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS board_versions_outbox_delete;
CREATE TRIGGER board_versions_outbox_delete AFTER DELETE ON board_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'board_versions', OLD.id, 'delete', json_object('id', OLD.id, 'no', OLD.no, 'state', OLD.state, 'content', OLD.content, 'note', OLD.note, 'saved_at', OLD.saved_at, 'saved_by', OLD.saved_by, 'published_at', OLD.published_at, 'published_by', OLD.published_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_care_outbox_insert;
CREATE TRIGGER interruption_care_outbox_insert AFTER INSERT ON interruption_care BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_care', NEW.id, 'insert', json_object('id', NEW.id, 'interruption_id', NEW.interruption_id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'result', NEW.result, 'unreached', NEW.unreached, 'override_reason', NEW.override_reason, 'overridden_by', NEW.overridden_by, 'cancel_result', NEW.cancel_result, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_care_outbox_update;
CREATE TRIGGER interruption_care_outbox_update AFTER UPDATE ON interruption_care BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_care', NEW.id, 'update', json_object('id', NEW.id, 'interruption_id', NEW.interruption_id, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'result', NEW.result, 'unreached', NEW.unreached, 'override_reason', NEW.override_reason, 'overridden_by', NEW.overridden_by, 'cancel_result', NEW.cancel_result, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_care_outbox_delete;
CREATE TRIGGER interruption_care_outbox_delete AFTER DELETE ON interruption_care BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_care', OLD.id, 'delete', json_object('id', OLD.id, 'interruption_id', OLD.interruption_id, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'result', OLD.result, 'unreached', OLD.unreached, 'override_reason', OLD.override_reason, 'overridden_by', OLD.overridden_by, 'cancel_result', OLD.cancel_result, 'updated_at', OLD.updated_at)); END;
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
CREATE TRIGGER report_submissions_outbox_insert AFTER INSERT ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', NEW.id, 'insert', json_object('id', NEW.id, 'number', NEW.number, 'report', NEW.report, 'period_kind', NEW.period_kind, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'version', NEW.version, 'replaces', NEW.replaces, 'reason', NEW.reason, 'content', NEW.content, 'sights', NEW.sights, 'hash', NEW.hash, 'submitted_at', NEW.submitted_at, 'submitted_by_id', NEW.submitted_by_id, 'submitted_by', NEW.submitted_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_outbox_update;
CREATE TRIGGER report_submissions_outbox_update AFTER UPDATE ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', NEW.id, 'update', json_object('id', NEW.id, 'number', NEW.number, 'report', NEW.report, 'period_kind', NEW.period_kind, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'version', NEW.version, 'replaces', NEW.replaces, 'reason', NEW.reason, 'content', NEW.content, 'sights', NEW.sights, 'hash', NEW.hash, 'submitted_at', NEW.submitted_at, 'submitted_by_id', NEW.submitted_by_id, 'submitted_by', NEW.submitted_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS report_submissions_outbox_delete;
CREATE TRIGGER report_submissions_outbox_delete AFTER DELETE ON report_submissions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'report_submissions', OLD.id, 'delete', json_object('id', OLD.id, 'number', OLD.number, 'report', OLD.report, 'period_kind', OLD.period_kind, 'period_from', OLD.period_from, 'period_to', OLD.period_to, 'version', OLD.version, 'replaces', OLD.replaces, 'reason', OLD.reason, 'content', OLD.content, 'sights', OLD.sights, 'hash', OLD.hash, 'submitted_at', OLD.submitted_at, 'submitted_by_id', OLD.submitted_by_id, 'submitted_by', OLD.submitted_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_checks_outbox_insert;
CREATE TRIGGER audit_checks_outbox_insert AFTER INSERT ON audit_checks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'audit_checks', NEW.id, 'insert', json_object('id', NEW.id, 'at', NEW.at, 'occasion', NEW.occasion, 'rows', NEW.rows, 'broken', NEW.broken, 'head', NEW.head)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_checks_outbox_update;
CREATE TRIGGER audit_checks_outbox_update AFTER UPDATE ON audit_checks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'audit_checks', NEW.id, 'update', json_object('id', NEW.id, 'at', NEW.at, 'occasion', NEW.occasion, 'rows', NEW.rows, 'broken', NEW.broken, 'head', NEW.head)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS audit_checks_outbox_delete;
CREATE TRIGGER audit_checks_outbox_delete AFTER DELETE ON audit_checks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'audit_checks', OLD.id, 'delete', json_object('id', OLD.id, 'at', OLD.at, 'occasion', OLD.occasion, 'rows', OLD.rows, 'broken', OLD.broken, 'head', OLD.head)); END;
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
DROP TRIGGER IF EXISTS interruption_calls_outbox_insert;
CREATE TRIGGER interruption_calls_outbox_insert AFTER INSERT ON interruption_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_calls', NEW.id, 'insert', json_object('id', NEW.id, 'care_id', NEW.care_id, 'about_cancel', NEW.about_cancel, 'result', NEW.result, 'note', NEW.note, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_calls_outbox_update;
CREATE TRIGGER interruption_calls_outbox_update AFTER UPDATE ON interruption_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_calls', NEW.id, 'update', json_object('id', NEW.id, 'care_id', NEW.care_id, 'about_cancel', NEW.about_cancel, 'result', NEW.result, 'note', NEW.note, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS interruption_calls_outbox_delete;
CREATE TRIGGER interruption_calls_outbox_delete AFTER DELETE ON interruption_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'interruption_calls', OLD.id, 'delete', json_object('id', OLD.id, 'care_id', OLD.care_id, 'about_cancel', OLD.about_cancel, 'result', OLD.result, 'note', OLD.note, 'at', OLD.at, 'by', OLD.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_outbox_insert;
CREATE TRIGGER emergency_plan_versions_outbox_insert AFTER INSERT ON emergency_plan_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plan_versions', NEW.id, 'insert', json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'no', NEW.no, 'state', NEW.state, 'content', NEW.content, 'writers', NEW.writers, 'saved_at', NEW.saved_at, 'saved_by', NEW.saved_by, 'approved_at', NEW.approved_at, 'approved_by_id', NEW.approved_by_id, 'approved_by', NEW.approved_by, 'note', NEW.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_outbox_update;
CREATE TRIGGER emergency_plan_versions_outbox_update AFTER UPDATE ON emergency_plan_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plan_versions', NEW.id, 'update', json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'no', NEW.no, 'state', NEW.state, 'content', NEW.content, 'writers', NEW.writers, 'saved_at', NEW.saved_at, 'saved_by', NEW.saved_by, 'approved_at', NEW.approved_at, 'approved_by_id', NEW.approved_by_id, 'approved_by', NEW.approved_by, 'note', NEW.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS emergency_plan_versions_outbox_delete;
CREATE TRIGGER emergency_plan_versions_outbox_delete AFTER DELETE ON emergency_plan_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'emergency_plan_versions', OLD.id, 'delete', json_object('id', OLD.id, 'plan_id', OLD.plan_id, 'no', OLD.no, 'state', OLD.state, 'content', OLD.content, 'writers', OLD.writers, 'saved_at', OLD.saved_at, 'saved_by', OLD.saved_by, 'approved_at', OLD.approved_at, 'approved_by_id', OLD.approved_by_id, 'approved_by', OLD.approved_by, 'note', OLD.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_insert;
CREATE TRIGGER contracts_outbox_insert AFTER INSERT ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', NEW.id, 'insert', json_object('id', NEW.id, 'contract_no', NEW.contract_no, 'kind', NEW.kind, 'template_id', NEW.template_id, 'application_id', NEW.application_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'fields', NEW.fields, 'state', NEW.state, 'drafted_at', NEW.drafted_at, 'drafted_by', NEW.drafted_by, 'signed_on', NEW.signed_on, 'signatory', NEW.signatory, 'relation', NEW.relation, 'agent_id_number', NEW.agent_id_number, 'company_signatory', NEW.company_signatory, 'different_reason', NEW.different_reason, 'different_approver_id', NEW.different_approver_id, 'paper_no', NEW.paper_no, 'paper_reason', NEW.paper_reason, 'paper_approver_id', NEW.paper_approver_id, 'signed_recorded_at', NEW.signed_recorded_at, 'signed_recorded_by', NEW.signed_recorded_by, 'scan_attachment_id', NEW.scan_attachment_id, 'valid_until', NEW.valid_until, 'renew_by', NEW.renew_by, 'ended_on', NEW.ended_on, 'end_reason', NEW.end_reason, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_update;
CREATE TRIGGER contracts_outbox_update AFTER UPDATE ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', NEW.id, 'update', json_object('id', NEW.id, 'contract_no', NEW.contract_no, 'kind', NEW.kind, 'template_id', NEW.template_id, 'application_id', NEW.application_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'account_id', NEW.account_id, 'fields', NEW.fields, 'state', NEW.state, 'drafted_at', NEW.drafted_at, 'drafted_by', NEW.drafted_by, 'signed_on', NEW.signed_on, 'signatory', NEW.signatory, 'relation', NEW.relation, 'agent_id_number', NEW.agent_id_number, 'company_signatory', NEW.company_signatory, 'different_reason', NEW.different_reason, 'different_approver_id', NEW.different_approver_id, 'paper_no', NEW.paper_no, 'paper_reason', NEW.paper_reason, 'paper_approver_id', NEW.paper_approver_id, 'signed_recorded_at', NEW.signed_recorded_at, 'signed_recorded_by', NEW.signed_recorded_by, 'scan_attachment_id', NEW.scan_attachment_id, 'valid_until', NEW.valid_until, 'renew_by', NEW.renew_by, 'ended_on', NEW.ended_on, 'end_reason', NEW.end_reason, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'void_reason', NEW.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contracts_outbox_delete;
CREATE TRIGGER contracts_outbox_delete AFTER DELETE ON contracts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contracts', OLD.id, 'delete', json_object('id', OLD.id, 'contract_no', OLD.contract_no, 'kind', OLD.kind, 'template_id', OLD.template_id, 'application_id', OLD.application_id, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'account_id', OLD.account_id, 'fields', OLD.fields, 'state', OLD.state, 'drafted_at', OLD.drafted_at, 'drafted_by', OLD.drafted_by, 'signed_on', OLD.signed_on, 'signatory', OLD.signatory, 'relation', OLD.relation, 'agent_id_number', OLD.agent_id_number, 'company_signatory', OLD.company_signatory, 'different_reason', OLD.different_reason, 'different_approver_id', OLD.different_approver_id, 'paper_no', OLD.paper_no, 'paper_reason', OLD.paper_reason, 'paper_approver_id', OLD.paper_approver_id, 'signed_recorded_at', OLD.signed_recorded_at, 'signed_recorded_by', OLD.signed_recorded_by, 'scan_attachment_id', OLD.scan_attachment_id, 'valid_until', OLD.valid_until, 'renew_by', OLD.renew_by, 'ended_on', OLD.ended_on, 'end_reason', OLD.end_reason, 'voided_at', OLD.voided_at, 'voided_by', OLD.voided_by, 'void_reason', OLD.void_reason)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_insert;
CREATE TRIGGER payments_outbox_insert AFTER INSERT ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'kind', NEW.kind, 'account_id', NEW.account_id, 'amount', NEW.amount, 'to_prepayment', NEW.to_prepayment, 'change', NEW.change, 'rounding', NEW.rounding, 'note', NEW.note, 'approver_name', NEW.approver_name, 'source_id', NEW.source_id, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_update;
CREATE TRIGGER payments_outbox_update AFTER UPDATE ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'kind', NEW.kind, 'account_id', NEW.account_id, 'amount', NEW.amount, 'to_prepayment', NEW.to_prepayment, 'change', NEW.change, 'rounding', NEW.rounding, 'note', NEW.note, 'approver_name', NEW.approver_name, 'source_id', NEW.source_id, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS payments_outbox_delete;
CREATE TRIGGER payments_outbox_delete AFTER DELETE ON payments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'payments', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'kind', OLD.kind, 'account_id', OLD.account_id, 'amount', OLD.amount, 'to_prepayment', OLD.to_prepayment, 'change', OLD.change, 'rounding', OLD.rounding, 'note', OLD.note, 'approver_name', OLD.approver_name, 'source_id', OLD.source_id, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_acceptances_outbox_insert;
CREATE TRIGGER contract_acceptances_outbox_insert AFTER INSERT ON contract_acceptances BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_acceptances', NEW.template_id, 'insert', json_object('template_id', NEW.template_id, 'accepted_at', NEW.accepted_at, 'accepted_by', NEW.accepted_by, 'accepted_by_name', NEW.accepted_by_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_acceptances_outbox_update;
CREATE TRIGGER contract_acceptances_outbox_update AFTER UPDATE ON contract_acceptances BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_acceptances', NEW.template_id, 'update', json_object('template_id', NEW.template_id, 'accepted_at', NEW.accepted_at, 'accepted_by', NEW.accepted_by, 'accepted_by_name', NEW.accepted_by_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS contract_acceptances_outbox_delete;
CREATE TRIGGER contract_acceptances_outbox_delete AFTER DELETE ON contract_acceptances BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'contract_acceptances', OLD.template_id, 'delete', json_object('template_id', OLD.template_id, 'accepted_at', OLD.accepted_at, 'accepted_by', OLD.accepted_by, 'accepted_by_name', OLD.accepted_by_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_outbox_insert;
CREATE TRIGGER scorecard_items_outbox_insert AFTER INSERT ON scorecard_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_items', NEW.scorecard_id || '/' || NEW.no, 'insert', json_object('scorecard_id', NEW.scorecard_id, 'no', NEW.no, 'label', NEW.label, 'figure', NEW.figure, 'about', NEW.about, 'weight', NEW.weight, 'numerator', NEW.numerator, 'denominator', NEW.denominator, 'score', NEW.score, 'note', NEW.note, 'records', NEW.records, 'sights', NEW.sights)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_outbox_update;
CREATE TRIGGER scorecard_items_outbox_update AFTER UPDATE ON scorecard_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_items', NEW.scorecard_id || '/' || NEW.no, 'update', json_object('scorecard_id', NEW.scorecard_id, 'no', NEW.no, 'label', NEW.label, 'figure', NEW.figure, 'about', NEW.about, 'weight', NEW.weight, 'numerator', NEW.numerator, 'denominator', NEW.denominator, 'score', NEW.score, 'note', NEW.note, 'records', NEW.records, 'sights', NEW.sights)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_items_outbox_delete;
CREATE TRIGGER scorecard_items_outbox_delete AFTER DELETE ON scorecard_items BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_items', OLD.scorecard_id || '/' || OLD.no, 'delete', json_object('scorecard_id', OLD.scorecard_id, 'no', OLD.no, 'label', OLD.label, 'figure', OLD.figure, 'about', OLD.about, 'weight', OLD.weight, 'numerator', OLD.numerator, 'denominator', OLD.denominator, 'score', OLD.score, 'note', OLD.note, 'records', OLD.records, 'sights', OLD.sights)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_insert;
CREATE TRIGGER workorder_leaders_outbox_insert AFTER INSERT ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', NEW.id, 'insert', json_object('id', NEW.id, 'order_id', NEW.order_id, 'name', NEW.name, 'phone', NEW.phone, 'tell_by', NEW.tell_by, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'answer', NEW.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_update;
CREATE TRIGGER workorder_leaders_outbox_update AFTER UPDATE ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', NEW.id, 'update', json_object('id', NEW.id, 'order_id', NEW.order_id, 'name', NEW.name, 'phone', NEW.phone, 'tell_by', NEW.tell_by, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'answer', NEW.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS workorder_leaders_outbox_delete;
CREATE TRIGGER workorder_leaders_outbox_delete AFTER DELETE ON workorder_leaders BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'workorder_leaders', OLD.id, 'delete', json_object('id', OLD.id, 'order_id', OLD.order_id, 'name', OLD.name, 'phone', OLD.phone, 'tell_by', OLD.tell_by, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'answer', OLD.answer)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_outbox_insert;
CREATE TRIGGER exams_outbox_insert AFTER INSERT ON exams BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'exams', NEW.id, 'insert', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'subject', NEW.subject, 'kind', NEW.kind, 'certificate_kind', NEW.certificate_kind, 'held_on', NEW.held_on, 'score', NEW.score, 'out_of', NEW.out_of, 'pass_mark', NEW.pass_mark, 'passed', NEW.passed, 'retake_of', NEW.retake_of, 'note', NEW.note, 'recorded_at', NEW.recorded_at, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'voided_for', NEW.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_outbox_update;
CREATE TRIGGER exams_outbox_update AFTER UPDATE ON exams BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'exams', NEW.id, 'update', json_object('id', NEW.id, 'staff_id', NEW.staff_id, 'subject', NEW.subject, 'kind', NEW.kind, 'certificate_kind', NEW.certificate_kind, 'held_on', NEW.held_on, 'score', NEW.score, 'out_of', NEW.out_of, 'pass_mark', NEW.pass_mark, 'passed', NEW.passed, 'retake_of', NEW.retake_of, 'note', NEW.note, 'recorded_at', NEW.recorded_at, 'recorded_by_id', NEW.recorded_by_id, 'recorded_by', NEW.recorded_by, 'voided_at', NEW.voided_at, 'voided_by', NEW.voided_by, 'voided_for', NEW.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS exams_outbox_delete;
CREATE TRIGGER exams_outbox_delete AFTER DELETE ON exams BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'exams', OLD.id, 'delete', json_object('id', OLD.id, 'staff_id', OLD.staff_id, 'subject', OLD.subject, 'kind', OLD.kind, 'certificate_kind', OLD.certificate_kind, 'held_on', OLD.held_on, 'score', OLD.score, 'out_of', OLD.out_of, 'pass_mark', OLD.pass_mark, 'passed', OLD.passed, 'retake_of', OLD.retake_of, 'note', OLD.note, 'recorded_at', OLD.recorded_at, 'recorded_by_id', OLD.recorded_by_id, 'recorded_by', OLD.recorded_by, 'voided_at', OLD.voided_at, 'voided_by', OLD.voided_by, 'voided_for', OLD.voided_for)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_further_readings_outbox_insert;
CREATE TRIGGER bill_further_readings_outbox_insert AFTER INSERT ON bill_further_readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_further_readings', NEW.bill_id || '/' || NEW.reading_id, 'insert', json_object('bill_id', NEW.bill_id, 'reading_id', NEW.reading_id, 'cancelled', NEW.cancelled)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_further_readings_outbox_update;
CREATE TRIGGER bill_further_readings_outbox_update AFTER UPDATE ON bill_further_readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_further_readings', NEW.bill_id || '/' || NEW.reading_id, 'update', json_object('bill_id', NEW.bill_id, 'reading_id', NEW.reading_id, 'cancelled', NEW.cancelled)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_further_readings_outbox_delete;
CREATE TRIGGER bill_further_readings_outbox_delete AFTER DELETE ON bill_further_readings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_further_readings', OLD.bill_id || '/' || OLD.reading_id, 'delete', json_object('bill_id', OLD.bill_id, 'reading_id', OLD.reading_id, 'cancelled', OLD.cancelled)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printing_outcomes_outbox_insert;
CREATE TRIGGER printing_outcomes_outbox_insert AFTER INSERT ON printing_outcomes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printing_outcomes', NEW.id, 'insert', json_object('id', NEW.id, 'printing_id', NEW.printing_id, 'outcome', NEW.outcome, 'detail', NEW.detail, 'at', NEW.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printing_outcomes_outbox_update;
CREATE TRIGGER printing_outcomes_outbox_update AFTER UPDATE ON printing_outcomes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printing_outcomes', NEW.id, 'update', json_object('id', NEW.id, 'printing_id', NEW.printing_id, 'outcome', NEW.outcome, 'detail', NEW.detail, 'at', NEW.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS printing_outcomes_outbox_delete;
CREATE TRIGGER printing_outcomes_outbox_delete AFTER DELETE ON printing_outcomes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'printing_outcomes', OLD.id, 'delete', json_object('id', OLD.id, 'printing_id', OLD.printing_id, 'outcome', OLD.outcome, 'detail', OLD.detail, 'at', OLD.at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_defects_outbox_insert;
CREATE TRIGGER drill_defects_outbox_insert AFTER INSERT ON drill_defects BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_defects', NEW.id, 'insert', json_object('id', NEW.id, 'drill_id', NEW.drill_id, 'what', NEW.what, 'responsible', NEW.responsible, 'due_on', NEW.due_on, 'mended_on', NEW.mended_on, 'mended_by', NEW.mended_by, 'mended_note', NEW.mended_note, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_defects_outbox_update;
CREATE TRIGGER drill_defects_outbox_update AFTER UPDATE ON drill_defects BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_defects', NEW.id, 'update', json_object('id', NEW.id, 'drill_id', NEW.drill_id, 'what', NEW.what, 'responsible', NEW.responsible, 'due_on', NEW.due_on, 'mended_on', NEW.mended_on, 'mended_by', NEW.mended_by, 'mended_note', NEW.mended_note, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drill_defects_outbox_delete;
CREATE TRIGGER drill_defects_outbox_delete AFTER DELETE ON drill_defects BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drill_defects', OLD.id, 'delete', json_object('id', OLD.id, 'drill_id', OLD.drill_id, 'what', OLD.what, 'responsible', OLD.responsible, 'due_on', OLD.due_on, 'mended_on', OLD.mended_on, 'mended_by', OLD.mended_by, 'mended_note', OLD.mended_note, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_adjustments_outbox_insert;
CREATE TRIGGER bill_adjustments_outbox_insert AFTER INSERT ON bill_adjustments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_adjustments', NEW.id, 'insert', json_object('id', NEW.id, 'number', NEW.number, 'bill_id', NEW.bill_id, 'account_id', NEW.account_id, 'charge_bill_id', NEW.charge_bill_id, 'issued_on', NEW.issued_on, 'volume', NEW.volume, 'amount', NEW.amount, 'late_fee', NEW.late_fee, 'lines', NEW.lines, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_adjustments_outbox_update;
CREATE TRIGGER bill_adjustments_outbox_update AFTER UPDATE ON bill_adjustments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_adjustments', NEW.id, 'update', json_object('id', NEW.id, 'number', NEW.number, 'bill_id', NEW.bill_id, 'account_id', NEW.account_id, 'charge_bill_id', NEW.charge_bill_id, 'issued_on', NEW.issued_on, 'volume', NEW.volume, 'amount', NEW.amount, 'late_fee', NEW.late_fee, 'lines', NEW.lines, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_adjustments_outbox_delete;
CREATE TRIGGER bill_adjustments_outbox_delete AFTER DELETE ON bill_adjustments BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_adjustments', OLD.id, 'delete', json_object('id', OLD.id, 'number', OLD.number, 'bill_id', OLD.bill_id, 'account_id', OLD.account_id, 'charge_bill_id', OLD.charge_bill_id, 'issued_on', OLD.issued_on, 'volume', OLD.volume, 'amount', OLD.amount, 'late_fee', OLD.late_fee, 'lines', OLD.lines, 'reason', OLD.reason, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
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
DROP TRIGGER IF EXISTS scorecard_steps_outbox_insert;
CREATE TRIGGER scorecard_steps_outbox_insert AFTER INSERT ON scorecard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_steps', NEW.id, 'insert', json_object('id', NEW.id, 'scorecard_id', NEW.scorecard_id, 'kind', NEW.kind, 'note', NEW.note, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_steps_outbox_update;
CREATE TRIGGER scorecard_steps_outbox_update AFTER UPDATE ON scorecard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_steps', NEW.id, 'update', json_object('id', NEW.id, 'scorecard_id', NEW.scorecard_id, 'kind', NEW.kind, 'note', NEW.note, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecard_steps_outbox_delete;
CREATE TRIGGER scorecard_steps_outbox_delete AFTER DELETE ON scorecard_steps BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecard_steps', OLD.id, 'delete', json_object('id', OLD.id, 'scorecard_id', OLD.scorecard_id, 'kind', OLD.kind, 'note', OLD.note, 'at', OLD.at, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_several_outbox_insert;
CREATE TRIGGER bill_several_outbox_insert AFTER INSERT ON bill_several BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_several', NEW.account_id || '/' || NEW.issued_on, 'insert', json_object('account_id', NEW.account_id, 'issued_on', NEW.issued_on, 'bill_id', NEW.bill_id, 'bills', NEW.bills, 'since', NEW.since, 'until', NEW.until, 'estimates', NEW.estimates, 'consumption', NEW.consumption, 'one_period', NEW.one_period, 'reviewed_at', NEW.reviewed_at, 'reviewed_by', NEW.reviewed_by, 'note', NEW.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_several_outbox_update;
CREATE TRIGGER bill_several_outbox_update AFTER UPDATE ON bill_several BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_several', NEW.account_id || '/' || NEW.issued_on, 'update', json_object('account_id', NEW.account_id, 'issued_on', NEW.issued_on, 'bill_id', NEW.bill_id, 'bills', NEW.bills, 'since', NEW.since, 'until', NEW.until, 'estimates', NEW.estimates, 'consumption', NEW.consumption, 'one_period', NEW.one_period, 'reviewed_at', NEW.reviewed_at, 'reviewed_by', NEW.reviewed_by, 'note', NEW.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_several_outbox_delete;
CREATE TRIGGER bill_several_outbox_delete AFTER DELETE ON bill_several BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_several', OLD.account_id || '/' || OLD.issued_on, 'delete', json_object('account_id', OLD.account_id, 'issued_on', OLD.issued_on, 'bill_id', OLD.bill_id, 'bills', OLD.bills, 'since', OLD.since, 'until', OLD.until, 'estimates', OLD.estimates, 'consumption', OLD.consumption, 'one_period', OLD.one_period, 'reviewed_at', OLD.reviewed_at, 'reviewed_by', OLD.reviewed_by, 'note', OLD.note)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_outbox_insert;
CREATE TRIGGER scorecards_outbox_insert AFTER INSERT ON scorecards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecards', NEW.id, 'insert', json_object('id', NEW.id, 'card_no', NEW.card_no, 'scope', NEW.scope, 'year', NEW.year, 'period', NEW.period, 'from_date', NEW.from_date, 'to_date', NEW.to_date, 'state', NEW.state, 'thresholds', NEW.thresholds, 'grades', NEW.grades, 'total', NEW.total, 'grade', NEW.grade, 'comment', NEW.comment, 'computed_at', NEW.computed_at, 'created_at', NEW.created_at, 'created_by_id', NEW.created_by_id, 'created_by', NEW.created_by, 'reviewed_at', NEW.reviewed_at, 'reviewed_by_id', NEW.reviewed_by_id, 'reviewed_by', NEW.reviewed_by, 'signed_at', NEW.signed_at, 'signed_by_id', NEW.signed_by_id, 'signed_by', NEW.signed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_outbox_update;
CREATE TRIGGER scorecards_outbox_update AFTER UPDATE ON scorecards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecards', NEW.id, 'update', json_object('id', NEW.id, 'card_no', NEW.card_no, 'scope', NEW.scope, 'year', NEW.year, 'period', NEW.period, 'from_date', NEW.from_date, 'to_date', NEW.to_date, 'state', NEW.state, 'thresholds', NEW.thresholds, 'grades', NEW.grades, 'total', NEW.total, 'grade', NEW.grade, 'comment', NEW.comment, 'computed_at', NEW.computed_at, 'created_at', NEW.created_at, 'created_by_id', NEW.created_by_id, 'created_by', NEW.created_by, 'reviewed_at', NEW.reviewed_at, 'reviewed_by_id', NEW.reviewed_by_id, 'reviewed_by', NEW.reviewed_by, 'signed_at', NEW.signed_at, 'signed_by_id', NEW.signed_by_id, 'signed_by', NEW.signed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS scorecards_outbox_delete;
CREATE TRIGGER scorecards_outbox_delete AFTER DELETE ON scorecards BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'scorecards', OLD.id, 'delete', json_object('id', OLD.id, 'card_no', OLD.card_no, 'scope', OLD.scope, 'year', OLD.year, 'period', OLD.period, 'from_date', OLD.from_date, 'to_date', OLD.to_date, 'state', OLD.state, 'thresholds', OLD.thresholds, 'grades', OLD.grades, 'total', OLD.total, 'grade', OLD.grade, 'comment', OLD.comment, 'computed_at', OLD.computed_at, 'created_at', OLD.created_at, 'created_by_id', OLD.created_by_id, 'created_by', OLD.created_by, 'reviewed_at', OLD.reviewed_at, 'reviewed_by_id', OLD.reviewed_by_id, 'reviewed_by', OLD.reviewed_by, 'signed_at', OLD.signed_at, 'signed_by_id', OLD.signed_by_id, 'signed_by', OLD.signed_by)); END;
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
DROP TRIGGER IF EXISTS day_counts_outbox_insert;
CREATE TRIGGER day_counts_outbox_insert AFTER INSERT ON day_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_counts', NEW.date || '/' || NEW.till, 'insert', json_object('date', NEW.date, 'till', NEW.till, 'count_id', NEW.count_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_counts_outbox_update;
CREATE TRIGGER day_counts_outbox_update AFTER UPDATE ON day_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_counts', NEW.date || '/' || NEW.till, 'update', json_object('date', NEW.date, 'till', NEW.till, 'count_id', NEW.count_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_counts_outbox_delete;
CREATE TRIGGER day_counts_outbox_delete AFTER DELETE ON day_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_counts', OLD.date || '/' || OLD.till, 'delete', json_object('date', OLD.date, 'till', OLD.till, 'count_id', OLD.count_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_outbox_insert;
CREATE TRIGGER drills_outbox_insert AFTER INSERT ON drills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drills', NEW.id, 'insert', json_object('id', NEW.id, 'drill_no', NEW.drill_no, 'kind', NEW.kind, 'form', NEW.form, 'title', NEW.title, 'state', NEW.state, 'planned_on', NEW.planned_on, 'held_on', NEW.held_on, 'on_date', NEW.on_date, 'place', NEW.place, 'scenario', NEW.scenario, 'result', NEW.result, 'evaluation', NEW.evaluation, 'others', NEW.others, 'cancel_reason', NEW.cancel_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'held_by', NEW.held_by, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_outbox_update;
CREATE TRIGGER drills_outbox_update AFTER UPDATE ON drills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drills', NEW.id, 'update', json_object('id', NEW.id, 'drill_no', NEW.drill_no, 'kind', NEW.kind, 'form', NEW.form, 'title', NEW.title, 'state', NEW.state, 'planned_on', NEW.planned_on, 'held_on', NEW.held_on, 'on_date', NEW.on_date, 'place', NEW.place, 'scenario', NEW.scenario, 'result', NEW.result, 'evaluation', NEW.evaluation, 'others', NEW.others, 'cancel_reason', NEW.cancel_reason, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'held_by', NEW.held_by, 'closed_at', NEW.closed_at, 'closed_by', NEW.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS drills_outbox_delete;
CREATE TRIGGER drills_outbox_delete AFTER DELETE ON drills BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'drills', OLD.id, 'delete', json_object('id', OLD.id, 'drill_no', OLD.drill_no, 'kind', OLD.kind, 'form', OLD.form, 'title', OLD.title, 'state', OLD.state, 'planned_on', OLD.planned_on, 'held_on', OLD.held_on, 'on_date', OLD.on_date, 'place', OLD.place, 'scenario', OLD.scenario, 'result', OLD.result, 'evaluation', OLD.evaluation, 'others', OLD.others, 'cancel_reason', OLD.cancel_reason, 'created_at', OLD.created_at, 'created_by', OLD.created_by, 'held_by', OLD.held_by, 'closed_at', OLD.closed_at, 'closed_by', OLD.closed_by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_insert;
CREATE TRIGGER bill_settlements_outbox_insert AFTER INSERT ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', NEW.bill_id || '/' || NEW.id || '/' || NEW.part, 'insert', json_object('id', NEW.id, 'bill_id', NEW.bill_id, 'part', NEW.part, 'settled_on', NEW.settled_on, 'late_until', NEW.late_until, 'by_offset', NEW.by_offset, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'undone_on', NEW.undone_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_update;
CREATE TRIGGER bill_settlements_outbox_update AFTER UPDATE ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', NEW.bill_id || '/' || NEW.id || '/' || NEW.part, 'update', json_object('id', NEW.id, 'bill_id', NEW.bill_id, 'part', NEW.part, 'settled_on', NEW.settled_on, 'late_until', NEW.late_until, 'by_offset', NEW.by_offset, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'undone_on', NEW.undone_on, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS bill_settlements_outbox_delete;
CREATE TRIGGER bill_settlements_outbox_delete AFTER DELETE ON bill_settlements BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'bill_settlements', OLD.bill_id || '/' || OLD.id || '/' || OLD.part, 'delete', json_object('id', OLD.id, 'bill_id', OLD.bill_id, 'part', OLD.part, 'settled_on', OLD.settled_on, 'late_until', OLD.late_until, 'by_offset', OLD.by_offset, 'principal', OLD.principal, 'late_fee', OLD.late_fee, 'undone_on', OLD.undone_on, 'created_at', OLD.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_outbox_insert;
CREATE TRIGGER dunnings_outbox_insert AFTER INSERT ON dunnings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunnings', NEW.id, 'insert', json_object('id', NEW.id, 'dunning_no', NEW.dunning_no, 'batch_id', NEW.batch_id, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'state', NEW.state, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'oldest_due_on', NEW.oldest_due_on, 'living', NEW.living, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'dunning_days', NEW.dunning_days, 'notice_days', NEW.notice_days, 'delivered_at', NEW.delivered_at, 'delivered_way', NEW.delivered_way, 'delivered_by', NEW.delivered_by, 'delivered_note', NEW.delivered_note, 'announced_at', NEW.announced_at, 'announced_way', NEW.announced_way, 'announced_by', NEW.announced_by, 'announced_note', NEW.announced_note, 'next_at', NEW.next_at, 'suspended_at', NEW.suspended_at, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'special', NEW.special, 'reason', NEW.reason, 'paid_at', NEW.paid_at, 'closed_at', NEW.closed_at, 'close_reason', NEW.close_reason, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_outbox_update;
CREATE TRIGGER dunnings_outbox_update AFTER UPDATE ON dunnings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunnings', NEW.id, 'update', json_object('id', NEW.id, 'dunning_no', NEW.dunning_no, 'batch_id', NEW.batch_id, 'account_id', NEW.account_id, 'customer_id', NEW.customer_id, 'service_point_id', NEW.service_point_id, 'state', NEW.state, 'principal', NEW.principal, 'late_fee', NEW.late_fee, 'oldest_due_on', NEW.oldest_due_on, 'living', NEW.living, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'dunning_days', NEW.dunning_days, 'notice_days', NEW.notice_days, 'delivered_at', NEW.delivered_at, 'delivered_way', NEW.delivered_way, 'delivered_by', NEW.delivered_by, 'delivered_note', NEW.delivered_note, 'announced_at', NEW.announced_at, 'announced_way', NEW.announced_way, 'announced_by', NEW.announced_by, 'announced_note', NEW.announced_note, 'next_at', NEW.next_at, 'suspended_at', NEW.suspended_at, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'special', NEW.special, 'reason', NEW.reason, 'paid_at', NEW.paid_at, 'closed_at', NEW.closed_at, 'close_reason', NEW.close_reason, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunnings_outbox_delete;
CREATE TRIGGER dunnings_outbox_delete AFTER DELETE ON dunnings BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunnings', OLD.id, 'delete', json_object('id', OLD.id, 'dunning_no', OLD.dunning_no, 'batch_id', OLD.batch_id, 'account_id', OLD.account_id, 'customer_id', OLD.customer_id, 'service_point_id', OLD.service_point_id, 'state', OLD.state, 'principal', OLD.principal, 'late_fee', OLD.late_fee, 'oldest_due_on', OLD.oldest_due_on, 'living', OLD.living, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'dunning_days', OLD.dunning_days, 'notice_days', OLD.notice_days, 'delivered_at', OLD.delivered_at, 'delivered_way', OLD.delivered_way, 'delivered_by', OLD.delivered_by, 'delivered_note', OLD.delivered_note, 'announced_at', OLD.announced_at, 'announced_way', OLD.announced_way, 'announced_by', OLD.announced_by, 'announced_note', OLD.announced_note, 'next_at', OLD.next_at, 'suspended_at', OLD.suspended_at, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name, 'special', OLD.special, 'reason', OLD.reason, 'paid_at', OLD.paid_at, 'closed_at', OLD.closed_at, 'close_reason', OLD.close_reason, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS odd_uses_outbox_insert;
CREATE TRIGGER odd_uses_outbox_insert AFTER INSERT ON odd_uses BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'odd_uses', NEW.reading_id, 'insert', json_object('reading_id', NEW.reading_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'kind', NEW.kind, 'consumption', NEW.consumption, 'usual', NEW.usual, 'decided_at', NEW.decided_at, 'decided_by', NEW.decided_by, 'note', NEW.note, 'patrol_id', NEW.patrol_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS odd_uses_outbox_update;
CREATE TRIGGER odd_uses_outbox_update AFTER UPDATE ON odd_uses BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'odd_uses', NEW.reading_id, 'update', json_object('reading_id', NEW.reading_id, 'account_id', NEW.account_id, 'read_on', NEW.read_on, 'kind', NEW.kind, 'consumption', NEW.consumption, 'usual', NEW.usual, 'decided_at', NEW.decided_at, 'decided_by', NEW.decided_by, 'note', NEW.note, 'patrol_id', NEW.patrol_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS odd_uses_outbox_delete;
CREATE TRIGGER odd_uses_outbox_delete AFTER DELETE ON odd_uses BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'odd_uses', OLD.reading_id, 'delete', json_object('reading_id', OLD.reading_id, 'account_id', OLD.account_id, 'read_on', OLD.read_on, 'kind', OLD.kind, 'consumption', OLD.consumption, 'usual', OLD.usual, 'decided_at', OLD.decided_at, 'decided_by', OLD.decided_by, 'note', OLD.note, 'patrol_id', OLD.patrol_id)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_outbox_insert;
CREATE TRIGGER inspection_rounds_outbox_insert AFTER INSERT ON inspection_rounds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_rounds', NEW.id, 'insert', json_object('id', NEW.id, 'round_no', NEW.round_no, 'resident', NEW.resident, 'week_on', NEW.week_on, 'community', NEW.community, 'building', NEW.building, 'part', NEW.part, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'assigned_at', NEW.assigned_at, 'assigned_by', NEW.assigned_by, 'own_items', NEW.own_items, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_outbox_update;
CREATE TRIGGER inspection_rounds_outbox_update AFTER UPDATE ON inspection_rounds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_rounds', NEW.id, 'update', json_object('id', NEW.id, 'round_no', NEW.round_no, 'resident', NEW.resident, 'week_on', NEW.week_on, 'community', NEW.community, 'building', NEW.building, 'part', NEW.part, 'assignee_id', NEW.assignee_id, 'assignee_name', NEW.assignee_name, 'assigned_at', NEW.assigned_at, 'assigned_by', NEW.assigned_by, 'own_items', NEW.own_items, 'created_at', NEW.created_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_rounds_outbox_delete;
CREATE TRIGGER inspection_rounds_outbox_delete AFTER DELETE ON inspection_rounds BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_rounds', OLD.id, 'delete', json_object('id', OLD.id, 'round_no', OLD.round_no, 'resident', OLD.resident, 'week_on', OLD.week_on, 'community', OLD.community, 'building', OLD.building, 'part', OLD.part, 'assignee_id', OLD.assignee_id, 'assignee_name', OLD.assignee_name, 'assigned_at', OLD.assigned_at, 'assigned_by', OLD.assigned_by, 'own_items', OLD.own_items, 'created_at', OLD.created_at)); END;
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
DROP TRIGGER IF EXISTS day_closes_outbox_insert;
CREATE TRIGGER day_closes_outbox_insert AFTER INSERT ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', NEW.date, 'insert', json_object('date', NEW.date, 'state', NEW.state, 'number', NEW.number, 'over_short', NEW.over_short, 'net', NEW.net, 'started_at', NEW.started_at, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id, 'closed_by_name', NEW.closed_by_name, 'report', NEW.report)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_closes_outbox_update;
CREATE TRIGGER day_closes_outbox_update AFTER UPDATE ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', NEW.date, 'update', json_object('date', NEW.date, 'state', NEW.state, 'number', NEW.number, 'over_short', NEW.over_short, 'net', NEW.net, 'started_at', NEW.started_at, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id, 'closed_by_name', NEW.closed_by_name, 'report', NEW.report)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS day_closes_outbox_delete;
CREATE TRIGGER day_closes_outbox_delete AFTER DELETE ON day_closes BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'day_closes', OLD.date, 'delete', json_object('date', OLD.date, 'state', OLD.state, 'number', OLD.number, 'over_short', OLD.over_short, 'net', OLD.net, 'started_at', OLD.started_at, 'closed_at', OLD.closed_at, 'closed_by_id', OLD.closed_by_id, 'closed_by_name', OLD.closed_by_name, 'report', OLD.report)); END;
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
DROP TRIGGER IF EXISTS rectification_notices_outbox_insert;
CREATE TRIGGER rectification_notices_outbox_insert AFTER INSERT ON rectification_notices BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'rectification_notices', NEW.id, 'insert', json_object('id', NEW.id, 'notice_no', NEW.notice_no, 'visit_id', NEW.visit_id, 'issued_on', NEW.issued_on, 'delivered_on', NEW.delivered_on, 'delivered_by', NEW.delivered_by, 'received_by', NEW.received_by, 'receipt', NEW.receipt)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS rectification_notices_outbox_update;
CREATE TRIGGER rectification_notices_outbox_update AFTER UPDATE ON rectification_notices BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'rectification_notices', NEW.id, 'update', json_object('id', NEW.id, 'notice_no', NEW.notice_no, 'visit_id', NEW.visit_id, 'issued_on', NEW.issued_on, 'delivered_on', NEW.delivered_on, 'delivered_by', NEW.delivered_by, 'received_by', NEW.received_by, 'receipt', NEW.receipt)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS rectification_notices_outbox_delete;
CREATE TRIGGER rectification_notices_outbox_delete AFTER DELETE ON rectification_notices BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'rectification_notices', OLD.id, 'delete', json_object('id', OLD.id, 'notice_no', OLD.notice_no, 'visit_id', OLD.visit_id, 'issued_on', OLD.issued_on, 'delivered_on', OLD.delivered_on, 'delivered_by', OLD.delivered_by, 'received_by', OLD.received_by, 'receipt', OLD.receipt)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_versions_outbox_insert;
CREATE TRIGGER fee_versions_outbox_insert AFTER INSERT ON fee_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_versions', NEW.id, 'insert', json_object('id', NEW.id, 'item_id', NEW.item_id, 'effective_from', NEW.effective_from, 'price', NEW.price, 'max_price', NEW.max_price, 'tax_rate', NEW.tax_rate, 'document', NEW.document, 'places', NEW.places, 'buyers', NEW.buyers, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'created_by_name', NEW.created_by_name, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_versions_outbox_update;
CREATE TRIGGER fee_versions_outbox_update AFTER UPDATE ON fee_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_versions', NEW.id, 'update', json_object('id', NEW.id, 'item_id', NEW.item_id, 'effective_from', NEW.effective_from, 'price', NEW.price, 'max_price', NEW.max_price, 'tax_rate', NEW.tax_rate, 'document', NEW.document, 'places', NEW.places, 'buyers', NEW.buyers, 'created_at', NEW.created_at, 'created_by', NEW.created_by, 'created_by_name', NEW.created_by_name, 'approver_name', NEW.approver_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS fee_versions_outbox_delete;
CREATE TRIGGER fee_versions_outbox_delete AFTER DELETE ON fee_versions BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'fee_versions', OLD.id, 'delete', json_object('id', OLD.id, 'item_id', OLD.item_id, 'effective_from', OLD.effective_from, 'price', OLD.price, 'max_price', OLD.max_price, 'tax_rate', OLD.tax_rate, 'document', OLD.document, 'places', OLD.places, 'buyers', OLD.buyers, 'created_at', OLD.created_at, 'created_by', OLD.created_by, 'created_by_name', OLD.created_by_name, 'approver_name', OLD.approver_name)); END;
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
DROP TRIGGER IF EXISTS complaints_outbox_insert;
CREATE TRIGGER complaints_outbox_insert AFTER INSERT ON complaints BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaints', NEW.id, 'insert', json_object('id', NEW.id, 'complaint_no', NEW.complaint_no, 'state', NEW.state, 'channel', NEW.channel, 'complainant_name', NEW.complainant_name, 'complainant_phone', NEW.complainant_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'class', NEW.class, 'content', NEW.content, 'subject_kind', NEW.subject_kind, 'subject_id', NEW.subject_id, 'subject_no', NEW.subject_no, 'hall_name', NEW.hall_name, 'taken_by', NEW.taken_by, 'taken_at', NEW.taken_at, 'entered_at', NEW.entered_at, 'round', NEW.round, 'round_from', NEW.round_from, 'reply_hours', NEW.reply_hours, 'reply_by', NEW.reply_by, 'due_at', NEW.due_at, 'replied_at', NEW.replied_at, 'first_replied_at', NEW.first_replied_at, 'replied_late', NEW.replied_late, 'satisfaction', NEW.satisfaction, 'investigator_id', NEW.investigator_id, 'investigator_name', NEW.investigator_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_outbox_update;
CREATE TRIGGER complaints_outbox_update AFTER UPDATE ON complaints BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaints', NEW.id, 'update', json_object('id', NEW.id, 'complaint_no', NEW.complaint_no, 'state', NEW.state, 'channel', NEW.channel, 'complainant_name', NEW.complainant_name, 'complainant_phone', NEW.complainant_phone, 'customer_id', NEW.customer_id, 'account_id', NEW.account_id, 'class', NEW.class, 'content', NEW.content, 'subject_kind', NEW.subject_kind, 'subject_id', NEW.subject_id, 'subject_no', NEW.subject_no, 'hall_name', NEW.hall_name, 'taken_by', NEW.taken_by, 'taken_at', NEW.taken_at, 'entered_at', NEW.entered_at, 'round', NEW.round, 'round_from', NEW.round_from, 'reply_hours', NEW.reply_hours, 'reply_by', NEW.reply_by, 'due_at', NEW.due_at, 'replied_at', NEW.replied_at, 'first_replied_at', NEW.first_replied_at, 'replied_late', NEW.replied_late, 'satisfaction', NEW.satisfaction, 'investigator_id', NEW.investigator_id, 'investigator_name', NEW.investigator_name, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS complaints_outbox_delete;
CREATE TRIGGER complaints_outbox_delete AFTER DELETE ON complaints BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'complaints', OLD.id, 'delete', json_object('id', OLD.id, 'complaint_no', OLD.complaint_no, 'state', OLD.state, 'channel', OLD.channel, 'complainant_name', OLD.complainant_name, 'complainant_phone', OLD.complainant_phone, 'customer_id', OLD.customer_id, 'account_id', OLD.account_id, 'class', OLD.class, 'content', OLD.content, 'subject_kind', OLD.subject_kind, 'subject_id', OLD.subject_id, 'subject_no', OLD.subject_no, 'hall_name', OLD.hall_name, 'taken_by', OLD.taken_by, 'taken_at', OLD.taken_at, 'entered_at', OLD.entered_at, 'round', OLD.round, 'round_from', OLD.round_from, 'reply_hours', OLD.reply_hours, 'reply_by', OLD.reply_by, 'due_at', OLD.due_at, 'replied_at', OLD.replied_at, 'first_replied_at', OLD.first_replied_at, 'replied_late', OLD.replied_late, 'satisfaction', OLD.satisfaction, 'investigator_id', OLD.investigator_id, 'investigator_name', OLD.investigator_name, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_insert;
CREATE TRIGGER cash_counts_outbox_insert AFTER INSERT ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'till', NEW.till, 'purpose', NEW.purpose, 'reason', NEW.reason, 'rows', NEW.rows, 'total', NEW.total, 'expected', NEW.expected, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_update;
CREATE TRIGGER cash_counts_outbox_update AFTER UPDATE ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'till', NEW.till, 'purpose', NEW.purpose, 'reason', NEW.reason, 'rows', NEW.rows, 'total', NEW.total, 'expected', NEW.expected, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS cash_counts_outbox_delete;
CREATE TRIGGER cash_counts_outbox_delete AFTER DELETE ON cash_counts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'cash_counts', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'till', OLD.till, 'purpose', OLD.purpose, 'reason', OLD.reason, 'rows', OLD.rows, 'total', OLD.total, 'expected', OLD.expected, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS charge_allocations_outbox_insert;
CREATE TRIGGER charge_allocations_outbox_insert AFTER INSERT ON charge_allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'charge_allocations', NEW.payment_id || '/' || NEW.line_no, 'insert', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'charge_id', NEW.charge_id, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS charge_allocations_outbox_update;
CREATE TRIGGER charge_allocations_outbox_update AFTER UPDATE ON charge_allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'charge_allocations', NEW.payment_id || '/' || NEW.line_no, 'update', json_object('payment_id', NEW.payment_id, 'line_no', NEW.line_no, 'charge_id', NEW.charge_id, 'amount', NEW.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS charge_allocations_outbox_delete;
CREATE TRIGGER charge_allocations_outbox_delete AFTER DELETE ON charge_allocations BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'charge_allocations', OLD.payment_id || '/' || OLD.line_no, 'delete', json_object('payment_id', OLD.payment_id, 'line_no', OLD.line_no, 'charge_id', OLD.charge_id, 'amount', OLD.amount)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_times_outbox_insert;
CREATE TRIGGER service_times_outbox_insert AFTER INSERT ON service_times BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_times', NEW.id, 'insert', json_object('id', NEW.id, 'business', NEW.business, 'seconds', NEW.seconds, 'limit_seconds', NEW.limit_seconds, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_times_outbox_update;
CREATE TRIGGER service_times_outbox_update AFTER UPDATE ON service_times BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_times', NEW.id, 'update', json_object('id', NEW.id, 'business', NEW.business, 'seconds', NEW.seconds, 'limit_seconds', NEW.limit_seconds, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS service_times_outbox_delete;
CREATE TRIGGER service_times_outbox_delete AFTER DELETE ON service_times BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'service_times', OLD.id, 'delete', json_object('id', OLD.id, 'business', OLD.business, 'seconds', OLD.seconds, 'limit_seconds', OLD.limit_seconds, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS golive_points_outbox_insert;
CREATE TRIGGER golive_points_outbox_insert AFTER INSERT ON golive_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'golive_points', NEW.item, 'insert', json_object('item', NEW.item, 'choice', NEW.choice, 'note', NEW.note, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS golive_points_outbox_update;
CREATE TRIGGER golive_points_outbox_update AFTER UPDATE ON golive_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'golive_points', NEW.item, 'update', json_object('item', NEW.item, 'choice', NEW.choice, 'note', NEW.note, 'at', NEW.at, 'by', NEW.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS golive_points_outbox_delete;
CREATE TRIGGER golive_points_outbox_delete AFTER DELETE ON golive_points BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'golive_points', OLD.item, 'delete', json_object('item', OLD.item, 'choice', OLD.choice, 'note', OLD.note, 'at', OLD.at, 'by', OLD.by)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_insert;
CREATE TRIGGER deposit_slips_outbox_insert AFTER INSERT ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', NEW.id, 'insert', json_object('id', NEW.id, 'number', NEW.number, 'date', NEW.date, 'amount', NEW.amount, 'rows', NEW.rows, 'exchanged', NEW.exchanged, 'till', NEW.till, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_update;
CREATE TRIGGER deposit_slips_outbox_update AFTER UPDATE ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', NEW.id, 'update', json_object('id', NEW.id, 'number', NEW.number, 'date', NEW.date, 'amount', NEW.amount, 'rows', NEW.rows, 'exchanged', NEW.exchanged, 'till', NEW.till, 'entry_id', NEW.entry_id, 'at', NEW.at, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS deposit_slips_outbox_delete;
CREATE TRIGGER deposit_slips_outbox_delete AFTER DELETE ON deposit_slips BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'deposit_slips', OLD.id, 'delete', json_object('id', OLD.id, 'number', OLD.number, 'date', OLD.date, 'amount', OLD.amount, 'rows', OLD.rows, 'exchanged', OLD.exchanged, 'till', OLD.till, 'entry_id', OLD.entry_id, 'at', OLD.at, 'actor_name', OLD.actor_name)); END;
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
CREATE TRIGGER reversals_outbox_insert AFTER INSERT ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', NEW.id, 'insert', json_object('id', NEW.id, 'reversal_no', NEW.reversal_no, 'payment_id', NEW.payment_id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'entry_id', NEW.entry_id, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_outbox_update;
CREATE TRIGGER reversals_outbox_update AFTER UPDATE ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', NEW.id, 'update', json_object('id', NEW.id, 'reversal_no', NEW.reversal_no, 'payment_id', NEW.payment_id, 'business_date', NEW.business_date, 'shift_id', NEW.shift_id, 'entry_id', NEW.entry_id, 'reason', NEW.reason, 'approver_id', NEW.approver_id, 'approver_name', NEW.approver_name, 'at', NEW.at, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS reversals_outbox_delete;
CREATE TRIGGER reversals_outbox_delete AFTER DELETE ON reversals BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'reversals', OLD.id, 'delete', json_object('id', OLD.id, 'reversal_no', OLD.reversal_no, 'payment_id', OLD.payment_id, 'business_date', OLD.business_date, 'shift_id', OLD.shift_id, 'entry_id', OLD.entry_id, 'reason', OLD.reason, 'approver_id', OLD.approver_id, 'approver_name', OLD.approver_name, 'at', OLD.at, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_calls_outbox_insert;
CREATE TRIGGER dunning_calls_outbox_insert AFTER INSERT ON dunning_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_calls', NEW.id, 'insert', json_object('id', NEW.id, 'account_id', NEW.account_id, 'at', NEW.at, 'result', NEW.result, 'owed', NEW.owed, 'promised_on', NEW.promised_on, 'note', NEW.note, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_calls_outbox_update;
CREATE TRIGGER dunning_calls_outbox_update AFTER UPDATE ON dunning_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_calls', NEW.id, 'update', json_object('id', NEW.id, 'account_id', NEW.account_id, 'at', NEW.at, 'result', NEW.result, 'owed', NEW.owed, 'promised_on', NEW.promised_on, 'note', NEW.note, 'actor_id', NEW.actor_id, 'actor_name', NEW.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS dunning_calls_outbox_delete;
CREATE TRIGGER dunning_calls_outbox_delete AFTER DELETE ON dunning_calls BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'dunning_calls', OLD.id, 'delete', json_object('id', OLD.id, 'account_id', OLD.account_id, 'at', OLD.at, 'result', OLD.result, 'owed', OLD.owed, 'promised_on', OLD.promised_on, 'note', OLD.note, 'actor_id', OLD.actor_id, 'actor_name', OLD.actor_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_outbox_insert;
CREATE TRIGGER inspection_tasks_outbox_insert AFTER INSERT ON inspection_tasks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_tasks', NEW.id, 'insert', json_object('id', NEW.id, 'round_id', NEW.round_id, 'account_id', NEW.account_id, 'year', NEW.year, 'slot', NEW.slot, 'extra', NEW.extra, 'cause', NEW.cause, 'cause_note', NEW.cause_note, 'requested_by', NEW.requested_by, 'resident', NEW.resident, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'visit_on', NEW.visit_on, 'state', NEW.state, 'absences', NEW.absences, 'done_on', NEW.done_on, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_outbox_update;
CREATE TRIGGER inspection_tasks_outbox_update AFTER UPDATE ON inspection_tasks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_tasks', NEW.id, 'update', json_object('id', NEW.id, 'round_id', NEW.round_id, 'account_id', NEW.account_id, 'year', NEW.year, 'slot', NEW.slot, 'extra', NEW.extra, 'cause', NEW.cause, 'cause_note', NEW.cause_note, 'requested_by', NEW.requested_by, 'resident', NEW.resident, 'period_from', NEW.period_from, 'period_to', NEW.period_to, 'visit_on', NEW.visit_on, 'state', NEW.state, 'absences', NEW.absences, 'done_on', NEW.done_on, 'updated_at', NEW.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS inspection_tasks_outbox_delete;
CREATE TRIGGER inspection_tasks_outbox_delete AFTER DELETE ON inspection_tasks BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'inspection_tasks', OLD.id, 'delete', json_object('id', OLD.id, 'round_id', OLD.round_id, 'account_id', OLD.account_id, 'year', OLD.year, 'slot', OLD.slot, 'extra', OLD.extra, 'cause', OLD.cause, 'cause_note', OLD.cause_note, 'requested_by', OLD.requested_by, 'resident', OLD.resident, 'period_from', OLD.period_from, 'period_to', OLD.period_to, 'visit_on', OLD.visit_on, 'state', OLD.state, 'absences', OLD.absences, 'done_on', OLD.done_on, 'updated_at', OLD.updated_at)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_insert;
CREATE TRIGGER shifts_outbox_insert AFTER INSERT ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', NEW.id, 'insert', json_object('id', NEW.id, 'business_date', NEW.business_date, 'till', NEW.till, 'cashier_id', NEW.cashier_id, 'cashier_name', NEW.cashier_name, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'opening_float', NEW.opening_float, 'from_safe', NEW.from_safe, 'handed_to_id', NEW.handed_to_id, 'handed_to_name', NEW.handed_to_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_update;
CREATE TRIGGER shifts_outbox_update AFTER UPDATE ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', NEW.id, 'update', json_object('id', NEW.id, 'business_date', NEW.business_date, 'till', NEW.till, 'cashier_id', NEW.cashier_id, 'cashier_name', NEW.cashier_name, 'state', NEW.state, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'opening_float', NEW.opening_float, 'from_safe', NEW.from_safe, 'handed_to_id', NEW.handed_to_id, 'handed_to_name', NEW.handed_to_name)); END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS shifts_outbox_delete;
CREATE TRIGGER shifts_outbox_delete AFTER DELETE ON shifts BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) VALUES (hall_change_id(), hall_now(), 'shifts', OLD.id, 'delete', json_object('id', OLD.id, 'business_date', OLD.business_date, 'till', OLD.till, 'cashier_id', OLD.cashier_id, 'cashier_name', OLD.cashier_name, 'state', OLD.state, 'opened_at', OLD.opened_at, 'closed_at', OLD.closed_at, 'opening_float', OLD.opening_float, 'from_safe', OLD.from_safe, 'handed_to_id', OLD.handed_to_id, 'handed_to_name', OLD.handed_to_name)); END;
