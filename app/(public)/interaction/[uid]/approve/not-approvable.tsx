import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import type { NotTheirs } from "#lib/relying-party/approval/decide/standing-towards.ts";
import type { Shown } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { OnWay } from "../on-way.ts";
import { TurnBackForm } from "../turn-back-form.tsx";

type Props = OnWay & { person: Shown; why: NotTheirs };

/** A transaction that is not theirs to decide: why, and the way back. Nothing of it is shown. */
export async function NotApprovable({ uid, system, person, why }: Props) {
  const [t, words] = await Promise.all([getTranslations("interaction.notApprovable"), getTranslations("interaction")]);
  const { name } = system;
  return (
    <SignInPanel
      under={<TurnBackForm uid={uid} words={words("approve.back", { system: name })} busy={words("backBusy")} />}
    >
      <SystemHead system={system} lead={words("approve.head")} />
      <h1>{t(`${why}.heading`)}</h1>
      <p className="lead">{t(`${why}.lead`, { system: name, office: person.officeName })}</p>
      <p className="muted mt-3">{words.rich("as", { name: person.fullName, b: (part) => <strong>{part}</strong> })}</p>
    </SignInPanel>
  );
}
