import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { GoogleNotice } from "#app/(public)/google/google-notice.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { enrolledOf } from "#lib/assurance/enrolled.ts";
import { findGoogleLink } from "#lib/authenticators/google/find-google-link.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { googleToOffer } from "#lib/server/sign-in/remembered-google.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { LinkCard, OfferCard } from "./link-card.tsx";
import { LinkedCard } from "./linked-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("google.settings"))("title") };
}

const done = ["linked", "unlinked", "forgotten"] as const;

export default async function GooglePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, asked] = await Promise.all([
    requireSession("/settings/google"),
    getLocale(),
    getTranslations("google.settings"),
    searchParams,
  ]);
  const [link, offer] = await Promise.all([
    findGoogleLink(ctx, session.accountId),
    config().google ? googleToOffer(ctx, session.accountId) : null,
  ]);
  const isDone = done.find((each) => each === asked.done);
  return (
    <SettingsFrame here="google">
      {isDone && <Done words={t(`done.${isDone}`)} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        <GoogleNotice code={asked.notice} />
        {link ? (
          <LinkedCard
            link={link}
            enrolled={await enrolledOf(ctx.db, session.accountId)}
            policy={ctx.policy}
            language={language}
          />
        ) : config().google ? (
          <>
            {offer && <OfferCard email={offer.email} />}
            <LinkCard quiet={offer !== null} />
          </>
        ) : (
          <Callout>{t("notOffered")}</Callout>
        )}
      </div>
    </SettingsFrame>
  );
}
