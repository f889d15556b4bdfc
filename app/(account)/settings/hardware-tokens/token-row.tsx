import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { afterMove } from "#lib/campaign/tokens/custody/token-machine.ts";
import { type OwnToken, toHandBack } from "#lib/campaign/tokens/register/list-own-tokens.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { lostPath } from "./paths.ts";

type TokenRowProps = { token: OwnToken; language: Language; badge: ReactNode };

/** One token, and what its holder may say of it. */
export async function TokenRow({ token, language, badge }: TokenRowProps) {
  const t = await getTranslations("hardwareTokens");
  const { id, serial, medium, issuedOn, state, stateSince, receipt } = token;
  return (
    <li className="item own-token">
      <Chip icon="usb" tone="plain" />
      <div>
        <p className="what">
          <span className="num">{serial}</span> {badge}
        </p>
        <p className="meta">
          <span>{t(`mediums.${medium}`)}</span>
          {issuedOn && <span>{t("own.issued", { at: formatDay(beginningOf(issuedOn), language) })}</span>}
          {state !== "issued" && (
            <span>{t("own.since", { state: t(`states.${state}`), at: formatDay(stateSince, language) })}</span>
          )}
        </p>
        {receipt && <p className="meta">{t("own.receipt", { receipt })}</p>}
        {toHandBack(state) && <p>{t("own.handBack")}</p>}
      </div>
      {afterMove(state, "report_lost") && (
        <p className="do">
          <LinkButton variant="quiet" small href={lostPath(id)}>
            {t("own.lost")}
            <span className="sr">: {serial}</span>
          </LinkButton>
        </p>
      )}
    </li>
  );
}
