import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { signOut } from "#app/(account)/sign-out.ts";
import { PrintButton } from "#app/(public)/guide/print-button.tsx";
import { SiteFrame } from "#app/site-frame.tsx";
import { Mark } from "#components/ui/icon.tsx";
import { findToken } from "#lib/campaign/tokens/register/find-token.ts";
import type { Language } from "#lib/kernel/context.ts";
import { config } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { translatorOf } from "#lib/text/translator-of.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { receiptPath, tokenPath } from "../../paths.ts";

type PageProps = { params: Promise<{ token: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens.receipt"))("title") };
}

/**
 * That a token came back, on one sheet of A4: without the portal's frame on paper. In the officer's language, or with
 * `?in=` in the other, for a holder who reads that.
 */
async function ReceiptPage({ params, searchParams }: PageProps) {
  const [{ token: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx, officer, session }, locale] = await Promise.all([
    requireOfficer(receiptPath(id), "token.view"),
    getLocale(),
  ]);
  const token = (await findToken(ctx, officer, id)) ?? notFound();
  const line = token.custody.findLast(({ receipt }) => receipt !== null) ?? notFound();
  const language: Language = asked.in === "en" || asked.in === "ms" ? asked.in : locale;
  const t = translatorOf(language, "hardwareTokens");
  const own = translatorOf(locale, "hardwareTokens.receipt");
  const { agency } = config();
  const other = language === "ms" ? "en" : "ms";
  const facts = [
    ["number", line.receipt],
    ["serial", token.serial],
    ["medium", t(`mediums.${token.medium}`)],
    ["holder", token.holder.fullName],
    ["identity", token.holder.identity],
    ["office", token.holder.office],
    ["at", formatDate(line.at, language)],
    ["by", line.by ?? "–"],
    ["condition", line.note ?? t("receipt.noCondition")],
  ] as const;
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "campaigns" }}>
      <div className="wrap">
        <div className="guide-bar">
          <a href={tokenPath(id)}>{own("back")}</a>
          <a href={`${receiptPath(id)}?in=${other}`} lang={other} hrefLang={other}>
            {t("receipt.other")}
          </a>
          <PrintButton label={own("print")} />
        </div>
        <article className="paper receipt" lang={language}>
          <div className="mast">
            <Mark />
            <p>
              <b>{messages[language].common.product}</b>
              {language === "ms" ? agency.nameMs : agency.nameEn}
            </p>
            <p className="for num">{line.receipt}</p>
          </div>
          <h1>{t("receipt.heading")}</h1>
          <p className="lead">{t("receipt.lead")}</p>
          <dl className="facts in-columns">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{t(`receipt.${name}`)}</dt>
                <dd className={name === "number" || name === "serial" || name === "identity" ? "num" : undefined}>
                  {value}
                </dd>
              </div>
            ))}
          </dl>
          <h2 className="h4">{t("receipt.signs")}</h2>
          <ul className="signs">
            <li>{t("receipt.signHolder")}</li>
            <li>{t("receipt.signOfficer")}</li>
          </ul>
          <p className="muted">{t("receipt.keep")}</p>
        </article>
      </div>
    </SiteFrame>
  );
}

export default orMissing(ReceiptPage);
