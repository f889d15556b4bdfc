CREATE TABLE "audit_redaction" (
	"seal_number" integer PRIMARY KEY NOT NULL,
	"redacted_at" timestamp (3) with time zone NOT NULL,
	"entries" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_redaction" ADD CONSTRAINT "audit_redaction_seal_number_audit_seal_number_fk" FOREIGN KEY ("seal_number") REFERENCES "public"."audit_seal"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_closed_age" ON "account" USING btree ("closed_at") WHERE "account"."status" = 'closed' and not starts_with("account"."identity_index", 'anonymous:');--> statement-breakpoint
CREATE INDEX "activation_ceremony_age" ON "activation_ceremony" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "activation_link_age" ON "activation_link" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "officer_action_age" ON "officer_action" USING btree ("at");--> statement-breakpoint
CREATE INDEX "officer_action_of_case" ON "officer_action" USING btree ("case_id") WHERE "officer_action"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "officer_request_age" ON "officer_request" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "officer_request_of_case" ON "officer_request" USING btree ("case_id") WHERE "officer_request"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "letter_age" ON "letter" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "rate_limit_age" ON "rate_limit" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "used_captcha_age" ON "used_captcha" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "helpdesk_case_age" ON "helpdesk_case" USING btree ("ended_at") WHERE "helpdesk_case"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "access_request_age" ON "access_request" USING btree ("decided_at") WHERE "access_request"."decided_at" is not null;--> statement-breakpoint
CREATE INDEX "consent_age" ON "consent" USING btree ("withdrawn_at") WHERE "consent"."withdrawn_at" is not null;--> statement-breakpoint
CREATE INDEX "relying_party_role_grant_age" ON "relying_party_role_grant" USING btree ("ended_at") WHERE "relying_party_role_grant"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "relying_party_session_age" ON "relying_party_session" USING btree ("ended_at") WHERE "relying_party_session"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "used_challenge_age" ON "used_challenge" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_age" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_of_device" ON "session" USING btree ("device_id") WHERE "session"."device_id" is not null;--> statement-breakpoint
CREATE INDEX "staff_leaver_age" ON "staff_leaver" USING btree ("decided_at") WHERE "staff_leaver"."decided_at" is not null;--> statement-breakpoint
CREATE TRIGGER audit_redaction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_redaction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();--> statement-breakpoint
ALTER TABLE audit_redaction ENABLE ALWAYS TRIGGER audit_redaction_append_only;--> statement-breakpoint
-- An event may lose where it came from once it is a quarter of a year old, and nothing else, ever.
CREATE FUNCTION refuse_change_of_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ip IS NULL AND NEW.device IS NULL AND OLD.at < clock_timestamp() - interval '90 days'
     AND to_jsonb(NEW) - 'ip' - 'device' = to_jsonb(OLD) - 'ip' - 'device' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
DROP TRIGGER audit_event_append_only ON audit_event;--> statement-breakpoint
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();--> statement-breakpoint
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_append_only;--> statement-breakpoint
CREATE TRIGGER audit_event_forgets BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_event();--> statement-breakpoint
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_forgets;
