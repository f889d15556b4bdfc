-- What `searchFold` does to what is typed. In a fixed collation and without dictionaries, so that it says the same on every
-- machine and for ever: what it made is kept.
CREATE FUNCTION search_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  btrim(regexp_replace(regexp_replace(
    ' ' || lower(translate(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g'),
      'ĐđØøŁłıßÆæ''`‘’ʻʼʾʿ', 'ddoollisaa') COLLATE "C") || ' ',
    ' (bin|binti|bte|bt|b|a/l|a/p|s/o|d/o|anak|ak)\.?(?= )', '', 'g'),
    '[^a-z0-9]+', ' ', 'g'));
--> statement-breakpoint
CREATE FUNCTION account_search_text(name text, mailbox text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  ' ' || search_fold(name) || ' '
  || btrim(regexp_replace(lower(translate(split_part(mailbox, '@', 1), '''', '') COLLATE "C"), '[^a-z0-9]+', ' ', 'g'));
--> statement-breakpoint
CREATE TABLE "account_count" (
	"office_id" uuid NOT NULL,
	"status" text NOT NULL,
	"count" integer NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_count_office_id_status_pk" PRIMARY KEY("office_id","status")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "search_text" text collate "C" GENERATED ALWAYS AS (account_search_text(full_name, official_email::text)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "account_count" ADD CONSTRAINT "account_count_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_search" ON "account" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "account_by_name" ON "account" USING btree ("search_text","id","office_id","status");--> statement-breakpoint
CREATE INDEX "account_by_creation" ON "account" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "account_by_last_sign_in" ON "account" USING btree (coalesce("last_sign_in_at", '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "account_by_status" ON "account" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "account_of_office" ON "account" USING btree ("office_id","status");--> statement-breakpoint
CREATE INDEX "account_closed_identity" ON "account" USING btree ("identity_index") WHERE "account"."status" = 'closed';