import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { after } from "#lib/kernel/time.ts";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { limits } from "#lib/throttle/limits.ts";
import { sendResetAgain } from "../actions.ts";
import { CallHelpdesk } from "../call-helpdesk.tsx";
import { ResetCodeForm } from "../code/form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.sent"))("title") };
}

/** The same for everybody who asked, whether or not a letter is on its way. */
export default async function SentPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, ctx, { again, tooMany }] = await Promise.all([
    getLocale(),
    getTranslations("recover.sent"),
    currentContext(),
    searchParams,
  ]);
  const pending = await pendingRecovery(ctx, "forgot");
  if (!pending) return <AskFirst />;
  const { recover, form } = messages[language];
  const { left, leftOne, lastMinute, over } = recover.sent;
  const ends = after(pending.requestedAt, RESET_LIFETIME);
  const secondsLeft = Math.max(0, Math.round((ends.getTime() - ctx.now().getTime()) / 1_000));
  const s = (words: React.ReactNode) => <strong>{words}</strong>;
  return (
    <SignInPanel wide under={<CallHelpdesk guide="forgot-password" />}>
      <div className="heading-chip">
        <Chip tone="ok" icon="send" />
        <h1>{t("heading")}</h1>
      </div>
      <p className="lead">
        {t.rich("to", {
          email: () => (
            <span className="sent-to">
              <MailAddress address={pending.officialEmail} />
            </span>
          ),
          s,
        })}{" "}
        {t("usually")}
      </p>
      {again !== undefined && <Callout tone="ok">{t("againDone", { anHour: limits.letters.anHour })}</Callout>}
      {tooMany !== undefined && <Callout tone="warn">{t("tooMany")}</Callout>}
      <Countdown secondsLeft={secondsLeft} seconds={RESET_LIFETIME / 1_000} words={{ left, leftOne, lastMinute, over }}>
        <p className="muted">{t("ends", { at: formatDate(ends, language) })}</p>
      </Countdown>
      <section>
        <ResetCodeForm words={recover.code} summary={{ one: form.errorOne, many: form.errorMany }}>
          <h2 className="h3">{t("codeHeading")}</h2>
        </ResetCodeForm>
      </section>
      <hr className="divide" />
      <section>
        <h2 className="h3">{t("noneHeading")}</h2>
        <ol className="tips">
          <li>
            <span>{t("tipWait")}</span>
          </li>
          <li>
            <span>{t.rich("tipSpam", { s })}</span>
          </li>
          <li>
            <span>{t.rich("tipRight", { a: (words) => <a href="/recover">{words}</a> })}</span>
          </li>
          <li>
            <span>{t("tipAgain")}</span>
          </li>
        </ol>
        <form action={sendResetAgain} className="actions">
          <Submit variant="second" icon="again" busy={t("againBusy")}>
            {t("again")}
          </Submit>
          <p className="muted">{t("againNote")}</p>
        </form>
      </section>
      <p>
        <a href="/sign-in">{t("back")}</a>
      </p>
    </SignInPanel>
  );
}

async function AskFirst() {
  const t = await getTranslations("recover.sent");
  return (
    <SignInPanel under={<CallHelpdesk guide="forgot-password" />}>
      <h1>{t("noneHeading")}</h1>
      <p className="lead">{t("askFirst")}</p>
      <div className="actions">
        <LinkButton href="/recover">{t("ask")}</LinkButton>
      </div>
    </SignInPanel>
  );
}
