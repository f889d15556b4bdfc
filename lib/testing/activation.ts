import { desc, eq } from "drizzle-orm";
import { activationLink } from "#db/schema/account.ts";
import { addSecurityAnswer } from "#lib/account/activation/answer-security-question.ts";
import { confirmActivationLink } from "#lib/account/activation/confirm-activation-link.ts";
import { answerLinkRequest, linkRequest } from "#lib/account/activation/request-activation-link.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type IdentityNumber, lastFour } from "#lib/kernel/identity-number.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";

type Owner = { id: string; identity: IdentityNumber };

/** The newest link of an account, with the token its letter carries. */
export async function newestLink(ctx: Context, owner: { id: string }) {
  const [link] = await ctx.db
    .select()
    .from(activationLink)
    .where(eq(activationLink.accountId, owner.id))
    .orderBy(desc(activationLink.createdAt))
    .limit(1);
  if (!link) throw new Error("The account has no link");
  return { ...link, token: mailedToken(ctx.keys, "activation", link.id) };
}

/** A request for a link, and the job that answers it. */
export const askForLink = (ctx: Context, identity: IdentityNumber): Promise<void> =>
  answerLinkRequest(ctx, linkRequest(ctx, identity));

/** Asks for a link, has its letter delivered and confirms it: the ceremony's secret. */
export async function beginActivation(ctx: Context, owner: Owner, deliver: () => Promise<unknown>) {
  await askForLink(ctx, owner.identity);
  await deliver();
  const link = await newestLink(ctx, owner);
  const confirmed = await confirmActivationLink(ctx, link.token, lastFour(owner.identity));
  if (!confirmed.ok) throw new Error(`The link was refused: ${confirmed.error}`);
  return { link, ceremonyToken: confirmed.value.ceremonyToken };
}

export const exampleAnswers = [
  ["mother_name", "Kamariah"],
  ["first_school", "Sekolah Kebangsaan Seri Contoh"],
  ["first_car", "Proton Iswara merah"],
] as const;

export async function answerAll(ctx: Context, ceremonyToken: string): Promise<void> {
  for (const [questionId, answer] of exampleAnswers) {
    const added = await addSecurityAnswer(ctx, ceremonyToken, questionId, answer);
    if (!added.ok) throw new Error(`The answer to ${questionId} was refused: ${added.error}`);
  }
}
