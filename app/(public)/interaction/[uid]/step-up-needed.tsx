import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import type { Aal } from "#lib/assurance/assurance.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { proveForSystem } from "./actions.ts";
import type { OnWay } from "./on-way.ts";
import { TurnBackForm } from "./turn-back-form.tsx";

type Props = OnWay & { why: "too_weak" | "too_old"; level: Aal };

/** Signed in, and not as well or as lately as the system asks: it says so, and one button leads through what is missing. */
export async function StepUpNeeded({ uid, system, why, level }: Props) {
  const t = await getTranslations("interaction");
  const { name } = system;
  const lead = why === "too_old" ? "leadOld" : level === "aal2-phr" ? "leadPasskey" : "leadTwo";
  return (
    <SignInPanel under={<TurnBackForm uid={uid} words={t("back", { system: name })} busy={t("backBusy")} />}>
      <SystemHead system={system} lead={t("head")} />
      <h1>{t(why === "too_old" ? "stepUp.tooOld" : "stepUp.tooWeak", { system: name })}</h1>
      <p className="lead">{t(`stepUp.${lead}`)}</p>
      <form action={proveForSystem} className="actions">
        <input type="hidden" name="uid" value={uid} />
        <Submit block busy={t("stepUp.submitting")}>
          {t("stepUp.submit")}
        </Submit>
      </form>
    </SignInPanel>
  );
}
