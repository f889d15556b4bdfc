import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** There is no such page: what happened, and the ways on. Stands within a frame. */
export async function Missing() {
  const [t, common] = [await getTranslations("errors"), await getTranslations("common")];
  return (
    <SignInPanel
      wide
      under={
        <>
          <p>
            {common("helpdesk")}, {common("helpdeskDays")}, {common("helpdeskHours")}
          </p>
          <PhoneLink phone={config().agency.helpdeskPhone} />
        </>
      }
    >
      <Chip icon="help" tone="gold" />
      <h1 className="mt-5">{t("notFoundTitle")}</h1>
      <p className="lead">{t("notFoundText")}</p>
      <div className="actions">
        <LinkButton href="/">{t("toLanding")}</LinkButton>
        <LinkButton href="/guide/first-aid" variant="quiet">
          {t("toFirstAid")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
