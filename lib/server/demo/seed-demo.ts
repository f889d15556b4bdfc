import fs from "node:fs";
import path from "node:path";
import { account } from "#db/schema/account.ts";
import { passwordCredential, securityAnswer } from "#db/schema/authenticators.ts";
import { demonstration } from "#db/schema/demonstration.ts";
import { office } from "#db/schema/office.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { sealIdentity } from "#lib/account/seal-identity.ts";
import { countDays } from "#lib/administration/insights/count-days.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { recordAll } from "#lib/audit/record.ts";
import { hashSecret } from "#lib/authenticators/hashing.ts";
import { questionBank, seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";
import { normaliseAnswer } from "#lib/authenticators/security-questions/check-answer.ts";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import { newTotpSecret } from "#lib/authenticators/totp/codes.ts";
import { TOTP_PURPOSE } from "#lib/authenticators/totp/find-totp.ts";
import { indexColumns } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { before, days } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { Agency } from "#lib/mail/agency.ts";
import type { Config } from "../config.ts";
import { type DemoCredential, demoCredentialsFile } from "../start/announce.ts";
import { bounceActivation } from "./bounce-letters.ts";
import { type DemoPerson, demoOffices, demoPeople } from "./demo-people.ts";

/**
 * Fills an empty database with offices and made-up people, and writes down how to sign in as them. One that holds
 * anything is left alone.
 */
export async function seedDemo(
  ctx: Context,
  { dataDir, emailDomains, agency }: Pick<Config, "dataDir" | "emailDomains"> & { agency: Agency },
): Promise<void> {
  const [anybody] = await ctx.db.select({ id: account.id }).from(account).limit(1);
  const [anywhere] = await ctx.db.select({ id: office.id }).from(office).limit(1);
  if (anybody || anywhere) return;

  const now = ctx.now();
  const offices = demoOffices.map((one) => ({ id: uuidv7(now, ctx.random), ...one }));
  const domain = emailDomains.find((name) => !name.startsWith("*")) ?? "contoh.example.gov.my";
  const people = demoPeople.map((person) => personRow(ctx, person, offices[person.office]?.id ?? "", domain));
  const credentials = await Promise.all(
    people.map(async ({ row, person }) => ({
      person,
      row,
      password: row.activatedAt ? randomPassword(ctx) : undefined,
      totpSecret: person.authenticatorApp && newTotpSecret(ctx.random),
      securityAnswers: row.activatedAt && !row.closedAt ? randomAnswers(ctx) : undefined,
    })),
  );
  const hashes = await Promise.all(
    credentials.flatMap(({ row, password }) =>
      password && row.status !== "closed" ? [hashed(row.id, password, now)] : [],
    ),
  );
  const answers = await Promise.all(
    credentials.flatMap(({ row, securityAnswers = [] }) =>
      securityAnswers.map(async ({ questionId, answer }) => ({
        ...(await hashed(row.id, normaliseAnswer(answer), now)),
        questionId,
      })),
    ),
  );
  const apps = credentials.flatMap(({ row, totpSecret }) => (totpSecret ? [appRow(ctx, row.id, totpSecret)] : []));
  // Written first: a database with people nobody can sign in as would be of no use.
  writeCredentials(demoCredentialsFile(dataDir), credentials);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(office).values(offices);
    await tx.insert(account).values(people.map(({ row }) => row));
    await recordAll(tx, { ...ctx, now: () => before(now, days(1)) }, people.flatMap(historyOf));
    await tx.insert(passwordCredential).values(hashes);
    await tx.insert(totpCredential).values(apps);
    await tx
      .insert(roleGrant)
      .values(credentials.flatMap(({ row, person }) => grantRows(ctx, row.id, person, offices)));
    await seedQuestionBank(tx);
    await tx.insert(securityAnswer).values(answers);
    await tx.insert(demonstration).values({ mark: "demo", filledAt: now });
  });
  for (const { row, person } of people) if (person.bounced) await bounceActivation(ctx, agency, row.id, person.bounced);
  await countDays(ctx);
}

