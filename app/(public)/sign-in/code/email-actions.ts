"use server";
import { redirect } from "next/navigation";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { requestEmailCode } from "#lib/sign-in/request-email-code.ts";

const page = "/sign-in/code?method=email";

/** The card: asks for a code, and on to where it is typed, whether or not one is owed. */
export async function askForEmailCode(): Promise<void> {
  redirect((await asked()) === "now" ? page : `${page}&sent=soon`);
}

/** From the page where it is typed: asks for another. */
export async function askForAnotherCode(): Promise<void> {
  redirect((await asked()) === "now" ? `${page}&sent=again` : `${page}&sent=soon`);
}

/** "soon": the one before was asked for less than a minute ago, so it stands. */
async function asked(): Promise<"now" | "soon"> {
  const [ctx, ceremony] = await Promise.all([browserContext(), readCookie("sign-in")]);
  const now = ctx.now();
  const answer = ceremony ? await requestEmailCode(ctx, ceremony) : null;
  if (!answer?.ok) redirect("/sign-in?notice=startAgain");
  return answer.value.requestedAt >= now ? "now" : "soon";
}
