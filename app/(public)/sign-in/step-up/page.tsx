import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reaches } from "#lib/assurance/assurance.ts";
import { highestLevel, levelToOpen } from "#lib/assurance/policy.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { countedProofs } from "#lib/sign-in/counted-proofs.ts";
import { currentCeremony } from "#lib/sign-in/current-ceremony.ts";
import { whatCompletes } from "#lib/sign-in/what-completes.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { EnrolFirst } from "./enrol-first.tsx";
import { ProveAgain } from "./prove-again.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("stepUp"))("title") };
}

/**
 * Somebody who is signed in proves themselves once more before a sensitive change: only what is missing is asked for.
 */
export default async function StepUpPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, ceremonyToken, { method, sent }] = await Promise.all([
    requireSession("/settings"),
    readCookie("sign-in"),
    searchParams,
  ]);
  const attempt = ceremonyToken ? await openAttempt(ctx, ceremonyToken) : null;
  if (!ceremonyToken || attempt?.sessionId !== session.id) redirect("/settings");
  const back = attempt.returnTo ?? "/settings";
  if (!reaches(highestLevel(attempt.enrolled), attempt.required))
    return <EnrolFirst back={back} onlyPasskey={attempt.required === "aal2-phr"} />;

  const ways = whatCompletes(
    countedProofs(attempt, ctx.now()),
    attempt.enrolled,
    levelToOpen(attempt.required, attempt.enrolled, ctx.policy),
  );
  if (ways.length === 0) redirect(back);
  const ceremony = await currentCeremony(ctx, ceremonyToken);
  return (
    <ProveAgain
      ctx={ctx}
      ways={ways}
      said={method}
      sent={sent}
      codeRequestedAt={(method === "email" && ceremony?.codeRequestedAt) || null}
      phrase={ceremony?.phrase ?? null}
      back={back}
    />
  );
}
