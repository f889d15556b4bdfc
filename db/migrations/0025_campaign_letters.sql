ALTER TABLE "campaign_letter" ADD COLUMN "outcome" text NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_letter" ADD COLUMN "day" date NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD COLUMN "unreachable" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD COLUMN "had_today" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_run" ADD COLUMN "reason_sealed" text;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_letter_one_a_day" ON "campaign_letter" USING btree ("account_id","day") WHERE "campaign_letter"."outcome" = 'owed';