import { getLocale } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import type { MailboxShown } from "#lib/account/mailbox/view-mailbox.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { after } from "#lib/kernel/time.ts";
import { MAILBOX_PROOF_LIFETIME } from "#lib/mail/letters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { limits } from "#lib/throttle/limits.ts";
import { sendLetter, withdrawMailbox } from "./actions.ts";
import { CodeForm } from "./code-form.tsx";

type AwaitedCardProps = {
  which: MailboxKind;
  awaited: NonNullable<MailboxShown["awaited"]>;
  /** What it is until then; null where there is none. */
  address: string | null;
  now: Date;
  /** Whether another letter was just asked for, from the address of the page. */
  sent: unknown;
};

/**
 * A letter is on its way, and its code is waited for. Says the same where the address is somebody else's: the time is
 * counted from the request.
 */
export async function AwaitedCard({ which, awaited, address, now, sent }: AwaitedCardProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("mailboxChange.awaited")]);
  const { form, mailboxChange } = messages[language];
  const { left, leftOne, lastMinute, over, code, codeHint, submit, submitting } = mailboxChange.awaited;
  const ends = after(awaited.askedAt, MAILBOX_PROOF_LIFETIME);
  const secondsLeft = Math.max(0, Math.round((ends.getTime() - now.getTime()) / 1_000));
  return (
    <section className="card" aria-labelledby="awaited">
      <h2 className="h3" id="awaited">
        {t.rich("heading", { mail: () => <MailAddress address={awaited.mailbox} /> })}
      </h2>
      <p>{t("text")}</p>
      {address && <p className="muted mt-3">{t.rich("until", { mail: () => <MailAddress address={address} /> })}</p>}
      {(sent === "again" || sent === "soon") && (
        <div className="mt-4" role="status">
          <Callout tone={sent === "again" ? "ok" : "info"}>{t(sent === "again" ? "againDone" : "againSoon")}</Callout>
        </div>
      )}
      <div className="mt-4">
        <Countdown
          secondsLeft={secondsLeft}
          seconds={MAILBOX_PROOF_LIFETIME / 1_000}
          words={{ left, leftOne, lastMinute, over }}
        />
      </div>
      <div className="mt-6">
        {awaited.triesLeft > 0 ? (
          <CodeForm
            which={which}
            words={{ code, codeHint, submit, submitting }}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        ) : (
          <Callout tone="warn">{t("triesUsed", { tries: limits.codeTriesPerLink })}</Callout>
        )}
      </div>
      <hr className="divide" />
      <p className="muted">{t("noLetter")}</p>
      <div className="actions">
        <form action={sendLetter}>
          <input type="hidden" name="which" value={which} />
          <Submit variant="second" icon="again" busy={t("againBusy")}>
            {t("again")}
          </Submit>
        </form>
        <form action={withdrawMailbox}>
          <input type="hidden" name="which" value={which} />
          <Submit variant="quiet" busy={t("withdrawing")}>
            {t("withdraw")}
          </Submit>
        </form>
      </div>
    </section>
  );
}
