import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { HelpdeskCard } from "#components/layout/rail.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { WithAddress } from "#components/ui/mail-address.tsx";
import { domainsOfOwner } from "#lib/account/mailbox/domains-of-owner.ts";
import { viewMailbox } from "#lib/account/mailbox/view-mailbox.ts";
import { days } from "#lib/kernel/time.ts";
import { MAILBOX_UNDO_LIFETIME } from "#lib/mail/letters.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { Done } from "../../../done.tsx";
import { PageHead } from "../../../page-head.tsx";
import { SettingsFrame } from "../../../settings-frame.tsx";
import { BackToProfile } from "../../back-to-profile.tsx";
import { AskForm } from "./ask-form.tsx";
import { AwaitedCard } from "./awaited-card.tsx";
import { CurrentCard } from "./current-card.tsx";
import { fieldOf, mailboxKind, pathOf } from "./mailbox-kind.ts";

type Props = { params: Promise<{ which: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const which = mailboxKind((await params).which);
  if (!which) return { title: (await getTranslations("errors"))("notFoundTitle") };
  return { title: (await getTranslations("mailboxChange"))(`${which}.title`) };
}

/** One of the two mailboxes: what it is, and either the form that asks for another or the code that is waited for. */
async function MailboxPage({ params, searchParams }: Props) {
  const which = mailboxKind((await params).which) ?? notFound();
  const path = pathOf(which);
  const [{ ctx }, language, t, asked, typed] = await Promise.all([
    requireSession(path),
    getLocale(),
    getTranslations("mailboxChange"),
    searchParams,
    typedBefore(path),
  ]);
  const mailbox = (await viewMailbox(ctx, which)) ?? notFound();
  const { address, verified, heldUntil, awaited } = mailbox;
  const { form, mailboxChange } = messages[language];
  const domains = domainsInWords(language, which === "official" ? await domainsOfOwner(ctx) : []);
  const done =
    asked.done === "changed" && address && verified
      ? t(`done.${which}`, { mailbox: address })
      : asked.done === "removed" && !address
        ? t("done.removed")
        : asked.done === "withdrawn" && !awaited && t("done.withdrawn");
  const notice = (["taken", "replaced"] as const).find((each) => each === asked.notice);
  return (
    <SettingsFrame here="profile">
      {done && <Done words={<WithAddress words={done} />} />}
      <PageHead heading={t(`${which}.title`)} lead={t(`${which}.lead`)} />
      <div className="cards">
        {notice && (
          <div role="alert">
            <Callout tone="warn">{t(notice)}</Callout>
          </div>
        )}
        {awaited && !heldUntil ? (
          <AwaitedCard which={which} awaited={awaited} address={address} now={ctx.now()} sent={asked.sent} />
        ) : (
          <>
            <CurrentCard which={which} mailbox={mailbox} />
            {heldUntil ? (
              <Callout tone="warn" icon="clock">
                {t("hold", { until: formatDate(heldUntil, language) })}
              </Callout>
            ) : (
              <section className="card" aria-labelledby="ask">
                <h2 className="h3" id="ask">
                  {t(address ? "change" : "add")}
                </h2>
                <AskForm
                  which={which}
                  name={fieldOf[which]}
                  words={{
                    label: mailboxChange[which].label,
                    hint: t(`${which}.hint`, { domains }),
                    submit: mailboxChange.ask,
                    submitting: mailboxChange.asking,
                  }}
                  summary={{ one: form.errorOne, many: form.errorMany }}
                  typed={typed?.[fieldOf[which]]}
                />
              </section>
            )}
          </>
        )}
        {!heldUntil && (
          <section className="card" aria-labelledby="next">
            <h2 className="h3" id="next">
              {t(`${which}.next`)}
            </h2>
            <div className="prose">
              <ul>
                {(["first", "second", "third"] as const).map((step) => (
                  <li key={step}>{t(`${which}.steps.${step}`, { days: MAILBOX_UNDO_LIFETIME / days(1) })}</li>
                ))}
              </ul>
            </div>
          </section>
        )}
        <HelpdeskCard phone={config().agency.helpdeskPhone} guide={false} />
      </div>
      <BackToProfile />
    </SettingsFrame>
  );
}

export default orMissing(MailboxPage);
