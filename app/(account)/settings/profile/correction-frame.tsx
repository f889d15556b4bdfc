import type { ReactNode } from "react";
import { CallHelpdesk } from "#app/(public)/recover/call-helpdesk.tsx";
import type { Correction, CorrectionKind } from "#lib/account/profile/list-corrections.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { BackToProfile } from "./back-to-profile.tsx";
import { PastCorrections } from "./past-corrections.tsx";
import { WaitingCorrection } from "./waiting-correction.tsx";

type CorrectionFrameProps = {
  kind: CorrectionKind;
  /** What it is now. */
  lead: ReactNode;
  /** Of this kind, newest first. */
  corrections: readonly Correction[];
  language: Language;
  /** Above the form; as long as one waits neither is shown. */
  before?: ReactNode;
  /** Asks for it. */
  children: ReactNode;
};

/** Around what asks others to put something right: what waits, or the form and what follows it, and what was before. */
export async function CorrectionFrame({ kind, lead, corrections, language, before, children }: CorrectionFrameProps) {
  const t = await getTranslations("requests");
  const open = corrections.find(({ state }) => state === "open");
  return (
    <SettingsFrame here="profile">
      <PageHead heading={t(`${kind}.title`)} lead={lead} />
      <div className="cards">
        {open ? (
          <WaitingCorrection correction={open} language={language} />
        ) : (
          <>
            {before}
            {children}
            <section className="card" aria-labelledby="next">
              <h2 className="h4" id="next">
                {t("next")}
              </h2>
              <p>{t(`${kind}.who`)}</p>
              <p className="muted mt-3">{t("sameNow")}</p>
            </section>
          </>
        )}
        <PastCorrections corrections={corrections.filter((each) => each !== open)} language={language} />
        <CallHelpdesk />
      </div>
      <BackToProfile />
    </SettingsFrame>
  );
}
