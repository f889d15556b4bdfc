import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import type { Shown } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { signInAsOther } from "./actions.ts";
import type { OnWay } from "./on-way.ts";
import { TurnBackForm } from "./turn-back-form.tsx";

/** The system asks for somebody in particular (`id_token_hint`), and it is not whoever is signed in. */
export async function OtherPerson({ uid, system, person }: OnWay & { person: Shown }) {
  const t = await getTranslations("interaction");
  const { name } = system;
  return (
    <SignInPanel under={<TurnBackForm uid={uid} words={t("back", { system: name })} busy={t("backBusy")} />}>
      <SystemHead system={system} lead={t("head")} />
      <h1>{t("otherPerson.heading", { system: name })}</h1>
      <p className="lead">
        {t.rich("otherPerson.lead", { name: person.fullName, b: (words) => <strong>{words}</strong> })}
      </p>
      <form action={signInAsOther} className="actions">
        <input type="hidden" name="uid" value={uid} />
        <Submit block busy={t("otherPerson.submitting")}>
          {t("otherPerson.submit")}
        </Submit>
      </form>
      <p className="muted mt-3">{t("otherPerson.ends")}</p>
    </SignInPanel>
  );
}
