import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { days } from "#lib/kernel/time.ts";
import { LOCK_LINK_LIFETIME } from "#lib/mail/letters.ts";
import { type LockShown, viewLockLink } from "#lib/recovery/lock/lock-by-letter.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../recover/link-end.tsx";
import { LinkQuestion } from "../recover/link-question.tsx";
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
  return <LinkEnd words={words} done={why === "locked"} next={next} call={why === "not_open"} />;
}

async function AccountToLock({ to, sentAt }: LockShown) {
  const [language, t, locking] = await Promise.all([
    getLocale(),
    getTranslations("lock.letter"),
    getTranslations("lock.settings"),
  ]);
  return (
    <LinkQuestion
      heading={t("heading")}
      lead={t("lead")}
      which={t("which")}
      facts={[
        [t("email"), <MailAddress key="email" address={to} />],
        [t("sent"), formatDate(sentAt, language)],
      ]}
      what={{ steps: (["signOut", "nobody", "stops", "told"] as const).map((step) => locking(`steps.${step}`)) }}
      mine={t("mine")}
    >
      <form action={lockNow} className="actions">
        <Submit variant="danger" icon="lock" busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
    </LinkQuestion>
  );
}
