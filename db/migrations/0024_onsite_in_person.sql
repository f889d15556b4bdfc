ALTER TABLE "activation_link" ADD COLUMN "seen_by" uuid;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD COLUMN "invited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "onsite_place" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "activation_link" ADD CONSTRAINT "activation_link_seen_by_account_id_fk" FOREIGN KEY ("seen_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;