import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { ListedPasskey } from "#lib/authenticators/passkey/list-passkeys.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate, formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { deviceIcon } from "../device-icon.ts";
import { removePath, renamePath } from "./paths.ts";

/** One of the devices that open the account, and what can be done with it. */
export async function PasskeyRow({ passkey }: { passkey: ListedPasskey }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("passkeys")]);
  const madeOn = deviceIcon(passkey.createdFrom);
  const { id, name, provider, createdAt, createdFrom, lastUsedAt, synced } = passkey;
  return (
    <li className="item">
      <Chip icon={madeOn === "laptop" && synced ? "key" : madeOn} tone="plain" />
      <div>
        <p className="what">
          {name}
          <Badge tone={synced ? "info" : undefined}>{t(synced ? "synced" : "thisOnly")}</Badge>
        </p>
        <p className="meta">
          {provider && provider !== name && <span>{provider}</span>}
          <span>{t("created", { at: formatDay(createdAt, language), device: deviceIn(language, createdFrom) })}</span>
          <span>{lastUsedAt ? t("used", { at: formatDate(lastUsedAt, language) }) : t("neverUsed")}</span>
        </p>
      </div>
      <p className="do">
        <a className={buttonClass({ variant: "quiet", small: true })} href={renamePath(id)}>
          {t("rename")}
          <span className="sr">: {name}</span>
        </a>
        <a className={buttonClass({ variant: "quiet", small: true }, "btn-danger")} href={removePath(id)}>
          {t("remove")}
          <span className="sr">: {name}</span>
        </a>
      </p>
    </li>
  );
}
