CREATE TABLE "audit_seal" (
	"number" integer PRIMARY KEY NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	"last_id" bigint NOT NULL,
	"row_count" integer NOT NULL,
	"entries" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_count" (
	"day" date NOT NULL,
	"office_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "daily_count_day_office_id_metric_pk" PRIMARY KEY("day","office_id","metric")
);
--> statement-breakpoint
CREATE TABLE "daily_count_run" (
	"id" integer PRIMARY KEY NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "daily_count" ADD CONSTRAINT "daily_count_office_id_office_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "daily_count_of_office" ON "daily_count" USING btree ("office_id","day");--> statement-breakpoint
CREATE INDEX "audit_event_by_time" ON "audit_event" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_event_of_type" ON "audit_event" USING btree ("type","at","id");--> statement-breakpoint
CREATE INDEX "audit_event_of_actor" ON "audit_event" USING btree ("actor_id","at","id") WHERE "audit_event"."actor_id" is not null;--> statement-breakpoint
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();--> statement-breakpoint
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER audit_seal_append_only;
