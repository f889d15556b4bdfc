CREATE TABLE "replacement_answer" (
	"session_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"hash" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "replacement_answer_session_id_question_id_pk" PRIMARY KEY("session_id","question_id")
);
--> statement-breakpoint
ALTER TABLE "replacement_answer" ADD CONSTRAINT "replacement_answer_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replacement_answer" ADD CONSTRAINT "replacement_answer_question_id_security_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."security_question"("id") ON DELETE no action ON UPDATE no action;