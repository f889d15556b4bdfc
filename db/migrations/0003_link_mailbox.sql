DROP INDEX "account_lapsing";--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "self_registered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "activation_link" ADD COLUMN "mailbox" "citext" NOT NULL;--> statement-breakpoint
ALTER TABLE "password_throttle" ADD COLUMN "allowed" boolean NOT NULL;--> statement-breakpoint
CREATE INDEX "activation_link_of_mailbox" ON "activation_link" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "account_lapsing" ON "account" USING btree ("self_registered_at") WHERE "account"."status" in ('registered', 'email_verified', 'presence_verified');