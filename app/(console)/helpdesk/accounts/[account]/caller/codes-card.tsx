import { getLocale } from "next-intl/server";
import { LookAgain } from "#app/(account)/settings/data/look-again.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { CheckInHand } from "#lib/helpdesk/caller-check/view-caller-check.ts";
import { config } from "#lib/server/config.ts";
import { formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { beginCodes } from "./actions.ts";
import { CounterpartForm } from "./counterpart-form.tsx";

type CodesCardProps = { accountId: string; inHand: CheckInHand | null };

/** `kunci.agency.gov.my/call`: as it is said on the telephone. */
const callAddress = (): string => `${new URL(config().origin).host}/call`;

/** Officer and caller read a code to each other. */
export async function CodesCard({ accountId, inHand }: CodesCardProps) {
  const t = await getTranslations("callerCheck.codes");
  const address = callAddress();
  const living = inHand?.state === "started" || inHand?.state === "typed" || inHand?.state === "answered";
  return (
    <section className="card" aria-labelledby="codes">
      <div className="heading-chip">
        <Chip icon="phone" />
        <h2 className="h3" id="codes">
          {t("heading")}
        </h2>
      </div>
      {!inHand && <p className="mt-3">{t("text", { address })}</p>}
      {inHand && !living && (
        <div role="alert" className="mt-3">
          <Callout tone={inHand.state === "failed" ? "bad" : "warn"}>
            {t(inHand.state === "failed" ? "failed" : "expired")}
          </Callout>
        </div>
      )}
      {inHand && living && <Living accountId={accountId} inHand={inHand} address={address} />}
      <form action={beginCodes} className="actions">
        <input type="hidden" name="account" value={accountId} />
        <Submit variant={inHand ? "quiet" : "primary"} busy={t("starting")}>
          {t(inHand ? "again" : "start")}
        </Submit>
      </form>
    </section>
  );
}

/** The words for how far the caller has come. */
function howFar({ state, answeredBy }: CheckInHand): "waiting" | "typed" | "bySession" | "byMailbox" {
  if (state === "answered") return answeredBy === "session" ? "bySession" : "byMailbox";
  return state === "typed" ? "typed" : "waiting";
}

async function Living({ accountId, inHand, address }: { accountId: string; inHand: CheckInHand; address: string }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("callerCheck.codes")]);
  const { form } = messages[language];
  const waits = inHand.state !== "answered";
  return (
    <>
      <h3 className="h4 mt-4">{t("read")}</h3>
      <p className="spoken-code">
        {inHand.spoken?.slice(0, 3)} {inHand.spoken?.slice(3)}
      </p>
      <p>{t("where", { address })}</p>
      <p className="muted">{t("until", { until: formatTime(inHand.expiresAt, language) })}</p>
      <div role="status" className="mt-4">
        <Callout tone={waits ? "info" : "ok"} icon={waits ? "clock" : undefined}>
          <p>{t(howFar(inHand))}</p>
          {waits && (
            <p>
              <a href={`/helpdesk/accounts/${accountId}/caller`}>{t("look")}</a>
            </p>
          )}
        </Callout>
      </div>
      {waits ? (
        <LookAgain seconds={4} />
      ) : (
        <CounterpartForm
          accountId={accountId}
          words={{
            label: t("label"),
            hint: t("hint", { tries: inHand.triesLeft }),
            submit: t("submit"),
            submitting: t("submitting"),
          }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      )}
    </>
  );
}
