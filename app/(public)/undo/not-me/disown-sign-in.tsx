import { getLocale, getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { days } from "#lib/kernel/time.ts";
import { NOT_ME_LIFETIME } from "#lib/mail/letters.ts";
import { type SignInShown, viewDisownedSignIn } from "#lib/recovery/undo/disown-sign-in.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { CallHelpdesk } from "../../recover/call-helpdesk.tsx";
import { LinkEnd } from "../../recover/link-end.tsx";
import { disown } from "./actions.ts";

/** What the letter on a new browser leads to where it was not its owner's. */
export async function DisownSignIn({ token }: { token: string }) {
  const [t, ctx] = await Promise.all([getTranslations("undo"), currentContext()]);
  const link = await viewDisownedSignIn(ctx, token);
  if (link.ok) return <SignInToDisown signIn={link.value} />;
  const why = link.error;
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { days: NOT_ME_LIFETIME / days(1) }) };
  return <LinkEnd words={words} done={why === "used"} next={{ href: "/sign-in", words: t("signIn") }} />;
}

async function SignInToDisown({ signIn: { at, device, again } }: { signIn: SignInShown }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("undo")]);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{t(again ? "againHeading" : "heading")}</h1>
      <p className="lead">{t(again ? "againLead" : "lead")}</p>
      <section className="person" aria-labelledby="which">
        <h2 className="h4" id="which">
          {t("which")}
        </h2>
        <dl className="facts">
          <div>
            <dt>{t("when")}</dt>
            <dd>{formatDate(at, language)}</dd>
          </div>
          <div>
            <dt>{t("device")}</dt>
            <dd>{deviceIn(language, device)}</dd>
          </div>
        </dl>
      </section>
      {!again && (
        <>
          <h2 className="h4 mt-6">{t("what")}</h2>
          <ul className="ready mt-3">
            {(["signOut", "disable", "revoke", "choose"] as const).map((step) => (
              <li key={step}>
                <Icon name="check" />
                <span>{t(`steps.${step}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <form action={disown} className="actions">
        <Submit variant={again ? "primary" : "danger"} busy={t("busy")}>
          {t(again ? "continue" : "button")}
        </Submit>
      </form>
      {!again && (
        <>
          <hr className="divide" />
          <p className="muted">{t("mine")}</p>
        </>
      )}
    </SignInPanel>
  );
}
