import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { listCorrections } from "#lib/account/profile/list-corrections.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CorrectionFrame } from "../correction-frame.tsx";
import { REASON_MAX } from "../read-reason.ts";
import { NameForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests.name"))("title") };
}

export default async function NamePage() {
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession("/settings/profile/name"),
    getLocale(),
    getTranslations("requests"),
  ]);
  const corrections = await listCorrections(ctx, session.accountId, "name");
  const { form, requests } = messages[language];
  const { reason, submit, submitting } = requests;
  const { label, hint } = requests.name;
  return (
    <CorrectionFrame
      kind="name"
      lead={t.rich("name.lead", { name: session.fullName, b: (words) => <strong>{words}</strong> })}
      corrections={corrections}
      language={language}
    >
      <NameForm
        words={{ label, hint, reason, reasonHint: t("reasonHint", { max: REASON_MAX }), submit, submitting }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </CorrectionFrame>
  );
}
