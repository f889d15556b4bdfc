CREATE TABLE "key_check" (
	"purpose" text NOT NULL,
	"key_id" text NOT NULL,
	"digest" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "key_check_purpose_key_id_pk" PRIMARY KEY("purpose","key_id")
);
