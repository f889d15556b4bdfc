import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import type { Context } from "#lib/kernel/context.ts";
import { hours, minutes } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { deviceOf } from "#lib/session/device-of.ts";
import { listBrowsers } from "#lib/session/list-browsers.ts";
import { listSessions } from "#lib/session/list-sessions.ts";
import { SESSION_IDLE, SESSION_LIFETIME } from "#lib/session/session.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { signOutEverywhere } from "./actions.ts";
import { KnownBrowsers } from "./known-browsers.tsx";
import { OpenSessions } from "./open-sessions.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("sessions") };
}

type Asked = Record<string, unknown>;

export default async function SessionsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const [{ ctx }, language, t, asked] = await Promise.all([
    requireSession("/settings/sessions"),
    getLocale(),
    getTranslations("sessions"),
    searchParams,
  ]);
  const [sessions, browsers, done] = await Promise.all([listSessions(ctx), listBrowsers(ctx), doneWords(ctx, asked)]);
  const now = ctx.now();
  const limits = { minutes: SESSION_IDLE / minutes(1), hours: SESSION_LIFETIME / hours(1) };
  return (
    <SettingsFrame here="sessions">
      {done && <Done words={done} />}
      <PageHead heading={t("heading")} lead={t("lead", limits)} />
      <div className="cards">
        <OpenSessions sessions={sessions} now={now} language={language} />
        <KnownBrowsers browsers={browsers} now={now} language={language} />
        <section className="card" aria-labelledby="everywhere">
          <h2 className="h3" id="everywhere">
            {t("everywhere")}
          </h2>
          <p>{t("everywhereText")}</p>
          <form action={signOutEverywhere} className="actions">
            <Submit variant="danger" icon="logout" busy={t("signingOut")}>
              {t("signOutEverywhere")}
            </Submit>
          </form>
        </section>
      </div>
    </SettingsFrame>
  );
}

/** What has just been done, with the name of what it was done to. */
async function doneWords(ctx: Context, { done, of }: Asked): Promise<string | null> {
  const t = await getTranslations("sessions.done");
  if (done === "others") return t("others");
  if ((done !== "session" && done !== "browser") || !isUuid(of)) return null;
  const device = await deviceOf(ctx, done === "session" ? { session: of } : { browser: of });
  return device && t(done, { device: deviceIn(ctx.request.language, device) });
}
