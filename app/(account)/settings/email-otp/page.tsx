import type { Metadata } from "next";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { currentEmailCode } from "#lib/authenticators/email-code/current-email-code.ts";
import { minutes } from "#lib/kernel/time.ts";
import { EMAIL_CODE_LIFETIME } from "#lib/mail/letters.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { SwitchCard } from "./switch-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("email-otp") };
}

const done = ["on", "off"] as const;
const notices = ["mailbox_unverified", "last_way"] as const;
const facts = {
  minutes: EMAIL_CODE_LIFETIME / minutes(1),
  tries: limits.triesPerCode,
  anHour: limits.letters.anHour,
};

export default async function EmailOtpPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, t, asked] = await Promise.all([
    requireSession("/settings/email-otp"),
    getTranslations("emailCode.settings"),
    searchParams,
  ]);
  const setting = await currentEmailCode(ctx, session.accountId);
  const isDone = done.find((each) => each === asked.done);
  const notice = notices.find((each) => each === asked.notice);
  return (
    <SettingsFrame here="email-otp">
      {isDone && <Done words={t(`done.${isDone}`)} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        {notice && (
          <div role="alert">
            <Callout tone="warn">{t(`notice.${notice}`)}</Callout>
          </div>
        )}
        <SwitchCard setting={setting} policy={ctx.policy} />
        <section className="card" aria-labelledby="about">
          <h2 className="h3" id="about">
            {t("about")}
          </h2>
          <div className="prose">
            <ul>
              <li>{t("facts.lifetime", facts)}</li>
              <li>{t("facts.here")}</li>
              <li>{t("facts.often", facts)}</li>
              <li>{t("facts.oneFactor")}</li>
              <li>{t("facts.nobody")}</li>
            </ul>
          </div>
          <GuideLink to="email-otp" />
        </section>
      </div>
    </SettingsFrame>
  );
}
