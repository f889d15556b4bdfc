import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Submit } from "#components/form/submit.tsx";
import { findProfile } from "#lib/account/profile/find-profile.ts";
import { listCorrections } from "#lib/account/profile/list-corrections.ts";
import { identityReasonsOf } from "#lib/account/profile/request-correction.ts";
import { isProven, standingOf } from "#lib/assurance/sensitive.ts";
import type { Language } from "#lib/kernel/context.ts";
import { type IdentityNumber, maskIdentity } from "#lib/kernel/identity-number.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CorrectionFrame } from "../correction-frame.tsx";
import { REASON_MAX } from "../read-reason.ts";
import { proveFirst } from "./actions.ts";
import { IdentityForm } from "./form.tsx";

const PATH = "/settings/profile/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests.identity"))("title") };
}

export default async function IdentityPage() {
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession(PATH),
    getLocale(),
    getTranslations("requests.identity"),
  ]);
  const [{ identity }, corrections, standing] = await Promise.all([
    findProfile(ctx, session.accountId),
    listCorrections(ctx, session.accountId, "identity"),
    standingOf(ctx.db, ctx),
  ]);
  if (!standing) redirect(signInPath(PATH));
  const now = {
    identity: maskIdentity(identity),
    b: (words: ReactNode) => <strong className="nowrap">{words}</strong>,
  };
  return (
    <CorrectionFrame
      kind="identity"
      lead={t.rich(identity.type === "mykad" ? "leadMykad" : "leadPassport", now)}
      corrections={corrections}
      language={language}
    >
      {isProven(standing, ctx.now()) ? <Ask identity={identity} language={language} /> : <ProveFirst />}
    </CorrectionFrame>
  );
}

async function Ask({ identity, language }: { identity: IdentityNumber; language: Language }) {
  const t = await getTranslations();
  const { form, requests, register } = messages[language];
  const { reason, submit, submitting } = requests;
  const { why, whys } = requests.identity;
  return (
    <IdentityForm
      words={{
        ...register.form,
        why,
        reason,
        reasonHint: t("requests.reasonHint", { max: REASON_MAX }),
        submit,
        submitting,
      }}
      summary={{ one: form.errorOne, many: form.errorMany }}
      elsewhere={{
        address: `/api/countries/${language}`,
        plain: register.form.countryPlain.replace(register.form.submit, submit),
        failed: register.form.countryFailed,
        retry: register.form.countryRetry,
        phone: config().agency.helpdeskPhone,
      }}
      whys={identityReasonsOf(identity).map((value) => ({ value, label: whys[value] }))}
      now={identity.type}
    />
  );
}

async function ProveFirst() {
  const t = await getTranslations("requests.identity");
  return (
    <section className="card" aria-labelledby="prove">
      <h2 className="h3" id="prove">
        {t("prove")}
      </h2>
      <p>{t("proveText")}</p>
      <form action={proveFirst} className="actions">
        <Submit busy={t("proving")}>{t("proveButton")}</Submit>
      </form>
    </section>
  );
}
