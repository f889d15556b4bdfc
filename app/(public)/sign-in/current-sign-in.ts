import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Context } from "#lib/kernel/context.ts";
import { HOLE, MADE_FOR_ALL } from "#lib/server/front/kept/made-for-all.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentCeremony, type UnderWay, untouched } from "#lib/sign-in/current-ceremony.ts";

type SignIn = { ctx: Context; ceremonyToken: string; ceremony: UnderWay };

/**
 * The sign-in that waits for a proof in this browser; or away to its beginning, which says why. One that steps a
 * session up has a page of its own, which is told by `stepUp` what was asked for; one that an enrolment ticket began is
 * done with the password, on the `password` page. One named query; none where the front has asked already, since the page
 * is made for everybody.
 */
export async function currentSignIn({
  stepUp = "/sign-in/step-up",
  password = false,
}: {
  stepUp?: string;
  password?: boolean;
} = {}): Promise<SignIn> {
  const [ctx, ceremonyToken, said] = await Promise.all([currentContext(), readCookie("sign-in"), headers()]);
  if (said.has(MADE_FOR_ALL)) return { ctx, ceremonyToken: "", ceremony: untouched(HOLE) };
  const ceremony = ceremonyToken ? await currentCeremony(ctx, ceremonyToken) : null;
  if (!ceremonyToken || !ceremony) redirect("/sign-in?notice=startAgain");
  if (ceremony.sessionId !== null) redirect(stepUp);
  if (ceremony.isEnrolment && !password) redirect("/sign-in/password");
  return { ctx, ceremonyToken, ceremony };
}
