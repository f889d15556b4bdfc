CREATE TABLE "campaign_trail" (
	"id" integer PRIMARY KEY NOT NULL,
	"last_event_id" bigint NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaign" ADD COLUMN "people_looked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "campaign_person" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "campaign_person_to_tell" ON "campaign_person" USING btree ("completed_at","account_id") WHERE "campaign_person"."completed_at" is not null and "campaign_person"."told_at" is null;