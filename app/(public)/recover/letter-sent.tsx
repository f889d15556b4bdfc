import { getLocale } from "next-intl/server";
import type { ComponentProps } from "react";
import { Countdown } from "#components/form/countdown.tsx";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { after, type Duration } from "#lib/kernel/time.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { GuideName } from "../guide/guides.ts";
import { MailedCodeForm } from "../mailed-code/form.tsx";
import { CallHelpdesk } from "./call-helpdesk.tsx";

type Props = {
  /** Which letter was asked for: its cookie, and the words that say which button to press. */
  asked: "forgot" | "lost";
  /** Where it is asked for. */
  form: `/${string}`;
  enterCode: ComponentProps<typeof MailedCodeForm>["action"];
  sendAgain: () => Promise<void>;
  /** How long its link lives. */
  lifetime: Duration;
  guide?: GuideName;
  searchParams: Promise<Record<string, unknown>>;
};

const strong = (words: React.ReactNode) => <strong>{words}</strong>;

/** After a letter was asked for. The same for everybody who asked, whether or not one is on its way. */
export async function LetterSent({ asked, form: ask, enterCode, sendAgain, lifetime, guide, searchParams }: Props) {
  const [language, t, ctx, { again, tooMany }] = await Promise.all([
    getLocale(),
    getTranslations("recover.sent"),
    currentContext(),
    searchParams,
  ]);
  const pending = await pendingRecovery(ctx, asked);
  const under = <CallHelpdesk {...(guide && { guide })} />;
  if (!pending)
    return (
      <SignInPanel under={under}>
        <h1>{t("noneHeading")}</h1>
        <p className="lead">{t("askFirst")}</p>
        <div className="actions">
          <LinkButton href={ask}>{t("ask")}</LinkButton>
        </div>
      </SignInPanel>
    );
  const { recover, form } = messages[language];
  const { left, leftOne, lastMinute, over } = recover.sent;
  const ends = after(pending.requestedAt, lifetime);
  const secondsLeft = Math.max(0, Math.round((ends.getTime() - ctx.now().getTime()) / 1_000));
  const email = () => (
    <span className="sent-to">
      <MailAddress address={pending.officialEmail} />
    </span>
  );
  return (
    <SignInPanel wide under={under}>
      <div className="heading-chip">
        <Chip tone="ok" icon="send" />
        <h1>{t("heading")}</h1>
      </div>
      <p className="lead">
        {t.rich(asked === "forgot" ? "to" : "toLost", { email, s: strong })} {t("usually")}
      </p>
      {again !== undefined && <Callout tone="ok">{t("againDone", { anHour: limits.letters.anHour })}</Callout>}
      {tooMany !== undefined && <Callout tone="warn">{t("tooMany")}</Callout>}
      <Countdown secondsLeft={secondsLeft} seconds={lifetime / 1_000} words={{ left, leftOne, lastMinute, over }}>
        <p className="muted">{t("ends", { at: formatDate(ends, language) })}</p>
      </Countdown>
      <section>
        <MailedCodeForm action={enterCode} words={recover.code} summary={{ one: form.errorOne, many: form.errorMany }}>
          <h2 className="h3">{t("codeHeading")}</h2>
        </MailedCodeForm>
      </section>
      <hr className="divide" />
      <section>
        <h2 className="h3">{t("noneHeading")}</h2>
        <ol className="tips">
          <li>
            <span>{t("tipWait")}</span>
          </li>
          <li>
            <span>{t.rich("tipSpam", { s: strong })}</span>
          </li>
          <li>
            <span>{t.rich("tipRight", { a: (words) => <a href={ask}>{words}</a> })}</span>
          </li>
          <li>
            <span>{t("tipAgain")}</span>
          </li>
        </ol>
        <form action={sendAgain} className="actions">
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
