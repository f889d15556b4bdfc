import { redirect } from "next/navigation";
import type { Context } from "#lib/kernel/context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentCeremony, type UnderWay } from "#lib/sign-in/current-ceremony.ts";

type SignIn = { ctx: Context; ceremonyToken: string; ceremony: UnderWay };

/**
 * The sign-in that waits for a proof in this browser; or away to its beginning, which says why. One that steps a
 * session up has a page of its own, which is told by `stepUp` what was asked for; one that an enrolment ticket began is
 * done with the password, on the `password` page. One named query.
 */
export async function currentSignIn({
  stepUp = "/sign-in/step-up",
  password = false,
}: {
  stepUp?: string;
  password?: boolean;
} = {}): Promise<SignIn> {
  const [ctx, ceremonyToken] = await Promise.all([currentContext(), readCookie("sign-in")]);
  const ceremony = ceremonyToken ? await currentCeremony(ctx, ceremonyToken) : null;
  if (!ceremonyToken || !ceremony) redirect("/sign-in?notice=startAgain");
  if (ceremony.sessionId !== null) redirect(stepUp);
  if (ceremony.isEnrolment && !password) redirect("/sign-in/password");
  return { ctx, ceremonyToken, ceremony };
}
