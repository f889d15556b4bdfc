import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { faultsOf } from "./migration-rules.ts";

const folder = "db/migrations";
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const migrations = readdirSync(folder)
  .filter((file) => file.endsWith(".sql"))
  .map((file) => ({ name: file.replace(/\.sql$/, ""), source: readFileSync(`${folder}/${file}`, "utf8") }));

/** Landed before there was a rule, and before there was a release that anybody ran: how many of their statements break it. */
const beforeTheRule: Readonly<Record<string, number>> = {
  "0002_ways_to_sign_in": 3,
  "0004_own_account": 3,
  "0005_ticket_of_recovery": 1,
  "0006_data_export_state": 1,
  "0007_helpdesk": 1,
  "0008_officers": 2,
  "0012_audit_seal": 3,
  "0013_account_search": 8,
  "0014_cases": 1,
  "0015_staff_register_mailbox": 1,
  "0016_account_status_sign_in": 1,
  "0017_audit_doers": 2,
  "0018_relying_parties": 3,
  "0022_statement_keys": 1,
  "0023_campaign_people": 1,
  "0024_onsite_in_person": 1,
  "0025_campaign_letters": 3,
  "0026_move_requests_decided": 1,
  "0027_campaign_person_change": 1,
  "0028_account_delisted": 1,
  "0029_keys_replaced": 2,
  "0030_retention": 20,
};

test("a migration leaves the release before at work: nothing it uses goes, nothing large is locked", () => {
  const found = migrations.flatMap(({ name, source }) => {
    const faults = faultsOf(source, version);
    return faults.length === (beforeTheRule[name] ?? 0) ? [] : [{ name, faults }];
  });
  expect(migrations.length).toBeGreaterThan(29);
  expect(found).toEqual([]);
});

test("what landed before the rule is not touched any more, and the list of it does not grow", () => {
  const known = migrations.map(({ name }) => name);
  expect(Object.keys(beforeTheRule).filter((name) => !known.includes(name))).toEqual([]);
  expect(Object.keys(beforeTheRule).filter((name) => name > "0030_retention")).toEqual([]);
});

test.each([
  'DROP TABLE "letter";',
  'ALTER TABLE "letter" DROP COLUMN "kind";',
  'ALTER TABLE "public"."letter" DROP COLUMN "kind" CASCADE;',
  'ALTER TABLE "letter" RENAME COLUMN "kind" TO "sort";',
  'ALTER TABLE "letter" RENAME TO "mail";',
  'ALTER TABLE "letter" ADD COLUMN "tries" integer NOT NULL;',
  'ALTER TABLE "letter" ADD COLUMN "token" uuid DEFAULT gen_random_uuid() NOT NULL;',
  'ALTER TABLE "letter" ALTER COLUMN "kind" SET NOT NULL;',
  'ALTER TABLE "letter" ALTER COLUMN "tries" SET DATA TYPE bigint;',
  'ALTER TABLE "letter" ADD CONSTRAINT "owner" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id");',
  'ALTER TABLE "letter" ADD CONSTRAINT "known" CHECK (kind <> \'\');',
  'CREATE INDEX "letter_kind" ON "letter" USING btree ("kind");',
  'CREATE UNIQUE INDEX "letter_kind" ON "letter" USING btree ("kind");',
  "DROP INDEX letter_kind;",
  "DROP FUNCTION session_has_ended();",
  "UPDATE letter SET tries = 0;",
  'DELETE FROM "letter" WHERE tries > 3;',
  "TRUNCATE letter;",
  'CREATE INDEX CONCURRENTLY "letter_kind" ON "letter" ("kind");',
  '-- outside a transaction\nCREATE INDEX CONCURRENTLY "letter_kind" ON "letter" ("kind");',
  '-- outside a transaction\nALTER TABLE "letter" ADD COLUMN "tries" integer;',
  '-- unused since 0.1.0: nobody reads it\nDROP TABLE "letter";',
  '-- unused since: nobody reads it\nDROP TABLE "letter";',
  '-- small:\nCREATE INDEX "letter_kind" ON "letter" USING btree ("kind");',
  '-- small: but renamed all the same\nALTER TABLE "letter" RENAME TO "mail";',
  "CREATE TABLE a (id int);\nDROP TABLE letter;",
  "DO $$ BEGIN PERFORM 1; END $$;\nDROP TABLE letter;",
])("would hurt those who are at work: %s", (source) => {
  expect(faultsOf(source, "0.1.0")).toEqual([expect.any(String)]);
});

test.each([
  'CREATE TABLE "visit" ("id" uuid PRIMARY KEY, "at" timestamp NOT NULL);\n--> statement-breakpoint\nCREATE INDEX "visit_at" ON "visit" USING btree ("at");',
  'CREATE TABLE "visit" ("id" uuid);--> statement-breakpoint\nALTER TABLE "visit" ADD CONSTRAINT "whose" FOREIGN KEY ("id") REFERENCES "account"("id");',
  'ALTER TABLE "letter" ADD COLUMN "tries" integer;',
  'ALTER TABLE "letter" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;',
  'ALTER TABLE "letter" ADD CONSTRAINT "known" CHECK (kind <> \'\') NOT VALID;',
  'ALTER TABLE "letter" VALIDATE CONSTRAINT "known";',
  'ALTER TABLE "letter" ALTER COLUMN "kind" DROP NOT NULL;',
  '-- small: the offices of one agency\nCREATE INDEX "office_name" ON "office" USING btree ("name");',
  '-- unused since 0.1.0: nobody reads it\nDROP TABLE "letter";',
  '-- outside a transaction\nDROP INDEX CONCURRENTLY IF EXISTS "letter_kind";\n--> statement-breakpoint\nCREATE INDEX CONCURRENTLY "letter_kind" ON "letter" ("kind");',
  "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  DELETE FROM letter;\n  RETURN NULL;\nEND $$;",
  "-- DROP TABLE letter;\nALTER TABLE letter ADD COLUMN a int;",
])("leaves them alone: %s", (source) => {
  expect(faultsOf(source, "0.2.0")).toEqual([]);
});
