import { getLocale } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Context } from "#lib/kernel/context.ts";
import { after } from "#lib/kernel/time.ts";
import { EMAIL_CODE_LIFETIME } from "#lib/mail/letters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";

type Props = { ctx: Context; requestedAt: Date; sent: unknown };

/** How long the code lives, counted from the request: the same whether or not one was owed. */
export async function EmailCodeLife({ ctx, requestedAt, sent }: Props) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("signIn.code.email")]);
  const { left, leftOne, lastMinute, over } = messages[language].signIn.code.email;
  const ends = after(requestedAt, EMAIL_CODE_LIFETIME);
  return (
    <>
      {(sent === "again" || sent === "soon") && (
        <p className={`callout ${sent === "again" ? "ok" : "info"}`} role="status">
          <Icon name={sent === "again" ? "tick-circle" : "clock"} />
          <span>{t(sent === "again" ? "againDone" : "againSoon")}</span>
        </p>
      )}
      <Countdown
        secondsLeft={Math.max(0, Math.round((ends.getTime() - ctx.now().getTime()) / 1_000))}
        seconds={EMAIL_CODE_LIFETIME / 1_000}
        words={{ left, leftOne, lastMinute, over }}
      />
    </>
  );
}
