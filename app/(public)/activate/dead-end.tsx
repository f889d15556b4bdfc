import { getTranslations } from "next-intl/server";
import { HelpdeskCard, Rail } from "#components/layout/rail.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { ActivationRefusal } from "#lib/account/activation.ts";
import { config } from "#lib/server/config.ts";
import { RegistrationFlow } from "../register/registration-flow.tsx";

/** A link, or the time it opened, that leads no further: what happened, and the way on. */
export async function DeadEnd({ why }: { why: ActivationRefusal | "ceremonyExpired" }) {
  const t = await getTranslations("activate.dead");
  const used = why === "used";
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
      <p className="lead">{t(`${why}Text`)}</p>
      <div className="actions">
        {used ? (
          <LinkButton href="/sign-in">{t("signIn")}</LinkButton>
        ) : (
          <LinkButton href="/activate">{t("ask")}</LinkButton>
        )}
      </div>
    </RegistrationFlow>
  );
}
