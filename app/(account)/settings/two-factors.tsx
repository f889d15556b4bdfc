import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { type Enrolled, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { ownDemand } from "#lib/assurance/policy.ts";
import type { Policy } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "./done.tsx";
import type { SettingsPage } from "./settings-pages.ts";
import { settingsPages } from "./settings-pages.ts";
import { switchTwoFactorsAction } from "./two-factors-actions.ts";

type TwoFactorsProps = {
  /** The page it stands on, to come back to. */
  here: SettingsPage;
  enrolled: Enrolled;
  policy: Pick<Policy, "twoFactors">;
};

/**
 * The switch "two factors every time": what it is now, what that means, and the other way round where the owner may.
 */
export async function TwoFactors({ here, enrolled, policy }: TwoFactorsProps) {
  const t = await getTranslations("authenticatorApp.twoFactors");
  const possible = hasSecondFactor(enrolled);
  const on = ownDemand(enrolled, policy) === "aal2";
  const mine = policy.twoFactors === "owner";
  return (
    <section className="card" aria-labelledby="two-factors">
      <div className="card-head">
        <h2 className="h3" id="two-factors">
          {t("heading")}
        </h2>
        <Badge tone={on ? "ok" : undefined} icon={on ? "check" : undefined}>
          {t(on ? "on" : "off")}
        </Badge>
      </div>
      {possible ? (
        <>
          <p>{t(on ? "onText" : "offText")}</p>
          {!mine && <p className="muted">{t("agency")}</p>}
        </>
      ) : (
        <p>
          {t.rich("nothingYet", {
            passkeys: (words) => <a href={settingsPages.passkeys.path}>{words}</a>,
            app: (words) => <a href={settingsPages["authenticator-app"].path}>{words}</a>,
          })}
        </p>
      )}
      {possible && mine && (
        <form action={switchTwoFactorsAction} className="actions">
          <input type="hidden" name="page" value={here} />
          <input type="hidden" name="on" value={on ? "no" : "yes"} />
          <Submit variant="second" small busy={t("switching")}>
            {t(on ? "turnOff" : "turnOn")}
            <span className="sr">: {t("heading")}</span>
          </Submit>
        </form>
      )}
    </section>
  );
}

/** The notice after it was switched; `done` is the page's own search parameter. */
export async function TwoFactorsDone({ done }: { done: unknown }) {
  const t = await getTranslations("authenticatorApp.twoFactors");
  if (done !== "two_factors_on" && done !== "two_factors_off") return null;
  return <Done words={t(done === "two_factors_on" ? "doneOn" : "doneOff")} />;
}
