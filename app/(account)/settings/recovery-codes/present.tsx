import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { FEW_LEFT } from "#lib/authenticators/advise.ts";
import type { RecoveryCodes } from "#lib/authenticators/recovery-codes/find-recovery-codes.ts";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The codes there are: how many are left, and which were used, when and where. */
export async function PresentCodes({ codes: { codes, left, madeAt } }: { codes: RecoveryCodes }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("recoveryCodes")]);
  const { helpdeskPhone } = config().agency;
  const low = left <= FEW_LEFT;
  const used = codes.flatMap(({ position, used }) => (used ? [{ position, ...used }] : []));
  return (
    <section className="card" aria-labelledby="codes">
      <div className="card-head">
        <h2 className="h3" id="codes">
          {t("yours")}
        </h2>
        <Badge tone={low ? "warn" : "ok"} icon={low ? "warn" : "check"}>
          {t("left", { count: left })}
        </Badge>
      </div>
      <p>{t("leftOf", { left, of: codes.length })}</p>
      <div className="codes" aria-hidden>
        {codes.map((code) => (
          <i key={code.position} className={code.used ? "used" : undefined} />
        ))}
      </div>
      <p className="muted">{t("madeAt", { at: formatDate(madeAt, language) })}</p>
      {used.length > 0 && (
        <>
          <h3 className="h4 used-codes">{t("used")}</h3>
          <ul>
            {used.map(({ position, at, from }) => (
              <li key={position} className="item one">
                <Chip icon="check" tone="plain" />
                <div>
                  <p className="what">{t("usedOne", { position })}</p>
                  <p className="meta">
                    {t("usedAt", { at: formatDate(at, language), device: deviceIn(language, from) })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <p className="used-codes">
            {t.rich("notYou", {
              phone: helpdeskPhone,
              a: (words) => (
                <a className="nowrap" href={telephoneHref(helpdeskPhone)}>
                  {words}
                </a>
              ),
            })}
          </p>
        </>
      )}
    </section>
  );
}
