CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS citext;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"suspended_from" text,
	"identity_type" text NOT NULL,
	"identity_sealed" text NOT NULL,
	"identity_index" text NOT NULL,
	"full_name" text NOT NULL,
	"official_email" "citext" NOT NULL,
	"official_email_verified_at" timestamp (3) with time zone,
	"personal_email" "citext",
	"office_id" uuid NOT NULL,
	"language" text,
	"opens_at" timestamp (3) with time zone,
	"staff_confirmed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"self_registered_at" timestamp (3) with time zone,
	"activated_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "activation_ceremony" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "activation_ceremony_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "activation_link" (
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
	"consumed_at" timestamp (3) with time zone,
	"identity_tries" integer DEFAULT 0 NOT NULL,
	"code_tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "activation_link_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"account_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"session_id" uuid,
	"request_id" text,
	"ip" text,
	"device" text,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activation_answer" (
	"link_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"hash" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "activation_answer_link_id_question_id_pk" PRIMARY KEY("link_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "password_credential" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_throttle" (
	"identity_index" text NOT NULL,
	"browser" text NOT NULL,
	"failures" integer NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"allowed" boolean NOT NULL,
	"last_tried_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "password_throttle_identity_index_browser_pk" PRIMARY KEY("identity_index","browser")
);
--> statement-breakpoint
CREATE TABLE "security_answer" (
	"account_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"hash" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "security_answer_account_id_question_id_pk" PRIMARY KEY("account_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "security_question" (
	"id" text PRIMARY KEY NOT NULL,
	"text_ms" text NOT NULL,
	"text_en" text NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "demonstration" (
	"mark" text PRIMARY KEY NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_check" (
	"purpose" text NOT NULL,
	"key_id" text NOT NULL,
	"digest" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "key_check_purpose_key_id_pk" PRIMARY KEY("purpose","key_id")
);
--> statement-breakpoint
CREATE TABLE "letter" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"to" text NOT NULL,
	"about" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"handed_over_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mailbox_letter" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailbox_letter_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"letter_id" uuid NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mailbox_letter_letter_id_unique" UNIQUE("letter_id")
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "used_captcha" (
	"signature" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "office" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "office_code_name" UNIQUE("code","name")
);
--> statement-breakpoint
CREATE TABLE "device" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"label" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"signed_in_at" timestamp (3) with time zone,
	CONSTRAINT "device_once_per_account" UNIQUE("account_id","token_digest")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"proofs" jsonb NOT NULL,
	"device_id" uuid,
	"device" text NOT NULL,
	"ip" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_why" text,
	CONSTRAINT "session_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "sign_in_ceremony" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_digest" text NOT NULL,
	"step" text NOT NULL,
	"identity_index" text NOT NULL,
	"identity_shown" text NOT NULL,
	"account_id" uuid,
	"required" text NOT NULL,
	"proofs" jsonb NOT NULL,
	"return_to" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_ceremony_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_ceremony" ADD CONSTRAINT "activation_ceremony_link_id_activation_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."activation_link"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_ceremony" ADD CONSTRAINT "activation_ceremony_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_link" ADD CONSTRAINT "activation_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_answer" ADD CONSTRAINT "activation_answer_link_id_activation_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."activation_link"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation_answer" ADD CONSTRAINT "activation_answer_question_id_security_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."security_question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_credential" ADD CONSTRAINT "password_credential_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_answer" ADD CONSTRAINT "security_answer_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_answer" ADD CONSTRAINT "security_answer_question_id_security_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."security_question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD CONSTRAINT "sign_in_ceremony_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_one_per_identity" ON "account" USING btree ("identity_index") WHERE "account"."status" <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "account_one_per_mailbox" ON "account" USING btree ("official_email") WHERE "account"."status" <> 'closed';--> statement-breakpoint
CREATE INDEX "account_lapsing" ON "account" USING btree ("self_registered_at") WHERE "account"."status" in ('registered', 'email_verified', 'presence_verified');--> statement-breakpoint
CREATE INDEX "activation_link_of_account" ON "activation_link" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "activation_link_of_mailbox" ON "activation_link" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "audit_event_of_account" ON "audit_event" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "password_throttle_age" ON "password_throttle" USING btree ("last_tried_at");--> statement-breakpoint
CREATE INDEX "letter_of_account" ON "letter" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "letter_queued" ON "letter" USING btree ("created_at") WHERE "letter"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "session_of_account" ON "session" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "sign_in_ceremony_age" ON "sign_in_ceremony" USING btree ("started_at");