import { getLocale, getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { HOLD_AFTER_RECOVERY } from "#lib/account/mailbox/change-state.ts";
import { days, hours } from "#lib/kernel/time.ts";
import { MAILBOX_UNDO_LIFETIME } from "#lib/mail/letters.ts";
import { type RestoreShown, viewMailboxRestore } from "#lib/recovery/undo/restore-mailbox.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { CallHelpdesk } from "../../recover/call-helpdesk.tsx";
import { LinkEnd } from "../../recover/link-end.tsx";
import { restore } from "./actions.ts";

/** What the letter to the former official mailbox leads to where its owner did not change it. */
export async function RestoreMailbox({ token }: { token: string }) {
  const [t, ctx] = await Promise.all([getTranslations("mailboxChange.restore"), currentContext()]);
  const link = await viewMailboxRestore(ctx, token);
  if (link.ok) return <ChangeToUndo change={link.value} />;
  const why = link.error;
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { days: MAILBOX_UNDO_LIFETIME / days(1) }) };
  return <LinkEnd words={words} done={why === "used"} next={{ href: "/sign-in", words: t("signIn") }} />;
}

async function ChangeToUndo({ change: { mailbox, at, device, again } }: { change: RestoreShown }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("mailboxChange.restore")]);
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
            <dt>{t("address")}</dt>
            <dd>
              <MailAddress address={mailbox} />
            </dd>
          </div>
          <div>
            <dt>{t("when")}</dt>
            <dd>{formatDate(at, language)}</dd>
          </div>
          {device && (
            <div>
              <dt>{t("device")}</dt>
              <dd>{deviceIn(language, device)}</dd>
            </div>
          )}
        </dl>
      </section>
      {!again && (
        <>
          <h2 className="h4 mt-6">{t("what")}</h2>
          <ul className="ready mt-3">
            {(["back", "signOut", "disable", "choose"] as const).map((step) => (
              <li key={step}>
                <Icon name="check" />
                <span>{t(`steps.${step}`, { hours: HOLD_AFTER_RECOVERY / hours(1) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <form action={restore} className="actions">
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
