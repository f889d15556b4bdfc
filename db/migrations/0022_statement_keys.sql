CREATE TABLE "statement_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"first_signed_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "transaction_approval" ADD COLUMN "statement_kid" text;--> statement-breakpoint
CREATE INDEX "transaction_approval_signed_by" ON "transaction_approval" USING btree ("statement_kid");