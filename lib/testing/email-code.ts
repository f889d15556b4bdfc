import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { issueEmailCode } from "#lib/authenticators/email-code/issue-email-code.ts";
import type { Context } from "#lib/kernel/context.ts";
import { emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import {
  answerEmailCodeRequest,
  EMAIL_CODE_REQUESTS_QUEUE,
  type EmailCodeRequest,
} from "#lib/sign-in/request-email-code.ts";
import type { World } from "./new-world.ts";

/** A sign-in under way for an account, or for a number nobody has. Its id. */
export async function ceremonyOf(ctx: Context, accountId: string | null): Promise<string> {
  const id = randomUUID();
  await ctx.db.insert(signInCeremony).values({
    id,
    tokenDigest: id,
    step: "prove",
    identityIndex: "-",
    accountId,
    required: "aal1",
    proofs: [],
    startedAt: ctx.now(),
  });
  return id;
}

/** Issues a code as the sign-in's job does, its letter owed with it: its digits, or null where it was refused. */
export async function issueCode(
  ctx: Context,
  accountId: string,
  ceremonyId: string,
  knownBrowser = true,
): Promise<string | null> {
  const before = await codesOf(ctx, accountId);
  await ctx.db.transaction(async (tx) => {
    const [owner] = await tx.select().from(account).where(eq(account.id, accountId)).for("no key update");
    if (owner) await issueEmailCode(tx, ctx, owner, { ceremonyId, at: ctx.now(), knownBrowser });
  });
  const after = await codesOf(ctx, accountId);
  return after.length > before.length ? emailCodeOf(ctx.keys, after.at(-1)?.id ?? "") : null;
}

/** Runs what waits in the queue, as a worker would; answers how many there were. */
export async function answerEmailCodeRequests(world: World): Promise<number> {
  const { rows } = await world.owner.query<{ data: EmailCodeRequest }>(
    `delete from pgboss.job where name = '${EMAIL_CODE_REQUESTS_QUEUE}' returning data`,
  );
  for (const { data } of rows) await answerEmailCodeRequest(world.asSystem(), data);
  return rows.length;
}

/** The codes of an account, oldest first. */
export const codesOf = (ctx: Context, accountId: string) =>
  ctx.db
    .select()
    .from(emailCode)
    .where(eq(emailCode.accountId, accountId))
    .orderBy(asc(emailCode.createdAt), asc(emailCode.id));

/** Another code than this one. */
export const wrongCode = (code: string | null): string => (code === "000000" ? "000001" : "000000");
