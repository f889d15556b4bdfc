import type { Metadata } from "next";
import { cache } from "react";
import { viewRecovery } from "#lib/recovery/lost-factor/view-recovery.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Questions } from "./questions.tsx";
import { RecoveryEnd } from "./recovery-end.tsx";
import { WaitShown } from "./wait-shown.tsx";

/** The recovery of this browser's mailed link. */
const currentRecovery = cache(async () => {
  const [ctx, token] = await Promise.all([currentContext(), readCookie("recovery")]);
  return token ? viewRecovery(ctx, token) : null;
});

export async function generateMetadata(): Promise<Metadata> {
  const [t, found] = await Promise.all([getTranslations("lostFactor"), currentRecovery()]);
  if (!found?.ok) return { title: t("title") };
  return { title: t(found.value.step === "answers" ? "answers.title" : "progress.title") };
}

/** Where the mailed link leads: the questions, then the wait until it is over, and what became of it. */
export default async function ProgressPage() {
  const found = await currentRecovery();
  if (!found?.ok) return <RecoveryEnd why={found?.error ?? "unknown"} />;
  return found.value.step === "answers" ? (
    <Questions questions={found.value.questions} />
  ) : (
    <WaitShown wait={found.value.wait} />
  );
}
