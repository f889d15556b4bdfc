CREATE TABLE "email_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"ceremony_id" uuid NOT NULL,
	"mailbox" "citext" NOT NULL,
	"code_digest" text NOT NULL,
	"known_browser" boolean NOT NULL,
	"requested_from" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"handed_over_at" timestamp (3) with time zone,
	"superseded_at" timestamp (3) with time zone,
	"consumed_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "google_link" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"subject" text NOT NULL,
	"email_sealed" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "google_link_id_unique" UNIQUE("id"),
	CONSTRAINT "google_link_once" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"aaguid" uuid NOT NULL,
	"transports" text[] NOT NULL,
	"backup_eligible" boolean NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_from" text NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "passkey_credential_once" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "password_reset" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"identity_tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "password_reset_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"account_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_from" text,
	CONSTRAINT "recovery_code_account_id_position_pk" PRIMARY KEY("account_id","position")
);
--> statement-breakpoint
CREATE TABLE "recovery_code_set" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_phrase" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"phrase_sealed" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp_credential" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"secret_sealed" text NOT NULL,
	"last_step" bigint NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "totp_credential_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "totp_enrolment" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"secret_sealed" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "undo_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"session_id" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "undo_link_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "used_challenge" (
	"challenge" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ALTER COLUMN "identity_shown" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "asks_two_factors" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "email_code_on" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "user_handle" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "offer_put_off_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "password_credential" ADD COLUMN "disabled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD COLUMN "code_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD COLUMN "phrase_confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "email_code" ADD CONSTRAINT "email_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_code" ADD CONSTRAINT "email_code_ceremony_id_sign_in_ceremony_id_fk" FOREIGN KEY ("ceremony_id") REFERENCES "public"."sign_in_ceremony"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "google_link" ADD CONSTRAINT "google_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_recovery_code_set_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."recovery_code_set"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code_set" ADD CONSTRAINT "recovery_code_set_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_phrase" ADD CONSTRAINT "security_phrase_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_credential" ADD CONSTRAINT "totp_credential_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_enrolment" ADD CONSTRAINT "totp_enrolment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undo_link" ADD CONSTRAINT "undo_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "email_code_of_ceremony" ON "email_code" USING btree ("ceremony_id");--> statement-breakpoint
CREATE INDEX "email_code_of_mailbox" ON "email_code" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "email_code_age" ON "email_code" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "passkey_of_account" ON "passkey" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "password_reset_open" ON "password_reset" USING btree ("account_id") WHERE "password_reset"."done_at" is null;--> statement-breakpoint
CREATE INDEX "undo_link_age" ON "undo_link" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "sign_in_ceremony" ADD CONSTRAINT "sign_in_ceremony_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sign_in_ceremony_of_session" ON "sign_in_ceremony" USING btree ("session_id") WHERE "sign_in_ceremony"."session_id" is not null;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_handle" UNIQUE("user_handle");