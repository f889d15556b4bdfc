import { calendarFile, sequenceOf } from "#lib/campaign/onsite/calendar-file.ts";
import { ownSession } from "#lib/campaign/onsite/own-sessions.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { calendarWords } from "./words.ts";

type Params = { params: Promise<{ session: string }> };

/** The session as a calendar takes it; one that was cancelled, or whose place was given up, takes it out again. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { session: sessionId } = await params;
  const { ctx, session: signed } = await requireSession(`/home/move/sessions/${sessionId}/calendar.ics`);
  const session = await ownSession(ctx, signed.accountId, sessionId);
  if (!session) return new Response(null, { status: 404 });
  const { language } = ctx.request;
  const { agency } = config();
  const { t, bring } = calendarWords(language);
  const note = language === "ms" ? session.noteMs : session.noteEn;
  const file = calendarFile({
    uid: `${session.id}@${new URL(ctx.origin).hostname}`,
    sequence: sequenceOf(session),
    cancelled: session.state === "cancelled" || session.own === "given_up",
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    madeAt: ctx.now(),
    summary: t("summary", { place: session.place }),
    location: [session.place, ...session.address.split("\n")].join(", "),
    description: [t("description", { bring: bring.join("; ") }), note ?? ""].filter(Boolean).join("\n"),
    url: `${ctx.origin}/home/move/sessions`,
    organiser: language === "ms" ? agency.nameMs : agency.nameEn,
  });
  return new Response(file, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="kunci-sesi.ics"',
      "cache-control": "no-store",
    },
  });
}
