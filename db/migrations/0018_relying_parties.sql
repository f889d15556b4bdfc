CREATE TABLE "access_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"note_sealed" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"refusal_sealed" text
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "oidc_record" (
	"model" text NOT NULL,
	"id_digest" text NOT NULL,
	"payload_sealed" text NOT NULL,
	"grant_id" uuid,
	"consumed_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "oidc_record_model_id_digest_pk" PRIMARY KEY("model","id_digest")
);
--> statement-breakpoint
CREATE TABLE "relying_party" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"description_ms" text,
	"description_en" text,
	"category" text,
	"owner" text,
	"owned_by_agency" boolean DEFAULT true NOT NULL,
	"redirect_uris" text[] NOT NULL,
	"post_logout_redirect_uris" text[] DEFAULT '{}' NOT NULL,
	"backchannel_logout_uri" text,
	"initiate_login_uri" text,
	"start_uri" text,
	"minimum_level" text DEFAULT 'aal1' NOT NULL,
	"open_to_all" boolean DEFAULT false NOT NULL,
	"subject_type" text DEFAULT 'public' NOT NULL,
	"auth_method" text DEFAULT 'client_secret_basic' NOT NULL,
	"jwks" jsonb,
	"jwks_uri" text,
	"id_token_alg" text DEFAULT 'RS256' NOT NULL,
	"par_required" boolean DEFAULT false NOT NULL,
	"dpop_bound" boolean DEFAULT false NOT NULL,
	"logo" "bytea",
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "relying_party_client_id_unique" UNIQUE("client_id")
);
--> statement-breakpoint
CREATE TABLE "relying_party_role" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name_ms" text NOT NULL,
	"name_en" text NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "relying_party_role_key" UNIQUE("relying_party_id","key")
);
--> statement-breakpoint
CREATE TABLE "relying_party_role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone,
	"granted_by" uuid,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "relying_party_secret" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "relying_party_secret_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "relying_party_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"relying_party_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"claims" jsonb,
	"started_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_why" text,
	"logout_due_at" timestamp (3) with time zone,
	"logout_tries" integer DEFAULT 0 NOT NULL,
	"logout_settled_at" timestamp (3) with time zone,
	"logout_failure" text
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"alg" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"signs_from" timestamp (3) with time zone NOT NULL,
	"signs_until" timestamp (3) with time zone,
	"published_until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "subject" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "pairwise_seed" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "continued_by" uuid;--> statement-breakpoint
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_role" ADD CONSTRAINT "relying_party_role_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_role_grant" ADD CONSTRAINT "relying_party_role_grant_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_role_grant" ADD CONSTRAINT "relying_party_role_grant_role_id_relying_party_role_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."relying_party_role"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_role_grant" ADD CONSTRAINT "relying_party_role_grant_granted_by_account_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_role_grant" ADD CONSTRAINT "relying_party_role_grant_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_secret" ADD CONSTRAINT "relying_party_secret_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_session" ADD CONSTRAINT "relying_party_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relying_party_session" ADD CONSTRAINT "relying_party_session_relying_party_id_relying_party_id_fk" FOREIGN KEY ("relying_party_id") REFERENCES "public"."relying_party"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_request_once" ON "access_request" USING btree ("account_id","relying_party_id") WHERE "access_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "access_request_open" ON "access_request" USING btree ("requested_at") WHERE "access_request"."state" = 'open';--> statement-breakpoint
CREATE INDEX "access_request_of_account" ON "access_request" USING btree ("account_id","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_once" ON "consent" USING btree ("account_id","relying_party_id") WHERE "consent"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "oidc_record_of_grant" ON "oidc_record" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "oidc_record_expires" ON "oidc_record" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "relying_party_role_grant_once" ON "relying_party_role_grant" USING btree ("account_id","role_id") WHERE "relying_party_role_grant"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "relying_party_role_grant_of_role" ON "relying_party_role_grant" USING btree ("role_id") WHERE "relying_party_role_grant"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "relying_party_secret_of" ON "relying_party_secret" USING btree ("relying_party_id");--> statement-breakpoint
CREATE UNIQUE INDEX "relying_party_session_once" ON "relying_party_session" USING btree ("session_id","relying_party_id") WHERE "relying_party_session"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "relying_party_session_of_account" ON "relying_party_session" USING btree ("account_id","relying_party_id","last_used_at");--> statement-breakpoint
CREATE INDEX "relying_party_session_open" ON "relying_party_session" USING btree ("relying_party_id") WHERE "relying_party_session"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "relying_party_session_due" ON "relying_party_session" USING btree ("logout_due_at") WHERE "relying_party_session"."logout_due_at" is not null;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_subject" UNIQUE("subject");--> statement-breakpoint
-- Whoever ends a session, and wherever: the relying parties that hang on it are told at once.
CREATE FUNCTION session_has_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM relying_party_session WHERE session_id = NEW.id AND ended_at IS NULL) THEN
		PERFORM pg_notify('kunci_logouts', '');
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER session_ended AFTER UPDATE OF ended_at ON "session" FOR EACH ROW
	WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION session_has_ended();
