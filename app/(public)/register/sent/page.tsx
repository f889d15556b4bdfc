import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { HelpdeskCard, Rail } from "#components/layout/rail.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { LINK_LIFETIME } from "#lib/account/activation/activation-link.ts";
import { after } from "#lib/kernel/time.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRequest } from "#lib/server/request/pending-request.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { enterCode } from "../../activate/code/actions.ts";
import { SendAgain } from "../../activate/send-again.tsx";
import { MailedCodeForm } from "../../mailed-code/form.tsx";
import { RegistrationFlow } from "../registration-flow.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("register.sent"))("title") };
}

/** The same for everybody who asked for a letter, whether or not one is on its way. */
export default async function SentPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, ctx, { again }] = await Promise.all([
    getLocale(),
    getTranslations("register.sent"),
    currentContext(),
    searchParams,
  ]);
  const pending = await pendingRequest(ctx);
  const { activate, form, register } = messages[language];
  const { left, leftOne, lastMinute, over } = register.sent;
  const rail = (
    <Rail>
      <HelpdeskCard phone={config().agency.helpdeskPhone} />
    </Rail>
  );
  const strong = (words: React.ReactNode) => <strong>{words}</strong>;
  if (!pending) {
    return (
      <RegistrationFlow current={1} rail={rail}>
        <h1>{t("noneHeading")}</h1>
        <p className="lead">{t("askFirst")}</p>
        <div className="actions">
          <LinkButton href="/activate">{t("ask")}</LinkButton>
        </div>
      </RegistrationFlow>
    );
  }
  const ends = after(pending.requestedAt, LINK_LIFETIME);
  const secondsLeft = Math.max(0, Math.round((ends.getTime() - ctx.now().getTime()) / 1_000));
  return (
    <RegistrationFlow current={1} rail={rail}>
      <div className="heading-chip">
        <Chip tone="ok" icon="send" />
        <h1>{t("heading")}</h1>
      </div>
      <p className="lead">
        {pending.officialEmail
          ? t.rich("to", {
              email: pending.officialEmail,
              b: () => (
                <span className="sent-to">
                  <MailAddress address={pending.officialEmail ?? ""} />
                </span>
              ),
              s: strong,
            })
          : t.rich("toRegistered", { s: strong })}{" "}
        {t("usually")}
      </p>
      {again !== undefined && (
        <p className="callout ok" role="status">
          <Icon name="tick-circle" />
          <span>{t("againDone")}</span>
        </p>
      )}
      <Countdown secondsLeft={secondsLeft} seconds={LINK_LIFETIME / 1_000} words={{ left, leftOne, lastMinute, over }}>
        <p className="muted">{t("ends", { at: formatDate(ends, language) })}</p>
      </Countdown>
      <section>
        <MailedCodeForm action={enterCode} words={activate.code} summary={{ one: form.errorOne, many: form.errorMany }}>
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
            <span>
              {pending.officialEmail
                ? t.rich("tipAddress", { a: (words) => <a href="/register">{words}</a> })
                : t.rich("tipNumber", { a: (words) => <a href="/activate">{words}</a> })}
            </span>
          </li>
          <li>
            <span>{t("tipAgain")}</span>
          </li>
        </ol>
        <SendAgain words={{ again: t("again"), busy: t("againBusy") }}>{t("againNote")}</SendAgain>
      </section>
      <p>
        <a href="/sign-in">{t("back")}</a>
      </p>
    </RegistrationFlow>
  );
}
