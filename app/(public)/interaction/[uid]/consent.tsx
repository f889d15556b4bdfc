import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import type { Shown } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { agreeToShare } from "./actions.ts";
import type { OnWay } from "./on-way.ts";
import { TurnBackForm } from "./turn-back-form.tsx";

type Props = OnWay & { person: Shown; scopes: readonly string[] };

/** A system of others asks for the first time: what it would be told, with the very values, before it is told anything. */
export async function Consent({ uid, system, person, scopes }: Props) {
  const [t, language] = await Promise.all([getTranslations("interaction.consent"), getLocale()]);
  const facts = {
    openid: t("scopes.openidValue"),
    profile: `${person.fullName} · ${person.officeName}`,
    email: person.officialEmail,
    roles:
      person.roles.map(({ nameMs, nameEn }) => (language === "en" ? nameEn : nameMs)).join(", ") || t("scopes.noRoles"),
  };
  const told = (Object.keys(facts) as (keyof typeof facts)[]).filter((scope) => scopes.includes(scope));
  const { name } = system;
  const words = await getTranslations("interaction");
  return (
    <SignInPanel wide under={<TurnBackForm uid={uid} words={t("refuse")} busy={words("backBusy")} />}>
      <SystemHead system={system} lead={words("head")} />
      <h1>{t("heading", { system: name })}</h1>
      <p className="lead">{t("lead")}</p>
      <dl className="facts told">
        {told.map((scope) => (
          <div key={scope}>
            <dt>{t(`scopes.${scope}`)}</dt>
            <dd>{facts[scope]}</dd>
          </div>
        ))}
      </dl>
      <p>{t("identity")}</p>
      <form action={agreeToShare} className="actions">
        <input type="hidden" name="uid" value={uid} />
        <Submit block busy={t("submitting")}>
          {t("submit")}
        </Submit>
      </form>
      <p className="muted mt-3">{t("later")}</p>
    </SignInPanel>
  );
}
