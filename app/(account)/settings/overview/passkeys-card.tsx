import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { formatDay, formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Item } from "./item.tsx";
import type { Seen } from "./seen.ts";

export async function PasskeysCard({ survey: { passkeys }, now, language }: Seen) {
  const t = await getTranslations("settings.overview");
  return (
    <section className="card" aria-labelledby="passkeys">
      <div className="card-head">
        <h2 className="h3" id="passkeys">
          {t("passkeys")}
        </h2>
        <LinkButton small icon="plus" href="/settings/passkeys">
          {t("addPasskey")}
        </LinkButton>
      </div>
      {passkeys.length === 0 ? (
        <p>{t("noPasskeys")}</p>
      ) : (
        <ul>
          {passkeys.map(({ id, name, backedUp, createdAt, lastUsedAt }) => (
            <Item
              key={id}
              icon="fingerprint"
              name={name}
              badge={<Badge tone={backedUp ? "info" : undefined}>{t(backedUp ? "synced" : "single")}</Badge>}
              facts={[
                t("created", { at: formatDay(createdAt, language) }),
                lastUsedAt ? t("lastUsed", { at: formatNear(lastUsedAt, now, language) }) : t("neverUsed"),
              ]}
              link={{ href: "/settings/passkeys", words: t("manage") }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
