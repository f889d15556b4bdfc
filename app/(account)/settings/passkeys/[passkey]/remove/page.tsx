import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { orElse } from "#app/or-else.tsx";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { assuranceOf } from "#lib/assurance/assurance.ts";
import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { standingOf } from "#lib/assurance/sensitive.ts";
import { mayRemovePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { SettingsFrame } from "../../../settings-frame.tsx";
import { settingsPages } from "../../../settings-pages.ts";
import { WaysLeft } from "../../../ways-left/list.tsx";
import { requireOwnPasskey } from "../../own-passkey.ts";
import { listPath, removePath } from "../../paths.ts";
import NoSuchPasskey from "../not-found.tsx";
import { removeOwnPasskey } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("passkeys.removing"))("title") };
}

async function RemovePasskeyPage({ params }: { params: Promise<{ passkey: string }> }) {
  const { passkey: passkeyId } = await params;
  const path = removePath(passkeyId);
  const [{ ctx, passkey, others }, language, t] = await Promise.all([
    requireOwnPasskey(path, passkeyId),
    getLocale(),
    getTranslations("passkeys.removing"),
  ]);
  const standing = await standingOf(ctx.db, ctx);
  if (!standing) redirect(signInPath(path));
  const { enrolled, proofs } = standing;
  const signsOut = assuranceOf(proofs.filter(({ credential }) => credential !== passkey.id)) === null;
  const left = { ...enrolled, passkeys: others.length };
  const { submitting } = messages[language].passkeys.removing;
  return (
    <SettingsFrame here="passkeys">
      <section className="card">
        <h1>{t("heading", { name: passkey.name })}</h1>
        {mayRemovePasskey(enrolled, ctx.policy) ? (
          <form action={removeOwnPasskey} className="removing">
            <input type="hidden" name="passkey" value={passkey.id} />
            <p>{t("text")}</p>
            <WaysLeft left={left} policy={ctx.policy} passkeys={others.map(({ name }) => name)} />
            {signsOut && <Callout>{t("signsOut")}</Callout>}
            {!hasSecondFactor(left) && <Callout tone="warn">{t("last")}</Callout>}
            <p className="muted">{t("alsoDevice")}</p>
            <div className="actions">
              <Submit variant="danger" icon="trash" busy={submitting}>
                {t("submit")}
              </Submit>
              <LinkButton variant="quiet" href={listPath}>
                {t("cancel")}
              </LinkButton>
            </div>
          </form>
        ) : (
          <div className="removing">
            <Callout tone="warn">
              <p>
                {t.rich("blocked", { a: (words) => <a href={settingsPages["authenticator-app"].path}>{words}</a> })}
              </p>
            </Callout>
            <div className="actions">
              <LinkButton href={listPath}>{t("back")}</LinkButton>
            </div>
          </div>
        )}
      </section>
    </SettingsFrame>
  );
}

export default orElse(NoSuchPasskey)(RemovePasskeyPage);
