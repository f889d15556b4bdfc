import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { CallShown } from "#lib/helpdesk/caller-check/answer-call.ts";
import { config } from "#lib/server/config.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { formatDate, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { mailCode, stopCall, typeAnother } from "./actions.ts";

type CallOnLineProps = { call: CallShown; signedIn: boolean; refused: unknown };

/** The officer is real, and of which office; the code to read back, or the ways to it. */
export async function CallOnLine({ call, signedIn, refused }: CallOnLineProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("callerCheck.call")]);
  const facts: [string, string][] = [
    [t("office"), call.officeName],
    ...(call.officerName ? [[t("officer"), call.officerName] as [string, string]] : []),
    [t("began"), formatDate(call.startedAt, language)],
    [t("untilFact"), formatTime(call.expiresAt, language)],
  ];
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <div className="heading-chip">
        <Chip tone="ok" icon="tick-circle" />
        <h1>{t("real")}</h1>
      </div>
      <dl className="facts mt-4">
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {signedIn && call.counterpart ? (
        <Counterpart code={call.counterpart} />
      ) : (
        <NotSignedIn mailed={call.mailed} refused={refused} />
      )}
      <p className="muted mt-6">{t("never")}</p>
    </SignInPanel>
  );
}

async function Counterpart({ code }: { code: string }) {
  const t = await getTranslations("callerCheck.call");
  return (
    <>
      <div className="mt-6">
        <Callout tone="warn">{t("onlyIf", { phone: config().agency.helpdeskPhone })}</Callout>
      </div>
      <h2 className="h4 mt-6">{t("counterpart")}</h2>
      <p className="spoken-code">
        {code.slice(0, 3)} {code.slice(3)}
      </p>
      <p>{t("counterpartText")}</p>
      <form action={stopCall} className="actions">
        <Submit variant="danger" busy={t("stopping")}>
          {t("stop")}
        </Submit>
      </form>
    </>
  );
}

const refusals = { mailbox_unverified: "mailUnverified", throttled: "mailThrottled" } as const;

async function NotSignedIn({ mailed, refused }: { mailed: boolean; refused: unknown }) {
  const t = await getTranslations("callerCheck.call");
  const why = refused === "mailbox_unverified" || refused === "throttled" ? refusals[refused] : null;
  return (
    <>
      {mailed ? (
        <div role="status" className="mt-4">
          <Callout tone="ok" icon="mail">
            {t("mailed")}
          </Callout>
        </div>
      ) : (
        <>
          <h2 className="h4 mt-6">{t("notSigned")}</h2>
          <p>{t("notSignedText")}</p>
          {why && (
            <div role="alert" className="mt-3">
              <Callout tone="warn">{t(why)}</Callout>
            </div>
          )}
        </>
      )}
      <div className="actions">
        <LinkButton href={signInPath("/call")} variant={mailed ? "second" : "primary"}>
          {t("signIn")}
        </LinkButton>
        {!mailed && (
          <form action={mailCode}>
            <Submit variant="second" icon="mail" busy={t("mailing")}>
              {t("mail")}
            </Submit>
          </form>
        )}
        <form action={typeAnother}>
          <Submit variant="quiet" busy={t("submitting")}>
            {t("other")}
          </Submit>
        </form>
      </div>
    </>
  );
}
