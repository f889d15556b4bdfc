CREATE TABLE "invitation" (
	"round_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"dealt_with_at" timestamp (3) with time zone,
	"is_sent" boolean DEFAULT false NOT NULL,
	CONSTRAINT "invitation_round_id_account_id_pk" PRIMARY KEY("round_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "invitation_round" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"who" text NOT NULL,
	"office_id" uuid,
	"total" integer NOT NULL,
	"started_by" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "staff_difference" (
	"account_id" uuid NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "staff_difference_account_id_field_pk" PRIMARY KEY("account_id","field")
);
--> statement-breakpoint
CREATE TABLE "staff_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"file_name" text NOT NULL,
	"size" integer DEFAULT 0 NOT NULL,
	"digest" text,
	"uploaded_by" uuid,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"is_whole" boolean NOT NULL,
	"layout" jsonb,
	"mapping" jsonb,
	"read_to" integer DEFAULT 0 NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"counts" jsonb,
	"ready_at" timestamp (3) with time zone,
	"opens_at" timestamp (3) with time zone,
	"suspends_at" timestamp (3) with time zone,
	"applied_to" integer DEFAULT 0 NOT NULL,
	"applying_since" timestamp (3) with time zone,
	"applied_by" uuid,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "staff_import_chunk" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "staff_import_chunk_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "staff_import_row" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"kind" text NOT NULL,
	"reasons" text[],
	"identity_type" text,
	"identity_index" text,
	"identity_sealed" text,
	"identity_shown" text,
	"full_name" text,
	"official_email" "citext",
	"office_id" uuid,
	"opens_at" timestamp (3) with time zone,
	"leaves_on" date,
	"account_id" uuid,
	"new_account_id" uuid,
	CONSTRAINT "staff_import_row_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "staff_leaver" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"import_id" uuid,
	"why" text NOT NULL,
	"leaves_on" date,
	"state" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"suspends_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_round_id_invitation_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."invitation_round"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_round" ADD CONSTRAINT "invitation_round_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_round" ADD CONSTRAINT "invitation_round_started_by_account_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_difference" ADD CONSTRAINT "staff_difference_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_difference" ADD CONSTRAINT "staff_difference_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_import" ADD CONSTRAINT "staff_import_uploaded_by_account_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_import" ADD CONSTRAINT "staff_import_applied_by_account_id_fk" FOREIGN KEY ("applied_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_import_chunk" ADD CONSTRAINT "staff_import_chunk_import_id_staff_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."staff_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_import_row" ADD CONSTRAINT "staff_import_row_import_id_staff_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."staff_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_import_row" ADD CONSTRAINT "staff_import_row_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_leaver" ADD CONSTRAINT "staff_leaver_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_leaver" ADD CONSTRAINT "staff_leaver_import_id_staff_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."staff_import"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_leaver" ADD CONSTRAINT "staff_leaver_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitation_waiting" ON "invitation" USING btree ("round_id","account_id") WHERE "invitation"."dealt_with_at" is null;--> statement-breakpoint
CREATE INDEX "invitation_of_account" ON "invitation" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_round_one_open" ON "invitation_round" USING btree ((true)) WHERE "invitation_round"."state" in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "invitation_round_recent" ON "invitation_round" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "staff_difference_open" ON "staff_difference" USING btree ("seen_at","account_id") WHERE "staff_difference"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "staff_import_one_applying" ON "staff_import" USING btree ((true)) WHERE "staff_import"."state" = 'applying';--> statement-breakpoint
CREATE INDEX "staff_import_recent" ON "staff_import" USING btree ("uploaded_at");--> statement-breakpoint
CREATE INDEX "staff_import_row_identity" ON "staff_import_row" USING btree ("import_id","identity_index");--> statement-breakpoint
CREATE INDEX "staff_import_row_mailbox" ON "staff_import_row" USING btree ("import_id","official_email");--> statement-breakpoint
CREATE INDEX "staff_import_row_kind" ON "staff_import_row" USING btree ("import_id","kind","line");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_leaver_one_proposed" ON "staff_leaver" USING btree ("account_id") WHERE "staff_leaver"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "staff_leaver_of_account" ON "staff_leaver" USING btree ("account_id","proposed_at");--> statement-breakpoint
CREATE INDEX "staff_leaver_due" ON "staff_leaver" USING btree ("suspends_at") WHERE "staff_leaver"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "staff_leaver_open" ON "staff_leaver" USING btree ("proposed_at","id") WHERE "staff_leaver"."state" = 'proposed';