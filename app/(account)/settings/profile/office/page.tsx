import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { findProfile } from "#lib/account/profile/find-profile.ts";
import { listCorrections } from "#lib/account/profile/list-corrections.ts";
import { offeredOffices } from "#lib/server/offices.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CorrectionFrame } from "../correction-frame.tsx";
import { REASON_MAX } from "../read-reason.ts";
import { OfficeForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests.office"))("title") };
}

export default async function OfficePage() {
  const [{ ctx, session }, language, t, offices] = await Promise.all([
    requireSession("/settings/profile/office"),
    getLocale(),
    getTranslations("requests"),
    offeredOffices(),
  ]);
  const [{ office: now, staffConfirmedAt }, corrections] = await Promise.all([
    findProfile(ctx, session.accountId),
    listCorrections(ctx, session.accountId, "office"),
  ]);
  const { form, requests } = messages[language];
  const { reason, submit, submitting } = requests;
  const { label, placeholder } = requests.office;
  return (
    <CorrectionFrame
      kind="office"
      lead={t.rich("office.lead", { office: `${now.code} ${now.name}`, b: (words) => <strong>{words}</strong> })}
      corrections={corrections}
      language={language}
      before={!staffConfirmedAt && <Callout tone="warn">{t("office.awaiting")}</Callout>}
    >
      <OfficeForm
        words={{ label, placeholder, reason, reasonHint: t("reasonHint", { max: REASON_MAX }), submit, submitting }}
        summary={{ one: form.errorOne, many: form.errorMany }}
        offices={offices
          .filter(({ id }) => id !== now.id)
          .map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
      />
    </CorrectionFrame>
  );
}
