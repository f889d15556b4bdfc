CREATE TABLE "account_ict_role" (
	"account_id" uuid NOT NULL,
	"role_id" text NOT NULL,
	"held_since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_ict_role_account_id_role_id_pk" PRIMARY KEY("account_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "data_export" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"body" "bytea",
	"size" integer,
	"taken_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "helpdesk_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"event_id" bigint,
	"office_id" uuid,
	"wanted_sealed" text,
	"reason_sealed" text,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "helpdesk_case_reference" UNIQUE("reference")
);
--> statement-breakpoint
CREATE TABLE "ict_role" (
	"id" text PRIMARY KEY NOT NULL,
	"name_ms" text NOT NULL,
	"name_en" text NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mailbox_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"which" text NOT NULL,
	"mailbox" "citext" NOT NULL,
	"token_digest" text NOT NULL,
	"code_digest" text NOT NULL,
	"requested_from" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"handed_over_at" timestamp (3) with time zone,
	"superseded_at" timestamp (3) with time zone,
	"consumed_at" timestamp (3) with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "mailbox_change_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "enrolment_ticket" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"why" text NOT NULL,
	"recovery_id" uuid,
	"token_digest" text NOT NULL,
	"code_digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "enrolment_ticket_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "recovery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"mailbox" "citext" NOT NULL,
	"token_digest" text NOT NULL,
	"code_digest" text NOT NULL,
	"known_browser" boolean NOT NULL,
	"requested_from" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"handed_over_at" timestamp (3) with time zone,
	"superseded_at" timestamp (3) with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"started_from" text,
	"ready_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
ALTER TABLE "undo_link" ALTER COLUMN "session_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "personal_email_verified_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "mobile_sealed" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "recovered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "office" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "mailbox" "citext";--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "code_digest" text;--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "known_browser" boolean;--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "requested_from" text;--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "handed_over_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "password_reset" ADD COLUMN "code_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "undo_link" ADD COLUMN "former_mailbox" "citext";--> statement-breakpoint
ALTER TABLE "undo_link" ADD COLUMN "recovery_id" uuid;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "ticket_id" uuid;--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD COLUMN "ticket_id" uuid;--> statement-breakpoint
ALTER TABLE "account_ict_role" ADD CONSTRAINT "account_ict_role_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_ict_role" ADD CONSTRAINT "account_ict_role_role_id_ict_role_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."ict_role"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_export" ADD CONSTRAINT "data_export_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helpdesk_case" ADD CONSTRAINT "helpdesk_case_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helpdesk_case" ADD CONSTRAINT "helpdesk_case_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_change" ADD CONSTRAINT "mailbox_change_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_ticket" ADD CONSTRAINT "enrolment_ticket_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_ticket" ADD CONSTRAINT "enrolment_ticket_recovery_id_recovery_id_fk" FOREIGN KEY ("recovery_id") REFERENCES "public"."recovery"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery" ADD CONSTRAINT "recovery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_export_of_account" ON "data_export" USING btree ("account_id","requested_at");--> statement-breakpoint
CREATE INDEX "data_export_age" ON "data_export" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "helpdesk_case_of_account" ON "helpdesk_case" USING btree ("account_id","opened_at");--> statement-breakpoint
CREATE INDEX "helpdesk_case_by_state" ON "helpdesk_case" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "mailbox_change_of_account" ON "mailbox_change" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "mailbox_change_of_mailbox" ON "mailbox_change" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "mailbox_change_age" ON "mailbox_change" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "enrolment_ticket_of_account" ON "enrolment_ticket" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "enrolment_ticket_age" ON "enrolment_ticket" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "recovery_of_account" ON "recovery" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "recovery_of_mailbox" ON "recovery" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "recovery_age" ON "recovery" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_one_waiting" ON "recovery" USING btree ("account_id") WHERE "recovery"."started_at" is not null and "recovery"."cancelled_at" is null and "recovery"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "password_reset_of_mailbox" ON "password_reset" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "password_reset_age" ON "password_reset" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "undo_link_of_account" ON "undo_link" USING btree ("account_id","created_at");