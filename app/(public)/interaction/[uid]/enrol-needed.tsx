import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import type { Aal } from "#lib/assurance/assurance.ts";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { enrolForSystem } from "./actions.ts";
import type { OnWay } from "./on-way.ts";
import { TurnBackForm } from "./turn-back-form.tsx";

type Props = OnWay & { level: Aal };

/** The system asks for more than this account can prove: there is something to set up first, and a way back from there. */
export async function EnrolNeeded({ uid, system, level }: Props) {
  const t = await getTranslations("interaction");
  const { name } = system;
  const onlyPasskey = level === "aal2-phr";
  const phone = config().agency.helpdeskPhone;
  return (
    <SignInPanel under={<TurnBackForm uid={uid} words={t("back", { system: name })} busy={t("backBusy")} />}>
      <SystemHead system={system} lead={t("head")} />
      <h1>{t(onlyPasskey ? "enrol.headingPasskey" : "enrol.heading", { system: name })}</h1>
      <p className="lead">{t(onlyPasskey ? "enrol.leadPasskey" : "enrol.lead", { system: name })}</p>
      <form action={enrolForSystem} className="actions">
        <input type="hidden" name="uid" value={uid} />
        <Submit block name="what" value="passkey" busy={t("enrol.opening")}>
          {t("enrol.passkey")}
        </Submit>
        {!onlyPasskey && (
          <Submit block variant="second" name="what" value="app" busy={t("enrol.opening")}>
            {t("enrol.authenticatorApp")}
          </Submit>
        )}
      </form>
      {onlyPasskey && (
        <p className="muted mt-3">
          {t.rich("enrol.noPasskeyHere", {
            phone,
            a: (words) => (
              <a className="nowrap" href={telephoneHref(phone)}>
                {words}
              </a>
            ),
          })}
        </p>
      )}
    </SignInPanel>
  );
}
