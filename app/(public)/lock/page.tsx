import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { days } from "#lib/kernel/time.ts";
import { LOCK_LINK_LIFETIME } from "#lib/mail/letters.ts";
import { type LockShown, viewLockLink } from "#lib/recovery/lock/lock-by-letter.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { LinkEnd } from "../recover/link-end.tsx";
import { lockNow } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lock.letter"))("title") };
}

/** What "lock my account now" in a notice leads to. Reading it changes nothing; the button does. */
export default async function LockByLetterPage() {
  const [t, token] = await Promise.all([getTranslations("lock.ends"), readCookie("lock")]);
  const link = token ? await viewLockLink(await currentContext(), token) : null;
  if (link?.ok) return <AccountToLock {...link.value} />;
  const why = link?.error ?? "unknown";
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { days: LOCK_LINK_LIFETIME / days(1) }) };
  const next = why === "locked" ? { href: "/lock/done", words: t("unlock") } : { href: "/sign-in", words: t("signIn") };
  return <LinkEnd words={words} done={why === "locked"} next={next} />;
}

async function AccountToLock({ to, sentAt }: LockShown) {
  const [language, t, { steps }] = await Promise.all([getLocale(), getTranslations("lock.letter"), locking()]);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead")}</p>
      <section className="person" aria-labelledby="which">
        <h2 className="h4" id="which">
          {t("which")}
        </h2>
        <dl className="facts">
          <div>
            <dt>{t("email")}</dt>
            <dd>
              <MailAddress address={to} />
            </dd>
          </div>
          <div>
            <dt>{t("sent")}</dt>
            <dd>{formatDate(sentAt, language)}</dd>
          </div>
        </dl>
      </section>
      <ul className="ready mt-6">
        {steps.map((step) => (
          <li key={step}>
            <Icon name="check" />
            <span>{step}</span>
          </li>
        ))}
      </ul>
      <form action={lockNow} className="actions">
        <Submit variant="danger" icon="lock" busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
      <hr className="divide" />
      <p className="muted">{t("mine")}</p>
    </SignInPanel>
  );
}

/** What locking does, as the settings say it. */
async function locking(): Promise<{ steps: string[] }> {
  const t = await getTranslations("lock.settings.steps");
  return { steps: [t("signOut"), t("nobody"), t("stops"), t("told")] };
}
