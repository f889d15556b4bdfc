import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { NewPasswordForm } from "#app/new-password/form.tsx";
import { checklistWords } from "#app/new-password/words.ts";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ownPerson } from "#lib/account/own-person.ts";
import { isProven, standingOf } from "#lib/assurance/sensitive.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { change, proveFirst } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("changePassword"))("title") };
}

const PATH = "/settings/password";

export default async function PasswordPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { done }] = await Promise.all([
    requireSession(PATH),
    getLocale(),
    getTranslations("changePassword"),
    searchParams,
  ]);
  const [standing, person] = await Promise.all([standingOf(ctx.db, ctx), ownPerson(ctx)]);
  if (!standing || !person) redirect(signInPath(PATH));
  const { changePassword, form } = messages[language];
  const { passwordPolicy } = config();
  return (
    <SettingsFrame here="password">
      {done === "changed" && <Done words={t("done")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      {!standing.enrolled.password && (
        <div className="mb-6">
          <Callout tone="warn">{t("disabled")}</Callout>
        </div>
      )}
      {isProven(standing, ctx.now()) ? (
        <NewPasswordForm
          className="card"
          action={change}
          back="/settings"
          policy={passwordPolicy}
          person={person}
          words={{ ...checklistWords(language, passwordPolicy), ...changePassword }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        >
          <p className="mb-6">{t("what")}</p>
        </NewPasswordForm>
      ) : (
        <section className="card" aria-labelledby="prove">
          <h2 className="h3" id="prove">
            {t("prove")}
          </h2>
          <p>{t("proveText")}</p>
          <form action={proveFirst} className="actions">
            <Submit busy={t("proving")}>{t("proveButton")}</Submit>
          </form>
        </section>
      )}
    </SettingsFrame>
  );
}
