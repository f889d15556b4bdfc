CREATE TABLE "demonstration" (
	"mark" text PRIMARY KEY NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL
);
