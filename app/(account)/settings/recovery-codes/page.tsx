import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { issuerName } from "#app/totp-setup/issuer.ts";
import { Callout } from "#components/ui/callout.tsx";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { FEW_LEFT } from "#lib/authenticators/advise.ts";
import { findRecoveryCodes } from "#lib/authenticators/recovery-codes/find-recovery-codes.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { settingsPages } from "../settings-pages.ts";
import { MakeCodes } from "./form.tsx";
import { PresentCodes } from "./present.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recoveryCodes"))("title") };
}

export default async function RecoveryCodesPage() {
  const [{ ctx, session }, language, t, product] = await Promise.all([
    requireSession(settingsPages["recovery-codes"].path),
    getLocale(),
    getTranslations("recoveryCodes"),
    issuerName(),
  ]);
  const [codes, enrolled] = await Promise.all([findRecoveryCodes(ctx), enrolledOf(ctx.db, session.accountId)]);
  const { form, recoveryCodes } = messages[language];
  const few = codes !== null && codes.left <= FEW_LEFT;
  return (
    <SettingsFrame here="recovery-codes">
      <div className="off-paper">
        <PageHead heading={t("heading")} lead={t("lead")} />
      </div>
      <div className="cards">
        <MakeCodes
          replaces={codes?.version ?? ""}
          primary={codes === null || few}
          words={{ submit: t(codes ? "renewSubmit" : "make"), submitting: t("making") }}
          shown={{
            ...recoveryCodes.shown,
            fileTitle: t("shown.fileTitle", { product }),
            fileMade: t("shown.fileMade", { at: formatDate(ctx.now(), language) }),
            fileWhere: t("shown.fileWhere", { origin: config().origin }),
          }}
          summary={{ one: form.errorOne, many: form.errorMany }}
          about={
            codes ? (
              <>
                <h2 className="h3">{t("renew")}</h2>
                <p>{t("renewText")}</p>
              </>
            ) : (
              <>
                <div className="card-head">
                  <h2 className="h3">{t("empty")}</h2>
                </div>
                <p>{t("emptyText")}</p>
              </>
            )
          }
        >
          {few && <Callout tone="warn">{t("few", { left: codes.left })}</Callout>}
          {!hasSecondFactor(enrolled) && <Callout>{t("noSecond")}</Callout>}
          {codes && <PresentCodes codes={codes} />}
        </MakeCodes>
      </div>
    </SettingsFrame>
  );
}
