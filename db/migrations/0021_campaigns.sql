CREATE TABLE "transaction_approval" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"identifier" text NOT NULL,
	"content_sealed" text NOT NULL,
	"digest" text NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"account_id" uuid,
	"shown_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"session_id" uuid,
	"reason_sealed" text,
	"statement_sealed" text
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name_ms" text NOT NULL,
	"name_en" text NOT NULL,
	"reason_ms" text NOT NULL,
	"reason_en" text NOT NULL,
	"authority" text NOT NULL,
	"contacts" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"requirements" text[] NOT NULL,
	"remind_days_before" integer[] NOT NULL,
	"quiet_weekdays" integer[] NOT NULL,
	"quiet_days" date[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"announced_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_day" (
	"campaign_id" uuid NOT NULL,
	"day" date NOT NULL,
	"office_id" uuid NOT NULL,
	"not_begun" integer NOT NULL,
	"under_way" integer NOT NULL,
	"done" integer NOT NULL,
	CONSTRAINT "campaign_day_campaign_id_day_office_id_pk" PRIMARY KEY("campaign_id","day","office_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_letter" (
	"run_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"owed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaign_letter_run_id_account_id_pk" PRIMARY KEY("run_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_person" (
	"campaign_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"phase_id" uuid,
	"state" text NOT NULL,
	"missing" text[] NOT NULL,
	"held_up_by" text,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaign_person_campaign_id_account_id_pk" PRIMARY KEY("campaign_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_phase" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_phase_office" (
	"phase_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	CONSTRAINT "campaign_phase_office_campaign_id_office_id_pk" PRIMARY KEY("campaign_id","office_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"phase_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"held_up_by" text,
	"office_ids" uuid[],
	"state" text NOT NULL,
	"last_account_id" uuid,
	"sent" integer DEFAULT 0 NOT NULL,
	"started_by" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign_target" (
	"campaign_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	CONSTRAINT "campaign_target_campaign_id_role_id_pk" PRIMARY KEY("campaign_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_target_ict_role" (
	"campaign_id" uuid NOT NULL,
	"role_id" text NOT NULL,
	CONSTRAINT "campaign_target_ict_role_campaign_id_role_id_pk" PRIMARY KEY("campaign_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_text" (
	"campaign_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_ms" text NOT NULL,
	"subject_en" text NOT NULL,
	"body_ms" text NOT NULL,
	"body_en" text NOT NULL,
	CONSTRAINT "campaign_text_campaign_id_kind_pk" PRIMARY KEY("campaign_id","kind")
);
--> statement-breakpoint
CREATE TABLE "move_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"role_id" uuid,
	"requested_by" uuid NOT NULL,
	"reason_sealed" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason_sealed" text
);
--> statement-breakpoint
CREATE TABLE "hardware_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" text NOT NULL,
	"medium" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"issued_on" date,
	"state" text NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hardware_token_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "hardware_token_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"move" text NOT NULL,
	"state" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"by_id" uuid,
	"note_sealed" text,
	"receipt" text
);
--> statement-breakpoint
CREATE TABLE "hardware_token_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"rows_sealed" text NOT NULL,
	"counts" jsonb NOT NULL,
	"rows" integer NOT NULL,
	"uploaded_by" uuid,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "onsite_place" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	"is_walk_in" boolean DEFAULT false NOT NULL,
	"checked_in_at" timestamp (3) with time zone,
	"checked_in_by" uuid,
	"document" text
);
--> statement-breakpoint
CREATE TABLE "onsite_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"place" text NOT NULL,
	"address" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"note_ms" text,
	"note_en" text,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "onsite_session_time" CHECK ("onsite_session"."ends_at" > "onsite_session"."starts_at"),
	CONSTRAINT "onsite_session_capacity" CHECK ("onsite_session"."capacity" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "onsite_session_office" (
	"session_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	CONSTRAINT "onsite_session_office_session_id_office_id_pk" PRIMARY KEY("session_id","office_id")
);
--> statement-breakpoint
ALTER TABLE "transaction_approval" ADD CONSTRAINT "transaction_approval_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_approval" ADD CONSTRAINT "transaction_approval_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_day" ADD CONSTRAINT "campaign_day_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_day" ADD CONSTRAINT "campaign_day_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_letter" ADD CONSTRAINT "campaign_letter_run_id_campaign_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."campaign_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_letter" ADD CONSTRAINT "campaign_letter_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_person" ADD CONSTRAINT "campaign_person_phase_id_campaign_phase_id_fk" FOREIGN KEY ("phase_id") REFERENCES "public"."campaign_phase"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_phase" ADD CONSTRAINT "campaign_phase_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_phase_office" ADD CONSTRAINT "campaign_phase_office_phase_id_campaign_phase_id_fk" FOREIGN KEY ("phase_id") REFERENCES "public"."campaign_phase"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_phase_office" ADD CONSTRAINT "campaign_phase_office_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_phase_office" ADD CONSTRAINT "campaign_phase_office_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD CONSTRAINT "campaign_run_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD CONSTRAINT "campaign_run_phase_id_campaign_phase_id_fk" FOREIGN KEY ("phase_id") REFERENCES "public"."campaign_phase"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD CONSTRAINT "campaign_run_started_by_account_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_target" ADD CONSTRAINT "campaign_target_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_target" ADD CONSTRAINT "campaign_target_role_id_relying_party_role_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."relying_party_role"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_target_ict_role" ADD CONSTRAINT "campaign_target_ict_role_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_target_ict_role" ADD CONSTRAINT "campaign_target_ict_role_role_id_ict_role_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."ict_role"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_text" ADD CONSTRAINT "campaign_text_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_request" ADD CONSTRAINT "move_request_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_request" ADD CONSTRAINT "move_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_request" ADD CONSTRAINT "move_request_role_id_relying_party_role_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."relying_party_role"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_request" ADD CONSTRAINT "move_request_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_request" ADD CONSTRAINT "move_request_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hardware_token" ADD CONSTRAINT "hardware_token_holder_id_account_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hardware_token_event" ADD CONSTRAINT "hardware_token_event_token_id_hardware_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."hardware_token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hardware_token_event" ADD CONSTRAINT "hardware_token_event_holder_id_account_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hardware_token_event" ADD CONSTRAINT "hardware_token_event_by_id_account_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hardware_token_import" ADD CONSTRAINT "hardware_token_import_uploaded_by_account_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD CONSTRAINT "onsite_place_session_id_onsite_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."onsite_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD CONSTRAINT "onsite_place_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD CONSTRAINT "onsite_place_made_by_account_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD CONSTRAINT "onsite_place_checked_in_by_account_id_fk" FOREIGN KEY ("checked_in_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_session" ADD CONSTRAINT "onsite_session_campaign_id_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_session" ADD CONSTRAINT "onsite_session_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_session_office" ADD CONSTRAINT "onsite_session_office_session_id_onsite_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."onsite_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onsite_session_office" ADD CONSTRAINT "onsite_session_office_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_approval_once" ON "transaction_approval" USING btree ("relying_party_id","identifier");--> statement-breakpoint
CREATE INDEX "transaction_approval_of_account" ON "transaction_approval" USING btree ("account_id","requested_at");--> statement-breakpoint
CREATE INDEX "transaction_approval_age" ON "transaction_approval" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "campaign_letter_of_account" ON "campaign_letter" USING btree ("account_id","owed_at");--> statement-breakpoint
CREATE INDEX "campaign_person_of_account" ON "campaign_person" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "campaign_person_board" ON "campaign_person" USING btree ("campaign_id","phase_id","office_id","state","held_up_by");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_phase_number" ON "campaign_phase" USING btree ("campaign_id","number");--> statement-breakpoint
CREATE INDEX "campaign_phase_office_of_phase" ON "campaign_phase_office" USING btree ("phase_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_run_once" ON "campaign_run" USING btree ("phase_id","kind","occasion");--> statement-breakpoint
CREATE INDEX "campaign_run_open" ON "campaign_run" USING btree ("started_at") WHERE "campaign_run"."state" = 'running';--> statement-breakpoint
CREATE INDEX "campaign_run_of_campaign" ON "campaign_run" USING btree ("campaign_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "move_request_one_open" ON "move_request" USING btree ("campaign_id","account_id","kind",coalesce("role_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "move_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "move_request_open" ON "move_request" USING btree ("requested_at","id") WHERE "move_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "move_request_of_account" ON "move_request" USING btree ("account_id","campaign_id","kind","state");--> statement-breakpoint
CREATE UNIQUE INDEX "hardware_token_serial" ON "hardware_token" USING btree ("serial");--> statement-breakpoint
CREATE INDEX "hardware_token_of_holder" ON "hardware_token" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "hardware_token_by_state" ON "hardware_token" USING btree ("state","state_since","id");--> statement-breakpoint
CREATE INDEX "hardware_token_event_of_token" ON "hardware_token_event" USING btree ("token_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "hardware_token_event_receipt" ON "hardware_token_event" USING btree ("receipt") WHERE "hardware_token_event"."receipt" is not null;--> statement-breakpoint
CREATE INDEX "hardware_token_import_recent" ON "hardware_token_import" USING btree ("uploaded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "onsite_place_once" ON "onsite_place" USING btree ("session_id","account_id");--> statement-breakpoint
CREATE INDEX "onsite_place_list" ON "onsite_place" USING btree ("session_id","state","since","id");--> statement-breakpoint
CREATE INDEX "onsite_place_of_account" ON "onsite_place" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "onsite_session_by_time" ON "onsite_session" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "onsite_session_of_campaign" ON "onsite_session" USING btree ("campaign_id","starts_at");