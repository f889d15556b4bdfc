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
import { LINK_LIFETIME } from "#lib/recovery/lost-factor/recovery-state.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { MailedCodeForm } from "../../../mailed-code/form.tsx";
import { CallHelpdesk } from "../../call-helpdesk.tsx";
import { sendRecoveryAgain } from "../actions.ts";
import { enterRecoveryCode } from "../code/actions.ts";

const START = "/recover/second-factor/start";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lostFactor.sent"))("title") };
}

/** The same for everybody who asked, whether or not a letter is on its way. */
export default async function SentPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, shared, ctx, { again, tooMany }] = await Promise.all([
    getLocale(),
    getTranslations("lostFactor.sent"),
    getTranslations("recover.sent"),
    currentContext(),
    searchParams,
  ]);
  const pending = await pendingRecovery(ctx, "lost");
  if (!pending) return <AskFirst />;
  const { recover, form } = messages[language];
  const { left, leftOne, lastMinute, over } = recover.sent;
  const ends = after(pending.requestedAt, LINK_LIFETIME);
  const secondsLeft = Math.max(0, Math.round((ends.getTime() - ctx.now().getTime()) / 1_000));
  const s = (words: React.ReactNode) => <strong>{words}</strong>;
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
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
        {shared("usually")}
      </p>
      {again !== undefined && <Callout tone="ok">{shared("againDone")}</Callout>}
      {tooMany !== undefined && <Callout tone="warn">{shared("tooMany")}</Callout>}
      <Countdown secondsLeft={secondsLeft} seconds={LINK_LIFETIME / 1_000} words={{ left, leftOne, lastMinute, over }}>
        <p className="muted">{shared("ends", { at: formatDate(ends, language) })}</p>
      </Countdown>
      <section>
        <MailedCodeForm
          action={enterRecoveryCode}
          words={recover.code}
          summary={{ one: form.errorOne, many: form.errorMany }}
        >
          <h2 className="h3">{t("codeHeading")}</h2>
        </MailedCodeForm>
      </section>
      <hr className="divide" />
      <section>
        <h2 className="h3">{t("noneHeading")}</h2>
        <ol className="tips">
          <li>
            <span>{shared("tipWait")}</span>
          </li>
          <li>
            <span>{shared.rich("tipSpam", { s })}</span>
          </li>
          <li>
            <span>{t.rich("tipRight", { a: (words) => <a href={START}>{words}</a> })}</span>
          </li>
          <li>
            <span>{shared("tipAgain")}</span>
          </li>
        </ol>
        <form action={sendRecoveryAgain} className="actions">
          <Submit variant="second" icon="again" busy={shared("againBusy")}>
            {shared("again")}
          </Submit>
          <p className="muted">{shared("againNote")}</p>
        </form>
      </section>
      <p>
        <a href="/sign-in">{shared("back")}</a>
      </p>
    </SignInPanel>
  );
}

async function AskFirst() {
  const t = await getTranslations("lostFactor.sent");
  return (
    <SignInPanel under={<CallHelpdesk />}>
      <h1>{t("noneHeading")}</h1>
      <p className="lead">{t("askFirst")}</p>
      <div className="actions">
        <LinkButton href={START}>{t("ask")}</LinkButton>
      </div>
    </SignInPanel>
  );
}
