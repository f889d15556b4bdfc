import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { findProfile } from "#lib/account/profile/find-profile.ts";
import { showMobile } from "#lib/kernel/mobile-number.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { PageHead } from "../../page-head.tsx";
import { SettingsFrame } from "../../settings-frame.tsx";
import { BackToProfile } from "../back-to-profile.tsx";
import { removeMobile } from "./actions.ts";
import { MobileForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile.mobilePage"))("title") };
}

export default async function MobilePage() {
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession("/settings/profile/mobile"),
    getLocale(),
    getTranslations("profile.mobilePage"),
  ]);
  const { mobile } = await findProfile(ctx, session.accountId);
  const { form, profile } = messages[language];
  const { label, hint } = profile.mobilePage;
  return (
    <SettingsFrame here="profile">
      <PageHead heading={t("title")} lead={t("lead")} />
      <div className="cards">
        <MobileForm
          words={{ label, hint, save: profile.save, saving: profile.saving }}
          summary={{ one: form.errorOne, many: form.errorMany }}
          now={mobile ? showMobile(mobile) : ""}
        />
        {mobile && (
          <section className="card" aria-labelledby="remove">
            <h2 className="h3" id="remove">
              {t("remove")}
            </h2>
            <p>{t("removeText")}</p>
            <form action={removeMobile} className="actions">
              <Submit variant="danger" busy={t("removing")}>
                {t("remove")}
              </Submit>
            </form>
          </section>
        )}
      </div>
      <BackToProfile />
    </SettingsFrame>
  );
}
