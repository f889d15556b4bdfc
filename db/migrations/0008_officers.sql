ALTER TABLE "officer_request" DROP CONSTRAINT "officer_request_ticket_id_enrolment_ticket_id_fk";
--> statement-breakpoint
ALTER TABLE "officer_request" ADD COLUMN "stopped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "undo_link" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "officer_request" ADD CONSTRAINT "officer_request_ticket_id_enrolment_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."enrolment_ticket"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "officer_request_stopped" ON "officer_request" USING btree ("stopped_at") WHERE "officer_request"."stopped_at" is not null;