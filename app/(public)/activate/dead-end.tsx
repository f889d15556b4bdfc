import { HelpdeskCard, Rail } from "#components/layout/rail.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { ActivationRefusal } from "#lib/account/activation/activation.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRequest } from "#lib/server/request/pending-request.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { facts } from "../facts.ts";
import { RegistrationFlow } from "../register/registration-flow.tsx";
import { SendAgain } from "./send-again.tsx";

/**
 * A link, or the time it opened, that leads no further: what happened, and the way on. A browser that asked for the letter
 * itself has another sent at once.
 */
export async function DeadEnd({ why }: { why: ActivationRefusal | "ceremonyExpired" }) {
  const [t, code, sent, ctx] = await Promise.all([
    getTranslations("activate.dead"),
    getTranslations("activate.code"),
    getTranslations("register.sent"),
    currentContext(),
  ]);
  const used = why === "used";
  const pending = used ? null : await pendingRequest(ctx);
  return (
    <RegistrationFlow
      current={used ? 2 : 1}
      rail={
        <Rail>
          <HelpdeskCard phone={config().agency.helpdeskPhone} />
        </Rail>
      }
    >
      <div className="heading-chip">
        <Chip tone={used ? "ok" : "warn"} icon={used ? "tick-circle" : "clock"} />
        <h1>{t(why)}</h1>
      </div>
      <p className="lead">{t(`${why}Text`, facts)}</p>
      {pending ? (
        <SendAgain main words={{ again: t("send"), busy: sent("againBusy") }}>
          {code("forNumber", { identity: maskIdentity(pending.identity) })} <a href="/activate">{code("other")}</a>
        </SendAgain>
      ) : (
        <div className="actions">
          <LinkButton href={used ? "/sign-in" : "/activate"}>{t(used ? "signIn" : "ask")}</LinkButton>
        </div>
      )}
    </RegistrationFlow>
  );
}
