import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { viewCall } from "#lib/helpdesk/caller-check/answer-call.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { CallOnLine } from "./call-on-line.tsx";
import { currentCaller, spokenIn } from "./current-caller.ts";
import { SpokenCodeForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("callerCheck.call"))("title") };
}

/**
 * For whoever is on the telephone with an officer, signed in or not: whether the officer is real, and what to read back.
 * Reading it changes nothing; its buttons do.
 */
export default async function CallPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, ctx, kept, asked] = await Promise.all([
    getLocale(),
    getTranslations("callerCheck.call"),
    currentCaller(),
    readCookie("call"),
    searchParams,
  ]);
  const spoken = spokenIn(kept);
  const call = spoken && (await viewCall(ctx, spoken));
  const signedIn = ctx.actor.kind === "account";
  // The code was typed before its owner signed in: it is sent once more, by them.
  if (call && (!signedIn || call.counterpart !== null))
    return <CallOnLine call={call} signedIn={signedIn} refused={asked.refused} />;
  const { form, callerCheck } = messages[language];
  return (
    <SignInPanel under={<CallHelpdesk />}>
      {asked.stopped !== undefined && (
        <div role="status">
          <Callout tone="ok">{t("stopped")}</Callout>
        </div>
      )}
      <SpokenCodeForm
        words={callerCheck.call}
        summary={{ one: form.errorOne, many: form.errorMany }}
        typed={call ? (spoken ?? undefined) : undefined}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
      </SpokenCodeForm>
      <p className="muted mt-6">{t("never")}</p>
    </SignInPanel>
  );
}
