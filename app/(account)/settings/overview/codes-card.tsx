import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { FEW_LEFT } from "#lib/authenticators/advise.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { Seen } from "./seen.ts";

export async function CodesCard({ survey: { enrolled, recoveryCodes: of } }: Seen) {
  const t = await getTranslations("settings.overview");
  const left = enrolled.recoveryCodesLeft;
  const low = of > 0 && left <= FEW_LEFT;
  return (
    <section className="card" aria-labelledby="codes">
      <div className="card-head">
        <h2 className="h3" id="codes">
          {t("codes")}
        </h2>
        {of === 0 ? (
          <Badge>{t("unset")}</Badge>
        ) : (
          <Badge tone={low ? "warn" : "ok"} icon={low ? "warn" : "check"}>
            {t("left", { count: left })}
          </Badge>
        )}
      </div>
      {of === 0 ? (
        <p>{t("noCodes")}</p>
      ) : (
        <>
          <p>{t("leftOf", { left, of })}</p>
          <div className="codes" aria-hidden>
            {Array.from({ length: of }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: drawn marks, alike and never reordered
              <i key={place} className={place < left ? undefined : "used"} />
            ))}
          </div>
        </>
      )}
      <LinkButton variant="second" small href="/settings/recovery-codes">
        {t(of === 0 ? "makeCodes" : "renewCodes")}
      </LinkButton>
    </section>
  );
}
