import { eq } from "drizzle-orm";
import { onsitePlace as places, onsiteSession as sessions } from "#db/schema/onsite.ts";
import { OnsitePlaceLetter } from "#emails/onsite-place.tsx";
import { formatTime, formatWeekday } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { ONSITE_LETTER_LIFETIME, type OnsiteNews } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

type PlaceState = (typeof places.$inferSelect)["state"];

/** How their place has to stand for the news to be true still. */
const trueOf = {
  invited: ["invited"],
  booked: ["booked"],
  waiting: ["waiting"],
  moved_up: ["booked"],
  changed: ["invited", "booked", "waiting"],
  cancelled: ["given_up"],
  day_before: ["booked"],
  released: ["given_up"],
  opened: ["attended"],
} as const satisfies Record<OnsiteNews, readonly PlaceState[]>;

const over: readonly OnsiteNews[] = ["cancelled", "released"];

/**
 * What became of somebody's place in a session in person: where and when it is, as it stands at hand-over, and what to
 * bring. Moot once it is not so any more, or the account has another mailbox.
 */
export const onsitePlace: Kind<"onsite_place"> = {
  lifetime: ONSITE_LETTER_LIFETIME,

  async compose(ctx, { about, account, to, agency, language }) {
    if (account.status === "closed" || account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
    const [found] = await ctx.db
      .select({ place: places, session: sessions })
      .from(places)
      .innerJoin(sessions, eq(sessions.id, places.sessionId))
      .where(eq(places.id, about.placeId));
    const { news } = about;
    if (!found || !(trueOf[news] as readonly PlaceState[]).includes(found.place.state)) return "moot";
    const { session, place } = found;
    if ((session.state === "cancelled") !== (news === "cancelled")) return "moot";

    const t = translator(language);
    const { bring } = messages[language].onsite;
    const isOver = over.includes(news);
    // No link of any kind: nobody has proven the mailbox, and it may be a stranger's.
    const isOpened = news === "opened";
    const signsIn = account.status === "activated" && !isOpened;
    const comes = place.state === "booked";
    const [from, until] = [formatTime(session.startsAt, language), formatTime(session.endsAt, language)];
    const facts = { day: formatWeekday(session.startsAt, language), place: session.place, from, until };
    const note = language === "ms" ? session.noteMs : session.noteEn;
    return {
      subject: t(`onsitePlace.subject.${news}`, facts),
      letter: (
        <OnsitePlaceLetter
          frame={frameOf(language, agency)}
          preview={t(`onsitePlace.preview.${isOver ? "over" : "toCome"}`, facts)}
          heading={t(`onsitePlace.heading.${news}`)}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(`onsitePlace.lead.${news}`)}
          facts={[
            { title: t("onsitePlace.when"), text: t("onsitePlace.time", facts) },
            { title: t("onsitePlace.where"), text: `${session.place}\n${session.address}` },
          ]}
          bring={isOver || isOpened ? null : { title: bring.title, items: bring.items, note }}
          button={
            signsIn
              ? {
                  words: t(`onsitePlace.${news === "invited" ? "signUp" : "open"}`),
                  href: `${ctx.origin}/home/move/sessions`,
                }
              : null
          }
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          calendar={
            signsIn && comes
              ? {
                  words: t("onsitePlace.calendar"),
                  href: `${ctx.origin}/home/move/sessions/${session.id}/calendar.ics`,
                }
              : null
          }
          who={{ title: t("whoTitle"), text: t("onsitePlace.who") }}
          help={{
            title: t(`onsitePlace.${isOpened ? "notThereTitle" : isOver ? "helpTitle" : "notComing"}`),
            text: t(`onsitePlace.${isOpened ? "notThere" : isOver ? "help" : signsIn ? "giveUp" : "giveUpByPhone"}`),
            call: callHelpdesk(t("onsitePlace.call"), agency),
          }}
        />
      ),
    };
  },
};
