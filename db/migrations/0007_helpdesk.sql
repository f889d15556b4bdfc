CREATE TABLE "caller_check" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"officer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"spoken_digest" text,
	"counterpart_digest" text,
	"question_id" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"answered_by" text,
	"verified_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "officer_action" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"officer_id" uuid NOT NULL,
	"action" text NOT NULL,
	"reason_sealed" text NOT NULL,
	"case_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"reason_sealed" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason_sealed" text,
	"ticket_id" uuid,
	"case_id" uuid,
	"grant_id" uuid
);
--> statement-breakpoint
CREATE TABLE "undeliverable_mailbox" (
	"mailbox" "citext" PRIMARY KEY NOT NULL,
	"why" text NOT NULL,
	"is_final" boolean NOT NULL,
	"letter_id" uuid,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_event" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"office_id" uuid,
	"state" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone,
	"granted_by" uuid,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "role_grant_scope" CHECK (("role_grant"."office_id" is null) = ("role_grant"."role" in ('administrator', 'auditor')))
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "last_sign_in_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "listed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "delisted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "provider_id" text;--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "delivered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "bounced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "helpdesk_case" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "helpdesk_case" ADD COLUMN "answer_sealed" text;--> statement-breakpoint
ALTER TABLE "caller_check" ADD CONSTRAINT "caller_check_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_check" ADD CONSTRAINT "caller_check_officer_id_account_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_check" ADD CONSTRAINT "caller_check_question_id_security_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."security_question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_action" ADD CONSTRAINT "officer_action_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_action" ADD CONSTRAINT "officer_action_officer_id_account_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_action" ADD CONSTRAINT "officer_action_case_id_helpdesk_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."helpdesk_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_ticket_id_enrolment_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."enrolment_ticket"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_case_id_helpdesk_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."helpdesk_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_grant_id_role_grant_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."role_grant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_granted_by_account_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "caller_check_of_account" ON "caller_check" USING btree ("account_id","started_at");--> statement-breakpoint
CREATE INDEX "caller_check_spoken" ON "caller_check" USING btree ("spoken_digest") WHERE "caller_check"."spoken_digest" is not null;--> statement-breakpoint
CREATE INDEX "caller_check_age" ON "caller_check" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "officer_action_of_account" ON "officer_action" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "officer_action_by_officer" ON "officer_action" USING btree ("officer_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "officer_request_one_open" ON "officer_request" USING btree ("account_id","kind",coalesce("grant_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "officer_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "officer_request_open" ON "officer_request" USING btree ("expires_at") WHERE "officer_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "officer_request_of_account" ON "officer_request" USING btree ("account_id","requested_at");--> statement-breakpoint
CREATE INDEX "webhook_event_age" ON "webhook_event" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grant_once" ON "role_grant" USING btree ("account_id","role",coalesce("office_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "role_grant"."state" in ('requested', 'active');--> statement-breakpoint
CREATE INDEX "role_grant_in_force" ON "role_grant" USING btree ("role","office_id") WHERE "role_grant"."state" = 'active';--> statement-breakpoint
ALTER TABLE "helpdesk_case" ADD CONSTRAINT "helpdesk_case_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;