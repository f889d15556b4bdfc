import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Mark } from "#components/ui/icon.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PrintButton } from "./print-button.tsx";

/** A guide as a page of paper: it prints as one, without the frame. */
export async function Paper({
  title,
  lead,
  place,
  time,
  children,
}: {
  title: string;
  lead: string;
  /** Which guide of how many. */
  place?: string;
  time: string;
  children: ReactNode;
}) {
  const t = await getTranslations("guide");
  const product = (await getTranslations("common"))("product");
  const { agency } = config();
  const name = (await getLocale()) === "ms" ? agency.nameMs : agency.nameEn;
  return (
    <div className="wrap">
      <div className="guide-bar">
        <a href="/guide">{t("back")}</a>
        <PrintButton label={t("print")} />
      </div>
      <article className="paper">
        <div className="mast">
          <Mark />
          <p>
            <b>{product}</b>
            {name}
          </p>
          <p className="for">
            {place && (
              <>
                {place}
                <br />
              </>
            )}
            {time}
          </p>
        </div>
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
        {children}
      </article>
    </div>
  );
}
