import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { isEnoughLeft } from "#lib/authenticators/enough-left.ts";
import { withoutApp } from "#lib/authenticators/totp/remove-totp.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SettingsFrame } from "../../settings-frame.tsx";
import { settingsPages } from "../../settings-pages.ts";
import { WaysLeft } from "../../ways-left/list.tsx";
import { removeApp } from "../actions.ts";

const { path } = settingsPages["authenticator-app"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("authenticatorApp.removing"))("title") };
}

export default async function RemoveAppPage() {
  const [{ ctx, session }, t] = await Promise.all([
    requireSession(`${path}/remove`),
    getTranslations("authenticatorApp.removing"),
  ]);
  const enrolled = await enrolledOf(ctx.db, session.accountId);
  if (!enrolled.totp) redirect(path);
  const left = withoutApp(enrolled);
  const why = ctx.policy.twoFactors === "always" && !hasSecondFactor(left) ? "blocked" : "none";
  return (
    <SettingsFrame here="authenticator-app">
      <section className="card">
        <h1>{t("heading")}</h1>
        {!isEnoughLeft(left, ctx.policy) ? (
          <div className="removing">
            <Callout tone="warn">
              <p>{t.rich(why, { a: (words) => <a href={settingsPages.passkeys.path}>{words}</a> })}</p>
            </Callout>
            <div className="actions">
              <LinkButton href={path}>{t("back")}</LinkButton>
            </div>
          </div>
        ) : (
          <form action={removeApp} className="removing">
            <p>{t("text")}</p>
            <WaysLeft left={left} policy={ctx.policy} />
            {!hasSecondFactor(left) && <Callout tone="warn">{t("last")}</Callout>}
            <div className="actions">
              <Submit variant="danger" icon="trash" busy={t("submitting")}>
                {t("submit")}
              </Submit>
              <LinkButton variant="quiet" href={path}>
                {t("cancel")}
              </LinkButton>
            </div>
          </form>
        )}
      </section>
    </SettingsFrame>
  );
}
