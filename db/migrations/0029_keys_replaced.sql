CREATE TABLE "instance" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"works" boolean NOT NULL,
	"holds" jsonb NOT NULL,
	"asks" jsonb NOT NULL,
	"writes" jsonb NOT NULL,
	"former" text
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "identity_index_former" text;--> statement-breakpoint
ALTER TABLE "key_check" ADD COLUMN "writes_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "key_check" ADD COLUMN "writes_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "key_check" ADD COLUMN "moved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "key_check" ADD COLUMN "spent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "staff_import_row" ADD COLUMN "identity_index_former" text;--> statement-breakpoint
CREATE UNIQUE INDEX "account_one_per_former_identity" ON "account" USING btree (coalesce("identity_index_former", "identity_index")) WHERE "account"."status" <> 'closed';--> statement-breakpoint
-- Until now every key that was known counted as one that had written; which is the present one the next start says.
UPDATE "key_check" SET "writes_since" = "first_seen_at";
