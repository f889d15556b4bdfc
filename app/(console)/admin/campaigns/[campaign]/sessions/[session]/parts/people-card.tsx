import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { ListedPlace } from "#lib/campaign/onsite/list-places.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { counterPath } from "../../paths.ts";
import { release } from "../actions.ts";

const looks = {
  attended: { tone: "ok", icon: "check" },
  booked: { tone: "info", icon: "calendar" },
  waiting: { tone: "warn", icon: "clock" },
  invited: { icon: "mail" },
} as const;

type PeopleCardProps = {
  ids: { campaignId: string; sessionId: string };
  places: readonly ListedPlace[];
  language: Language;
  mayRelease: boolean;
  mayCheckIn: boolean;
};

/** Everybody of the officer's on the list, and what can be done about each. */
export async function PeopleCard({ ids, places, language, mayRelease, mayCheckIn }: PeopleCardProps) {
  const t = await getTranslations("onsite.people");
  const acts = mayRelease || mayCheckIn;
  return (
    <section className="card" aria-labelledby="people">
      <h2 className="h3" id="people">
        {t("heading")}
      </h2>
      <p className="muted">{t("lead")}</p>
      {places.length === 0 ? (
        <p className="mt-4">{t("empty")}</p>
      ) : (
        <Table
          className="mt-4"
          heads={[t("person"), t("office"), t("state"), ...(acts ? [t("do")] : [])]}
          rows={places.map((place) => ({
            key: place.id,
            cells: [
              <span key="person">
                <b>{place.fullName}</b>
                <br />
                <span className="muted num onsite-number">{place.identity}</span>
              </span>,
              place.office,
              <span key="state" className="admin-badges">
                <Badge {...looks[place.state]}>
                  {place.checkedInAt
                    ? t("at", { at: formatTime(place.checkedInAt, language) })
                    : t(`states.${place.state}`)}
                </Badge>
                {place.isWalkIn && <Badge>{t("walkIn")}</Badge>}
                {place.bounced && (
                  <Badge tone="warn" icon="warn">
                    {t("bounced")}
                  </Badge>
                )}
                {!place.activated && <Badge>{t("notActivated")}</Badge>}
              </span>,
              ...(acts ? [<Acts key="do" {...{ ids, place, mayRelease, mayCheckIn }} />] : []),
            ],
          }))}
        />
      )}
    </section>
  );
}

type ActsProps = Pick<PeopleCardProps, "ids" | "mayRelease" | "mayCheckIn"> & { place: ListedPlace };

async function Acts({ ids: { campaignId, sessionId }, place, mayRelease, mayCheckIn }: ActsProps) {
  const t = await getTranslations("onsite.people");
  return (
    <span className="onsite-acts">
      {mayCheckIn && (
        <a className="btn btn-second btn-s" href={counterPath(campaignId, sessionId, place.accountId)}>
          {t("open")}
          <span className="sr">: {place.fullName}</span>
        </a>
      )}
      {mayRelease && place.state !== "attended" && (
        <form action={release}>
          <input type="hidden" name="campaign" value={campaignId} />
          <input type="hidden" name="session" value={sessionId} />
          <input type="hidden" name="place" value={place.id} />
          <Submit variant="quiet" small busy={t("releasing")}>
            {t("release")}
            <span className="sr">: {place.fullName}</span>
          </Submit>
        </form>
      )}
    </span>
  );
}