function personRow(ctx: Context, person: DemoPerson, officeId: string, domain: string) {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const identity = { type: "mykad", number: person.mykad } as const;
  const yesterday = before(now, days(1));
  const activated = ["activated", "suspended", "locked", "closed"].includes(person.status);
  const proven = activated || person.status === "email_verified";
  const row: typeof account.$inferInsert = {
    id,
    status: person.status,
    suspendedFrom: person.status === "suspended" ? "activated" : null,
    identityType: "mykad",
    identitySealed: sealIdentity(ctx, id, identity),
    ...indexColumns(ctx.keys, identity),
    fullName: person.fullName,
    officialEmail: `${person.mailbox}@${domain}`,
    officialEmailVerifiedAt: proven ? yesterday : null,
    officeId,
    createdAt: yesterday,
    selfRegisteredAt: person.selfRegistered ? yesterday : null,
    staffConfirmedAt: person.selfRegistered ? null : yesterday,
    activatedAt: activated ? yesterday : null,
    closedAt: person.status === "closed" ? now : null,
    asksTwoFactors: person.authenticatorApp ?? false,
  };
  return { row, person };
}

async function hashed(accountId: string, secret: string, setAt: Date) {
  const hash = await hashSecret(secret);
  if (!hash.ok) throw new Error(`A demo person's secret could not be hashed: ${hash.error}`);
  return { accountId, hash: hash.value, setAt };
}

function appRow(ctx: Context, accountId: string, secret: string): typeof totpCredential.$inferInsert {
  const setAt = ctx.now();
  const id = uuidv7(setAt, ctx.random);
  const secretSealed = seal(ctx.keys.sealing, ctx.random, secret, TOTP_PURPOSE, id);
  return { accountId, id, secretSealed, lastStep: 0, setAt };
}

function grantRows(ctx: Context, accountId: string, { roles = [] }: DemoPerson, offices: readonly { id: string }[]) {
  const now = ctx.now();
  return roles.flatMap(({ role, offices: named }) =>
    (named?.map((n) => offices[n]?.id ?? null) ?? [null]).map((officeId): typeof roleGrant.$inferInsert => ({
      id: uuidv7(now, ctx.random),
      accountId,
      role,
      officeId,
      state: "active",
      fromAt: now,
      grantedAt: now,
    })),
  );
}

/** What has happened to somebody so far, for the activity, the trail and the figures to agree with their state. */
function historyOf({ row, person }: { row: typeof account.$inferInsert; person: DemoPerson }): AuditEvent[] {
  const { id: accountId, officeId, activatedAt, officialEmailVerifiedAt } = row;
  const linkId = accountId;
  return [
    person.selfRegistered
      ? { type: "account.registered", accountId, officeId, captcha: true }
      : { type: "account.pre_registered", accountId, officeId },
    ...(officialEmailVerifiedAt ? [{ type: "account.email_verified" as const, accountId, linkId }] : []),
    ...(activatedAt ? [{ type: "account.activated" as const, accountId, linkId }] : []),
  ];
}

/** Meets both policies: four classes and more than fifteen characters. */
const randomPassword = (ctx: Context): string => `Demo-${ctx.random(9).toString("base64url").replace(/[-_]/g, "x")}-7`;

/** To the questions that staff know from the systems before this one. */
const randomAnswers = (ctx: Context): NonNullable<DemoCredential["securityAnswers"]> =>
  questionBank.slice(0, QUESTIONS_WANTED).map(({ id: questionId }) => ({
    questionId,
    answer: `Contoh ${ctx.random(4).toString("hex")}`,
  }));

type Secrets = { person: DemoPerson; row: { officialEmail: string } } & {
  [S in "password" | "totpSecret" | "securityAnswers"]: DemoCredential[S] | undefined;
};

function writeCredentials(file: string, people: readonly Secrets[]): void {
  const entries: DemoCredential[] = people.map(({ person, row, password, totpSecret, securityAnswers }) => ({
    role: person.role,
    identityNumber: person.mykad,
    officialEmail: row.officialEmail,
    ...(password && { password }),
    ...(totpSecret && { totpSecret }),
    ...(securityAnswers && { securityAnswers }),
  }));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 });
  fs.chmodSync(file, 0o600);
}
